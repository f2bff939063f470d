//! GW412: a host that VirtualServices of several namespaces route.

use rustc_hash::FxHashMap;

use crate::envoy::route::{Domain, VirtualHost};
use crate::envoy::{Table, route::Outline};
use crate::mesh::host::is_subset;
use crate::mesh::{ObjectRef, Origin, Part};
use crate::rules::hosts::{bare, namespace};
use crate::rules::is_placeholder;
use crate::rules::prelude::*;
use crate::text::Span;

rule! {
    /// ## What it reports
    /// A host that VirtualServices of several namespaces have through one gateway, where the servers take it from every
    /// namespace. Both objects must state their namespace.
    ///
    /// ## Why it matters
    /// istiod puts the routes of both into one list. Whoever may write VirtualServices in one of the namespaces can take paths
    /// of the other, and which of two matches wins depends on which object was created first.
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
    /// ---
    /// apiVersion: networking.istio.io/v1
    /// kind: VirtualService
    /// metadata: {name: cart, namespace: cart}
    /// spec:
    ///   hosts: [shop.example.com]
    ///   gateways: [infra/public]
    ///   http:
    ///   - match: [{uri: {prefix: /cart/}}]
    ///     route: [{destination: {host: cart}}]
    /// ---
    /// apiVersion: networking.istio.io/v1
    /// kind: VirtualService
    /// metadata: {name: search, namespace: search}
    /// spec:
    ///   hosts: [shop.example.com]
    ///   gateways: [infra/public]
    ///   http:
    ///   - match: [{uri: {prefix: /search/}}]
    ///     route: [{destination: {host: search}}]
    /// ```
    ///
    /// ## Instead
    /// Say in the server whose host it is, and delegate from there.
    /// ```yaml
    /// apiVersion: networking.istio.io/v1
    /// kind: Gateway
    /// metadata: {name: public, namespace: infra}
    /// spec:
    ///   selector: {istio: ingressgateway}
    ///   servers:
    ///   - port: {number: 80, name: http, protocol: HTTP}
    ///     hosts: [cart/shop.example.com]
    /// ---
    /// apiVersion: networking.istio.io/v1
    /// kind: VirtualService
    /// metadata: {name: cart, namespace: cart}
    /// spec:
    ///   hosts: [shop.example.com]
    ///   gateways: [infra/public]
    ///   http:
    ///   - match: [{uri: {prefix: /cart/}}]
    ///     route: [{destination: {host: cart}}]
    ///   - match: [{uri: {prefix: /search/}}]
    ///     delegate: {name: search, namespace: search}
    /// ---
    /// apiVersion: networking.istio.io/v1
    /// kind: VirtualService
    /// metadata: {name: search, namespace: search}
    /// spec:
    ///   http:
    ///   - route: [{destination: {host: search}}]
    /// ```
    HOST_OWNED_BY_SEVERAL_NAMESPACES = "GW412" "host-owned-by-several-namespaces", Warning;
}

/// A host of a VirtualService, that of one of another namespace, the server's host, the tables, the Gateway.
struct Shared<'a> {
    hosts: [Origin; 2],
    name: &'a str,
    /// The server's host: where it stands, and whether it is just the name.
    server: Span,
    is_exact: bool,
    tables: Vec<usize>,
    gateway: u32,
}

fn check(world: &World<'_>, out: &mut Findings) {
    let mut all: Vec<Shared<'_>> = Vec::new();
    let mut known: FxHashMap<[Origin; 2], usize> = FxHashMap::default();
    for (number, table) in world.tables.iter().enumerate() {
        for host in table.routes.iter().flat_map(|config| &config.virtual_hosts) {
            if host.segments.len() < 2 {
                continue;
            }
            for domain in host.domains.iter().filter(|domain| !is_placeholder(&domain.name)) {
                let owners = owners(world, domain);
                if owners.len() < 2 {
                    continue;
                }
                let Some((gateway, server, is_exact)) =
                    open_server(world, number, table, host, domain)
                else {
                    continue;
                };
                for &other in &owners[1..] {
                    let hosts = [other, owners[0]];
                    let index = *known.entry(hosts).or_insert_with(|| {
                        let name = &domain.name;
                        let tables = Vec::new();
                        all.push(Shared { hosts, name, server, is_exact, tables, gateway });
                        all.len() - 1
                    });
                    if all[index].tables.last() != Some(&number) {
                        all[index].tables.push(number);
                    }
                }
            }
        }
    }
    for shared in &all {
        let [own, other] = shared.hosts;
        let [a, b] = [own, other].map(|origin| world.mesh.store.meta(origin.object).namespace());
        let name = shared.name;
        let message = format!(
            "`{name}` is also routed from namespace `{b}`: either of the two can take paths of the other"
        );
        let help = if shared.is_exact {
            format!("write `{b}/{name}` or `{a}/{name}` in the server, and delegate to the other")
        } else {
            "put both into one VirtualService, which delegates to the other namespace".to_owned()
        };
        out.report(&HOST_OWNED_BY_SEVERAL_NAMESPACES, world.subject(own.object), own.span, message)
            .label(other.span, format!("also in `{b}`"))
            .label(shared.server, "taken from every namespace")
            .help(help)
            .proxies(world.proxies_unless_all(shared.gateway, &shared.tables));
    }
}

/// The hosts of VirtualServices that a domain comes from, of each namespace the first.
fn owners(world: &World<'_>, domain: &Domain) -> Vec<Origin> {
    let mut owners: FxHashMap<&str, usize> = FxHashMap::default();
    let mut all = Vec::new();
    for origin in &domain.origins {
        if let (ObjectRef::VirtualService(_), Part::Host(_)) = (origin.object, origin.part) {
            let meta = world.mesh.store.meta(origin.object);
            let namespace = meta.namespace();
            if meta.namespace_span.is_none() || is_placeholder(namespace) {
                continue;
            }
            owners.entry(namespace).or_insert_with(|| {
                all.push(*origin);
                all.len()
            });
        }
    }
    all
}

/// The Gateway of a server that gives to a virtual host, the host by which it takes a domain from every namespace, and
/// whether that is the domain itself; none where some server has no such host.
fn open_server(
    world: &World<'_>,
    number: usize,
    table: &Table<Outline>,
    host: &VirtualHost<Outline>,
    domain: &Domain,
) -> Option<(u32, Span, bool)> {
    let mut first = None;
    for segment in &host.segments {
        let server = world.server(number, segment.server)?;
        let mut hosts = server.server.hosts.iter();
        let open = hosts.find(|own| {
            let is_open = namespace(&server, own) == "*";
            is_open && is_subset(&domain.name, &bare(own).to_lowercase())
        })?;
        let gateway = table.servers[segment.server as usize].gateway;
        let is_exact = bare(open).eq_ignore_ascii_case(&domain.name);
        first = first.or(Some((gateway, open.span, is_exact)));
    }
    first
}
