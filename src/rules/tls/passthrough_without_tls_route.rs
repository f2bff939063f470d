//! GW217: a server that forwards TLS, and nothing that says where.

use indexmap::IndexMap;
use rustc_hash::{FxBuildHasher, FxHashMap, FxHashSet};

use crate::envoy::Admission;
use crate::envoy::listener::{FilterChain, Listener};
use crate::istio::policy::PolicyKind;
use crate::mesh::{Found, HostIndex, ObjectRef, Origin, VirtualService};
use crate::rules::gateway::server_without_routes::{is_covered, uncovered};
use crate::rules::hosts::{self, bare};
use crate::rules::kinds::Use;
use crate::rules::prelude::*;
use crate::rules::presence;
use crate::rules::server::ServerRef;

rule! {
    /// ## What it reports
    /// A server with `mode: PASSTHROUGH` for which no `tls` rule holds: the VirtualServices of its Gateway have other
    /// hosts or other rules, their `tls` rules are left out here, or are for other server names than the server's hosts.
    ///
    /// The rule is silent where no VirtualService of the input names the Gateway, and where an object of the Gateway
    /// API could serve the hosts.
    ///
    /// ## Why it matters
    /// Such a server forwards by server name, as `tls` rules say. Without any it has no filter chain, and connections
    /// are closed or refused.
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
    ///     route: [{destination: {host: web, port: {number: 443}}}]
    /// ```
    PASSTHROUGH_WITHOUT_TLS_ROUTE = "GW217" "passthrough-without-tls-route", Error;
}

fn check(world: &World<'_>, out: &mut Findings) {
    // The Gateway API brings routes that are not modelled.
    if !world.mesh.store.unmodelled.is_empty() {
        return;
    }
    let bare = world.dropped(DropReason::NoFilterChain).into_iter().map(|lost| {
        let places = lost.places.iter();
        places.filter_map(|&(table, _)| world.server_at(table, lost.what)).collect::<Vec<_>>()
    });
    for servers in bare.chain(misnamed(world)) {
        let Some(server) = servers.first() else { continue };
        let is_passthrough = Use::of(server) == Some(Use::Passthrough) && server.is_known();
        if !is_passthrough || servers.iter().any(|server| may_be_served(world, server)) {
            continue;
        }
        let unread = presence::unread_virtual_service(world, server);
        if unread.is_none() && is_covered(world, server) {
            report(world, out, &servers);
        } else {
            out.skip_unread(&PASSTHROUGH_WITHOUT_TLS_ROUTE, unread, || uncovered(server));
        }
    }
}

/// Servers with filter chains whose server names none of their hosts has, each with the tables where it is so.
fn misnamed<'a>(world: &World<'a>) -> Vec<Vec<ServerRef<'a>>> {
    let mut all: IndexMap<(u32, u32), Vec<ServerRef<'a>>, FxBuildHasher> = IndexMap::default();
    for (at, table) in world.tables.iter().enumerate() {
        let mut names: FxHashMap<String, ServerNames> = FxHashMap::default();
        let servers = (0..).zip(&table.servers).filter(|(_, record)| record.is_live);
        for server in servers.filter_map(|(id, _)| world.server(at, id)) {
            if Use::of(&server) != Some(Use::Passthrough) {
                continue;
            }
            let listener = server.record.listener();
            let names = names.entry(listener).or_insert_with(|| ServerNames::of(&server));
            let has_chain = names.servers.contains(&server.record.origin);
            if has_chain && !server.server.hosts.iter().any(|host| names.meet(bare(host))) {
                let key = (server.record.gateway, server.record.index);
                all.entry(key).or_default().push(server);
            }
        }
    }
    all.into_values().collect()
}

/// The server names of a listener's filter chains.
struct ServerNames {
    index: HostIndex<()>,
    is_any: bool,
    /// The servers that have one.
    servers: FxHashSet<Origin>,
}

impl ServerNames {
    fn of(server: &ServerRef<'_>) -> Self {
        let index = HostIndex::default();
        let mut names = Self { index, is_any: false, servers: FxHashSet::default() };
        for chain in listener(server).into_iter().flat_map(|listener| &listener.filter_chains) {
            names.servers.extend(chain.origins.first());
            names.is_any |= chain.matcher.server_names.is_empty();
            for name in &chain.matcher.server_names {
                names.index.insert(&name.to_lowercase(), ());
            }
        }
        names
    }

