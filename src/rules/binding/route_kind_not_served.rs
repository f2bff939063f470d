//! GW314: rules of a kind that no server takes.

use crate::mesh::ObjectRef;
use crate::rules::hosts::skip_for_gateways;
use crate::rules::kinds::{Kind, misfits};
use crate::rules::prelude::*;

rule! {
    /// ## What it reports
    /// `http`, `tls` or `tcp` rules of a VirtualService for which no server is of their kind: `http` rules want a
    /// server that speaks HTTP, `tls` rules one that forwards TLS as it is, `tcp` rules one that forwards bytes.
    ///
    /// `http` rules where TLS is forwarded are GW218, `tls` rules where TLS ends GW219, rules for a server that
    /// terminates TLS and forwards what is inside GW220. It is info where the VirtualService also applies to sidecars
    /// (`mesh`), for which the rules may be meant.
    ///
    /// ## Why it matters
    /// istiod leaves the rules out and reports nothing.
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
    /// apiVersion: networking.istio.io/v1
    /// kind: VirtualService
    /// metadata: {name: shop, namespace: shop}
    /// spec:
    ///   hosts: [shop.example.com]
    ///   gateways: [infra/public]
    ///   tcp:
    ///   - route: [{destination: {host: web, port: {number: 80}}}]
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
    /// apiVersion: networking.istio.io/v1
    /// kind: VirtualService
    /// metadata: {name: shop, namespace: shop}
    /// spec:
    ///   hosts: [shop.example.com]
    ///   gateways: [infra/public]
    ///   http:
    ///   - route: [{destination: {host: web}}]
    /// ```
    ROUTE_KIND_NOT_SERVED = "GW314" "route-kind-not-served", Error;
}

fn check(world: &World<'_>, out: &mut Findings) {
    for (at, service) in world.virtual_services() {
        let Some(misfits) = misfits(world, at, service) else {
            skip_for_gateways(world, out, &ROUTE_KIND_NOT_SERVED, service);
            continue;
        };
        let spec = &world.mesh.store.virtual_services[service.index as usize].spec;
        let has_tcp = !spec.tcp.is_empty();
        for misfit in &misfits {
            let is_told = match misfit.kind {
                Kind::Http => misfit.is_passthrough(),
                Kind::Tls => misfit.uses.iter().any(|used| used.terminates()),
                Kind::Tcp => false,
            };
            if is_told || misfit.wants_tcp(&misfits, has_tcp) {
                continue;
            }
            let kind = misfit.kind.as_str();
            let does = if misfit.servers.len() == 1 { "does not" } else { "do not" };
            let message = format!("{kind} rules are ignored: {} {does} take them", misfit.places());
            let subject = world.subject(ObjectRef::VirtualService(service.index));
            let report = out.report(&ROUTE_KIND_NOT_SERVED, subject, misfit.rules[0].span, message);
            misfit.tell(world, at, service, report);
            if let Some(taken) = misfit.taken() {
                let taken = taken.as_str();
                report.help(format!("write `{taken}` rules, or change the protocol of the server"));
            }
        }
    }
}
