//! What clap says of wrong arguments, with hints that it cannot know: flags and commands of other tools and of later
//! releases.

use std::ffi::OsString;

use clap::builder::StyledStr;
use clap::error::{ContextKind, ContextValue, ErrorKind};
use clap::{Command, CommandFactory};

use super::args::{Cli, parse_severity};
use super::hints;

/// Flags that people try, and what to type instead.
const FLAGS: &[(&str, &str)] = &[
    ("--json", "for JSON: `-o json`"),
    ("--yaml", "for YAML: `gwctl routes -o yaml`"),
    ("--fix", "gwctl reports, and changes no file"),
    ("--diff", "gwctl reports, and changes no file"),
    ("--strict", "to fail on warnings too: `--deny-warnings`"),
    ("--noqa", "to disregard suppressions: `--no-ignores`"),
    ("--rule", SELECT),
    ("--rules", SELECT),
    ("--only", SELECT),
    ("--disable", "rules not to check: `--ignore`"),
    ("--suppress", "rules not to check: `--ignore`"),
    ("--skip", "rules not to check: `--ignore`; paths not to read: `--exclude`"),
    ("--all-namespaces", NAMESPACES),
    ("-A", NAMESPACES),
    ("--recursive", BELOW),
    ("-R", BELOW),
    ("-r", BELOW),
    ("-k", KUSTOMIZE),
    ("--kustomize", KUSTOMIZE),
    ("--kubeconfig", OFFLINE),
    ("--context", OFFLINE),
    ("--list-rules", "`gwctl rules` lists all rules"),
    ("--explain", "what a rule means: `gwctl explain rule CODE`"),
    ("--meshConfigFile", "`--mesh-config FILE`"),
];

const SELECT: &str = "rules to check: `--select`";
const NAMESPACES: &str = "all namespaces of the input are read anyway";
const BELOW: &str = "directories are read with all that is below them anyway";
const KUSTOMIZE: &str =
    "kustomizations are not built; to read what they render: `kustomize build DIR | gwctl lint -`";
const OFFLINE: &str = "gwctl never talks to a cluster: name the files that are applied to it";

/// Commands that people try, each below another one or at the top, and what to type instead.
const COMMANDS: &[(&str, &str, &str)] = &[
    ("", "init", "`gwctl config init` writes a config file"),
    ("", "list", "`gwctl routes` lists routes, `gwctl rules` rules"),
    ("", "trace", "which route answers, and why others do not: `gwctl explain host URL --trace`"),
    ("config", "view", SETTINGS),
    ("config", "get", SETTINGS),
    ("config", "list", SETTINGS),
    ("config", "validate", MISTAKES),
    ("config", "check", MISTAKES),
    ("config", "lint", MISTAKES),
];

const SETTINGS: &str = "every setting, with where it comes from: `gwctl config show`";
const MISTAKES: &str = "`gwctl config show` says what is wrong with the file, and what it means";

/// `error` with a better hint, where there is one; `words` are those of the command line.
pub(super) fn improve(mut error: clap::Error, words: &[OsString]) -> clap::Error {
    match error.kind() {
        ErrorKind::UnknownArgument => {
            let hint = text(&error, ContextKind::InvalidArg).and_then(|word| flag(&word, words));
            // What is left of clap's says how to pass the word as a value, which nobody wants.
            error.remove(ContextKind::Suggested);
            if let Some(hint) = hint {
                error.remove(ContextKind::SuggestedArg);
                suggest(&mut error, hint);
            }
        }
        ErrorKind::InvalidSubcommand => {
            let word = text(&error, ContextKind::InvalidSubcommand).unwrap_or_default();
            let above = hints::command(words).filter(|first| *first != word).unwrap_or_default();
            let known =
                COMMANDS.iter().find(|(parent, name, _)| (*parent, *name) == (above, &*word));
            if let Some((.., hint)) = known {
                error.remove(ContextKind::SuggestedSubcommand);
                suggest(&mut error, (*hint).to_owned());
            } else {
                name_as_shown(&mut error, above);
            }
        }
        _ => {}
    }
    error
}

/// What to type instead of a flag.
fn flag(name: &str, words: &[OsString]) -> Option<String> {
    if matches!(name, "--severity" | "--level") {
        let meant = value(name, words).and_then(|text| parse_severity(text).ok());
        let severity = meant.map_or("SEVERITY", |severity| severity.as_str());
        return Some(format!(
            "what to print: `--min-severity {severity}`; from where on to fail: `--fail-on {severity}`"
        ));
    }
    FLAGS.iter().find(|(flag, _)| *flag == name).map(|(_, hint)| (*hint).to_owned())
}

