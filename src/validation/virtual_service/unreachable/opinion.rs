//! Istio's test of prefixes (U-5): which earlier condition, in its opinion, covers a later one.

use std::collections::BTreeSet;

use rustc_hash::FxHashMap;

use crate::istio::decode::Map;
use crate::istio::virtual_service::{HttpMatch, Pattern, StringMatch};

/// At most so many pairs are compared in one object; Istio compares all.
const MOST_PAIRS: usize = 1_000_000;

/// Conditions by the prefix of their path.
pub(super) struct Prefixes<'v> {
    places: FxHashMap<&'v str, Vec<usize>>,
    lengths: BTreeSet<usize>,
    pairs: usize,
}

impl<'v> Prefixes<'v> {
    pub(super) fn new() -> Self {
        Self { places: FxHashMap::default(), lengths: BTreeSet::new(), pairs: MOST_PAIRS }
    }

    /// The first of `known` that covers `condition`, by its number there; `condition` is noted as the number `at`.
    pub(super) fn cover(
        &mut self,
        condition: &'v HttpMatch,
        at: usize,
        known: impl Fn(usize) -> &'v HttpMatch,
    ) -> Option<usize> {
        let prefix = prefix(condition)?;
        let shorter = self.lengths.range(..prefix.len());
        let texts = shorter.filter_map(|length| prefix.get(..*length));
        let places = texts.filter_map(|text| self.places.get(text)).flatten().take(self.pairs);
        let mut found: Option<usize> = None;
        let mut compared = 0;
        for &other in places {
            compared += 1;
            if covers(known(other), condition) {
                found = Some(found.map_or(other, |found| found.min(other)));
            }
        }
        self.pairs -= compared;
        self.places.entry(prefix).or_default().push(at);
        self.lengths.insert(prefix.len());
        found
    }
}

fn prefix(condition: &HttpMatch) -> Option<&str> {
    match condition.uri.as_ref()?.pattern() {
        Pattern::Prefix(text) if !text.value.is_empty() => Some(&text.value),
        _ => None,
    }
}

/// Mirrors istio 1.32 `pkg/config/validation: coveredValidation`: what is more than the prefix. Schemes, gateways, labels
/// and the case of paths play no part.
fn covers(earlier: &HttpMatch, later: &HttpMatch) -> bool {
    let port = |condition: &HttpMatch| condition.port.map_or(0, |port| port.value);
    let method = |condition: &'_ HttpMatch| match text_of(condition.method.as_deref()) {
        Some((kind, text)) => (kind, text.to_owned()),
        None => (Kind::Exact, "GET".to_owned()),
    };
    let ((kind, text), (other_kind, other)) = (method(earlier), method(later));
    port(earlier) == port(later)
        && kind == other_kind
        && text.starts_with(&other)
        && narrows(earlier.authority.as_deref(), later.authority.as_deref())
        && all_narrow(&earlier.headers, &later.headers)
        && all_narrow(&earlier.query_params, &later.query_params)
        && all_narrow(&earlier.without_headers, &later.without_headers)
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    Exact,
    Prefix,
}

/// What Istio compares; regular expressions are as nothing to it.
fn text_of(value: Option<&StringMatch>) -> Option<(Kind, &str)> {
    match value?.pattern() {
        Pattern::Exact(text) => Some((Kind::Exact, &text.value)),
        Pattern::Prefix(text) => Some((Kind::Prefix, &text.value)),
        Pattern::Regex(_) | Pattern::Empty => None,
    }
}

/// Whether the text of the earlier one begins with that of the later one: this direction is Istio's.
fn narrows(earlier: Option<&StringMatch>, later: Option<&StringMatch>) -> bool {
    match (text_of(earlier), text_of(later)) {
        (_, None) => true,
        (None, Some(_)) => false,
        (Some((kind, text)), Some((other_kind, other))) => {
            kind == other_kind && text.starts_with(other)
        }
    }
}

fn all_narrow(earlier: &Map<StringMatch>, later: &Map<StringMatch>) -> bool {
    let (earlier, later) = (&earlier.entries, &later.entries);
    let twin = |key: &str| later.iter().find(|(name, _)| name.value == key).map(|(_, value)| value);
    earlier.len() == later.len()
        && earlier.iter().all(|(key, value)| {
            twin(&key.value).is_some_and(|twin| narrows(Some(value), Some(twin)))
        })
}
