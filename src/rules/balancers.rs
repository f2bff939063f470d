//! Load balancers in front of gateways that take TLS off: what Services and Ingresses say of them. Knows no rule.

use rustc_hash::FxHashMap;

use super::World;
use super::hosts::bare;
use super::server::ServerRef;
use crate::istio::ingress::{Backend, Ingress};
use crate::istio::kubernetes::Service;
use crate::istio::{Object, Unmodelled};
use crate::manifest::Meta;
use crate::mesh::{HostIndex, ObjectRef, ServicePort};
use crate::text::Span;

/// A load balancer that takes TLS off port 443 and speaks HTTP to a server.
pub(super) struct Balancer {
    /// The object that asks for it: ``Service `infra/edge` ``.
    pub(super) of: String,
    /// Where it says that TLS ends there.
    pub(super) tls: Span,
    /// Where it says what it sends to the server.
    pub(super) leads: Span,
}

/// Whose value is a certificate for the load balancer of a Service.
const CERTIFICATE: &str = "service.beta.kubernetes.io/aws-load-balancer-ssl-cert";
/// Ports with TLS, by name or number; absent: all.
const PORTS: &str = "service.beta.kubernetes.io/aws-load-balancer-ssl-ports";
/// What the load balancer speaks to the Pods; absent: `tcp`, or `http` for listeners of that kind.
const BACKEND: &str = "service.beta.kubernetes.io/aws-load-balancer-backend-protocol";

/// The class of an Ingress as an annotation, from before `ingressClassName`.
const CLASS: &str = "kubernetes.io/ingress.class";
/// Certificates of an Ingress that are no Secrets: those of AWS, and of Google.
const CERTIFICATES: [&str; 3] = [
    "alb.ingress.kubernetes.io/certificate-arn",
    "ingress.gcp.kubernetes.io/pre-shared-cert",
    "networking.gke.io/managed-certificates",
];
/// What the load balancer of an Ingress speaks to a Service, if not HTTP.
const PROTOCOLS: [&str; 2] =
    ["alb.ingress.kubernetes.io/backend-protocol", "cloud.google.com/app-protocols"];

/// The load balancers of an input.
pub(super) struct Balancers<'a> {
    world: &'a World<'a>,
    /// The backends of Ingresses, with their Ingress.
    backends: Vec<(&'a Object<Unmodelled>, &'a Ingress, &'a Backend)>,
    /// Those of a Service, by namespace and name, by host.
    by_service: FxHashMap<(&'a str, &'a str), HostIndex<u32>>,
}

impl<'a> Balancers<'a> {
    /// Those that take TLS off; none: there is not one.
    pub(super) fn new(world: &'a World<'a>) -> Option<Self> {
        let mut all = Self { world, backends: Vec::new(), by_service: FxHashMap::default() };
        for object in &world.mesh.store.unmodelled {
            let Unmodelled::Ingress(ingress) = &object.spec else { continue };
            let is_known = certificate(object, ingress).is_some() && !speaks_tls(&object.meta);
            if !is_known || !is_balancing(object, ingress) {
                continue;
            }
            for backend in &ingress.backends {
                let service = (object.meta.namespace(), backend.service.as_str());
                let at = u32::try_from(all.backends.len()).unwrap_or(u32::MAX);
                let host = backend.host.as_deref().unwrap_or("*");
                all.by_service.entry(service).or_default().insert(host, at);
                all.backends.push((object, ingress, backend));
            }
        }
        let mut services = world.mesh.store.services.iter();
        let is_any = !all.backends.is_empty()
            || services.any(|service| service.meta.annotation(CERTIFICATE).is_some());
        is_any.then_some(all)
    }

    /// The one that takes TLS off connections to a server.
    pub(super) fn of(&self, server: &ServerRef<'_>) -> Option<Balancer> {
        let ports = &server.table.proxy.service_ports;
        let mut leading = ports.iter().filter(|port| port.target == Some(server.record.port));
        leading.find_map(|port| {
            let origin = port.origin?;
            let ObjectRef::Service(index) = origin.object else { return None };
            let service = self.world.mesh.store.services.get(index as usize)?;
            of_service(service, port, origin.span)
                .or_else(|| self.of_ingress(service, port, server))
        })
    }