/// What stands behind a flag.
fn value<'w>(name: &str, words: &'w [OsString]) -> Option<&'w str> {
    let mut words = words.iter().filter_map(|word| word.to_str());
    let rest = words.find_map(|word| word.strip_prefix(name))?;
    if rest.is_empty() { words.next() } else { rest.strip_prefix('=') }
}

/// Puts what the help calls commands in place of their other names.
fn name_as_shown(error: &mut clap::Error, above: &str) {
    let near = match error.get(ContextKind::SuggestedSubcommand) {
        Some(ContextValue::String(one)) => vec![one.clone()],
        Some(ContextValue::Strings(all)) => all.clone(),
        _ => return,
    };
    let root = Cli::command();
    let parent = root.find_subcommand(above).unwrap_or(&root);
    let shown = |name: &String| parent.find_subcommand(name).map(Command::get_name);
    let mut names: Vec<String> = near.iter().filter_map(shown).map(str::to_owned).collect();
    names.dedup();
    let value = match names.as_slice() {
        [one] => ContextValue::String(one.clone()),
        _ => ContextValue::Strings(names),
    };
    error.insert(ContextKind::SuggestedSubcommand, value);
}

fn text(error: &clap::Error, kind: ContextKind) -> Option<String> {
    match error.get(kind) {
        Some(ContextValue::String(text)) => Some(text.clone()),
        _ => None,
    }
}

fn suggest(error: &mut clap::Error, hint: String) {
    error.remove(ContextKind::Usage);
    let hint = ContextValue::StyledStrs(vec![StyledStr::from(hint)]);
    error.insert(ContextKind::Suggested, hint);
}

#[cfg(test)]
mod tests {
    use super::*;

    fn said(line: &str) -> String {
        let words: Vec<OsString> = line.split(' ').map(OsString::from).collect();
        let error = Cli::command().try_get_matches_from(&words).unwrap_err();
        improve(error, &words).render().to_string()
    }

    #[test]
    fn flags_of_other_tools_get_a_hint() {
        for (line, hint) in [
            ("gwctl lint --json", "-o json"),
            ("gwctl routes --json", "-o json"),
            ("gwctl lint --fix", "changes no file"),
            ("gwctl lint --severity=error", "--min-severity error"),
            ("gwctl lint --severity Error .", "--fail-on error"),
            ("gwctl lint --severity high", "--min-severity SEVERITY"),
            ("gwctl lint --level warning", "--min-severity warning"),
            ("gwctl lint -A", "read anyway"),
            ("gwctl lint -R infra", "read with all that is below"),
            ("gwctl lint -k infra", "`kustomize build DIR | gwctl lint -`"),
            ("gwctl lint --only tls", "`--select`"),
            ("gwctl lint --skip tls", "`--ignore`"),
            ("gwctl routes --kubeconfig x", "never talks to a cluster"),
            ("gwctl lint --list-rules", "`gwctl rules`"),
            ("gwctl lint --explain GW304", "`gwctl explain rule CODE`"),
            ("gwctl lint --slect tls", "'--select'"),
        ] {
            assert!(said(line).contains(hint), "{line}: {}", said(line));
        }
    }

    #[test]
    fn commands_of_other_tools_get_a_hint() {
        for (line, hint) in [
            ("gwctl init", "`gwctl config init`"),
            ("gwctl -q list", "`gwctl routes` lists routes"),
            ("gwctl trace https://a.b", "`gwctl explain host URL --trace`"),
            ("gwctl config view", "`gwctl config show`"),
            ("gwctl config validate", "`gwctl config show`"),
            ("gwctl lnit", "a similar subcommand exists: 'lint'"),
            ("gwctl valdate", "'lint'"),
            ("gwctl config shwo", "'show'"),
        ] {
            assert!(said(line).contains(hint), "{line}: {}", said(line));
        }
        for line in ["gwctl lnit", "gwctl valdate", "gwctl analyse"] {
            assert!(
                !said(line).contains("'validate'") && !said(line).contains("'analyze'"),
                "{line}"
            );
        }
    }

    #[test]
    fn nobody_is_told_to_pass_a_flag_as_a_value() {
        for line in ["gwctl lint --fix", "gwctl lint --qwertz", "gwctl explain host a.b --xyz"] {
            assert!(!said(line).contains("as a value"), "{}", said(line));
        }
    }
}
