//! `gwctl routes`: prints the effective table of every ingress proxy.

use crate::cli::args::{RoutesArgs, RoutesFormat};
use crate::cli::engine;
use crate::cli::error::Error;
use crate::cli::exit::Exit;
use crate::cli::streams::Streams;
use crate::report::envoy;
use crate::report::routes::{RoutesOptions, table};

pub(in crate::cli) fn run(
    args: &RoutesArgs,
    jobs: usize,
    streams: &mut Streams,
) -> Result<Exit, Error> {
    let loaded = engine::read(&args.input, None, jobs)?;
    match args.output {
        RoutesFormat::Envoy => {
            envoy::write(&loaded.tables, loaded.mesh.version, &mut *streams.results())?;
        }
        RoutesFormat::Table => {
            let options = RoutesOptions { color: streams.out.color, ..RoutesOptions::default() };
            let out = &mut *streams.results();
            table::write(&loaded.tables, &loaded.mesh, &loaded.sources, &options, out)?;
        }
    }
    super::end(loaded, true, Exit::Clean, streams)
}
