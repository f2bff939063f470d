//! What is said of a request, before it is laid out.

use std::sync::Arc;

use super::variants::Variant;
use crate::envoy::Table;
use crate::envoy::matching::{Answer, Request};
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

/// A route that was looked at, or would have been.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Candidate {
    /// Number in the virtual host, from 1.
    pub step: usize,
    /// What it matches.
    pub conditions: String,
    /// Why it is not the answer; none: it is.
    pub passed_on: Option<String>,
    /// Whether it was looked at.
    pub is_reached: bool,
    /// Where it is written.
    pub at: Span,
}

/// All about one request on one proxy.
#[derive(Clone, Debug)]
pub struct Document<'t> {
    /// The table that was asked.
    pub table: &'t Table,
    /// What reaches the proxy.
    pub sent: Request,
    /// The answer.
    pub answer: Answer,
    /// The clusters of it that are taken for granted.
    pub assumed: Vec<Arc<str>>,
    /// The request: `https://shop.example.com/cart  GET`.
    pub request: String,
    /// The proxy.
    pub proxy: String,
    /// What comes of it; the reason, where nothing answers.
    pub result: Line,
    /// The object that decides, and by what.
    pub by: Line,
    /// The way, step by step.
    pub steps: Vec<Line>,
    /// Every candidate, where asked for.
    pub trace: Vec<Candidate>,
    /// What else was near, where nothing answers: `why` is the change that would help.
    pub near: Vec<Line>,
    /// The two objects of which the older one decides the answer, where the input does not say which one that is.
    pub rivals: Option<[String; 2]>,
    /// The answers with the files of each place, where an object stands in several with different text and the answer
    /// depends on that.
    pub variants: Vec<Variant>,
    /// What was assumed.
    pub notes: Vec<String>,
    /// Whether the configuration answers.
    pub is_served: bool,
    /// Whether the proxy listens there.
    pub listens: bool,
}

/// All about a question.
#[derive(Clone, Debug, Default)]
pub struct Explanation<'t> {
    /// One for each proxy and port.
    pub documents: Vec<Document<'t>>,
    /// What is to be said of all.
    pub notes: Vec<String>,
}

impl Explanation<'_> {
    /// Whether any answer is one.
    pub fn is_served(&self) -> bool {
        self.documents.iter().any(|document| document.is_served)
    }
}
