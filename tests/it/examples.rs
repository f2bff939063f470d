//! Every example of a help text and every command of README.md runs, in a copy of the example, and prints something.

use clap::{Command, CommandFactory};
use gwctl::cli::args::Cli;

use crate::ci::Example;
use crate::common::root;

/// What stands for `kustomize build prod`, which may not be installed: all of the tree as one stream.
const RENDERED: &str = "for file in */*.yaml; do echo ---; cat $file; done";

/// Runs a line as it is typed, and says what is wrong.
fn run(example: &Example, line: &str) -> Result<(), String> {
    let script = line.replace("kustomize build prod", RENDERED);
    let script = script.replace("cargo run --release -- ", "gwctl ");
    let script = script.replace("testdata/example", ".");
    // The code of gwctl, which stands last.
    let output = example.run(&script, &[]);
    let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    let (out, err) = (text(&output.stdout), text(&output.stderr));
    if !matches!(output.status.code(), Some(0 | 1)) {
        return Err(format!("`{line}` ends with {:?}: {out}{err}", output.status.code()));
    }
    let file = line.split(' ').filter_map(|word| word.split_once('=')).map(|(_, file)| file);
    for file in file.filter(|file| file.contains('.')) {
        if !example.0.join(file).is_file() {
            return Err(format!("`{line}` writes no {file}"));
        }
    }
    if out.is_empty() && err.is_empty() {
        return Err(format!("`{line}` prints nothing"));
    }
    Ok(())
}

/// The command of a line of a text, without a heading before it and an explanation behind it.
fn command(line: &str) -> Option<String> {
    let line = line.split("  #").next().unwrap_or_default().trim();
    let line = ["$ ", "- run: ", "script: "]
        .iter()
        .find_map(|prefix| line.strip_prefix(prefix))
        .unwrap_or(line);
    let starts = ["gwctl ", "kustomize build prod | gwctl ", "cargo run --release -- "];
    let is_start = |text: &str| starts.iter().any(|start| text.starts_with(start));
    let line = match line.split_once(": ") {
        Some((_, rest)) if is_start(rest.trim_start()) => rest.trim_start(),
        _ => line,
    };
    let line = line.split("   ").next().unwrap_or_default();
    is_start(line).then(|| line.to_owned())
}

/// The examples of a command and of those below it.
fn of_help(command_: &Command, found: &mut Vec<String>) {
    for text in [command_.get_after_help(), command_.get_after_long_help()].into_iter().flatten() {
        found.extend(text.to_string().lines().filter_map(command));
    }
    for sub in command_.get_subcommands() {
        of_help(sub, found);
    }
}

fn check(name: &str, lines: &[String]) {
    let example = Example::new(name);
    // Revisions that examples name.
    let made = example.run(
        "git init -q -b main && git add . && git -c user.name=a -c user.email=a@example.com commit -q -m example && \
         git tag v1.2 && git update-ref refs/remotes/origin/main HEAD",
        &[],
    );
    assert!(made.status.success(), "{}", String::from_utf8_lossy(&made.stderr));
    let wrong: Vec<String> = lines.iter().filter_map(|line| run(&example, line).err()).collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn examples_of_help_texts_run() {
    let mut found = Vec::new();
    of_help(&Cli::command(), &mut found);
    for line in [
        "gwctl lint",
        "kustomize build prod | gwctl lint -",
        "gwctl lint -o sarif=gwctl.sarif",
        "gwctl explain host shop.example.com --port 8443 -X POST -H 'x-beta: 1' infra/",
    ] {
        assert!(found.iter().any(|one| one == line), "{line}: {found:?}");
    }
    assert!(found.len() >= 9, "{found:?}");
    check("examples-help", &found);
}

#[test]
#[expect(clippy::disallowed_methods, reason = "tests read the documents")]
fn commands_of_the_readme_run() {
    let text = std::fs::read_to_string(root().join("README.md")).expect("README.md");
    let mut in_block = false;
    let mut found = Vec::new();
    for line in text.lines() {
        if line.starts_with("```") {
            in_block = !in_block;
        } else if in_block || line.starts_with("    ") {
            found.extend(command(line));
        }
    }
    for line in [
        "gwctl lint testdata/example",
        "cargo run --release -- lint testdata/example",
        "kustomize build prod | gwctl lint -",
        "gwctl routes infra/ apps/",
        "gwctl config init",
        "gwctl lint -o github",
        "gwctl lint --fail-on never -o sarif=gwctl.sarif",
        "gwctl lint -o concise -o gitlab=gl-code-quality-report.json",
    ] {
        assert!(found.iter().any(|one| one == line), "{line}: {found:#?}");
    }
    check("examples-readme", &found);
}
