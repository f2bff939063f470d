//! Suppressions: comments and annotations by which people say that findings are known. Read here, applied in `analysis`.
//! Knows neither rules nor findings.

mod annotation;
mod comment;
mod date;
mod text;

use crate::finding::Subject;
use crate::text::{SourceId, Span, Spanned};

pub use annotation::of_object;
pub use comment::{MARK, of_document, of_unread};
pub use date::Date;

/// A comment or an annotation that suppresses findings.
#[derive(Clone, Debug, PartialEq)]
pub struct Suppression {
    /// The comment, or the value of the annotation.
    pub span: Span,
    /// The document that it stands in; of an annotation the object.
    pub subject: Subject,
    /// What it holds for.
    pub scope: Scope,
    /// The words that mean rules.
    pub words: Vec<Spanned<String>>,
    /// Why.
    pub reason: Option<String>,
    /// The last day on which it holds.
    pub until: Option<Date>,
    /// Where it comes from.
    pub origin: Origin,
    /// Whether its document cannot be read, so that nobody knows what it might suppress.
    pub is_unread: bool,
    /// What is wrong with it; then it suppresses nothing.
    pub flaw: Option<Flaw>,
}

/// What a suppression holds for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Scope {
    /// All that is written within a place.
    Within(Span),
    /// All that begins on a line, and what is written below its last key.
    Line {
        /// The line up to the comment.
        line: Span,
        /// The value of its last key, where that begins on a later line.
        below: Option<Span>,
    },
    /// Nothing: it stands before nothing.
    Nothing,
}

impl Suppression {
    /// Moves all places to other texts.
    pub fn sources(&mut self, id: impl Fn(SourceId) -> SourceId) {
        self.span.source = id(self.span.source);
        self.subject.source = id(self.subject.source);
        for word in &mut self.words {
            word.span.source = id(word.span.source);
        }
        match &mut self.scope {
            Scope::Within(place) => place.source = id(place.source),
            Scope::Line { line, below } => {
                line.source = id(line.source);
                if let Some(below) = below {
                    below.source = id(below.source);
                }
            }
            Scope::Nothing => {}
        }
    }
}

impl Scope {
    /// Whether a label belongs to it.
    pub fn covers(self, label: Span) -> bool {
        match self {
            Self::Within(place) => place.contains(label),
            Self::Line { line, below } => {
                let begins = line.source == label.source
                    && line.start <= label.start
                    && label.start < line.end;
                begins || below.is_some_and(|below| below.contains(label))
            }
            Self::Nothing => false,
        }
    }

    /// From the first to the last byte at which what it covers may begin.
    pub fn reach(self) -> Option<Span> {
        match self {
            Self::Within(place) => Some(place),
            Self::Line { line, below } => {
                let end = below.map_or(line.end, |below| below.end);
                Some(Span::new(line.source, line.start, end))
            }
            Self::Nothing => None,
        }
    }
}

/// Where a suppression comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Origin {
    /// A comment.
    Comment,
    /// Our annotation.
    Annotation,
    /// The annotation of a tool whose ids begin with these letters: it means our rules that check the same.
    Foreign(&'static str),
}

/// What is wrong with a suppression.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Flaw {
    /// What is wrong.
    pub message: String,
    /// What to write instead.
    pub help: String,
}
