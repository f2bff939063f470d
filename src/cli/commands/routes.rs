//! `gwctl routes`: prints the effective table of every ingress proxy.

use crate::cli::args::RoutesArgs;
use crate::cli::engine;
use crate::cli::error::Error;
use crate::cli::exit::Exit;
use crate::cli::streams::Streams;

pub(in crate::cli) fn run(
    args: &RoutesArgs,
    jobs: usize,
    streams: &mut Streams,
) -> Result<Exit, Error> {
    super::print_answer(engine::routes(args, jobs)?, Exit::Clean, streams)
}
