//! GW501: a rule behind one that takes everything.

use rustc_hash::FxHashSet;

use crate::mesh::{ObjectRef, Origin, Part};
use crate::rules::hosts::binds_mesh;
use crate::rules::prelude::*;
use crate::rules::shadowed::{Everywhere, behind_catch_alls, entries};

rule! {
    /// ## What it reports
    /// A rule or match behind one that takes every request: one without `match`, or with a match of all paths (`/` as
    /// prefix, `.*`) and nothing else.
    ///
    /// ## Why it matters
    /// The rule is never reached, and istiod leaves it out.
    ///
    /// ## Example
    /// ```yaml
    /// apiVersion: networking.istio.io/v1
    /// kind: VirtualService
    /// metadata: {name: shop, namespace: shop}
    /// spec:
    ///   hosts: [shop.example.com]
    ///   gateways: [infra/public]
    ///   http:
    ///   - route: [{destination: {host: web}}]
    ///   - match: [{uri: {prefix: /api}}]
    ///     route: [{destination: {host: api}}]
    /// ```
    ///
    /// ## Instead
    /// ```yaml
    /// apiVersion: networking.istio.io/v1
    /// kind: VirtualService
    /// metadata: {name: shop, namespace: shop}
    /// spec:
    ///   hosts: [shop.example.com]
    ///   gateways: [infra/public]
    ///   http:
    ///   - match: [{uri: {prefix: /api}}]
    ///     route: [{destination: {host: api}}]
    ///   - route: [{destination: {host: web}}]
    /// ```
    ROUTE_AFTER_CATCH_ALL = "GW501" "route-after-catch-all", Warning, also "IST0130"; verdicts "U-1", "U-2"; and check
}

/// A match and what takes every request before it.
type Behind = (Origin, Origin);

fn check(world: &World<'_>, out: &mut Findings) {
    let mut all = written(world);
    let mut known: FxHashSet<Origin> = all.iter().map(|(what, _)| *what).collect();
    all.extend(dropped(world).into_iter().filter(|(what, _)| known.insert(*what)));
    for (what, by) in all {
        let subject = world.subject(what.object);
        let message = "never reached: a rule before takes every request";
        out.report(&ROUTE_AFTER_CATCH_ALL, subject, what.span, message)
            .label(by.span, "takes every request")
            .help("move what takes every request to the end")
            .unreached(world.elements(unreached(world, what)));
    }
}

/// By what is written: wherever the match applies, so does what is before it.
fn written(world: &World<'_>) -> Vec<Behind> {
    let mut all = Everywhere::default();
    for service in &world.mesh.virtual_services.all {
        let entries = entries(service);
        for (entry, by) in entries.iter().zip(behind_catch_alls(&entries)) {
            all.add(entry, by.map(|by| entries[by].origin));
        }
    }
    all.into_dead()
}

/// By the tables: on the servers that there are. Silent where it may apply elsewhere.
fn dropped(world: &World<'_>) -> Vec<Behind> {
    let mut all = Vec::new();
    for lost in world.dropped(DropReason::BehindCatchAll) {
        let Some(by) = lost.by else { continue };
        let roots = world.with_rules_of(lost.what.object);
        let is_known = |service| world.knows_gateways_of(service) && !binds_mesh(service);
        if roots.iter().all(|(_, service)| is_known(service)) {
            let parts = parts(world, lost.what).into_iter();
            all.extend(parts.filter(|&part| !world.is_reached(part)).map(|part| (part, by)));
            // A rule that delegates to what another one delegates to, too.
            let rules = roots.iter().flat_map(|(_, service)| &service.http);
            let roots = rules.filter(|own| is_rule(own.origin, lost.what));
            let roots = roots.filter_map(|own| own.delegated_by.as_deref().copied());
            all.extend(roots.filter(|&root| !world.is_reached(root)).map(|root| (root, by)));
        }
    }
    all
}

/// The matches of a rule, or itself where it has none.
fn parts(world: &World<'_>, what: Origin) -> Vec<Origin> {
    let (ObjectRef::VirtualService(at), Part::Http(i)) = (what.object, what.part) else {
        return vec![what];
    };
    let rules = &world.mesh.store.virtual_services[at as usize].spec.http;
    let matches = rules.get(i as usize).map_or(&[][..], |rule| rule.matches.as_slice());
    let part = |(j, span)| Origin::new(what.object, Part::HttpMatch(i, j), span);
    let parts: Vec<Origin> = (0..).zip(matches.iter().map(|m| m.span)).map(part).collect();
    if parts.is_empty() { vec![what] } else { parts }
}

/// The match, its rule and the rule that delegates to it, as far as nothing of them is left.
fn unreached(world: &World<'_>, what: Origin) -> Vec<Origin> {
    let mut lost = world.unless_reached(what);
    let rule = match what.part {
        Part::HttpMatch(i, _) => Origin::new(what.object, Part::Http(i), what.span),
        _ => what,
    };
    lost.extend(world.unless_reached(rule));
    let roots = world.with_rules_of(what.object);
    let rules = roots.iter().flat_map(|(_, service)| &service.http);
    let own = rules.filter(|own| (own.origin.object, own.origin.part) == (rule.object, rule.part));
    for root in own.filter_map(|own| own.delegated_by.as_deref()) {
        lost.extend(world.unless_reached(*root));
    }
    lost
}

/// Whether an origin is a rule, or that of a match.
fn is_rule(rule: Origin, what: Origin) -> bool {
    let part = match what.part {
        Part::HttpMatch(i, _) => Part::Http(i),
        part => part,
    };
    (rule.object, rule.part) == (what.object, part)
}
