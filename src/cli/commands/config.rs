//! `gwctl config`: shows settings with where they come from, writes a config file to begin with, says which one counts.

use std::fmt::Write as _;
use std::fs::OpenOptions;
use std::io::Write;
use std::path::Path;

use crate::cli::args::{ConfigArgs, ConfigCommand, Global, parse_output};
use crate::cli::environment;
use crate::cli::error::Error;
use crate::cli::exit::Exit;
use crate::cli::project::Project;
use crate::cli::streams::Streams;
use crate::config::{KEYS, Key, starter};
use crate::input::CONFIG_NAMES;
use crate::report::printable;

pub(in crate::cli) fn run(
    args: &ConfigArgs,
    global: &Global,
    streams: &mut Streams,
) -> Result<Exit, Error> {
    let paths = match &args.what {
        Some(ConfigCommand::Init) => return init(streams),
        Some(ConfigCommand::Show(args) | ConfigCommand::Path(args)) => &args.paths[..],
        None => &[],
    };
    let project = Project::find(global, paths.first().map_or(".", String::as_str))?;
    if let Some(ConfigCommand::Path(_)) = args.what {
        match &project.file {
            Some(file) => streams.print(&format!("{}\n", file.name))?,
            None => streams.note("no config file; `gwctl config init` writes one\n")?,
        }
        return Ok(Exit::Clean);
    }
    let mut text = String::new();
    for key in KEYS {
        text.push_str(&setting(key, &project, paths)?);
    }
    streams.print(&text)?;
    Ok(Exit::Clean)
}

/// A setting as it would be written in a config file, with its origin as a comment.
fn setting(key: &Key, project: &Project, paths: &[String]) -> Result<String, Error> {
    let name = key.name;
    if name == "paths" && !paths.is_empty() {
        let list = serde_json::to_string(paths).expect("texts become JSON");
        return Ok(format!("paths: {list}  # PATH\n"));
    }
    if name == "output"
        && let Some(output) =
            environment::output(|text| parse_output(text).ok().map(|_| text.to_owned()))?
    {
        let list = serde_json::to_string(&[output]).expect("texts become JSON");
        return Ok(format!("output: {list}  # GWCTL_OUTPUT\n"));
    }
    let written = project.config.written.iter().find(|written| written.value == name);
    if let (Some(written), Some(file)) = (written, &project.file) {
        let (start, end) = (written.span.start as usize, written.span.end as usize);
        let text = file.text.get(start..end).unwrap_or_default().trim_end();
        let line = file.text.get(..start).unwrap_or_default().matches('\n').count() + 1;
        let origin = format!("{}:{line}", printable(&file.name));
        let mut out = String::new();
        if text.contains('\n') {
            write!(out, "# {origin}\n{text}\n").expect("a string takes all");
        } else {
            writeln!(out, "{text}  # {origin}").expect("a string takes all");
        }
        return Ok(out);
    }
    Ok(match key.default() {
        Some(value) => format!("{name}: {value}  # default\n"),
        None => format!("{name}: null  # not set\n"),
    })
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
