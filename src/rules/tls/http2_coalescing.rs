//! GW214: servers with one certificate whose hosts browsers ask for over one connection.

use rustc_hash::FxHashMap;

use crate::envoy::Table;
use crate::envoy::route::{Outline, VirtualHost};
use crate::istio::gateway::ServerTls;
use crate::mesh::host::is_subset;
use crate::rules::hosts::{bare, hosts_span};
use crate::rules::is_placeholder;
use crate::rules::kinds::Use;
use crate::rules::prelude::*;
use crate::rules::server::ServerRef;
use crate::text::{Spanned, Str};

rule! {
    /// ## What it reports
    /// Two HTTPS servers of one port with the same `credentialName`, of which one does not serve a host of the other
    /// with the same VirtualServices.
    ///
    /// ## Why it matters
    /// A browser with an HTTP/2 connection to one host uses it for any other host that the certificate is valid for and
    /// that has the same address. Each server has a filter chain and a route table of its own, and the connection stays
    /// with the one that it was opened for: requests to the other host get 404 (NR), depending on what was visited
    /// first.
    ///
    /// ## Example
    /// ```yaml
    /// apiVersion: networking.istio.io/v1
    /// kind: Gateway
    /// metadata: {name: public, namespace: infra}
    /// spec:
    ///   selector: {istio: ingressgateway}
    ///   servers:
    ///   - port: {number: 443, name: https, protocol: HTTPS}
    ///     hosts: [shop.example.com]
    ///     tls: {mode: SIMPLE, credentialName: example-com}
    ///   - port: {number: 443, name: https-pay, protocol: HTTPS}
    ///     hosts: [pay.example.com]
    ///     tls: {mode: SIMPLE, credentialName: example-com}
    /// ---
    /// apiVersion: networking.istio.io/v1
    /// kind: VirtualService
    /// metadata: {name: shop, namespace: shop}
    /// spec:
    ///   hosts: [shop.example.com]
    ///   gateways: [infra/public]
    ///   http:
    ///   - route: [{destination: {host: web}}]
    /// ---
    /// apiVersion: networking.istio.io/v1
    /// kind: VirtualService
    /// metadata: {name: pay, namespace: shop}
    /// spec:
    ///   hosts: [pay.example.com]
    ///   gateways: [infra/public]
    ///   http:
    ///   - route: [{destination: {host: web}}]
    /// ```
    ///
    /// ## Instead
    /// Let one server have both hosts, or give each its own certificate and Secret:
    /// ```yaml
    /// apiVersion: networking.istio.io/v1
    /// kind: Gateway
    /// metadata: {name: public, namespace: infra}
    /// spec:
    ///   selector: {istio: ingressgateway}
    ///   servers:
    ///   - port: {number: 443, name: https, protocol: HTTPS}
    ///     hosts: [shop.example.com, pay.example.com]
    ///     tls: {mode: SIMPLE, credentialName: example-com}
    /// ---
    /// apiVersion: networking.istio.io/v1
    /// kind: VirtualService
    /// metadata: {name: shop, namespace: shop}
    /// spec:
    ///   hosts: [shop.example.com]
    ///   gateways: [infra/public]
    ///   http:
    ///   - route: [{destination: {host: web}}]
    /// ---
    /// apiVersion: networking.istio.io/v1
    /// kind: VirtualService
    /// metadata: {name: pay, namespace: shop}
    /// spec:
    ///   hosts: [pay.example.com]
    ///   gateways: [infra/public]
    ///   http:
    ///   - route: [{destination: {host: web}}]
    /// ```
    HTTP2_COALESCING = "GW214" "http2-coalescing", Warning, also "~IST0138";
}

fn check(world: &World<'_>, out: &mut Findings) {
    let mut known: Vec<(u32, u32)> = Vec::new();
    for (at, table) in world.tables.iter().enumerate() {
        let mut first: FxHashMap<(String, &str), ServerRef<'_>> = FxHashMap::default();
        for (index, record) in (0..).zip(&table.servers).filter(|(_, record)| record.is_live) {
            let Some(server) = world.server(at, index) else { continue };
            if Use::of(&server) != Some(Use::Https) || !server.is_known() {
                continue;
            }
            let Some(credential) = credential(&server) else { continue };
            let key = (record.listener(), credential.value.as_str());
            let Some(other) = first.get(&key) else {
                first.insert(key, server);
                continue;
            };
            let place = (record.gateway, record.index);
            let host = unserved(&server, other);
            let host = host.or_else(|| unserved(other, &server));
            if let (Some(host), false) = (host, known.contains(&place)) {
                known.push(place);
                report(world, out, &server, other, host);
            }
        }
    }
}

fn report(
    world: &World<'_>,
    out: &mut Findings,
    server: &ServerRef<'_>,
    other: &ServerRef<'_>,
    host: &Spanned<Str>,
) {
    let Some(credential) = credential(server) else { return };
    let is_own = server.server.hosts.iter().any(|own| own.span == host.span);
    let elsewhere = if is_own { other } else { server };
    let message = format!(
        "certificate `{credential}` is that of two servers: browsers reuse connections to {} for `{}` and get 404 (NR)",
        crate::rules::hosts::list(elsewhere.server.hosts.iter().map(bare)),
        bare(host)
    );
    let subject = world.subject(server.object());
    let report = out.report(&HTTP2_COALESCING, subject, hosts_span(server), message);
    report.label(hosts_span(other), format!("hosts of `{}`", other.name()));
    report.label(credential.span, "the same certificate");
    if let Some(credential) = self::credential(other) {
        report.label(credential.span, "the same certificate");
    }
    report.help("let one server have all hosts of the certificate, or give each its own Secret");
}

/// The Secret of a server, if one alone is written.
fn credential<'a>(server: &ServerRef<'a>) -> Option<&'a Spanned<Str>> {
    let tls: &'a ServerTls = server.server.tls.as_ref()?;
    let name = tls.credential_name.as_ref()?;
    let is_known = !name.is_empty() && !is_placeholder(name) && tls.credential_names.is_empty();
    is_known.then_some(name)
}

/// The first host of a server that the route table of another does not serve with the same VirtualServices.
fn unserved<'a>(server: &ServerRef<'a>, other: &ServerRef<'_>) -> Option<&'a Spanned<Str>> {
    let serving = |server: &ServerRef<'_>, host: &str| {
        let found = virtual_host(server.table, &server.record.route_config, host);
        found.map(|host| host.segments.iter().map(|s| s.virtual_service).collect::<Vec<u32>>())
    };
    server.server.hosts.iter().find(|host| {
        let host = bare(host).to_lowercase();
        let own = serving(server, &host).filter(|own| !own.is_empty());
        own.is_some() && own != serving(other, &host)
    })
}

/// The virtual host of a route configuration that answers for a host.
fn virtual_host<'t>(
    table: &'t Table<Outline>,
    config: &str,
    host: &str,
) -> Option<&'t VirtualHost<Outline>> {
    let hosts = &table.route_config(config)?.virtual_hosts;
    let width = |one: &&VirtualHost<Outline>| {
        let covering = one.domains.iter().filter(|domain| is_subset(host, &domain.name));
        covering.map(|domain| domain.name.len()).max()
    };
    hosts.iter().filter(|one| width(one).is_some()).max_by_key(width)
}
