//! GW220: rules for HTTP or TLS where what is inside TLS is forwarded as it is.

use crate::mesh::ObjectRef;
use crate::rules::hosts::skip_for_gateways;
use crate::rules::kinds::{Kind, misfits};
use crate::rules::prelude::*;

rule! {
    /// ## What it reports
    /// A VirtualService without `tcp` rules whose servers have protocol TLS and terminate it (`mode: SIMPLE` and the
    /// like).
    ///
    /// It is info where the VirtualService also applies to sidecars (`mesh`), for which the rules may be meant.
    ///
    /// ## Why it matters
    /// Protocol TLS says nothing of what is inside: after the handshake the gateway has a stream of bytes, for which
    /// `tcp` rules alone hold. istiod leaves `http` and `tls` rules out, and without a `tcp` rule the server has no
    /// filter chain: the connection is closed. Mostly protocol HTTPS is meant.
    ///
    /// ## Example
    /// ```yaml
    /// apiVersion: networking.istio.io/v1
    /// kind: Gateway
    /// metadata: {name: public, namespace: infra}
    /// spec:
    ///   selector: {istio: ingressgateway}
    ///   servers:
    ///   - port: {number: 443, name: tls, protocol: TLS}
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
    ///
    /// ## Instead
    /// Write protocol HTTPS for HTTP, or `tcp` rules for anything else:
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
    TERMINATED_TLS_NEEDS_TCP_ROUTE = "GW220" "terminated-tls-needs-tcp-route", Error;
}

fn check(world: &World<'_>, out: &mut Findings) {
    for (at, service) in world.virtual_services() {
        let Some(misfits) = misfits(world, at, service) else {
            skip_for_gateways(world, out, &TERMINATED_TLS_NEEDS_TCP_ROUTE, service);
            continue;
        };
        let spec = &world.mesh.store.virtual_services[service.index as usize].spec;
        let has_tcp = !spec.tcp.is_empty();
        let misfits: Vec<_> =
            misfits.iter().filter(|misfit| misfit.wants_tcp(&misfits, has_tcp)).collect();
        let Some(first) = misfits.first() else { continue };
        let kinds: Vec<&str> = misfits.iter().map(|misfit| misfit.kind.as_str()).collect();
        let message = format!(
            "{} rules are ignored: {} terminates TLS and forwards what is inside",
            kinds.join(" and "),
            first.places()
        );
        let subject = world.subject(ObjectRef::VirtualService(service.index));
        let report =
            out.report(&TERMINATED_TLS_NEEDS_TCP_ROUTE, subject, first.rules[0].span, message);
        for misfit in &misfits {
            misfit.tell(world, at, service, report);
        }
        let help = if first.kind == Kind::Http {
            "write protocol HTTPS at the server, or `tcp` rules"
        } else {
            "write `tcp` rules, or set `mode: PASSTHROUGH` if the backend terminates TLS"
        };
        report.help(help);
    }
}
