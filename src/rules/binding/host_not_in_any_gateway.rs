//! GW304: a VirtualService none of whose hosts any server of its Gateways accepts.

use crate::mesh::ObjectRef;
use crate::rules::hosts::{
    self, Consequence, Losses, NearServers, distinct, host_origin, skip_for_gateways, unaccepted,
};
use crate::rules::prelude::*;

rule! {
    /// ## What it reports
    /// A host of a VirtualService that no server of its Gateways accepts, where none of its other hosts is accepted
    /// either. A server accepts a host that equals, covers or is covered by one of its own, in the same letter case.
    ///
    /// ## Why it matters
    /// istiod leaves such a host out of the gateway's routes and reports nothing; clients get 404 (NR), or their
    /// connection is closed.
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
    ///     hosts: ["*.example.org"]
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
    /// Name the host in `servers[].hosts` of the Gateway, or bind a Gateway that serves it.
    /// ```yaml
    /// apiVersion: networking.istio.io/v1
    /// kind: Gateway
    /// metadata: {name: public, namespace: infra}
    /// spec:
    ///   selector: {istio: ingressgateway}
    ///   servers:
    ///   - port: {number: 80, name: http, protocol: HTTP}
    ///     hosts: ["*.example.org", shop.example.com]
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
    HOST_NOT_IN_ANY_GATEWAY = "GW304" "host-not-in-any-gateway", Error, also "IST0132";
}

fn check(world: &World<'_>, out: &mut Findings) {
    let mut near = NearServers::new();
    for (at, service) in world.virtual_services() {
        let hosts = unaccepted(world, at);
        if !hosts.accepted.is_empty() || (hosts.others.is_empty() && !hosts.is_any_unknown) {
            continue;
        }
        if hosts.is_any_unknown {
            skip_for_gateways(world, out, &HOST_NOT_IN_ANY_GATEWAY, service);
            continue;
        }
        let servers = world.servers_of(service);
        let consequence = Consequence::new(world, service, &servers);
        let gateways = hosts::gateways(&servers);
        let servers = distinct(&servers);
        let losses = Losses::of(world, service);
        for index in hosts.others {
            let host = &service.hosts[index];
            let origin = host_origin(service, index);
            let mut message = format!("no server of {gateways} accepts `{}`", host.value);
            if let Some(consequence) = consequence.of(world, host) {
                message = format!("{message}: {consequence}");
            }
            let subject = world.subject(ObjectRef::VirtualService(service.index));
            let report = out.report(&HOST_NOT_IN_ANY_GATEWAY, subject, host.span, message);
            report
                .here(format!("wanted here, by VirtualService {}", service.key))
                .unreached(world.elements(losses.with(world, origin)));
            near.show(report, host, &servers);
        }
    }
}
