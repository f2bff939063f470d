//! GW005: a match with nothing in it, before others.

use indexmap::IndexMap;
use rustc_hash::{FxBuildHasher, FxHashMap, FxHashSet};

use crate::envoy::reach::Budget;
use crate::istio::Object;
use crate::istio::virtual_service::{HttpMatch, VirtualService};
use crate::mesh::{ObjectRef, Origin, Part};
use crate::rules::behind::{Behind, behind_catch_alls, unreached};
use crate::rules::marks::Marks;
use crate::rules::prelude::*;
use crate::rules::shadowed::{Entry, asks_nothing, by_matches, entries};
use crate::text::Span;

rule! {
    /// ## What it reports
    /// A match that has nothing in it, and takes the requests of rules behind it: `uri`, `scheme`, `method` or
    /// `authority` is written with nothing after it or with `{}`, or there is nothing but a name. As the last rule such
    /// a match is a usual catch-all, and not reported.
    ///
    /// ## Why it matters
    /// istiod reads an empty comparison as if it were not there, so the match takes every request. Mostly a line is
    /// indented too little: `prefix` stands beside `uri` and not below it.
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
    ///   - match:
    ///     - uri:
    ///     route: [{destination: {host: api}}]
    ///   - match: [{uri: {prefix: /cart}}]
    ///     route: [{destination: {host: cart}}]
    ///   - route: [{destination: {host: web}}]
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
    ///   - match:
    ///     - uri:
    ///         prefix: /api
    ///     route: [{destination: {host: api}}]
    ///   - match: [{uri: {prefix: /cart}}]
    ///     route: [{destination: {host: cart}}]
    ///   - route: [{destination: {host: web}}]
    /// ```
    NULL_MATCH = "GW005" "null-match", Error;
}

/// What a match has nothing in, and where.
type Blank = (Option<&'static str>, Span);

/// The matches that have nothing in them.
type Blanks = FxHashMap<(ObjectRef, Part), Blank>;

fn check(world: &World<'_>, out: &mut Findings) {
    let blank = blank(world);
    if blank.is_empty() {
        return;
    }
    let mut behind: IndexMap<Origin, Vec<Origin>, FxBuildHasher> = IndexMap::default();
    let behind_presence = behind_presence(world, &blank);
    let behind_all = behind_catch_alls(world).into_iter().filter(|one| !one.is_at_gateways);
    for Behind { what, by, .. } in behind_all.chain(behind_presence) {
        if blank.contains_key(&(by.object, by.part)) {
            behind.entry(by).or_default().push(what);
        }
    }
    for (by, dead) in behind {
        // What stands beside it in the same rule leads to the same place.
        if let Some(&first) = dead.iter().find(|what| rule(what) != rule(&by)) {
            report(world, out, by, blank[&(by.object, by.part)], first, &dead);
        }
    }
}

fn report(
    world: &World<'_>,
    out: &mut Findings,
    by: Origin,
    (field, span): Blank,
    first: Origin,
    dead: &[Origin],
) {
    let what = match field {
        Some(field) => format!("empty `{field}`"),
        None => "a match without conditions".to_owned(),
    };
    let message = format!("{what} matches everything: {} never reached", count(world, by, dead));
    let report = out.report(&NULL_MATCH, world.subject(by.object), span, message);
    report.label(first.span, "never reached");
    report.help(match field {
        Some(field) => format!("write a condition below `{field}`, or move the rule to the end"),
        None => "write a condition, or move the rule to the end".to_owned(),
    });
    for what in dead {
        report.about(what.span).unreached(world.elements(unreached(world, *what)));
    }
}

/// How many rules are lost behind a match; of matches, where a rule keeps some.
fn count(world: &World<'_>, by: Origin, dead: &[Origin]) -> String {
    let others = || dead.iter().filter(|what| rule(what) != rule(&by));
    let rules: FxHashSet<(ObjectRef, u32)> = others().filter_map(rule).collect();
    let parts: usize = rules.iter().map(|rule| matches_of(world, *rule).len().max(1)).sum();
    let (count, what) = match others().count() {
        matches if matches < parts => (matches, "match"),
        _ => (rules.len(), "rule"),
    };
    match (count, what) {
        (1, what) => format!("a {what} after it is"),
        (more, "match") => format!("{more} matches after it are"),
        (more, what) => format!("{more} {what}s after it are"),
    }
}

/// What is behind a match that istiod takes for none of all requests, as it asks for a method, scheme or host of whatever
/// text (spec 2, R-6.1). Silent about delegates.
fn behind_presence(world: &World<'_>, blank: &Blanks) -> Vec<Behind> {
    let is_blank = |entry: &Entry<'_>| {
        let origin = entry.origin;
        let is_own = entry.rule.delegated_by.is_none();
        is_own && !entry.is_catch_all() && blank.contains_key(&(origin.object, origin.part))
    };
    let objects: FxHashSet<ObjectRef> = blank.keys().map(|(object, _)| *object).collect();
    let mut budget = Budget::default();
    let mut all = Vec::new();
    for (_, service) in world.having(Marks::SHADOW) {
        if !objects.contains(&ObjectRef::VirtualService(service.index)) {
            continue;
        }
        let entries = entries(service);
        if !entries.iter().any(is_blank) {
            continue;
        }
        for (at, shadow) in by_matches(service, &entries, &mut budget) {
            let by = &entries[shadow.taker];
            let is_own = entries[at].rule.delegated_by.is_none();
            if is_own && shadow.by.len() == 1 && is_blank(by) {
                let what = entries[at].origin;
                all.push(Behind { what, by: by.origin, is_at_gateways: false });
            }
        }
    }
    all
}

