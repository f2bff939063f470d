//! Which ingress proxies exist (cli.md 22.4), and which Services translate their ports (spec 1, section 3).

use std::collections::BTreeMap;
use std::sync::Arc;

use super::{ObjectRef, Origin, Part, Store};
use crate::istio::Object;
use crate::istio::gateway::Protocol;
use crate::istio::kubernetes::{Service, TargetPort, Workload};

/// An ingress workload: the gateway proxies that share labels and namespace.
#[derive(Clone, Debug)]
pub struct Proxy {
    /// `namespace/name` of the workload, Service or Gateway that it was found by; with `--proxy` that text.
    pub name: String,
    /// Namespace of the Pods.
    pub namespace: String,
    /// Labels of the Pods.
    pub labels: BTreeMap<String, String>,
    /// How it was found.
    pub found: Found,
    /// What translates its ports.
    pub front: Front,
    /// Whether it may not open ports below 1024.
    pub is_unprivileged: bool,
    /// Ports of the Services in front, in istiod's order.
    pub service_ports: Vec<ServicePort>,
    /// Those that lead to a container port by name which istiod, without a Pod, takes for one with an earlier name.
    pub confused_ports: Vec<ServicePort>,
}

impl Proxy {
    /// The Service port of a number that leads to a container port which nobody knows: it has a name, and the input no
    /// Pod. Only the first of the number counts, as for istiod.
    pub fn unknown_target(&self, number: u32) -> Option<&ServicePort> {
        let of_number = |port: &&ServicePort| port.port == number && !port.is_translation_disabled;
        let first = self.service_ports.iter().find(of_number);
        let first = first.or_else(|| self.confused_ports.iter().find(of_number));
        first.filter(|port| port.target.is_none())
    }
}

/// How a proxy was found.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Found {
    /// By `--proxy`.
    Given,
    /// By a workload of the input.
    Workload(Origin),
    /// By a Service of the input.
    Service(Origin),
    /// By nothing but the selector of a Gateway.
    Assumed,
}

/// A port of a Service in front of a proxy.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ServicePort {
    /// `name.namespace.svc.domain` of the Service.
    pub hostname: String,
    /// Its namespace.
    pub namespace: String,
    /// The port that clients dial.
    pub port: u32,
    /// The port of the Pods; none: it is that of a container port by name, and the input has no Pod.
    pub target: Option<u32>,
    /// The name of the container port, where one is written.
    pub target_name: Option<String>,
    /// Protocol as Istio selects it.
    pub protocol: Protocol,
    /// Label `experimental.istio.io/disable-gateway-port-translation`.
    pub is_translation_disabled: bool,
    /// Where the port is written; none: in the config file.
    pub origin: Option<Origin>,
}

/// What translates the ports of a proxy.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub enum Front {
    /// The Services of its namespace that select it.
    #[default]
    Selecting,
    /// This Service, whatever it selects.
    Service {
        /// Namespace.
        namespace: String,
        /// Name.
        name: String,
    },
    /// A list of ports that clients dial, each with the port of the Pods. Others lead to themselves.
    Ports(Vec<(u32, u32)>),
}

/// A proxy as given by `--proxy` or the config file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ProxySpec {
    /// The text.
    pub name: String,
    /// Namespace.
    pub namespace: String,
    /// Labels.
    pub labels: BTreeMap<String, String>,
    /// What translates its ports.
    pub front: Front,
}

impl ProxySpec {
    /// Reads `[NAMESPACE/]key=value,...`: what stands before the first `/` is the namespace if it holds no `.` and no
    /// `=`; without a namespace `istio-system`. None where an item is no `key=value`.
    pub fn parse(text: &str) -> Option<Self> {
        let (namespace, labels) = match text.split_once('/') {
            Some((namespace, rest)) if !namespace.contains(['.', '=']) => (namespace, rest),
            _ => ("istio-system", text),
        };
        let labels = labels
            .split(',')
            .filter(|item| !item.is_empty())
            .map(|item| item.split_once('=').map(|(key, value)| (key.to_owned(), value.to_owned())))
            .collect::<Option<_>>()?;
        let (name, namespace) = (text.to_owned(), namespace.to_owned());
        Some(Self { name, namespace, labels, front: Front::Selecting })
    }
}

type Labels = BTreeMap<String, String>;

