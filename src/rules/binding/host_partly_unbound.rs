//! GW305: a VirtualService with hosts that are served and hosts that are not.

use crate::finding::Severity;
use crate::mesh::ObjectRef;
use crate::rules::hosts::{
    Losses, NearServers, binds_mesh, distinct, host_origin, list, skip_for_gateways, unaccepted,
};
use crate::rules::prelude::*;

rule! {
    /// ## What it reports
    /// A host of a VirtualService that no server of its Gateways accepts, while other hosts of it are accepted. It is
    /// info where the VirtualService also applies to sidecars (`mesh`), for which the host may be meant.
    ///
    /// ## Why it matters
    /// The gateway has no route for this host, although the VirtualService reads as if it had; nothing reports it.
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
    ///     hosts: ["*.example.com"]
    /// ---
    /// apiVersion: networking.istio.io/v1
    /// kind: VirtualService
    /// metadata: {name: shop, namespace: shop}
    /// spec:
    ///   hosts: [shop.example.com, example.com]
    ///   gateways: [infra/public]
    ///   http:
    ///   - route: [{destination: {host: web}}]
    /// ```
    ///
    /// ## Instead
    /// Add the host to a server (`*.example.com` does not cover `example.com`), or remove it.
    /// ```yaml
    /// apiVersion: networking.istio.io/v1
    /// kind: Gateway
    /// metadata: {name: public, namespace: infra}
    /// spec:
    ///   selector: {istio: ingressgateway}
    ///   servers:
    ///   - port: {number: 80, name: http, protocol: HTTP}
    ///     hosts: ["*.example.com", example.com]
    /// ---
    /// apiVersion: networking.istio.io/v1
    /// kind: VirtualService
    /// metadata: {name: shop, namespace: shop}
    /// spec:
    ///   hosts: [shop.example.com, example.com]
    ///   gateways: [infra/public]
    ///   http:
    ///   - route: [{destination: {host: web}}]
    /// ```
    HOST_PARTLY_UNBOUND = "GW305" "host-partly-unbound", Warning;
}

fn check(world: &World<'_>, out: &mut Findings) {
    let mut near = NearServers::new();
    for (at, service) in world.virtual_services() {
        let hosts = unaccepted(world, at);
        if hosts.accepted.is_empty() && !hosts.is_any_unknown {
            continue;
        }
        if hosts.is_any_unknown {
            skip_for_gateways(world, out, &HOST_PARTLY_UNBOUND, service);
        }
        if hosts.others.is_empty() {
            continue;
        }
        // A host that a server accepts is served where a route of it is in a table.
        let is_served = |&at: &usize| world.is_reached(host_origin(service, at));
        let served: Vec<usize> = hosts.accepted.iter().copied().filter(is_served).collect();
        let (others, verb) = match (served.as_slice(), hosts.accepted.as_slice()) {
            ([], [_]) => (&hosts.accepted, "is accepted"),
            ([], _) => (&hosts.accepted, "are accepted"),
            ([_], _) => (&served, "is"),
            _ => (&served, "are"),
        };
        let others = list(others.iter().map(|&at| service.hosts[at].value.as_str()));
        let also = if others.is_empty() { others } else { format!("; {others} {verb}") };
        let servers = distinct(&world.servers_of(service));
        let losses = Losses::of(world, service);
        for index in hosts.others {
            let host = &service.hosts[index];
            let origin = host_origin(service, index);
            let message = format!("`{}` is never served by a gateway{also}", host.value);
            let subject = world.subject(ObjectRef::VirtualService(service.index));
            let report = out.report(&HOST_PARTLY_UNBOUND, subject, host.span, message);
            report
                .here("no server accepts it")
                .unreached(world.elements(losses.with(world, origin)));
            near.show(report, host, &servers);
            if binds_mesh(service) {
                report.severity(Severity::Info);
            }
        }
    }
}
