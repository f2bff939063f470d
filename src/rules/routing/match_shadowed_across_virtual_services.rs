//! GW504: a match that routes of other VirtualServices leave nothing to.

use std::collections::{BTreeMap, BTreeSet};

use rustc_hash::{FxHashMap, FxHashSet};

use crate::envoy::Table;
use crate::envoy::reach::Budget;
use crate::envoy::route::{Outline, VirtualHost};
use crate::istio::policy::PolicyKind;
use crate::mesh::Origin;
use crate::rules::hosts::list;
use crate::rules::prelude::*;
use crate::rules::presence;
use crate::rules::shadows::{Shadowed, Shared};

rule! {
    /// ## What it reports
    /// A match (or a rule without `match`) that is never the answer, because every request that it matches is matched by
    /// earlier routes, of which some are of another VirtualService for the same host. istiod puts the routes of all
    /// VirtualServices of a host into one list, and Envoy takes the first that matches.
    ///
    /// ## Why it matters
    /// The traffic goes elsewhere, and nothing tells so: each VirtualService by itself is right.
    ///
    /// The rule is computed from the matches, also from several that are so only together, and shows a request. It is
    /// silent where creation times, which files rarely have, decide which VirtualService comes first, where a regular
    /// expression is too large to be compared, and for a host that has the match on another port as an answer. Routes without conditions come last in any order.
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
    /// metadata: {name: api, namespace: shop}
    /// spec:
    ///   hosts: [shop.example.com]
    ///   gateways: [infra/public]
    ///   http:
    ///   - match: [{uri: {regex: /.*}}]
    ///     route: [{destination: {host: api}}]
    /// ---
    /// apiVersion: networking.istio.io/v1
    /// kind: VirtualService
    /// metadata: {name: web, namespace: shop}
    /// spec:
    ///   hosts: [shop.example.com]
    ///   gateways: [infra/public]
    ///   http:
    ///   - route: [{destination: {host: web}}]
    /// ```
    ///
    /// ## Instead
    /// Let the matches leave each other something, or put them into one VirtualService, the narrower ones first.
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
    /// metadata: {name: api, namespace: shop}
    /// spec:
    ///   hosts: [shop.example.com]
    ///   gateways: [infra/public]
    ///   http:
    ///   - match: [{uri: {regex: /api/.*}}]
    ///     route: [{destination: {host: api}}]
    /// ---
    /// apiVersion: networking.istio.io/v1
    /// kind: VirtualService
    /// metadata: {name: web, namespace: shop}
    /// spec:
    ///   hosts: [shop.example.com]
    ///   gateways: [infra/public]
    ///   http:
    ///   - route: [{destination: {host: web}}]
    /// ```
    MATCH_SHADOWED_ACROSS_VIRTUAL_SERVICES =
        "GW504" "match-shadowed-across-virtual-services", Warning;
}

/// A route and the places where it is shadowed.
struct Dead<'a> {
    route: Origin,
    /// The VirtualService that is bound, and that whose route takes the request that is shown.
    services: [&'a str; 2],
    /// The routes that shadow it, the one that takes the request first.
    by: Vec<Origin>,
    request: Option<String>,
    hosts: Vec<&'a str>,
    tables: Vec<usize>,
}

/// A route, and the rule that delegates to its.
type Key = (Origin, Option<Origin>);

fn check(world: &World<'_>, out: &mut Findings) {
    let mut all: Vec<Dead<'_>> = Vec::new();
    let mut budget = Budget::default();
    let mut known: BTreeMap<Key, usize> = BTreeMap::new();
    let mut shadowed_at: FxHashMap<*const VirtualHost<Outline>, FxHashSet<Key>> =
        FxHashMap::default();
    for (number, table) in world.tables.iter().enumerate() {
        if is_patched(world, table) {
            continue;
        }
        for config in &table.routes {
            for host in &config.virtual_hosts {
                let host = Shared { world, table, config, host };
                if !host.is_shared() || host.domains().next().is_none() || host.redirects() {
                    continue;
                }
                for shadowed in host.shadowed_by_others(&mut budget) {
                    let route = &host.host.routes[shadowed.at];
                    let key = (route.origin, route.delegated_by);
                    let index = *known.entry(key).or_insert_with(|| {
                        all.push(Dead::new(&host, &shadowed));
                        all.len() - 1
                    });
                    shadowed_at.entry(host.host).or_default().insert(key);
                    let dead = &mut all[index];
                    dead.hosts.extend(host.domains());
                    if !dead.tables.contains(&number) {
                        dead.tables.push(number);
                    }
                }
            }
        }
    }
    let mut alive = Alive::new(world, &all, &shadowed_at);
    for (key, index) in known {
        let dead = &mut all[index];
        dead.hosts.retain(|host| !dead.tables.iter().any(|&table| alive.has(table, host, key)));
    }
    for dead in all.iter().filter(|dead| !dead.hosts.is_empty()) {
        report(world, out, dead);
    }
}

