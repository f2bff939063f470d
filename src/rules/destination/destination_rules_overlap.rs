//! GW612: two DestinationRules for one host.

use rustc_hash::FxHashSet;

use crate::mesh::ObjectRef;
use crate::rules::destinations::Used;
use crate::rules::destinations::subsets::names;
use crate::rules::prelude::*;
use crate::rules::server::ServerRef;
use crate::text::Span;

rule! {
    /// ## What it reports
    /// Two DestinationRules for one host that a gateway uses: in one namespace, where both have a `trafficPolicy` or a subset of
    /// the same name; or where one takes the place of the other.
    ///
    /// ## Why it matters
    /// istiod merges DestinationRules of one namespace and host, if they are exported alike: the subsets of all count, but of the
    /// same name only the first, and only the first `trafficPolicy`. Of those of different namespaces a gateway uses one alone. What
    /// is ignored stands there as if it held.
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
    /// apiVersion: v1
    /// kind: Service
    /// metadata: {name: web, namespace: shop}
    /// spec:
    ///   ports: [{name: http, port: 8080}]
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
    /// kind: DestinationRule
    /// metadata: {name: web, namespace: shop}
    /// spec:
    ///   host: web
    ///   trafficPolicy: {connectionPool: {tcp: {maxConnections: 10}}}
    /// ---
    /// apiVersion: networking.istio.io/v1
    /// kind: DestinationRule
    /// metadata: {name: web-outliers, namespace: shop}
    /// spec:
    ///   host: web
    ///   trafficPolicy: {outlierDetection: {consecutive5xxErrors: 3}}
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
    /// apiVersion: v1
    /// kind: Service
    /// metadata: {name: web, namespace: shop}
    /// spec:
    ///   ports: [{name: http, port: 8080}]
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
    /// kind: DestinationRule
    /// metadata: {name: web, namespace: shop}
    /// spec:
    ///   host: web
    ///   trafficPolicy:
    ///     connectionPool: {tcp: {maxConnections: 10}}
    ///     outlierDetection: {consecutive5xxErrors: 3}
    /// ```
    DESTINATION_RULES_OVERLAP = "GW612" "destination-rules-overlap", Warning, also "~KIA0201";
}

fn check(world: &World<'_>, out: &mut Findings) {
    let destinations = world.destinations();
    let mut known: FxHashSet<(u32, Span)> = FxHashSet::default();
    let mut merged: FxHashSet<&[u32]> = FxHashSet::default();
    for used in destinations.iter() {
        let is_any = destinations.of_host(&used.host).len() > 1;
        for server in is_any.then(|| used.servers(world)).into_iter().flatten() {
            let Some(rule) = used.effective(world, &server) else { continue };
            if merged.insert(rule.rules()) {
                report_merged(world, out, rule.rules());
            }
            let Some(&first) = rule.rules().first() else { continue };
            let all = destinations.of_host(&used.host).iter().copied();
            let unused = all.filter(|at| !rule.rules().contains(at) && *at != first);
            for at in unused.filter(|&at| is_visible(world, used, &server, at)) {
                let spec = &world.mesh.store.destination_rules[at as usize].spec;
                if known.insert((at, spec.host.as_ref().map_or(server.server.span, |h| h.span))) {
                    report_unused(world, out, at, first, &server);
                }
            }
        }
    }
}

/// What is lost of DestinationRules that are merged into one.
fn report_merged(world: &World<'_>, out: &mut Findings, rules: &[u32]) {
    let all = &world.mesh.store.destination_rules;
    for (position, &at) in rules.iter().enumerate().skip(1) {
        let (rule, before) = (&all[at as usize], &rules[..position]);
        let policy = rule.spec.traffic_policy.as_ref().and_then(|policy| {
            let has_policy = |one: &&u32| all[**one as usize].spec.traffic_policy.is_some();
            Some((policy.span, *before.iter().find(has_policy)?))
        });
        let subset = rule.spec.subsets.iter().find_map(|subset| {
            let name = subset.name.as_ref()?;
            let has = |one: &&u32| names(&all[**one as usize].spec).any(|own| own == name.value);
            Some((name, *before.iter().find(has)?))
        });
        let (span, what, first) = match (policy, subset) {
            (Some((span, first)), _) => (span, "`trafficPolicy`".to_owned(), first),
            (None, Some((name, first))) => (name.span, format!("subset `{}`", name.value), first),
            (None, None) => continue,
        };
        let (own, other) = (ObjectRef::DestinationRule(at), ObjectRef::DestinationRule(first));
        let meta = world.mesh.store.meta(other);
        let name = format!("{}/{}", meta.namespace(), meta.name());
        let order = if world.knows_order(own, other) { "" } else { ", unless this one is older" };
        let message = format!("{what} is ignored: that of `{name}` holds{order}");
        let report = out.report(&DESTINATION_RULES_OVERLAP, world.subject(own), span, message);
        report
            .label(meta.name_span, "for the same host")
            .help("write one DestinationRule for the host");
    }
}

/// Whether the gateway could use a DestinationRule, were it not for another one.
fn is_visible(world: &World<'_>, used: &Used<'_>, server: &ServerRef<'_>, at: u32) -> bool {
    let rule = &world.mesh.store.destination_rules[at as usize];
    let (own, namespace) = (server.table.proxy.namespace.as_str(), rule.meta.namespace());
    let service = world.mesh.services.in_scope(&used.host, own);
    let is_found = namespace == own
        || namespace == world.mesh.config.root_namespace()
        || service.is_some_and(|service| service.namespace == namespace);
    let default = &world.mesh.config.default_destination_rule_export_to;
    let exported = &rule.spec.export_to;
    let names = |name: &str| name == "*" || name == own || (name == "." && namespace == own);
    let is_exported = match exported.as_slice() {
        [] => namespace == own || default.is_empty() || default.iter().any(|name| names(name)),
        list => list.iter().any(|name| names(&name.value)),
    };
    is_found && is_exported && rule.spec.workload_selector.is_none()
}

/// A DestinationRule in whose place another one is used.
fn report_unused(
    world: &World<'_>,
    out: &mut Findings,
    at: u32,
    first: u32,
    server: &ServerRef<'_>,
) {
    let rule = &world.mesh.store.destination_rules[at as usize];
    let meta = world.mesh.store.meta(ObjectRef::DestinationRule(first));
    let name = format!("{}/{}", meta.namespace(), meta.name());
    let span = rule.spec.host.as_ref().map_or(rule.meta.name_span, |host| host.span);
    let message = format!(
        "the gateway in `{}` uses `{name}` for the host, and nothing of this one",
        server.table.proxy.namespace
    );
    let subject = world.subject(ObjectRef::DestinationRule(at));
    let report = out.report(&DESTINATION_RULES_OVERLAP, subject, span, message);
    report
        .label(meta.name_span, "for the same host")
        .help("write one DestinationRule for the host");
}
