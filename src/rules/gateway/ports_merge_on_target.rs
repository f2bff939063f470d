//! GW109: server ports that lead to one port of the Pods.

use rustc_hash::{FxHashMap, FxHashSet};

use crate::rules::prelude::*;
use crate::rules::server::ServerRef;

rule! {
    /// ## What it reports
    /// Plaintext HTTP servers with different port numbers that Services lead to one port of the gateway's Pods.
    ///
    /// ## Why it matters
    /// The proxy has one listener and one route table for both ports. It is made with the port of the first server:
    /// conditions on the port of another one (`match.port`) never hold, and redirects name the port of the first.
    ///
    /// ## Example
    /// ```yaml
    /// apiVersion: v1
    /// kind: Service
    /// metadata: {name: ingress, namespace: infra}
    /// spec:
    ///   selector: {app: ingress}
    ///   ports:
    ///   - {name: http, port: 80, targetPort: 8080}
    /// ---
    /// apiVersion: networking.istio.io/v1
    /// kind: Gateway
    /// metadata: {name: public, namespace: infra}
    /// spec:
    ///   selector: {app: ingress}
    ///   servers:
    ///   - port: {number: 80, name: http, protocol: HTTP}
    ///     hosts: [shop.example.com]
    ///   - port: {number: 8080, name: http-alt, protocol: HTTP}
    ///     hosts: [blog.example.com]
    /// ```
    ///
    /// ## Instead
    /// ```yaml
    /// apiVersion: v1
    /// kind: Service
    /// metadata: {name: ingress, namespace: infra}
    /// spec:
    ///   selector: {app: ingress}
    ///   ports:
    ///   - {name: http, port: 80, targetPort: 8080}
    /// ---
    /// apiVersion: networking.istio.io/v1
    /// kind: Gateway
    /// metadata: {name: public, namespace: infra}
    /// spec:
    ///   selector: {app: ingress}
    ///   servers:
    ///   - port: {number: 80, name: http, protocol: HTTP}
    ///     hosts: [shop.example.com, blog.example.com]
    /// ```
    PORTS_MERGE_ON_TARGET = "GW109" "ports-merge-on-target", Warning;
}

fn check(world: &World<'_>, out: &mut Findings) {
    let mut reported = FxHashSet::default();
    for table in 0..world.tables.len() {
        let mut first_of: FxHashMap<&str, Firsts<'_>> = FxHashMap::default();
        for at in (0..).take(world.tables[table].servers.len()) {
            let Some(server) = world.server(table, at) else { continue };
            let is_plain = server.record.is_live && server.server.protocol().is_http();
            if !is_plain || server.record.unknown_target.is_some() {
                continue;
            }
            let firsts = first_of
                .entry(&server.record.route_config)
                .or_insert(Firsts { first: server, other: None });
            let number = server.server.port_number();
            let first = if firsts.first.server.port_number() == number {
                // What an earlier server of another number gives routes to has them already, made with that.
                let lost = || !world.unreached_without(&server).is_empty();
                firsts.other.filter(|_| lost())
            } else {
                firsts.other.get_or_insert(server);
                Some(firsts.first)
            };
            let Some(first) = first else { continue };
            if reported.insert((server.record.gateway, server.record.index)) {
                report(world, out, &first, &server);
            }
        }
    }
}

/// The first server of a route configuration, and the first with another number.
struct Firsts<'a> {
    first: ServerRef<'a>,
    other: Option<ServerRef<'a>>,
}

fn report(world: &World<'_>, out: &mut Findings, first: &ServerRef<'_>, other: &ServerRef<'_>) {
    let (a, b) = (first.server.port_number(), other.server.port_number());
    let target = other.record.port;
    let made_with = if world.knows_order(first.object(), other.object()) {
        format!("port {a}")
    } else {
        "the port of the older Gateway".to_owned()
    };
    let message = format!(
        "ports {a} and {b} both lead to port {target} of the Pods: their one route table is made with {made_with}"
    );
    let subject = world.subject(other.object());
    let report = out.report(&PORTS_MERGE_ON_TARGET, subject, other.port_span(), message);
    report
        .here(format!("port {target} of the Pods"))
        .label(first.port_span(), format!("port {target} of the Pods, too"));
    let ports = &other.table.proxy.service_ports;
    for from in ports
        .iter()
        .filter(|from| from.target == Some(target) && (from.port == a || from.port == b))
    {
        if let Some(origin) = from.origin {
            report.label(origin.span, format!("{} leads to {target}", from.port));
        }
    }
    report
        .help("use one port number for both, or let the Service lead to different ports")
        .unreached(world.elements(world.unreached_without(other)));
    let running: Vec<usize> = world
        .servers_of_gateway(other.record.gateway)
        .iter()
        .filter(|server| server.is_same(other) && server.record.port == target)
        .map(ServerRef::table_index)
        .collect();
    report.proxies(world.proxies_unless_all(other.record.gateway, &running));
}
