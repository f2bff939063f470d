//! `gwctl config`: shows settings with where they come from, writes a config file to begin with, says which one counts.

use std::fmt::Write as _;
use std::fs::OpenOptions;
use std::io::Write;
use std::path::Path;

use crate::cli::args::{ConfigArgs, ConfigCommand, ConfigShowArgs, Global, parse_output};
use crate::cli::environment;
use crate::cli::error::Error;
use crate::cli::exit::Exit;
use crate::cli::given::{self, Given};
use crate::cli::project::Project;
use crate::cli::streams::Streams;
use crate::config::{KEYS, Key, starter};
use crate::input::CONFIG_NAMES;
use crate::report::printable;
use crate::text::Span;

pub(in crate::cli) fn run(
    args: &ConfigArgs,
    global: &Global,
    jobs: usize,
    streams: &mut Streams,
) -> Result<Exit, Error> {
    match &args.what {
        Some(ConfigCommand::Init) => init(streams),
        Some(ConfigCommand::Show(args)) => show(args, global, jobs, streams),
        None => show(&ConfigShowArgs::default(), global, jobs, streams),
        Some(ConfigCommand::Path(args)) => {
            let first = args.paths.first().map_or(".", String::as_str);
            match &Project::find(global, first)?.file {
                Some(file) => streams.print(&format!("{}\n", file.name))?,
                None => streams.note("no config file; `gwctl config init` writes one\n")?,
            }
            Ok(Exit::Clean)
        }
    }
}

/// Prints all settings as a config file that says the same.
fn show(
    args: &ConfigShowArgs,
    global: &Global,
    jobs: usize,
    streams: &mut Streams,
) -> Result<Exit, Error> {
    let project = Project::find(global, args.input.first_path(None))?;
    let mut text = String::new();
    for key in KEYS {
        text.push_str(&setting(key, &project, args)?);
    }
    // No key: it changes no result.
    let origin = match (global.jobs, environment::said("GWCTL_JOBS")) {
        (Some(_), _) => "--jobs",
        (None, Some(_)) => "GWCTL_JOBS",
        (None, None) => "default",
    };
    writeln!(text, "# jobs: {jobs}  # {origin}").expect("a string takes all");
    streams.print(&text)?;
    Ok(Exit::Clean)
}

/// A setting as it would be written in a config file, with its origin as a comment.
fn setting(key: &Key, project: &Project, args: &ConfigShowArgs) -> Result<String, Error> {
    let name = key.name;
    let written = project.config.written.iter().find(|written| written.value == name);
    let origin = written.map(|written| origin(project, written.span));
    if let Some(Given { value, flag, adds }) = given::of_key(name, args, &project.config)? {
        let also = origin.filter(|_| adds).map(|(origin, _)| format!("{origin}, "));
        let also = also.unwrap_or_default();
        return Ok(format!("{name}: {value}  # {also}{flag}\n"));
    }
    if name == "output"
        && let Some(output) =
            environment::output(|text| parse_output(text).ok().map(|_| text.to_owned()))?
    {
        return Ok(format!("output: {}  # GWCTL_OUTPUT\n", given::list(&[output])));
    }
    if let Some((origin, text)) = origin {
        return Ok(if text.contains('\n') {
            format!("# {origin}\n{text}\n")
        } else {
            format!("{text}  # {origin}\n")
        });
    }
    Ok(match key.default() {
        Some(value) => format!("{name}: {value}  # default\n"),
        None => format!("{name}: null  # not set\n"),
    })
}

/// Where a key is written, and how.
fn origin(project: &Project, span: Span) -> (String, &str) {
    let (name, text) = project.text(span.source);
    let (start, end) = (span.start as usize, span.end as usize);
    let written = text.get(start..end).unwrap_or_default().trim_end();
    if span.source.index() > 0 {
        return (name.to_owned(), written);
    }
    let line = text.get(..start).unwrap_or_default().matches('\n').count() + 1;
    (format!("{}:{line}", printable(name)), written)
}

/// Writes a config file to begin with, where there is none.
fn init(streams: &mut Streams) -> Result<Exit, Error> {
    if let Some(name) = CONFIG_NAMES.iter().find(|name| Path::new(name).exists()) {
        return Err(Error::usage(format!("`{name}` is there already"))
            .with_help("`gwctl config show` says what it means"));
    }
    let path = Path::new(CONFIG_NAMES[0]);
    // Never over a file that came in between.
    OpenOptions::new()
        .write(true)
        .create_new(true)
        .open(path)
        .and_then(|mut file| file.write_all(starter().as_bytes()))
        .map_err(|source| Error::Write { path: path.to_owned(), source })?;
    streams
        .note(&format!("wrote {}: every key with its default, as comments\n", path.display()))?;
    Ok(Exit::Clean)
}
