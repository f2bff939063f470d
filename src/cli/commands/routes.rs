//! `gwctl routes`: prints the effective table of every ingress proxy.

use crate::cli::args::{RoutesArgs, RoutesFormat};
use crate::cli::engine;
use crate::cli::error::Error;
use crate::cli::exit::Exit;
use crate::cli::streams::Streams;
use crate::report::envoy;

pub(in crate::cli) fn run(
    args: &RoutesArgs,
    jobs: usize,
    streams: &mut Streams,
) -> Result<Exit, Error> {
    let loaded = engine::read(&args.input, None, jobs)?;
    match args.output {
        RoutesFormat::Envoy => envoy::write(&loaded.tables, &mut *streams.results())?,
        RoutesFormat::Table => return Err(Error::Unavailable { command: "routes -o table" }),
    }
    super::end(&loaded, true, Exit::Clean, streams)
}
