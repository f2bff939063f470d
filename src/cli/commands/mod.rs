//! One file per command: each takes its arguments, prints, and says how the run ends.

pub(super) mod completions;
pub(super) mod explain_host;
pub(super) mod explain_rule;
pub(super) mod lint;
pub(super) mod man;
pub(super) mod routes;
pub(super) mod rules;
pub(super) mod version;

use super::error::Error;
use super::exit::Exit;
use super::streams::Streams;
use crate::analysis::{Loaded, Outcome};
use crate::report;

/// Says what is to be said beside a result, and how the run ends; `unserved` is the exit code where nothing answers.
fn end(
    loaded: &Loaded,
    served: bool,
    unserved: Exit,
    streams: &mut Streams,
) -> Result<Exit, Error> {
    let mut notes = loaded.notes.clone();
    if let Some(first) = loaded.broken.first() {
        let place = &loaded.sources.get(first.subject.source).name;
        notes.push(match loaded.broken.len() {
            1 => format!("an object in `{place}` cannot be read and has no part in this: see `gwctl lint`"),
            more => format!(
                "{more} documents or objects cannot be read and have no part in this, the first in `{place}`: \
                 see `gwctl lint`"
            ),
        });
    }
    if let Some(first) = loaded.mesh.store.refused.first() {
        let others = match loaded.mesh.store.refused.len() {
            1 => String::new(),
            n => format!(" and {} more", n - 1),
        };
        let (name, place) = (first.name(), loaded.sources.file_line(first.span));
        notes.push(format!(
            "left out, for {} would refuse it: {name} ({place}){others}; see `gwctl lint`, or keep it with \
             `--include-rejected`",
            first.judges()
        ));
    }
    let beside = Outcome { notes, problems: loaded.problems.clone(), ..Outcome::default() };
    streams.note(&report::notes(&beside, streams.verbose > 0, streams.err))?;
    Ok(match (loaded.problems.is_empty(), served) {
        (false, _) => Exit::Failure,
        (true, true) => Exit::Clean,
        (true, false) => unserved,
    })
}
