//! The baseline of a run: which file it is, what is read of it, whether it is written.

use std::borrow::Cow;
use std::collections::BTreeSet;
use std::path::Path;

use super::args::LintArgs;
use super::commands::write_file;
use super::error::Error;
use super::project::Project;
use super::settings::Settings;
use super::streams::Streams;
use crate::analysis::{Baseline, Compare, Lacking, Outcome, Selected};
use crate::config::{Entries, read_baseline, write_baseline};
use crate::input::{self, Root};
use crate::report::printable;
use crate::text::Sources;

/// The file that is written where none is named.
const DEFAULT: &str = ".gwctl-baseline.json";

/// The baseline of a run.
#[derive(Debug)]
pub(super) struct BaselineFile {
    /// What was read; none: there is nothing yet.
    read: Option<Baseline>,
    /// Where to write it anew.
    write: Option<String>,
    /// What names of files are relative to.
    root: Root,
}

/// What a run is about, as far as a baseline has to know.
#[derive(Clone, Copy, Debug)]
pub(super) struct About<'r> {
    /// The flags.
    pub(super) args: &'r LintArgs,
    /// The settings of each cluster.
    pub(super) settings: &'r [Settings],
    /// Which findings are wanted.
    pub(super) selected: &'r Selected,
    /// Whether warnings make the run fail.
    pub(super) fails_on_warnings: bool,
}

impl BaselineFile {
    /// Reads the baseline that flags name, else that of the config file; none: nobody speaks of one.
    pub(super) fn find(args: &LintArgs, project: &Project) -> Result<Option<Self>, Error> {
        if args.no_ignores {
            return Ok(None);
        }
        let of_flag = args.baseline.as_ref().map(|path| path.to_string_lossy().into_owned());
        let of_file = project.config.baseline.as_ref().map(|path| project.enter(path));
        let write = args.write_baseline.as_ref().map(|file| match file {
            Some(path) => path.to_string_lossy().into_owned(),
            None => of_flag.clone().or(of_file.clone()).unwrap_or_else(|| DEFAULT.to_owned()),
        });
        let is_written = |name: &String| write.as_ref() == Some(name);
        let name = of_flag.or_else(|| write.clone()).or(of_file);
        let Some(name) = name else { return Ok(None) };
        let is_new = is_written(&name) && !input::exists(&name);
        let read = if is_new { None } else { Some(read(name)?) };
        let root = input::root_or(project.file.as_ref().map(|file| &file.root));
        Ok(Some(Self { read, write, root }))
    }

    /// Takes out the findings that the baseline allows, and says where it is stale; writes it first, if that is wanted.
    pub(super) fn apply(
        &self,
        about: About<'_>,
        outcome: &mut Outcome,
        sources: &mut Cow<'_, Sources>,
        streams: &mut Streams,
    ) -> Result<(), Error> {
        let namespace = &about.settings[0].namespace;
        let compare = Compare { selected: about.selected, root: &self.root, namespace };
        if let Some(path) = self.write.as_ref().filter(|_| !outcome.problems.is_empty()) {
            outcome.problems.push(format!("`{path}` is not written: not all was read"));
            return Ok(());
        }
        let none = Entries::new();
        let entries = self.read.as_ref().map_or(&none, |read| &read.entries);
        let lacking = compare.hide(outcome, sources, entries);
        let is_whole =
            lacking.is_empty() || self.is_whole(entries, &compare, about, outcome, sources);
        let (stale, kept) = if is_whole {
            let elsewhere = |file: &str| input::read_text(&self.root.enter(file)).ok();
            compare.judged(outcome, sources, lacking, &elsewhere)
        } else {
            (Vec::new(), lacking)
        };
        if let Some(path) = &self.write {
            let new = compare.refreshed(outcome, sources, &kept);
            write_file(Path::new(path), write_baseline(&new).as_bytes())?;
            streams.note(&wrote(path, &new, &kept))?;
            compare.hide_all(outcome);
            return Ok(());
        }
        let Some(read) = self.read.as_ref().filter(|_| !stale.is_empty()) else { return Ok(()) };
        if about.fails_on_warnings && compare.reports_stale() {
            read.report(outcome, sources, &stale);
        } else {
            read.note(outcome, &stale);
        }
        Ok(())
    }

    /// Whether everything was looked at that the entries are about: not some files of many, one cluster of several or one
    /// proxy. A file that is gone is looked at, too.
    fn is_whole(
        &self,
        entries: &Entries,
        compare: &Compare<'_>,
        about: About<'_>,
        outcome: &Outcome,
        sources: &Sources,
    ) -> bool {
        let input = &about.args.input;
        let is_part = !input.clusters.is_empty()
            || !input.exclude.is_empty()
            || !about.settings[0].named.is_empty()
            || !outcome.problems.is_empty();
        if is_part {
            return false;
        }
        let read: BTreeSet<String> =
            sources.iter().map(|(_, source)| compare.file(&source.name)).collect();
        let paths = || about.settings.iter().flat_map(|one| &one.input.paths);
        if paths().any(|path| self.root.is_within(path)) {
            return true;
        }
        let paths: BTreeSet<String> = paths()
            .map(|path| compare.file(if path == "-" { &input.stdin_filename } else { path }))
            .collect();
        let is_below = |file: &str| {
            let folders = file.match_indices('/').map(|(at, _)| &file[..at]);
            folders.chain(["", file]).any(|folder| paths.contains(folder))
        };
        let files: BTreeSet<&str> = entries.keys().map(|key| key.file.as_str()).collect();
        files.into_iter().all(|file| {
            read.contains(file) || is_below(file) || !input::exists(&self.root.enter(file))
        })
    }
}

fn read(name: String) -> Result<Baseline, Error> {
    let help = "`gwctl lint --write-baseline` writes one";
    let text = match input::read_text(&name) {
        Ok(text) => text,
        Err(error) if input::exists(&name) => return Err(error.into()),
        Err(error) => return Err(Error::usage(format!("no baseline: {error}")).with_help(help)),
    };
    match read_baseline(&text) {
        Ok(entries) => Ok(Baseline { name, text, entries }),
        Err(error) => {
            let help = error.help.clone().unwrap_or_else(|| {
                "mend it, or remove it and run `gwctl lint --write-baseline`".to_owned()
            });
            Err(Error::config(&name, &text, error.help(help)))
        }
    }
}

/// What is said of a baseline that was written, in which something is `kept` that was not looked at.
fn wrote(path: &str, entries: &Entries, kept: &[Lacking]) -> String {
    let findings: u64 = entries.values().map(|count| u64::from(count.value)).sum();
    let plural = if findings == 1 { "" } else { "s" };
    let kept: u64 = kept.iter().map(|one| u64::from(one.count - one.found)).sum();
    let kept = match kept {
        0 => String::new(),
        kept => format!(" ({kept} kept, as not everything about them was checked)"),
    };
    format!(
        "wrote {}: {findings} finding{plural} that will not be reported{kept}\n",
        printable(path)
    )
}