/// The proxies of a store: those given, else those found.
pub fn proxies(store: &Store, given: &[ProxySpec], domain: &str) -> Vec<Arc<Proxy>> {
    let mut found: Vec<Candidate> = Vec::new();
    if given.is_empty() {
        discover(store, &mut found);
    } else {
        for spec in given {
            add(
                &mut found,
                Candidate {
                    name: spec.name.clone(),
                    namespace: spec.namespace.clone(),
                    labels: spec.labels.clone(),
                    found: Found::Given,
                    front: spec.front.clone(),
                },
            );
        }
    }
    found.into_iter().map(|candidate| Arc::new(candidate.into_proxy(store, domain))).collect()
}

#[derive(Debug)]
struct Candidate {
    name: String,
    namespace: String,
    labels: Labels,
    found: Found,
    front: Front,
}

/// Equal (namespace, labels) are one proxy.
fn add(found: &mut Vec<Candidate>, candidate: Candidate) {
    let known = |c: &Candidate| c.namespace == candidate.namespace && c.labels == candidate.labels;
    if !found.iter().any(known) {
        found.push(candidate);
    }
}

fn discover(store: &Store, found: &mut Vec<Candidate>) {
    let mut selectors: Vec<(Labels, &str, &str)> = Vec::new();
    for gateway in &store.gateways {
        let selector: Labels = gateway
            .spec
            .selector
            .iter()
            .map(|(k, v)| (k.value.to_string(), v.value.to_string()))
            .collect();
        if !selectors.iter().any(|(known, ..)| *known == selector) {
            selectors.push((selector, gateway.meta.namespace(), gateway.meta.name()));
        }
    }
    let mut is_everywhere = false;
    for (selector, namespace, name) in &selectors {
        if selector.is_empty() {
            is_everywhere = true;
        } else if !by_workloads(store, selector, found) && !by_services(store, selector, found) {
            let is_default = selector.get("istio").is_some_and(|value| value == "ingressgateway");
            let own = if is_default && selector.len() == 1 { "istio-system" } else { namespace };
            add(
                found,
                Candidate {
                    name: format!("{namespace}/{name}"),
                    namespace: own.to_owned(),
                    labels: selector.clone(),
                    found: Found::Assumed,
                    front: Front::Selecting,
                },
            );
        }
    }
    if is_everywhere && found.is_empty() {
        let labels = Labels::from([("istio".to_owned(), "ingressgateway".to_owned())]);
        // Another file may say more of the default gateway than the Gateway without selector does.
        if !by_workloads(store, &labels, found) && !by_services(store, &labels, found) {
            add(
                found,
                Candidate {
                    name: "istio-system/istio-ingressgateway".to_owned(),
                    namespace: "istio-system".to_owned(),
                    labels,
                    found: Found::Assumed,
                    front: Front::Selecting,
                },
            );
        }
    }
}

fn by_workloads(store: &Store, selector: &Labels, found: &mut Vec<Candidate>) -> bool {
    let mut any = false;
    for (at, workload) in (0..).zip(&store.workloads) {
        let labels: Labels = workload
            .spec
            .labels
            .iter()
            .map(|(k, v)| (k.value.to_string(), v.value.to_string()))
            .collect();
        if workload.spec.is_gateway() && contains(&labels, selector) {
            any = true;
            let span = workload.meta.name_span;
            add(
                found,
                Candidate {
                    name: format!("{}/{}", workload.meta.namespace(), workload.meta.name()),
                    namespace: workload.meta.namespace().to_owned(),
                    labels,
                    found: Found::Workload(Origin::new(ObjectRef::Workload(at), Part::Whole, span)),
                    front: Front::Selecting,
                },
            );
        }
    }
    any
}

fn by_services(store: &Store, selector: &Labels, found: &mut Vec<Candidate>) -> bool {
    let mut any = false;
    for (at, service) in (0..).zip(&store.services) {
        let labels = selector_of(service);
        if contains(&labels, selector) {
            any = true;
            let span = service.meta.name_span;
            add(
                found,
                Candidate {
                    name: format!("{}/{}", service.meta.namespace(), service.meta.name()),
                    namespace: service.meta.namespace().to_owned(),
                    labels,
                    found: Found::Service(Origin::new(ObjectRef::Service(at), Part::Whole, span)),
                    front: Front::Selecting,
                },
            );
        }
    }
    any
}

/// `spec.selector` of a Service.
fn selector_of(service: &Object<Service>) -> Labels {
    service
        .spec
        .selector
        .iter()
        .map(|(key, value)| (key.value.to_string(), value.value.to_string()))
        .collect()
}

/// Whether `labels` has all of `wanted`.
pub(super) fn contains(labels: &Labels, wanted: &Labels) -> bool {
    wanted.iter().all(|(key, value)| labels.get(key) == Some(value))
}

