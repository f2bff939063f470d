//! The seam between the commands and the layers below: reads the input, and asks the engines.

use super::args::{HostArgs, InputArgs, RoutesArgs};
use super::error::Error;
use crate::analysis::{Outcome, Summary};
use crate::finding::Rule;
use crate::input::{self, Input, Note};
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
    args: &InputArgs,
    jobs: usize,
    rules: &[&'static Rule],
    no_ignores: bool,
) -> Result<Linted, Error> {
    let (_input, _outcome) = read(args, None, jobs)?;
    let _ = (rules, no_ignores);
    Err(Error::Unavailable { command: "lint" })
}

/// The effective table of every proxy.
pub(super) fn routes(args: &RoutesArgs, jobs: usize) -> Result<Answer, Error> {
    let (_input, _outcome) = read(&args.input, None, jobs)?;
    Err(Error::Unavailable { command: "routes" })
}

/// Who answers a request.
pub(super) fn explain_host(args: &HostArgs, jobs: usize) -> Result<Answer, Error> {
    // With requests from a file there is no host: what stands in its place is a path.
    let first = args.requests.as_ref().and(args.host.as_ref());
    let (_input, _outcome) = read(&args.input, first, jobs)?;
    Err(Error::Unavailable { command: "explain host" })
}

/// Reads what the arguments name; `first` comes before their paths. What is to be said of it is in the outcome.
fn read(args: &InputArgs, first: Option<&String>, jobs: usize) -> Result<(Input, Outcome), Error> {
    let options = input::Options {
        paths: args.all_paths(first).into_iter().map(str::to_owned).collect(),
        exclude: args.exclude.clone(),
        no_gitignore: args.no_gitignore,
        hidden: args.hidden,
        follow: args.follow,
        stdin_name: args.stdin_filename.clone(),
        jobs,
    };
    let input = input::collect(&options, &mut std::io::stdin().lock())?;
    let notes = input.notes.iter().map(|note| match note {
        Note::Vanished { path } => format!("`{path}` vanished before it was read"),
        Note::IgnoreFile { reason } => reason.clone(),
    });
    let problems = input
        .problems
        .iter()
        .map(|problem| format!("cannot read `{}`: {}", problem.path, problem.reason));
    let outcome = Outcome {
        notes: notes.collect(),
        problems: problems.collect(),
        summary: Summary { files: input.considered, ..Summary::default() },
        ..Outcome::default()
    };
    Ok((input, outcome))
}
