//! `gwctl version`: prints the version, and which Istio is modelled.

use clap::CommandFactory;

use crate::cli::args::{Cli, VersionArgs, VersionFormat};
use crate::cli::environment;
use crate::cli::error::Error;
use crate::cli::exit::Exit;
use crate::cli::streams::Streams;
use crate::report;

pub(in crate::cli) fn run(args: &VersionArgs, streams: &mut Streams) -> Result<Exit, Error> {
    streams.print(&match environment::format(args.output, VersionFormat::Text)? {
        VersionFormat::Text => Cli::command().render_version(),
        VersionFormat::Json => report::version_json(crate::cli::ISTIO_VERSION),
    })?;
    Ok(Exit::Clean)
}
