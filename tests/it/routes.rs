//! The effective table of every case of testdata/routes, as people see it; and which rules of the specifications
//! have a case.
//!
//! A case is a folder `SET-RULE-words`, such as `spec1-5.3-a-host-claimed-twice`; a letter after the number tells
//! cases of one rule apart. It holds `in.yaml`, the manifests; `table.txt`, what `gwctl routes` prints; and where they
//! matter `mesh.yaml` (as for `--mesh-config`), `proxy.txt` (a `--proxy` on each line), `envoy.json` (what `-o envoy`
//! prints) and `notes.txt` (the notes). The last two are compared where they are there; begin them empty.
//! `UPDATE=1` writes all but the input.
//!
//! `rules-SET.txt` lists the rules of a set: number, tab, statement; or number, tab, `-` and why it has no case.
#![expect(clippy::disallowed_methods, reason = "tests read their own files")]

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

use gwctl::analysis::{LoadOptions, Loaded, load};
use gwctl::input::{Contents, File, Input};
use gwctl::istio::mesh_config::MeshConfig;
use gwctl::mesh::ProxySpec;
use gwctl::report::envoy;
use gwctl::report::routes::{ByAge, Routes, RoutesFormat, RoutesOptions};
use gwctl::rules::{ClusterPresences, Complete, SecretPresences};

use crate::common::{compare, names, root};

const FOLDER: &str = "testdata/routes";

#[test]
fn every_case_gives_its_table() {
    let mut wrong = Vec::new();
    for case in cases() {
        let folder = root().join(FOLDER).join(&case);
        let loaded = loaded(&folder);
        for broken in &loaded.broken {
            wrong.push(format!("{case}: cannot be read: {:?}", broken.reason));
        }
        for (name, text) in expectations(&loaded) {
            if name == "table.txt" || folder.join(name).is_file() {
                wrong.extend(compare(&format!("{FOLDER}/{case}/{name}"), &text).err());
            }
        }
        for file in names(&folder) {
            let known = ["in.yaml", "mesh.yaml", "proxy.txt"].contains(&file.as_str());
            if !known && expectations(&loaded).iter().all(|(name, _)| *name != file) {
                wrong.push(format!("{case}/{file} belongs to nothing"));
            }
        }
    }
    assert!(wrong.is_empty(), "{}\n`UPDATE=1 cargo test` rewrites them", wrong.join("\n"));
}

