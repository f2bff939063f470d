//! Completion scripts offer what can be typed: rules, formats, kinds. That of bash is run; those of zsh and fish are read.
#![expect(clippy::print_stderr, reason = "what is skipped is said")]

use std::process::{Command, Stdio};

use clap_complete::Shell;
use gwctl::cli::completions;

/// What bash offers for the last word of a line; none where there is no bash.
fn bash(line: &str) -> Option<Vec<String>> {
    let script = completions(Shell::Bash);
    let words: Vec<&str> = line.split(' ').collect();
    let (current, before) = (words[words.len() - 1], words[words.len() - 2]);
    let quoted: Vec<String> = words.iter().map(|word| format!("'{word}'")).collect();
    let script = format!(
        "{script}\nCOMP_WORDS=({})\nCOMP_CWORD={}\n_gwctl gwctl '{current}' '{before}'\n\
         printf '%s\\n' \"${{COMPREPLY[@]}}\"\n",
        quoted.join(" "),
        words.len() - 1
    );
    let mut command = Command::new("bash");
    command.args(["--norc", "-c", &script]).stdin(Stdio::null());
    run(&mut command)
}

/// What fish offers for the last word of a line; none where there is no fish.
fn fish(line: &str) -> Option<Vec<String>> {
    let script = completions(Shell::Fish);
    let script = format!("{script}\ncomplete -C '{line}'\n");
    let mut command = Command::new("fish");
    command.args(["--no-config", "-c", &script]).stdin(Stdio::null());
    let lines = run(&mut command)?;
    // Each word has a description behind it.
    let word = |line: &String| line.split('\t').next().unwrap_or_default().to_owned();
    Some(lines.iter().map(word).collect())
}

/// The lines that a shell prints; none where it is not there.
fn run(command: &mut Command) -> Option<Vec<String>> {
    let Ok(output) = command.output() else {
        eprintln!("skipped: no {} here", command.get_program().display());
        return None;
    };
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let text = String::from_utf8(output.stdout).expect("words");
    Some(text.lines().filter(|line| !line.is_empty()).map(str::to_owned).collect())
}

/// The words of `--select` in a script.
fn groups() -> String {
    gwctl::finding::words::all(gwctl::cli::registry()).join(" ")
}

#[test]
fn lists_go_on_behind_a_comma() {
    let groups = groups();
    assert!(completions(Shell::Bash).contains(&format!("_gwctl_list \"{groups}\" \"${{cur}}\"")));
    for words in [&*groups, "Service Secret "] {
        let zsh = completions(Shell::Zsh);
        assert!(zsh.contains(&format!(":_sequence compadd - {words}")), "{words}");
        assert!(!zsh.contains(&format!(":({words}")), "{words}");
        let fish = completions(Shell::Fish);
        assert!(fish.contains(&format!("-a \"(__fish_gwctl_list {words}")), "{words}");
    }
    for (line, offered) in [
        ("gwctl lint --select GW3", "GW3"),
        ("gwctl lint --select GW101,GW3", "GW101,GW301"),
        ("gwctl lint --select=GW101,GW3", "--select=GW101,GW301"),
        ("gwctl lint --complete Service,Sec", "Service,Secret"),
    ] {
        let Some(words) = fish(line) else { return };
        assert!(words.iter().any(|word| word == offered), "{line}: {words:?}");
    }
}

