//! The arguments, as clap reads them: the one source of help, completions and man pages.

mod choice;
mod explain;
mod input;
mod lint;
mod other;
mod words;

use clap::{ArgAction, Args, Parser, Subcommand, ValueEnum};

use crate::report::ColorChoice;

pub(super) use choice::parse_severity;
pub use choice::{ChoiceArgs, FailOn};
pub use explain::{Explain, ExplainArgs, HostArgs, HostFormat, RuleArgs, RuleFormat};
pub use input::InputArgs;
pub(super) use lint::{FORMATS, parse_output};
pub use lint::{LintArgs, Output};
pub use other::{
    CompletionsArgs, ConfigArgs, ConfigCommand, ConfigPathArgs, ConfigShowArgs, ManArgs,
    RoutesArgs, RoutesOutput, RulesArgs, RulesFormat, SchemaArgs, SchemaName, VersionArgs,
    VersionFormat,
};
pub(super) use words::{KINDS, parse_kind};

const VERSION: &str =
    concat!(env!("CARGO_PKG_VERSION"), " (Istio ingress linter, offline; models Istio 1.31)");

const HELP: &str = "\
{about}.

Usage: {usage}

{subcommands}

Options of every command:
  --config FILE|KEY=VALUE, --no-config, --color WHEN, -j N, -q, -v, -h, --help{after-help}";

const EXAMPLES: &str = "\
Examples:
  gwctl lint                                  the current directory
  kustomize build prod | gwctl lint -         rendered manifests
  gwctl routes infra/ apps/                   what the gateways will serve
  gwctl explain host https://shop.example.com/cart";

/// Lint and explain Istio ingress configuration, offline.
#[derive(Debug, Parser)]
#[command(
    name = "gwctl",
    version = VERSION,
    override_usage = "gwctl <COMMAND> [OPTIONS] [PATH]...",
    help_template = HELP,
    after_help = EXAMPLES,
    arg_required_else_help = true,
    subcommand_required = true,
    disable_help_subcommand = false
)]
pub struct Cli {
    /// Options of every command.
    #[command(flatten)]
    pub global: Global,
    /// The command.
    #[command(subcommand)]
    pub command: Command,
}

/// Options of every command; they may stand before or after it.
#[derive(Debug, Args)]
#[command(next_help_heading = "Global options")]
pub struct Global {
    /// The config file [default: .gwctl.yaml of the first PATH's folder or of one above it], or one of its keys as in
    /// namespace=shop, which counts before the file; repeatable
    #[arg(long, global = true, value_name = "FILE|KEY=VALUE")]
    pub config: Vec<String>,
    /// Read no config file
    #[arg(long, alias = "isolated", global = true)]
    pub no_config: bool,
    /// When to colour: auto, always, never
    #[arg(
        long,
        global = true,
        value_name = "WHEN",
        default_value = "auto",
        hide_default_value = true,
        hide_possible_values = true
    )]
    pub color: Color,
    /// Number of threads; 0: as many as cores [default: 0]
    #[arg(short, long, global = true, value_name = "N")]
    pub jobs: Option<usize>,
    /// Results only; twice: exit code only
    #[arg(short, long, global = true, action = ArgAction::Count)]
    pub quiet: u8,
    /// Say more on what was assumed and skipped; twice: times too
    #[arg(short, long, global = true, action = ArgAction::Count)]
    pub verbose: u8,
}

/// The commands.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Report problems
    #[command(aliases = ["check", "analyze", "validate"], after_help = lint::AFTER)]
    Lint(LintArgs),
    /// Print the effective routing table
    #[command(alias = "route")]
    Routes(RoutesArgs),
    /// Say how a request is routed, or what a rule means
    Explain(ExplainArgs),
    /// List rules
    Rules(RulesArgs),
    /// Show settings and where they come from, or write a config file
    Config(ConfigArgs),
    /// Print the JSON Schema of the config file or of an output
    Schema(SchemaArgs),
    /// Print a completion script for a shell
    #[command(aliases = ["completion", "generate-shell-completion"])]
    Completions(CompletionsArgs),
    /// Print the manual page
    Man(ManArgs),
    /// Print the version
    Version(VersionArgs),
}

/// When to colour.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Color {
    /// As the environment and the stream suggest.
    Auto,
    /// Always.
    Always,
    /// Never.
    Never,
}

impl From<Color> for ColorChoice {
    fn from(color: Color) -> Self {
        match color {
            Color::Auto => Self::Auto,
            Color::Always => Self::Always,
            Color::Never => Self::Never,
        }
    }
}

#[cfg(test)]
mod tests {
    use clap::CommandFactory;

    use super::*;

    #[test]
    fn the_version_names_the_release_that_is_followed() {
        assert!(VERSION.contains(&format!("Istio {}", crate::cli::ISTIO_VERSION)));
    }

    #[test]
    fn the_definition_is_consistent() {
        Cli::command().debug_assert();
    }
}
