//! GW406: the age of two VirtualServices decides who answers.

use rustc_hash::{FxHashMap, FxHashSet};

use crate::envoy::reach::Budget;
use crate::istio::policy::PolicyKind;
use crate::mesh::Origin;
use crate::rules::prelude::*;
use crate::rules::presence;
use crate::rules::shadows::Shared;

rule! {
    /// ## What it reports
    /// Matches of two VirtualServices for one host and port that some requests meet both, where the two do different things
    /// and nothing in the files tells which comes first.
    ///
    /// ## Why it matters
    /// istiod puts the routes of all VirtualServices of a host into one list, those of the older one first, and Envoy takes the
    /// first that matches. Where objects are created anew, as in another cluster, the traffic goes elsewhere.
    ///
    /// The request that is shown was tried in both orders. Of two VirtualServices up to 3 pairs of matches are shown, of a host
    /// up to 100, and each match is compared with up to 64 whose paths begin alike. Routes without conditions come last in any
    /// order, and are no matter here. The rule is silent where creation times are known, where the age of two Gateways decides,
    /// and where both matches do the same.
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
    ///   - match: [{uri: {prefix: /api}}]
    ///     route: [{destination: {host: api}}]
    /// ---
    /// apiVersion: networking.istio.io/v1
    /// kind: VirtualService
    /// metadata: {name: api-next, namespace: shop}
    /// spec:
    ///   hosts: [shop.example.com]
    ///   gateways: [infra/public]
    ///   http:
    ///   - match: [{uri: {prefix: /api/v2}}]
    ///     route: [{destination: {host: api-next}}]
    /// ```
    ///
    /// ## Instead
    /// Put both into one VirtualService, the narrower match first, or let them leave each other nothing.
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
    ///   - match: [{uri: {prefix: /api/v2}}]
    ///     route: [{destination: {host: api-next}}]
    ///   - match: [{uri: {prefix: /api}}]
    ///     route: [{destination: {host: api}}]
    /// ```
    MERGE_ORDER_DECIDES = "GW406" "merge-order-decides", Warning, also "~KIA1106";
}

/// Two matches, their VirtualServices, a request, the tables, the Gateway.
struct Pair<'a> {
    matches: [Origin; 2],
    services: [&'a str; 2],
    request: String,
    tables: Vec<usize>,
    gateway: u32,
}

fn check(world: &World<'_>, out: &mut Findings) {
    let mut budget = Budget::default();
    let mut all: Vec<Pair<'_>> = Vec::new();
    let mut known: FxHashMap<[Origin; 2], usize> = FxHashMap::default();
    for (number, table) in world.tables.iter().enumerate() {
        if presence::is_patched(world.mesh, &table.proxy, &[PolicyKind::EnvoyFilter]) {
            continue;
        }
        // Servers for HTTP and for HTTPS may have the same routes.
        let mut seen: FxHashSet<Vec<*const _>> = FxHashSet::default();
        for config in &table.routes {
            for host in &config.virtual_hosts {
                let shared = Shared { world, table, config, host };
                if !shared.is_shared() || host.requires_tls() || shared.domains().next().is_none() {
                    continue;
                }
                let pieces = host.segments.iter().map(|segment| segment.routes.as_ptr());
                if !seen.insert(pieces.collect()) {
                    continue;
                }
                let services = &world.mesh.virtual_services.all;
                for swap in shared.swaps(&mut budget) {
                    let matches = swap.routes.map(|at| host.routes[at].origin);
                    let index = *known.entry(matches).or_insert_with(|| {
                        all.push(Pair {
                            matches,
                            services: swap.services.map(|at| &*services[at as usize].key),
                            request: swap.request.to_string(),
                            tables: Vec::new(),
                            gateway: table.servers[host.segments[0].server as usize].gateway,
                        });
                        all.len() - 1
                    });
                    if all[index].tables.last() != Some(&number) {
                        all[index].tables.push(number);
                    }
                }
            }
        }
    }
    for pair in &all {
        report(world, out, pair);
    }
}

fn report(world: &World<'_>, out: &mut Findings, pair: &Pair<'_>) {
    let ([first, second], [a, b]) = (pair.matches, pair.services);
    let message = format!(
        "`{}` goes to `{a}` or `{b}`, depending on which of the two was created first",
        pair.request
    );
    out.report(&MERGE_ORDER_DECIDES, world.subject(second.object), second.span, message)
        .here("takes it if it comes first")
        .label(first.span, "takes it, too")
        .help("put both into one VirtualService, the narrower match first, or let no request meet both")
        .proxies(world.proxies_unless_all(pair.gateway, &pair.tables));
}
