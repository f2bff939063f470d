//! The seam between the commands and the layers below: reads the input, and asks the engines.

use super::args::{HostArgs, InputArgs, RoutesArgs};
use super::error::Error;
use crate::analysis::Outcome;
use crate::finding::Rule;
use crate::report::Paths;
use crate::text::{Sources, Span};

/// A lint run.
pub(super) struct Linted {
    /// What it came to.
    pub(super) outcome: Outcome,
    /// The texts that it speaks of.
    pub(super) sources: Sources,
}

impl Paths for Linted {
    fn path(&self, _: Span) -> Option<String> {
        None
    }
}

/// A text for stdout, and what to say beside it.
pub(super) struct Answer {
    /// The result.
    pub(super) text: String,
    /// Assumptions, one sentence each.
    pub(super) notes: Vec<String>,
    /// Work that could not be done.
    pub(super) problems: Vec<String>,
    /// Whether something answers, where that was the question.
    pub(super) served: bool,
}

/// Checks the input by `rules`.
pub(super) fn lint(
    input: &InputArgs,
    rules: &[&'static Rule],
    no_ignores: bool,
) -> Result<Linted, Error> {
    let _ = (input, rules, no_ignores);
    Err(Error::Unavailable { command: "lint" })
}

/// The effective table of every proxy.
pub(super) fn routes(args: &RoutesArgs) -> Result<Answer, Error> {
    let _ = args;
    Err(Error::Unavailable { command: "routes" })
}

/// Who answers a request.
pub(super) fn explain_host(args: &HostArgs) -> Result<Answer, Error> {
    let _ = args;
    Err(Error::Unavailable { command: "explain host" })
}
