//! Matches that are never reached since one before takes every request: what GW005 and GW501 share.

use rustc_hash::FxHashSet;

use super::World;
use super::hosts::binds_mesh;
use super::shadowed::{self, Everywhere, entries};
use crate::envoy::DropReason;
use crate::mesh::{ObjectRef, Origin, Part};

/// A match, or a rule that has none, and what takes every request before it.
pub(super) type Behind = (Origin, Origin);

/// All of them: by what is written, and by what istiod leaves out of the tables.
pub(super) fn behind_catch_alls(world: &World<'_>) -> Vec<Behind> {
    let mut all = written(world);
    let mut known: FxHashSet<Origin> = all.iter().map(|(what, _)| *what).collect();
    all.extend(dropped(world).into_iter().filter(|(what, _)| known.insert(*what)));
    all
}

/// By what is written: wherever the match applies, so does what is before it.
fn written(world: &World<'_>) -> Vec<Behind> {
    let mut all = Everywhere::default();
    for service in &world.mesh.virtual_services.all {
        let entries = entries(service);
        for (entry, by) in entries.iter().zip(shadowed::behind_catch_alls(&entries)) {
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
pub(super) fn unreached(world: &World<'_>, what: Origin) -> Vec<Origin> {
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
