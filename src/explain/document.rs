//! What is said of a request, before it is laid out.

use crate::text::Span;

/// A line: what it is about, up to two cells, and where it comes from.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Line {
    /// `listener`, `route`; empty where the one above goes on.
    pub label: String,
    /// What.
    pub what: String,
    /// Why, or how.
    pub why: String,
    /// Where it is written.
    pub at: Option<Span>,
}

impl Line {
    pub(super) fn new(
        label: impl Into<String>,
        what: impl Into<String>,
        why: impl Into<String>,
        at: Option<Span>,
    ) -> Self {
        Self { label: label.into(), what: what.into(), why: why.into(), at }
    }
}

/// All about one request on one proxy.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Document {
    /// The request: `https://shop.example.com/cart  GET`.
    pub request: String,
    /// The proxy.
    pub proxy: String,
    /// What comes of it.
    pub result: Line,
    /// The way, step by step.
    pub steps: Vec<Line>,
    /// Every candidate, where asked for: number, match, verdict.
    pub trace: Vec<Line>,
    /// What else was near, where nothing answers: `why` is empty.
    pub near: Vec<Line>,
    /// What was assumed.
    pub notes: Vec<String>,
    /// Whether the configuration answers.
    pub is_served: bool,
    /// Whether the proxy listens there.
    pub listens: bool,
}

/// All about a question.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Explanation {
    /// One for each proxy and port.
    pub documents: Vec<Document>,
    /// What is to be said of all.
    pub notes: Vec<String>,
}

impl Explanation {
    /// Whether any answer is one.
    pub fn is_served(&self) -> bool {
        self.documents.iter().any(|document| document.is_served)
    }
}
