//! GW214: servers with one certificate whose hosts browsers ask for over one connection.

use rustc_hash::{FxHashMap, FxHashSet};

use crate::envoy::Table;
use crate::envoy::route::{Outline, VirtualHost};
use crate::istio::gateway::ServerTls;
use crate::mesh::host::is_subset;
use crate::rules::credentials::Names;
use crate::rules::hosts::{bare, hosts_span};
use crate::rules::kinds::Use;
use crate::rules::prelude::*;
use crate::rules::server::ServerRef;
use crate::rules::{SecretPresences, is_placeholder};
use crate::text::{Spanned, Str};

rule! {
    /// ## What it reports
    /// Two HTTPS servers of one port with the same `credentialName`, of which one does not serve a host of the other
    /// with the same VirtualServices. Also two with different ones, where the input tells that the certificate of one
    /// is valid for a host of the other, too: from the Secret, or from the `dnsNames` of a Certificate.
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
    let presences = SecretPresences::new(world.mesh, world.complete, world.unread);
    let mut known: FxHashSet<(u32, u32)> = FxHashSet::default();
    for at in 0..world.tables.len() {
        let servers = servers(world, at);
        let alike = of_one_credential(&servers).into_iter();
        for (server, other, host) in alike.chain(of_one_name(world, &presences, &servers)) {
            if known.insert((server.record.gateway, server.record.index)) {
                report(world, out, server, other, host);
            }
        }
    }
}

/// The HTTPS servers of a table with one credential each.
fn servers<'a>(world: &World<'a>, table: usize) -> Vec<ServerRef<'a>> {
    let count = u32::try_from(world.tables[table].servers.len()).unwrap_or(u32::MAX);
    let all = (0..count).filter_map(|at| world.server(table, at));
    all.filter(|server| {
        server.record.is_live
            && Use::of(server) == Some(Use::Https)
            && server.is_known()
            && credential(server).is_some()
    })
    .collect()
}

/// A server, an earlier one of its port whose connections are used for it or the other way round, and the host.
type Pair<'s, 'a> = (&'s ServerRef<'a>, &'s ServerRef<'a>, &'a Spanned<Str>);

/// Servers that name the same Secret: each with the first that does.
fn of_one_credential<'s, 'a>(servers: &'s [ServerRef<'a>]) -> Vec<Pair<'s, 'a>> {
    let mut first: FxHashMap<(String, &str), &ServerRef<'a>> = FxHashMap::default();
    let mut pairs = Vec::new();
    for server in servers {
        let Some(credential) = credential(server) else { continue };
        let key = (server.record.listener(), credential.value.as_str());
        let other = *first.entry(key).or_insert(server);
        if other.is_same(server) {
            continue;
        }
        let host = unserved(server, other).or_else(|| unserved(other, server));
        pairs.extend(host.map(|host| (server, other, host)));
    }
    pairs
}

/// Servers with a certificate that is valid for a host of another one with another Secret.
fn of_one_name<'s, 'a>(
    world: &World<'a>,
    presences: &SecretPresences<'_>,
    servers: &'s [ServerRef<'a>],
) -> Vec<Pair<'s, 'a>> {
    let mut valid_for: FxHashMap<(String, String), Vec<usize>> = FxHashMap::default();
    for (at, server) in servers.iter().enumerate() {
        for name in certificate_names(world, presences, server) {
            let valid = valid_for.entry((server.record.listener(), name)).or_default();
            // One is the server itself, the other a server whose connections it may get.
            if valid.len() < 2 {
                valid.push(at);
            }
        }
    }
    let mut pairs = Vec::new();
    for (at, server) in servers.iter().enumerate().filter(|_| !valid_for.is_empty()) {
        let listener = server.record.listener();
        for host in &server.server.hosts {
            let name = bare(host).to_lowercase();
            let wildcard = name.split_once('.').map(|(_, parent)| format!("*.{parent}"));
            let keys = [Some(name.clone()), wildcard].into_iter().flatten();
            let mut valid = keys
                .filter_map(|key| valid_for.get(&(listener.clone(), key)))
                .flatten()
                .filter(|other| **other != at);
            let other = valid.find(|other| is_unserved(&name, server, &servers[**other]));
            let Some(&other) = other else { continue };
            let (later, earlier) = (&servers[at.max(other)], &servers[at.min(other)]);
            pairs.push((later, earlier, host));
        }
    }
    pairs
}

/// The names of the certificate of a server, where the input tells.
fn certificate_names(
    world: &World<'_>,
    presences: &SecretPresences<'_>,
    server: &ServerRef<'_>,
) -> Vec<String> {
    let Some(credential) = credential(server) else { return Vec::new() };
    let own = world.tables[server.table_index()].proxy.namespace.as_str();
    let (namespace, name) = credential.split_once('/').unwrap_or((own, credential.as_str()));
    Names::of(presences, namespace, name).map_or_else(Vec::new, |certificate| certificate.names)
}

fn report(
    world: &World<'_>,
    out: &mut Findings,
    server: &ServerRef<'_>,
    other: &ServerRef<'_>,
    host: &Spanned<Str>,
) {
    let (Some(own), Some(its)) = (credential(server), credential(other)) else { return };
    let is_own = server.server.hosts.iter().any(|own| own.span == host.span);
    let (elsewhere, valid) = if is_own { (other, its) } else { (server, own) };
    let whose = if own.value == its.value {
        format!("certificate `{own}` is that of two servers")
    } else {
        format!("certificate `{valid}` is valid for a host of another server")
    };
    let message = format!(
        "{whose}: browsers reuse connections to {} for `{}` and get 404 (NR)",
        crate::rules::hosts::list(elsewhere.server.hosts.iter().map(bare)),
        bare(host)
    );
    let subject = world.subject(server.object());
    let report = out.report(&HTTP2_COALESCING, subject, hosts_span(server), message);
    report.label(hosts_span(other), format!("hosts of `{}`", other.name()));
    for credential in [own, its] {
        let text = match credential.span == valid.span {
            _ if own.value == its.value => "the same certificate".to_owned(),
            true => format!("valid for `{}`, too", bare(host)),
            false => "another certificate".to_owned(),
        };
        report.label(credential.span, text);
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
    server.server.hosts.iter().find(|host| is_unserved(&bare(host).to_lowercase(), server, other))
}

/// Whether the route table of another server does not serve a host with the same VirtualServices.
fn is_unserved(host: &str, server: &ServerRef<'_>, other: &ServerRef<'_>) -> bool {
    let serving = |server: &ServerRef<'_>, host: &str| {
        let found = virtual_host(server.table, &server.record.route_config, host);
        found.map(|host| host.segments.iter().map(|s| s.virtual_service).collect::<Vec<u32>>())
    };
    let own = serving(server, host).filter(|own| !own.is_empty());
    own.is_some() && own != serving(other, host)
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
