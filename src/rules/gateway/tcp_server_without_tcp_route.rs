//! GW113: a TCP server for which there is no route.

use super::server_without_routes::{is_covered, is_patched, uncovered};
use crate::mesh::Found;
use crate::rules::hosts::{bare, distinct, list};
use crate::rules::prelude::*;
use crate::rules::server::ServerRef;
use crate::rules::{is_placeholder, presence};

rule! {
    /// ## What it reports
    /// A server that forwards TCP (protocol TCP, MONGO and the like, or TLS that the gateway terminates) and to which no
    /// `tcp` rule of a VirtualService applies.
    ///
    /// ## Why it matters
    /// istiod makes no filter chain, and where nothing else is on the port, no listener: connections are refused.
    ///
    /// Where rules of another kind are meant for the server, `terminated-tls-needs-tcp-route` says so instead.
    ///
    /// The rule is silent where no VirtualService of the input names the Gateway, and where an EnvoyFilter may add what is
    /// missing.
    ///
    /// ## Example
    /// ```yaml
    /// apiVersion: networking.istio.io/v1
    /// kind: Gateway
    /// metadata: {name: public, namespace: infra}
    /// spec:
    ///   selector: {istio: ingressgateway}
    ///   servers:
    ///   - port: {number: 5432, name: postgres, protocol: TCP}
    ///     hosts: ["*"]
    ///   - port: {number: 6379, name: redis, protocol: TCP}
    ///     hosts: ["*"]
    /// ---
    /// apiVersion: networking.istio.io/v1
    /// kind: VirtualService
    /// metadata: {name: data, namespace: infra}
    /// spec:
    ///   hosts: ["*"]
    ///   gateways: [public]
    ///   tcp:
    ///   - match: [{port: 5432}]
    ///     route: [{destination: {host: postgres}}]
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
    ///   - port: {number: 5432, name: postgres, protocol: TCP}
    ///     hosts: ["*"]
    ///   - port: {number: 6379, name: redis, protocol: TCP}
    ///     hosts: ["*"]
    /// ---
    /// apiVersion: networking.istio.io/v1
    /// kind: VirtualService
    /// metadata: {name: data, namespace: infra}
    /// spec:
    ///   hosts: ["*"]
    ///   gateways: [public]
    ///   tcp:
    ///   - match: [{port: 5432}]
    ///     route: [{destination: {host: postgres}}]
    ///   - match: [{port: 6379}]
    ///     route: [{destination: {host: redis}}]
    /// ```
    TCP_SERVER_WITHOUT_TCP_ROUTE = "GW113" "tcp-server-without-tcp-route", Error;
}

fn check(world: &World<'_>, out: &mut Findings) {
    for lost in world.dropped(DropReason::NoFilterChain) {
        let servers: Vec<ServerRef<'_>> = lost
            .places
            .iter()
            .filter_map(|&(table, _)| world.server_at(table, lost.what))
            .collect();
        for server in distinct(&servers).iter().filter(|server| !server.server.is_passthrough()) {
            let closed: Vec<&ServerRef<'_>> =
                servers.iter().filter(|here| is_surely_closed(world, here)).collect();
            if closed.is_empty() {
                continue;
            }
            let unread = presence::unread_virtual_service(world, server);
            if unread.is_none() && is_covered(world, server) {
                report(world, out, server, &closed);
            } else {
                out.skip_unread(&TCP_SERVER_WITHOUT_TCP_ROUTE, unread, || uncovered(server));
            }
        }
    }
}

/// Whether a server without filter chain has none in a cluster, either.
fn is_surely_closed(world: &World<'_>, server: &ServerRef<'_>) -> bool {
    server.is_known()
        && !is_patched(world, server.table)
        && !may_be_seen(world, server)
        && !may_match_port(world, server)
}

/// Whether the proxy may well see a VirtualService that it does not see here: its namespace is only assumed, or a
/// placeholder hides what the VirtualService is exported to.
fn may_be_seen(world: &World<'_>, server: &ServerRef<'_>) -> bool {
    let is_assumed = server.table.proxy.found == Found::Assumed;
    let all = &world.mesh.virtual_services;
    all.naming(&server.name()).iter().any(|&at| {
        let mut entries = all.all[at as usize].export_to.entries().iter();
        !server.table.is_met(at) && (is_assumed || entries.any(|entry| is_placeholder(entry)))
    })
}

/// Whether a placeholder hides what a `tcp` rule asks for.
fn may_match_port(world: &World<'_>, server: &ServerRef<'_>) -> bool {
    let all = &world.mesh.virtual_services;
    all.naming(&server.name()).iter().any(|&at| {
        let index = all.all[at as usize].index as usize;
        let written = &world.mesh.store.virtual_services[index];
        let gateways =
            written.spec.tcp.iter().flat_map(|rule| &rule.matches).flat_map(|one| &one.gateways);
        let in_rule = |span| written.spec.tcp.iter().any(|rule| rule.span.contains(span));
        written.unknown.iter().any(|&span| in_rule(span))
            || gateways.into_iter().any(|name| is_placeholder(&name.value))
    })
}

fn report(
    world: &World<'_>,
    out: &mut Findings,
    server: &ServerRef<'_>,
    closed: &[&ServerRef<'_>],
) {
    let number = server.server.port_number();
    let is_open = |server: &ServerRef<'_>| {
        let name = server.record.listener();
        server.table.listeners.iter().any(|listener| listener.name == name)
    };
    let hosts = list(server.server.hosts.iter().map(bare));
    let consequence = if closed.iter().any(|server| is_open(server)) {
        format!("connections for {hosts} on port {number} are closed")
    } else {
        format!("port {number} has no listener")
    };
    let name = server.name();
    let message = format!(
        "{consequence}: no `tcp` rule of a VirtualService applies to this server of `{name}`"
    );
    let tables: Vec<usize> = closed.iter().map(|server| server.table_index()).collect();
    let subject = world.subject(server.object());
    let report = out.report(&TCP_SERVER_WITHOUT_TCP_ROUTE, subject, server.server.span, message);
    report
        .here("not in the table")
        .help(format!("add a `tcp` rule for port {number} to a VirtualService of the Gateway, or remove the server"))
        .proxies(world.proxies_unless_all(server.record.gateway, &tables));
}
