//! `gwctl lint`: reports problems.

use std::borrow::Cow;
use std::io::Write;
use std::path::Path;
use std::time::Instant;

use clap::ValueEnum;

use crate::analysis::{
    Ignores, Outcome, Part, Places, Selected, keep_new, lint, merge, outline, suppress,
};
use crate::cli::args::{
    ChoiceArgs, FailOn, Global, LintArgs, Output, parse_output, parse_severity,
};
use crate::cli::baseline::{About, BaselineFile};
use crate::cli::engine;
use crate::cli::environment;
use crate::cli::error::Error;
use crate::cli::exit::Exit;
use crate::cli::project::Project;
use crate::cli::select::{self, Choice};
use crate::cli::settings::Settings;
use crate::cli::streams::Streams;
use crate::finding::Severity;
use crate::input::{self, Revision};
use crate::report::{self, Context, Format, Report, Statistics, Terminal};
use crate::suppression::Date;
use crate::text::Sources;

pub(in crate::cli) fn run(
    args: &LintArgs,
    global: &Global,
    jobs: usize,
    streams: &mut Streams,
) -> Result<Exit, Error> {
    let project = Project::find(global, args.input.first_path(None))?;
    project.log(streams);
    let outputs = outputs(&wanted_outputs(args, &project)?)?;
    check(args, &outputs)?;
    let selected = selected(&args.choice, &project)?;
    let overrides = project.overrides()?;
    let baseline = BaselineFile::find(args, &project)?;
    let settings = Settings::resolve(&args.input, None, jobs, &project)?;
    let started = Instant::now();
    engine::start(jobs)?;
    if args.input.show_files {
        return super::show_files(&settings, streams);
    }
    let (mut outcome, mut sources) =
        checked(args, &settings, &selected, args.require_resources, streams)?;
    overrides.apply(&mut outcome, &sources);
    let fail_on = fail_on(&args.choice, &project);
    if let Some(baseline) = baseline {
        // Whether it was stale at another revision, too, nobody knows.
        let fails_on_warnings = args.new_since.is_none() && fail_on.fails(Some(Severity::Warning));
        let (settings, selected) = (&settings[..], &selected);
        let about = About { args, settings, selected, fails_on_warnings };
        baseline.apply(about, &mut outcome, &mut sources, streams)?;
        // What is said of the baseline has a severity, too.
        overrides.apply(&mut outcome, &sources);
    }
    if let Some(name) = &args.new_since {
        let revision = Revision::open(name, false)?;
        if revision.has_submodules() {
            outcome.notes.push(format!(
                "submodules are not read at {}: what is found in them counts as new",
                revision.describe()
            ));
        }
        let old = Settings::at(&settings, revision)?;
        let (mut old, texts) = checked(args, &old, &selected, false, streams)?;
        overrides.apply(&mut old, &texts);
        keep_new(&mut outcome, &sources, name, (&old, &texts), &settings[0].namespace);
    }
    let fails = fail_on.fails(outcome.worst());
    outcome.keep_from(min_severity(&args.choice, &project));
    outcome.summary.elapsed = Some(started.elapsed());
    let outcome = &outcome;
    let context = Context {
        terminal: Terminal::plain(),
        // Objects that state no namespace are told apart by the first cluster's: the same from run to run.
        places: &Places::of(outcome, &sources, &settings[0].namespace),
        istio: &versions(&settings),
        root: &input::root(),
    };
    streams.phases.begin_printing();
    for output in &outputs {
        if args.statistics {
            print_with(output, &Statistics { format: output.format }, &sources, outcome, streams)?;
        } else {
            print(output, args.max_findings, context, &sources, outcome, streams)?;
        }
    }
    streams.note(&report::notes(outcome, streams.verbose > 0, streams.err))?;
    streams.note(&report::summary(outcome, streams.verbose > 0, streams.err))?;
    if fails && !fail_on.fails(outcome.worst()) {
        streams
            .note("note: the exit code is that of findings which --min-severity leaves out\n")?;
    }
    streams.timings(args.timings);
    Ok(if !outcome.problems.is_empty() {
        Exit::Failure
    } else if fails {
        Exit::Findings
    } else {
        Exit::Clean
    })
}

/// Reads and checks all clusters, and takes out what is suppressed where it stands.
fn checked(
    args: &LintArgs,
    settings: &[Settings],
    selected: &Selected,
    requires_objects: bool,
    streams: &Streams,
) -> Result<(Outcome, Cow<'static, Sources>), Error> {
    let mut parts = Vec::new();
    for one in settings {
        let loaded = engine::read_with(outline, one, &streams.phases)?;
        streams.phases.begin("checking");
        let outcome = lint(loaded, selected, &one.complete);
        if requires_objects && outcome.summary.objects == 0 {
            return Err(nothing_to_check(one, outcome.summary.files));
        }
        let cluster = one.cluster.clone();
        parts.push(Part { cluster, outcome, sources: &loaded.sources });
    }
    let (mut outcome, sources) = merge(parts);
    if !args.no_ignores {
        let is_partial = !args.input.clusters.is_empty();
        let today = Date::of_seconds(settings[0].now.unwrap_or_else(engine::now));
        suppress(&mut outcome, &sources, Ignores { selected, today, is_partial });
    }
    Ok((outcome, sources))
}

