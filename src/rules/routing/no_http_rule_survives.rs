//! GW536: a VirtualService of which no HTTP rule is left for the gateway.

use rustc_hash::{FxHashMap, FxHashSet};

use crate::envoy::{Admission, DropReason as Reason, Dropped, admits};
use crate::finding::Severity;
use crate::mesh::{Found, ObjectRef, Origin, Part, VirtualService};
use crate::rules::hosts::{binds_mesh, distinct, gateways, list};
use crate::rules::prelude::*;
use crate::rules::presence;
use crate::rules::server::ServerRef;
use crate::rules::world::Lost;

rule! {
    /// ## What it reports
    /// A VirtualService with a host that a server accepts, of whose HTTP rules none applies there: their matches are for
    /// other ports, gateways or sources, or their delegates are not there. A warning where this holds for some of its
    /// hosts alone, which other servers accept than those that its rules are for; info where it also applies to sidecars
    /// (`mesh`), for which the rules may be meant. It stands for `source-match-on-gateway` at the matches that it shows;
    /// where all matches are for Gateways that `spec.gateways` does not name, `match-gateway-not-bound` stands for it.
    ///
    /// ## Why it matters
    /// istiod leaves the VirtualService out, and its hosts get no virtual host from it. Each rule looks right by itself.
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
    ///   - match: [{port: 8080}]
    ///     route: [{destination: {host: web}}]
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
    ///     route: [{destination: {host: web}}]
    /// ```
    NO_HTTP_RULE_SURVIVES = "GW536" "no-http-rule-survives", Error;
}

/// Why a rule may be no rule of a gateway, and the words for it.
const REASONS: [(Reason, &str); 8] = [
    (Reason::MatchPort, "for another port"),
    (Reason::MatchGateways, "for other gateways"),
    (Reason::MatchSource, "matches the gateway itself, not the client"),
    (Reason::DelegateMissing, "its delegate is not there"),
    (Reason::DelegateHasHosts, "its delegate has `hosts`"),
    (Reason::DelegateNotExported, "its delegate is not exported to it"),
    (Reason::DelegateConflict, "contradicts the match of the rule that delegates"),
    (Reason::DelegateTooLarge, "merged, it has too many matches"),
];

fn check(world: &World<'_>, out: &mut Findings) {
    partly(world, out);
    entirely(world, out);
}

fn entirely(world: &World<'_>, out: &mut Findings) {
    let bare: Vec<(u32, &VirtualService)> =
        world.virtual_services().filter(|(_, service)| has_no_rule(world, service)).collect();
    if bare.is_empty() {
        return;
    }
    let lost: Vec<(Lost, Reason, &str)> = REASONS
        .iter()
        .flat_map(|&(reason, why)| {
            world.dropped(reason).into_iter().map(move |lost| (lost, reason, why))
        })
        .collect();
    for (at, service) in bare {
        let accepting = world.servers_accepting(at);
        let is_http = |server: &&ServerRef<'_>| server.record.is_live && server.server.is_http();
        let servers: Vec<ServerRef<'_>> = accepting.iter().filter(is_http).copied().collect();
        if servers.is_empty() || !world.knows_gateways_of(service) {
            continue;
        }
        report(world, out, at, service, &servers, &lost);
    }
}

