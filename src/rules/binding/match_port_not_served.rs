//! GW312: a match for a port that no server of the VirtualService has.

use indexmap::IndexSet;
use rustc_hash::FxBuildHasher;

use crate::finding::Severity;
use crate::mesh::names::gateway_name;
use crate::mesh::{ObjectRef, Origin, Part, VirtualService};
use crate::rules::delegates::match_of_root;
use crate::rules::hosts::{binds_mesh, distinct, skip_for_gateways};
use crate::rules::prelude::*;
use crate::rules::server::ServerRef;
use crate::text::{Span, Spanned, Str};

rule! {
    /// ## What it reports
    /// A `match.port` that is the port of no server which accepts a host of the VirtualService. It is info where the match is
    /// also for sidecars (`mesh`): there it may apply, to the port of a Service, and only gateways lose it.
    ///
    /// ## Why it matters
    /// On a gateway `match.port` means `port.number` of the Gateway's server, not the port of a Service and not a
    /// target port. The match never applies; of a TCP rule nothing is left, not even the listener.
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
    /// metadata: {name: shop, namespace: shop}
    /// spec:
    ///   hosts: [shop.example.com]
    ///   gateways: [infra/public]
    ///   http:
    ///   - match: [{port: 9080}]
    ///     route: [{destination: {host: web, port: {number: 9080}}}]
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
    /// ---
    /// apiVersion: networking.istio.io/v1
    /// kind: VirtualService
    /// metadata: {name: shop, namespace: shop}
    /// spec:
    ///   hosts: [shop.example.com]
    ///   gateways: [infra/public]
    ///   http:
    ///   - match: [{port: 80}]
    ///     route: [{destination: {host: web, port: {number: 9080}}}]
    /// ```
    MATCH_PORT_NOT_SERVED = "GW312" "match-port-not-served", Warning;
}

fn check(world: &World<'_>, out: &mut Findings) {
    let dropped = world.dropped(DropReason::MatchPort).into_iter().map(|lost| lost.what);
    let dropped = dropped.map(|origin| match written(world, origin) {
        None => {
            match_of_root(world, origin, |one| one.port.map(|port| port.span)).unwrap_or(origin)
        }
        Some(_) => origin,
    });
    let all: IndexSet<Origin, FxBuildHasher> = dropped.chain(at_lost_servers(world)).collect();
    for origin in all {
        let Some(wanted) = written(world, origin) else { continue };
        let roots = world.with_rules_of(origin.object);
        if roots.is_empty() || world.is_reached(origin) {
            continue;
        }
        let is_any_meant =
            roots.iter().any(|&(at, root)| may_apply(world, at, root, &wanted, origin.part));
        if is_any_meant {
            for (_, root) in &roots {
                skip_for_gateways(world, out, &MATCH_PORT_NOT_SERVED, root);
            }
            continue;
        }
        let servers: Vec<ServerRef<'_>> =
            roots.iter().flat_map(|&(at, root)| candidates(world, at, root, &wanted)).collect();
        let servers = distinct(&servers);
        // Ports of servers of the right kind, if there are any.
        let fitting: Vec<&ServerRef<'_>> =
            servers.iter().filter(|server| is_of_kind(server, origin.part)).collect();
        let shown = if fitting.is_empty() { servers.iter().collect() } else { fitting };
        let mut ports: Vec<u32> = shown.iter().map(|server| server.server.port_number()).collect();
        ports.sort_unstable();
        ports.dedup();
        let ports = ports.iter().map(u32::to_string).collect::<Vec<_>>().join(", ");
        let port = wanted.port;
        let is_for_mesh = roots.iter().any(|(_, root)| binds_mesh(root)) && wanted.is_for_mesh();
        let whose = if is_for_mesh { " at a gateway" } else { "" };
        let message = format!("port {port} is not one of {ports}: the match never applies{whose}");
        let subject = world.subject(origin.object);
        let report = out.report(&MATCH_PORT_NOT_SERVED, subject, port.span, message);
        report.here("no such server");
        for server in shown.iter().take(3) {
            let text = format!("`{}` has port {}", server.name(), server.server.port_number());
            report.label(port_span(server), text);
        }
        report
            .help(format!("write the port of the Gateway's server ({ports}), or leave `port` out"))
            .unreached(world.elements(unreached(world, origin, &roots)));
        if is_for_mesh {
            report.severity(Severity::Info);
        }
    }
}

/// Matches for a port, of `tls` and `tcp` rules, where no server of their kind takes part: nothing is dropped there.
fn at_lost_servers(world: &World<'_>) -> Vec<Origin> {
    let mut all = Vec::new();
    for (at, service) in world.virtual_services() {
        let own = ObjectRef::VirtualService(service.index);
        let spec = &world.mesh.store.virtual_services[service.index as usize].spec;
        let tls = (0..).zip(&spec.tls).flat_map(|(i, rule)| {
            let matches = (0..).zip(&rule.matches);
            matches.map(move |(j, one)| (Part::TlsMatch(i, j), one.span, one.port))
        });
        let tcp = (0..).zip(&spec.tcp).flat_map(|(i, rule)| {
            let matches = (0..).zip(&rule.matches);
            matches.map(move |(j, one)| (Part::TcpMatch(i, j), one.span, one.port))
        });
        let mut wanting = tls.chain(tcp).filter(|(.., port)| port.is_some()).peekable();
        if wanting.peek().is_none() {
            continue;
        }
        let servers = world.servers_accepting(at);
        all.extend(wanting.filter_map(|(part, span, _)| {
            let mut fitting = servers.iter().filter(|server| is_of_kind(server, part)).peekable();
            let is_any = fitting.peek().is_some();
            (is_any && !fitting.any(|server| server.record.is_live))
                .then(|| Origin::new(own, part, span))
        }));
    }
    all
}

