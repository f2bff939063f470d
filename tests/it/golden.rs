//! Small trees of manifests under testdata/golden with everything that is found in them: each as people run it, with
//! its files in two orders. `UPDATE=1 cargo test` rewrites the expectations; testdata/golden/README.md describes them.
#![expect(clippy::disallowed_methods, reason = "tests read and write their own files")]

use std::collections::BTreeSet;
use std::fmt::Write;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use assert_cmd::cargo::CommandCargoExt;
use gwctl::manifest::{Header, Namespaces, objects};
use gwctl::text::{SourceId, Span};
use gwctl::yaml;
use rayon::prelude::*;
use serde_json::Value;

use crate::common::{names, root, update};

const FOLDER: &str = "testdata/golden";

/// Cases in which gwctl is wrong, and how. The expectation says what is right.
const KNOWN: &[(&str, &str)] =
    &[("01-two-line-indent/bad", "GW005 is not there yet, and so GW501 speaks")];

#[test]
fn every_tree_has_what_is_expected_and_nothing_else() {
    let cases = cases();
    assert!(cases.len() > 100, "only {} cases were found", cases.len());
    let unknown = KNOWN.iter().filter(|(name, _)| !cases.iter().any(|case| case == name));
    let unknown: Vec<String> = unknown.map(|(name, _)| format!("{name}: no such case")).collect();
    let wrong: Vec<String> = cases.par_iter().filter_map(|case| wrong(case)).collect();
    let wrong: Vec<String> = wrong.into_iter().chain(unknown).collect();
    assert!(wrong.is_empty(), "{}\n`UPDATE=1 cargo test` rewrites them", wrong.join("\n\n"));
}

/// What is wrong with a case, if anything.
fn wrong(case: &str) -> Option<String> {
    let expected = Expected::read(case);
    // The clusters of a config file are those of its folder; files that are named are one cluster (cli.md 22.4).
    let has_config = folder_of(case).join(".gwctl.yaml").is_file();
    let of_files = if has_config { vec![".".to_owned()] } else { entries(case) };
    let of_files: Vec<String> = of_files.into_iter().rev().collect();
    let of_files: Vec<&str> = of_files.iter().map(String::as_str).collect();
    let (forth, back) =
        match (lint(case, &expected.options, &["."]), lint(case, &expected.options, &of_files)) {
            (Ok(forth), Ok(back)) => (forth, back),
            (Err(error), _) | (_, Err(error)) => return Some(format!("{case}: {error}")),
        };
    let (told, reversed) = (told(case, &forth), told(case, &back));
    let mut wrong = expected.differences(&told, &forth);
    if let Some((_, reason)) = KNOWN.iter().find(|(name, _)| *name == case) {
        return wrong
            .is_empty()
            .then(|| format!("{case} is right now, and listed in KNOWN: {reason}"));
    }
    if update() && !wrong.is_empty() {
        fs::write(expected_of(case), expected.rewritten(&told)).expect("writable");
        return None;
    }
    let lines = |told: &[Told]| told.iter().map(|told| told.line.clone()).collect::<Vec<_>>();
    if lines(&told) != lines(&reversed) {
        let _ = write!(wrong, "\n  read in reverse: {:#?}", lines(&reversed));
    }
    if is_twin(case) && !expected.findings.is_empty() {
        wrong.push_str("\n  a clean twin has findings");
    }
    (!wrong.is_empty()).then(|| format!("{case}{wrong}"))
}

/// Each fault is told once, in one order, with any number of threads.
#[test]
fn ten_faults_are_told_once_each_and_in_one_order() {
    let case = "57-kitchen-sink-order/bad";
    let alone = lint(case, &["-j1".to_owned()], &["."]);
    for _ in 0..3 {
        assert_eq!(alone, lint(case, &["-j4".to_owned()], &["."]));
    }
    let told = told(case, &alone.expect("it runs"));
    let codes: BTreeSet<&str> =
        told.iter().filter_map(|told| told.line.split(' ').nth(1)).collect();
    assert_eq!((told.len(), codes.len()), (10, 10), "{told:#?}");
}

