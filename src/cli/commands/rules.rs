//! `gwctl rules`: lists all rules, or some of them.

use crate::cli::args::{RulesArgs, RulesFormat};
use crate::cli::environment;
use crate::cli::error::Error;
use crate::cli::exit::Exit;
use crate::cli::select;
use crate::cli::streams::Streams;
use crate::report;

pub(in crate::cli) fn run(args: &RulesArgs, streams: &mut Streams) -> Result<Exit, Error> {
    let format = environment::format(args.output, RulesFormat::Table)?;
    let words: Vec<String> =
        args.rules.iter().flat_map(|words| words.split(',')).map(str::to_owned).collect();
    let all = crate::cli::registry();
    let rules = if words.is_empty() { all.to_vec() } else { select::list(&words, all)? };
    streams.print(&match format {
        RulesFormat::Table => report::rules_table(&rules, streams.out_columns),
        RulesFormat::Markdown => report::rules_markdown(&rules),
        RulesFormat::Json => report::rules_json(&rules),
    })?;
    Ok(Exit::Clean)
}
