//! Sets of texts that a matcher stands for, each an automaton that is walked byte by byte.

use std::sync::Arc;

use rustc_hash::FxHashMap;

use super::budget::Budget;
use crate::envoy::matching::Patterns;
use crate::pattern::re2::Automaton;

/// Where no text goes on to be in the set.
pub(super) const DEAD: u32 = u32::MAX;

/// A set of texts.
#[derive(Clone, Debug)]
pub(super) enum Text<'t> {
    /// One.
    Exact(&'t str),
    /// All that begin so.
    Prefix(&'t str),
    /// One, in any case of its ASCII letters.
    FoldedExact(&'t str),
    /// All that begin so, in any case.
    FoldedPrefix(&'t str),
    /// Those of a regular expression.
    Regex(Arc<Automaton>),
}

impl Text<'_> {
    /// Whether a text is in the set.
    pub(super) fn has(&self, text: &str) -> bool {
        let bytes = text.as_bytes();
        match self {
            Self::Exact(own) => text == *own,
            Self::Prefix(own) => text.starts_with(own),
            Self::FoldedExact(own) => text.eq_ignore_ascii_case(own),
            Self::FoldedPrefix(own) => {
                bytes.get(..own.len()).is_some_and(|b| b.eq_ignore_ascii_case(own.as_bytes()))
            }
            Self::Regex(automaton) => automaton.matches(bytes),
        }
    }

    /// The state before the first byte.
    pub(super) fn start(&self) -> u32 {
        match self {
            Self::Regex(automaton) => automaton.start(),
            _ => 0,
        }
    }

    /// The state after one more byte; of a literal, how much of it was seen.
    pub(super) fn next(&self, state: u32, byte: u8) -> u32 {
        let literal = match self {
            _ if state == DEAD => return DEAD,
            Self::Regex(automaton) => {
                let next = automaton.next(state, byte);
                return if automaton.is_dead(next) { DEAD } else { next };
            }
            Self::Exact(own)
            | Self::Prefix(own)
            | Self::FoldedExact(own)
            | Self::FoldedPrefix(own) => own.as_bytes(),
        };
        match (literal.get(state as usize), self) {
            (None, Self::Prefix(_) | Self::FoldedPrefix(_)) => state,
            (Some(own), Self::Exact(_) | Self::Prefix(_)) if *own == byte => state + 1,
            (Some(own), Self::FoldedExact(_) | Self::FoldedPrefix(_))
                if own.eq_ignore_ascii_case(&byte) =>
            {
                state + 1
            }
            _ => DEAD,
        }
    }

    /// Whether a text that ends in this state is in the set.
    pub(super) fn accepts(&self, state: u32) -> bool {
        match self {
            _ if state == DEAD => false,
            Self::Regex(automaton) => automaton.accepts(state),
            Self::Exact(own)
            | Self::Prefix(own)
            | Self::FoldedExact(own)
            | Self::FoldedPrefix(own) => state as usize == own.len(),
        }
    }

    /// Bytes with equal numbers lead everywhere to equal states.
    pub(super) fn class(&self, byte: u8) -> u8 {
        let (literal, byte) = match self {
            Self::Regex(automaton) => return automaton.class(byte),
            Self::Exact(own) | Self::Prefix(own) => (own, byte),
            Self::FoldedExact(own) | Self::FoldedPrefix(own) => (own, byte.to_ascii_lowercase()),
        };
        let folds = matches!(self, Self::FoldedExact(_) | Self::FoldedPrefix(_));
        let mut bytes = literal.bytes().map(|b| if folds { b.to_ascii_lowercase() } else { b });
        // No text has a NUL.
        if bytes.any(|own| own == byte) { byte } else { 0 }
    }

    /// The literal, where the set is one or those that begin with one.
    pub(super) fn literal(&self) -> Option<&str> {
        match self {
            Self::Exact(own) | Self::Prefix(own) => Some(own),
            _ => None,
        }
    }

    /// Whether both are the same set for a plain reason.
    pub(super) fn is_same(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::Exact(a), Self::Exact(b))
            | (Self::Prefix(a), Self::Prefix(b))
            | (Self::FoldedExact(a), Self::FoldedExact(b))
            | (Self::FoldedPrefix(a), Self::FoldedPrefix(b)) => a == b,
            (Self::Regex(a), Self::Regex(b)) => Arc::ptr_eq(a, b),
            _ => false,
        }
    }
}

/// What is made of regular expressions, once for all routes of a virtual host.
#[derive(Debug, Default)]
pub(super) struct Languages<'t> {
    pub(super) patterns: Patterns<'t>,
    /// By pattern. None: RE2 refuses it, the automaton would be too large, or there is no time left.
    automata: FxHashMap<String, Option<Arc<Automaton>>>,
    pub(super) budget: Budget,
}

/// How many steps it takes to make a byte of an automaton. One that fails counts as a large one.
const PER_BYTE: usize = 2;
const FAILED: usize = 1 << 20;

impl<'t> Languages<'t> {
    pub(super) fn new(budget: Budget) -> Self {
        Self { budget, ..Self::default() }
    }

    /// The automaton of a pattern.
    pub(super) fn get(&mut self, pattern: &'t str) -> Option<Arc<Automaton>> {
        if let Some(known) = self.automata.get(pattern) {
            return known.clone();
        }
        let compiled = self.patterns.get(pattern);
        self.add(pattern.to_owned(), || compiled?.automaton())
    }

    /// The automaton of the authorities of a virtual host.
    pub(super) fn of_hosts(&mut self, domains: &[&str]) -> Option<Arc<Automaton>> {
        let pattern = authorities(domains);
        // No pattern of a route has a NUL.
        let key = format!("\0{pattern}");
        if let Some(known) = self.automata.get(&key) {
            return known.clone();
        }
        self.add(key, || Automaton::of_classes(&pattern))
    }

    fn add(
        &mut self,
        key: String,
        build: impl FnOnce() -> Option<Automaton>,
    ) -> Option<Arc<Automaton>> {
        let automaton = if self.budget.is_spent() { None } else { build() };
        let size = automaton.as_ref().map_or(FAILED, Automaton::size);
        self.budget.spend_for_all(PER_BYTE * size);
        let automaton = automaton.map(Arc::new);
        self.automata.insert(key, automaton.clone());
        automaton
    }
}

/// The authorities that lead to a virtual host with these domains, and a few more: any case, with or without port.
fn authorities(domains: &[&str]) -> String {
    const VALID: &str = r"[0-9A-Za-z!$%&'()*+,\-.:;=@\[\]_~]";
    let one = |domain: &&str| match domain.strip_prefix('*') {
        Some("") => format!("{VALID}*"),
        Some(rest) => format!("{VALID}+{}", regex::escape(rest)),
        None => regex::escape(domain),
    };
    let all: Vec<String> = domains.iter().map(one).collect();
    format!(r"\A(?:(?i:{})(?::{VALID}*)?)\z", all.join("|"))
}
