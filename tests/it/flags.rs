//! Flags of `gwctl lint`, and the variables of the environment that stand for flags, as people use them.
#![expect(clippy::disallowed_methods, reason = "tests read and write their own files")]

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use assert_cmd::cargo::CommandCargoExt;
use serde_json::Value;

use crate::common::root;
use crate::schema::violations;

const VARIABLES: &[&str] = &[
    "NO_COLOR",
    "CLICOLOR",
    "CLICOLOR_FORCE",
    "FORCE_COLOR",
    "TERM",
    "COLUMNS",
    "GWCTL_CONFIG",
    "GWCTL_OUTPUT",
    "GWCTL_JOBS",
    "GWCTL_LOG",
];

/// A run: exit code, stdout and stderr.
pub(crate) struct Run {
    pub(crate) code: Option<i32>,
    pub(crate) out: String,
    pub(crate) err: String,
}

/// Runs words in a folder of this machine.
pub(crate) fn run_in(folder: &Path, words: &[&str], environment: &[(&str, &str)]) -> Run {
    let mut command = Command::cargo_bin("gwctl").expect("the binary is built with the tests");
    for variable in VARIABLES {
        command.env_remove(variable);
    }
    command.envs(environment.iter().copied()).args(words).current_dir(folder);
    let output = command.stdin(Stdio::null()).output().expect("the binary runs");
    let text = |bytes| String::from_utf8(bytes).expect("the output is UTF-8").replace("\r\n", "\n");
    Run { code: output.status.code(), out: text(output.stdout), err: text(output.stderr) }
}

fn run_with(line: &str, environment: &[(&str, &str)]) -> Run {
    run_in(root(), &line.split_whitespace().collect::<Vec<_>>(), environment)
}

fn run(line: &str) -> Run {
    run_with(line, &[])
}

/// A Gateway whose server has no TLS mode, and one with a host that nothing serves: an error, a warning and an info. Each
/// test has a folder of its own, anew.
fn three(test: &str) -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("flags").join(test);
    drop(fs::remove_dir_all(&folder));
    fs::create_dir_all(folder.join(".git")).expect("a folder");
    let example = fs::read_to_string(root().join("testdata/example/infra/gateway.yaml"));
    fs::write(folder.join("gateway.yaml"), example.expect("a text")).expect("a file");
    let shop = fs::read_to_string(root().join("testdata/example/apps/shop.yaml"));
    fs::write(folder.join("shop.yaml"), shop.expect("a text")).expect("a file");
    fs::write(folder.join("other.yaml"), "kind: Job\n").expect("a file");
    fs::write(
        folder.join(".gwctl.yaml"),
        "severity: {GW304: info, GW307: warning}\nselect: [GW304]\nextend-select: [GW307]\nmin-severity: info\n",
    )
    .expect("a file");
    folder
}

/// The codes of a run over the example.
fn codes(line: &str) -> Vec<String> {
    let run = run(&format!("lint -o concise testdata/example {line}"));
    let code = |line: &str| line.split(['[', ']']).nth(1).unwrap_or_default().to_owned();
    run.out.lines().map(code).collect()
}

#[test]
fn words_of_all_sorts_select_rules() {
    for (line, expected) in [
        ("--select GW3", &["GW307", "GW304"][..]),
        ("--select GW304", &["GW304"]),
        ("--select host-not-in-any-gateway", &["GW304"]),
        ("--select GW304,GW307 --ignore GW307", &["GW304"]),
        ("--select all --ignore GW3", &[]),
        ("--select GW304,GW307 --ignore IST0132", &[]),
        ("--select tls --extend-select GW307", &["GW307"]),
        ("--select tls --extend-select GW3 --ignore GW304", &["GW307"]),
        ("--select default,tls", &["GW307", "GW304"]),
    ] {
        assert_eq!(codes(line), expected, "{line}");
    }
}

