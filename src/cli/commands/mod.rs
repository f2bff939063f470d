//! One file per command: each takes its arguments, prints, and says how the run ends.

pub(super) mod completions;
pub(super) mod config;
pub(super) mod explain_host;
pub(super) mod explain_rule;
pub(super) mod lint;
pub(super) mod man;
pub(super) mod routes;
pub(super) mod rules;
pub(super) mod schema;
mod show_files;
pub(super) mod version;

pub(super) use lint::write_file;
use show_files::show_files;

use super::error::Error;
use super::exit::Exit;
use super::settings::Settings;
use super::streams::Streams;
use crate::analysis::{Loaded, Outcome, note_contested};
use crate::explain::gateways_named;
use crate::report;
use crate::text::first_five;

/// Says which of several clusters comes next.
fn heading(
    at: usize,
    settings: &Settings,
    markdown: bool,
    streams: &mut Streams,
) -> Result<(), Error> {
    let name = settings.cluster.as_deref().unwrap_or_default();
    let name = report::printable(name);
    let start = if at == 0 { "" } else { "\n" };
    let line = if markdown { format!("## {name}") } else { format!("CLUSTER {name}") };
    streams.print(&format!("{start}{line}\n\n"))?;
    Ok(())
}

/// How a run about several clusters ends where each of them has to do well.
fn worst(exits: &[Exit]) -> Exit {
    let has = |exit| exits.contains(&exit);
    [Exit::Failure, Exit::Findings].into_iter().find(|exit| has(*exit)).unwrap_or(Exit::Clean)
}

/// How a run about several clusters ends where one that does well is enough.
fn best(exits: &[Exit]) -> Exit {
    let has = |exit| exits.contains(&exit);
    [Exit::Failure, Exit::Clean].into_iter().find(|exit| has(*exit)).unwrap_or(Exit::Findings)
}

/// The Gateways of a name, at least one.
fn gateways(loaded: &Loaded, name: &str) -> Result<Vec<u32>, Error> {
    let all = gateways_named(&loaded.mesh, name);
    if all.is_empty() {
        let error = Error::usage(format!("no Gateway is called `{name}`"));
        return Err(error.with_help(gateways_found(loaded)));
    }
    Ok(all)
}

/// Which Gateways there are.
fn gateways_found(loaded: &Loaded) -> String {
    let gateways = loaded.mesh.store.gateways.iter().map(|gateway| &gateway.meta);
    let known: Vec<String> =
        gateways.map(|meta| format!("{}/{}", meta.namespace(), meta.name())).collect();
    let mut refused = loaded.mesh.store.refused.iter();
    if known.is_empty() && refused.any(|refused| refused.meta.kind() == "Gateway") {
        "every Gateway of the input is refused; `--include-rejected` keeps them".to_owned()
    } else if known.is_empty() {
        "the input has no Gateway".to_owned()
    } else {
        format!("Gateways found: {}", first_five(&known, ", "))
    }
}

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
    let contested = note_contested(loaded);
    notes.extend(contested.iter().map(|(note, _)| note.clone()));
    let beside = Outcome { notes, problems: loaded.problems.clone(), ..Outcome::default() };
    streams.note(&report::notes(&beside, streams.verbose > 0, streams.err))?;
    if let Some((_, snippet)) = contested.filter(|(_, snippet)| !snippet.is_empty()) {
        let entries = snippet.iter().map(|entry| report::printable(entry));
        let entries: Vec<_> = std::iter::once("      clusters:".into()).chain(entries).collect();
        streams.note(&(entries.join("\n        ") + "\n"))?;
    }
    Ok(match (loaded.problems.is_empty(), served) {
        (false, _) => Exit::Failure,
        (true, true) => Exit::Clean,
        (true, false) => unserved,
    })
}
