//! String matchers, compiled.
//!
//! Mirrors `source/common/common/matchers.cc`: `StringMatcherImpl::match` (1.40).

use std::sync::Arc;

use rustc_hash::FxHashMap;

use crate::envoy::route::StringMatcher;
use crate::pattern::re2::Re2;

/// Compiled patterns, one per distinct text. None: RE2 refuses it, and it matches nothing (Envoy refuses the whole
/// table then).
#[derive(Debug, Default)]
pub(in crate::envoy) struct Patterns<'t> {
    compiled: FxHashMap<&'t str, Option<Arc<Re2>>>,
}

impl<'t> Patterns<'t> {
    pub(in crate::envoy) fn get(&mut self, pattern: &'t str) -> Option<Arc<Re2>> {
        let compile = || Re2::new(pattern).ok().map(Arc::new);
        self.compiled.entry(pattern).or_insert_with(compile).clone()
    }
}

/// A compiled [`StringMatcher`].
#[derive(Clone, Debug)]
pub(super) enum Text<'t> {
    /// Equal.
    Exact(&'t str),
    /// Starts with.
    Prefix(&'t str),
    /// Matches as a whole.
    Regex(Option<Arc<Re2>>),
}

impl<'t> Text<'t> {
    pub(super) fn new(matcher: &'t StringMatcher, patterns: &mut Patterns<'t>) -> Self {
        match matcher {
            StringMatcher::Exact(text) => Self::Exact(text),
            StringMatcher::Prefix(prefix) => Self::Prefix(prefix),
            StringMatcher::SafeRegex(pattern) => Self::Regex(patterns.get(pattern)),
        }
    }

    pub(super) fn holds(&self, value: &str) -> bool {
        match self {
            Self::Exact(text) => value == *text,
            Self::Prefix(prefix) => value.starts_with(prefix),
            Self::Regex(regex) => {
                regex.as_ref().is_some_and(|regex| regex.is_full_match(value.as_bytes()))
            }
        }
    }
}
