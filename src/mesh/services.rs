//! Services as istiod sees them: Kubernetes Services and the hosts of ServiceEntries (spec 2, section 8).

use std::collections::BTreeSet;

use rustc_hash::{FxHashMap, FxHashSet};

use super::ages::{Ranks, reorder};
use super::{ExportTo, ObjectRef, Store};
use crate::istio::Object;
use crate::istio::decode::Map;
use crate::istio::gateway::Protocol;
use crate::istio::kubernetes;
use crate::istio::mesh_config::MeshConfig;
use crate::istio::service_entry::{Location, Resolution, ServiceEntry};
use crate::istio::virtual_service::Text;
use crate::text::{Spanned, Str};

/// A service: one host of one object.
#[derive(Clone, Debug)]
pub struct Service {
    /// `web.shop.svc.cluster.local`, or the host of a ServiceEntry.
    pub hostname: String,
    /// Namespace of the object.
    pub namespace: String,
    /// The object.
    pub object: ObjectRef,
    /// Ports in order.
    pub ports: Vec<Port>,
    /// The ports, then those that later ServiceEntries add which are equal but for their ports: what a proxy has.
    pub scope_ports: Vec<Port>,
    /// The name that an `ExternalName` stands for.
    pub external_name: Option<String>,
    /// Who sees it.
    pub export_to: ExportTo,
    /// A Kubernetes Service, not a ServiceEntry.
    pub is_kubernetes: bool,
    /// Outside of the mesh.
    pub is_external: bool,
    /// How endpoints are found; none for Kubernetes.
    pub resolution: Option<Resolution>,
    /// Labels of each endpoint of a ServiceEntry. A DNS entry that lists and selects none is its own endpoint.
    pub endpoints: Vec<Vec<(String, String)>>,
    /// Creation time.
    pub age: i64,
    /// Name of the object.
    pub name: String,
}

/// A port of a service.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Port {
    /// Number.
    pub number: u32,
    /// Protocol as Istio selects it.
    pub protocol: Protocol,
}

/// All services, and how they are found.
#[derive(Debug, Default)]
pub struct Services {
    /// In creation order (time, then name, then namespace; the name of a ServiceEntry is its host).
    pub all: Vec<Service>,
    by_hostname: FxHashMap<String, Vec<u32>>,
}

/// The service that a destination means.
#[derive(Clone, Copy, Debug)]
pub struct Target<'m> {
    /// The service.
    pub service: &'m Service,
    /// The ports that count: those of the scope, or of the one object that was taken from its namespace.
    pub ports: &'m [Port],
}

impl Services {
    /// Reads the services of a store.
    pub fn new(store: &Store, mesh: &MeshConfig, domain: &str) -> Self {
        let default: Vec<&str> =
            mesh.default_service_export_to.iter().map(String::as_str).collect();
        let mut all: Vec<Service> = Vec::with_capacity(store.services.len());
        for (at, object) in (0..).zip(&store.services) {
            all.push(kubernetes_service(at, object, &default, domain));
        }
        for (at, object) in (0..).zip(&store.service_entries) {
            all.extend(hosts_of(at, object, &default));
        }
        all.sort_by(|a, b| {
            let key = |s: &Service| s.age;
            key(a)
                .cmp(&key(b))
                .then_with(|| a.sort_name().cmp(b.sort_name()))
                .then_with(|| a.namespace.cmp(&b.namespace))
        });
        let mut by_hostname: FxHashMap<String, Vec<u32>> = FxHashMap::default();
        for (at, service) in (0..).zip(&all) {
            by_hostname.entry(service.hostname.clone()).or_default().push(at);
        }
        let mut services = Self { all, by_hostname };
        services.merge_ports(store);
        services
    }

    /// The same services, had objects been created in another order.
    pub(super) fn reordered(&self, store: &Store, ranks: &Ranks) -> Self {
        let mut all = self.all.clone();
        for service in &mut all {
            service.scope_ports.clone_from(&service.ports);
        }
        let mut by_hostname = self.by_hostname.clone();
        for list in by_hostname.values_mut().filter(|list| list.len() > 1) {
            reorder(list, |at| ranks.get(&all[*at as usize].object).copied());
        }
        let mut services = Self { all, by_hostname };
        services.merge_ports(store);
        services
    }

    /// Hostnames of several objects, and these in creation order.
    pub fn contested(&self) -> impl Iterator<Item = (&str, Vec<ObjectRef>)> {
        let object = |at: &u32| self.all[*at as usize].object;
        let mut lists: Vec<_> =
            self.by_hostname.iter().filter(|(_, list)| list.len() > 1).collect();
        lists.sort_unstable();
        lists
            .into_iter()
            .map(move |(host, list)| (host.as_str(), list.iter().map(object).collect()))
    }

    /// Services of a hostname, in creation order.
    pub fn named(&self, hostname: &str) -> impl Iterator<Item = &Service> + Clone {
        self.by_hostname.get(hostname).into_iter().flatten().map(|&at| &self.all[at as usize])
    }