#[test]
fn the_least_severity_says_what_is_printed_and_not_what_fails() {
    let folder = three("severity");
    let at = |line: &str| run_in(&folder, &line.split_whitespace().collect::<Vec<_>>(), &[]);
    let all = at("lint -o concise --fail-on info");
    assert_eq!((all.code, all.out.lines().count()), (Some(1), 1), "{}{}", all.out, all.err);
    for least in ["--min-severity warning", "--min-severity error"] {
        for (fail_on, code) in [("info", 1), ("warning", 0), ("error", 0), ("never", 0)] {
            let run = at(&format!("lint -o concise --fail-on {fail_on} {least}"));
            assert_eq!((run.code, run.out.as_str()), (Some(code), ""), "{least}: {}", run.err);
            assert!(run.err.contains("nothing printed (1 of lower severity)"), "{}", run.err);
            let says_why = run.err.contains("findings which --min-severity leaves out");
            assert_eq!(says_why, code == 1, "{fail_on} {least}: {}", run.err);
        }
    }
    let json = at("lint -o json --min-severity error");
    assert!(json.out.contains("\"findings\": []"), "{}", json.out);
    let statistics = at("lint --statistics --min-severity error");
    assert!(!statistics.out.contains("GW304"), "{}", statistics.out);
    let run = at("lint --min-severity medium");
    assert_eq!(run.code, Some(2));
    assert!(run.err.contains("severities are error, warning, info"), "{}", run.err);
}

#[test]
fn the_exit_code_follows_the_threshold() {
    for (line, code) in [
        ("", 1),
        ("--fail-on never", 0),
        ("--fail-on error", 1),
        ("-e", 0),
        ("--exit-zero", 0),
        ("--deny-warnings", 1),
        ("--deny-warnings --exit-zero", 2),
        ("--deny-warnings --fail-on error", 2),
        ("--select tls --deny-warnings", 0),
    ] {
        assert_eq!(run(&format!("lint -q testdata/example {line}")).code, Some(code), "{line}");
    }
    let folder = three("threshold");
    fs::write(folder.join("low.yaml"), "severity: {binding: warning}").expect("a file");
    let warn = |flag: &str| {
        let config = "severity.yaml";
        fs::write(folder.join(config), "severity: {GW304: warning, GW307: warning}")
            .expect("a file");
        run_in(&folder, &["lint", "--config", config, "shop.yaml", "gateway.yaml", flag], &[]).code
    };
    assert_eq!((warn("-q"), warn("--deny-warnings")), (Some(0), Some(1)));
}

#[test]
fn statistics_count_instead_of_printing() {
    let run_ = run("lint --statistics testdata/example");
    let lines: Vec<&str> = run_.out.lines().collect();
    assert_eq!(lines[0], "COUNT  SEVERITY  CODE   NAME");
    assert!(
        lines[1].starts_with("1      error     GW304  host-not-in-any-gateway"),
        "{}",
        run_.out
    );
    assert_eq!((lines.len(), run_.code), (3, Some(1)));
    assert!(run_.err.contains("2 findings: 2 errors"), "{}", run_.err);
    let json = run("lint --statistics -o json testdata/example").out;
    let json: serde_json::Value = serde_json::from_str(&json).expect("JSON");
    assert_eq!(json["findings"], 2);
    let wrong = run("lint --statistics -o sarif testdata/example");
    assert_eq!(wrong.code, Some(2));
    assert!(wrong.err.contains("formats are full, concise, json, markdown"), "{}", wrong.err);
}

#[test]
fn at_most_so_many_findings_are_printed_and_all_are_counted() {
    for format in ["full", "concise"] {
        let run_ = run(&format!("lint -o {format} --max-findings 1 testdata/example"));
        assert!(run_.out.contains("GW307") && !run_.out.contains("GW304"), "{}", run_.out);
        assert!(run_.err.contains("note: 1 more finding not shown"), "{}", run_.err);
        assert!(run_.err.contains("2 findings: 2 errors"), "{}", run_.err);
    }
    assert_eq!(codes("--max-findings 0").len(), 2);
    let json = run("lint -o json --max-findings 1 testdata/example").out;
    assert!(json.contains("GW304"), "programs get all");
}

