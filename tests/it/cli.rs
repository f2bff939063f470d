//! The binary as people run it: help, exit codes, closed pipes, colour, what newcomers type first.
#![expect(clippy::disallowed_methods, reason = "tests read and write their own files")]

use std::process::{Command, Output, Stdio};

use assert_cmd::cargo::CommandCargoExt;

/// `gwctl` with the words of `line`, in an environment without colour variables.
fn gwctl(line: &str) -> Command {
    let mut command = Command::cargo_bin("gwctl").expect("the binary is built with the tests");
    for variable in ["NO_COLOR", "CLICOLOR", "CLICOLOR_FORCE", "FORCE_COLOR", "TERM", "COLUMNS"] {
        command.env_remove(variable);
    }
    command.args(line.split_whitespace());
    command
}

fn run(line: &str) -> Output {
    gwctl(line).stdin(Stdio::null()).output().expect("the binary runs")
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8(bytes.to_vec()).expect("the output is UTF-8")
}

#[track_caller]
fn fails(line: &str, expected: &str) {
    let output = run(line);
    let stderr = text(&output.stderr);
    assert_eq!(output.status.code(), Some(2), "{line}: {stderr}");
    assert!(output.stdout.is_empty(), "{line}");
    assert!(stderr.contains(expected), "{line}: {stderr}");
}

#[test]
fn the_first_help_is_one_screen_and_every_help_fits_80_columns() {
    assert!(text(&run("-h").stdout).lines().count() <= 24);
    for command in [
        "",
        "lint",
        "routes",
        "explain",
        "explain host",
        "explain rule",
        "rules",
        "completions",
        "man",
        "version",
        "config",
        "config show",
        "schema",
    ] {
        for flag in ["-h", "--help"] {
            let output = run(&format!("{command} {flag}"));
            assert_eq!(output.status.code(), Some(0), "{command} {flag}");
            let help = text(&output.stdout);
            let longest = help.lines().map(|line| line.chars().count()).max();
            assert!(longest <= Some(80), "{command} {flag}: {longest:?}\n{help}");
            assert!(!help.contains('\u{1b}'), "{command} {flag}");
        }
    }
    assert_eq!(run("help").stdout, run("--help").stdout);
}

#[test]
fn the_bare_call_is_wrong_usage() {
    let output = run("");
    assert_eq!(output.status.code(), Some(2));
    assert!(text(&output.stderr).contains("Usage: gwctl <COMMAND>"));
}

#[test]
fn aliases_reach_their_commands() {
    for (alias, command) in [
        ("check", "lint"),
        ("analyze", "lint"),
        ("validate", "lint"),
        ("route", "routes"),
        ("rule", "explain rule"),
        ("completion", "completions"),
        ("generate-shell-completion", "completions"),
    ] {
        let (short, long) = (run(&format!("{alias} -h")), run(&format!("{command} -h")));
        assert_eq!(short.status.code(), Some(0), "{alias}");
        assert_eq!(text(&short.stdout), text(&long.stdout), "{alias}");
    }
}

#[test]
fn formats_have_three_spellings_and_are_named_when_wrong() {
    for flag in ["-o", "--output", "--format", "--output-format"] {
        let output = run(&format!("version {flag} json"));
        assert!(text(&output.stdout).contains("\"istio\": \"1.31\""), "{flag}");
        fails(&format!("lint {flag} xml"), "formats are full, concise, json, jsonl, sarif, ");
    }
    fails("lint -o json -o github", "only one `-o` may lack `=FILE`");
}

#[test]
fn several_formats_come_from_one_run() {
    let folder = std::path::Path::new(env!("CARGO_TARGET_TMPDIR")).join("formats");
    std::fs::create_dir_all(&folder).expect("the folder of the tests");
    let path = |format: &str| folder.join(format).display().to_string();
    let words = gwctl::report::Format::WORDS;
    let files: Vec<String> = words.iter().map(|w| format!("-o {w}={}", path(w))).collect();
    let line = |outputs: &str| format!("lint -q {outputs} testdata/example");
    let output = run(&line(&format!("-o concise {}", files.join(" "))));
    assert_eq!(output.status.code(), Some(1));
    for word in words {
        let file = std::fs::read(path(word)).expect("the file was written");
        let alone = run(&line(&format!("-o {word}")));
        assert_eq!(text(&file), text(&alone.stdout), "{word}");
        assert!(!file.is_empty(), "{word}");
    }
    assert_eq!(text(&output.stdout), text(&run(&line("-o concise")).stdout));
    let twice = format!("lint -o json={0} -o sarif={0} testdata/example", path("json"));
    fails(&twice, "two formats into one file");
    let help = text(&run("lint -h").stdout);
    let help = help.split_whitespace().collect::<Vec<_>>().join(" ");
    let listed = format!("{} or {}", words[..words.len() - 1].join(", "), words[words.len() - 1]);
    assert!(help.contains(&listed), "{help}");
}

