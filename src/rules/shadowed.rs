//! Matches that earlier ones of the same VirtualService leave nothing to: what GW501 and GW503 share. They are looked at
//! as they are written, whether a server takes them or not, delegates put in; a match counts as earlier one only where it
//! applies wherever the later one does. What only the servers that there are tell is read in the tables ([`places`](super::places)).

use std::borrow::Cow;

use indexmap::IndexMap;
use rustc_hash::FxBuildHasher;

use crate::envoy::reach::{Budget, Reach, Routes, Shadow, Suspects, any_suspect_of_few};
use crate::envoy::route::RouteMatch;
use crate::envoy::{catches_all, route_match};
use crate::istio::virtual_service::{HttpMatch, Pattern, StringMatch};
use crate::mesh::names::gateway_name;
use crate::mesh::{Origin, Rule, VirtualService};

/// A match, or a rule that has none.
#[derive(Clone, Copy)]
pub(super) struct Entry<'a> {
    pub(super) rule: &'a Rule,
    pub(super) condition: Option<&'a HttpMatch>,
    pub(super) origin: Origin,
}

impl Entry<'_> {
    /// Whether it takes every request on the servers that it is for.
    pub(super) fn is_catch_all(&self) -> bool {
        self.condition.is_none_or(catches_all)
    }

    /// Whether it depends on the server or the proxy what it matches.
    pub(super) fn is_scoped(&self) -> bool {
        self.condition.is_some_and(is_scoped)
    }

    /// Whether it is for proxies of some labels or namespace.
    pub(super) fn is_for_source(&self) -> bool {
        self.condition.is_some_and(has_source)
    }

    /// What it asks for.
    pub(super) fn matcher(&self) -> RouteMatch {
        self.condition.map_or_else(RouteMatch::any, route_match)
    }

    /// The Gateways that it is for, as `namespace/name`.
    fn gateways(&self) -> Vec<Cow<'_, str>> {
        let names = self.condition.map_or(&[][..], |own| &own.gateways);
        names.iter().map(|name| gateway_name(&name.value, &self.rule.namespace)).collect()
    }

    /// Whether it applies wherever another one does: port, gateways and sources (mirrors istio 1.32 `sourceMatchHTTP`).
    pub(super) fn applies_with(&self, later: &Self) -> bool {
        let Some(own) = self.condition else { return true };
        let Some(other) = later.condition else { return !is_restricted(own) };
        let port = |condition: &HttpMatch| condition.port.map_or(0, |port| port.value);
        if port(own) != 0 && port(own) != port(other) {
            return false;
        }
        if !own.gateways.is_empty() {
            let names = self.gateways();
            return !other.gateways.is_empty()
                && later.gateways().iter().all(|n| names.contains(n));
        }
        if !other.gateways.is_empty() {
            return !has_source(own);
        }
        let has = |key: &str, value: &str| {
            other.source_labels.iter().any(|(k, v)| k.value == key && v.value == value)
        };
        let namespace = |m: &HttpMatch| {
            m.source_namespace.as_ref().map_or(String::new(), |n| n.value.to_string())
        };
        own.source_labels.iter().all(|(key, value)| has(key, value))
            && (namespace(own).is_empty() || namespace(own) == namespace(other))
    }
}

/// Whether it depends on the server or the proxy what a match takes.
pub(super) fn is_scoped(condition: &HttpMatch) -> bool {
    is_restricted(condition) || condition.scheme.is_some()
}

/// Whether a match asks for nothing of a request: each field that it has is empty.
pub(super) fn asks_nothing(condition: &HttpMatch) -> bool {
    let HttpMatch { scheme, method, authority, .. } = condition;
    let is_empty = |one: &StringMatch| one.pattern() == Pattern::Empty;
    condition.uri.as_ref().is_none_or(is_empty)
        && [scheme, method, authority].into_iter().flatten().all(|one| is_empty(one))
        && condition.headers.is_empty()
        && condition.without_headers.is_empty()
        && condition.query_params.is_empty()
}

fn has_source(condition: &HttpMatch) -> bool {
    let namespace = condition.source_namespace.as_ref();
    !condition.source_labels.is_empty() || namespace.is_some_and(|name| !name.value.is_empty())
}

fn is_restricted(condition: &HttpMatch) -> bool {
    condition.port.is_some_and(|port| port.value != 0)
        || !condition.gateways.is_empty()
        || has_source(condition)
}

/// Matches that are dead in every VirtualService that has them: those of a delegate may be in several. With each goes what
/// is to be said of it, found in the first.
#[derive(Debug)]
pub(super) struct Everywhere<T> {
    all: IndexMap<Origin, Option<T>, FxBuildHasher>,
}

impl<T> Default for Everywhere<T> {
    fn default() -> Self {
        Self { all: IndexMap::default() }
    }
}

