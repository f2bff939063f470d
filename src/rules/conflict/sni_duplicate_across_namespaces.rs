//! GW402: one host under two namespaces on servers of a port.

use crate::rules::hosts::{bare, list};
use crate::rules::prelude::*;
use crate::rules::refusals::{listeners, place};

rule! {
    /// ## What it reports
    /// Two servers with `tls` on one port that list one host for different namespaces, as `shop/a.example.com` and
    /// `pay/a.example.com`, or once with and once without namespace.
    ///
    /// ## Why it matters
    /// istiod compares the texts with the namespaces, and makes two filter chains for one server name. Envoy refuses the
    /// listener, so that nothing on the port is served.
    ///
    /// ## Example
    /// ```yaml
    /// apiVersion: networking.istio.io/v1
    /// kind: Gateway
    /// metadata: {name: public, namespace: infra}
    /// spec:
    ///   selector: {istio: ingressgateway}
    ///   servers:
    ///   - port: {number: 443, name: https, protocol: HTTPS}
    ///     hosts: ["shop/*.example.com"]
    ///     tls: {mode: SIMPLE, credentialName: example-com}
    /// ---
    /// apiVersion: networking.istio.io/v1
    /// kind: Gateway
    /// metadata: {name: pay, namespace: infra}
    /// spec:
    ///   selector: {istio: ingressgateway}
    ///   servers:
    ///   - port: {number: 443, name: https-pay, protocol: HTTPS}
    ///     hosts: [pay/*.example.com]
    ///     tls: {mode: SIMPLE, credentialName: example-com}
    /// ---
    /// apiVersion: networking.istio.io/v1
    /// kind: VirtualService
    /// metadata: {name: shop, namespace: shop}
    /// spec:
    ///   hosts: [shop.example.com]
    ///   gateways: [infra/public]
    ///   http:
    ///   - route: [{destination: {host: web}}]
    /// ---
    /// apiVersion: networking.istio.io/v1
    /// kind: VirtualService
    /// metadata: {name: pay, namespace: pay}
    /// spec:
    ///   hosts: [pay.example.com]
    ///   gateways: [infra/pay]
    ///   http:
    ///   - route: [{destination: {host: pay}}]
    /// ```
    ///
    /// ## Instead
    /// Let one server have the host, without namespace, or with names that differ.
    /// ```yaml
    /// apiVersion: networking.istio.io/v1
    /// kind: Gateway
    /// metadata: {name: public, namespace: infra}
    /// spec:
    ///   selector: {istio: ingressgateway}
    ///   servers:
    ///   - port: {number: 443, name: https, protocol: HTTPS}
    ///     hosts: ["shop/*.example.com"]
    ///     tls: {mode: SIMPLE, credentialName: example-com}
    /// ---
    /// apiVersion: networking.istio.io/v1
    /// kind: Gateway
    /// metadata: {name: pay, namespace: infra}
    /// spec:
    ///   selector: {istio: ingressgateway}
    ///   servers:
    ///   - port: {number: 443, name: https-pay, protocol: HTTPS}
    ///     hosts: [pay/pay.example.com]
    ///     tls: {mode: SIMPLE, credentialName: pay-example-com}
    /// ---
    /// apiVersion: networking.istio.io/v1
    /// kind: VirtualService
    /// metadata: {name: shop, namespace: shop}
    /// spec:
    ///   hosts: [shop.example.com]
    ///   gateways: [infra/public]
    ///   http:
    ///   - route: [{destination: {host: web}}]
    /// ---
    /// apiVersion: networking.istio.io/v1
    /// kind: VirtualService
    /// metadata: {name: pay, namespace: pay}
    /// spec:
    ///   hosts: [pay.example.com]
    ///   gateways: [infra/pay]
    ///   http:
    ///   - route: [{destination: {host: pay}}]
    /// ```
    SNI_DUPLICATE_ACROSS_NAMESPACES = "GW402" "sni-duplicate-across-namespaces", Error;
}

fn check(world: &World<'_>, out: &mut Findings) {
    for fault in listeners(world) {
        let (Some([own, other]), Some(server)) = (fault.namespaces(), fault.servers.last()) else {
            continue;
        };
        let others = fault.servers.iter().filter(|s| !s.is_same(server));
        let name = server.server.hosts.iter().find(|host| host.span == own.0).map_or(own.1, bare);
        let message = format!(
            "port {} cannot be programmed at all: two filter chains match `{name}`, and Envoy refuses the listener",
            server.record.port
        );
        let report = out.report(
            &SNI_DUPLICATE_ACROSS_NAMESPACES,
            world.subject(server.object()),
            own.0,
            message,
        );
        report.here("the same server name").label(other.0, "the same server name");
        for other in others.skip(1) {
            let (span, text) = place(other);
            report.label(span, text);
        }
        report
            .help(format!("let one server list {}", list([other.1, own.1])))
            .refused(fault.refused.iter().cloned())
            .proxies(world.proxies_unless_all(server.record.gateway, &fault.tables));
    }
}