/// Where routes are the answer that are not elsewhere: a host may be served on several ports, each with routes of its own.
struct Alive<'a> {
    /// By table and domain.
    hosts: FxHashMap<(usize, &'a str), Vec<&'a VirtualHost<Outline>>>,
    /// The routes of a virtual host.
    routes: FxHashMap<*const VirtualHost<Outline>, FxHashSet<Key>>,
    shadowed: &'a FxHashMap<*const VirtualHost<Outline>, FxHashSet<Key>>,
}

impl<'a> Alive<'a> {
    fn new(
        world: &'a World<'a>,
        all: &[Dead<'_>],
        shadowed: &'a FxHashMap<*const VirtualHost<Outline>, FxHashSet<Key>>,
    ) -> Self {
        let mut hosts: FxHashMap<_, Vec<_>> = FxHashMap::default();
        let tables: BTreeSet<usize> = all.iter().flat_map(|dead| &dead.tables).copied().collect();
        for number in tables {
            let table = &world.tables[number];
            for config in &table.routes {
                let shared = config.virtual_hosts.iter();
                let shared = shared.map(|host| Shared { world, table, config, host });
                for Shared { host, .. } in shared.filter(|host| !host.redirects()) {
                    for domain in &host.domains {
                        hosts.entry((number, domain.name.as_str())).or_default().push(host);
                    }
                }
            }
        }
        Self { hosts, routes: FxHashMap::default(), shadowed }
    }

    /// Whether a route may be the answer for a host on some port.
    fn has(&mut self, table: usize, host: &str, key: Key) -> bool {
        let hosts = self.hosts.get(&(table, host)).map_or(&[][..], Vec::as_slice);
        hosts.iter().any(|&host| {
            let shadowed = self.shadowed.get(&std::ptr::from_ref(host));
            if shadowed.is_some_and(|all| all.contains(&key)) {
                return false;
            }
            let keys = || host.routes.iter().map(|route| (route.origin, route.delegated_by));
            self.routes.entry(host).or_insert_with(|| keys().collect()).contains(&key)
        })
    }
}

impl<'a> Dead<'a> {
    fn new(host: &Shared<'a>, shadowed: &Shadowed) -> Self {
        let services = &host.world.mesh.virtual_services.all;
        let shadow = &shadowed.shadow;
        let routes = &host.host.routes;
        let others = shadow.by.iter().filter(|&&by| by != shadow.taker);
        let by = std::iter::once(&shadow.taker).chain(others);
        Self {
            route: routes[shadowed.at].origin,
            services: shadowed.services.map(|at| &*services[at as usize].key),
            by: by.map(|&by| routes[by].origin).collect(),
            request: shadow.request.as_ref().map(ToString::to_string),
            hosts: Vec::new(),
            tables: Vec::new(),
        }
    }
}

fn report(world: &World<'_>, out: &mut Findings, dead: &Dead<'_>) {
    let [own, taker] = dead.services;
    let who = match dead.by.len() {
        1 => "an earlier match takes all that matches here".to_owned(),
        many => format!("{many} earlier matches together take all that matches here"),
    };
    let hosts = list(dead.hosts.iter().copied());
    let whose = if own == taker { "one of its own".to_owned() } else { format!("`{taker}`") };
    let example = match &dead.request {
        Some(request) => format!("`{request}` goes to {whose}"),
        None => format!("above all {whose}"),
    };
    let message = format!("never the answer for {hosts}: {who}, {example}");
    let subject = world.subject(dead.route.object);
    let report =
        out.report(&MATCH_SHADOWED_ACROSS_VIRTUAL_SERVICES, subject, dead.route.span, message);
    report.here("matches nothing that is left");
    for (at, by) in dead.by.iter().enumerate() {
        report.label(by.span, if at == 0 { "takes it" } else { "takes other requests" });
    }
    let gateways = dead.tables.iter().flat_map(|&table| &world.tables[table].servers);
    let gateway = gateways.map(|record| record.gateway).next();
    report
        .help(
            "narrow the earlier match, or put both into one VirtualService, the narrower one first",
        )
        .proxies(gateway.map_or_else(Vec::new, |at| world.proxies_unless_all(at, &dead.tables)));
}

/// Whether an `EnvoyFilter` may change the routes.
fn is_patched(world: &World<'_>, table: &Table<Outline>) -> bool {
    presence::is_patched(world.mesh, &table.proxy, &[PolicyKind::EnvoyFilter])
}
