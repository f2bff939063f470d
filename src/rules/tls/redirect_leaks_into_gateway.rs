//! GW227: a redirect that reaches the routes of another server.

use rustc_hash::FxHashSet;

use crate::envoy::route::{Outline, VirtualHost};
use crate::mesh::host::overlaps;
use crate::rules::hosts::{bare, hosts_span};
use crate::rules::prelude::*;
use crate::rules::server::ServerRef;
use crate::text::Span;

rule! {
    /// ## What it reports
    /// A host that two servers of one port serve in plain text, of which one has `httpsRedirect` and the other has not.
    ///
    /// ## Why it matters
    /// istiod makes one virtual host of both, and one redirect is enough to make it redirect everything: the routes of
    /// the other server are never used.
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
    ///     tls: {httpsRedirect: true}
    ///   - port: {number: 443, name: https, protocol: HTTPS}
    ///     hosts: [shop.example.com]
    ///     tls: {mode: SIMPLE, credentialName: shop-example-com}
    /// ---
    /// apiVersion: networking.istio.io/v1
    /// kind: Gateway
    /// metadata: {name: shop, namespace: shop}
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
    ///   gateways: [shop, infra/public]
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
    ///   - port: {number: 80, name: http, protocol: HTTP}
    ///     hosts: [shop.example.com]
    ///     tls: {httpsRedirect: true}
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
    REDIRECT_LEAKS_INTO_GATEWAY = "GW227" "redirect-leaks-into-gateway", Warning;
}

fn check(world: &World<'_>, out: &mut Findings) {
    let mut known: FxHashSet<(u32, u32, u32, u32)> = FxHashSet::default();
    for (at, table) in world.tables.iter().enumerate() {
        for host in table.routes.iter().flat_map(|config| &config.virtual_hosts) {
            let Some(redirecting) =
                host.require_tls.first().and_then(|&origin| world.server_at(at, origin))
            else {
                continue;
            };
            for server in plain(world, at, host) {
                let (one, other) = (server.record, redirecting.record);
                if known.insert((one.gateway, one.index, other.gateway, other.index)) {
                    report(world, out, host, &server, &redirecting);
                }
            }
        }
    }
}

/// The servers that give routes to a virtual host and do not redirect.
fn plain<'a>(world: &World<'a>, table: usize, host: &VirtualHost<Outline>) -> Vec<ServerRef<'a>> {
    let mut servers: Vec<u32> = host.segments.iter().map(|segment| segment.server).collect();
    servers.dedup();
    let servers = servers.into_iter().filter_map(|at| world.server(table, at));
    let is_plain = |server: &ServerRef<'_>| {
        !server.server.redirects_to_https() && server.server.protocol().is_http()
    };
    servers.filter(is_plain).collect()
}

fn report(
    world: &World<'_>,
    out: &mut Findings,
    host: &VirtualHost<Outline>,
    server: &ServerRef<'_>,
    redirecting: &ServerRef<'_>,
) {
    let domain = host.domains[0].name.as_str();
    let port = server.server.port_number();
    let message = format!(
        "`{domain}` on port {port} is redirected to https because of `{}`, which has it, too",
        redirecting.name()
    );
    let subject = world.subject(server.object());
    let span = host_span(server, domain);
    let report = out.report(&REDIRECT_LEAKS_INTO_GATEWAY, subject, span, message);
    report.here("its routes for plain text are never used");
    if let Some(redirect) = redirecting.server.tls.as_ref().and_then(|tls| tls.https_redirect) {
        report.label(redirect.span, format!("`{}` redirects", redirecting.name()));
    }
    report.help("set `httpsRedirect` at both servers or at none, or let one of them have the host");
}

/// Where a server lists the host that a virtual host comes from.
fn host_span(server: &ServerRef<'_>, domain: &str) -> Span {
    let mut hosts = server.server.hosts.iter();
    let own = hosts.find(|host| overlaps(&bare(host).to_lowercase(), domain));
    own.map_or_else(|| hosts_span(server), |host| host.span)
}