/// A clean tree of 500 Gateways and 3,000 VirtualServices: nothing is found in it.
#[test]
fn nothing_is_found_in_a_large_tree_without_faults() {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("56-big-clean");
    let _ = fs::remove_dir_all(&folder);
    fs::create_dir_all(&folder).expect("the folder of the tests");
    for (name, text) in large_tree() {
        fs::write(folder.join(name), text).expect("writable");
    }
    let output = run(&folder, &[], &["."]).expect("it runs");
    assert_eq!(output["findings"].as_array().map(Vec::len), Some(0), "{}", output["findings"][0]);
    assert_eq!(output["summary"]["objects"], 2 + 500 * (1 + 1 + 1 + 2 * 6));
    assert_eq!(output["notes"].as_array().map(Vec::len), Some(0), "{}", output["notes"]);
}

/// What is expected of a case.
#[derive(Default)]
struct Expected {
    /// The comments at the head.
    head: Vec<String>,
    /// Options of the command line.
    options: Vec<String>,
    /// A line for each finding, with texts that its messages have.
    findings: Vec<(String, Vec<String>)>,
    /// Rules that leave out a check for want of objects.
    skipped: Vec<String>,
    /// Parts of notes.
    notes: Vec<String>,
}

/// A finding as a line, and all that it says.
#[derive(Debug)]
struct Told {
    line: String,
    text: String,
}

impl Expected {
    fn read(case: &str) -> Self {
        let text = fs::read_to_string(expected_of(case)).expect("the case was just listed");
        let mut expected = Self::default();
        for line in text.lines() {
            if let Some(options) = line.strip_prefix("# options: ") {
                expected.options.extend(options.split(' ').map(str::to_owned));
            }
            if line.starts_with('#') {
                expected.head.push(line.to_owned());
            } else if let Some(says) = line.strip_prefix("  says: ") {
                let (_, all) = expected.findings.last_mut().expect("a finding says it");
                all.push(says.to_owned());
            } else if let Some(code) = line.strip_prefix("skipped ") {
                expected.skipped.push(code.to_owned());
            } else if let Some(part) = line.strip_prefix("note ") {
                expected.notes.push(part.to_owned());
            } else if line != "nothing" {
                expected.findings.push((line.to_owned(), Vec::new()));
            }
        }
        expected
    }

    /// Where `told` and the rest of the output differ from it: `-` is expected, `+` is told.
    fn differences(&self, told: &[Told], output: &Value) -> String {
        let mut text = String::new();
        let (expected, found): (Vec<_>, Vec<_>) = (
            self.findings.iter().map(|(line, _)| line).collect(),
            told.iter().map(|told| &told.line).collect(),
        );
        for line in expected.iter().filter(|line| !found.contains(line)) {
            let _ = write!(text, "\n  - {line}");
        }
        for told in told.iter().filter(|told| !expected.contains(&&told.line)) {
            let _ = write!(text, "\n  + {}\n      {}", told.line, told.text);
        }
        if text.is_empty() && expected != found {
            let _ = write!(text, "\n  the order is {found:#?}");
        }
        for (line, says) in &self.findings {
            let told = told.iter().find(|told| told.line == *line);
            for part in
                says.iter().filter(|part| told.is_some_and(|told| !told.text.contains(*part)))
            {
                let _ = write!(
                    text,
                    "\n  {line}\n    does not say `{part}`: {}",
                    told.map_or("", |told| &told.text)
                );
            }
        }
        let all = |list: &Value, key: &str| -> Vec<String> {
            let item = |item: &Value| {
                item.get(key).unwrap_or(item).as_str().unwrap_or_default().to_owned()
            };
            list.as_array().map(|items| items.iter().map(item).collect()).unwrap_or_default()
        };
        let skipped = all(&output["summary"]["skipped"], "rule");
        for code in self.skipped.iter().filter(|code| !skipped.contains(code)) {
            let _ = write!(text, "\n  no check of {code} was skipped");
        }
        let notes = all(&output["notes"], "");
        for part in self.notes.iter().filter(|part| !notes.iter().any(|note| note.contains(*part)))
        {
            let _ = write!(text, "\n  no note says `{part}`: {notes:?}");
        }
        text
    }

