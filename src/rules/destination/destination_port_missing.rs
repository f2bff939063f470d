//! GW605: no port, and a service that has not exactly one.

use crate::mesh::Port;
use crate::rules::destinations::ports::{numbers, place};
use crate::rules::destinations::{Servers, mistaken};
use crate::rules::prelude::*;

rule! {
    /// ## What it reports
    /// A destination without port whose service has several ports, or none, where the port of the gateway's server is not among
    /// them.
    ///
    /// ## Why it matters
    /// istiod takes the port of a service that has one. For any other it takes the number of the server through which the
    /// request came, such as 80 or 443: requests get 503 (flag `NC`).
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
    ///   ports: [{name: http, port: 8080}, {name: metrics, port: 9090}]
    /// ---
    /// apiVersion: networking.istio.io/v1
    /// kind: VirtualService
    /// metadata: {name: shop, namespace: shop}
    /// spec:
    ///   hosts: [shop.example.com]
    ///   gateways: [infra/public]
    ///   http:
    ///   - route: [{destination: {host: web}}]
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
    ///   ports: [{name: http, port: 8080}, {name: metrics, port: 9090}]
    /// ---
    /// apiVersion: networking.istio.io/v1
    /// kind: VirtualService
    /// metadata: {name: shop, namespace: shop}
    /// spec:
    ///   hosts: [shop.example.com]
    ///   gateways: [infra/public]
    ///   http:
    ///   - route: [{destination: {host: web, port: {number: 8080}}}]
    /// ```
    DESTINATION_PORT_MISSING = "GW605" "destination-port-missing", Error, also "IST0112";
}

fn check(world: &World<'_>, out: &mut Findings) {
    let mut servers = Servers::default();
    for group in world.destinations().groups() {
        let services = world.mesh.services.named(&group.first().host);
        let is_candidate = services.clone().next().is_some()
            && services.clone().all(|service| service.external_name.is_none())
            && services.clone().any(|service| service.scope_ports.len() != 1);
        let wrong = mistaken(
            group.iter().filter(|used| is_candidate && used.written.port.is_none()),
            |used| used.written.span,
            |used| {
                servers.of(world, used).iter().find_map(|server| {
                    let (service, port) = used.target(world, server)?;
                    let scope =
                        world.mesh.services.in_scope(&used.host, &server.table.proxy.namespace);
                    let ports: Vec<&Port> = scope?.scope_ports.iter().collect();
                    let is_known =
                        service.ports.iter().chain(ports.iter().copied()).all(|p| p.number != 0);
                    let is_missing = ports.iter().all(|known| known.number != port);
                    (is_known && is_missing).then_some((port, ports))
                })
            },
        );
        for (used, span, (port, ports)) in wrong {
            let what = match numbers(&ports).as_str() {
                "none" => format!("`{}` has no port", used.host),
                known => format!("`{}` has the ports {known}", used.host),
            };
            let message = format!(
                "{what}; without `port` the gateway takes its own, {port}: {}",
                used.consequence()
            );
            let subject = world.subject(used.object);
            let report = out.report(&DESTINATION_PORT_MISSING, subject, span, message);
            if let Some(place) = place(world, used) {
                report.label(place, "its ports");
            }
            report.help("write the `port` that is meant");
        }
    }
}
