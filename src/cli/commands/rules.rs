//! `gwctl rules`: lists all rules.

use crate::cli::args::{RulesArgs, RulesFormat};
use crate::cli::environment;
use crate::cli::error::Error;
use crate::cli::exit::Exit;
use crate::cli::streams::Streams;
use crate::report;

pub(in crate::cli) fn run(args: &RulesArgs, streams: &mut Streams) -> Result<Exit, Error> {
    let rules = crate::cli::registry();
    streams.print(&match environment::format(args.output, RulesFormat::Table)? {
        RulesFormat::Table => report::rules_table(rules),
        RulesFormat::Markdown => report::rules_markdown(rules),
        RulesFormat::Json => report::rules_json(rules),
    })?;
    Ok(Exit::Clean)
}