impl<T> Everywhere<T> {
    /// Adds a match of one VirtualService; `dead`: why it is.
    pub(super) fn add(&mut self, entry: &Entry<'_>, dead: Option<T>) {
        if entry.rule.delegated_by.is_none() {
            if dead.is_some() {
                self.all.insert(entry.origin, dead);
            }
            return;
        }
        match self.all.entry(entry.origin) {
            indexmap::map::Entry::Occupied(mut known) if dead.is_none() => {
                known.insert(None);
            }
            indexmap::map::Entry::Occupied(_) => {}
            indexmap::map::Entry::Vacant(place) => {
                place.insert(dead);
            }
        }
    }

    /// The dead ones.
    pub(super) fn into_dead(self) -> Vec<(Origin, T)> {
        self.all.into_iter().filter_map(|(origin, dead)| Some((origin, dead?))).collect()
    }
}

/// The matches of a VirtualService in order.
pub(super) fn entries(service: &VirtualService) -> Vec<Entry<'_>> {
    let count = service.http.iter().map(|rule| rule.http.matches.len().max(1)).sum();
    let mut all = Vec::with_capacity(count);
    for rule in &service.http {
        let conditions = rule.http.matches.iter().enumerate();
        all.extend(conditions.map(|(at, condition)| Entry {
            rule,
            condition: Some(condition),
            origin: rule.own_origin(at),
        }));
        if rule.http.matches.is_empty() {
            all.push(Entry { rule, condition: None, origin: rule.origin });
        }
    }
    all
}

/// What the matches of rules ask for, in order; none: a rule without match.
fn conditions(rules: &[Rule]) -> impl Iterator<Item = Option<&HttpMatch>> {
    rules.iter().flat_map(|rule| {
        let without = rule.http.matches.is_empty().then_some(None);
        rule.http.matches.iter().map(Some).chain(without)
    })
}

/// For each match the first one before it that takes every request wherever it applies.
pub(super) fn behind_catch_alls(entries: &[Entry<'_>]) -> Vec<Option<usize>> {
    let mut known: Vec<usize> = Vec::new();
    let mut all = Vec::with_capacity(entries.len());
    for (at, entry) in entries.iter().enumerate() {
        let cover = known.iter().copied().find(|&before| entries[before].applies_with(entry));
        // One that is itself behind another covers nothing more; so there are few.
        if cover.is_none() && entry.is_catch_all() && known.len() < MOST_CATCH_ALLS {
            known.push(at);
        }
        all.push(cover);
    }
    all
}

/// How many catch-alls of different ports and gateways are looked at.
const MOST_CATCH_ALLS: usize = 64;

/// So many matches are compared one by one, which for few is cheaper than sorting them.
const FEW: usize = 16;

/// Whether others before them may shadow some of the matches of rules.
pub(super) fn may_shadow(rules: &[Rule]) -> bool {
    let all = || conditions(rules).zip(0..);
    if all().nth(FEW).is_some() { Suspects::new(all()).is_any() } else { any_suspect_of_few(all()) }
}

/// Matches that others before them shadow together, without those behind a catch-all. There are none in VirtualServices that
/// are not marked by `SHADOW`.
pub(super) fn by_matches(
    service: &VirtualService,
    entries: &[Entry<'_>],
    budget: &mut Budget,
) -> Vec<(usize, Shadow)> {
    let behind = behind_catch_alls(entries);
    let suspects = Suspects::new((0..).zip(entries).map(|(at, entry)| (entry.condition, at)));
    let asked = |at: &usize| behind[*at].is_none() && suspects.has(*at);
    let asked: Vec<usize> = (0..entries.len()).filter(asked).collect();
    if asked.is_empty() {
        return Vec::new();
    }
    let related = suspects.related(&asked);
    let matcher = |&at: &usize| entries[at].matcher();
    let matchers: Vec<RouteMatch> = related.iter().map(matcher).collect();
    let references: Vec<&RouteMatch> = matchers.iter().collect();
    let domains: Vec<&str> = service.hosts.iter().map(|host| host.value.as_str()).collect();
    let host = example(&domains);
    let mut routes = Routes::new(&references, &domains, &host, *budget);
    let mut found = Vec::new();
    let is_asked = |at: &usize| asked.binary_search(at).is_ok();
    for (index, &at) in related.iter().enumerate().filter(|(_, at)| is_asked(at)) {
        let counts = |before: usize| entries[related[before]].applies_with(&entries[at]);
        if let Reach::Shadowed(shadow) = routes.reach(index, counts) {
            found.push((at, shadow.renumbered(&related)));
        }
    }
    *budget = routes.budget();
    found
}

/// A host of which requests are shown.
fn example(domains: &[&str]) -> String {
    let first = domains.first().copied().unwrap_or("example.com");
    match first.strip_prefix('*') {
        None => first.to_owned(),
        Some("") => "example.com".to_owned(),
        Some(suffix) => format!("www{suffix}"),
    }
}
