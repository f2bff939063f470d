//! Regular expressions as Envoy runs them: RE2 in Latin-1 (byte) mode.
//!
//! A pattern is parsed by RE2's grammar and translated to one for the `regex` crate, so that both what is refused and
//! what matches is RE2's. Mirrors `source/common/common/regex.cc`: `CompiledGoogleReMatcher` (Envoy 1.40) and RE2's
//! `re2/parse.cc`, `re2/re2.cc`.

mod automaton;
mod class;
mod cursor;
mod escape;
mod group;
mod groups;
mod parser;
mod plain;
mod rewrite;
mod size;

use std::ops::Range;
use std::sync::OnceLock;

use regex::bytes::{Regex, RegexBuilder};

pub use automaton::Automaton;

/// `re2.max_program_size.error_level` of Istio's bootstrap.
const MAX_PROGRAM_SIZE: u64 = 32_768;

/// A compiled pattern.
#[derive(Clone, Debug)]
pub struct Re2 {
    pattern: String,
    groups: usize,
    translated: String,
    full: Regex,
    search: OnceLock<Option<Regex>>,
}

/// Why a pattern is not compiled.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{message}")]
pub struct Re2Error {
    /// What is wrong, in our words.
    pub message: String,
    /// The bytes of the pattern that are wrong.
    pub range: Range<usize>,
    /// Whose fault it is.
    pub kind: Re2ErrorKind,
}

/// What refuses a pattern.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Re2ErrorKind {
    /// RE2 does.
    Syntax,
    /// Envoy does: more instructions than it permits. Estimated; see `size`.
    TooLarge,
    /// We do: Envoy would accept it, but it nests too deep for us.
    Unsupported,
}

impl Re2 {
    /// Compiles `pattern`. The time and the memory are bounded by its length.
    pub fn new(pattern: &str) -> Result<Self, Re2Error> {
        let parsed = parse(pattern)?;
        let full = build(&whole(&parsed.translated)).map_err(|_| Re2Error {
            message: "the pattern is too complex for this analysis".to_owned(),
            range: 0..pattern.len(),
            kind: Re2ErrorKind::Unsupported,
        })?;
        Ok(Self {
            pattern: pattern.to_owned(),
            groups: parsed.groups,
            translated: parsed.translated,
            full,
            search: OnceLock::new(),
        })
    }

    /// Whether RE2 and Envoy take `pattern`, without compiling it: what is too complex for us alone is no error here, if it
    /// can be parsed.
    pub fn check(pattern: &str) -> Result<(), Re2Error> {
        if plain::is_plain(pattern) { Ok(()) } else { parse(pattern).map(|_| ()) }
    }

    /// The pattern as written.
    pub fn pattern(&self) -> &str {
        &self.pattern
    }

    /// Whether the pattern matches `text` from its first byte to its last (mirrors `CompiledGoogleReMatcher::match`).
    pub fn is_full_match(&self, text: &[u8]) -> bool {
        self.full.is_match(text)
    }

    /// The texts that the pattern matches from their first byte to their last, as an automaton; none where it would be
    /// too large.
    pub fn automaton(&self) -> Option<Automaton> {
        Automaton::new(&whole(&self.translated))
    }

    /// `text` with every match replaced by `substitution`, where `\0` to `\9` stand for groups; none where RE2 leaves it
    /// as it is: nothing matches, or the substitution names a group that the pattern does not have.
    ///
    /// Mirrors `CompiledGoogleReMatcher::replaceAll`, that is `RE2::GlobalReplace`. Substitutions that end within a
    /// character of the text give U+FFFD.
    pub fn replace_all(&self, text: &str, substitution: &str) -> Option<String> {
        if rewrite::last_group(substitution) > self.groups {
            return None;
        }
        // A pattern that compiled with anchors compiles without.
        let search = self.search.get_or_init(|| build(&self.translated).ok()).as_ref()?;
        rewrite::replace_all(search, text.as_bytes(), substitution.as_bytes())
            .map(|out| String::from_utf8_lossy(&out).into_owned())
    }
}

/// Parses a pattern that is not too large for Envoy.
fn parse(pattern: &str) -> Result<parser::Parsed, Re2Error> {
    let parsed = parser::parse(pattern)?;
    let size = parsed.size.saturating_add(size::OVERHEAD);
    if size > MAX_PROGRAM_SIZE {
        let message = format!(
            "the pattern needs about {size} instructions, Envoy permits {MAX_PROGRAM_SIZE}"
        );
        let kind = Re2ErrorKind::TooLarge;
        return Err(Re2Error { message, range: 0..pattern.len(), kind });
    }
    Ok(parsed)
}

/// The pattern that matches whole texts alone.
fn whole(translated: &str) -> String {
    format!("\\A(?:{translated})\\z")
}

fn build(translated: &str) -> Result<Regex, regex::Error> {
    RegexBuilder::new(translated)
        .unicode(false)
        .nest_limit(parser::MAX_DEPTH * 4 + 16)
        .size_limit(64 << 20)
        .dfa_size_limit(4 << 20)
        .build()
}

#[cfg(test)]
mod tests;
