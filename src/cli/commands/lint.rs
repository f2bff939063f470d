//! `gwctl lint`: reports problems.

use std::io::Write;
use std::path::Path;
use std::time::Instant;

use clap::ValueEnum;

use crate::analysis::{Outcome, Part, Places, Selected, lint, merge, outline};
use crate::cli::args::{FailOn, Global, LintArgs, Output, parse_output};
use crate::cli::engine;
use crate::cli::error::Error;
use crate::cli::exit::Exit;
use crate::cli::project::Project;
use crate::cli::select;
use crate::cli::settings::Settings;
use crate::cli::streams::Streams;
use crate::input;
use crate::report::{self, Context, Format, Terminal};
use crate::text::Sources;

pub(in crate::cli) fn run(
    args: &LintArgs,
    global: &Global,
    streams: &mut Streams,
) -> Result<Exit, Error> {
    let project = Project::find(global, args.input.first_path(None))?;
    let outputs = outputs(&wanted_outputs(args, &project))?;
    let selected = selected(args, &project)?;
    let overrides = project.overrides()?;
    let settings = Settings::resolve(&args.input, None, global.jobs, &project)?;
    let started = Instant::now();
    engine::start(global.jobs)?;
    let mut parts = Vec::new();
    for one in &settings {
        let loaded = engine::read_with(outline, one)?;
        let mut outcome = lint(loaded, &selected, &one.complete);
        overrides.apply(&mut outcome.findings, &loaded.sources);
        let cluster = one.cluster.clone();
        parts.push(Part { cluster, outcome, sources: &loaded.sources });
    }
    let (mut outcome, sources) = merge(parts);
    outcome.summary.elapsed = Some(started.elapsed());
    let outcome = &outcome;
    let context = Context {
        terminal: Terminal::plain(),
        // Objects that state no namespace are told apart by the first cluster's: the same from run to run.
        places: &Places::new(&outcome.findings, &sources, &settings[0].namespace),
        istio: &versions(&settings),
        root: &input::root(),
    };
    for output in outputs {
        print(&output, context, &sources, outcome, streams)?;
    }
    streams.note(&report::notes(outcome, streams.verbose > 0, streams.err))?;
    streams.note(&report::summary(outcome, streams.verbose > 0, streams.err))?;
    Ok(if !outcome.problems.is_empty() {
        Exit::Failure
    } else if fail_on(args, &project).fails(outcome.worst()) {
        Exit::Findings
    } else {
        Exit::Clean
    })
}

/// The releases of Istio that are followed: one, unless clusters differ.
fn versions(settings: &[Settings]) -> String {
    let mut versions: Vec<&str> = settings.iter().map(|one| one.version.as_str()).collect();
    versions.sort_unstable();
    versions.dedup();
    versions.join(", ")
}

/// The rules that flags name, else those of the config file. `--ignore` adds to what the file ignores.
fn selected(args: &LintArgs, project: &Project) -> Result<Selected, Error> {
    let config = &project.config;
    let default = vec!["default".to_owned()];
    let is_given = !args.select.is_empty();
    let select = if is_given { &args.select } else { config.select.as_ref().unwrap_or(&default) };
    let of_file = if is_given { &[][..] } else { &config.ignore };
    let ignore: Vec<String> = of_file.iter().chain(&args.ignore).cloned().collect();
    select::resolve(select, &ignore, crate::cli::registry())
}

/// What flags ask for, else what the config file does, whose files are relative to it.
fn wanted_outputs(args: &LintArgs, project: &Project) -> Vec<Output> {
    let of_file = project.config.output.as_deref().filter(|_| args.output.is_empty());
    let Some(of_file) = of_file else { return args.output.clone() };
    let mut outputs: Vec<Output> =
        of_file.iter().filter_map(|text| parse_output(text).ok()).collect();
    for output in &mut outputs {
        let file = output.file.as_ref().map(|file| project.enter(&file.to_string_lossy()));
        output.file = file.map(Into::into);
    }
    outputs
}

fn fail_on(args: &LintArgs, project: &Project) -> FailOn {
    let of_file = || FailOn::from_str(project.config.fail_on.as_deref()?, true).ok();
    args.fail_on.or_else(of_file).unwrap_or(FailOn::Error)
}

/// What was asked for; the default format on stdout where nothing is asked for it.
fn outputs(given: &[Output]) -> Result<Vec<Output>, Error> {
    for (at, output) in given.iter().enumerate() {
        if output.file.is_some() && given[..at].iter().any(|before| before.file == output.file) {
            return Err(Error::usage("`-o` writes two formats into one file"));
        }
    }
    let on_stdout = given.iter().filter(|output| output.file.is_none()).count();
    match on_stdout {
        _ if given.is_empty() => Ok(vec![Output { format: Format::default(), file: None }]),
        0 | 1 => Ok(given.to_vec()),
        _ => Err(Error::usage("only one `-o` may lack `=FILE`")
            .with_help("write the others into files, as in `-o full -o json=report.json`")),
    }
}

fn print(
    output: &Output,
    context: Context<'_>,
    sources: &Sources,
    outcome: &Outcome,
    streams: &mut Streams,
) -> Result<(), Error> {
    match &output.file {
        None => {
            let context = Context { terminal: streams.out, ..context };
            let report = output.format.report(context);
            report.write(outcome, sources, &mut *streams.results())?;
            Ok(())
        }
        Some(path) => {
            let mut text = Vec::new();
            output.format.report(context).write(outcome, sources, &mut text)?;
            write_file(path, &text)
        }
    }
}

pub(super) fn write_file(path: &Path, bytes: &[u8]) -> Result<(), Error> {
    std::fs::File::create(path)
        .and_then(|mut file| file.write_all(bytes))
        .map_err(|source| Error::Write { path: path.to_owned(), source })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_output_at_most_goes_to_stdout() {
        let to = |format, file: Option<&str>| Output { format, file: file.map(Into::into) };
        assert_eq!(outputs(&[]).unwrap(), [to(Format::Full, None)]);
        let two = [to(Format::Github, None), to(Format::Json, Some("a"))];
        assert_eq!(outputs(&two).unwrap(), two);
        assert!(outputs(&[to(Format::Github, None), to(Format::Json, None)]).is_err());
    }
}
