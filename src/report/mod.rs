//! How results are printed: one file per format, none of which knows a rule or Istio.
//!
//! Formats are pure: texts and an [`Outcome`] go in, bytes come out. Colour and width are decided in
//! [`terminal`], from facts that `cli` gathers.

mod canvas;
mod columns;
mod concise;
pub mod envoy;
mod excerpt;
mod explain;
mod full;
mod github;
mod json;
pub mod routes;
mod rules;
#[cfg(test)]
mod sample;
mod summary;
mod terminal;
#[cfg(test)]
mod testing;
mod yaml;

use std::borrow::Cow;
use std::io::{self, Write};
use std::str::FromStr;

use crate::analysis::Outcome;
use crate::text::{Sources, Span};

pub use columns::{columns, columns_within};
pub use concise::Concise;
pub use explain::{ExplainFormat, ExplainReport};
pub use full::Full;
pub use github::Github;
pub use json::{Json, version_json};
pub use rules::{rule_json, rule_markdown, rule_page, rules_json, rules_table};
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

/// The formats of `gwctl lint`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub enum Format {
    /// Findings drawn at their places.
    #[default]
    Full,
    /// One line each.
    Concise,
    /// One JSON document.
    Json,
    /// Workflow commands that GitHub turns into annotations.
    Github,
}

/// What formats may need besides the findings.
#[derive(Clone, Copy)]
pub struct Context<'c> {
    /// The terminal that the output goes to.
    pub terminal: Terminal,
    /// The paths of spans.
    pub paths: &'c dyn Paths,
    /// The Istio version whose behaviour is modelled, such as `1.31`.
    pub istio: &'c str,
}

impl Format {
    /// All formats, in the order of the help.
    pub const ALL: [Self; 4] = [Self::Full, Self::Concise, Self::Json, Self::Github];

    /// The word, as typed.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Full => "full",
            Self::Concise => "concise",
            Self::Json => "json",
            Self::Github => "github",
        }
    }

    /// The report in this format.
    pub fn report(self, context: Context<'_>) -> Box<dyn Report + '_> {
        match self {
            Self::Full => Box::new(Full { terminal: context.terminal }),
            Self::Concise => Box::new(Concise { terminal: context.terminal }),
            Self::Json => Box::new(Json { paths: context.paths, istio: context.istio }),
            Self::Github => Box::new(Github),
        }
    }
}

impl FromStr for Format {
    type Err = ();

    fn from_str(word: &str) -> Result<Self, ()> {
        Self::ALL.into_iter().find(|format| format.as_str() == word).ok_or(())
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn control_and_direction_characters_do_not_reach_the_terminal() {
        assert_eq!(printable("plain é"), "plain é");
        assert_eq!(printable("a\r\nb\tc"), "a b c");
        assert_eq!(printable("\u{1b}[31m\u{202e}x"), "\u{fffd}[31m\u{fffd}x");
    }

    #[test]
    fn formats_are_called_by_their_words() {
        for format in Format::ALL {
            assert_eq!(format.as_str().parse(), Ok(format));
        }
        assert_eq!("sarif".parse::<Format>(), Err(()));
    }
}
