//! `gwctl config` and `gwctl schema config`.
#![expect(clippy::disallowed_methods, reason = "tests read and write their own files")]

use std::fs;
use std::path::{Path, PathBuf};

use gwctl::config::KEYS;
use serde_json::Value;

use crate::common::{compare, root};
use crate::flags::{Run, run_in};
use crate::schema::violations;

fn folder(name: &str) -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("settings").join(name);
    drop(fs::remove_dir_all(&folder));
    fs::create_dir_all(folder.join(".git")).expect("a folder");
    folder
}

fn at(folder: &Path, line: &str) -> Run {
    run_in(folder, &line.split_whitespace().collect::<Vec<_>>(), &[])
}

fn parsed(text: &str) -> Value {
    serde_yaml::from_str(text).unwrap_or_else(|error| panic!("{error}\n{text}"))
}

fn schema() -> Value {
    let text = gwctl::cli::config_schema();
    compare("schema/config.schema.json", &text).unwrap_or_else(|error| panic!("{error}"));
    serde_json::from_str(&text).expect("JSON")
}

#[test]
fn every_setting_is_shown_with_its_origin_and_can_be_read_again() {
    let project = root().join("testdata/config/project");
    let run = at(&project, "config show");
    assert_eq!(run.code, Some(0), "{}", run.err);
    assert_eq!(run.out, at(&project, "config").out);
    for key in KEYS {
        let line = run.out.lines().any(|line| line.starts_with(&format!("{}:", key.name)));
        assert!(line, "{}: {}", key.name, run.out);
    }
    for part in ["# .gwctl.yaml:", "  # default\n"] {
        assert!(run.out.contains(part), "{part}: {}", run.out);
    }
    // What is shown says the same when it is a config file.
    let copy = folder("again");
    fs::write(copy.join("gwctl.yaml"), &run.out).expect("a file");
    let again = at(&copy, "config show");
    assert_eq!(again.code, Some(0), "{}", again.err);
    assert_eq!(parsed(&again.out), parsed(&run.out));
    let paths = at(&project, "config show infra apps");
    assert!(paths.out.contains("paths: [\"infra\",\"apps\"]  # PATH\n"), "{}", paths.out);
    let output = run_in(&project, &["config"], &[("GWCTL_OUTPUT", "json")]).out;
    assert!(output.contains("output: [\"json\"]  # GWCTL_OUTPUT\n"), "{output}");
    let none = at(&project, "config --no-config").out;
    assert!(none.contains("namespace: default  # default\n"), "{none}");
    assert!(none.contains("mesh-config: null  # not set\n"), "{none}");
}

#[test]
fn the_path_is_that_of_the_file_that_counts() {
    let project = root().join("testdata/config/project");
    assert_eq!(at(&project, "config path").out, ".gwctl.yaml\n");
    assert_eq!(at(&project, "config path apps/shop.yaml").out, ".gwctl.yaml\n");
    let none = at(&folder("none"), "config path");
    assert_eq!((none.code, none.out.as_str()), (Some(0), ""));
    assert!(none.err.contains("no config file"), "{}", none.err);
}

#[test]
fn a_file_to_begin_with_changes_nothing_and_overwrites_nothing() {
    let folder = folder("init");
    let before = at(&folder, "config show").out;
    assert_eq!(at(&folder, "config init").code, Some(0));
    assert_eq!(at(&folder, "config show").out, before);
    let text = fs::read_to_string(folder.join(".gwctl.yaml")).expect("the file");
    let again = at(&folder, "config init");
    assert_eq!(again.code, Some(2));
    assert!(again.err.contains("`.gwctl.yaml` is there already"), "{}", again.err);
    assert_eq!(fs::read_to_string(folder.join(".gwctl.yaml")).expect("the file"), text);
    // Every line that is a key is one that the reader takes, and the schema.
    let keys = |line: &&str| KEYS.iter().any(|key| line.starts_with(&format!("{}: ", key.name)));
    let lines = text.lines().filter_map(|line| line.strip_prefix("# ")).filter(keys);
    let all: Vec<&str> = lines.filter(|line| !line.starts_with("mesh-config")).collect();
    assert_eq!(all.len(), KEYS.len() - 1);
    fs::write(folder.join(".gwctl.yaml"), all.join("\n")).expect("a file");
    let run = at(&folder, "config show");
    assert_eq!(run.code, Some(0), "{}", run.err);
    assert_eq!(violations(&schema(), &parsed(&all.join("\n"))), Vec::<String>::new());
}

