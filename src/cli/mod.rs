//! The command line: arguments, one file per command, exit codes. The only layer that knows the terminal, the
//! environment and the end of the process.

pub mod args;
mod baseline;
mod commands;
mod engine;
mod environment;
mod error;
mod exit;
mod given;
mod hints;
mod mistakes;
mod phases;
mod project;
mod select;
mod settings;
mod streams;

use std::ffi::OsString;
use std::sync::OnceLock;

use clap::error::ErrorKind;
use clap::{CommandFactory, FromArgMatches};

use crate::finding::Rule;
use crate::rules;

pub use commands::completions::{FILES as COMPLETIONS, completions};
pub use commands::man::man_pages;
pub use commands::schema::config_schema;
pub use exit::Exit;

use args::{Cli, Command};
use error::Error;
use streams::Streams;

/// The Istio version whose behaviour is modelled where none is asked for.
pub const ISTIO_VERSION: &str = crate::istio::Version::DEFAULT.as_str();

/// All rules, in the order of their codes.
pub fn registry() -> &'static [&'static Rule] {
    static ALL: OnceLock<Vec<&'static Rule>> = OnceLock::new();
    ALL.get_or_init(|| rules::checks().map(|check| check.rule).collect())
}

/// Runs the command line of this process.
pub fn run() -> Exit {
    exit::guard(|| {
        let words: Vec<OsString> = std::env::args_os().collect();
        let mut streams = Streams::of_process(&words);
        let result = parse(words, &streams).and_then(|cli| match cli {
            Parsed::Command(cli) => dispatch(&cli, &mut streams),
            Parsed::Text(text) => streams.print(&text).map(|()| Exit::Clean).map_err(Error::from),
        });
        match result.and_then(|exit| streams.flush().map(|()| exit).map_err(Error::from)) {
            Ok(exit) => exit,
            Err(error) => {
                streams.complain(&error);
                Exit::Failure
            }
        }
    })
}

/// What the words of the command line ask for.
enum Parsed {
    /// To run a command.
    Command(Box<Cli>),
    /// To print a text of clap's: help or version.
    Text(String),
}

fn parse(words: Vec<OsString>, streams: &Streams) -> Result<Parsed, Error> {
    let words = hints::rewrite(words)?;
    let command = Cli::command().term_width(streams.out.width.clamp(40, 80));
    let parsed = command.try_get_matches_from(&words).and_then(|m| Cli::from_arg_matches(&m));
    match parsed {
        Ok(cli) => Ok(Parsed::Command(Box::new(cli))),
        Err(error) => {
            let error = mistakes::improve(error, &words);
            let text = error.render();
            let shown = |color| if color { text.ansi().to_string() } else { text.to_string() };
            match error.kind() {
                ErrorKind::DisplayHelp | ErrorKind::DisplayVersion => {
                    Ok(Parsed::Text(shown(streams.out.color)))
                }
                _ => Err(Error::Arguments(shown(streams.err.color))),
            }
        }
    }
}

fn dispatch(cli: &Cli, streams: &mut Streams) -> Result<Exit, Error> {
    streams.quiet = cli.global.quiet;
    streams.verbose = cli.global.verbose;
    let global = &cli.global;
    let jobs = environment::jobs(global)?;
    if streams.is_watched() {
        streams.phases.show_progress();
    }
    match &cli.command {
        Command::Lint(args) => commands::lint::run(args, global, jobs, streams),
        Command::Routes(args) => commands::routes::run(args, global, jobs, streams),
        Command::Explain(args) => match &args.what {
            args::Explain::Host(args) => commands::explain_host::run(args, global, jobs, streams),
            args::Explain::Rule(args) => commands::explain_rule::run(args, streams),
        },
        Command::Rules(args) => commands::rules::run(args, streams),
        Command::Config(args) => commands::config::run(args, global, jobs, streams),
        Command::Schema(args) => commands::schema::run(args, streams),
        Command::Completions(args) => commands::completions::run(args, streams),
        Command::Man(args) => commands::man::run(args, streams),
        Command::Version(args) => commands::version::run(args, streams),
    }
}
