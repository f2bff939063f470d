//! Baselines as people use them: written, applied, refreshed, stale, and where there is something wrong with them.
#![expect(clippy::disallowed_methods, reason = "tests read and write their own files")]

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use assert_cmd::cargo::CommandCargoExt;
use serde_json::Value;

use crate::flags::{Run, run_in};

const FILE: &str = ".gwctl-baseline.json";

const GATEWAY: &str = "\
apiVersion: networking.istio.io/v1
kind: Gateway
metadata: {name: public, namespace: infra}
spec:
  selector: {istio: ingressgateway}
  servers:
  - port: {number: 80, name: http, protocol: HTTP}
    hosts: ['*.example.com']
---
apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: {name: served, namespace: shop}
spec:
  gateways: [infra/public]
  hosts: [ok.example.com]
  http:
  - route: [{destination: {host: web}}]
";

/// A VirtualService with hosts that nothing serves; without any, with one that is served.
fn shop(hosts: &[&str]) -> String {
    let hosts = if hosts.is_empty() { &["shop.example.com"] } else { hosts };
    let hosts: Vec<String> = hosts.iter().map(|host| format!("  - {host}\n")).collect();
    format!(
        "apiVersion: networking.istio.io/v1\nkind: VirtualService\nmetadata: {{name: shop, namespace: shop}}\nspec:\n  \
         gateways: [infra/public]\n  hosts:\n{}  http:\n  - route: [{{destination: {{host: web}}}}]\n",
        hosts.concat()
    )
}

/// A repository with one Gateway, and one VirtualService with such hosts in `apps/shop.yaml`. Each test has its own, anew.
fn repository(test: &str, hosts: &[&str]) -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("baseline").join(test);
    drop(fs::remove_dir_all(&folder));
    fs::create_dir_all(folder.join(".git")).expect("a folder");
    write(&folder, "infra/gateway.yaml", GATEWAY);
    write(&folder, "apps/shop.yaml", &shop(hosts));
    folder
}

fn write(folder: &Path, name: &str, text: &str) {
    let path = folder.join(name);
    fs::create_dir_all(path.parent().expect("a folder")).expect("a folder");
    fs::write(path, text).expect("a file");
}

fn read(folder: &Path, name: &str) -> String {
    fs::read_to_string(folder.join(name)).expect("a text")
}

fn lint(folder: &Path, line: &str) -> Run {
    let words: Vec<&str> =
        ["lint", "-o", "concise"].into_iter().chain(line.split_whitespace()).collect();
    run_in(folder, &words, &[])
}

/// The places of the findings of a run by a baseline.
fn found(folder: &Path, line: &str) -> Vec<String> {
    let run = lint(folder, &format!("--baseline {FILE} {line}"));
    assert_ne!(run.code, Some(2), "{}", run.err);
    let place = |line: &str| line.split(": ").next().unwrap_or_default().to_owned();
    run.out.lines().map(place).collect()
}

/// A line of a baseline.
fn line(file: &str, host: &str, count: usize) -> String {
    format!(
        r#"{{"rule": "GW304", "file": "{file}", "object": "VirtualService shop/shop", "path": "spec.hosts[{host}]", "count": {count}}}"#
    )
}

fn baseline(lines: &[String]) -> String {
    let lines: Vec<String> = lines.iter().map(|line| format!("\n{line}")).collect();
    format!("{{\"schema\": \"gwctl/baseline/v1\", \"entries\": [{}\n]}}\n", lines.join(","))
}

#[test]
fn what_is_written_is_not_reported_again_and_what_is_new_is() {
    let folder = repository("round-trip", &["b.example.org", "a.example.org"]);
    let run = lint(&folder, "--write-baseline");
    assert_eq!((run.code, run.out.as_str()), (Some(0), ""), "{}", run.err);
    assert!(run.err.contains("wrote .gwctl-baseline.json: 2 findings"), "{}", run.err);
    let lines = ["a.example.org", "b.example.org"].map(|host| line("apps/shop.yaml", host, 1));
    assert_eq!(read(&folder, FILE), baseline(&lines));
    let again = lint(&folder, &format!("--baseline {FILE} --fail-on info"));
    assert_eq!((again.code, again.out.as_str()), (Some(0), ""), "{}", again.err);
    assert!(again.err.contains("no findings (2 suppressed)"), "{}", again.err);
    // Lines and order change nothing; another host is another field.
    write(
        &folder,
        "apps/shop.yaml",
        &format!("\n\n{}", shop(&["a.example.org", "c.example.org", "b.example.org"])),
    );
    assert_eq!(found(&folder, ""), ["apps/shop.yaml:10:5"]);
    // Without the flag everything is reported.
    assert_eq!(lint(&folder, "").out.lines().count(), 3);
    assert_eq!(lint(&folder, &format!("--baseline {FILE} --no-ignores")).out.lines().count(), 3);
}

