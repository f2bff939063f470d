//! Arguments of the smaller commands.

use std::path::PathBuf;

use clap::{Args, ValueEnum};
use clap_complete::Shell;

use super::InputArgs;

/// Arguments of `gwctl routes`.
#[derive(Debug, Args)]
pub struct RoutesArgs {
    /// table, or envoy for Envoy's own listeners and route configurations
    #[arg(short, long, value_name = "FORMAT", aliases = ["format", "output-format"],
        default_value = "table", hide_possible_values = true)]
    pub output: RoutesFormat,
    /// Where to find manifests.
    #[command(flatten)]
    pub input: InputArgs,
}

/// Arguments of `gwctl rules`.
#[derive(Debug, Args)]
pub struct RulesArgs {
    /// table or json
    #[arg(short, long, value_name = "FORMAT", aliases = ["format", "output-format"],
        default_value = "table", hide_possible_values = true)]
    pub output: RulesFormat,
}

/// Arguments of `gwctl completions`.
#[derive(Debug, Args)]
pub struct CompletionsArgs {
    /// The shell
    pub shell: Shell,
}

/// Arguments of `gwctl man`.
#[derive(Debug, Args)]
pub struct ManArgs {
    /// Write one page per command into this directory
    #[arg(long, value_name = "DIR")]
    pub dir: Option<PathBuf>,
}

/// Arguments of `gwctl version`.
#[derive(Debug, Args)]
pub struct VersionArgs {
    /// text or json
    #[arg(short, long, value_name = "FORMAT", aliases = ["format", "output-format"],
        default_value = "text", hide_possible_values = true)]
    pub output: VersionFormat,
}

/// Formats of `gwctl routes`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum RoutesFormat {
    /// Columns.
    Table,
    /// Envoy's listeners and route configurations as JSON.
    Envoy,
}

/// Formats of `gwctl rules`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum RulesFormat {
    /// Columns.
    Table,
    /// JSON.
    Json,
}

/// Formats of `gwctl version`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum VersionFormat {
    /// One line.
    Text,
    /// JSON.
    Json,
}
