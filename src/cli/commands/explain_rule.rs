//! `gwctl explain rule`: says what a rule means.

use crate::cli::args::{RuleArgs, RuleFormat};
use crate::cli::environment;
use crate::cli::error::Error;
use crate::cli::exit::Exit;
use crate::cli::select;
use crate::cli::streams::Streams;
use crate::report;

pub(in crate::cli) fn run(args: &RuleArgs, streams: &mut Streams) -> Result<Exit, Error> {
    let output = environment::format(args.output, RuleFormat::Text)?;
    let words =
        args.rules.iter().flat_map(|words| words.split(',')).filter(|word| !word.is_empty());
    let registry = crate::cli::registry();
    let named = words.map(|word| select::find(word, registry)).collect::<Result<Vec<_>, _>>()?;
    let rules = if args.all { registry.to_vec() } else { named };
    let pages = rules.into_iter().map(|rule| match output {
        RuleFormat::Text => report::rule_page(rule, streams.out),
        RuleFormat::Markdown => report::rule_markdown(rule),
        RuleFormat::Json => report::rule_json(rule),
    });
    let separator = if output == RuleFormat::Json { "" } else { "\n" };
    let text = pages.collect::<Vec<_>>().join(separator);
    streams.print(&text)?;
    Ok(Exit::Clean)
}