#[test]
fn files_are_listed_with_what_becomes_of_them() {
    let folder = three("files");
    for command in [&["lint"][..], &["routes"], &["explain", "host", "a.example.com"]] {
        let words: Vec<&str> = command.iter().chain(&["--show-files"]).copied().collect();
        let run = run_in(&folder, &words, &[]);
        assert_eq!(run.code, Some(0), "{}", run.err);
        let listed = ".gwctl.yaml   skipped: hidden; --hidden reads it\n\
                      gateway.yaml  read\n\
                      other.yaml    skipped: holds no object that matters\n\
                      shop.yaml     read\n";
        assert_eq!(run.out, listed);
    }
    assert_eq!(run_in(&folder, &["lint", "--show-files", "nowhere"], &[]).code, Some(2));
}

#[test]
fn files_that_are_not_read_are_listed_with_the_reason() {
    let folder = three("left-out");
    for (file, text) in [
        (".gitignore", "out\n*.gen.yaml\n"),
        (".gwctlignore", "own.yaml\n!kept.gen.yaml\n"),
        (".github/workflow.yaml", ""),
        ("out/deep/a.yaml", ""),
        ("apps/a.gen.yaml", ""),
        ("apps/kept.gen.yaml", ""),
        ("apps/own.yaml", ""),
        ("apps/notes.txt", ""),
        ("apps/shop.yaml.bak", ""),
        ("apps/vendor/a.yaml", ""),
        ("apps/patch.yaml", "kind: Gateway\napiVersion: networking.istio.io/v1\n"),
        ("apps/kustomization.yaml", "patches: [{path: patch.yaml}]\n"),
        ("tests/00-assert.yaml", "kind: Gateway\napiVersion: networking.istio.io/v1\n"),
    ] {
        let path = folder.join(file);
        fs::create_dir_all(path.parent().expect("a folder")).expect("a folder");
        fs::write(path, text).expect("a file");
    }
    let lines = |line: &str| {
        let run = run_in(&folder, &line.split(' ').collect::<Vec<_>>(), &[]);
        assert_eq!(run.code, Some(0), "{}", run.err);
        let words = |line: &str| line.split_whitespace().collect::<Vec<_>>().join(" ");
        run.out.lines().map(words).collect::<Vec<_>>()
    };
    assert_eq!(
        lines("lint --show-files --exclude vendor"),
        [
            ".github/ skipped: hidden; --hidden reads it",
            ".gitignore skipped: hidden; --hidden reads it",
            ".gwctl.yaml skipped: hidden; --hidden reads it",
            ".gwctlignore skipped: hidden; --hidden reads it",
            "apps/a.gen.yaml skipped: ignored by git; --no-gitignore reads it",
            "apps/kept.gen.yaml skipped: holds no object that matters",
            "apps/kustomization.yaml skipped: kustomizations are not built",
            "apps/notes.txt skipped: not .yaml, .yml or .json",
            "apps/own.yaml skipped: ignored by .gwctlignore",
            "apps/patch.yaml skipped: a patch of a kustomization, which holds parts of objects",
            "apps/shop.yaml.bak skipped: not .yaml, .yml or .json",
            "apps/vendor/ skipped: excluded",
            "gateway.yaml read",
            "other.yaml skipped: holds no object that matters",
            "out/ skipped: ignored by git; --no-gitignore reads it",
            "shop.yaml read",
            "tests/00-assert.yaml skipped: a test compares with it",
        ]
    );
    assert_eq!(
        lines("lint --show-files apps/*.gen.yaml"),
        [
            "apps/a.gen.yaml skipped: ignored by git; --no-gitignore reads it",
            "apps/kept.gen.yaml skipped: holds no object that matters",
        ]
    );
    assert_eq!(
        lines("lint --show-files out --force-exclude"),
        ["out skipped: excluded or ignored, by --force-exclude",]
    );
    let all = lines("lint --show-files --hidden --no-gitignore");
    assert!(!all.iter().any(|line| line.contains("git") && line.contains("ignored by git")));
    assert!(all.contains(&"out/deep/a.yaml skipped: holds no object that matters".to_owned()));
}

