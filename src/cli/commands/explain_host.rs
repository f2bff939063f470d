//! `gwctl explain host`: says who answers a request.

use crate::cli::args::{HostArgs, HostFormat};
use crate::cli::engine;
use crate::cli::error::Error;
use crate::cli::exit::Exit;
use crate::cli::streams::Streams;

pub(in crate::cli) fn run(
    args: &HostArgs,
    jobs: usize,
    streams: &mut Streams,
) -> Result<Exit, Error> {
    match (&args.requests, args.output) {
        (Some(_), Some(HostFormat::Text)) => {
            return Err(Error::usage("`--requests` answers in `-o jsonl` only"));
        }
        (None, Some(HostFormat::Jsonl)) => {
            return Err(Error::usage("`-o jsonl` goes with `--requests`"));
        }
        _ => {}
    }
    // With requests from a file there is no host: what stands in its place is a path.
    let first = args.requests.as_ref().and(args.host.as_ref());
    let _loaded = engine::read(&args.input, first, jobs)?;
    let _ = streams;
    Err(Error::Unavailable { command: "explain host" })
}
