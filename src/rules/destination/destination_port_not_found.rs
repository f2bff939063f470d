//! GW604: a port that the service does not have.

use crate::rules::destinations::ports::{WrongPort, numbers, place, wrong_ports};
use crate::rules::destinations::{Used, places};
use crate::rules::prelude::*;

rule! {
    /// ## What it reports
    /// A destination with a port that its service does not have.
    ///
    /// ## Why it matters
    /// istiod does not compare the number with the service, and there is no cluster for it: requests get 503 (flag `NC`).
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
    ///   ports: [{name: http, port: 8080}]
    /// ---
    /// apiVersion: networking.istio.io/v1
    /// kind: VirtualService
    /// metadata: {name: shop, namespace: shop}
    /// spec:
    ///   hosts: [shop.example.com]
    ///   gateways: [infra/public]
    ///   http:
    ///   - route: [{destination: {host: web, port: {number: 8081}}}]
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
    ///   ports: [{name: http, port: 8080}]
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
    DESTINATION_PORT_NOT_FOUND = "GW604" "destination-port-not-found", Error, also "IST0101";
}

fn check(world: &World<'_>, out: &mut Findings) {
    for WrongPort { group, port, ports } in wrong_ports(world) {
        let known = numbers(&ports);
        let of_service = place(world, group[0]);
        let help = match ports.as_slice() {
            [only] => format!("write {}, or leave the port out", only.number),
            _ => "write a port of the service".to_owned(),
        };
        for (used, span) in places(group, Used::port_span) {
            let message =
                format!("`{}` has no port {}: {}", used.host, port.value, used.consequence());
            let subject = world.subject(used.object);
            let report = out.report(&DESTINATION_PORT_NOT_FOUND, subject, span, message);
            if let Some(place) = of_service {
                report.label(place, format!("its ports: {known}"));
            }
            report.help(help.as_str());
        }
    }
}
