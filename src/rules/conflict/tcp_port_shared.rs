//! GW410: several TCP rules for one port.

use rustc_hash::FxHashMap;

use crate::mesh::{ObjectRef, Origin, Part};
use crate::rules::prelude::*;
use crate::rules::server::ServerRef;
use crate::text::Span;

rule! {
    /// ## What it reports
    /// A `tcp` rule for a server for which another `tcp` rule is taken, whether of the same or of another VirtualService: on
    /// plain TCP servers and on those that terminate TLS.
    ///
    /// ## Why it matters
    /// TCP has no host: `hosts` chooses nothing there, and istiod takes the first rule alone, that of the VirtualService that
    /// was created first. All connections to the port go to its destination.
    ///
    /// ## Example
    /// ```yaml
    /// apiVersion: networking.istio.io/v1
    /// kind: Gateway
    /// metadata: {name: public, namespace: infra}
    /// spec:
    ///   selector: {istio: ingressgateway}
    ///   servers:
    ///   - port: {number: 5432, name: tcp-postgres, protocol: TCP}
    ///     hosts: ["*"]
    /// ---
    /// apiVersion: networking.istio.io/v1
    /// kind: VirtualService
    /// metadata: {name: orders, namespace: db}
    /// spec:
    ///   hosts: [orders.example.com]
    ///   gateways: [infra/public]
    ///   tcp:
    ///   - route: [{destination: {host: orders}}]
    /// ---
    /// apiVersion: networking.istio.io/v1
    /// kind: VirtualService
    /// metadata: {name: users, namespace: db}
    /// spec:
    ///   hosts: [users.example.com]
    ///   gateways: [infra/public]
    ///   tcp:
    ///   - route: [{destination: {host: users}}]
    /// ```
    ///
    /// ## Instead
    /// Give each its own port, or let clients use TLS, which has server names.
    /// ```yaml
    /// apiVersion: networking.istio.io/v1
    /// kind: Gateway
    /// metadata: {name: public, namespace: infra}
    /// spec:
    ///   selector: {istio: ingressgateway}
    ///   servers:
    ///   - port: {number: 5432, name: tcp-orders, protocol: TCP}
    ///     hosts: [orders.example.com]
    ///   - port: {number: 5433, name: tcp-users, protocol: TCP}
    ///     hosts: [users.example.com]
    /// ---
    /// apiVersion: networking.istio.io/v1
    /// kind: VirtualService
    /// metadata: {name: orders, namespace: db}
    /// spec:
    ///   hosts: [orders.example.com]
    ///   gateways: [infra/public]
    ///   tcp:
    ///   - route: [{destination: {host: orders}}]
    /// ---
    /// apiVersion: networking.istio.io/v1
    /// kind: VirtualService
    /// metadata: {name: users, namespace: db}
    /// spec:
    ///   hosts: [users.example.com]
    ///   gateways: [infra/public]
    ///   tcp:
    ///   - route: [{destination: {host: users}}]
    /// ```
    TCP_PORT_SHARED = "GW410" "tcp-port-shared", Error;
}

/// The rules of an object that those of another one, or earlier ones of its own, leave nothing to.
struct Ignored<'a> {
    rules: Vec<Origin>,
    by: Origin,
    server: ServerRef<'a>,
    tables: Vec<usize>,
}

fn check(world: &World<'_>, out: &mut Findings) {
    let mut all: Vec<Ignored<'_>> = Vec::new();
    let mut known: FxHashMap<(ObjectRef, Origin), usize> = FxHashMap::default();
    for lost in world.dropped(DropReason::TcpTaken) {
        let Some(by) = lost.by else { continue };
        let mut servers = lost.places.iter().filter_map(|&(table, id)| world.server(table, id?));
        let Some(server) = servers.next() else { continue };
        let at = *known.entry((lost.what.object, by)).or_insert_with(|| {
            all.push(Ignored { rules: Vec::new(), by, server, tables: Vec::new() });
            all.len() - 1
        });
        all[at].rules.push(lost.what);
        all[at].tables.extend(lost.places.iter().map(|(table, _)| *table));
    }
    for ignored in &all {
        report(world, out, ignored);
    }
}