#[test]
fn bash_offers_rules_and_formats() {
    for (line, offered) in [
        ("gwctl lint --select GW30", &["GW301", "GW304"][..]),
        ("gwctl lint --select host-not-in", &["host-not-in-any-gateway"]),
        ("gwctl lint --extend-select tls", &["tls", "tls-mode-omitted"]),
        ("gwctl lint --extend-select de", &["default", "destination"]),
        ("gwctl lint --ignore val", &["validity"]),
        ("gwctl -q lint --ignore GW304", &["GW304"]),
        ("gwctl explain rule GW304", &["GW304"]),
        ("gwctl explain rule host-not", &["host-not-in-any-gateway"]),
        ("gwctl explain rule GW304 namespace-not-a", &["namespace-not-allowed"]),
        ("gwctl lint -o sa", &["sarif"]),
        ("gwctl lint --output json", &["json", "jsonl"]),
        ("gwctl routes -o e", &["envoy"]),
        ("gwctl rules -o mark", &["markdown"]),
        ("gwctl explain host -o y", &["yaml"]),
        ("gwctl explain rule -o mark", &["markdown"]),
        ("gwctl lint --fail-on n", &["never"]),
        ("gwctl lint --complete Sec", &["Secret"]),
        ("gwctl lint --select GW", &["GW1", "GW8", "GW001"]),
        ("gwctl lint --select GW3", &["GW3", "GW301"]),
        ("gwctl lint --select GW101,GW3", &["GW101,GW3", "GW101,GW301"]),
        ("gwctl lint --ignore tls,GW304,host-not", &["tls,GW304,host-not-in-any-gateway"]),
        ("gwctl lint --extend-select GW101,", &["GW101,default", "GW101,tls"]),
        ("gwctl routes --complete Service,Sec", &["Service,Secret"]),
        ("gwctl schema con", &["config"]),
        ("gwctl completions z", &["zsh"]),
        ("gwctl ex", &["explain"]),
    ] {
        let Some(words) = bash(line) else { return };
        for word in offered {
            assert!(words.iter().any(|one| one == word), "{line}: {words:?} lacks {word}");
        }
        let current = line.rsplit(' ').next().unwrap_or_default();
        assert!(words.iter().all(|word| word.starts_with(current)), "{line}: {words:?}");
    }
    let Some(groups) = bash("gwctl explain rule tls") else { return };
    assert!(!groups.contains(&"tls".to_owned()), "a category is no rule: {groups:?}");
    let all = bash("gwctl lint --select ").expect("bash");
    for rule in gwctl::cli::registry() {
        for word in [rule.code, rule.name] {
            assert!(all.iter().any(|one| one == word), "{word}");
        }
    }
}

/// The part of a script from a text on that ends with another.
fn part<'s>(script: &'s str, from: &str, to: &str) -> &'s str {
    let rest = script.split_once(from).unwrap_or_else(|| panic!("no {from}")).1;
    rest.split_once(to).unwrap_or_else(|| panic!("no {to} after {from}")).0
}

fn has_word(text: &str, word: &str) -> bool {
    text.split([' ', '(', ')', '"', '\n', '\\', '\t']).any(|one| one == word)
}

#[test]
fn zsh_offers_rules_and_formats() {
    let script = completions(Shell::Zsh);
    let lint = part(&script, "(lint)\n", "\n;;\n");
    for flag in ["--select=", "--extend-select=", "--ignore="] {
        let words = part(lint, &format!("'*{flag}["), "' \\\n");
        for word in ["default", "tls", "GW304", "host-not-in-any-gateway"] {
            assert!(has_word(words, word), "{flag} {word}: {words}");
        }
    }
    for flag in ["'*-o+[", "'*--output=["] {
        assert!(has_word(part(lint, flag, "' \\\n"), "sarif"), "{lint}");
    }
    let rule = part(&script, "\n(rule)\n", "\n;;\n");
    let words = part(rule, "::rules -- ", "' \\\n");
    assert!(has_word(words, "GW304") && has_word(words, "host-not-in-any-gateway"), "{words}");
    assert!(!has_word(words, "validity"), "{words}");
}

#[test]
fn fish_offers_rules_and_formats() {
    let script = completions(Shell::Fish);
    for flag in ["-l select", "-l extend-select", "-l ignore"] {
        let from = format!("__fish_gwctl_using_subcommand lint\" {flag} ");
        let words = part(&script, &from, "\ncomplete ");
        for word in ["default", "tls", "GW304", "host-not-in-any-gateway"] {
            assert!(has_word(words, word), "{flag} {word}: {words}");
        }
    }
    let from = "__fish_gwctl_using_subcommand lint\" -s o -l output ";
    assert!(part(&script, from, "\ncomplete ").contains("sarif\\t"));
    let from = "explain; and __fish_seen_subcommand_from rule\" -f -a ";
    let words = part(&script, from, "\n");
    assert!(has_word(words, "GW304") && has_word(words, "host-not-in-any-gateway"), "{words}");
    let words = part(&script, "__fish_gwctl_using_subcommand schema\" -f -a ", "\n");
    assert!(has_word(words, "config"), "{words}");
}