    /// The text that expects what was told.
    fn rewritten(&self, told: &[Told]) -> String {
        let mut lines = self.head.clone();
        if told.is_empty() {
            lines.push("nothing".to_owned());
        }
        for told in told {
            lines.push(told.line.clone());
            let known = self.findings.iter().find(|(line, _)| *line == told.line);
            let says = known.iter().flat_map(|(_, says)| says);
            lines.extend(
                says.filter(|part| told.text.contains(*part)).map(|part| format!("  says: {part}")),
            );
        }
        lines.extend(self.skipped.iter().map(|code| format!("skipped {code}")));
        lines.extend(self.notes.iter().map(|part| format!("note {part}")));
        lines.join("\n") + "\n"
    }
}

/// The findings of an output of `lint -o json` as lines: severity, rule, object, field of the primary label, and where
/// the other labels stand, with their object where it is another one.
fn told(case: &str, output: &Value) -> Vec<Told> {
    let findings = output["findings"].as_array().expect("a list");
    let folder = folder_of(case);
    let identities = identities(&folder);
    let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    let place = |label: &Value| {
        let file = text(&label["file"]);
        let at =
            u32::try_from(label["start"]["offset"].as_u64().expect("an offset")).expect("small");
        let object = object_at(&folder.join(&file), at).unwrap_or_else(|| file.clone());
        let is_one_of_many = identities.iter().filter(|name| **name == object).count() > 1;
        (if is_one_of_many { format!("{object} ({file})") } else { object }, text(&label["path"]))
    };
    let told = |finding: &Value| {
        let labels = finding["labels"].as_array().expect("a list");
        let (object, path) = place(&labels[0]);
        let mut line = format!(
            "{} {} {object} {path}",
            text(&finding["severity"]),
            text(&finding["rule"]["code"])
        );
        let others = labels[1..]
            .iter()
            .map(place)
            .map(|(other, path)| if other == object { path } else { format!("{other} {path}") });
        let others: Vec<String> = others.collect();
        if !others.is_empty() {
            let _ = write!(line, " <- {}", others.join(", "));
        }
        let mut words = vec![text(&finding["message"]), text(&finding["help"])];
        words.extend(labels.iter().map(|label| text(&label["message"])));
        Told { line, text: words.join(" | ") }
    };
    findings.iter().map(told).collect()
}

/// Kind, namespace and name of the object of a file in which `offset` lies.
fn object_at(file: &Path, offset: u32) -> Option<String> {
    let text = fs::read_to_string(file).ok()?;
    let place = Span::new(SourceId::new(0), offset, offset);
    let all = objects_of(&text);
    all.into_iter().find(|(span, _)| span.contains(place)).map(|(_, name)| name)
}

fn objects_of(text: &str) -> Vec<(Span, String)> {
    let source = SourceId::new(0);
    let mut all = Vec::new();
    for chunk in yaml::split(text) {
        let Ok(tree) = yaml::parse(source, text, &chunk) else { continue };
        let Some(node) = tree.root() else { continue };
        for item in objects(node, text, chunk.document, Namespaces::assumed("default")) {
            let (Header::Object(meta) | Header::Wrong { meta, is_named: true, .. }) = &item.header
            else {
                continue;
            };
            let Some(object) = &meta.subject.object else { continue };
            let name = format!("{} {}/{}", object.kind, object.namespace, object.name);
            all.push((item.node.span(), name));
        }
    }
    all
}

/// The names of all objects below a folder.
fn identities(folder: &Path) -> Vec<String> {
    let mut all = Vec::new();
    for entry in fs::read_dir(folder).expect("a folder").filter_map(Result::ok) {
        if entry.path().is_dir() {
            all.extend(identities(&entry.path()));
        } else if let Ok(text) = fs::read_to_string(entry.path()) {
            all.extend(objects_of(&text).into_iter().map(|(_, name)| name));
        }
    }
    all
}

fn lint(case: &str, options: &[String], paths: &[&str]) -> Result<Value, String> {
    run(&folder_of(case), options, paths)
}

fn run(folder: &Path, options: &[String], paths: &[&str]) -> Result<Value, String> {
    let mut command = Command::cargo_bin("gwctl").expect("the binary is built with the tests");
    command.current_dir(folder).args(["lint", "-o", "json"]).args(options).args(paths);
    let output = command.stdin(Stdio::null()).output().expect("the binary runs");
    let code = output.status.code();
    let stderr = String::from_utf8_lossy(&output.stderr);
    if !matches!(code, Some(0 | 1)) {
        return Err(format!("exit code {code:?}: {stderr}"));
    }
    let json: Value = serde_json::from_slice(&output.stdout).map_err(|error| error.to_string())?;
    if (code == Some(1)) != (json["summary"]["error"] != 0) {
        return Err(format!("exit code {code:?} with {}", json["summary"]));
    }
    Ok(json)
}

