//! Services as istiod sees them: Kubernetes Services and the hosts of ServiceEntries (spec 2, section 8).

use rustc_hash::FxHashMap;

use super::{ExportTo, ObjectRef, Store};
use crate::istio::gateway::Protocol;
use crate::istio::kubernetes;
use crate::istio::mesh_config::MeshConfig;
use crate::istio::service_entry::{Location, Resolution};

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
    /// The name that an ExternalName stands for.
    pub external_name: Option<String>,
    /// Who sees it.
    pub export_to: ExportTo,
    /// A Kubernetes Service, not a ServiceEntry.
    pub is_kubernetes: bool,
    /// Outside of the mesh.
    pub is_external: bool,
    /// How endpoints are found; none for Kubernetes.
    pub resolution: Option<Resolution>,
    /// Labels of each endpoint of a ServiceEntry; `has_endpoints` where there is a list.
    pub endpoints: Vec<Vec<(String, String)>>,
    /// Creation time.
    pub created: Option<i64>,
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
    /// In creation order (time, then name, then namespace).
    pub all: Vec<Service>,
    by_hostname: FxHashMap<String, Vec<u32>>,
}

impl Services {
    /// Reads the services of a store.
    pub fn new(store: &Store, mesh: &MeshConfig, domain: &str) -> Self {
        let default: Vec<&str> =
            mesh.default_service_export_to.iter().map(String::as_str).collect();
        let mut all = Vec::new();
        for (at, object) in (0..).zip(&store.services) {
            let exported =
                object.meta.annotation("networking.istio.io/exportTo").unwrap_or_default();
            let listed = exported.split(',').map(str::trim).filter(|name| !name.is_empty());
            let namespace = object.meta.namespace();
            let service_type =
                object.spec.service_type.as_ref().map_or("", |kind| kind.value.as_str());
            all.push(Service {
                hostname: format!("{}.{namespace}.svc.{domain}", object.meta.name()),
                namespace: namespace.to_owned(),
                object: ObjectRef::Service(at),
                ports: object.spec.ports.iter().map(kubernetes_port).collect(),
                external_name: (service_type == "ExternalName").then(|| {
                    object
                        .spec
                        .external_name
                        .as_ref()
                        .map_or_else(String::new, |name| name.value.clone())
                }),
                export_to: ExportTo::new(listed, default.iter().copied(), namespace),
                is_kubernetes: true,
                is_external: service_type == "ExternalName",
                resolution: None,
                endpoints: Vec::new(),
                created: object.meta.created,
                name: object.meta.name().to_owned(),
            });
        }
        for (at, object) in (0..).zip(&store.service_entries) {
            let spec = &object.spec;
            let namespace = object.meta.namespace();
            let listed = spec.export_to.iter().map(|name| name.value.as_str());
            let endpoints: Vec<Vec<(String, String)>> = spec
                .endpoints
                .iter()
                .map(|e| e.labels.iter().map(|(k, v)| (k.value.clone(), v.value.clone())).collect())
                .collect();
            for host in &spec.hosts {
                all.push(Service {
                    hostname: host.value.clone(),
                    namespace: namespace.to_owned(),
                    object: ObjectRef::ServiceEntry(at),
                    ports: spec
                        .ports
                        .iter()
                        .map(|port| Port {
                            number: port.number.map_or(0, |number| number.value),
                            protocol: Protocol::parse(
                                port.protocol.as_ref().map_or("", |text| text.value.as_str()),
                            ),
                        })
                        .collect(),
                    external_name: None,
                    export_to: ExportTo::new(listed.clone(), default.iter().copied(), namespace),
                    is_kubernetes: false,
                    is_external: spec
                        .location
                        .is_none_or(|location| location.value == Location::MeshExternal),
                    resolution: Some(spec.resolution.map_or(Resolution::None, |r| r.value)),
                    endpoints: endpoints.clone(),
                    created: object.meta.created,
                    name: object.meta.name().to_owned(),
                });
            }
        }
        all.sort_by(|a, b| {
            (a.created.unwrap_or(i64::MIN), &a.name, &a.namespace).cmp(&(
                b.created.unwrap_or(i64::MIN),
                &b.name,
                &b.namespace,
            ))
        });
        let mut by_hostname: FxHashMap<String, Vec<u32>> = FxHashMap::default();
        for (at, service) in (0..).zip(&all) {
            by_hostname.entry(service.hostname.clone()).or_default().push(at);
        }
        Self { all, by_hostname }
    }

