//! GW219: `tls` rules for servers at which TLS ends.

use crate::mesh::ObjectRef;
use crate::rules::hosts::skip_for_gateways;
use crate::rules::kinds::{Kind, Use, misfits};
use crate::rules::prelude::*;

rule! {
    /// ## What it reports
    /// A VirtualService with `tls` rules of which no server forwards TLS as it is, and at least one terminates it.
    ///
    /// It is info where the VirtualService also applies to sidecars (`mesh`), for which the rules may be meant.
    ///
    /// ## Why it matters
    /// A `tls` rule chooses by the server name of a handshake that the gateway does not take part in. Where TLS ends at
    /// the gateway, istiod leaves the rule out: requests are routed by `http` rules, or get 404 (NR).
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
    ///     hosts: [shop.example.com]
    ///     tls: {mode: SIMPLE, credentialName: shop-example-com}
    /// ---
    /// apiVersion: networking.istio.io/v1
    /// kind: VirtualService
    /// metadata: {name: shop, namespace: shop}
    /// spec:
    ///   hosts: [shop.example.com]
    ///   gateways: [infra/public]
    ///   tls:
    ///   - match: [{sniHosts: [shop.example.com]}]
    ///     route: [{destination: {host: web, port: {number: 443}}}]
    /// ```
    ///
    /// ## Instead
    /// Write `http` rules, or let the gateway forward TLS (`mode: PASSTHROUGH`):
    /// ```yaml
    /// apiVersion: networking.istio.io/v1
    /// kind: Gateway
    /// metadata: {name: public, namespace: infra}
    /// spec:
    ///   selector: {istio: ingressgateway}
    ///   servers:
    ///   - port: {number: 443, name: https, protocol: HTTPS}
    ///     hosts: [shop.example.com]
    ///     tls: {mode: SIMPLE, credentialName: shop-example-com}
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
    TLS_ROUTE_ON_TERMINATING_SERVER = "GW219" "tls-route-on-terminating-server", Error;
}

fn check(world: &World<'_>, out: &mut Findings) {
    for (at, service) in world.virtual_services() {
        let spec = &world.mesh.store.virtual_services[service.index as usize].spec;
        if spec.tls.is_empty() {
            continue;
        }
        let Some(misfits) = misfits(world, at, service) else {
            skip_for_gateways(world, out, &TLS_ROUTE_ON_TERMINATING_SERVER, service);
            continue;
        };
        let Some(misfit) = misfits.iter().find(|misfit| misfit.kind == Kind::Tls) else { continue };
        let is_terminating = misfit.uses.iter().any(|used: &Use| used.terminates());
        if !is_terminating || misfit.wants_tcp(&misfits, !spec.tcp.is_empty()) {
            continue;
        }
        let do_not = if misfit.servers.len() == 1 { "does not" } else { "do not" };
        let message =
            format!("tls rules are ignored: {} {do_not} forward TLS as it is", misfit.places());
        let subject = world.subject(ObjectRef::VirtualService(service.index));
        let report =
            out.report(&TLS_ROUTE_ON_TERMINATING_SERVER, subject, misfit.rules[0].span, message);
        misfit.tell(world, at, service, report);
        report.help("write `http` rules, or set `mode: PASSTHROUGH` if the backend terminates TLS");
    }
}
