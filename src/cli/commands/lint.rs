//! `gwctl lint`: reports problems.

use std::io::Write;
use std::path::Path;
use std::time::Instant;

use crate::analysis::{Outcome, Places, lint, outline};
use crate::cli::args::{LintArgs, Output};
use crate::cli::engine;
use crate::cli::error::Error;
use crate::cli::exit::Exit;
use crate::cli::select;
use crate::cli::streams::Streams;
use crate::input;
use crate::report::{self, Context, Format, Terminal};
use crate::rules::Complete;
use crate::text::Sources;

pub(in crate::cli) fn run(
    args: &LintArgs,
    jobs: usize,
    streams: &mut Streams,
) -> Result<Exit, Error> {
    let outputs = outputs(&args.output)?;
    let selected = select::resolve(&args.select, &args.ignore, crate::cli::registry())?;
    let started = Instant::now();
    let loaded = engine::read_with(outline, &args.input, None, jobs)?;
    let complete = Complete::new(args.input.complete.iter().map(String::as_str));
    let mut outcome = lint(loaded, &selected, &complete);
    outcome.summary.elapsed = Some(started.elapsed());
    let outcome = &outcome;
    let context = Context {
        terminal: Terminal::plain(),
        places: &Places::new(&outcome.findings, &loaded.sources, &args.input.namespace),
        istio: &args.input.istio_version,
        root: &input::root(),
    };
    for output in outputs {
        print(&output, context, &loaded.sources, outcome, streams)?;
    }
    streams.note(&report::notes(outcome, streams.verbose > 0, streams.err))?;
    streams.note(&report::summary(outcome, streams.verbose > 0, streams.err))?;
    Ok(if !outcome.problems.is_empty() {
        Exit::Failure
    } else if args.fail_on.fails(outcome.worst()) {
        Exit::Findings
    } else {
        Exit::Clean
    })
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