fn report(world: &World<'_>, out: &mut Findings, ignored: &Ignored<'_>) {
    let Some(&first) = ignored.rules.first() else { return };
    let (loser, winner) = (first.object, ignored.by.object);
    let Some(span) = place(world, first, winner) else { return };
    let port = ignored.server.port();
    let to = destination(world, ignored.by);
    let name = |object| {
        let meta = world.mesh.store.meta(object);
        format!("{}/{}", meta.namespace(), meta.name())
    };
    let message = if loser == winner {
        format!(
            "TCP has no host: all traffic on port {port} goes to {to} by the first rule, the later one is ignored"
        )
    } else if is_order_known(world, ignored, loser, winner) {
        format!(
            "TCP has no host: all traffic on port {port} goes to {to}; `{}` is ignored",
            name(loser)
        )
    } else {
        format!(
            "TCP has no host: `{}` and `{}` both have a rule for port {port}; the one that was created later is ignored",
            name(winner),
            name(loser)
        )
    };
    let mut unreached = Vec::new();
    for &rule in &ignored.rules {
        unreached.extend(world.unless_reached(rule));
    }
    let report = out.report(&TCP_PORT_SHARED, world.subject(loser), span, message);
    for rule in &ignored.rules {
        report.label(rule.span, "never used on this port").about(rule.span);
        for condition in conditions(world, *rule) {
            report.about(condition);
        }
    }
    report
        .label(ignored.by.span, "takes all connections")
        .help("give each its own port, or let clients use TLS and route by `sniHosts`")
        .unreached(world.elements(unreached))
        .proxies(world.proxies_unless_all(ignored.server.record.gateway, &ignored.tables));
}

/// Whether files tell that the one that is taken comes first.
fn is_order_known(world: &World<'_>, ignored: &Ignored<'_>, a: ObjectRef, b: ObjectRef) -> bool {
    let services = &world.mesh.virtual_services;
    let group = |object| match object {
        ObjectRef::VirtualService(index) => {
            let at = services.of_object(index)?;
            services.group(at, &ignored.server.table.proxy.namespace)
        }
        _ => None,
    };
    world.knows_order(a, b) || group(a) != group(b)
}

/// The hosts of the VirtualService, which choose nothing; in one with both rules, the later rule.
fn place(world: &World<'_>, rule: Origin, winner: ObjectRef) -> Option<Span> {
    let ObjectRef::VirtualService(at) = rule.object else { return None };
    let hosts = &world.mesh.store.virtual_services[at as usize].spec.hosts;
    if rule.object == winner { Some(rule.span) } else { hosts.first().map(|host| host.span) }
}

/// Where a rule sends connections.
fn destination(world: &World<'_>, rule: Origin) -> String {
    let first = written(world, rule).and_then(|rule| {
        let destination = rule.route.first()?.destination.as_ref()?;
        destination.host.as_ref().map(|host| format!("`{}`", host.value))
    });
    first.unwrap_or_else(|| "one destination".to_owned())
}

fn conditions(world: &World<'_>, rule: Origin) -> Vec<Span> {
    let conditions = written(world, rule).map_or(&[][..], |rule| rule.matches.as_slice());
    conditions.iter().map(|condition| condition.span).collect()
}

fn written<'a>(
    world: &World<'a>,
    rule: Origin,
) -> Option<&'a crate::istio::virtual_service::TcpRoute> {
    let (ObjectRef::VirtualService(at), Part::Tcp(i)) = (rule.object, rule.part) else {
        return None;
    };
    world.mesh.store.virtual_services[at as usize].spec.tcp.get(i as usize)
}