#[test]
fn of_more_than_an_entry_counts_the_last_ones_are_reported() {
    let folder = repository("count", &[]);
    let shop = shop(&[]) + "  bogus: 1\n";
    write(&folder, "apps/shop.yaml", &shop);
    assert_eq!(lint(&folder, "--write-baseline").code, Some(0));
    assert!(read(&folder, FILE).contains(r#""path": "spec.bogus", "count": 1}"#));
    assert!(found(&folder, "").is_empty());
    // The object stands there twice, so that both findings are about one field.
    write(&folder, "apps/shop.yaml", &format!("{shop}---\n{shop}"));
    assert_eq!(lint(&folder, "--select GW002").out.lines().count(), 2);
    assert_eq!(found(&folder, "--select GW002"), ["apps/shop.yaml:21:3"]);
    lint(&folder, "--write-baseline");
    assert!(read(&folder, FILE).contains(r#""path": "spec.bogus", "count": 2}"#));
    assert!(found(&folder, "").is_empty());
}

#[test]
fn what_comments_suppress_is_not_written() {
    let folder = repository(
        "comments",
        &["a.example.org", "b.example.org  # gwctl: ignore[GW304] elsewhere"],
    );
    assert_eq!(lint(&folder, "--write-baseline").code, Some(0));
    assert_eq!(read(&folder, FILE), baseline(&[line("apps/shop.yaml", "a.example.org", 1)]));
    let run = lint(&folder, "--write-baseline --no-ignores");
    assert_eq!(run.code, Some(2), "{}", run.err);
}

#[test]
fn a_stale_entry_is_a_note_or_where_warnings_fail_a_finding() {
    let folder = repository("stale", &["a.example.org", "b.example.org"]);
    lint(&folder, "--write-baseline");
    write(&folder, "apps/shop.yaml", &shop(&["b.example.org"]));
    let run = lint(&folder, &format!("--baseline {FILE}"));
    assert_eq!((run.code, run.out.as_str()), (Some(0), ""));
    let note = "note: baseline is stale, run --write-baseline: 1 of 2 in `.gwctl-baseline.json` counts more than is found";
    assert!(run.err.contains(note), "{}", run.err);
    let reported = ".gwctl-baseline.json:2:1: warning[GW814] stale-baseline: the baseline allows 1 of GW304 here in \
                    `apps/shop.yaml`, and none is found";
    for (flags, code, is_reported) in [
        ("--deny-warnings", 1, true),
        ("--fail-on info", 1, true),
        ("--fail-on never", 0, false),
        ("--deny-warnings --ignore GW814", 0, false),
        ("--deny-warnings .", 1, true),
    ] {
        let run = lint(&folder, &format!("--baseline {FILE} {flags}"));
        assert_eq!(
            (run.code, run.out.contains(reported)),
            (Some(code), is_reported),
            "{flags}: {}",
            run.out
        );
        assert_eq!(run.err.contains("baseline is stale"), !is_reported, "{flags}: {}", run.err);
    }
    // It is found, whether it is printed or not.
    let run = lint(&folder, &format!("--baseline {FILE} --deny-warnings --min-severity error"));
    assert_eq!((run.code, run.out.as_str()), (Some(1), ""), "{}", run.err);
    assert!(run.err.contains("1 of lower severity; 1 suppressed"), "{}", run.err);
    // Who looks at a part knows nothing of the rest.
    for flags in ["infra", "apps/none.yaml infra", "--exclude shop.yaml", "--select GW307"] {
        write(&folder, "apps/none.yaml", "kind: Job\n");
        let run = lint(&folder, &format!("--baseline {FILE} --deny-warnings {flags}"));
        assert!(
            !run.out.contains("GW814") && !run.err.contains("stale"),
            "{flags}: {}{}",
            run.out,
            run.err
        );
    }
    lint(&folder, &format!("--baseline {FILE} --write-baseline"));
    assert_eq!(read(&folder, FILE), baseline(&[line("apps/shop.yaml", "b.example.org", 1)]));
    write(
        &folder,
        "severe.yaml",
        "severity: {stale-baseline: error}\nbaseline: .gwctl-baseline.json\n",
    );
    write(&folder, "apps/shop.yaml", &shop(&[]));
    let run = lint(&folder, "--config severe.yaml --deny-warnings");
    assert!(run.out.contains("error[GW814]"), "{}{}", run.out, run.err);
}

#[test]
fn a_renamed_file_is_another_one() {
    let folder = repository("renamed", &["a.example.org"]);
    lint(&folder, "--write-baseline");
    fs::rename(folder.join("apps"), folder.join("teams")).expect("a folder");
    assert_eq!(found(&folder, ""), ["teams/shop.yaml:7:5"]);
    // The old entry is known to be of no use also where its folder is not read.
    let run = lint(&folder, &format!("--baseline {FILE} infra teams"));
    assert!(run.err.contains("baseline is stale"), "{}", run.err);
    lint(&folder, "infra teams --write-baseline");
    assert_eq!(read(&folder, FILE), baseline(&[line("teams/shop.yaml", "a.example.org", 1)]));
}

#[test]
fn a_refresh_keeps_what_was_not_looked_for() {
    let folder = repository("refresh", &["a.example.org"]);
    let other = line("apps/other.yaml", "x.example.org", 2);
    write(&folder, "apps/other.yaml", "kind: Job\n");
    let later =
        r#"{"rule": "GW999", "file": "apps/shop.yaml", "object": "", "path": "", "count": 1}"#;
    let old =
        baseline(&[other.clone(), line("apps/shop.yaml", "gone.example.org", 1), later.to_owned()]);
    write(&folder, FILE, &old);
    // A part of the files: what is new is added.
    lint(&folder, "--write-baseline apps/shop.yaml infra");
    let [new, gone] =
        ["a.example.org", "gone.example.org"].map(|host| line("apps/shop.yaml", host, 1));
    let all = baseline(&[other, new.clone(), gone, later.to_owned()]);
    assert_eq!(read(&folder, FILE), all);
    // Another rule.
    lint(&folder, "--write-baseline --select GW307");
    assert_eq!(read(&folder, FILE), all);
    // Everything, also what is not printed.
    write(&folder, ".gwctl.yaml", "severity: {GW304: info}\nmin-severity: warning\n");
    write(&folder, "apps/shop.yaml", &shop(&["a.example.org", "b.example.org"]));
    lint(&folder, "--write-baseline");
    let second = line("apps/shop.yaml", "b.example.org", 1);
    assert_eq!(read(&folder, FILE), baseline(&[new, second, later.to_owned()]));
}

#[test]
fn flags_count_before_the_config_file_whose_path_is_relative_to_it() {
    let folder = repository("config", &["a.example.org"]);
    write(&folder, ".gwctl.yaml", "baseline: known/list.json\n");
    let run = lint(&folder, "");
    assert_eq!(run.code, Some(2));
    assert!(
        run.err.contains("known/list.json") && run.err.contains("gwctl lint --write-baseline"),
        "{}",
        run.err
    );
    assert_eq!(lint(&folder, "--no-ignores").code, Some(1));
    fs::create_dir(folder.join("known")).expect("a folder");
    let apps = folder.join("apps");
    let run = lint(&apps, ".. --write-baseline");
    assert!(run.err.contains("wrote ../known/list.json: 1 finding that"), "{}", run.err);
    assert_eq!(
        read(&folder, "known/list.json"),
        baseline(&[line("apps/shop.yaml", "a.example.org", 1)])
    );
    for (from, line) in [
        (&folder, ""),
        (&folder, "infra apps/shop.yaml"),
        (&apps, ".."),
        (&apps, "../infra shop.yaml"),
    ] {
        let run = lint(from, line);
        assert_eq!((run.code, run.out.as_str()), (Some(0), ""), "{line}: {}", run.err);
    }
    write(&folder, "empty.json", &baseline(&[]));
    assert_eq!(lint(&folder, "--baseline empty.json").code, Some(1));
    // One to read, another one to write.
    lint(&folder, "--baseline known/list.json --write-baseline=new.json");
    assert_eq!(read(&folder, "new.json"), read(&folder, "known/list.json"));
    let shown = run_in(&folder, &["config", "show"], &[]);
    assert!(shown.out.contains("baseline: known/list.json  # .gwctl.yaml:1"), "{}", shown.out);
}

#[test]
fn outside_of_git_files_are_told_from_the_folder_of_the_config_file() {
    let folder = std::env::temp_dir().join(format!("gwctl-baseline-{}", std::process::id()));
    drop(fs::remove_dir_all(&folder));
    write(&folder, "repo/.gwctl.yaml", "baseline: list.json\n");
    write(&folder, "repo/infra/gateway.yaml", GATEWAY);
    write(&folder, "repo/apps/shop.yaml", &shop(&["a.example.org"]));
    assert_eq!(lint(&folder, "repo --write-baseline").code, Some(0));
    let is_in_git = folder.ancestors().any(|folder| folder.join(".git").exists());
    if !is_in_git {
        assert_eq!(
            read(&folder, "repo/list.json"),
            baseline(&[line("apps/shop.yaml", "a.example.org", 1)])
        );
    }
    let run = lint(&folder.join("repo/apps"), "..");
    assert_eq!((run.code, run.out.as_str()), (Some(0), ""), "{}", run.err);
    fs::remove_dir_all(&folder).expect("a folder");
}

#[test]
fn formats_count_what_the_baseline_allows_as_suppressed() {
    let folder = repository("formats", &["a.example.org", "b.example.org"]);
    write(&folder, FILE, &baseline(&[line("apps/shop.yaml", "a.example.org", 1)]));
    let json = |format: &str| -> Value {
        let run = run_in(&folder, &["lint", "-o", format, "--baseline", FILE], &[]);
        serde_json::from_str(&run.out).expect("JSON")
    };
    let report = json("json");
    assert_eq!(report["suppressed"], 1);
    assert_eq!(report["findings"].as_array().map(Vec::len), Some(1));
    let sarif = json("sarif");
    let results = sarif["runs"][0]["results"].as_array().expect("results");
    let kinds: Vec<&Value> = results.iter().map(|one| &one["suppressions"][0]["kind"]).collect();
    assert_eq!(kinds, [&Value::Null, &Value::from("external")]);
    let prints: Vec<&str> =
        results.iter().filter_map(|one| one["partialFingerprints"]["gwctl/v1"].as_str()).collect();
    assert!(prints.iter().all(|print| print.len() == 64) && prints[0] != prints[1], "{prints:?}");
}

#[test]
fn clusters_share_a_baseline() {
    let folder = repository("clusters", &["a.example.org"]);
    write(&folder, "prod/shop.yaml", &shop(&["b.example.org"]));
    let config = "clusters: {test: {paths: [infra, apps]}, prod: {paths: [infra, prod]}}\nbaseline: .gwctl-baseline.json\n";
    write(&folder, ".gwctl.yaml", config);
    assert_eq!(lint(&folder, "--write-baseline").code, Some(0));
    let [test, prod] = [("apps", "a"), ("prod", "b")].map(|(folder, host)| {
        line(&format!("{folder}/shop.yaml"), &format!("{host}.example.org"), 1)
    });
    assert_eq!(read(&folder, FILE), baseline(&[test.clone(), prod.clone()]));
    for flags in ["", "--cluster prod", "--cluster test"] {
        let run = lint(&folder, &format!("--deny-warnings {flags}"));
        assert_eq!((run.code, run.out.as_str()), (Some(0), ""), "{flags}: {}", run.err);
    }
    write(&folder, "prod/shop.yaml", &shop(&[]));
    lint(&folder, "--write-baseline --cluster test");
    assert_eq!(read(&folder, FILE), baseline(&[test.clone(), prod]));
    lint(&folder, "--write-baseline");
    assert_eq!(read(&folder, FILE), baseline(&[test]));
}

#[test]
fn standard_input_is_called_as_it_is_printed() {
    let folder = repository("stdin", &[]);
    write(&folder, "rendered.txt", &format!("{GATEWAY}---\n{}", shop(&["a.example.org"])));
    let lint = |from: &Path, line: &str| {
        let mut command = Command::cargo_bin("gwctl").expect("the binary is built with the tests");
        let stdin = fs::File::open(folder.join("rendered.txt")).expect("a file");
        command
            .args(["lint", "-", "-o", "concise"])
            .args(line.split_whitespace())
            .current_dir(from);
        command.stdin(Stdio::from(stdin)).output().expect("the binary runs").status.code()
    };
    assert_eq!(lint(&folder, "--write-baseline"), Some(0));
    assert_eq!(read(&folder, FILE), baseline(&[line("<stdin>", "a.example.org", 1)]));
    let apps = folder.join("apps");
    assert_eq!(lint(&apps, "--baseline ../.gwctl-baseline.json --deny-warnings"), Some(0));
    // Under the name of a file it is that file.
    write(&folder, FILE, &baseline(&[line("apps/shop.yaml", "a.example.org", 1)]));
    assert_eq!(
        lint(&apps, "--baseline ../.gwctl-baseline.json --stdin-filename shop.yaml"),
        Some(0)
    );
    assert_eq!(lint(&apps, "--baseline ../.gwctl-baseline.json"), Some(1));
}

#[test]
fn what_cannot_be_read_ends_the_run_and_is_never_written_over() {
    let folder = repository("wrong", &["a.example.org"]);
    for (text, said) in [
        ("{\"schema\": \"gwctl/baseline/v1\",\n \"entries\": [\n<<<<<<< HEAD\n]}", "list.json:3:"),
        ("{\"schema\": \"gwctl/baseline/v1\", \"entries\": [", "not valid JSON"),
        ("{\"schema\": \"gwctl/baseline/v7\"}", "unknown schema `gwctl/baseline/v7`"),
        ("{\"name\": \"a-package\"}", "a baseline has a `schema`"),
        ("", "the baseline is empty"),
    ] {
        write(&folder, "list.json", text);
        for flags in ["--baseline list.json", "--write-baseline=list.json"] {
            let run = lint(&folder, flags);
            assert_eq!((run.code, run.out.as_str()), (Some(2), ""), "{text}");
            assert!(
                run.err.contains(said) && run.err.contains("list.json:"),
                "{text}: {}",
                run.err
            );
            assert_eq!(read(&folder, "list.json"), text);
        }
    }
    let run = lint(&folder, "--baseline none.json");
    assert_eq!(run.code, Some(2));
    assert!(run.err.contains("cannot read `none.json`"), "{}", run.err);
    let run = lint(&folder, "--write-baseline=none/list.json");
    assert_eq!(run.code, Some(2));
    assert!(run.err.contains("cannot write `none/list.json`"), "{}", run.err);
}

/// How many findings a baseline allows, by rule.
fn counts(folder: &Path) -> Vec<(String, u64)> {
    let baseline: Value = serde_json::from_str(&read(folder, FILE)).expect("JSON");
    let entries = baseline["entries"].as_array().expect("a list");
    let count = |entry: &Value| {
        let rule = entry["rule"].as_str().expect("a text").to_owned();
        (rule, entry["count"].as_u64().expect("a number"))
    };
    entries.iter().map(count).collect()
}

fn rules(folder: &Path) -> Vec<String> {
    counts(folder).into_iter().map(|(rule, _)| rule).collect()
}

/// What a run says of a baseline that is stale.
fn stale(folder: &Path) -> Option<String> {
    let run = lint(folder, &format!("--baseline {FILE}"));
    let line = run.err.lines().find(|line| line.contains("baseline is stale"))?;
    Some(line.split(": ").nth(2)?.split(" in ").next()?.to_owned())
}

#[test]
fn what_rests_on_an_object_that_is_refused_is_not_stale() {
    let folder = repository("typo", &["a.example.org", "b.example.org"]);
    lint(&folder, "--write-baseline");
    let before = read(&folder, FILE);
    let typo = GATEWAY.replace("['*.example.com']", "['*.example.com']\n    tls: {mode: SIMPEL}");
    write(&folder, "infra/gateway.yaml", &typo);
    let run = lint(&folder, &format!("--baseline {FILE}"));
    assert!(run.out.contains("SIMPEL") && !run.err.contains("stale"), "{}{}", run.out, run.err);
    // Whoever accepts the typo keeps the rest, now and as long as it stands there.
    let run = lint(&folder, "--write-baseline");
    assert!(run.err.contains("(2 kept, as not everything about them was checked)"), "{}", run.err);
    assert_eq!(rules(&folder), ["GW304", "GW304", "GW003"]);
    assert_eq!((found(&folder, "").len(), stale(&folder)), (0, None));
    lint(&folder, "--write-baseline");
    assert_eq!(rules(&folder), ["GW304", "GW304", "GW003"]);
    // Mended, it is stale itself.
    write(&folder, "infra/gateway.yaml", GATEWAY);
    assert_eq!((found(&folder, "").len(), stale(&folder)), (0, Some("1 of 3".to_owned())));
    lint(&folder, "--write-baseline");
    assert_eq!(read(&folder, FILE), before);
}

#[test]
fn what_a_run_could_not_look_at_is_not_stale() {
    let shop = || shop(&["a.example.org", "b.example.org"]);
    let folder = repository("unread", &["a.example.org", "b.example.org"]);
    lint(&folder, "--write-baseline");
    let before = read(&folder, FILE);
    for text in [
        // It cannot be decoded, it would be refused, it is not YAML, it is none of ours any more.
        shop().replace("  http:", "  http: 5 #"),
        shop().replace("  http:", "  exportTo: ['!']\n  http:"),
        shop().replace("  http:", "  http: ]\n  x:"),
        shop().replace("  name: shop", "  name: [shop]"),
    ] {
        write(&folder, "apps/shop.yaml", &text);
        assert_eq!(stale(&folder), None, "{text}");
        lint(&folder, "--write-baseline");
        let kept = rules(&folder).iter().filter(|rule| *rule == "GW304").count();
        assert_eq!(kept, 2, "{text}");
        write(&folder, FILE, &before);
    }
    // It is not read in this run.
    write(&folder, "apps/shop.yaml", &shop());
    write(&folder, ".gwctlignore", "apps/shop.yaml\n");
    assert_eq!(stale(&folder), None);
    lint(&folder, "--write-baseline");
    assert_eq!(read(&folder, FILE), before);
    fs::remove_file(folder.join(".gwctlignore")).expect("a file");
    // It is gone, or the object is.
    write(&folder, "apps/shop.yaml", "kind: ConfigMap\napiVersion: v1\nmetadata: {name: shop}\n");
    assert_eq!(stale(&folder).as_deref(), Some("2 of 2"));
    write(&folder, "apps/shop.yaml", &shop().replace("name: shop,", "name: other,"));
    assert_eq!(stale(&folder).as_deref(), Some("2 of 2"));
    fs::remove_file(folder.join("apps/shop.yaml")).expect("a file");
    assert_eq!(stale(&folder).as_deref(), Some("2 of 2"));
    lint(&folder, "--write-baseline");
    assert!(rules(&folder).is_empty());
}

#[test]
fn a_refusal_that_is_known_keeps_nothing_but_what_rests_on_it() {
    let folder = repository("known-refusal", &["a.example.org", "b.example.org"]);
    let refused =
        shop(&[]).replace("name: shop,", "name: refused,").replace("web}", "web, port: 5}");
    write(&folder, "apps/refused.yaml", &refused);
    lint(&folder, "--write-baseline");
    assert_eq!(rules(&folder).len(), 3);
    write(&folder, "apps/shop.yaml", &shop(&["a.example.org"]));
    assert_eq!(stale(&folder).as_deref(), Some("1 of 3"));
    // Another refusal may be the reason.
    write(&folder, "apps/more.yaml", &refused.replace("name: refused,", "name: more,"));
    assert_eq!(stale(&folder), None);
    fs::remove_file(folder.join("apps/more.yaml")).expect("a file");
    lint(&folder, "--write-baseline");
    assert_eq!(rules(&folder).len(), 2);
}

#[test]
fn what_a_silenced_rule_would_find_is_not_stale() {
    let folder = repository("silenced", &[]);
    let service = "apiVersion: v1\nkind: Service\nmetadata: {name: wep, namespace: shop}\nspec: {ports: [{port: 80}]}\n";
    write(&folder, "apps/service.yaml", service);
    lint(&folder, "--write-baseline");
    assert_eq!(rules(&folder), ["GW601", "GW601"]);
    let before = read(&folder, FILE);
    fs::remove_file(folder.join("apps/service.yaml")).expect("a file");
    assert_eq!((found(&folder, "").len(), stale(&folder)), (0, None));
    lint(&folder, "--write-baseline");
    assert_eq!(read(&folder, FILE), before);
}
