//! GW121: a listener that Envoy refuses.

use crate::envoy::Cause;
use crate::mesh::{ObjectRef, Origin};
use crate::rules::prelude::*;
use crate::rules::refusals::{RefusedListener, field, listeners};

rule! {
    /// ## What it reports
    /// What istiod makes a listener of that Envoy refuses: a server name twice, also where two differ in case alone, a `*` in a
    /// name that stands for less than a label, `subjectAltNames` with a mode that has no CA, one address in two spellings.
    /// Two servers that list a host for different namespaces are `sni-duplicate-across-namespaces`.
    ///
    /// ## Why it matters
    /// Envoy refuses the listener as a whole: the port serves nothing, or goes on with an earlier state, and only the logs tell
    /// so.
    ///
    /// ## Example
    /// ```yaml
    /// apiVersion: networking.istio.io/v1
    /// kind: Gateway
    /// metadata: {name: public, namespace: infra}
    /// spec:
    ///   selector: {istio: ingressgateway}
    ///   servers:
    ///   - port: {number: 443, name: https-shop, protocol: HTTPS}
    ///     hosts: [shop.example.com]
    ///     tls: {mode: SIMPLE, credentialName: shop}
    ///   - port: {number: 443, name: https-pay, protocol: HTTPS}
    ///     hosts: [pay.example.com, Shop.example.com]
    ///     tls: {mode: SIMPLE, credentialName: pay}
    /// ---
    /// apiVersion: networking.istio.io/v1
    /// kind: VirtualService
    /// metadata: {name: shop, namespace: shop}
    /// spec:
    ///   hosts: [shop.example.com, pay.example.com]
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
    ///   - port: {number: 443, name: https-shop, protocol: HTTPS}
    ///     hosts: [shop.example.com]
    ///     tls: {mode: SIMPLE, credentialName: shop}
    ///   - port: {number: 443, name: https-pay, protocol: HTTPS}
    ///     hosts: [pay.example.com]
    ///     tls: {mode: SIMPLE, credentialName: pay}
    /// ---
    /// apiVersion: networking.istio.io/v1
    /// kind: VirtualService
    /// metadata: {name: shop, namespace: shop}
    /// spec:
    ///   hosts: [shop.example.com, pay.example.com]
    ///   gateways: [infra/public]
    ///   http:
    ///   - route: [{destination: {host: web}}]
    /// ```
    ENVOY_REFUSES_LISTENER = "GW121" "envoy-refuses-listener", Error;
}

fn check(world: &World<'_>, out: &mut Findings) {
    for fault in listeners(world).iter().filter(|fault| fault.namespaces().is_none()) {
        report(world, out, fault);
    }
}

fn report(world: &World<'_>, out: &mut Findings, fault: &RefusedListener<'_>) {
    let rejected = &fault.rejected;
    // The servers come first; where a match of a VirtualService is the cause, it is the last one.
    let is_service =
        |origin: &&crate::mesh::Origin| matches!(origin.object, ObjectRef::VirtualService(_));
    let origins = &rejected.origins;
    let Some(&primary) = origins.iter().rev().find(is_service).or(origins.last()) else { return };
    let message = format!(
        "Envoy refuses listener `{}`, nothing on it is served: {}",
        rejected.name, rejected.reason
    );
    let span = field(world, primary, &rejected.cause);
    let report = out.report(&ENVOY_REFUSES_LISTENER, world.subject(primary.object), span, message);
    for &origin in origins.iter().filter(|&&origin| origin != primary) {
        report.label(field(world, origin, &rejected.cause), "the other cause");
    }
    let help = match rejected.cause {
        Cause::NameTwice(_) | Cause::ChainTwice => "let one server or match have the name",
        Cause::PartialWildcard(_) => {
            "write `*` in the place of whole labels, as in `*.example.com`"
        }
        Cause::SubjectAltNames => "write `mode: MUTUAL` with a CA, or leave `subjectAltNames` out",
        Cause::Address => "write the address in one way",
        _ => "mend the keys",
    };
    let tables = &fault.tables;
    let gateway = fault.servers.first().map(|server| server.record.gateway);
    report
        .help(help)
        .unreached(world.elements(displaced(world, fault)))
        .refused(fault.refused.iter().cloned())
        .proxies(gateway.map_or_else(Vec::new, |at| world.proxies_unless_all(at, tables)));
}

/// What reaches no table because a later server of the listener has the route configuration to itself.
fn displaced(world: &World<'_>, fault: &RefusedListener<'_>) -> Vec<Origin> {
    let mut lost = Vec::new();
    for &table in &fault.tables {
        let servers = (0..).zip(&world.tables[table].servers);
        let here = servers
            .filter(|(_, server)| server.is_displaced && server.listener() == fault.rejected.name);
        for server in here.filter_map(|(at, _)| world.server(table, at)) {
            lost.extend(world.unless_reached(server.record.origin));
            lost.extend(world.unreached_without(&server));
        }
    }
    lost
}