/// Hosts of VirtualServices that have a rule elsewhere, and none on the servers that accept the host.
fn partly(world: &World<'_>, out: &mut Findings) {
    let mut index: Option<FxHashMap<Place, Vec<&Dropped>>> = None;
    for (at, service) in world.virtual_services() {
        if service.http.is_empty() || has_no_rule(world, service) {
            continue;
        }
        let hosts = world.unreached_accepted(at, service);
        if hosts.is_empty() || !world.knows_gateways_of(service) {
            continue;
        }
        let index = index.get_or_insert_with(|| by_place(world));
        let accepting = world.servers_accepting(at);
        let is_http = |server: &ServerRef<'_>| server.record.is_live && server.server.is_http();
        let servers: Vec<ServerRef<'_>> =
            accepting.into_iter().filter(|one| is_http(one) && !one.record.is_displaced).collect();
        for origin in hosts {
            let Part::Host(i) = origin.part else { continue };
            let host = &service.hosts[i as usize];
            let accepts = |server: &&ServerRef<'_>| {
                admits(&server.record.hosts, service, &host.value) == Admission::Served
            };
            let here: Vec<ServerRef<'_>> = servers.iter().filter(accepts).copied().collect();
            let filtered = reasons_at(index, service, &here);
            let is_unsure = filtered.iter().any(|lost| is_unsure(lost.reason, &here));
            let (Some(_), Some(server), false) = (filtered.first(), here.first(), is_unsure) else {
                continue;
            };
            let message = format!(
                "no rule for `{}` on `{}`, port {}: all are filtered out there",
                host.value,
                server.name(),
                server.server.port_number()
            );
            let subject = world.subject(origin.object);
            let report = out.report(&NO_HTTP_RULE_SURVIVES, subject, host.span, message);
            for lost in filtered.iter().take(MOST) {
                let why = REASONS.iter().find(|(reason, _)| *reason == lost.reason);
                report.label(lost.what.span, why.map_or("not for it", |(_, why)| why));
            }
            let severity = if binds_mesh(service) { Severity::Info } else { Severity::Warning };
            report
                .here("requests for it get nothing from this VirtualService")
                .help("let a rule apply to the server, or take the host out of `hosts`")
                .severity(severity)
                .unreached(world.elements(vec![origin]));
        }
    }
}

/// A table, a server of it and an object.
type Place = (usize, u32, ObjectRef);

/// What is filtered out, by where.
fn by_place<'a>(world: &World<'a>) -> FxHashMap<Place, Vec<&'a Dropped>> {
    let mut index: FxHashMap<Place, Vec<&Dropped>> = FxHashMap::default();
    for (at, table) in world.tables.iter().enumerate() {
        let is_filtered = |lost: &&Dropped| REASONS.iter().any(|(one, _)| *one == lost.reason);
        for lost in table.dropped.iter().filter(is_filtered) {
            if let Some(server) = lost.server {
                index.entry((at, server, lost.what.object)).or_default().push(lost);
            }
        }
    }
    index
}

/// What is filtered out of the rules of a VirtualService on some servers, each once.
fn reasons_at<'a>(
    index: &FxHashMap<Place, Vec<&'a Dropped>>,
    service: &VirtualService,
    servers: &[ServerRef<'_>],
) -> Vec<&'a Dropped> {
    let objects: FxHashSet<ObjectRef> =
        service.http.iter().map(|rule| rule.origin.object).collect();
    let mut objects: Vec<ObjectRef> = objects.into_iter().collect();
    objects.sort_unstable();
    let mut found: Vec<&Dropped> = Vec::new();
    let mut known = FxHashSet::default();
    for server in servers {
        for &object in &objects {
            let here = index.get(&(server.key.0, server.key.1, object));
            let new = here.into_iter().flatten().filter(|lost| known.insert(lost.what));
            found.extend(new);
        }
    }
    found
}

/// Whether rules are written and none of them reaches a table.
fn has_no_rule(world: &World<'_>, service: &VirtualService) -> bool {
    let object = ObjectRef::VirtualService(service.index);
    let rules = &world.mesh.store.virtual_services[service.index as usize].spec.http;
    let origin = |(i, span)| Origin::new(object, Part::Http(i), span);
    let mut origins = (0..).zip(rules.iter().map(|rule| rule.span)).map(origin);
    !rules.is_empty() && origins.all(|origin| !world.is_reached(origin))
}