#[test]
fn wrong_usage_ends_with_2_and_says_what_to_type() {
    fails("lnt", "'lint'");
    fails("lint --slect tls", "'--select'");
    fails("lint --fail-on medium", "error, warning, info, never");
    fails("lint --select bindng", "did you mean `binding`?");
    fails("explain rule GW999", "unknown rule `GW999`");
    fails("rule nonsense", "unknown rule `nonsense`");
    fails("explain GW999", "unknown rule `GW999`");
    fails("lint --json", "-o json");
    fails("some/file.yaml", "`gwctl lint some/file.yaml`");
    fails("explain foo", "`gwctl explain host foo`");
    fails("rules GW9999", "unknown rule `GW9999`");
    fails("rules tsl", "did you mean `tls`?");
    fails("explain rule tls", "`gwctl rules tls` lists them");
    fails("explain rule all", "`gwctl explain rule --all` what each means");
    fails("explain tls", "`gwctl rules tls` lists them");
    fails("rule GW3", "`gwctl rules GW3` lists them");
    fails("lint --istio-version 1.22", "supported are 1.29 to 1.32");
    fails("lint --complete servce", "did you mean `Service`?");
    fails("get gateways", "kubernetes-sigs/gwctl");
    fails("pc routes", "`gwctl routes`");
    fails("--completions zsh", "gwctl completions zsh");
    fails("explain host", "HOST");
    fails("lint no/such/file.yaml", "cannot read `no/such/file.yaml`");
    fails("routes no/such/*.yaml", "no file matches `no/such/*.yaml`");
}

#[test]
fn rules_are_listed_by_what_they_are_called() {
    let listed = |line: &str| {
        let output = run(line);
        assert_eq!(output.status.code(), Some(0), "{line}: {}", text(&output.stderr));
        text(&output.stdout).lines().skip(1).map(|line| line[..5].to_owned()).collect::<Vec<_>>()
    };
    let all = listed("rules");
    assert_eq!(all.len(), gwctl::cli::registry().len());
    assert_eq!(listed("rules all"), all);
    assert!(listed("rules tls").iter().all(|code| code.starts_with("GW2")));
    assert_eq!(listed("rules GW304,host-not-in-any-gateway GW301"), ["GW301", "GW304"]);
    assert!(listed("rules default").len() < all.len());
    assert!(text(&run("rules GW304 -o json").stdout).contains("\"code\": \"GW304\""));
}

#[test]
fn global_flags_stand_before_or_after_the_command() {
    for line in ["-q --no-config --color never rules", "rules -q --isolated --color=never -j 1"] {
        assert_eq!(run(line).status.code(), Some(0), "{line}");
    }
    assert!(run("rules -qq").stdout.is_empty());
}

#[test]
fn a_closed_pipe_is_no_error() {
    for line in ["completions bash", "completions zsh", "man", "rules", "--help", "version"] {
        let (code, err) = into_closed_pipe(line);
        assert_eq!((code, err.as_str()), (Some(0), ""), "{line}");
    }
}

#[test]
fn a_closed_pipe_does_not_change_what_a_run_comes_to() {
    for (line, code) in [
        // Much is printed, and little.
        ("lint -q testdata", 1),
        ("lint -q -o json testdata", 1),
        ("lint -q -o concise --max-findings 1 testdata", 1),
        ("lint -q --exit-zero testdata", 0),
        ("lint -q --statistics testdata", 1),
        ("routes testdata/rules/destination -o json", 0),
        ("explain host no.such.host -f testdata/rules/destination/subset-not-found.yaml", 1),
    ] {
        let whole = gwctl(line).output().expect("the binary runs");
        assert_eq!(whole.status.code(), Some(code), "{line}: {}", text(&whole.stderr));
        let (closed, err) = into_closed_pipe(line);
        assert_eq!((closed, err), (Some(code), text(&whole.stderr)), "{line}");
    }
}

/// The exit code and stderr of a run whose stdout nobody reads.
fn into_closed_pipe(line: &str) -> (Option<i32>, String) {
    let (reader, writer) = std::io::pipe().expect("a pipe");
    drop(reader);
    let output =
        gwctl(line).stdout(writer).stderr(Stdio::piped()).output().expect("the binary runs");
    (output.status.code(), text(&output.stderr))
}

#[test]
fn colour_follows_the_flag_then_the_environment() {
    let colored = |command: &mut Command| {
        let output = command.output().expect("the binary runs");
        text(&output.stdout).contains('\u{1b}') || text(&output.stderr).contains('\u{1b}')
    };
    for line in ["--help", "lint --select bindng", "lint --slect tls"] {
        assert!(!colored(&mut gwctl(line)), "{line}");
        assert!(colored(gwctl(line).env("FORCE_COLOR", "1")), "{line}");
        assert!(!colored(gwctl(line).env("FORCE_COLOR", "1").env("NO_COLOR", "1")), "{line}");
        assert!(colored(&mut gwctl(&format!("--color always {line}"))), "{line}");
        assert!(
            !colored(gwctl(&format!("--color=never {line}")).env("FORCE_COLOR", "1")),
            "{line}"
        );
    }
}

#[test]
fn the_version_tells_which_gwctl_this_is() {
    let version = text(&run("--version").stdout);
    assert!(version.contains("Istio ingress linter, offline; models Istio 1.31"), "{version}");
    assert_eq!(version, text(&run("version").stdout));
}

#[test]
fn all_rules_are_explained_at_once() {
    let all = text(&run("explain rule --all -o markdown").stdout);
    for rule in gwctl::cli::registry() {
        let head = format!("# {} ({})\n", rule.name, rule.code);
        assert!(all.contains(&head), "{head}");
    }
    fails("explain rule --all GW304", "cannot be used with");
    fails("explain rule", "required arguments");
}