#[test]
fn the_schema_has_the_keys_of_the_reader_and_takes_the_samples() {
    let schema = schema();
    let of_schema: Vec<&String> = schema["properties"].as_object().expect("keys").keys().collect();
    let mut of_reader: Vec<&str> = KEYS.iter().map(|key| key.name).collect();
    let mut of_schema: Vec<&str> = of_schema.into_iter().map(String::as_str).collect();
    of_reader.sort_unstable();
    of_schema.sort_unstable();
    assert_eq!(of_schema, of_reader);
    let readme = fs::read_to_string(root().join("README.md")).expect("README.md");
    let section = readme.split("### Config file").nth(1).expect("the section");
    let blocks = section.split("```yaml\n").skip(1).take(2);
    let mut samples: Vec<String> =
        blocks.filter_map(|rest| rest.split("```").next()).map(str::to_owned).collect();
    for folder in ["project", "clusters"] {
        let file = root().join(format!("testdata/config/{folder}/.gwctl.yaml"));
        samples.push(fs::read_to_string(file).expect("a config file"));
    }
    for sample in &samples {
        let wrong = violations(&schema, &parsed(sample));
        assert!(wrong.is_empty(), "{sample}\n{wrong:?}");
    }
    assert_eq!(samples.len(), 4);
}

#[test]
fn what_the_schema_refuses_the_reader_refuses_too() {
    let (schema, folder) = (schema(), folder("wrong"));
    for text in [
        "severty: {}",
        "namespace: [a]",
        "hidden: maybe",
        "paths: {a: b}",
        "select: [unbuond-host]",
        "severity: {GW30: info}",
        "severity: {GW304: eror}",
        "per-path: {a: {ignroe: [GW304]}}",
        "per-object: {'VirtualService *': {ignore: [x]}}",
        "fail-on: errors",
        "min-severity: medium",
        "clusters: {prod: {}}",
        "clusters: {prod: {path: [a]}}",
        "clusters: {prod: {paths: a, complete: {}}}",
        "proxies: {a: {}}",
        "proxies: {a: {lables: {}}}",
        "proxies: {a: {labels: {b: c}, ports: {x: 1}}}",
        "proxies: {a: {labels: {b: c}, ports: {80: 70000}}}",
        "proxies: {a: {labels: {b: c}, service: d}}",
        "clusters: {prod: {paths: }}",
        "severity: {GW304: }",
        "select: [gw9999]",
        "namespace: ' '",
        "tests: [a]",
        "fail-under: 3",
    ] {
        assert!(!violations(&schema, &parsed(text)).is_empty(), "{text}: the schema takes it");
        fs::write(folder.join(".gwctl.yaml"), text).expect("a file");
        let run = at(&folder, "config show");
        assert_eq!(run.code, Some(2), "{text}: {}", run.out);
        assert!(run.err.contains(".gwctl.yaml:1:"), "{text}: {}", run.err);
    }
}

#[test]
fn what_the_reader_takes_the_schema_takes_too() {
    let (schema, folder) = (schema(), folder("right"));
    let empty = KEYS.iter().map(|key| format!("{}:", key.name));
    let texts = [
        "select: gw304",
        "select: [gw3, GW30, Gw304, gw, ist0132, validity, tls, default, all]",
        "ignore: [gateway-not-found, GW8]",
        "severity: {gw305: INFO, ist0132: off}",
        "severity: {GW304: 'Off'}",
        "rules: {gw304: , certificate-validity: {cert_days: 7}}",
        "namespace: 7",
        "paths: [1.5, a]",
        "exclude: 3",
        "istio-version: 1.30",
        "istio-version: '1.30'",
        "istio-version: v1.30.2",
        "min-severity: Error",
        "fail-on: NEVER",
        "per-path: {a: {ignore: , severity: }, b: {}}",
        "per-path: {a: {ignore: gw304, severity: {gw304: Warning}}}",
        "per-object: {Gateway a/b: {ignore: [all]}}",
        "clusters: {prod: {paths: a, namespace: , istio-version: 1.29, complete: , mesh-config: }}",
        "proxies: {a: {labels: {b: 1, c: true, d: ''}, namespace: 5}}",
        "proxies: {a: {labels: {b: c}, ports: {80: 8080}, service: }}",
        "proxies: {a: {labels: {b: c}, ports: , service: d/e}}",
        "complete: [service, Secret@shop]",
        "output: [json=a.json, full]",
        "required-version: '>=0'",
        "{}",
    ];
    for text in texts.into_iter().map(str::to_owned).chain(empty) {
        fs::write(folder.join(".gwctl.yaml"), &text).expect("a file");
        let run = at(&folder, "config show");
        assert_eq!(run.code, Some(0), "{text}: {}", run.err);
        assert_eq!(violations(&schema, &parsed(&text)), Vec::<String>::new(), "{text}");
    }
}

#[test]
fn the_default_version_is_that_of_the_models() {
    let key = KEYS.iter().find(|key| key.name == "istio-version").expect("the key");
    assert_eq!(key.default(), Some(gwctl::cli::ISTIO_VERSION));
}

#[test]
fn schemas_are_printed_by_name() {
    for name in ["config", "lint", "routes", "explain"] {
        let run = at(root(), &format!("schema {name}"));
        assert!(serde_json::from_str::<Value>(&run.out).is_ok(), "{name}: {}", run.err);
    }
    assert_eq!(at(root(), "schema nothing").code, Some(2));
}