fn report(
    world: &World<'_>,
    out: &mut Findings,
    at: u32,
    service: &VirtualService,
    servers: &[ServerRef<'_>],
    lost: &[(Lost, Reason, &str)],
) {
    let own = ObjectRef::VirtualService(service.index);
    let rules = &world.mesh.store.virtual_services[service.index as usize].spec.http;
    let objects: FxHashSet<ObjectRef> =
        std::iter::once(own).chain(service.http.iter().map(|rule| rule.origin.object)).collect();
    let is_own = |lost: &Lost| {
        lost.by.map_or_else(|| objects.contains(&lost.what.object), |by| by.object == own)
    };
    let reasons: Vec<&(Lost, Reason, &str)> =
        lost.iter().filter(|(lost, ..)| is_own(lost)).collect();
    // Without a reason it is something else that keeps the rules away, of which another rule speaks.
    if reasons.is_empty() || reasons.iter().any(|(_, reason, _)| is_unsure(*reason, servers)) {
        return;
    }
    let missing = reasons.iter().filter(|(_, reason, _)| *reason == Reason::DelegateMissing);
    let is_unknown =
        missing.map(|(lost, ..)| lost).any(|lost| !is_delegate_known_missing(world, lost));
    let hosts =
        list(world.unreached_accepted(at, service).iter().filter_map(|origin| match origin.part {
            Part::Host(i) => Some(service.hosts[i as usize].value.as_str()),
            _ => None,
        }));
    let servers = distinct(servers);
    let names = gateways(&servers);
    let many = match rules.len() {
        1 => "its only rule is".to_owned(),
        many => format!("all {many} rules are"),
    };
    let message = if is_unknown {
        format!("no rule for {hosts} on {names}: delegates are not in the input")
    } else {
        format!("{many} filtered out: the VirtualService gives {hosts} nothing on {names}")
    };
    let subject = world.subject(own);
    let report = out.report(&NO_HTTP_RULE_SURVIVES, subject, rules[0].span, message);
    if is_unknown || binds_mesh(service) {
        report.severity(Severity::Info);
    }
    let is_all_of_gateways = reasons.iter().all(|(_, reason, _)| *reason == Reason::MatchGateways);
    for (lost, reason, why) in reasons.iter().take(MOST) {
        if *reason == Reason::MatchSource || is_all_of_gateways {
            report.about(lost.what.span);
        }
        if lost.what.span == rules[0].span {
            report.here(*why);
        } else {
            report.label(lost.what.span, *why);
        }
    }
    let is_all_of_sources = reasons.iter().all(|(_, reason, _)| *reason == Reason::MatchSource);
    let help = if is_all_of_sources {
        "match by headers, or refuse clients with an AuthorizationPolicy"
    } else {
        "let a rule apply to the Gateway, or take the Gateway out of `gateways`"
    };
    report.help(help).unreached(world.elements(world.unreached_accepted(at, service)));
}

/// How many reasons a finding shows.
const MOST: usize = 5;

/// Whether labels or namespace of a gateway decide, and are not known.
fn is_unsure(reason: Reason, servers: &[ServerRef<'_>]) -> bool {
    let is_assumed = |server: &ServerRef<'_>| server.table.proxy.found == Found::Assumed;
    reason == Reason::MatchSource && servers.iter().any(is_assumed)
}

/// Whether the input would have the delegate that a rule names: another VirtualService of its namespace is there.
fn is_delegate_known_missing(world: &World<'_>, lost: &Lost) -> bool {
    let (ObjectRef::VirtualService(root), Part::Http(rule)) = (lost.what.object, lost.what.part)
    else {
        return false;
    };
    let store = &world.mesh.store;
    let object = &store.virtual_services[root as usize];
    let Some(delegate) =
        object.spec.http.get(rule as usize).and_then(|rule| rule.delegate.as_ref())
    else {
        return false;
    };
    let namespace = match &delegate.namespace {
        Some(namespace) if !namespace.value.is_empty() => namespace.value.as_str(),
        _ => object.meta.namespace(),
    };
    let name = delegate.name.as_ref().map_or("", |name| name.value.as_str());
    presence::is_virtual_service_missing(world, root, namespace, name)
}