/// The port that a match wants, and the Gateways that it is for.
struct Wanted<'a> {
    port: Spanned<u32>,
    gateways: &'a [Spanned<Str>],
    namespace: &'a str,
}

impl Wanted<'_> {
    /// Whether the match is for sidecars, too.
    fn is_for_mesh(&self) -> bool {
        let is_mesh = |name: &Spanned<Str>| gateway_name(&name.value, self.namespace) == "mesh";
        self.gateways.is_empty() || self.gateways.iter().any(is_mesh)
    }
}

fn written<'a>(world: &World<'a>, origin: Origin) -> Option<Wanted<'a>> {
    let ObjectRef::VirtualService(at) = origin.object else { return None };
    let object = &world.mesh.store.virtual_services[at as usize];
    let (spec, namespace) = (&object.spec, object.meta.namespace());
    let (port, gateways) = match origin.part {
        Part::HttpMatch(i, j) => {
            let written = spec.http.get(i as usize)?.matches.get(j as usize)?;
            (written.port, written.gateways.as_slice())
        }
        Part::TlsMatch(i, j) => {
            let written = spec.tls.get(i as usize)?.matches.get(j as usize)?;
            (written.port, written.gateways.as_slice())
        }
        Part::TcpMatch(i, j) => {
            let written = spec.tcp.get(i as usize)?.matches.get(j as usize)?;
            (written.port, written.gateways.as_slice())
        }
        _ => return None,
    };
    Some(Wanted { port: port?, gateways, namespace })
}

/// Whether the match may be meant for something else than the servers that are known.
fn may_apply(
    world: &World<'_>,
    at: u32,
    root: &VirtualService,
    wanted: &Wanted<'_>,
    part: Part,
) -> bool {
    if !world.knows_gateways_of(root) || world.is_any_server_unrecorded(root) {
        return true;
    }
    let mut servers = candidates(world, at, root, wanted);
    // HTTP beside a server of another kind that has the port: of rules that have no server of their kind others speak.
    if matches!(part, Part::HttpMatch(..)) {
        servers.retain(|server| is_of_kind(server, part));
    }
    servers.is_empty()
        || servers.iter().any(|server| server.server.port_number() == wanted.port.value)
}

/// The servers that accept a host, of the Gateways that the match is for.
fn candidates<'a>(
    world: &World<'a>,
    at: u32,
    root: &VirtualService,
    wanted: &Wanted<'_>,
) -> Vec<ServerRef<'a>> {
    let names: Vec<String> = wanted
        .gateways
        .iter()
        .map(|name| gateway_name(&name.value, wanted.namespace).into_owned())
        .collect();
    let is_named = |server: &ServerRef<'_>| names.is_empty() || names.contains(&server.name());
    let known = root.gateways.iter().any(|name| name.value != "mesh");
    let servers = if known { world.servers_accepting(at) } else { Vec::new() };
    servers.into_iter().filter(is_named).collect()
}

fn is_of_kind(server: &ServerRef<'_>, part: Part) -> bool {
    let is_passthrough = server.server.is_tls() && server.server.is_passthrough();
    match part {
        Part::HttpMatch(..) => server.server.is_http(),
        Part::TlsMatch(..) => is_passthrough,
        _ => !server.server.is_http() && !is_passthrough,
    }
}

fn port_span(server: &ServerRef<'_>) -> Span {
    let port = server.server.port.as_ref();
    port.map_or(server.server.span, |port| port.number.map_or(port.span, |number| number.span))
}

/// The match, its rule where no match of it is left, and the hosts where no rule is.
fn unreached(world: &World<'_>, origin: Origin, roots: &[(u32, &VirtualService)]) -> Vec<Origin> {
    let rule = Origin { part: origin.part.rule(), ..origin };
    let own = world.unless_reached(rule);
    if !matches!(origin.part, Part::HttpMatch(..)) {
        return own;
    }
    let mut lost = Vec::new();
    let mut is_any_host_reached = false;
    for (at, root) in roots {
        let is_this = |by: &Origin| (by.object, by.part) == (rule.object, rule.part);
        lost.extend(world.unreached_delegated(root, is_this));
        if ObjectRef::VirtualService(root.index) != origin.object {
            // A delegate has no hosts for which its rule could be in the table.
            lost.extend(own.iter().copied());
        }
        if world.unreached_hosts(root).len() < root.hosts.len() {
            is_any_host_reached = true;
        } else {
            lost.extend(world.unreached_accepted(*at, root));
        }
    }
    if is_any_host_reached {
        lost.push(origin);
        lost.extend(own);
    }
    lost
}
