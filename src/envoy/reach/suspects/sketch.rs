//! What is told of a route by its condition alone: what its paths begin with, and the headers and parameters it asks for.

use std::borrow::Cow;

use rustc_hash::FxHashMap;

use super::super::conditions::Dimension;
use super::super::literal::{is_key, literal_start};
use crate::envoy::matching::Occurrence;
use crate::istio::decode::Map;
use crate::istio::virtual_service::{HttpMatch, Pattern, StringMatch};
use crate::text::is_placeholder;

/// What is told of a route.
#[derive(Debug)]
pub(super) struct Sketch<'t> {
    pub(super) start: Cow<'t, str>,
    pub(super) kind: Kind,
    /// The condition, if it says anything of headers or parameters.
    pub(super) keyed: Option<&'t HttpMatch>,
    pub(super) giver: u32,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    Exact,
    Prefix,
    Regex,
}

/// The name of a header in lower case, or of a query parameter.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(super) enum Key<'t> {
    Header(Cow<'t, str>),
    Query(&'t str),
}

/// What is wanted of a value.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) enum Wanted<'t> {
    Exact(&'t str),
    Other,
    /// Stands for both.
    Any,
}

impl Sketch<'_> {
    /// Whether another route is suspect for this one, which is before it.
    pub(super) fn may_shadow(&self, other: &Self) -> bool {
        let goes_on = other.start.starts_with(&*self.start);
        let is_below = other.kind == Kind::Regex
            && self.start.len() > other.start.len()
            && self.start.starts_with(&*other.start);
        let meets = is_below
            || match self.kind {
                Kind::Exact => other.kind != Kind::Prefix && self.start == other.start,
                Kind::Prefix | Kind::Regex => goes_on,
            };
        meets
            && self.giver != other.giver
            && self.keyed.and_then(key).is_none_or(|(key, wanted)| {
                let asked = other.keyed.map_or_else(Vec::new, asked);
                let is_met = |(own, value): &(Key<'_>, Wanted<'_>)| {
                    *own == key
                        && (*value == Wanted::Any || [*value, Wanted::Other].contains(&wanted))
                };
                asked.iter().any(is_met) || (is_below && !asked.is_empty())
            })
    }
}

pub(super) fn sketch(condition: Option<&HttpMatch>, giver: u32) -> Sketch<'_> {
    let uri = condition.and_then(|condition| condition.uri.as_ref());
    let (start, kind) = match uri.map_or(Pattern::Empty, StringMatch::pattern) {
        Pattern::Exact(text) => (text.value.as_str(), Kind::Exact),
        Pattern::Prefix(text) => (text.value.as_str(), Kind::Prefix),
        Pattern::Regex(text) => (literal_start(&text.value), Kind::Regex),
        Pattern::Empty => ("", Kind::Prefix),
    };
    // All paths begin so.
    let start = if start.is_empty() && kind != Kind::Exact { "/" } else { start };
    let keyed = condition.filter(|one| {
        !(one.headers.is_empty() && one.without_headers.is_empty() && one.query_params.is_empty())
    });
    Sketch { start: lower(start), kind, keyed, giver }
}

fn lower(text: &str) -> Cow<'_, str> {
    if text.bytes().any(|byte| byte.is_ascii_uppercase()) {
        Cow::Owned(text.to_ascii_lowercase())
    } else {
        Cow::Borrowed(text)
    }
}

/// A header or parameter without which a condition does not hold, if it has any that a request may lack; an exact value
/// rather than another.
pub(super) fn key(condition: &HttpMatch) -> Option<(Key<'_>, Wanted<'_>)> {
    let headers = condition.headers.iter().filter_map(|(name, value)| {
        let name = lower(name);
        let is_optional = matches!(Occurrence::of(&name), Occurrence::Once | Occurrence::Often);
        (is_optional && is_key(&name)).then(|| (Key::Header(name), wanted(value)))
    });
    let parameters = condition.query_params.iter().filter_map(|(name, value)| {
        let occurrence = Dimension::Query(name.value.to_string()).occurrence();
        (occurrence == Occurrence::Once).then(|| (Key::Query(name), wanted(value)))
    });
    let mut first = None;
    for key in headers.chain(parameters) {
        if matches!(key.1, Wanted::Exact(_)) {
            return Some(key);
        }
        first = first.or(Some(key));
    }
    first
}

/// The headers that a condition does not want, whatever of them.
pub(super) fn denied(condition: &HttpMatch) -> impl Iterator<Item = Key<'_>> {
    condition.without_headers.iter().map(|(name, _)| Key::Header(lower(name)))
}

fn wanted(value: &StringMatch) -> Wanted<'_> {
    match value.pattern() {
        Pattern::Exact(text) => Wanted::Exact(&text.value),
        _ => Wanted::Other,
    }
}

/// The headers and parameters that a condition says anything of, with the value where it is one.
pub(super) fn asked(condition: &HttpMatch) -> Vec<(Key<'_>, Wanted<'_>)> {
    let exact = |value| match wanted(value) {
        Wanted::Exact(text) if !is_placeholder(text) => Wanted::Exact(text),
        _ => Wanted::Any,
    };
    let names = |map: &'_ Map<StringMatch>| map.entries.len();
    let count = names(&condition.headers) + names(&condition.without_headers);
    let mut all = Vec::with_capacity(count + names(&condition.query_params));
    all.extend(
        condition.headers.iter().map(|(name, value)| (Key::Header(lower(name)), exact(value))),
    );
    all.extend(
        condition.without_headers.iter().map(|(name, _)| (Key::Header(lower(name)), Wanted::Any)),
    );
    all.extend(condition.query_params.iter().map(|(name, value)| (Key::Query(name), exact(value))));
    if let [_] = &*all {
        return all;
    }
    // What is asked twice may need several values.
    let mut known: FxHashMap<Key<'_>, usize> = FxHashMap::default();
    for at in 0..all.len() {
        if let Some(first) = known.insert(all[at].0.clone(), at) {
            all[first].1 = Wanted::Any;
            all[at].1 = Wanted::Any;
        }
    }
    all
}
