//! Which DestinationRules define a subset, for the rules about them.

use super::Used;
use super::proof::{is_placed, source};
use crate::istio::destination_rule::DestinationRule;
use crate::rules::{Presence, World, is_placeholder};

/// What the input says of a subset.
#[derive(Debug)]
pub(in crate::rules) enum Definitions {
    /// DestinationRules for the host define it, by index in the store.
    Some(Vec<u32>),
    /// None does, and the input would have it.
    Missing,
    /// Nobody knows: the input may lack DestinationRules of this namespace.
    Unknown(String),
    /// A placeholder hides it, it does not matter, or the service itself is not there.
    Silent,
}

/// What the input says of the subset of a destination.
pub(in crate::rules) fn definitions(world: &World<'_>, used: &Used<'_>) -> Definitions {
    let destinations = world.destinations();
    let Some(subset) = used.subset().filter(|subset| !is_placeholder(&subset.value)) else {
        return Definitions::Silent;
    };
    let rules = &world.mesh.store.destination_rules;
    let spec = |at: u32| &rules[at as usize].spec;
    // A rule proves nothing where nobody knows whether both are of one namespace.
    let (is_placed, source) = (is_placed(world.mesh, used), source(world.mesh, used));
    let proves = |at: u32| {
        let meta = &rules[at as usize].meta;
        meta.subject.source == source || (is_placed && meta.namespace_span.is_some())
    };
    let (mut defining, mut is_any, mut is_hidden) = (Vec::new(), false, false);
    for at in destinations.covering(&used.host) {
        is_any |= proves(at);
        is_hidden |= names(spec(at)).any(is_placeholder);
        if names(spec(at)).any(|name| name == subset.value) {
            defining.push(at);
        }
    }
    if !defining.is_empty() {
        return Definitions::Some(defining);
    }
    let presences = &destinations.presences;
    let mut services = world.mesh.services.named(&used.host);
    let is_alias = services.clone().any(|service| service.external_name.is_some());
    if is_hidden || is_alias || presences.service(&used.host) == Presence::Missing {
        return Definitions::Silent;
    }
    let owner = presences.split(&used.host).map(|(_, namespace)| namespace);
    let namespace = services.next().map(|service| service.namespace.as_str()).or(owner);
    let namespace = namespace.unwrap_or_default();
    let is_covered = is_any || (is_placed && presences.has_placed_rules(namespace));
    if is_covered && presences.has_all_rules() && !hides_a_rule(world, &subset.value) {
        Definitions::Missing
    } else {
        Definitions::Unknown(namespace.to_owned())
    }
}

/// Whether a DestinationRule whose host is a placeholder has the subset.
fn hides_a_rule(world: &World<'_>, subset: &str) -> bool {
    world.mesh.store.destination_rules.iter().any(|rule| {
        let host = rule.spec.host.as_ref().map_or("", |host| host.value.as_str());
        is_placeholder(host) && names(&rule.spec).any(|name| name == subset || is_placeholder(name))
    })
}

/// The names of the subsets of a DestinationRule.
pub(in crate::rules) fn names(rule: &DestinationRule) -> impl Iterator<Item = &str> {
    rule.subsets.iter().map(|one| one.name.as_ref().map_or("", |name| name.value.as_str()))
}