    fn meet(&self, host: &str) -> bool {
        self.is_any || self.index.overlapping(&host.to_lowercase()).next().is_some()
    }
}

fn listener<'a>(server: &ServerRef<'a>) -> Option<&'a Listener> {
    let name = server.record.listener();
    server.table.listeners.iter().find(|listener| listener.name == name)
}

/// The filter chains of a server.
fn chains<'a>(server: &ServerRef<'a>) -> impl Iterator<Item = &'a FilterChain> + use<'a> {
    let (origin, listener) = (server.record.origin, listener(server));
    let all = listener.into_iter().flat_map(|listener| &listener.filter_chains);
    all.filter(move |chain| chain.origins.first() == Some(&origin))
}

/// Whether something that is not modelled may serve a server, or a VirtualService that is hidden only from where its
/// Pods are assumed to run.
fn may_be_served(world: &World<'_>, server: &ServerRef<'_>) -> bool {
    let kinds = [PolicyKind::EnvoyFilter, PolicyKind::WasmPlugin];
    let is_assumed = server.table.proxy.found == Found::Assumed;
    let naming = world.mesh.virtual_services.naming(&server.name());
    presence::is_patched(world.mesh, &server.table.proxy, &kinds)
        || (is_assumed && naming.iter().any(|&at| !server.table.is_met(at)))
}

fn report(world: &World<'_>, out: &mut Findings, servers: &[ServerRef<'_>]) {
    let server = &servers[0];
    let bound = bound(world, server);
    let has_tls = |service: &&VirtualService| {
        !world.mesh.store.virtual_services[service.index as usize].spec.tls.is_empty()
    };
    let left_out = bound.iter().find(|service| has_tls(service));
    let others: Vec<&FilterChain> = chains(server).collect();
    let why = match (left_out, bound.first()) {
        _ if !others.is_empty() => {
            let names = others.iter().flat_map(|chain| &chain.matcher.server_names);
            format!("the tls rules here are for {}", hosts::list(names.map(String::as_str)))
        }
        (Some(service), _) => format!("the tls rules of `{}` are left out here", service.key),
        (None, Some(service)) => format!("VirtualService `{}` has no tls rules", service.key),
        (None, None) => format!("no VirtualService of `{}` has such a host", server.name()),
    };
    let is_open =
        server.table.listeners.iter().any(|listener| listener.name == server.record.listener());
    let fate = if is_open { "closed" } else { "refused" };
    let names: Vec<&str> = server.server.hosts.iter().map(bare).collect();
    let list = hosts::list(names.iter().copied());
    let port = server.server.port_number();
    let message = format!("{list} on port {port}: connections are {fate} ({why})");
    let tables: Vec<usize> = servers.iter().map(ServerRef::table_index).collect();
    let subject = world.subject(server.object());
    let report = out.report(&PASSTHROUGH_WITHOUT_TLS_ROUTE, subject, server.server.span, message);
    report
        .here("no filter chain")
        .help(format!("write `tls` rules with `sniHosts: [{}]`", names.join(", ")))
        .unreached(world.elements(world.unless_reached(server.record.origin)))
        .proxies(world.proxies_unless_all(server.record.gateway, &tables));
    if let Some(place) = others.first().and_then(|chain| chain.origins.get(1)) {
        report.label(place.span, "for another server name");
    } else if let Some(service) = left_out.or(bound.first()) {
        let meta = world.mesh.store.meta(ObjectRef::VirtualService(service.index));
        report.label(meta.name_span, "has the host");
    }
}

/// The VirtualServices with a host that the server accepts.
fn bound<'a>(world: &World<'a>, server: &ServerRef<'a>) -> Vec<&'a VirtualService> {
    let all = &world.mesh.virtual_services;
    let is_bound = |at: u32| {
        world.bindings_of(at).any(|(table, binding)| {
            (table, binding.server) == server.key && binding.hosts.contains(&Admission::Served)
        })
    };
    let naming = all.naming(&server.name()).iter().copied();
    naming.filter(|&at| is_bound(at)).map(|at| &all.all[at as usize]).collect()
}