#[test]
#[cfg(target_os = "linux")]
fn a_current_directory_that_is_gone_is_a_failure() {
    let folder = three("gone").join("below");
    fs::create_dir_all(&folder).expect("a folder");
    for command in ["lint", "routes", "explain host a.example.com", "lint ."] {
        let mut shell = Command::new("sh");
        let binary = assert_cmd::cargo::cargo_bin("gwctl");
        let script = format!("rmdir \"$PWD\" && \"$1\" {command}");
        shell.args(["-c", &script, "sh"]).arg(binary).current_dir(&folder);
        let output = shell.stdin(Stdio::null()).output().expect("a shell");
        let err = String::from_utf8_lossy(&output.stderr);
        assert_eq!(output.status.code(), Some(2), "{command}: {err}");
        assert!(err.contains("the current directory does not exist any more"), "{command}: {err}");
        fs::create_dir_all(&folder).expect("a folder");
    }
}

#[test]
fn the_variable_that_names_no_config_file_is_named() {
    let run = run_with("lint testdata/example", &[("GWCTL_CONFIG", "no/such.yaml")]);
    assert_eq!(run.code, Some(2));
    assert!(run.err.contains("cannot read `no/such.yaml`"), "{}", run.err);
    assert!(run.err.contains("`GWCTL_CONFIG`"), "{}", run.err);
    let flag = run_with("lint testdata/example --config no/such.yaml", &[]);
    assert!(!flag.err.contains("GWCTL_CONFIG"), "{}", flag.err);
}

#[test]
fn nothing_to_check_is_a_failure_where_something_is_required() {
    let run_ = run("lint Cargo.toml --require-resources");
    assert_eq!(run_.code, Some(2));
    assert!(run_.err.contains("no Istio ingress objects in 1 file"), "{}", run_.err);
    let run_ = run("lint Cargo.toml");
    assert_eq!(run_.code, Some(0));
    assert!(run_.err.contains("no Istio ingress objects in 1 file"), "{}", run_.err);
    assert_eq!(run("lint testdata/example -e --require-resources").code, Some(0));
}

#[test]
fn quiet_and_verbose_count() {
    let quiet = run("lint -q testdata/example");
    assert!(!quiet.out.is_empty() && quiet.err.is_empty());
    let quieter = run("lint -qq testdata/example");
    assert_eq!((quieter.out.as_str(), quieter.err.as_str(), quieter.code), ("", "", Some(1)));
    let verbose = run("lint -v testdata/example");
    assert!(verbose.err.contains("note: gateway pods:"), "{}", verbose.err);
    for flag in ["-vv", "--timings"] {
        let run = run(&format!("lint {flag} testdata/example"));
        for phase in ["reading files", "making tables", "checking", "printing", "all"] {
            assert!(run.err.contains(&format!(" ms  {phase}\n")), "{flag} {phase}: {}", run.err);
        }
    }
    assert!(!verbose.err.contains(" ms  checking"), "{}", verbose.err);
    assert!(!verbose.err.contains('\r'), "no progress where nobody watches");
}