/// Refuses formats that cannot hold what is to be printed.
fn check(args: &LintArgs, outputs: &[Output]) -> Result<(), Error> {
    let other = outputs.iter().find(|output| !Statistics::FORMATS.contains(&output.format));
    match other {
        Some(output) if args.statistics => Err(Error::usage(format!(
            "`--statistics` cannot be printed as {}",
            output.format.as_str()
        ))
        .with_help("formats are full, concise, json, markdown")),
        _ => Ok(()),
    }
}

/// The error where objects are required and none is there.
fn nothing_to_check(settings: &Settings, files: usize) -> Error {
    let of =
        settings.cluster.as_ref().map_or_else(String::new, |name| format!(" of cluster `{name}`"));
    let files = if files == 1 { "1 file".to_owned() } else { format!("{files} files") };
    Error::usage(format!("no Istio ingress objects in {files}{of}"))
        .with_help("`--show-files` says what is read, and why the rest is not")
}

/// The releases of Istio that are followed: one, unless clusters differ.
fn versions(settings: &[Settings]) -> String {
    let mut versions: Vec<&str> = settings.iter().map(|one| one.version.as_str()).collect();
    versions.sort_unstable();
    versions.dedup();
    versions.join(", ")
}

/// The rules that flags name, else those of the config file, to which `--extend-select` and `--ignore` add.
fn selected(choice: &ChoiceArgs, project: &Project) -> Result<Selected, Error> {
    let config = &project.config;
    let default = vec!["default".to_owned()];
    let flags = |select| Choice { select, ignore: &choice.ignore };
    let choices = if choice.select.is_empty() {
        let select = config.select.as_ref().unwrap_or(&default);
        vec![
            Choice { select, ignore: &[] },
            Choice { select: &config.extend_select, ignore: &config.ignore },
            flags(&choice.extend_select),
        ]
    } else {
        vec![Choice { select: &choice.select, ignore: &[] }, flags(&choice.extend_select)]
    };
    let selected = select::resolve(&choices, crate::cli::registry())?;
    Ok(Selected { options: config.options.clone(), ..selected })
}

/// What flags ask for, else the environment, else the config file, whose files are relative to it.
fn wanted_outputs(args: &LintArgs, project: &Project) -> Result<Vec<Output>, Error> {
    if !args.output.is_empty() {
        return Ok(args.output.clone());
    }
    if let Some(output) = environment::output(|text| parse_output(text).ok())? {
        return Ok(vec![output]);
    }
    let Some(of_file) = &project.config.output else { return Ok(Vec::new()) };
    let mut outputs: Vec<Output> =
        of_file.iter().filter_map(|text| parse_output(text).ok()).collect();
    for output in &mut outputs {
        let file = output.file.as_ref().map(|file| project.enter(&file.to_string_lossy()));
        output.file = file.map(Into::into);
    }
    Ok(outputs)
}

fn fail_on(choice: &ChoiceArgs, project: &Project) -> FailOn {
    let of_file = || FailOn::from_str(project.config.fail_on.as_deref()?, true).ok();
    let of_flag = choice.failing().map(|(fail_on, _)| fail_on);
    of_flag.or_else(of_file).unwrap_or(FailOn::Error)
}

fn min_severity(choice: &ChoiceArgs, project: &Project) -> Severity {
    let of_file = || parse_severity(project.config.min_severity.as_deref()?).ok();
    choice.min_severity.or_else(of_file).unwrap_or(Severity::Info)
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

/// Prints findings; of the formats for people only the first `most` (0: all).
fn print(
    output: &Output,
    most: usize,
    context: Context<'_>,
    sources: &Sources,
    outcome: &Outcome,
    streams: &mut Streams,
) -> Result<(), Error> {
    let terminal = if output.file.is_none() { streams.out } else { context.terminal };
    let report = output.format.report(Context { terminal, ..context });
    let is_for_people = matches!(output.format, Format::Full | Format::Concise);
    if !is_for_people || most == 0 || most >= outcome.findings.len() {
        return print_with(output, &*report, sources, outcome, streams);
    }
    let findings = outcome.findings[..most].to_vec();
    let shown = Outcome { findings, ..Outcome::default() };
    print_with(output, &*report, sources, &shown, streams)?;
    let more = outcome.findings.len() - most;
    let findings = if more == 1 { "finding" } else { "findings" };
    streams.note(&format!("note: {more} more {findings} not shown, by --max-findings {most}\n"))?;
    Ok(())
}

fn print_with(
    output: &Output,
    report: &dyn Report,
    sources: &Sources,
    outcome: &Outcome,
    streams: &mut Streams,
) -> Result<(), Error> {
    let Some(path) = &output.file else {
        streams.print_by(|out| report.write(outcome, sources, out))?;
        return Ok(());
    };
    let mut text = Vec::new();
    report.write(outcome, sources, &mut text)?;
    write_file(path, &text)
}

pub(in crate::cli) fn write_file(path: &Path, bytes: &[u8]) -> Result<(), Error> {
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
