//! Rules of delegates, merged into those of their roots (spec 2, section 2; mirrors istio 1.32
//! `virtualservice.go: MergeHTTPRoutes`).

use std::borrow::Borrow;
use std::sync::Arc;

use rustc_hash::FxHashMap;

use super::names::{fqdn, gateway_name};
use super::virtual_services::{Rule, Unspliced, UnsplicedReason};
use super::{ExportTo, ObjectRef, Origin, Part, Store};
use crate::istio::decode::Map;
use crate::istio::virtual_service::{
    Delegate, Destination, HttpMatch, HttpRoute, StringMatch, Text,
};
use crate::text::{Spanned, Str};

/// What splicing needs to know.
#[derive(Clone, Copy)]
pub(super) struct Splice<'s> {
    pub(super) store: &'s Store,
    pub(super) domain: &'s str,
    pub(super) default: &'s [&'s str],
    pub(super) by_name: &'s FxHashMap<(&'s str, &'s str), u32>,
}

/// How many matches the rules of a delegate may have after they are merged with those of one root rule. istiod has no
/// such limit; what is merged is a product, of which few lines of input make gigabytes.
pub const MERGED_MATCHES: usize = 10_000;

/// How many that may be for all roots together.
const ALL_MERGED_MATCHES: usize = 20 * MERGED_MATCHES;

/// How many pairs of a root's and a delegate's match are compared for one rule.
const PAIRS: usize = 100 * MERGED_MATCHES;

/// How many matches may still be merged, for all roots.
pub(super) struct Budget(usize);

impl Default for Budget {
    fn default() -> Self {
        Self(ALL_MERGED_MATCHES)
    }
}

/// The rule that delegates.
pub(super) struct Root<'s> {
    pub(super) rule: &'s Arc<HttpRoute>,
    pub(super) origin: Origin,
    pub(super) namespace: &'s Arc<str>,
}

/// Puts the delegate's rules in the place of the root's.
pub(super) fn splice(
    cx: &Splice<'_>,
    root: &Root<'_>,
    wanted: &Delegate,
    budget: &mut Budget,
    rules: &mut Vec<Rule>,
    unspliced: &mut Vec<Unspliced>,
) {
    let text = |text: &Text| text.as_ref().map_or(String::new(), |text| text.value.to_string());
    let mut namespace = text(&wanted.namespace);
    if namespace.is_empty() {
        namespace = root.namespace.to_string();
    }
    let name = text(&wanted.name);
    let key = format!("{namespace}/{name}");
    let mut leave_out = |what: Origin, of: Option<Origin>, reason| {
        unspliced.push(Unspliced { what, root: of, reason, delegate: key.clone() });
    };
    let Some(&index) = cx.by_name.get(&(namespace.as_str(), name.as_str())) else {
        return leave_out(root.origin, None, UnsplicedReason::Missing);
    };
    let object = &cx.store.virtual_services[index as usize];
    if !object.spec.hosts.is_empty() {
        return leave_out(root.origin, None, UnsplicedReason::HasHosts);
    }
    let exported = object.spec.export_to.iter().map(|name| name.value.as_str());
    let export_to = ExportTo::new(exported, cx.default.iter().copied(), &namespace);
    if !export_to.is_public() && !export_to.names(root.namespace) {
        return leave_out(root.origin, None, UnsplicedReason::NotExported);
    }
    let namespace: Arc<str> = namespace.into();
    let root_rule = resolved(root.rule, root.namespace, cx.domain);
    let mut own_budget = MERGED_MATCHES.min(budget.0);
    for (at, leaf) in (0..).zip(&object.spec.http) {
        let this = ObjectRef::VirtualService(index);
        let origin = Origin::new(this, Part::Http(at), leaf.span);
        let leaf_at = |j: usize| {
            let j = u32::try_from(j).expect("fewer than 2^32 matches in a document");
            Origin::new(this, Part::HttpMatch(at, j), leaf.matches[j as usize].span)
        };
        let leaf_rule = resolved(leaf, &namespace, cx.domain);
        let matches = match merge_matches(&root_rule.matches, &leaf_rule.matches, own_budget) {
            Ok(matches) => matches,
            Err(reason) => {
                leave_out(origin, Some(root.origin), reason);
                continue;
            }
        };
        // A rule without matches counts, too.
        let taken = matches.len().max(1);
        own_budget = own_budget.saturating_sub(taken);
        budget.0 = budget.0.saturating_sub(taken);
        let Part::Http(root_at) = root.origin.part else { continue };
        let origins = matches
            .iter()
            .map(|(leaf, root_match, _)| match (leaf, root_match) {
                (Some(leaf), _) => leaf_at(*leaf),
                (None, Some(j)) => {
                    let part = Part::HttpMatch(root_at, u32::try_from(*j).unwrap_or(u32::MAX));
                    Origin::new(root.origin.object, part, root.rule.matches[*j].span)
                }
                (None, None) => origin,
            })
            .collect();
        let matches = matches.into_iter().map(|(.., merged)| merged).collect();
        rules.push(Rule {
            http: Arc::new(merge(&root_rule, leaf_rule, matches)),
            origin,
            matches: Some(origins),
            delegated_by: Some(Box::new(root.origin)),
            namespace: Arc::clone(&namespace),
        });
    }
}