    /// Services of a hostname, in creation order.
    pub fn named(&self, hostname: &str) -> impl Iterator<Item = &Service> {
        self.by_hostname.get(hostname).into_iter().flatten().map(|&at| &self.all[at as usize])
    }

    /// The service that a destination of an HTTP rule in namespace `rule` means on a proxy in namespace `proxy`
    /// (spec 2, R-8.3; mirrors istio 1.32 `gateway.go: buildNameToServiceMapForHTTPRoutes`).
    pub fn for_http(&self, hostname: &str, rule: &str, proxy: &str) -> Option<&Service> {
        self.in_namespace(hostname, rule)
            .filter(|service| service.export_to.includes(proxy))
            .or_else(|| self.in_scope(hostname, proxy))
    }

    /// The service of a hostname in one namespace: Kubernetes beats others, then the oldest.
    pub fn in_namespace(&self, hostname: &str, namespace: &str) -> Option<&Service> {
        let mut here = self.named(hostname).filter(|service| service.namespace == namespace);
        let first = here.next()?;
        Some(if first.is_kubernetes {
            first
        } else {
            here.find(|s| s.is_kubernetes).unwrap_or(first)
        })
    }

    /// The service of a hostname in the scope of a gateway in namespace `proxy` (R-8.8; mirrors istio 1.32
    /// `sidecar.go: DefaultSidecarScopeForGateway`): exported to the namespace by name first, then public ones, each
    /// in creation order; a Kubernetes Service replaces another. Ports of equal services are merged by
    /// [`Services::ports_in_scope`].
    pub fn in_scope(&self, hostname: &str, proxy: &str) -> Option<&Service> {
        let mut candidates = self.candidates(hostname, proxy);
        let first = candidates.next()?;
        if first.is_kubernetes {
            return Some(first);
        }
        Some(candidates.find(|service| service.is_kubernetes).unwrap_or(first))
    }

    /// The ports of a service in scope: with those of later services that are equal but for their ports.
    pub fn ports_in_scope<'s>(&'s self, service: &'s Service, proxy: &'s str) -> Vec<&'s Port> {
        let mut ports: Vec<&Port> = service.ports.iter().collect();
        for other in self.candidates(&service.hostname, proxy) {
            let same = !std::ptr::eq(other, service)
                && other.namespace == service.namespace
                && other.is_kubernetes == service.is_kubernetes
                && other.resolution == service.resolution
                && other.export_to == service.export_to;
            if same {
                for port in &other.ports {
                    if !ports.iter().any(|known| known.number == port.number) {
                        ports.push(port);
                    }
                }
            }
        }
        ports
    }

    fn candidates<'s, 'p>(
        &'s self,
        hostname: &str,
        proxy: &'p str,
    ) -> impl Iterator<Item = &'s Service> + use<'s, 'p> {
        let list: &[u32] = self.by_hostname.get(hostname).map_or(&[], Vec::as_slice);
        let get = |&at: &u32| &self.all[at as usize];
        let exported = list
            .iter()
            .map(get)
            .filter(move |s| !s.export_to.is_public() && s.export_to.includes(proxy));
        exported.chain(list.iter().map(get).filter(|service| service.export_to.is_public()))
    }
}

/// Protocol selection of Kubernetes ports (mirrors istio 1.32 `pkg/config/kube/conversion.go: ConvertProtocol`).
fn kubernetes_port(port: &kubernetes::ServicePort) -> Port {
    let number = port.port.map_or(0, |number| number.value);
    Port { number, protocol: protocol(port) }
}

/// The Istio protocol of a Kubernetes port.
pub(super) fn protocol(port: &kubernetes::ServicePort) -> Protocol {
    if port.protocol.as_ref().is_some_and(|protocol| protocol.value == "UDP") {
        return Protocol::Udp;
    }
    let name = port.name.as_ref().map_or("", |name| name.value.as_str());
    let text = match port.app_protocol.as_ref().map(|text| text.value.as_str()) {
        Some("kubernetes.io/h2c") => "http2",
        Some("kubernetes.io/ws") => "http",
        Some("kubernetes.io/wss") => "https",
        Some(text) => text,
        None if name.to_ascii_lowercase().starts_with("grpc-web") => "grpc-web",
        None => name.split('-').next().unwrap_or(name),
    };
    let number = port.port.map_or(0, |number| number.value);
    match Protocol::parse(text) {
        Protocol::Unsupported if matches!(number, 25 | 53 | 3306 | 27017) => Protocol::Tcp,
        protocol => protocol,
    }
}