/// What a case says of its input, by file.
fn expectations(loaded: &Loaded) -> [(&'static str, String); 3] {
    let text = |write: &dyn Fn(&mut dyn std::io::Write) -> std::io::Result<()>| {
        let mut out = Vec::new();
        write(&mut out).expect("memory takes all");
        String::from_utf8(out).expect("the output is UTF-8")
    };
    let options = RoutesOptions::default();
    let (mesh, complete, unread) = (&loaded.mesh, Complete::default(), loaded.unread());
    let routes = Routes {
        tables: &loaded.tables,
        mesh,
        sources: &loaded.sources,
        options: &options,
        clusters: &ClusterPresences::new(mesh, &complete, &unread),
        secrets: &SecretPresences::new(mesh, &complete, &unread),
        order: &ByAge::new(mesh, &loaded.tables),
        contested: &[],
    };
    let mut notes = loaded.notes.join("\n");
    if !notes.is_empty() {
        notes.push('\n');
    }
    [
        ("table.txt", text(&|out| routes.write(RoutesFormat::Table, out))),
        ("envoy.json", text(&|out| envoy::write(&loaded.tables, loaded.mesh.version, out))),
        ("notes.txt", notes),
    ]
}

/// Reads a case as `gwctl routes in.yaml` would.
fn loaded(folder: &Path) -> Loaded {
    let read = |name: &str| {
        let text = fs::read_to_string(folder.join(name)).ok();
        text.map(|text| text.replace("\r\n", "\n"))
    };
    let file = File {
        name: "in.yaml".to_owned(),
        contents: Contents::Text(read("in.yaml").expect("a case has an in.yaml")),
        bom: false,
        chart_template: false,
        named: true,
    };
    let proxies = read("proxy.txt").unwrap_or_default();
    let proxies = proxies.lines().map(|line| ProxySpec::parse(line).expect("`key=value,...`"));
    let mesh_config = read("mesh.yaml").map(|text| {
        let text = MeshConfig::in_config_map(&text).unwrap_or(text);
        MeshConfig::parse(&text).expect("mesh.yaml is a MeshConfig")
    });
    let options = LoadOptions {
        mesh_config,
        proxies: proxies.collect(),
        // The rules say what istiod makes of an object, admitted or not.
        include_rejected: true,
        ..LoadOptions::default()
    };
    load(Input { files: vec![file], ..Input::default() }, &options)
}

#[test]
fn every_rule_has_a_case_or_a_reason_to_have_none() {
    let mut rules: BTreeMap<(String, String), String> = BTreeMap::new();
    for file in names(&root().join(FOLDER)) {
        let set = file.strip_prefix("rules-").and_then(|name| name.strip_suffix(".txt"));
        let set = set.unwrap_or_else(|| panic!("{FOLDER}/{file} belongs to nothing"));
        let text = fs::read_to_string(root().join(FOLDER).join(&file)).expect("just listed");
        for line in text.lines() {
            let (rule, statement) =
                line.split_once('\t').unwrap_or_else(|| panic!("{file}: no tab in `{line}`"));
            let known = rules.insert((set.to_owned(), rule.to_owned()), statement.to_owned());
            assert_eq!(known, None, "{file}: {rule} is there twice");
        }
    }
    let mut wrong = Vec::new();
    let mut covered = BTreeSet::new();
    for case in cases() {
        let own = rule_names(&case).into_iter().find(|key| rules.contains_key(key));
        match own {
            Some(key) => drop(covered.insert(key)),
            None => wrong.push(format!("{case}: no list has its rule")),
        }
    }
    for (key @ (set, rule), statement) in &rules {
        match (statement.strip_prefix("- "), covered.contains(key)) {
            (None, false) => wrong.push(format!("{set} {rule} has no case: {statement}")),
            (Some(reason), true) => {
                wrong.push(format!("{set} {rule} has a case in spite of: {reason}"));
            }
            _ => {}
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// The rules that a case may be named after, as set and number: first with the letter at the end of the number, which
/// is part of some numbers, then without it.
fn rule_names(case: &str) -> Vec<(String, String)> {
    let Some((set, rest)) = case.split_once('-') else { return Vec::new() };
    let ends = rest.match_indices('-').map(|(at, _)| &rest[..at]);
    let number = ends.into_iter().find(|number| number.contains(|c: char| c.is_ascii_digit()));
    let Some(number) = number else { return Vec::new() };
    let without = number.strip_suffix(|c: char| c.is_ascii_lowercase());
    let numbers = [Some(number), without].into_iter().flatten();
    numbers.map(|number| (set.to_owned(), number.to_owned())).collect()
}

#[test]
fn cases_are_named_after_rules() {
    let of = |case| -> Vec<String> {
        let names = rule_names(case).into_iter();
        names.map(|(set, number)| format!("{set} {number}")).collect()
    };
    assert_eq!(of("spec1-5.3-a-host"), ["spec1 5.3"]);
    assert_eq!(of("spec1-8.7b-twice"), ["spec1 8.7b", "spec1 8.7"]);
    assert_eq!(of("spec2-R-1.12c-a-1-b"), ["spec2 R-1.12c", "spec2 R-1.12"]);
    assert_eq!(of("spec1-words"), [""; 0]);
}

/// The names of the cases.
fn cases() -> Vec<String> {
    let Ok(entries) = fs::read_dir(root().join(FOLDER)) else { return Vec::new() };
    let mut cases: Vec<String> = entries
        .filter_map(Result::ok)
        .filter(|entry| entry.path().is_dir())
        .filter_map(|entry| entry.file_name().into_string().ok())
        .collect();
    cases.sort();
    cases
}