/// A copy of a rule in which hosts and gateways no longer depend on a namespace.
fn resolved(rule: &HttpRoute, namespace: &str, domain: &str) -> HttpRoute {
    let mut rule = rule.clone();
    let complete = |destination: &mut Destination| {
        if let Some(host) = &mut destination.host {
            host.value = fqdn(&host.value, namespace, domain).into();
        }
    };
    rule.route.iter_mut().filter_map(|entry| entry.destination.as_mut()).for_each(complete);
    rule.mirrors.iter_mut().filter_map(|entry| entry.destination.as_mut()).for_each(complete);
    rule.mirror.iter_mut().for_each(|mirror| complete(mirror));
    for gateway in rule.matches.iter_mut().flat_map(|m| &mut m.gateways) {
        gateway.value = gateway_name(&gateway.value, namespace).into();
    }
    rule
}

/// Fields of the root that a delegate's rule inherits where it has none of its own.
fn merge(root: &HttpRoute, mut leaf: HttpRoute, matches: Vec<HttpMatch>) -> HttpRoute {
    leaf.name = join_names(root.name.clone(), leaf.name);
    leaf.matches = matches;
    macro_rules! inherit {
        ($($field:ident),*) => { $(if leaf.$field.is_none() { leaf.$field.clone_from(&root.$field); })* };
    }
    inherit!(
        rewrite,
        direct_response,
        timeout,
        retries,
        fault,
        mirror,
        mirror_percent,
        mirror_percentage,
        cors_policy,
        headers
    );
    if leaf.mirrors.is_empty() {
        leaf.mirrors.clone_from(&root.mirrors);
    }
    leaf.delegate = None;
    leaf
}

/// `root-leaf`, or whichever is there.
fn join_names<T>(root: Option<T>, leaf: Option<T>) -> Option<T>
where
    T: Borrow<Spanned<Str>> + From<Spanned<Str>>,
{
    let text = |name: &Option<T>| {
        name.as_ref().map_or(String::new(), |name| name.borrow().value.to_string())
    };
    let (r, l) = (text(&root), text(&leaf));
    match (r.is_empty(), l.is_empty()) {
        (_, true) => root,
        (true, _) => leaf,
        (false, false) => {
            leaf.map(|name| Spanned::new(Str::from(format!("{r}-{l}")), name.borrow().span).into())
        }
    }
}

/// A merged match, with the indices of the delegate's and the root's match that it comes from.
type Merged = (Option<usize>, Option<usize>, HttpMatch);

/// Combines match lists (R-2.10; mirrors `mergeHTTPMatchRequests`): for each match of the delegate all of the root
/// that do not contradict it. It fails where one match of the delegate contradicts all of the root, and where there
/// are more than `budget`.
fn merge_matches(
    root: &[HttpMatch],
    leaf: &[HttpMatch],
    budget: usize,
) -> Result<Vec<Merged>, UnsplicedReason> {
    if root.is_empty() || leaf.is_empty() {
        if root.len().max(leaf.len()).max(1) > budget {
            return Err(UnsplicedReason::TooManyMatches);
        }
        let leaf = leaf.iter().enumerate().map(|(at, m)| (Some(at), None, m.clone()));
        let root = root.iter().enumerate().map(|(at, m)| (None, Some(at), m.clone()));
        return Ok(leaf.chain(root).collect());
    }
    if root.len().saturating_mul(leaf.len()) > PAIRS {
        return Err(UnsplicedReason::TooManyMatches);
    }
    let mut merged = Vec::new();
    for (at, leaf) in leaf.iter().enumerate() {
        let before = merged.len();
        let mut field = "";
        for (j, root) in root.iter().enumerate() {
            if let Some(differing) = conflict(root, leaf) {
                field = differing;
                continue;
            }
            if merged.len() == budget {
                return Err(UnsplicedReason::TooManyMatches);
            }
            merged.push((Some(at), Some(j), merge_match(root, leaf)));
        }
        if merged.len() == before {
            let at = u32::try_from(at).expect("fewer than 2^32 matches in a document");
            return Err(UnsplicedReason::Conflict { at, field });
        }
    }
    Ok(merged)
}