impl Candidate {
    fn into_proxy(self, store: &Store, domain: &str) -> Proxy {
        let pods: Vec<&Workload> = store
            .workloads
            .iter()
            .filter(|workload| workload.meta.namespace() == self.namespace)
            .filter(|workload| {
                let labels: Labels = workload
                    .spec
                    .labels
                    .iter()
                    .map(|(k, v)| (k.value.to_string(), v.value.to_string()))
                    .collect();
                labels == self.labels
            })
            .map(|workload| &workload.spec)
            .collect();
        let is_unprivileged = pods.iter().any(|pod| pod.is_unprivileged());
        let (service_ports, confused_ports) = match &self.front {
            Front::Ports(ports) => (listed(ports, &self.namespace), Vec::new()),
            _ => service_ports(store, &self, &pods, domain),
        };
        Proxy {
            name: self.name,
            namespace: self.namespace,
            labels: self.labels,
            found: self.found,
            front: self.front,
            is_unprivileged,
            service_ports,
            confused_ports,
        }
    }
}

/// Ports that the config file lists.
fn listed(ports: &[(u32, u32)], namespace: &str) -> Vec<ServicePort> {
    let port = |&(port, target): &(u32, u32)| ServicePort {
        hostname: String::new(),
        namespace: namespace.to_owned(),
        port,
        target: Some(target),
        target_name: None,
        protocol: Protocol::Unsupported,
        is_translation_disabled: false,
        origin: None,
    };
    ports.iter().map(port).collect()
}

/// Whether a Service is in front of a proxy: that which is named, else those of the namespace whose selector is contained
/// in the labels (mirrors istio 1.32 `controller.go: GetProxyServiceTargetsByPod`).
fn is_in_front(service: &Object<Service>, proxy: &Candidate) -> bool {
    match &proxy.front {
        Front::Service { namespace, name } => {
            service.meta.namespace() == namespace && service.meta.name() == name
        }
        Front::Ports(_) => false,
        Front::Selecting => {
            let selector = selector_of(service);
            service.meta.namespace() == proxy.namespace
                && !selector.is_empty()
                && contains(&proxy.labels, &selector)
        }
    }
}

/// The ports of the Services in front of the proxy, Services in order of creation and hostname; apart from these the
/// ports that are taken for another, as no Pod tells their names apart.
fn service_ports(
    store: &Store,
    proxy: &Candidate,
    pods: &[&Workload],
    domain: &str,
) -> (Vec<ServicePort>, Vec<ServicePort>) {
    let mut services: Vec<(u32, &Object<Service>, String)> = (0..)
        .zip(&store.services)
        .filter(|(_, service)| is_in_front(service, proxy))
        .map(|(at, service)| {
            let (name, namespace) = (service.meta.name(), service.meta.namespace());
            (at, service, format!("{name}.{namespace}.svc.{domain}"))
        })
        .collect();
    services.sort_by(|a, b| (a.1.meta.age(), &a.2).cmp(&(b.1.meta.age(), &b.2)));
    let (mut all, mut confused) = (Vec::new(), Vec::new());
    for (at, service, hostname) in services {
        let mut seen: Vec<(Option<u32>, Protocol)> = Vec::new();
        for (index, port) in (0..).zip(&service.spec.ports) {
            let number = port.port.map_or(0, |number| number.value);
            let l4 = port.protocol.as_ref().map_or("TCP", |protocol| protocol.value.as_str());
            let written = port.target_port.as_ref().map(|target| &target.value);
            let target = match written {
                None | Some(TargetPort::Number(0)) => Some(number),
                Some(TargetPort::Number(target)) => Some(*target),
                Some(TargetPort::Name(name)) => match pods {
                    [] => None,
                    pods => match pods.iter().find_map(|pod| pod.container_port(name, l4)) {
                        Some(target) => Some(target),
                        None => continue,
                    },
                },
            };
            let protocol = super::services::protocol(port);
            let target_name = match written {
                Some(TargetPort::Name(name)) => Some(name.clone()),
                _ => None,
            };
            // One Service: entries with equal target and protocol are one, the first.
            let is_seen = seen.contains(&(target, protocol));
            if is_seen && target.is_some() {
                continue;
            }
            seen.push((target, protocol));
            let list = if is_seen { &mut confused } else { &mut all };
            list.push(ServicePort {
                hostname: hostname.clone(),
                namespace: service.meta.namespace().to_owned(),
                port: number,
                target,
                target_name,
                protocol,
                is_translation_disabled: service
                    .meta
                    .label("experimental.istio.io/disable-gateway-port-translation")
                    .is_some(),
                origin: Some(Origin::new(ObjectRef::Service(at), Part::Port(index), port.span)),
            });
        }
    }
    (all, confused)
}
