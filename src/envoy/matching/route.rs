//! Whether a route matches a request.
//!
//! Mirrors `source/common/router/config_impl.cc`: `RouteEntryImplBase::matchRoute`,
//! `source/common/http/header_utility.cc`: `HeaderUtility::matchHeaders`,
//! `source/common/router/config_utility.cc`: `QueryParameterMatcher::matches` (1.40).

use std::sync::Arc;

use super::answer::Mismatch;
use super::incoming::Incoming;
use super::text::{Patterns, Text};
use crate::envoy::route::{HeaderMatcher, PathMatch, QueryParameterMatcher, RouteMatch};
use crate::pattern::re2::Re2;

/// A compiled [`RouteMatch`].
#[derive(Debug)]
pub(super) struct Match<'t> {
    path: Path<'t>,
    is_case_sensitive: bool,
    headers: Vec<Header<'t>>,
    query_parameters: Vec<(&'t str, Option<Text<'t>>)>,
    /// Whether each claim matcher is inverted.
    claims: Vec<bool>,
}

#[derive(Debug)]
enum Path<'t> {
    Prefix(&'t str),
    Exact(&'t str),
    Regex(Option<Arc<Re2>>),
}

#[derive(Debug)]
struct Header<'t> {
    /// In lower case.
    name: String,
    value: Option<Text<'t>>,
    invert: bool,
}

impl<'t> Match<'t> {
    pub(super) fn new(matcher: &'t RouteMatch, patterns: &mut Patterns<'t>) -> Self {
        let path = match &matcher.path {
            PathMatch::Prefix(prefix) => Path::Prefix(prefix),
            PathMatch::Path(path) => Path::Exact(path),
            PathMatch::SafeRegex(pattern) => Path::Regex(patterns.get(pattern)),
        };
        let mut header = |matcher: &'t HeaderMatcher| Header {
            name: matcher.name.to_ascii_lowercase(),
            value: matcher.value.as_ref().map(|value| Text::new(value, patterns)),
            invert: matcher.invert,
        };
        let headers = matcher.headers.iter().map(&mut header).collect();
        let mut parameter = |matcher: &'t QueryParameterMatcher| {
            let value = matcher.value.as_ref().map(|value| Text::new(value, patterns));
            (matcher.name.as_str(), value)
        };
        Self {
            path,
            is_case_sensitive: matcher.case_sensitive.unwrap_or(true),
            headers,
            query_parameters: matcher.query_parameters.iter().map(&mut parameter).collect(),
            claims: matcher.claims.iter().map(|claim| claim.invert).collect(),
        }
    }

    /// The first part that does not hold.
    pub(super) fn mismatch(&self, incoming: &Incoming<'_>) -> Option<Mismatch> {
        // A request without path is for CONNECT matchers alone.
        if incoming.path.is_none() {
            return Some(Mismatch::Path);
        }
        for (index, header) in self.headers.iter().enumerate() {
            if let Err(present) = header.holds(incoming) {
                return Some(Mismatch::Header { index, present });
            }
        }
        for (index, (name, value)) in self.query_parameters.iter().enumerate() {
            let found = parameter(incoming.query(), name);
            let holds = match (found, value) {
                (None, _) => false,
                (Some(_), None) => true,
                (Some(found), Some(value)) => value.holds(found),
            };
            if !holds {
                return Some(Mismatch::QueryParameter { index, present: found.is_some() });
            }
        }
        if let Some(claim) = self.claims.iter().position(|invert| !invert) {
            return Some(Mismatch::Claim(claim));
        }
        (!self.path_holds(incoming.path_only())).then_some(Mismatch::Path)
    }

    /// Whether all parts hold, the cheapest asked first; `path` is that of the request, without its query.
    pub(super) fn holds(&self, incoming: &Incoming<'_>, path: &str) -> bool {
        match self.path {
            Path::Regex(_) => self.mismatch(incoming).is_none(),
            _ => self.path_holds(path) && self.mismatch(incoming).is_none(),
        }
    }

    fn path_holds(&self, path: &str) -> bool {
        match (&self.path, self.is_case_sensitive) {
            (Path::Exact(exact), true) => path == *exact,
            (Path::Exact(exact), false) => path.eq_ignore_ascii_case(exact),
            (Path::Prefix(prefix), true) => path.starts_with(prefix),
            (Path::Prefix(prefix), false) => path
                .as_bytes()
                .get(..prefix.len())
                .is_some_and(|start| start.eq_ignore_ascii_case(prefix.as_bytes())),
            (Path::Regex(regex), _) => {
                regex.as_ref().is_some_and(|regex| regex.is_full_match(path.as_bytes()))
            }
        }
    }
}

impl Header<'_> {
    /// If it does not hold, whether the request has the header. Values of a repeated header are tested one by one;
    /// an inverted matcher holds if none of them matches, and a missing value is an empty one there.
    fn holds(&self, incoming: &Incoming<'_>) -> Result<(), bool> {
        let found = incoming.any_value(&self.name, |found| match &self.value {
            Some(value) => value.holds(found),
            None => true,
        });
        let matches = match (found, &self.value) {
            (Some(matches), _) => matches,
            (None, Some(value)) if self.invert => value.holds(""),
            (None, _) => false,
        };
        if matches == self.invert { Err(found.is_some()) } else { Ok(()) }
    }
}

/// The first value of a query parameter, as it stands.
fn parameter<'q>(query: &'q str, name: &str) -> Option<&'q str> {
    let pieces = query.split('&').filter(|piece| !piece.is_empty());
    pieces
        .map(|piece| piece.split_once('=').unwrap_or((piece, "")))
        .find_map(|(key, value)| (key == name).then_some(value))
}
