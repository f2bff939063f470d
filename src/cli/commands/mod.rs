//! One file per command: each takes its arguments, prints, and says how the run ends.

pub(super) mod completions;
pub(super) mod explain_host;
pub(super) mod explain_rule;
pub(super) mod lint;
pub(super) mod man;
pub(super) mod routes;
pub(super) mod rules;
pub(super) mod version;

use super::engine::Answer;
use super::error::Error;
use super::exit::Exit;
use super::streams::Streams;
use crate::analysis::Outcome;
use crate::report;

/// Prints an answer with what is to be said beside it; `unserved` is the exit code where nothing answers.
fn print_answer(answer: Answer, unserved: Exit, streams: &mut Streams) -> Result<Exit, Error> {
    streams.print(&answer.text)?;
    let failed = !answer.problems.is_empty();
    let beside = Outcome { notes: answer.notes, problems: answer.problems, ..Outcome::default() };
    streams.note(&report::notes(&beside, streams.verbose > 0, streams.err))?;
    Ok(match (failed, answer.served) {
        (true, _) => Exit::Failure,
        (false, true) => Exit::Clean,
        (false, false) => unserved,
    })
}
