//! Which routes may take a request, without looking at all of them.

use std::borrow::Cow;
use std::collections::BTreeSet;

use rustc_hash::FxHashMap;

use super::conditions::{Condition, Conditions, Dimension};
use super::text::Text;
use super::witness::Witness;
use crate::envoy::matching::Occurrence;

/// Routes by what their path begins with, and further by one value that they ask for.
#[derive(Debug, Default)]
pub(super) struct Index<'t> {
    exact: FxHashMap<Cow<'t, str>, Bucket>,
    prefix: FxHashMap<Cow<'t, str>, Bucket>,
    /// By path in lower case.
    folded_exact: FxHashMap<String, Bucket>,
    folded_prefix: FxHashMap<String, Bucket>,
    /// The lengths of all prefixes.
    lengths: BTreeSet<usize>,
}

/// Routes that a path may lead to, in their order.
#[derive(Debug, Default)]
struct Bucket {
    /// By the value of a dimension that they ask for.
    by_value: FxHashMap<(Dimension, String), Vec<usize>>,
    rest: Vec<usize>,
}

impl<'t> Index<'t> {
    /// Adds the next route.
    pub(super) fn add(&mut self, at: usize, conditions: &Conditions<'t>) {
        let path = conditions.all.iter().find(|one| one.dimension == Dimension::Path);
        let bucket = match path.and_then(|path| path.text.as_ref()) {
            Some(Text::Exact(text)) => self.exact.entry(Cow::Borrowed(text)).or_default(),
            Some(Text::FoldedExact(text)) => {
                self.folded_exact.entry(text.to_ascii_lowercase()).or_default()
            }
            Some(Text::FoldedPrefix(text)) => {
                self.lengths.insert(text.len());
                self.folded_prefix.entry(text.to_ascii_lowercase()).or_default()
            }
            Some(Text::Prefix(text)) => {
                self.lengths.insert(text.len());
                self.prefix.entry(Cow::Borrowed(text)).or_default()
            }
            Some(Text::Regex(automaton)) => {
                let text = String::from_utf8(automaton.common_prefix()).unwrap_or_default();
                self.lengths.insert(text.len());
                self.prefix.entry(Cow::Owned(text)).or_default()
            }
            None => {
                self.lengths.insert(0);
                self.prefix.entry(Cow::Borrowed("")).or_default()
            }
        };
        match conditions.all.iter().filter_map(key).max_by_key(|(dimension, _)| rank(dimension)) {
            Some((dimension, value)) => {
                let key = (dimension.clone(), value.to_owned());
                bucket.by_value.entry(key).or_default().push(at);
            }
            None => bucket.rest.push(at),
        }
    }

    /// The lists of routes that may take a request: `path`, without query, as it comes to the router.
    pub(super) fn candidates(&self, path: &str, witness: &Witness) -> Vec<&[usize]> {
        let folded = path.to_ascii_lowercase();
        let mut buckets: Vec<Option<&Bucket>> =
            vec![self.exact.get(path), self.folded_exact.get(&folded)];
        for &length in self.lengths.range(..=path.len()) {
            buckets.push(path.get(..length).and_then(|start| self.prefix.get(start)));
            buckets.push(folded.get(..length).and_then(|start| self.folded_prefix.get(start)));
        }
        let keys = keys(witness);
        let mut lists: Vec<&[usize]> = Vec::new();
        for bucket in buckets.into_iter().flatten() {
            lists.push(&bucket.rest);
            if !bucket.by_value.is_empty() {
                lists.extend(keys.iter().filter_map(|key| bucket.by_value.get(key)).map(|v| &**v));
            }
        }
        lists
    }
}

/// A value that a condition asks for, by which routes can be told apart. Envoy adds no value of these dimensions.
fn key<'a>(condition: &'a Condition<'_>) -> Option<(&'a Dimension, &'a str)> {
    let dimension = &condition.dimension;
    let is_of_client = *dimension == Dimension::Method
        || matches!(dimension.occurrence(), Occurrence::Once | Occurrence::Often);
    match &condition.text {
        Some(Text::Exact(text)) if is_of_client && !condition.invert => Some((dimension, text)),
        _ => None,
    }
}

/// Headers and parameters tell more routes apart than methods.
fn rank(dimension: &Dimension) -> u8 {
    u8::from(*dimension != Dimension::Method)
}

/// The values that a request has, each once.
fn keys(witness: &Witness) -> Vec<(Dimension, String)> {
    let mut keys = vec![(Dimension::Method, witness.method.clone())];
    let headers = witness.headers.iter();
    keys.extend(headers.map(|(name, value)| (Dimension::Header(name.clone()), value.clone())));
    let query = witness.path.split_once('?').map_or("", |(_, query)| query);
    for piece in query.split('&').filter(|piece| !piece.is_empty()) {
        let (name, value) = piece.split_once('=').unwrap_or((piece, ""));
        keys.push((Dimension::Query(name.to_owned()), value.to_owned()));
    }
    keys
}
