//! GW615: plain HTTP to a port that expects TLS.

use crate::istio::destination_rule::{ClientTlsMode, TrafficPolicy};
use crate::istio::gateway::Protocol;
use crate::istio::kubernetes::TargetPort;
use crate::mesh::{ObjectRef, Service};
use crate::rules::Presence;
use crate::rules::destinations::{Group, Servers, Used, Way, mistaken};
use crate::rules::prelude::*;
use crate::rules::server::ServerRef;
use crate::text::Span;

rule! {
    /// ## What it reports
    /// An `http` rule whose destination is a port that expects TLS, by its name (`https`, `tls`), by `appProtocol`, or by its
    /// number (443, 8443, 6443) where nothing else tells, without a DestinationRule that makes the gateway use TLS for it.
    ///
    /// ## Why it matters
    /// The gateway decrypts requests and sends them on as plain HTTP, unless a DestinationRule says otherwise. The backend
    /// answers with 400 (`plain HTTP request was sent to HTTPS port`) or closes the connection.
    ///
    /// ## Example
    /// ```yaml
    /// apiVersion: networking.istio.io/v1
    /// kind: Gateway
    /// metadata: {name: public, namespace: infra}
    /// spec:
    ///   selector: {istio: ingressgateway}
    ///   servers:
    ///   - port: {number: 80, name: http, protocol: HTTP}
    ///     hosts: [shop.example.com]
    /// ---
    /// apiVersion: v1
    /// kind: Service
    /// metadata: {name: web, namespace: shop}
    /// spec:
    ///   ports: [{name: https, port: 443}]
    /// ---
    /// apiVersion: networking.istio.io/v1
    /// kind: VirtualService
    /// metadata: {name: shop, namespace: shop}
    /// spec:
    ///   hosts: [shop.example.com]
    ///   gateways: [infra/public]
    ///   http:
    ///   - route: [{destination: {host: web, port: {number: 443}}}]
    /// ```
    ///
    /// ## Instead
    /// ```yaml
    /// apiVersion: networking.istio.io/v1
    /// kind: Gateway
    /// metadata: {name: public, namespace: infra}
    /// spec:
    ///   selector: {istio: ingressgateway}
    ///   servers:
    ///   - port: {number: 80, name: http, protocol: HTTP}
    ///     hosts: [shop.example.com]
    /// ---
    /// apiVersion: v1
    /// kind: Service
    /// metadata: {name: web, namespace: shop}
    /// spec:
    ///   ports: [{name: https, port: 443}]
    /// ---
    /// apiVersion: networking.istio.io/v1
    /// kind: VirtualService
    /// metadata: {name: shop, namespace: shop}
    /// spec:
    ///   hosts: [shop.example.com]
    ///   gateways: [infra/public]
    ///   http:
    ///   - route: [{destination: {host: web, port: {number: 443}}}]
    /// ---
    /// apiVersion: networking.istio.io/v1
    /// kind: DestinationRule
    /// metadata: {name: web, namespace: shop}
    /// spec:
    ///   host: web
    ///   trafficPolicy: {tls: {mode: SIMPLE}}
    /// ```
    HTTPS_BACKEND_OVER_PLAINTEXT = "GW615" "https-backend-over-plaintext", Warning;
}

/// Ports that mostly expect TLS.
const TLS_PORTS: [u32; 3] = [443, 6443, 8443];

/// A port that expects TLS.
struct TlsPort {
    number: u32,
    /// Where it is written, and by what it is known.
    known_by: Option<(Span, String)>,
}

fn check(world: &World<'_>, out: &mut Findings) {
    let destinations = world.destinations();
    let mut servers = Servers::default();
    for group in destinations.groups().flat_map(|group| by_port(world, group)) {
        let place = |used: &Used<'_>| used.port().map_or(used.text.span, |port| port.span);
        let wrong = mistaken(group, place, |used| {
            servers.of(world, used).iter().find_map(|server| plain(world, used, server))
        });
        for (used, span, port) in wrong {
            let message = format!(
                "the gateway sends plain HTTP to port {} of `{}`, which seems to expect TLS",
                port.number, used.host
            );
            let subject = world.subject(used.object);
            let report = out.report(&HTTPS_BACKEND_OVER_PLAINTEXT, subject, span, message);
            if let Some((span, what)) = port.known_by {
                report.label(span, what);
            }
            report.help(format!(
                "add a DestinationRule for `{}` with `trafficPolicy: {{tls: {{mode: SIMPLE}}}}`",
                used.host
            ));
        }
    }
}

