//! Arguments of `gwctl lint`.

use std::path::PathBuf;

use clap::Args;

use super::words::Words;
use super::{ChoiceArgs, InputArgs};
use crate::report::Format;

pub(super) const AFTER: &str = "\
Exit code: 0 nothing at or over --fail-on, 1 findings, 2 could not do its work.
GitHub Actions: gwctl lint -o github
Code scanning:  gwctl lint -o sarif=gwctl.sarif
GitLab:         gwctl lint -o gitlab=gl-code-quality-report.json";

/// Arguments of `gwctl lint`.
#[derive(Debug, Args)]
pub struct LintArgs {
    /// Which findings count.
    #[command(flatten)]
    pub choice: ChoiceArgs,
    /// Disregard comments, annotations and baseline
    #[arg(long)]
    pub no_ignores: bool,
    /// Report only findings that are not there at this revision of git
    ///
    /// The PATHs are checked at the revision, too, by the same config file; what is found in both is old, in whichever
    /// files it stands and whatever they are called now. So a change of one file may bring findings in others. With
    /// --rev : it tells what the index brings. Suppressions hold as they stood in each of the two.
    #[arg(long, value_name = "REV")]
    pub new_since: Option<String>,
    /// Do not report the findings that this file lists [default: baseline of the config file]
    #[arg(long, value_name = "FILE")]
    pub baseline: Option<PathBuf>,
    /// Write the findings into the baseline, or refresh it; exit 0 [default: .gwctl-baseline.json]
    ///
    /// Without =FILE it is that of --baseline or of the config file. What the baseline says of rules and files that are not
    /// checked in this run stays.
    #[arg(long, value_name = "FILE", num_args = 0..=1, require_equals = true, conflicts_with = "no_ignores")]
    pub write_baseline: Option<Option<PathBuf>>,
    /// full, concise, json, jsonl, sarif, github, gitlab, junit, checkstyle, rdjson or markdown;
    /// with =FILE into a file; repeatable
    #[arg(short, long, value_name = "FORMAT[=FILE]", aliases = ["format", "output-format"],
        value_parser = Words { words: Format::WORDS, parse: parse_output }, hide_possible_values = true)]
    pub output: Vec<Output>,
    /// Print this many findings at most, in full and concise; 0: all
    #[arg(long, value_name = "N", default_value_t = 0, hide_default_value = true)]
    pub max_findings: usize,
    /// Count findings per rule instead of printing them
    #[arg(long)]
    pub statistics: bool,
    /// Fail if there is nothing to check
    #[arg(long)]
    pub require_resources: bool,
    /// Say how long reading, checking and printing took
    #[arg(long)]
    pub timings: bool,
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_output_is_a_format_and_perhaps_a_file() {
        let file = Some(PathBuf::from("a=b.json"));
        assert_eq!(parse_output("json=a=b.json"), Ok(Output { format: Format::Json, file }));
        assert_eq!(parse_output("full"), Ok(Output { format: Format::Full, file: None }));
        assert!(parse_output("json=").is_err());
        assert!(parse_output("xml").unwrap_err().contains("concise"));
    }
}
