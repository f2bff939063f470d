//! Notes of `gwctl lint`: what they say is the case, and what they promise happens.
#![expect(clippy::disallowed_methods, reason = "tests read and write their own files")]

use std::fs;
use std::path::{Path, PathBuf};

use crate::flags::{Run, run_in};

fn folder(test: &str, files: &[(&str, &str)]) -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("notes").join(test);
    drop(fs::remove_dir_all(&folder));
    for (name, text) in files {
        let path = folder.join(name);
        fs::create_dir_all(path.parent().expect("a folder")).expect("a folder");
        fs::write(path, text).expect("a file");
    }
    folder
}

fn lint(folder: &Path, line: &str) -> Run {
    let words: Vec<&str> =
        ["lint", "-o", "concise"].into_iter().chain(line.split_whitespace()).collect();
    run_in(folder, &words, &[])
}

/// What is said of verdicts that hold of the text as it stands, and how many more findings `--select validity` has.
fn as_it_stands(folder: &Path) -> (Option<String>, usize) {
    let run = lint(folder, "");
    let note = run.err.lines().find(|line| line.contains("only of the text as it stands"));
    let count = |run: &Run| run.out.lines().filter(|line| !line.contains("GW807")).count();
    (note.map(str::to_owned), count(&lint(folder, "--select validity")) - count(&run))
}

const HEAD: &str = "apiVersion: networking.istio.io/v1\nkind: VirtualService\nmetadata: {name: shop, namespace: shop}\nspec:\n  gateways: [infra/public]\n  hosts: [shop.example.com]\n";

const OVERLAY: [(&str, &str); 3] = [
    ("base/kustomization.yaml", "resources: [shop.yaml]\n"),
    ("overlay/kustomization.yaml", "resources: [../base]\npatches: [{path: patch.yaml}]\n"),
    (
        "overlay/patch.yaml",
        "apiVersion: networking.istio.io/v1\nkind: VirtualService\nmetadata: {name: shop, namespace: shop}\nspec: {http: []}\n",
    ),
];

#[test]
fn the_cause_is_the_one_that_is_there() {
    let with = |http: &str| format!("{HEAD}  http:\n{http}");
    let rule = "  - match: [{uri: {prefix: /a}}]\n";
    let base = with(&format!("{rule}{rule}"));
    let mut files = OVERLAY.to_vec();
    files.push(("base/shop.yaml", &base));
    let (note, more) = as_it_stands(&folder("patched", &files));
    let kustomized = "note: 2 verdicts hold only of the text as it stands, before kustomizations change it: `--select validity` shows them";
    assert_eq!((note.as_deref(), more), (Some(kustomized), 2));
    let value = with("  - route: [{destination: {host: web}}]\n").replace("[shop.", "[<shop>.");
    let (note, more) = as_it_stands(&folder("value", &[("shop.yaml", &value)]));
    let put_in = "note: 1 verdict holds only of the text as it stands, with values such as `$NAME` and `<name>`: `--select validity` shows it";
    assert_eq!((note.as_deref(), more), (Some(put_in), 1));
    let cut = with(&format!("{rule}...\n"));
    let (note, more) = as_it_stands(&folder("cut", &[("shop.yaml", &cut)]));
    let cut = "note: 1 verdict holds only of the text as it stands, where `...` leaves parts out: `--select validity` shows it";
    assert_eq!((note.as_deref(), more), (Some(cut), 1));
}

#[test]
fn what_select_would_not_show_is_not_promised() {
    let rule = "  - match: [{uri: {prefix: /a}}]";
    for (test, http) in [
        ("suppressed", format!("{rule}  # gwctl: ignore[GW004] patched in every overlay\n")),
        ("nothing", "  - route: [{destination: {host: web}}]\n".to_owned()),
    ] {
        let base = format!("{HEAD}  http:\n{http}");
        let mut files = OVERLAY.to_vec();
        files.push(("base/shop.yaml", &base));
        assert_eq!(as_it_stands(&folder(test, &files)), (None, 0), "{test}");
    }
}
