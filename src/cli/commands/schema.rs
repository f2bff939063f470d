//! `gwctl schema`: prints a JSON Schema.

use crate::cli::args::{SchemaArgs, SchemaName};
use crate::cli::error::Error;
use crate::cli::exit::Exit;
use crate::cli::project::vocabulary;
use crate::cli::streams::Streams;
use crate::config;

/// The schema of the config file.
pub fn config_schema() -> String {
    let schema = config::schema(&vocabulary());
    serde_json::to_string_pretty(&schema).expect("a value becomes JSON") + "\n"
}

pub(in crate::cli) fn run(args: &SchemaArgs, streams: &mut Streams) -> Result<Exit, Error> {
    let config = config_schema();
    streams.print(match args.name {
        SchemaName::Config => &config,
        SchemaName::Lint => include_str!("../../../schema/lint.schema.json"),
        SchemaName::Routes => include_str!("../../../schema/routes.schema.json"),
        SchemaName::Explain => include_str!("../../../schema/explain.schema.json"),
    })?;
    Ok(Exit::Clean)
}
