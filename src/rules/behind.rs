//! Matches that are never reached since one before takes every request: what GW005 and GW501 share.

use rustc_hash::FxHashSet;

use super::World;
use super::hosts::binds_mesh;
use super::marks::Marks;
use super::shadowed::{self, Everywhere, entries};
use crate::envoy::DropReason;
use crate::mesh::{ObjectRef, Origin, Part};

/// A match, or a rule that has none, that is never reached.
#[derive(Clone, Copy, Debug)]
pub(super) struct Behind {
    /// The match or rule.
    pub(super) what: Origin,
    /// What takes every request before it.
    pub(super) by: Origin,
    /// Whether it may be reached at sidecars.
    pub(super) is_at_gateways: bool,
}

/// All of them: by what is written, and by what istiod leaves out of the tables.
pub(super) fn behind_catch_alls(world: &World<'_>) -> Vec<Behind> {
    let mut all = written(world);
    let mut known: FxHashSet<Origin> = all.iter().map(|behind| behind.what).collect();
    all.extend(dropped(world).into_iter().filter(|behind| known.insert(behind.what)));
    all
}

/// By what is written: wherever the match applies, so does what is before it.
fn written(world: &World<'_>) -> Vec<Behind> {
    let mut all = Everywhere::default();
    // A match of a delegate must be dead in each of its roots.
    for (_, service) in world.having(Marks::EARLY_CATCH_ALL | Marks::DELEGATED) {
        let entries = entries(service);
        for (entry, by) in entries.iter().zip(shadowed::behind_catch_alls(&entries)) {
            all.add(entry, by.map(|by| entries[by].origin));
        }
    }
    let dead = all.into_dead().into_iter();
    dead.map(|(what, by)| Behind { what, by, is_at_gateways: false }).collect()
}

/// By the tables: on the servers that there are. Silent where it may apply at others.
fn dropped(world: &World<'_>) -> Vec<Behind> {
    let mut all = Vec::new();
    for lost in world.dropped(DropReason::BehindCatchAll) {
        let Some(by) = lost.by else { continue };
        let roots = world.with_rules_of(lost.what.object);
        if !roots.iter().all(|(_, service)| world.knows_gateways_of(service)) {
            continue;
        }
        let is_at_gateways = roots.iter().any(|(_, service)| binds_mesh(service));
        let mut parts = parts(world, lost.what);
        for rule in roots.iter().flat_map(|(_, service)| &service.http) {
            let Some(root) = rule.delegated_by.as_deref() else { continue };
            if is_rule(rule.origin, lost.what) {
                // A rule that delegates to what another one delegates to, too.
                parts.push(*root);
            } else if is_rule(*root, lost.what) {
                // The match is the root's; what is behind the catch-all is what the delegate has for it.
                parts.retain(|part| *part != lost.what);
                let count = rule.http.matches.len();
                let is_for = (0..count).any(|at| rule.match_origin(at) == lost.what);
                parts.extend(is_for.then_some(rule.origin));
            }
        }
        parts.retain(|&part| !world.is_reached(part));
        all.extend(parts.into_iter().map(|what| Behind { what, by, is_at_gateways }));
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
pub(super) fn unreached(world: &World<'_>, what: Origin) -> Vec<Origin> {
    let mut lost = world.unless_reached(what);
    let rule = Origin { part: what.part.rule(), ..what };
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
    (rule.object, rule.part) == (what.object, what.part.rule())
}
