//! Flag, environment, config file, default: which one counts, for every key that has a flag.
#![expect(clippy::disallowed_methods, reason = "tests read and write their own files")]

use std::fs;
use std::path::{Path, PathBuf};

use clap::CommandFactory;
use gwctl::cli::args::Cli;
use gwctl::config::KEYS;
use serde_json::Value;

use crate::flags::{Run, run_in};

const GATEWAY: &str = "apiVersion: networking.istio.io/v1
kind: Gateway
metadata: {name: public, namespace: infra}
spec:
  selector: {istio: ingressgateway}
  servers: [{port: {number: 80, name: http, protocol: HTTP}, hosts: [shop.example.com]}]
";

const SHOP: &str = "apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: {name: shop}
spec:
  hosts: [shop.example.org]
  gateways: [infra/public]
  http: [{route: [{destination: {host: web.shop.svc.cluster.local}}]}]
---
apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: {name: web}
spec:
  hosts: [shop.example.com]
  gateways: [infra/public]
  http: [{route: [{destination: {host: web.shop.svc.cluster.local}}]}]
";

/// A baseline without a line, and one with what is found in `shop.yaml`.
const NONE: &str = r#"{"schema": "gwctl/baseline/v1", "entries": []}"#;
const KNOWN: &str = r#"{"schema": "gwctl/baseline/v1", "entries": [
{"rule": "GW304", "file": "shop.yaml", "object": "VirtualService default/shop", "path": "spec.hosts[shop.example.org]", "count": 1}
]}"#;

/// A folder with the config file that a test writes.
fn tree(key: &str) -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("strength").join(key);
    drop(fs::remove_dir_all(&folder));
    fs::create_dir_all(folder.join(".git")).expect("a folder");
    let outside = folder.with_extension("outside.yaml");
    for (name, text) in [
        ("gateway.yaml", GATEWAY),
        ("shop.yaml", SHOP),
        (".gitignore", "ignored.yaml\n"),
        ("ignored.yaml", "kind: Job\n"),
        (".hidden.yaml", "kind: Job\n"),
        ("c.json", "{\"rootNamespac\": {}}"),
        ("f.json", "{\"rootNamespac\": {}}"),
        ("none.json", NONE),
        ("known.json", KNOWN),
    ] {
        fs::write(folder.join(name), text).expect("a file");
    }
    fs::write(&outside, GATEWAY).expect("a file");
    #[cfg(unix)]
    std::os::unix::fs::symlink(&outside, folder.join("link.yaml")).expect("a link");
    folder
}