/// All cases, as `01-two-line-indent/bad`.
fn cases() -> Vec<String> {
    let mut cases = Vec::new();
    for topic in folders(&root().join(FOLDER)) {
        for case in folders(&root().join(FOLDER).join(&topic)) {
            let case = format!("{topic}/{case}");
            assert!(expected_of(&case).is_file(), "{case} has no expected.txt");
            cases.push(case);
        }
    }
    cases
}

fn folders(folder: &Path) -> BTreeSet<String> {
    let entries = fs::read_dir(folder).expect("a folder").filter_map(Result::ok);
    entries
        .filter(|entry| entry.path().is_dir())
        .filter_map(|entry| entry.file_name().into_string().ok())
        .collect()
}

/// The files and folders of a case that `lint` may be pointed at.
fn entries(case: &str) -> Vec<String> {
    let folder = folder_of(case);
    let mut all: Vec<String> = folders(&folder).into_iter().chain(names(&folder)).collect();
    all.retain(|name| name != "expected.txt" && !name.starts_with('.'));
    all.sort();
    all
}

fn folder_of(case: &str) -> PathBuf {
    root().join(FOLDER).join(case)
}

fn expected_of(case: &str) -> PathBuf {
    folder_of(case).join("expected.txt")
}

/// Whether it is one of those in which nothing may be found.
fn is_twin(case: &str) -> bool {
    case.rsplit('/').next().is_some_and(|name| name == "ok" || name.starts_with("ok-"))
}

/// The files of case 56: a gateway, 500 Gateways with six hosts each, and for each host a VirtualService and a Service.
fn large_tree() -> Vec<(String, String)> {
    let ingress =
        fs::read_to_string(root().join(FOLDER).join("02-gw-other-namespace/ok/ingress.yaml"));
    let mut files = vec![("ingress.yaml".to_owned(), ingress.expect("readable"))];
    for team in 0..500 {
        let mut text = format!(
            "apiVersion: networking.istio.io/v1\nkind: Gateway\nmetadata:\n  name: public\n  namespace: team-{team}\nspec:\n  \
             selector:\n    app: ingress\n  servers:\n  - port:\n      number: 80\n      name: http\n      protocol: HTTP\n    \
             hosts:\n    - \"./*.team-{team}.example.com\"\n    tls:\n      httpsRedirect: true\n  - port:\n      number: 443\n      \
             name: https\n      protocol: HTTPS\n    hosts:\n    - \"./*.team-{team}.example.com\"\n    tls:\n      mode: SIMPLE\n      \
             credentialName: team-{team}\n---\napiVersion: bitnami.com/v1alpha1\nkind: SealedSecret\nmetadata:\n  \
             name: team-{team}\n  namespace: istio-ingress\n---\napiVersion: networking.istio.io/v1\nkind: DestinationRule\n\
             metadata:\n  name: app-0\n  namespace: team-{team}\nspec:\n  host: app-0\n  subsets:\n  - name: v1\n    labels:\n      \
             version: v1\n"
        );
        for app in 0..6 {
            let subset = if app == 0 { "\n        subset: v1" } else { "" };
            let _ = write!(
                text,
                "---\napiVersion: v1\nkind: Service\nmetadata:\n  name: app-{app}\n  namespace: team-{team}\nspec:\n  selector:\n    \
                 app: app-{app}\n  ports:\n  - name: http\n    port: 8080\n---\napiVersion: networking.istio.io/v1\n\
                 kind: VirtualService\nmetadata:\n  name: app-{app}\n  namespace: team-{team}\nspec:\n  hosts:\n  - \
                 app-{app}.team-{team}.example.com\n  gateways:\n  - public\n  http:\n  - match:\n    - uri:\n        prefix: /api/\n    \
                 - uri:\n        exact: /health\n    rewrite:\n      uri: /\n    route:\n    - destination:\n        \
                 host: app-{app}{subset}\n        port:\n          number: 8080\n  - route:\n    - destination:\n        \
                 host: app-{app}{subset}\n        port:\n          number: 8080\n"
            );
        }
        files.push((format!("team-{team}.yaml"), text));
    }
    files
}
