//! GW218: `http` rules for servers that do not terminate TLS.

use crate::finding::Severity;
use crate::mesh::names::gateway_name;
use crate::mesh::{ObjectRef, VirtualService};
use crate::rules::hosts::{binds_mesh, distinct, skip_for_gateways};
use crate::rules::prelude::*;
use crate::rules::server::ServerRef;
use crate::text::{Span, Str};

rule! {
    /// ## What it reports
    /// A VirtualService with `http` rules, all of whose servers have `tls.mode: PASSTHROUGH`.
    ///
    /// ## Why it matters
    /// Such a server forwards TLS as it is and never sees a request. The `http` rules are left out, and without a `tls`
    /// rule for the host there is no filter chain: the connection is closed.
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
    ///     tls: {mode: PASSTHROUGH}
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
    /// Terminate TLS at the gateway (`mode: SIMPLE` and a certificate), or route by server name:
    /// ```yaml
    /// apiVersion: networking.istio.io/v1
    /// kind: Gateway
    /// metadata: {name: public, namespace: infra}
    /// spec:
    ///   selector: {istio: ingressgateway}
    ///   servers:
    ///   - port: {number: 443, name: tls, protocol: TLS}
    ///     hosts: [shop.example.com]
    ///     tls: {mode: PASSTHROUGH}
    /// ---
    /// apiVersion: networking.istio.io/v1
    /// kind: VirtualService
    /// metadata: {name: shop, namespace: shop}
    /// spec:
    ///   hosts: [shop.example.com]
    ///   gateways: [infra/public]
    ///   tls:
    ///   - match: [{sniHosts: [shop.example.com]}]
    ///     route: [{destination: {host: web}}]
    /// ```
    HTTP_ROUTE_ON_PASSTHROUGH = "GW218" "http-route-on-passthrough", Error;
}

fn check(world: &World<'_>, out: &mut Findings) {
    // Mostly there is no such server at all.
    let mut servers = world.tables.iter().enumerate().flat_map(|(at, table)| {
        (0..).zip(&table.servers).filter_map(move |(server, _)| world.server(at, server))
    });
    if !servers.any(|server| is_passthrough(&server)) {
        return;
    }
    for (at, service) in world.virtual_services() {
        let Some(rule) = rule_for_gateways(world, service) else { continue };
        let servers = world.servers_accepting(at);
        if servers.is_empty()
            || !servers.iter().all(is_passthrough)
            || world.is_any_server_unrecorded(service)
        {
            continue;
        }
        if !world.knows_gateways_of(service) {
            skip_for_gateways(world, out, &HTTP_ROUTE_ON_PASSTHROUGH, service);
            continue;
        }
        let servers = distinct(&servers);
        let places: Vec<String> = servers
            .iter()
            .take(3)
            .map(|server| format!("`{}` on port {}", server.name(), server.server.port_number()))
            .collect();
        let does_not = if servers.len() == 1 { "does not" } else { "do not" };
        let more = match servers.len() - places.len() {
            0 => String::new(),
            more => format!(" and {more} more"),
        };
        let message = format!(
            "http rules are ignored: {}{more} {does_not} terminate TLS",
            places.join(if more.is_empty() { " and " } else { ", " })
        );
        let subject = world.subject(ObjectRef::VirtualService(service.index));
        let report = out.report(&HTTP_ROUTE_ON_PASSTHROUGH, subject, rule, message);
        report.here("never used");
        for server in &servers {
            report.about(server.server.span);
        }
        for server in servers.iter().take(3) {
            report.label(mode_span(server), "TLS goes through as it is");
        }
        report
            .help("set `mode: SIMPLE` and a certificate, or write `tls` rules with `sniHosts`")
            .unreached(world.elements(world.unreached_accepted(at, service)))
            .unreached(world.elements(world.unreached_delegated(service, |_| true)));
        if binds_mesh(service) {
            report.severity(Severity::Info);
        }
    }
}

fn is_passthrough(server: &ServerRef<'_>) -> bool {
    server.server.is_tls() && server.server.is_passthrough()
}

/// The first `http` rule that is meant for a gateway.
fn rule_for_gateways(world: &World<'_>, service: &VirtualService) -> Option<Span> {
    let spec = &world.mesh.store.virtual_services[service.index as usize].spec;
    let is_meant = |rule: &&std::sync::Arc<crate::istio::virtual_service::HttpRoute>| {
        rule.matches.is_empty()
            || rule.matches.iter().any(|wanted| {
                let is_gateway = |name: &crate::text::Spanned<Str>| {
                    gateway_name(&name.value, &service.namespace) != "mesh"
                };
                wanted.gateways.is_empty() || wanted.gateways.iter().any(is_gateway)
            })
    };
    spec.http.iter().find(is_meant).map(|rule| rule.span)
}

fn mode_span(server: &ServerRef<'_>) -> Span {
    let tls = server.server.tls.as_ref();
    tls.map_or(server.server.span, |tls| tls.mode.map_or(tls.span, |mode| mode.span))
}