/// What a run shows of a setting.
#[derive(Clone, Copy)]
enum View {
    /// Which files are listed, without their extension.
    Files,
    /// A value of the report.
    Json(&'static str),
    /// Codes of findings.
    Codes(&'static str),
    /// The file of the MeshConfig in the note about a key of it.
    MeshConfig,
    /// The name of the proxy.
    Proxy,
    /// The exit code.
    Exit,
    /// How the output begins.
    Form,
}

fn at(folder: &Path, line: &str, flags: &str, environment: &[(&str, &str)]) -> Run {
    let words: Vec<&str> = line.split(' ').chain(flags.split(' ')).collect();
    let words: Vec<&str> = words.into_iter().filter(|word| !word.is_empty()).collect();
    let run = run_in(folder, &words, environment);
    assert!(matches!(run.code, Some(0 | 1)), "{line} {flags}: {}", run.err);
    run
}

fn see(view: View, folder: &Path, flags: &str, environment: &[(&str, &str)]) -> String {
    let seen = |line| at(folder, line, flags, environment);
    match view {
        View::Files => {
            let run = seen("lint --show-files");
            let read =
                run.out.lines().filter(|line| line.ends_with(" read") || line.ends_with("matters"));
            let names = read.filter_map(|line| line.split_once(".yaml "));
            names.map(|(name, _)| name).collect::<Vec<_>>().join(" ")
        }
        View::Json(pointer) => {
            let report: Value = serde_json::from_str(&seen("lint -o json").out).expect("JSON");
            report.pointer(pointer).and_then(Value::as_str).unwrap_or("nothing").to_owned()
        }
        View::Codes(line) => {
            let out = seen(line).out;
            let codes = out.lines().filter_map(|line| line.split(['[', ']']).nth(1));
            codes.collect::<Vec<_>>().join(" ")
        }
        View::MeshConfig => {
            let err = seen("lint").err;
            let note = err.lines().find_map(|line| line.strip_prefix("note: `"));
            note.and_then(|note| note.split('`').next()).unwrap_or("none").to_owned()
        }
        View::Proxy => {
            let out = seen("routes").out;
            out.split_whitespace().nth(1).unwrap_or_default().to_owned()
        }
        View::Exit => seen("lint").code.unwrap_or_default().to_string(),
        View::Form => seen("lint").out.chars().take(5).collect(),
    }
}

/// A key, how to see it, what holds by default; the file and what holds by it; the file, the flag, and what holds then.
type Row = (
    &'static str,
    View,
    &'static str,
    (&'static str, &'static str),
    (&'static str, &'static str, &'static str),
);

const OBJECT: View = View::Json("/findings/0/object/namespace");
const LINT: View = View::Codes("lint -o concise");
const DESTINATIONS: View = View::Codes("lint -o concise --select destination-not-found");

const ROWS: &[Row] = &[
    (
        "namespace",
        OBJECT,
        "default",
        ("namespace: shop", "shop"),
        ("namespace: shop", "-n web", "web"),
    ),
    (
        "istio-version",
        View::Json("/istio"),
        gwctl::cli::ISTIO_VERSION,
        ("istio-version: 1.29", "1.29"),
        ("istio-version: 1.29", "--istio-version 1.30", "1.30"),
    ),
    (
        "mesh-config",
        View::MeshConfig,
        "none",
        ("mesh-config: c.json", "c.json"),
        ("mesh-config: c.json", "--mesh-config f.json", "f.json"),
    ),
    (
        "paths",
        View::Files,
        "gateway shop",
        ("paths: [shop.yaml]", "shop"),
        ("paths: [shop.yaml]", "gateway.yaml", "gateway"),
    ),
    // These add to each other.
    (
        "exclude",
        View::Files,
        "gateway shop",
        ("exclude: [shop.yaml]", "gateway"),
        ("exclude: [shop.yaml]", "--exclude gateway.yaml", ""),
    ),
    (
        "gitignore",
        View::Files,
        "gateway shop",
        ("gitignore: false", "gateway ignored shop"),
        ("gitignore: true", "--no-gitignore", "gateway ignored shop"),
    ),
    (
        "hidden",
        View::Files,
        "gateway shop",
        ("hidden: true", ".gwctl .hidden gateway shop"),
        ("hidden: false", "--hidden", ".gwctl .hidden gateway shop"),
    ),
    #[cfg(unix)]
    (
        "follow",
        View::Files,
        "gateway shop",
        ("follow: true", "gateway link shop"),
        ("follow: false", "-L", "gateway link shop"),
    ),
    (
        "clusters",
        View::Json("/findings/0/clusters/0"),
        "nothing",
        ("clusters: {a: {paths: .}, b: {paths: .}}", "a"),
        ("clusters: {a: {paths: .}, b: {paths: .}}", "--cluster b", "b"),
    ),
    (
        "proxies",
        View::Proxy,
        "infra/public",
        ("proxies: {edge: {labels: {istio: ingressgateway}}}", "edge"),
        (
            "proxies: {edge: {labels: {istio: ingressgateway}}}",
            "--proxy infra/istio=ingressgateway",
            "infra/istio=ingressgateway",
        ),
    ),
    (
        "complete",
        DESTINATIONS,
        "",
        ("complete: [Service]", "GW601 GW601"),
        ("complete: [Service]", "--complete Secret", ""),
    ),
    (
        "select",
        LINT,
        "GW304",
        ("select: [tls]", ""),
        ("select: [tls]", "--select binding", "GW304"),
    ),
    // The flag of this one and that of the next add to the key.
    (
        "extend-select",
        LINT,
        "GW304",
        ("select: [tls]\nextend-select: [GW304]", "GW304"),
        ("select: [tls]\nextend-select: [GW307]", "--extend-select GW304", "GW304"),
    ),
    ("ignore", LINT, "GW304", ("ignore: [GW304]", ""), ("ignore: [tls]", "--ignore GW304", "")),
    (
        "min-severity",
        LINT,
        "GW304",
        ("min-severity: error\nseverity: {GW304: info}", ""),
        ("min-severity: error\nseverity: {GW304: info}", "--min-severity info", "GW304"),
    ),
    (
        "fail-on",
        View::Exit,
        "1",
        ("fail-on: never", "0"),
        ("fail-on: never", "--fail-on error", "1"),
    ),
    ("fail-on", View::Exit, "1", ("fail-on: error", "1"), ("fail-on: error", "--exit-zero", "0")),
    (
        "fail-on",
        View::Exit,
        "1",
        ("severity: {GW304: warning}", "0"),
        ("severity: {GW304: warning}\nfail-on: error", "--deny-warnings", "1"),
    ),
    (
        "output",
        View::Form,
        "error",
        ("output: concise", "shop."),
        ("output: concise", "-o github", "::err"),
    ),
    (
        "baseline",
        LINT,
        "GW304",
        ("baseline: known.json", ""),
        ("baseline: known.json", "--baseline none.json", "GW304"),
    ),
];

#[test]
fn flags_count_before_the_file_and_the_file_before_the_default() {
    let mut wrong = Vec::new();
    for (at, &(key, view, default, (file, by_file), (other, flags, by_flag))) in
        ROWS.iter().enumerate()
    {
        let folder = tree(&format!("{key}-{at}"));
        for (text, flags, expected) in
            [("", "", default), (file, "", by_file), (other, flags, by_flag)]
        {
            fs::write(folder.join(".gwctl.yaml"), text).expect("a file");
            let seen = see(view, &folder, flags, &[]);
            if seen != expected {
                wrong.push(format!("{key}: `{text}` `{flags}`: `{seen}`, not `{expected}`"));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn config_show_tells_the_flag_that_counts() {
    for &(key, _, _, _, (file, flags, _)) in ROWS.iter().filter(|row| row.0 != "clusters") {
        let folder = tree(&format!("shown-{key}"));
        fs::write(folder.join(".gwctl.yaml"), file).expect("a file");
        let shown = at(&folder, "config show", flags, &[]).out;
        let start = format!("{key}: ");
        let line = shown.lines().find(|line| line.starts_with(&start)).expect("a line");
        let flag = match flags.split(' ').next().unwrap_or_default() {
            "-n" => "--namespace",
            "-L" => "--follow",
            "-o" => "--output",
            flag if flag.starts_with("--") => flag,
            _ => "PATH",
        };
        assert!(line.ends_with(flag), "{flags}: {line}");
        let is_added = ["exclude", "extend-select", "ignore"].contains(&key);
        let line_of_file =
            1 + file.lines().position(|line| line.starts_with(&start)).expect("it is there");
        let both = format!("# .gwctl.yaml:{line_of_file}, --");
        assert_eq!(line.contains(&both), is_added, "{flags}: {line}");
        // It is a config file that says the same as the flags.
        fs::write(folder.join(".gwctl.yaml"), &shown).expect("a file");
        let again = at(&folder, "config show", "", &[]).out;
        let value = |text: &str| -> Value { serde_yaml::from_str(text).expect("YAML") };
        assert_eq!(value(&again), value(&shown), "{flags}");
    }
}

#[test]
fn keys_on_the_command_line_count_before_the_file_and_after_flags() {
    for (number, &(key, view, _, (file, by_file), _)) in ROWS.iter().enumerate() {
        let folder = tree(&format!("given-{key}-{number}"));
        fs::write(folder.join(".gwctl.yaml"), "").expect("a file");
        // Words of the command line are told apart by blanks here.
        if !file.contains('{') {
            let keys = file.replace(", ", ",").replace(": ", "=");
            let flags: Vec<String> =
                keys.split('\n').map(|key| format!("--config {key}")).collect();
            let flags = flags.join(" ");
            assert_eq!(see(view, &folder, &flags, &[]), by_file, "{flags}");
        }
    }
    let folder = tree("given");
    fs::write(folder.join(".gwctl.yaml"), "namespace: file\nselect: [GW304]\n").expect("a file");
    fs::write(folder.join("a=b"), "namespace: named\n").expect("a file");
    for (flags, namespace) in [
        ("", "file"),
        ("--config namespace=key", "key"),
        ("--config namespace=key -n flag", "flag"),
        ("--config a=b", "named"),
        ("--config a=b --config namespace=key", "key"),
        ("--config namespace=first --config namespace=key", "key"),
        ("--no-config --config namespace=key --config select=[GW304]", "key"),
        ("--config namespace=", "file"),
    ] {
        assert_eq!(see(OBJECT, &folder, flags, &[]), namespace, "{flags}");
    }
    let shown = at(&folder, "config show", "--config namespace=key", &[]).out;
    assert!(shown.contains("namespace: key  # --config\nmesh-config"), "{shown}");
    assert!(shown.contains("select: [GW304]  # .gwctl.yaml:2\n"), "{shown}");
    for (flags, said) in [
        ("--config namespac=key", "did you mean `namespace`?"),
        ("--config exclude=a[", "`a[` is not a valid pattern"),
        ("--config a=b --config known.json", "`--config` names two files"),
        ("--config a=b --no-config", "exclude each other"),
        ("--config other.yaml", "cannot read `other.yaml`"),
    ] {
        let words: Vec<&str> = ["lint"].into_iter().chain(flags.split(' ')).collect();
        let run = run_in(&folder, &words, &[]);
        assert_eq!(run.code, Some(2), "{flags}");
        assert!(run.err.contains(said), "{flags}: {}", run.err);
    }
}

#[test]
fn every_key_with_a_flag_has_a_row() {
    let cli = Cli::command();
    let lint = cli.find_subcommand("lint").expect("the command");
    let has_flag = |key: &str| {
        lint.get_arguments().any(|arg| match arg.get_long() {
            Some(long) => {
                let plural = [format!("{long}s"), format!("{}ies", long.trim_end_matches('y'))];
                long == key
                    || long.strip_prefix("no-") == Some(key)
                    || plural.iter().any(|one| one == key)
            }
            None => arg.get_id() == key,
        })
    };
    for key in KEYS.iter().map(|key| key.name).filter(|key| cfg!(unix) || *key != "follow") {
        let has_row = ROWS.iter().any(|row| row.0 == key);
        assert_eq!(has_row, has_flag(key), "{key}");
    }
}

#[test]
fn the_environment_counts_between_flags_and_the_file() {
    let folder = tree("environment");
    fs::write(folder.join(".gwctl.yaml"), "output: concise\nnamespace: found").expect("a file");
    fs::write(folder.join("env.yaml"), "namespace: env").expect("a file");
    fs::write(folder.join("flag.yaml"), "namespace: flag").expect("a file");
    let output = [("GWCTL_OUTPUT", "json")];
    assert_eq!(see(View::Form, &folder, "", &[]), "shop.");
    assert!(see(View::Form, &folder, "", &output).starts_with('{'));
    assert_eq!(see(View::Form, &folder, "-o github", &output), "::err");
    let config = [("GWCTL_CONFIG", "env.yaml")];
    assert_eq!(see(OBJECT, &folder, "", &[]), "found");
    assert_eq!(see(OBJECT, &folder, "", &config), "env");
    assert_eq!(see(OBJECT, &folder, "--config flag.yaml", &config), "flag");
    assert_eq!(see(OBJECT, &folder, "--no-config", &[]), "default");
}
