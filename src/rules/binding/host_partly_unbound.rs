//! GW305: a VirtualService with hosts that are served and hosts that are not.

use crate::finding::Severity;
use crate::mesh::ObjectRef;
use crate::rules::hosts::{binds_mesh, host_origin, list, lost_with, show_servers, unaccepted};
use crate::rules::prelude::*;

rule! {
    /// ## What it reports
    /// A host of a VirtualService that no server of its Gateways accepts, while other hosts of it are served. It is
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
    for (at, service) in world.virtual_services() {
        let hosts = unaccepted(world, at, service);
        if hosts.accepted.is_empty() && !hosts.is_any_unknown {
            continue;
        }
        let accepted = list(hosts.accepted.iter().map(|&at| service.hosts[at].value.as_str()));
        for index in hosts.others {
            let host = &service.hosts[index];
            let origin = host_origin(service, index);
            let message = match hosts.accepted.len() {
                0 => format!("`{host}` is never served by a gateway"),
                1 => format!("`{host}` is never served by a gateway; {accepted} is"),
                _ => format!("`{host}` is never served by a gateway; {accepted} are"),
            };
            let subject = world.subject(ObjectRef::VirtualService(service.index));
            let report = out.report(&HOST_PARTLY_UNBOUND, subject, host.span, message);
            report
                .here("no server accepts it")
                .unreached(world.elements(lost_with(world, service, origin)));
            show_servers(report, host, &world.servers_of(service));
            if binds_mesh(service) {
                report.severity(Severity::Info);
            }
        }
    }
}