#[test]
fn the_environment_counts_after_flags_and_before_the_file() {
    let folder = three("environment");
    fs::write(folder.join("outputs.yaml"), "output: concise").expect("a file");
    let at = |line: &str, output| {
        run_in(&folder, &line.split(' ').collect::<Vec<_>>(), &[("GWCTL_OUTPUT", output)])
    };
    let lint = "lint --config outputs.yaml gateway.yaml shop.yaml";
    assert!(at(lint, "json").out.starts_with('{'));
    assert!(at(lint, "").out.contains("error[GW304]"));
    assert!(at(&format!("{lint} -o github"), "json").out.starts_with("::warning"));
    assert!(at("routes gateway.yaml", "json").out.starts_with('{'));
    assert!(at("rules", "markdown").out.starts_with("| Code |"));
    assert!(at("version", "json").out.starts_with('{'));
    assert!(at("explain rule GW304", "markdown").out.starts_with("# "));
    assert!(at("explain host a.example.com gateway.yaml", "yaml").out.starts_with("\"schema\""));
    // Formats of other commands are none of this one's business.
    assert!(at("routes gateway.yaml", "sarif").out.starts_with("PROXY"));
    let wrong = at("routes gateway.yaml", "xml");
    assert_eq!(wrong.code, Some(2));
    assert!(wrong.err.contains("GWCTL_OUTPUT=xml"), "{}", wrong.err);
}

#[test]
fn threads_and_log_come_from_the_environment() {
    let jobs = |jobs| run_with("lint -q testdata/example", &[("GWCTL_JOBS", jobs)]);
    assert_eq!(jobs("1").out, jobs("3").out);
    assert_eq!((jobs("").code, jobs("many").code), (Some(1), Some(2)));
    assert!(jobs("many").err.contains("GWCTL_JOBS=many"), "{}", jobs("many").err);
    assert_eq!(run_with("lint -q -j 2 testdata/example", &[("GWCTL_JOBS", "many")]).code, Some(1));
    let log = run_with("lint testdata/example", &[("GWCTL_LOG", "debug")]);
    assert!(log.err.contains("debug: no config file\n") && log.err.contains(" ms  checking"));
    let none = run_with("lint testdata/example", &[("GWCTL_LOG", "off")]);
    assert!(!none.err.contains("debug:"), "{}", none.err);
}

#[test]
fn columns_are_the_width_of_prose() {
    let width = |columns| {
        let page = run_with("explain rule GW304", &[("COLUMNS", columns)]).out;
        let prose = page.split("\nExample").next().unwrap_or_default();
        prose.lines().skip(2).map(|line| line.chars().count()).max()
    };
    assert!(width("40") <= Some(60) && width("100") > width("40"), "{:?}", width("40"));
}

#[test]
fn json_follows_its_schema() {
    let schema = fs::read_to_string(root().join("schema/lint.schema.json"));
    let schema: Value = serde_json::from_str(&schema.expect("the schema is there")).expect("JSON");
    let finding = {
        let mut of_finding = schema["$defs"]["finding"].clone();
        of_finding["$defs"] = schema["$defs"].clone();
        of_finding
    };
    let (mut findings, mut fixes) = (0, 0);
    for line in [
        "testdata/rules --select all",
        "testdata/config/clusters",
        "testdata/example --select validity",
        "testdata/golden/52-samples-tree",
        "Cargo.toml",
    ] {
        let json = run(&format!("lint -o json {line}")).out;
        let value: Value = serde_json::from_str(&json).expect("JSON");
        let wrong = violations(&schema, &value);
        assert!(wrong.is_empty(), "{line}: {}", wrong.join("\n"));
        let all = value["findings"].as_array().expect("findings");
        findings += all.len();
        fixes += all.iter().filter(|one| !one["fix"].is_null()).count();
        let lines = run(&format!("lint -o jsonl {line}")).out;
        for (at, line) in lines.lines().take(all.len()).enumerate() {
            let value: Value = serde_json::from_str(line).expect("JSON");
            assert_eq!(violations(&finding, &value), Vec::<String>::new());
            assert_eq!(value, all[at], "line {at}");
        }
    }
    assert!(findings > 100 && fixes > 0, "{findings} findings, {fixes} fixes");
}
