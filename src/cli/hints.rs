//! What newcomers type first: short forms that are understood, and commands of other tools that are not.

use std::ffi::OsString;

use super::error::Error;
use crate::finding::words;
use crate::text::spelling;

/// The command line with short forms written out, or what to type instead.
pub(super) fn rewrite(mut words: Vec<OsString>) -> Result<Vec<OsString>, Error> {
    if let Some(at) =
        words.iter().position(|word| word == "--completions" || word == "--completion")
    {
        let shell = words.get(at + 1).and_then(|word| word.to_str()).unwrap_or("SHELL");
        return Err(Error::usage("unknown option `--completions`")
            .with_help(format!("did you mean `gwctl completions {shell}`?")));
    }
    let Some(at) = command_position(&words) else { return Ok(words) };
    match words[at].to_str().unwrap_or_default() {
        "rule" => {
            words.insert(at, "explain".into());
        }
        "explain" => {
            if let Some(what) = explained(&words[at + 1..]) {
                words.insert(at + 1, what.into());
            } else if let Some(word) = command(&words[at..])
                && !matches!(word, "host" | "rule" | "help")
            {
                let near = spelling::nearest(word, ["host", "rule"]);
                return Err(Error::usage(format!("`{word}` is neither a host nor a rule")).with_help(
                    match near {
                        Some(near) => format!("did you mean `gwctl explain {near}`?"),
                        None => format!(
                            "a host without a dot: `gwctl explain host {word}`; all rules, of which each can be \
                             explained by `gwctl explain rule`: `gwctl rules`"
                        ),
                    },
                ));
            }
        }
        word @ ("proxy-config" | "pc" | "proxy-status" | "ps") => {
            return Err(Error::usage(format!("unknown command `{word}`")).with_help(
                "gwctl never talks to a cluster; the table that the files result in: `gwctl routes`",
            ));
        }
        word @ ("get" | "describe" | "apply" | "delete") => {
            return Err(Error::usage(format!("unknown command `{word}`")).with_help(
                "this is the offline Istio gwctl; the Gateway API tool of the same name is \
                 kubernetes-sigs/gwctl. Did you mean `gwctl routes`?",
            ));
        }
        word if word.contains("://") => {
            return Err(Error::usage(format!("unknown command `{word}`"))
                .with_help(format!("did you mean `gwctl explain host {word}`?")));
        }
        word if looks_like_path(word) => {
            return Err(Error::usage(format!("unknown command `{word}`"))
                .with_help(format!("did you mean `gwctl lint {word}`?")));
        }
        _ => {}
    }
    Ok(words)
}

/// The command.
pub(super) fn command(words: &[OsString]) -> Option<&str> {
    words[command_position(words)?].to_str()
}

/// Where the command stands: the first word that is neither an option nor its value.
fn command_position(words: &[OsString]) -> Option<usize> {
    let mut at = 1;
    loop {
        let word = words.get(at)?.to_str()?;
        at += match word {
            "--color" | "--config" | "--jobs" | "-j" => 2,
            "--" => return None,
            "-" => return Some(at),
            _ if word.starts_with('-') => 1,
            _ => return Some(at),
        };
    }
}

/// `host` or `rule`, where the words after `explain` leave out which.
fn explained(words: &[OsString]) -> Option<&'static str> {
    let words: Vec<_> = words.iter().filter_map(|word| word.to_str()).collect();
    let first = words.iter().find(|word| !word.starts_with('-'))?;
    if matches!(*first, "host" | "rule" | "help") {
        return None;
    }
    let known = |word: &str| super::registry().iter().any(|rule| rule.is_called(word));
    if looks_like_code(first) || known(first) || words::is_known(first, super::registry()) {
        return Some("rule");
    }
    words.iter().any(|word| !word.starts_with('-') && looks_like_host(word)).then_some("host")
}

/// `GW301`, `IST0132`, `KIA0505`.
fn looks_like_code(word: &str) -> bool {
    let word = word.to_ascii_uppercase();
    ["GW", "IST", "KIA"].iter().any(|prefix| {
        word.strip_prefix(prefix)
            .is_some_and(|rest| !rest.is_empty() && rest.bytes().all(|b| b.is_ascii_digit()))
    })
}

/// `.`, `-`, `infra/`, `gateway.yaml`.
fn looks_like_path(word: &str) -> bool {
    matches!(word, "." | ".." | "-")
        || word.contains(['/', '\\'])
        || [".yaml", ".yml", ".json"].iter().any(|extension| word.ends_with(extension))
}

fn looks_like_host(word: &str) -> bool {
    word.contains("://") || (word.contains('.') && !word.starts_with('.') && !word.contains(' '))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rewritten(line: &str) -> String {
        match rewrite(line.split(' ').map(OsString::from).collect()) {
            Ok(words) => words.join(" ".as_ref()).into_string().unwrap(),
            Err(error) => error.render(crate::report::Terminal::plain()),
        }
    }

    #[test]
    fn short_forms_are_written_out() {
        for (typed, meant) in [
            ("gwctl rule GW301", "gwctl explain rule GW301"),
            ("gwctl explain GW301", "gwctl explain rule GW301"),
            ("gwctl explain ist0132", "gwctl explain rule ist0132"),
            ("gwctl explain tls", "gwctl explain rule tls"),
            ("gwctl explain shop.example.com", "gwctl explain host shop.example.com"),
            ("gwctl explain https://localhost/x", "gwctl explain host https://localhost/x"),
            ("gwctl -q --color never explain a.b", "gwctl -q --color never explain host a.b"),
            ("gwctl explain -X POST a.b", "gwctl explain host -X POST a.b"),
            ("gwctl explain host a.b", "gwctl explain host a.b"),
            ("gwctl explain rule a.b", "gwctl explain rule a.b"),
            ("gwctl explain --help", "gwctl explain --help"),
            ("gwctl lint explain", "gwctl lint explain"),
            ("gwctl", "gwctl"),
        ] {
            assert_eq!(rewritten(typed), meant, "{typed}");
        }
    }

    #[test]
    fn commands_of_other_tools_get_a_hint() {
        assert!(rewritten("gwctl pc routes x").contains("gwctl routes"));
        assert!(rewritten("gwctl get gateways").contains("kubernetes-sigs/gwctl"));
        assert!(rewritten("gwctl explain foo").contains("gwctl explain host foo"));
        assert!(rewritten("gwctl explain hots").contains("`gwctl explain host`"));
        for path in [".", "-", "infra/", "some/file.yaml", "gateway.yml"] {
            assert!(
                rewritten(&format!("gwctl -q {path}")).contains(&format!("`gwctl lint {path}`"))
            );
        }
        assert!(rewritten("gwctl https://a.b/c").contains("`gwctl explain host https://a.b/c`"));
        assert!(rewritten("gwctl --completions zsh").contains("gwctl completions zsh"));
    }
}
