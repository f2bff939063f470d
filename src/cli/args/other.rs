//! Arguments of the smaller commands.

use std::path::PathBuf;

use clap::{Args, Subcommand, ValueEnum};
use clap_complete::Shell;

use super::lint::{FORMATS, parse_output};
use super::words::{RuleWords, Words};
use super::{ChoiceArgs, InputArgs, Output};
use crate::report::routes::RoutesFormat;

/// Arguments of `gwctl routes`.
#[derive(Debug, Args)]
pub struct RoutesArgs {
    /// table, wide, short (istioctl's columns), json, yaml, csv, markdown, or envoy [default: table]
    ///
    /// envoy: Envoy's own listeners and route configurations as JSON. csv: one line per route, or per filter chain
    /// with --listeners.
    #[arg(short, long, value_name = "FORMAT", aliases = ["format", "output-format"],
        hide_possible_values = true)]
    pub output: Option<RoutesOutput>,
    /// Only what comes from this Gateway: NS/NAME, or NAME of any namespace
    #[arg(long, value_name = "NS/NAME")]
    pub gateway: Option<String>,
    /// Only what is behind this port of the proxy, else of the Service
    #[arg(long, value_name = "N")]
    pub port: Option<u32>,
    /// Only what serves this host, itself or by a wildcard
    #[arg(long, value_name = "HOST")]
    pub host: Option<String>,
    /// Only this route configuration, such as http.8080
    #[arg(long, value_name = "ROUTE")]
    pub name: Option<String>,
    /// Print the listeners, not the routes
    #[arg(long)]
    pub listeners: bool,
    /// Print the routes, not the listeners
    #[arg(long)]
    pub routes: bool,
    /// Add file and line to each row
    #[arg(long)]
    pub show_source: bool,
    /// Where to find manifests.
    #[command(flatten)]
    pub input: InputArgs,
}

/// Arguments of `gwctl rules`.
#[derive(Debug, Args)]
pub struct RulesArgs {
    /// Only these: codes, prefixes, names, categories, default [default: all]
    #[arg(value_name = "RULES", value_parser = RuleWords::Groups, hide_possible_values = true)]
    pub rules: Vec<String>,
    /// table, json or markdown [default: table]
    #[arg(short, long, value_name = "FORMAT", aliases = ["format", "output-format"],
        hide_possible_values = true)]
    pub output: Option<RulesFormat>,
}

/// Arguments of `gwctl config`.
#[derive(Debug, Args)]
pub struct ConfigArgs {
    /// What about the config file; without it: show.
    #[command(subcommand)]
    pub what: Option<ConfigCommand>,
}

/// What can be done about the config file.
#[derive(Debug, Subcommand)]
pub enum ConfigCommand {
    /// Print every setting, with where it comes from
    ///
    /// With the options of `gwctl lint` that stand for keys, it prints what holds with them.
    Show(Box<ConfigShowArgs>),
    /// Write a .gwctl.yaml with all keys as comments into the current directory
    Init,
    /// Print which config file counts
    Path(ConfigPathArgs),
}

/// Arguments of `gwctl config show`.
#[derive(Debug, Default, Args)]
pub struct ConfigShowArgs {
    /// Which findings count.
    #[command(flatten)]
    pub choice: ChoiceArgs,
    /// As of `gwctl lint`
    #[arg(short, long, value_name = "FORMAT[=FILE]", aliases = ["format", "output-format"],
        value_parser = Words { words: FORMATS, parse: parse_output }, hide_possible_values = true)]
    pub output: Vec<Output>,
    /// As of `gwctl lint`
    #[arg(long, value_name = "FILE")]
    pub baseline: Option<String>,
    /// Where to find manifests.
    #[command(flatten)]
    pub input: InputArgs,
}

/// Which paths a config file is looked for.
#[derive(Debug, Default, Args)]
pub struct ConfigPathArgs {
    /// Paths as of the other commands: the config file is that of the first one
    #[arg(value_name = "PATH")]
    pub paths: Vec<String>,
}

/// Arguments of `gwctl schema`.
#[derive(Debug, Args)]
pub struct SchemaArgs {
    /// Of what: config, lint, routes or explain
    #[arg(value_name = "NAME", hide_possible_values = true)]
    pub name: SchemaName,
}

/// What there are schemas of.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum SchemaName {
    /// The config file.
    Config,
    /// `gwctl lint -o json`.
    Lint,
    /// `gwctl routes -o json`.
    Routes,
    /// `gwctl explain host -o json`.
    Explain,
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
    /// text or json [default: text]
    #[arg(short, long, value_name = "FORMAT", aliases = ["format", "output-format"],
        hide_possible_values = true)]
    pub output: Option<VersionFormat>,
}

/// Formats of `gwctl routes`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum RoutesOutput {
    /// Columns.
    Table,
    /// More columns.
    Wide,
    /// The columns of istioctl.
    Short,
    /// JSON.
    Json,
    /// YAML.
    Yaml,
    /// One line per route.
    Csv,
    /// Tables of Markdown.
    #[value(alias = "md")]
    Markdown,
    /// Envoy's listeners and route configurations as JSON.
    Envoy,
}

impl RoutesOutput {
    /// Whether the format holds the tables of one cluster only.
    pub fn prints_one(self) -> bool {
        matches!(self, Self::Json | Self::Yaml | Self::Csv | Self::Envoy)
    }

    /// The word, as typed.
    pub fn word(self) -> String {
        self.to_possible_value().map_or_else(String::new, |value| value.get_name().to_owned())
    }
}

impl From<RoutesOutput> for RoutesFormat {
    fn from(output: RoutesOutput) -> Self {
        match output {
            RoutesOutput::Table => Self::Table,
            RoutesOutput::Wide => Self::Wide,
            RoutesOutput::Short => Self::Short,
            RoutesOutput::Json => Self::Json,
            RoutesOutput::Yaml => Self::Yaml,
            RoutesOutput::Csv => Self::Csv,
            RoutesOutput::Markdown => Self::Markdown,
            RoutesOutput::Envoy => Self::Envoy,
        }
    }
}

/// Formats of `gwctl rules`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum RulesFormat {
    /// Columns.
    Table,
    /// JSON.
    Json,
    /// A table of Markdown, with links to the pages.
    #[value(alias = "md")]
    Markdown,
}

/// Formats of `gwctl version`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum VersionFormat {
    /// One line.
    Text,
    /// JSON.
    Json,
}
