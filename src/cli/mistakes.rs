//! What clap says of wrong arguments, with hints that it cannot know: flags of other tools and of later releases.

use clap::builder::StyledStr;
use clap::error::{ContextKind, ContextValue, ErrorKind};

/// Flags that people try, and what to type instead.
const FLAGS: &[(&str, &str)] = &[
    ("--json", "for JSON: `-o json`"),
    ("--yaml", "for YAML: `gwctl routes -o yaml`"),
    ("--fix", "gwctl reports, and changes no file"),
    ("--diff", "gwctl reports, and changes no file"),
    ("--strict", "to fail on warnings too: `--deny-warnings`"),
    (
        "--severity",
        "what to print: `--min-severity warning`; from where on to fail: `--fail-on warning`",
    ),
    ("--noqa", "to disregard suppressions: `--no-ignores`"),
    ("--rule", "rules to check: `--select`"),
    ("--rules", "rules to check: `--select`"),
    ("--disable", "rules not to check: `--ignore`"),
    ("--suppress", "rules not to check: `--ignore`"),
    ("--all-namespaces", "all namespaces of the input are read anyway"),
    ("--recursive", "directories are read with all that is below them anyway"),
    ("--meshConfigFile", "`--mesh-config FILE`"),
];

/// `error` with a better hint, where there is one; `command`: the first word that is no option.
pub(super) fn improve(mut error: clap::Error, command: Option<&str>) -> clap::Error {
    if error.kind() != ErrorKind::UnknownArgument {
        return error;
    }
    let Some(ContextValue::String(word)) = error.get(ContextKind::InvalidArg) else { return error };
    let word = word.clone();
    let name = word.split('=').next().unwrap_or_default();
    let known = FLAGS.iter().find(|(flag, _)| *flag == name).map(|(_, hint)| (*hint).to_owned());
    let hint = match known {
        None if command == Some("rules") && !word.starts_with('-') => {
            Some(format!("did you mean `gwctl explain rule {word}`?"))
        }
        known => known,
    };
    // What is left of clap's says how to pass the word as a value, which nobody wants.
    error.remove(ContextKind::Suggested);
    if let Some(hint) = hint {
        error.remove(ContextKind::SuggestedArg);
        error.remove(ContextKind::Usage);
        let hint = ContextValue::StyledStrs(vec![StyledStr::from(hint)]);
        error.insert(ContextKind::Suggested, hint);
    }
    error
}

#[cfg(test)]
mod tests {
    use clap::CommandFactory;

    use super::*;
    use crate::cli::args::Cli;

    fn said(line: &str) -> String {
        let words: Vec<&str> = line.split(' ').collect();
        let error = Cli::command().try_get_matches_from(&words).unwrap_err();
        improve(error, words.get(1).copied()).render().to_string()
    }

    #[test]
    fn flags_of_other_tools_get_a_hint() {
        for (line, hint) in [
            ("gwctl lint --json", "-o json"),
            ("gwctl routes --json", "-o json"),
            ("gwctl lint --fix", "changes no file"),
            ("gwctl lint --severity=error", "--fail-on"),
            ("gwctl rules GW304", "gwctl explain rule GW304"),
            ("gwctl lint --slect tls", "'--select'"),
        ] {
            assert!(said(line).contains(hint), "{line}: {}", said(line));
        }
    }

    #[test]
    fn nobody_is_told_to_pass_a_flag_as_a_value() {
        for line in ["gwctl lint --fix", "gwctl lint --qwertz", "gwctl explain host a.b --xyz"] {
            assert!(!said(line).contains("as a value"), "{}", said(line));
        }
    }
}
