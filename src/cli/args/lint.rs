//! Arguments of `gwctl lint`.

use std::path::PathBuf;

use clap::{Args, ValueEnum};

use super::InputArgs;
use super::words::Words;
use crate::finding::Severity;
use crate::report::Format;

pub(super) const AFTER: &str = "\
Exit code: 0 nothing at or over --fail-on, 1 findings, 2 could not do its work.
GitHub Actions: gwctl lint -o github
Code scanning:  gwctl lint -o sarif=gwctl.sarif
GitLab:         gwctl lint -o gitlab=gl-code-quality-report.json";

/// Arguments of `gwctl lint`.
#[derive(Debug, Args)]
pub struct LintArgs {
    /// Rules to check: codes, prefixes, names, categories, default, all [default: default]
    ///
    /// The config file's `select` and `ignore` count only where this is not given.
    #[arg(long, value_name = "RULES", value_delimiter = ',')]
    pub select: Vec<String>,
    /// Rules not to check; wins over --select
    #[arg(long, value_name = "RULES", value_delimiter = ',')]
    pub ignore: Vec<String>,
    /// Exit 1 from here up: error, warning, info, never [default: error]
    #[arg(long, value_name = "SEVERITY", hide_possible_values = true)]
    pub fail_on: Option<FailOn>,
    /// Disregard suppressions in the input
    #[arg(long)]
    pub no_ignores: bool,
    /// full, concise, json, jsonl, sarif, github, gitlab, junit, checkstyle, rdjson or markdown;
    /// with =FILE into a file; repeatable
    #[arg(short, long, value_name = "FORMAT[=FILE]", aliases = ["format", "output-format"],
        value_parser = Words { words: Format::WORDS, parse: parse_output }, hide_possible_values = true)]
    pub output: Vec<Output>,
    /// Where to find manifests.
    #[command(flatten)]
    pub input: InputArgs,
}

/// The words of all formats.
pub(in crate::cli) const FORMATS: &[&str] = Format::WORDS;

/// Where and in which form to print.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Output {
    /// The form.
    pub format: Format,
    /// The file; none: stdout.
    pub file: Option<PathBuf>,
}

pub(in crate::cli) fn parse_output(text: &str) -> Result<Output, String> {
    let (word, file) = match text.split_once('=') {
        Some((_, "")) => return Err("no file after `=`".to_owned()),
        Some((word, file)) => (word, Some(PathBuf::from(file))),
        None => (text, None),
    };
    let format = word.parse().map_err(|()| format!("formats are {}", Format::WORDS.join(", ")))?;
    Ok(Output { format, file })
}

/// From which severity on findings make the run fail.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum FailOn {
    /// Errors.
    Error,
    /// Warnings and errors.
    Warning,
    /// Any finding.
    Info,
    /// None.
    Never,
}

impl FailOn {
    /// Whether a run whose gravest finding is `worst` fails.
    pub fn fails(self, worst: Option<Severity>) -> bool {
        let least = match self {
            Self::Error => Severity::Error,
            Self::Warning => Severity::Warning,
            Self::Info => Severity::Info,
            Self::Never => return false,
        };
        worst.is_some_and(|worst| worst >= least)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn severities_fail_from_the_threshold_up() {
        let worst = Some(Severity::Warning);
        assert!(FailOn::Info.fails(worst) && FailOn::Warning.fails(worst));
        assert!(!FailOn::Error.fails(worst) && !FailOn::Never.fails(worst));
        assert!(!FailOn::Info.fails(None));
    }

    #[test]
    fn an_output_is_a_format_and_perhaps_a_file() {
        let file = Some(PathBuf::from("a=b.json"));
        assert_eq!(parse_output("json=a=b.json"), Ok(Output { format: Format::Json, file }));
        assert_eq!(parse_output("full"), Ok(Output { format: Format::Full, file: None }));
        assert!(parse_output("json=").is_err());
        assert!(parse_output("xml").unwrap_err().contains("concise"));
    }
}