/// The matches that have nothing in them, but for those of last rules.
fn blank(world: &World<'_>) -> Blanks {
    let mut all = FxHashMap::default();
    for (at, object) in world.written_having(Marks::BLANK) {
        let rules = object.spec.http.len();
        // A delegate's last rule is followed by those of the root.
        let is_delegate = object.spec.hosts.is_empty();
        let rules = if is_delegate { rules } else { rules.saturating_sub(1) };
        for (i, rule) in (0..).zip(object.spec.http.iter().take(rules)) {
            for (j, condition) in (0..).zip(&rule.matches) {
                if let Some(blank) = blank_of(object, condition) {
                    all.insert((ObjectRef::VirtualService(at), Part::HttpMatch(i, j)), blank);
                }
            }
        }
    }
    all
}

fn blank_of(object: &Object<VirtualService>, condition: &HttpMatch) -> Option<Blank> {
    if !asks_nothing(condition) {
        return None;
    }
    let mut keys = object.blank.iter();
    if let Some(key) = keys.find(|key| condition.span.contains(key.span)) {
        return Some((Some(key.value), key.span));
    }
    // With unknown fields in it.
    if let Some(uri) = &condition.uri {
        return Some((Some("uri"), uri.span));
    }
    let is_for_all = condition.port.is_none()
        && condition.gateways.is_empty()
        && condition.source_labels.is_empty()
        && condition.source_namespace.is_none();
    is_for_all.then_some((None, condition.span))
}

fn matches_of<'a>(world: &World<'a>, (object, rule): (ObjectRef, u32)) -> &'a [HttpMatch] {
    let ObjectRef::VirtualService(at) = object else { return &[] };
    let written = world.mesh.store.virtual_services.get(at as usize);
    let rule = written.and_then(|written| written.spec.http.get(rule as usize));
    rule.map_or(&[][..], |rule| rule.matches.as_slice())
}

/// The rule that a match is of.
fn rule(origin: &Origin) -> Option<(ObjectRef, u32)> {
    match origin.part {
        Part::Http(i) | Part::HttpMatch(i, _) => Some((origin.object, i)),
        _ => None,
    }
}