/// The destinations of a group that may mean a port that expects TLS, by the port that is written.
fn by_port<'s, 'a>(world: &World<'_>, group: Group<'s, 'a>) -> Vec<Vec<&'s Used<'a>>> {
    let may_expect_tls = expecting(world, &group.first().host);
    group.by(|used| {
        let port = used.port().map(|port| port.value);
        let is_http = matches!(used.way, Way::Http(_));
        (is_http && may_expect_tls(port)).then_some(port)
    })
}

/// Whether a destination of a host may mean a port that expects TLS, whatever the server: by the port that is written.
fn expecting(world: &World<'_>, host: &str) -> impl Fn(Option<u32>) -> bool + use<> {
    let mut services = world.mesh.services.named(host).peekable();
    let is_tls_port = |number: u32| TLS_PORTS.contains(&number);
    let is_known = services.peek().is_some();
    let has_tls = services
        .flat_map(|service| &service.ports)
        .any(|port| port.protocol.is_tls() || is_tls_port(port.number));
    move |written| if is_known { has_tls } else { written.is_some_and(is_tls_port) }
}

/// The port that a destination means at a server, if it expects TLS and the gateway does not speak it.
fn plain(world: &World<'_>, used: &Used<'_>, server: &ServerRef<'_>) -> Option<TlsPort> {
    let destinations = world.destinations();
    let Some((service, number)) = used.target(world, server) else {
        // Nobody knows the service: the number alone.
        let number = used.port()?.value;
        let is_unknown = destinations.presences.service(&used.host) == Presence::Unknown;
        let rules = &world.mesh.store.destination_rules;
        let mut covering = destinations.covering(&used.host);
        let has_tls = covering.any(|at| {
            let spec = &rules[at as usize].spec;
            let of_subsets = spec.subsets.iter().filter_map(|one| one.traffic_policy.as_deref());
            spec.traffic_policy.as_deref().into_iter().chain(of_subsets).any(has_any_tls)
        });
        let is_plain = is_unknown && TLS_PORTS.contains(&number) && !has_tls;
        return is_plain.then_some(TlsPort { number, known_by: None });
    };
    let known_by = expects_tls(world, service, number)?;
    let subset = used.subset().map_or("", |subset| subset.value.as_str());
    let tls = used.effective(world, server).and_then(|rule| rule.tls(subset, number));
    let mode = tls.and_then(|(_, tls)| tls.mode).map_or(ClientTlsMode::Disable, |mode| mode.value);
    let is_plain = mode == ClientTlsMode::Disable;
    is_plain.then_some(TlsPort { number, known_by: Some(known_by) })
}

fn has_any_tls(policy: &TrafficPolicy) -> bool {
    policy.tls.is_some() || policy.port_level_settings.iter().any(|port| port.tls.is_some())
}

/// By what a port is known to expect TLS. A port that leads to one for plain HTTP does not.
fn expects_tls(world: &World<'_>, service: &Service, number: u32) -> Option<(Span, String)> {
    let port = service.ports.iter().find(|port| port.number == number)?;
    let is_named = port.protocol.is_tls();
    let is_numbered = TLS_PORTS.contains(&number) && port.protocol == Protocol::Unsupported;
    if service.external_name.is_some() || !(is_named || is_numbered) {
        return None;
    }
    let store = &world.mesh.store;
    match service.object {
        ObjectRef::Service(at) => {
            let mut ports = store.services[at as usize].spec.ports.iter();
            let port = ports.find(|port| port.port.is_some_and(|own| own.value == number))?;
            let is_plain = match port.target_port.as_ref().map(|target| &target.value) {
                None => false,
                Some(TargetPort::Number(80 | 8080)) => true,
                Some(TargetPort::Number(target)) => is_numbered && target % 1000 != 443,
                Some(TargetPort::Name(name)) => {
                    !name.contains("https") && {
                        name.starts_with("http") || (is_numbered && !name.contains("tls"))
                    }
                }
            };
            let (span, what) = match (&port.app_protocol, &port.name) {
                (Some(protocol), _) if is_named => (protocol.span, "`appProtocol`"),
                (_, Some(name)) if is_named => (name.span, "its name"),
                _ => (port.span, "its number"),
            };
            (!is_plain).then(|| (span, format!("known by {what}")))
        }
        ObjectRef::ServiceEntry(at) => {
            let mut ports = store.service_entries[at as usize].spec.ports.iter();
            let port = ports.find(|port| port.number.is_some_and(|own| own.value == number))?;
            let is_plain =
                matches!(port.target_port, Some(target) if matches!(target.value, 80 | 8080));
            let span = port.protocol.as_ref().map_or(port.span, |protocol| protocol.span);
            (is_named && !is_plain).then(|| (span, "known by its protocol".to_owned()))
        }
        _ => None,
    }
}
