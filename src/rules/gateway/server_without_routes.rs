//! GW112: an HTTP server for which there is no route.

use crate::envoy::Table;
use crate::istio::policy::PolicyKind;
use crate::mesh::host::overlaps;
use crate::rules::hosts::{self, bare, distinct};
use crate::rules::nearest::{Comparisons, nearest_of};
use crate::rules::prelude::*;
use crate::rules::server::ServerRef;
use crate::rules::{is_placeholder, presence};

rule! {
    /// ## What it reports
    /// An HTTP server (also one that terminates TLS) with hosts that no VirtualService of its Gateway meets.
    ///
    /// ## Why it matters
    /// The port is open and every request to these hosts is answered with 404 (NR). Mostly the VirtualService names
    /// another Gateway, or a host is spelled in two ways.
    ///
    /// The rule is silent where no VirtualService of the input names the Gateway, and where a Kubernetes Ingress or an
    /// object of the Gateway API could serve the hosts.
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
    ///   - port: {number: 8080, name: http-pay, protocol: HTTP}
    ///     hosts: [pay.example.com]
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
    /// Bind a VirtualService for the host, or remove the server.
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
    SERVER_WITHOUT_ROUTES = "GW112" "server-without-routes", Warning;
}

fn check(world: &World<'_>, out: &mut Findings) {
    // Ingress and Gateway API make virtual hosts that are not modelled; a VirtualService that cannot be read may be
    // the one that is wanted.
    if !world.mesh.store.unmodelled.is_empty() || is_virtual_service_unread(world) {
        return;
    }
    for (at, _) in world.gateways() {
        let servers = world.servers_of_gateway(at);
        for server in distinct(&servers) {
            let dead: Vec<usize> = servers
                .iter()
                .filter(|here| here.is_same(&server) && answers_nothing(world, here))
                .map(ServerRef::table_index)
                .collect();
            if !dead.is_empty() && is_covered(world, &server) {
                report(world, out, &server, &dead);
            }
        }
    }
}

fn report(world: &World<'_>, out: &mut Findings, server: &ServerRef<'_>, dead: &[usize]) {
    let texts: Vec<&str> = server.server.hosts.iter().map(bare).collect();
    let port = server.server.port_number();
    let hosts = hosts::list(texts.iter().copied());
    let message = format!(
        "{hosts} on port {port}: every request gets 404 (no VirtualService of `{}` has such a host)",
        server.name()
    );
    let subject = world.subject(server.object());
    let span = server.server.span;
    let report = out.report(&SERVER_WITHOUT_ROUTES, subject, span, message);
    let all = &world.mesh.virtual_services;
    let naming = all.naming(&server.name()).iter();
    let wanted = naming.flat_map(|&at| &all.all[at as usize].hosts);
    let mut comparisons = Comparisons::new();
    let near = nearest_of(wanted, 1, |host, limit| {
        comparisons.nearest(&host.value, texts.iter().copied(), limit).map(|(_, edits)| edits)
    });
    if let [host] = near[..] {
        report.label(host.span, "the nearest host of a VirtualService that names the Gateway");
    }
    report
        .here("answers with 404")
        .help(format!("bind a VirtualService for {hosts}, or remove the server"))
        .proxies(world.proxies_unless_all(server.record.gateway, dead));
}

/// Whether a server is in its table, speaks HTTP, and no VirtualService and no other server answers for its hosts.
fn answers_nothing(world: &World<'_>, server: &ServerRef<'_>) -> bool {
    let is_http = server.record.is_live && server.server.is_http();
    if !is_http || server.server.redirects_to_https() || !server.is_known() {
        return false;
    }
    if world.is_bound(server) || is_patched(world, server.table) {
        return false;
    }
    let hosts: Vec<String> =
        server.server.hosts.iter().map(|host| bare(host).to_ascii_lowercase()).collect();
    let config = server.table.route_config(&server.record.route_config);
    config.is_none_or(|config| {
        config
            .virtual_hosts
            .iter()
            .filter(|host| !host.routes.is_empty() || host.requires_tls())
            .flat_map(|host| &host.domains)
            .all(|domain| hosts.iter().all(|host| !overlaps(host, &domain.name)))
    })
}

/// Whether the input says enough: a VirtualService names the Gateway, and all that do are known.
fn is_covered(world: &World<'_>, server: &ServerRef<'_>) -> bool {
    let all = &world.mesh.virtual_services;
    let naming = all.naming(&server.name());
    let is_known = |service: &crate::mesh::VirtualService| {
        service.gateways.iter().all(|name| !is_placeholder(&name.value))
    };
    let has_known_hosts =
        |&at: &u32| all.all[at as usize].hosts.iter().all(|host| !is_placeholder(&host.value));
    (!naming.is_empty() || world.complete.covers_all("VirtualService"))
        && naming.iter().all(has_known_hosts)
        && all.all.iter().all(is_known)
}

fn is_virtual_service_unread(world: &World<'_>) -> bool {
    world.unread.kinds.contains("VirtualService")
        || world.unread.objects.iter().any(|object| object.kind == "VirtualService")
}

/// Whether an `EnvoyFilter` or `WasmPlugin` may answer on the proxy of a table.
fn is_patched(world: &World<'_>, table: &Table) -> bool {
    let kinds = [PolicyKind::EnvoyFilter, PolicyKind::WasmPlugin];
    presence::is_patched(world.mesh, &table.proxy, &kinds)
}
