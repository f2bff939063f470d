//! What README.md says is true: its samples are what the commands print, its commands and files exist, its limits are
//! those of the sources. `UPDATE=1 cargo test` rewrites the samples.
#![expect(clippy::disallowed_methods, reason = "tests read the documents")]

use std::fmt::Write as _;
use std::fs;
use std::process::{Command, Stdio};
use std::sync::LazyLock;

use assert_cmd::cargo::CommandCargoExt;
use regex::Regex;

use crate::common::{compare, root};

/// How long a run took, which is another time in each.
static TIME: LazyLock<Regex> =
    LazyLock::new(|| Regex::new(r", (\d+|under 1) ms").expect("a pattern"));

const START: &str = "```console\n$ gwctl ";

fn readme() -> String {
    fs::read_to_string(root().join("README.md")).expect("README.md").replace("\r\n", "\n")
}

/// Runs a line at the root of the repository: exit code, and what it prints as a result and besides.
fn run(line: &str) -> (Option<i32>, String, String) {
    let mut command = Command::cargo_bin("gwctl").expect("the binary is built with the tests");
    for variable in ["NO_COLOR", "CLICOLOR", "CLICOLOR_FORCE", "FORCE_COLOR", "TERM", "COLUMNS"] {
        command.env_remove(variable);
    }
    command.args(line.split_whitespace()).current_dir(root()).stdin(Stdio::null());
    let output = command.output().expect("the binary runs");
    let text = |bytes| String::from_utf8(bytes).expect("the output is UTF-8");
    (output.status.code(), text(output.stdout), text(output.stderr))
}

#[test]
fn samples_are_what_the_commands_print() {
    let text = readme();
    let mut fresh = String::new();
    let mut rest = text.as_str();
    while let Some(at) = rest.find(START) {
        let (before, sample) = rest.split_at(at);
        let end = sample[3..].find("```").expect("a block ends") + 3;
        let line = sample[START.len()..].lines().next().expect("a line has a text");
        let (code, output, besides) = run(line);
        assert!(matches!(code, Some(0 | 1)), "gwctl {line}: {code:?}");
        let besides = TIME.replace(&besides, ", 6 ms");
        fresh.push_str(before);
        let _ = writeln!(fresh, "{START}{line}\n{}", (output + &besides).trim_end());
        rest = &sample[end..];
    }
    fresh.push_str(rest);
    compare("README.md", &fresh).unwrap_or_else(|error| panic!("{error}"));
}

#[test]
fn the_commands_are_understood() {
    let text = readme();
    let lines = text.lines().filter_map(|line| line.strip_prefix("    "));
    let mut commands = 0;
    for line in lines {
        let line = line.split(" #").next().expect("a line has a start").trim();
        let line = line.rsplit("| ").next().expect("a line has an end");
        let Some(words) =
            line.strip_prefix("gwctl ").or_else(|| line.strip_prefix("cargo run --release -- "))
        else {
            continue;
        };
        let (code, help, _) = run(&format!("{words} -h"));
        assert_eq!(code, Some(0), "gwctl {words} -h");
        assert!(help.contains("Usage: gwctl"), "gwctl {words}");
        commands += 1;
    }
    assert!(commands > 4, "README.md has commands");
    assert_eq!(run("lint testdata/example").0, Some(1), "the example has findings");
}

#[test]
fn limits_are_those_of_the_sources() {
    let text = readme().split_whitespace().collect::<Vec<_>>().join(" ");
    for limit in [
        format!("{} MiB", gwctl::input::MAX_FILE_BYTES >> 20),
        format!("{} GiB", gwctl::input::MAX_TOTAL_BYTES >> 30),
        format!("{} deep", gwctl::yaml::MAX_DEPTH),
        format!("{},000,000 nodes", gwctl::yaml::MAX_EXPANDED_NODES / 1_000_000),
    ] {
        assert!(text.contains(&limit), "README.md lacks the limit `{limit}`");
    }
}

#[test]
fn documents_name_files_that_exist() {
    let mut wrong = Vec::new();
    for document in ["README.md", "ARCHITECTURE.md", "CONTRIBUTING.md", "CHANGELOG.md"] {
        let text = fs::read_to_string(root().join(document)).expect("the document");
        let parts = |c: char| c.is_whitespace() || "`(),;:|".contains(c);
        for word in text.split(parts).map(|word| word.trim_end_matches('.')) {
            let is_path =
                ["src/", "tests/", "testdata/", "docs/", "completions/", "man/", "benches/"]
                    .iter()
                    .any(|folder| word.starts_with(folder));
            let is_pattern = word.chars().any(|c| c.is_ascii_uppercase() || c == '*');
            if is_path && !is_pattern && !root().join(word).exists() {
                wrong.push(format!("{document}: {word}"));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