/// R-2.13 (mirrors `mergeHTTPMatchRequest`).
fn merge_match(root: &HttpMatch, leaf: &HttpMatch) -> HttpMatch {
    let mut merged = leaf.clone();
    merged.name = join_names(root.name.clone(), leaf.name.clone());
    macro_rules! inherit {
        ($($field:ident),*) => { $(if merged.$field.is_none() { merged.$field.clone_from(&root.$field); })* };
    }
    inherit!(uri, scheme, method, authority, source_namespace, stat_prefix);
    if merged.port.is_none_or(|port| port.value == 0) {
        merged.port = root.port;
    }
    if merged.gateways.is_empty() {
        merged.gateways.clone_from(&root.gateways);
    }
    unite(&mut merged.headers, &root.headers);
    unite(&mut merged.without_headers, &root.without_headers);
    unite(&mut merged.query_params, &root.query_params);
    unite(&mut merged.source_labels, &root.source_labels);
    merged
}

/// Adds the root's entries whose keys the delegate does not have.
fn unite<T: Clone>(leaf: &mut Map<T>, root: &Map<T>) {
    for (key, value) in root.iter() {
        if leaf.get(key).is_none() {
            leaf.entries.push((key.clone(), value.clone()));
        }
    }
}

/// The first field in which a match of a delegate contradicts one of the root (R-2.11; mirrors `hasConflict`).
fn conflict(root: &HttpMatch, leaf: &HttpMatch) -> Option<&'static str> {
    let case = |m: &HttpMatch| m.ignore_uri_case.is_some_and(|ignore| ignore.value);
    let port = |m: &HttpMatch| m.port.map_or(0, |port| port.value);
    let namespace =
        |m: &HttpMatch| m.source_namespace.as_ref().map_or(String::new(), |n| n.value.to_string());
    let strings = |root: Option<&StringMatch>, leaf: Option<&StringMatch>| match (root, leaf) {
        (Some(root), Some(leaf)) => string_conflicts(root, leaf),
        _ => false,
    };
    let maps = |root: &Map<StringMatch>, leaf: &Map<StringMatch>| {
        leaf.iter()
            .any(|(key, leaf)| root.get(key).is_some_and(|root| string_conflicts(root, leaf)))
    };
    let labels = |root: &HttpMatch, leaf: &HttpMatch| {
        leaf.source_labels.iter().any(|(key, value)| {
            root.source_labels.get(key).is_some_and(|wanted| wanted.value != value.value)
        })
    };
    let field = if strings(root.uri.as_ref(), leaf.uri.as_ref()) {
        "uri"
    } else if strings(root.scheme.as_deref(), leaf.scheme.as_deref()) {
        "scheme"
    } else if strings(root.method.as_deref(), leaf.method.as_deref()) {
        "method"
    } else if strings(root.authority.as_deref(), leaf.authority.as_deref()) {
        "authority"
    } else if maps(&root.headers, &leaf.headers) {
        "headers"
    } else if maps(&root.without_headers, &leaf.without_headers) {
        "withoutHeaders"
    } else if maps(&root.query_params, &leaf.query_params) {
        "queryParams"
    } else if case(root) != case(leaf) {
        "ignoreUriCase"
    } else if port(root) > 0 && port(leaf) > 0 && port(root) != port(leaf) {
        "port"
    } else if !namespace(root).is_empty() && namespace(root) != namespace(leaf) {
        "sourceNamespace"
    } else if labels(root, leaf) {
        "sourceLabels"
    } else if gateways_conflict(root, leaf) {
        "gateways"
    } else {
        return None;
    };
    Some(field)
}

fn gateways_conflict(root: &HttpMatch, leaf: &HttpMatch) -> bool {
    if root.gateways.is_empty() || leaf.gateways.is_empty() {
        return false;
    }
    let known = |name: &Spanned<Str>| root.gateways.iter().any(|other| other.value == name.value);
    leaf.gateways.len() > root.gateways.len() || !leaf.gateways.iter().all(known)
}

/// R-2.12 (mirrors `stringMatchConflict`).
fn string_conflicts(root: &StringMatch, leaf: &StringMatch) -> bool {
    use crate::istio::virtual_service::Pattern::{Exact, Prefix};
    let set = |text: &Spanned<Str>| !text.value.is_empty();
    match (root.pattern(), leaf.pattern()) {
        (Exact(r), Exact(l)) if set(r) => r.value != l.value,
        (Prefix(r), Prefix(l) | Exact(l)) if set(r) && set(l) => {
            !l.value.starts_with(r.value.as_str())
        }
        _ => true,
    }
}