    /// That of an Ingress which sends requests for a host of the server to the port of the Service.
    fn of_ingress(
        &self,
        service: &Object<Service>,
        port: &ServicePort,
        server: &ServerRef<'_>,
    ) -> Option<Balancer> {
        let hosts = self.by_service.get(&(service.meta.namespace(), service.meta.name()))?;
        if speaks_tls(&service.meta) {
            return None;
        }
        let own = server.server.hosts.iter().map(|host| bare(host).to_lowercase());
        let mut met: Vec<u32> =
            own.flat_map(|host| hosts.overlapping(&host).collect::<Vec<_>>()).collect();
        met.sort_unstable();
        let mut backends = met.into_iter().filter_map(|at| self.backends.get(at as usize));
        let (object, ingress, backend) =
            backends.find(|(.., backend)| is_port(service, port.port, &backend.port))?;
        Some(Balancer {
            of: format!("Ingress `{}/{}`", object.meta.namespace(), object.meta.name()),
            tls: certificate(object, ingress)?,
            leads: backend.span,
        })
    }
}

/// That of a Service of type `LoadBalancer` at AWS.
fn of_service(service: &Object<Service>, port: &ServicePort, leads: Span) -> Option<Balancer> {
    let (key, _) = service.meta.annotations.iter().find(|(key, _)| key.value == CERTIFICATE)?;
    let is_plain = !matches!(service.meta.annotation(BACKEND), Some("https" | "ssl"));
    let takes_tls_off = port.port == 443 && is_plain && has_tls(service);
    takes_tls_off.then(|| Balancer {
        of: format!("Service `{}/{}`", service.meta.namespace(), service.meta.name()),
        tls: key.span,
        leads,
    })
}

/// Whether port 443 is among those with TLS.
fn has_tls(service: &Object<Service>) -> bool {
    let Some(list) = service.meta.annotation(PORTS) else { return true };
    let names: Vec<&str> = service
        .spec
        .ports
        .iter()
        .filter(|port| port.port.is_some_and(|number| number.value == 443))
        .filter_map(|port| port.name.as_ref())
        .map(|name| name.as_str())
        .collect();
    list.split(',').map(str::trim).any(|one| one == "443" || one == "*" || names.contains(&one))
}

/// Whether an Ingress is one of those that make a load balancer at AWS or Google.
fn is_balancing(object: &Object<Unmodelled>, ingress: &Ingress) -> bool {
    let class = ingress.class.as_deref().or_else(|| object.meta.annotation(CLASS));
    matches!(class, Some("alb" | "gce" | "gce-internal"))
}

/// Where an Ingress says that its load balancer has a certificate.
fn certificate(object: &Object<Unmodelled>, ingress: &Ingress) -> Option<Span> {
    let mut annotations = object.meta.annotations.iter();
    let named = annotations.find(|(key, _)| CERTIFICATES.contains(&key.value.as_str()));
    ingress.tls.or(named.map(|(key, _)| key.span))
}

/// Whether annotations of an Ingress or a Service ask for TLS behind the load balancer, too.
fn speaks_tls(meta: &Meta) -> bool {
    PROTOCOLS.iter().filter_map(|key| meta.annotation(key)).any(|protocol| {
        let protocol = protocol.to_ascii_uppercase();
        protocol.contains("HTTPS") || protocol.contains("HTTP2")
    })
}

/// Whether a port of a Service is the one of that number or name.
fn is_port(service: &Object<Service>, number: u32, text: &str) -> bool {
    let mut own = service.spec.ports.iter();
    text == number.to_string()
        || own.any(|port| {
            port.port.is_some_and(|own| own.value == number)
                && port.name.as_ref().is_some_and(|name| name.value == text)
        })
}
