//! Which findings count: options of `gwctl lint`, whose outcome `gwctl config show` tells.

use clap::{Args, ValueEnum};

use super::words::{RuleWords, Words};
use crate::finding::Severity;

const SEVERITIES: &[&str] = &["error", "warning", "info"];

/// Which findings count.
#[derive(Debug, Default, Args)]
pub struct ChoiceArgs {
    /// Rules to check: codes, prefixes, names, categories, default, all [default: default]
    ///
    /// The config file's `select`, `extend-select` and `ignore` count only where this is not given.
    #[arg(long, value_name = "RULES", value_delimiter = ',', value_parser = RuleWords::Groups,
        hide_possible_values = true)]
    pub select: Vec<String>,
    /// Rules to check besides
    #[arg(long, value_name = "RULES", value_delimiter = ',', value_parser = RuleWords::Groups,
        hide_possible_values = true)]
    pub extend_select: Vec<String>,
    /// Rules not to check; wins over --select and --extend-select
    #[arg(long, value_name = "RULES", value_delimiter = ',', value_parser = RuleWords::Groups,
        hide_possible_values = true)]
    pub ignore: Vec<String>,
    /// Print from here up: error, warning, info [default: info]
    ///
    /// What is not printed counts for --fail-on and for baselines all the same.
    #[arg(long, value_name = "SEVERITY", hide_possible_values = true,
        value_parser = Words { words: SEVERITIES, parse: parse_severity })]
    pub min_severity: Option<Severity>,
    /// Exit 1 from here up: error, warning, info, never [default: error]
    #[arg(long, value_name = "SEVERITY", hide_possible_values = true)]
    pub fail_on: Option<FailOn>,
    /// The same as --fail-on warning
    #[arg(long, conflicts_with = "fail_on")]
    pub deny_warnings: bool,
    /// The same as --fail-on never
    #[arg(short, long, conflicts_with_all = ["fail_on", "deny_warnings"])]
    pub exit_zero: bool,
}

impl ChoiceArgs {
    /// What is said of when to fail, and by which flag.
    pub fn failing(&self) -> Option<(FailOn, &'static str)> {
        match self.fail_on {
            Some(fail_on) => Some((fail_on, "--fail-on")),
            None if self.exit_zero => Some((FailOn::Never, "--exit-zero")),
            None if self.deny_warnings => Some((FailOn::Warning, "--deny-warnings")),
            None => None,
        }
    }
}

/// Reads a severity.
pub(in crate::cli) fn parse_severity(text: &str) -> Result<Severity, String> {
    [Severity::Error, Severity::Warning, Severity::Info]
        .into_iter()
        .find(|severity| severity.as_str().eq_ignore_ascii_case(text.trim()))
        .ok_or_else(|| format!("severities are {}", SEVERITIES.join(", ")))
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

    /// The word, as typed.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Error => "error",
            Self::Warning => "warning",
            Self::Info => "info",
            Self::Never => "never",
        }
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
    fn severities_are_three_words() {
        assert_eq!(parse_severity("Warning"), Ok(Severity::Warning));
        assert_eq!(parse_severity("medium"), Err("severities are error, warning, info".into()));
    }
}
