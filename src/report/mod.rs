//! How results are printed: one file per format, none of which knows a rule or Istio.
//!
//! Formats are pure: texts and an [`Outcome`] go in, bytes come out. Colour and width are decided in
//! [`terminal`], from facts that `cli` gathers.

mod canvas;
mod checkstyle;
mod columns;
mod concise;
pub mod envoy;
mod excerpt;
mod explain;
mod fold;
mod full;
mod github;
mod gitlab;
mod inline;
mod json;
mod jsonl;
mod junit;
mod markdown;
mod rdjson;
#[cfg(test)]
mod readers;
pub mod routes;
mod rules;
#[cfg(test)]
mod sample;
mod sarif;
mod statistics;
mod summary;
mod terminal;
#[cfg(test)]
mod testing;
#[cfg(test)]
mod tests;
mod xml;
mod yaml;

use std::borrow::Cow;
use std::io::{self, Write};
use std::str::FromStr;

use crate::analysis::{Outcome, Places};
use crate::input::Root;
use crate::text::{Sources, Span};

pub use checkstyle::Checkstyle;
pub use columns::{columns, columns_within};
pub use concise::Concise;
pub use explain::{ExplainFormat, ExplainReport};
pub use full::Full;
pub use github::Github;
pub use gitlab::Gitlab;
pub use json::{Json, version_json};
pub use jsonl::Jsonl;
pub use junit::Junit;
pub use markdown::Markdown;
pub use rdjson::Rdjson;
pub use rules::{rule_json, rule_markdown, rule_page, rules_json, rules_markdown, rules_table};
pub use sarif::Sarif;
pub use statistics::Statistics;
pub use summary::{notes, summary};
pub use terminal::{ColorChoice, Environment, Terminal, Tone};

/// A way to print the findings of a run.
pub trait Report {
    /// Prints `outcome`, whose spans are in `sources`.
    fn write(&self, outcome: &Outcome, sources: &Sources, out: &mut dyn Write) -> io::Result<()>;
}

/// Says which field of its document a span is, such as `spec.hosts[0]`.
pub trait Paths {
    /// The path of the innermost node that covers the span.
    fn path(&self, span: Span) -> Option<String>;
}

impl<F: Fn(Span) -> Option<String>> Paths for F {
    fn path(&self, span: Span) -> Option<String> {
        self(span)
    }
}

/// What formats may need besides the findings.
#[derive(Clone, Copy)]
pub struct Context<'c> {
    /// The terminal that the output goes to.
    pub terminal: Terminal,
    /// Fields and fingerprints.
    pub places: &'c Places<'c>,
    /// The Istio version whose behaviour is modelled, such as `1.31`.
    pub istio: &'c str,
    /// The root of the repository.
    pub root: &'c Root,
}

/// Defines the formats, each with its word and the report that it makes of a [`Context`].
macro_rules! formats {
    ($($(#[$doc:meta])* $name:ident $word:literal |$context:ident| $report:expr;)*) => {
        /// The formats of `gwctl lint`.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
        pub enum Format { $($(#[$doc])* $name,)* }

        impl Format {
            /// All formats, in the order of the help.
            pub const ALL: &'static [Self] = &[$(Self::$name),*];

            /// Their words.
            pub const WORDS: &'static [&'static str] = &[$($word),*];

            /// The word, as typed.
            pub fn as_str(self) -> &'static str {
                match self { $(Self::$name => $word,)* }
            }

            /// The report in this format.
            pub fn report(self, context: Context<'_>) -> Box<dyn Report + '_> {
                match self { $(Self::$name => { let $context = context; Box::new($report) })* }
            }
        }
    };
}

formats! {
    /// Findings drawn at their places.
    #[default]
    Full "full" |c| Full { terminal: c.terminal };
    /// One line each.
    Concise "concise" |c| Concise { terminal: c.terminal };
    /// One JSON document.
    Json "json" |c| Json { places: c.places, istio: c.istio };
    /// One JSON document a finding.
    Jsonl "jsonl" |c| Jsonl(Json { places: c.places, istio: c.istio });
    /// What code scanning services read.
    Sarif "sarif" |c| Sarif { places: c.places, root: c.root };
    /// Workflow commands that GitHub turns into annotations.
    Github "github" |_c| Github;
    /// A code quality report of GitLab's.
    Gitlab "gitlab" |c| Gitlab { places: c.places };
    /// Test results.
    Junit "junit" |_c| Junit;
    /// The XML of the tool of that name.
    Checkstyle "checkstyle" |_c| Checkstyle;
    /// What reviewdog reads.
    Rdjson "rdjson" |_c| Rdjson;
    /// A table for a comment.
    Markdown "markdown" |_c| Markdown;
}

impl FromStr for Format {
    type Err = ();

    fn from_str(word: &str) -> Result<Self, ()> {
        Self::ALL.iter().copied().find(|format| format.as_str() == word).ok_or(())
    }
}

/// `text` on one line and harmless to a terminal: line ends become spaces, other control and direction
/// characters U+FFFD.
pub fn printable(text: &str) -> Cow<'_, str> {
    if text.chars().all(|c| printable_char(c) == c) {
        return Cow::Borrowed(text);
    }
    Cow::Owned(
        text.replace("\r\n", "\n")
            .chars()
            .map(|c| if matches!(c, '\n' | '\t') { ' ' } else { printable_char(c) })
            .collect(),
    )
}

/// `c`, or U+FFFD where it would move the cursor, start a line or turn the direction of the text.
fn printable_char(c: char) -> char {
    match c {
        '\u{2028}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{feff}' => '\u{fffd}',
        c if c.is_control() => '\u{fffd}',
        c => c,
    }
}