    /// The service that a destination of an HTTP rule means on a proxy in namespace `proxy` (spec 2, R-8.3; mirrors
    /// istio 1.32 `gateway.go: buildNameToServiceMapForHTTPRoutes`). `rule` is the namespace of the (root)
    /// VirtualService.
    pub fn for_http(&self, hostname: &str, rule: &str, proxy: &str) -> Option<Target<'_>> {
        let own = self
            .in_namespace(hostname, rule)
            .filter(|service| service.export_to.is_public() || service.export_to.names(proxy));
        match own {
            Some(service) => Some(Target { service, ports: &service.ports }),
            None => self.for_tcp(hostname, proxy),
        }
    }

    /// The service that a destination of a TCP or TLS rule means: the one in scope.
    pub fn for_tcp(&self, hostname: &str, proxy: &str) -> Option<Target<'_>> {
        let service = self.in_scope(hostname, proxy)?;
        Some(Target { service, ports: &service.scope_ports })
    }

    /// The service of a hostname in one namespace: Kubernetes beats others, then the oldest.
    pub fn in_namespace(&self, hostname: &str, namespace: &str) -> Option<&Service> {
        first_or_kubernetes(self.named(hostname).filter(|service| service.namespace == namespace))
    }

    /// The service of a hostname in the scope of a gateway in namespace `proxy` (R-8.8; mirrors istio 1.32
    /// `sidecar.go: appendSidecarServices`): exported to the namespace by name first, then public ones, each in
    /// creation order; a Kubernetes Service replaces another.
    pub fn in_scope(&self, hostname: &str, proxy: &str) -> Option<&Service> {
        let list: &[u32] = self.by_hostname.get(hostname).map_or(&[], Vec::as_slice);
        let all = || list.iter().map(|&at| &self.all[at as usize]);
        let exported = all().filter(|service| service.is_exported_by_name(proxy));
        first_or_kubernetes(exported.chain(all().filter(|service| service.export_to.is_public())))
    }

    /// The services in the scope of a gateway in namespace `proxy`, in istiod's order (mirrors istio 1.32
    /// `sidecar.go: DefaultSidecarScopeForGateway`).
    pub fn scope(&self, proxy: &str) -> Vec<&Service> {
        let exported = self.all.iter().filter(|service| service.is_exported_by_name(proxy));
        let public = self.all.iter().filter(|service| service.export_to.is_public());
        let mut seen = FxHashSet::default();
        exported
            .chain(public)
            .filter(|service| seen.insert(service.hostname.as_str()))
            .filter_map(|service| self.in_scope(&service.hostname, proxy))
            .collect()
    }

    /// Merges the ports of ServiceEntries that are equal but for their ports into each one's predecessors (mirrors
    /// `canMergeServices`). Equal ones are seen by the same proxies, so the first of them is always the one in scope.
    fn merge_ports(&mut self, store: &Store) {
        for list in self.by_hostname.values().filter(|list| list.len() > 1) {
            for (at, &first) in list.iter().enumerate() {
                for &later in &list[at + 1..] {
                    if !is_mergeable(store, &self.all[first as usize], &self.all[later as usize]) {
                        continue;
                    }
                    for port in self.all[later as usize].ports.clone() {
                        let ports = &mut self.all[first as usize].scope_ports;
                        if !ports.iter().any(|known| known.number == port.number) {
                            ports.push(port);
                        }
                    }
                }
            }
        }
    }
}

impl Service {
    /// The name by which istiod sorts (`Attributes.Name`).
    fn sort_name(&self) -> &str {
        if self.is_kubernetes { &self.name } else { &self.hostname }
    }

    fn is_exported_by_name(&self, namespace: &str) -> bool {
        !self.export_to.is_public() && self.export_to.includes(namespace)
    }
}

fn first_or_kubernetes<'s>(mut services: impl Iterator<Item = &'s Service>) -> Option<&'s Service> {
    let first = services.next()?;
    if first.is_kubernetes {
        return Some(first);
    }
    Some(services.find(|service| service.is_kubernetes).unwrap_or(first))
}

/// Mirrors istio 1.32 `sidecar.go: canMergeServices`. Of Kubernetes there is one Service for a name.
fn is_mergeable(store: &Store, a: &Service, b: &Service) -> bool {
    let (ObjectRef::ServiceEntry(i), ObjectRef::ServiceEntry(j)) = (a.object, b.object) else {
        return false;
    };
    let (i, j) = (&store.service_entries[i as usize], &store.service_entries[j as usize]);
    let labels = |entry: &Object<ServiceEntry>| -> BTreeSet<(Str, Str)> {
        entry.meta.labels.iter().cloned().collect()
    };
    let selector = |entry: &Object<ServiceEntry>| -> BTreeSet<(String, String)> {
        entry.spec.workload_selector.iter().flat_map(|selector| pairs(&selector.labels)).collect()
    };
    let exported = |entry: &Object<ServiceEntry>| -> BTreeSet<String> {
        entry.spec.export_to.iter().map(|name| name.value.to_string()).collect()
    };
    a.namespace == b.namespace
        && a.resolution == b.resolution
        && labels(i) == labels(j)
        && selector(i) == selector(j)
        && exported(i) == exported(j)
}

/// A Kubernetes Service (mirrors istio 1.32 `serviceregistry/kube/conversion.go: ConvertService`).
fn kubernetes_service(
    at: u32,
    object: &Object<kubernetes::Service>,
    default: &[&str],
    domain: &str,
) -> Service {
    let (meta, spec) = (&object.meta, &object.spec);
    let namespace = meta.namespace();
    let exported = meta.annotation("networking.istio.io/exportTo").filter(|list| !list.is_empty());
    let listed = exported.into_iter().flat_map(|list| list.split(',')).map(str::trim);
    let is_alias = text(spec.service_type.as_ref()) == "ExternalName";
    let external_name =
        Some(text(spec.external_name.as_ref())).filter(|name| is_alias && !name.is_empty());
    let ports: Vec<Port> = spec.ports.iter().map(kubernetes_port).collect();
    Service {
        hostname: format!("{}.{namespace}.svc.{domain}", meta.name()),
        namespace: namespace.to_owned(),
        object: ObjectRef::Service(at),
        scope_ports: ports.clone(),
        ports,
        external_name: external_name.map(str::to_owned),
        export_to: ExportTo::new(listed, default.iter().copied(), namespace),
        is_kubernetes: true,
        is_external: external_name.is_some(),
        resolution: None,
        endpoints: Vec::new(),
        age: meta.age(),
        name: meta.name().to_owned(),
    }
}

/// The services of a ServiceEntry, one for each host (mirrors istio 1.32 `serviceentry/conversion.go:
/// convertServices`).
fn hosts_of<'o>(
    at: u32,
    object: &'o Object<ServiceEntry>,
    default: &[&str],
) -> impl Iterator<Item = Service> + use<'o> {
    let (meta, spec) = (&object.meta, &object.spec);
    let namespace = meta.namespace();
    let listed = spec.export_to.iter().map(|name| name.value.as_str());
    let export_to = ExportTo::new(listed, default.iter().copied(), namespace);
    let resolution = spec.resolution.map_or(Resolution::None, |resolution| resolution.value);
    let mut endpoints: Vec<Vec<(String, String)>> =
        spec.endpoints.iter().map(|endpoint| pairs(&endpoint.labels).collect()).collect();
    let is_dns = matches!(resolution, Resolution::Dns | Resolution::DnsRoundRobin);
    if endpoints.is_empty() && is_dns && spec.workload_selector.is_none() {
        endpoints.push(Vec::new());
    }
    let port = |port: &crate::istio::service_entry::ServicePort| Port {
        number: port.number.map_or(0, |number| number.value),
        protocol: Protocol::parse(text(port.protocol.as_ref())),
    };
    let ports: Vec<Port> = spec.ports.iter().map(port).collect();
    spec.hosts.iter().map(move |host| Service {
        hostname: host.value.to_string(),
        namespace: namespace.to_owned(),
        object: ObjectRef::ServiceEntry(at),
        scope_ports: ports.clone(),
        ports: ports.clone(),
        external_name: None,
        export_to: export_to.clone(),
        is_kubernetes: false,
        is_external: spec.location.is_none_or(|place| place.value == Location::MeshExternal),
        resolution: Some(resolution),
        endpoints: endpoints.clone(),
        age: meta.age(),
        name: meta.name().to_owned(),
    })
}

fn pairs(map: &Map<Spanned<Str>>) -> impl Iterator<Item = (String, String)> {
    map.iter().map(|(key, value)| (key.value.to_string(), value.value.to_string()))
}

fn text(text: Option<&Spanned<Str>>) -> &str {
    text.map_or("", |text| text.value.as_str())
}

fn kubernetes_port(port: &kubernetes::ServicePort) -> Port {
    let number = port.port.map_or(0, |number| number.value);
    Port { number, protocol: protocol(port) }
}

/// The Istio protocol of a Kubernetes port (mirrors istio 1.32 `pkg/config/kube/conversion.go: ConvertProtocol`).
pub(super) fn protocol(port: &kubernetes::ServicePort) -> Protocol {
    if text(port.protocol.as_ref()) == "UDP" {
        return Protocol::Udp;
    }
    let given: &Text = if port.app_protocol.is_some() { &port.app_protocol } else { &port.name };
    let name = text(given.as_ref());
    if port.app_protocol.is_some() {
        match name {
            "kubernetes.io/h2c" => return Protocol::Http2,
            "kubernetes.io/ws" => return Protocol::Http,
            "kubernetes.io/wss" => return Protocol::Https,
            _ => {}
        }
    }
    if name.get(..8).is_some_and(|prefix| prefix.eq_ignore_ascii_case("grpc-web")) {
        return Protocol::GrpcWeb;
    }
    let number = port.port.map_or(0, |number| number.value);
    match Protocol::parse(name.split('-').next().unwrap_or(name)) {
        Protocol::Unsupported if matches!(number, 25 | 53 | 3306 | 27017) => Protocol::Tcp,
        protocol => protocol,
    }
}
