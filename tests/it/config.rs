//! The config file as people use it: where it is found, what it changes, what is said of mistakes.
#![expect(clippy::disallowed_methods, reason = "tests read and write their own files")]

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use assert_cmd::cargo::CommandCargoExt;

use crate::common::root;

/// A run: exit code, stdout and stderr.
pub(crate) struct Run {
    pub(crate) code: Option<i32>,
    pub(crate) out: String,
    pub(crate) err: String,
}

pub(crate) fn gwctl(folder: &Path, line: &str, environment: &[(&str, &str)]) -> Run {
    let mut command = Command::cargo_bin("gwctl").expect("the binary is built with the tests");
    for variable in
        ["NO_COLOR", "CLICOLOR", "CLICOLOR_FORCE", "FORCE_COLOR", "TERM", "COLUMNS", "GWCTL_CONFIG"]
    {
        command.env_remove(variable);
    }
    command.envs(environment.iter().copied()).args(line.split_whitespace()).current_dir(folder);
    let output = command.stdin(Stdio::null()).output().expect("the binary runs");
    let text = |bytes| String::from_utf8(bytes).expect("the output is UTF-8").replace("\r\n", "\n");
    Run { code: output.status.code(), out: text(output.stdout), err: text(output.stderr) }
}

fn project() -> PathBuf {
    root().join("testdata/config/project")
}

/// A folder with these files, made anew.
pub(crate) fn folder(name: &str, files: &[(&str, &str)]) -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("config").join(name);
    drop(fs::remove_dir_all(&folder));
    // What lies above is none of the test's.
    fs::create_dir_all(folder.join(".git")).expect("a folder");
    for (file, text) in files {
        let path = folder.join(file);
        fs::create_dir_all(path.parent().expect("a file has a folder")).expect("a folder");
        fs::write(path, text).expect("a file");
    }
    folder
}

/// The findings of a run with `-o concise`, shortened to `FILE SEVERITY[CODE]`.
pub(crate) fn findings(run: &Run) -> Vec<String> {
    let short = |line: &str| {
        let mut parts = line.splitn(4, ':');
        let file = parts.next().unwrap_or_default();
        let rule = parts.nth(2).unwrap_or_default().trim().split(' ').next().unwrap_or_default();
        format!("{file} {rule}")
    };
    run.out.lines().map(short).collect()
}

const FOUND: [&str; 2] = ["apps/loud.yaml error[GW304]", "apps/shop.yaml warning[GW304]"];

#[test]
fn the_file_says_what_is_read_and_how_grave_findings_are() {
    let run = gwctl(&project(), "lint -o concise", &[]);
    assert_eq!(
        (run.code, findings(&run)),
        (Some(1), FOUND.map(str::to_owned).to_vec()),
        "{}",
        run.err
    );
    let run = gwctl(&project(), "lint apps/shop.yaml apps/served.yaml infra -o concise", &[]);
    assert_eq!(
        (run.code, findings(&run)),
        (Some(1), vec![FOUND[1].to_owned()]),
        "fail-on: warning"
    );
}

#[test]
fn it_is_found_from_the_first_path_upwards() {
    let run = gwctl(root(), "lint -o concise testdata/config/project", &[]);
    let expected = FOUND.map(|line| format!("testdata/config/project/{line}"));
    assert_eq!(findings(&run), expected, "{}", run.err);
    let run = gwctl(&project().join("infra"), "lint -o concise ../apps ../infra", &[]);
    assert_eq!(findings(&run), FOUND.map(|line| format!("../{line}")), "{}", run.err);
    let run = gwctl(&project(), "lint -o concise apps/*.yaml infra/gateway.yaml", &[]);
    assert_eq!(findings(&run), FOUND, "{}", run.err);
}

#[test]
fn flags_count_before_it() {
    let run = gwctl(&project(), "lint -o concise --fail-on never", &[]);
    assert_eq!((run.code, findings(&run).len()), (Some(0), 2), "{}", run.err);
    let run = gwctl(&project(), "lint -o concise --ignore GW304", &[]);
    assert_eq!((run.code, findings(&run).len()), (Some(0), 0), "{}{}", run.out, run.err);
    let run = gwctl(&project(), "lint -o json --istio-version 1.32", &[]);
    assert!(run.out.contains("\"istio\": \"1.32\""), "{}", run.out);
    let run = gwctl(&project(), "lint -o json", &[]);
    assert!(run.out.contains("\"istio\": \"1.30\""), "{}", run.out);
}

#[test]
fn it_can_be_named_and_left_out() {
    let other = folder("named", &[("my.yaml", "severity: {GW304: info}\nfail-on: info")]);
    let config = other.join("my.yaml");
    let config = config.to_str().expect("UTF-8");
    for (line, environment) in [
        (format!("lint -o concise --config {config}"), vec![]),
        (format!("--config {config} lint -o concise"), vec![]),
        ("lint -o concise".to_owned(), vec![("GWCTL_CONFIG", config)]),
        (format!("lint -o concise --config {config}"), vec![("GWCTL_CONFIG", "/nowhere")]),
    ] {
        let run = gwctl(&project(), &line, &environment);
        assert!(run.out.contains("info[GW304]"), "{line}: {}{}", run.out, run.err);
    }
    for environment in [&[][..], &[("GWCTL_CONFIG", "/nowhere")][..]] {
        let run = gwctl(&project(), "lint -o concise --no-config", environment);
        assert!(run.out.contains("apps/tmp/draft.yaml"), "{}{}", run.out, run.err);
        assert!(!run.out.contains("warning[GW304]"), "{}", run.out);
    }
    let run = gwctl(&project(), "lint --config nowhere.yaml", &[]);
    assert_eq!(run.code, Some(2));
    assert!(run.err.contains("cannot read `nowhere.yaml`"), "{}", run.err);
    assert_eq!(gwctl(&project(), "lint --no-config --config x", &[]).code, Some(2));
}

#[test]
fn routes_and_explain_follow_it_too() {
    let run = gwctl(&project(), "routes", &[]);
    assert!(run.out.starts_with("PROXY edge  (istio=edge)"), "{}{}", run.out, run.err);
    assert!(!run.out.contains("draft"), "{}", run.out);
    let run = gwctl(&project(), "explain host http://served.example.com", &[]);
    assert_eq!(run.code, Some(0), "{}{}", run.out, run.err);
    assert!(run.out.contains("web.shop:80"), "the namespace is that of the file: {}", run.out);
}

#[test]
fn paths_and_outputs_are_relative_to_it() {
    let gateway = fs::read_to_string(project().join("infra/gateway.yaml")).expect("a file");
    let files = [
        (".gwctl.yaml", "paths: [infra]\noutput: [concise, json=report/all.json]"),
        ("infra/gateway.yaml", gateway.as_str()),
        ("apps/broken.yaml", "apiVersion: networking.istio.io/v1\nkind: Gateway\nspec: ["),
        ("report/.keep", ""),
    ];
    let folder = folder("relative", &files);
    let run = gwctl(&folder.join("apps"), "lint", &[]);
    assert_eq!((run.code, run.out.as_str()), (Some(0), ""), "{}", run.err);
    let report = fs::read_to_string(folder.join("report/all.json")).expect("the report");
    assert!(report.contains("\"files\": 1"), "{report}");
    let run = gwctl(&folder.join("apps"), "lint .", &[]);
    assert!(run.out.starts_with("broken.yaml:3:"), "{}", run.out);
}

#[test]
fn a_name_of_a_proxy_of_the_file_chooses_it() {
    let run = gwctl(&project(), "routes --proxy edge", &[]);
    assert!(run.out.starts_with("PROXY edge"), "{}{}", run.out, run.err);
    let run = gwctl(&project(), "routes --proxy infra/istio=edge,a=b", &[]);
    assert!(run.out.starts_with("PROXY infra/istio=edge,a=b"), "{}{}", run.out, run.err);
    let run = gwctl(&project(), "routes --proxy edg", &[]);
    assert!(run.err.contains("proxies found: edge"), "{}", run.err);
}

#[test]
fn mistakes_are_shown_at_their_place() {
    let text = "namespace: shop\nseverity:\n  host-not-in-any-gatewy: info\n";
    let folder = folder("mistakes", &[(".gwctl.yaml", text), ("sub/.keep", "")]);
    for (line, place) in [("lint", ".gwctl.yaml:3:3"), ("routes sub", ".gwctl.yaml:3:3")] {
        let run = gwctl(&folder, line, &[]);
        assert_eq!((run.code, run.out.as_str()), (Some(2), ""), "{line}");
        for part in [
            place,
            "unknown rule `host-not-in-any-gatewy`",
            "did you mean `host-not-in-any-gateway`?",
        ] {
            assert!(run.err.contains(part), "{line}: {part}\n{}", run.err);
        }
    }
    let run = gwctl(&folder.join("sub"), "explain host a.example.com", &[]);
    assert!(run.err.contains("../.gwctl.yaml:3:3"), "{}", run.err);
    assert_eq!(gwctl(&folder, "rules", &[]).code, Some(0), "reads no manifests, so no config");
    for (text, expected) in [
        ("exclude: ['a[']", "`a[` is not a valid pattern"),
        ("per-path: {'a[': {}}", "`a[` is not a valid pattern"),
        ("namespace: [", ".gwctl.yaml:1:12"),
        ("tests: x", "unknown key `tests`"),
    ] {
        fs::write(folder.join(".gwctl.yaml"), text).expect("a file");
        let run = gwctl(&folder, "lint", &[]);
        assert_eq!(run.code, Some(2), "{text}");
        assert!(
            run.err.contains(expected) && run.err.contains(".gwctl.yaml:1:"),
            "{text}: {}",
            run.err
        );
    }
}

#[test]
fn two_files_side_by_side_are_a_mistake() {
    let folder = folder("two", &[(".gwctl.yaml", ""), ("gwctl.yaml", "")]);
    let run = gwctl(&folder, "lint", &[]);
    assert_eq!(run.code, Some(2));
    assert!(
        run.err.contains("`.gwctl.yaml` and `gwctl.yaml` are both config files"),
        "{}",
        run.err
    );
}

#[test]
fn nothing_above_the_repository_is_read() {
    let above = folder("above", &[("gwctl.yaml", "nonsense: true"), ("inner/.git/HEAD", "")]);
    let run = gwctl(&above.join("inner"), "lint", &[]);
    assert_eq!(run.code, Some(0), "{}", run.err);
    assert_eq!(gwctl(&above, "lint inner", &[]).code, Some(0));
    assert_eq!(gwctl(&above, "lint", &[]).code, Some(2));
}

#[test]
fn the_example_of_the_readme_is_read() {
    let readme = fs::read_to_string(root().join("README.md")).expect("README.md");
    let section = readme.split("### Config file").nth(1).expect("the section");
    let block = section.split("```yaml\n").nth(1).and_then(|rest| rest.split("```").next());
    let folder = folder("readme", &[(".gwctl.yaml", block.expect("a block")), ("a.yaml", "")]);
    let run = gwctl(&folder, "lint a.yaml", &[]);
    assert_eq!(run.code, Some(0), "{}", run.err);
    assert!(folder.join("report.json").exists());
}

fn clusters() -> PathBuf {
    root().join("testdata/config/clusters")
}

#[test]
fn clusters_are_checked_one_by_one_and_said_to_be_those_of_a_finding() {
    let run = gwctl(&clusters(), "lint -o concise", &[]);
    let lines: Vec<&str> = run.out.lines().collect();
    assert_eq!((run.code, lines.len()), (Some(1), 2), "{}{}", run.out, run.err);
    assert!(lines[0].starts_with("clusters/staging/shop.yaml:"), "{}", lines[0]);
    assert!(lines[0].contains(" (staging)"), "{}", lines[0]);
    assert!(lines[1].starts_with("infra/gateway.yaml:"), "{}", lines[1]);
    assert!(lines[1].contains(" (prod, staging)"), "one finding for both: {}", lines[1]);
    assert!(run.err.contains(" files, 2 clusters, "), "{}", run.err);
    // Who names the folder of the file means the same.
    assert_eq!(gwctl(&clusters(), "lint -o concise .", &[]).out, run.out);
    let run = gwctl(&clusters(), "lint", &[]);
    assert!(run.out.contains(" (prod, staging)\n"), "{}", run.out);
    assert!(!run.out.contains("GW007"), "an object of each cluster is no duplicate: {}", run.out);
    assert!(run.err.contains("checked 5 objects in 3 files"), "each once: {}", run.err);
}

#[test]
fn clusters_are_a_list_in_json() {
    let run = gwctl(&clusters(), "lint -o json", &[]);
    let document: serde_json::Value = serde_json::from_str(&run.out).expect("JSON");
    let of = |at: usize| document["findings"][at]["clusters"].clone();
    assert_eq!(of(0), serde_json::json!(["staging"]));
    assert_eq!(of(1), serde_json::json!(["prod", "staging"]));
    assert_eq!(document["findings"][0]["object"]["namespace"], "web", "that of the cluster");
    assert_eq!(document["istio"], "1.30, 1.31");
}

#[test]
fn clusters_are_chosen() {
    let run = gwctl(&clusters(), "lint -o concise --cluster prod", &[]);
    assert_eq!(run.out.lines().count(), 1, "{}", run.out);
    assert!(run.out.contains(" (prod)"), "{}", run.out);
    let both = gwctl(&clusters(), "lint -o concise --cluster staging --cluster prod", &[]);
    assert_eq!(both.out, gwctl(&clusters(), "lint -o concise", &[]).out);
    let run = gwctl(&clusters(), "lint -o concise --cluster staging clusters/prod infra", &[]);
    assert!(
        !run.out.contains("beta"),
        "named paths count before those of the cluster: {}",
        run.out
    );
    for (line, expected) in [
        ("lint --cluster stagin", "did you mean `staging`?"),
        ("lint --cluster other", "clusters are prod, staging"),
        ("lint --no-config --cluster prod", "clusters: {prod:"),
    ] {
        let run = gwctl(&clusters(), line, &[]);
        assert_eq!(run.code, Some(2), "{line}");
        assert!(run.err.contains(expected), "{line}: {}", run.err);
    }
    // Named paths are one cluster, whatever the file says of others.
    let run = gwctl(&clusters(), "lint -o concise infra", &[]);
    assert!(run.out.lines().all(|line| !line.contains("(prod")), "{}", run.out);
}

#[test]
fn tables_and_answers_of_clusters_come_one_after_another() {
    let run = gwctl(&clusters(), "routes", &[]);
    let (prod, staging) = run.out.split_once("\nCLUSTER staging\n").expect("two tables");
    assert!(prod.starts_with("CLUSTER prod\n\nPROXY "), "{prod}");
    assert!(prod.contains("web-prod.shop:80") && !prod.contains("web-staging"), "{prod}");
    assert!(staging.contains("web-staging.shop:80"), "{staging}");
    let run = gwctl(&clusters(), "explain host http://shop.example.com", &[]);
    assert_eq!(run.code, Some(0), "{}", run.err);
    assert!(
        run.out.contains("CLUSTER prod") && run.out.contains("web-staging.shop:80"),
        "{}",
        run.out
    );
    for line in ["routes -o json", "routes -o csv", "explain host http://shop.example.com -o json"]
    {
        let run = gwctl(&clusters(), line, &[]);
        assert_eq!((run.code, run.out.as_str()), (Some(2), ""), "{line}");
        assert!(
            run.err.contains("choose it by `--cluster`; clusters are prod, staging"),
            "{}",
            run.err
        );
        let run = gwctl(&clusters(), &format!("{line} --cluster prod"), &[]);
        assert_eq!(run.code, Some(0), "{line}: {}", run.err);
        assert!(!run.out.contains("CLUSTER"), "{}", run.out);
    }
}

fn overlays() -> PathBuf {
    root().join("testdata/config/overlays")
}

#[test]
fn folders_that_look_like_environments_are_not_compared() {
    let run = gwctl(&overlays(), "lint -o json", &[]);
    let document: serde_json::Value = serde_json::from_str(&run.out).expect("JSON");
    let findings = document["findings"].as_array().expect("a list");
    assert_eq!(findings.len(), 1, "{}", run.out);
    let finding = &findings[0];
    assert_eq!(finding["rule"]["code"], "GW007");
    assert_eq!(
        finding["message"],
        "Gateway `infra/public` is defined more than once, in folders that look like environments: \
         `overlays/dev`, `overlays/prod`, `overlays/staging`"
    );
    // The snippet of the help is what the config file needs.
    let help = finding["help"].as_str().expect("help");
    let snippet = &help[help.find("clusters:").expect("a snippet")..];
    assert_eq!(
        snippet,
        "clusters:\n  dev: {paths: [infra, overlays/dev]}\n  prod: {paths: [infra, overlays/prod]}\n  \
         staging: {paths: [infra, overlays/staging]}"
    );
    let ready = folder("snippet", &[("config.yaml", snippet)]).join("config.yaml");
    let copy = copy_of(&overlays(), "ready");
    fs::copy(ready, copy.join(".gwctl.yaml")).expect("a file");
    let run = gwctl(&copy, "lint -o concise", &[]);
    assert!(!run.out.contains("GW007") && !run.out.contains("GW304"), "{}{}", run.out, run.err);
    // Without the finding the note says it.
    let run = gwctl(&overlays(), "lint -o concise --ignore GW007", &[]);
    assert_eq!(run.out, "");
    assert!(run.err.contains("objects of these folders are not compared"), "{}", run.err);
}

#[test]
fn the_same_objects_in_other_folders_are_variants() {
    let copy = copy_of(&overlays(), "plain");
    fs::rename(copy.join("overlays"), copy.join("teams")).expect("a folder");
    let run = gwctl(&copy, "lint -o json", &[]);
    let document: serde_json::Value = serde_json::from_str(&run.out).expect("JSON");
    let findings = document["findings"].as_array().expect("a list");
    assert_eq!(findings.len(), 1, "{}", run.out);
    let (message, help) = (&findings[0]["message"], &findings[0]["help"]);
    assert_eq!(
        message,
        "Gateway `infra/public` stands in `teams/staging` and in `teams/prod` with different text: \
         in one cluster only the last one applied is left"
    );
    assert_eq!(
        help,
        "keep one of them; or say in `.gwctl.yaml`, under `clusters`, what belongs together\n\
         clusters:\n  staging: {paths: [infra, teams/dev, teams/staging]}\n  \
         prod: {paths: [infra, teams/dev, teams/prod]}"
    );
    // Who names the files wants them all, and the last one of each object.
    let files = "infra/ingress.yaml teams/dev/dev.yaml teams/prod/gateway.yaml \
                 teams/prod/prod.yaml teams/staging/gateway.yaml teams/staging/staging.yaml";
    let run = gwctl(&copy, &format!("lint -o concise {files}"), &[]);
    assert!(run.out.contains("is defined twice; the last one applied wins"), "{}", run.out);
    assert!(run.out.contains("GW304"), "{}", run.out);
}

/// A copy of a tree.
fn copy_of(tree: &Path, name: &str) -> PathBuf {
    fn read(tree: &Path, below: &str, into: &mut Vec<(String, String)>) {
        for entry in fs::read_dir(tree.join(below)).expect("a folder") {
            let entry = entry.expect("an entry");
            let path = format!("{below}{}", entry.file_name().to_string_lossy());
            if entry.path().is_dir() {
                read(tree, &format!("{path}/"), into);
            } else {
                into.push((path, fs::read_to_string(entry.path()).expect("a text")));
            }
        }
    }
    let mut files = Vec::new();
    read(tree, "", &mut files);
    let files: Vec<_> = files.iter().map(|(name, text)| (name.as_str(), text.as_str())).collect();
    folder(name, &files)
}

#[test]
fn options_of_rules_are_read() {
    let certificate = fs::read_to_string(root().join("testdata/certificates/soon.pem"));
    let certificate = certificate.expect("a certificate").replace('\n', "\n    ");
    let text = format!(
        "apiVersion: v1\nkind: Secret\nmetadata: {{name: soon, namespace: istio-system}}\nstringData:\n  tls.key: ${{KEY}}\n  \
         tls.crt: |\n    {certificate}\n---\napiVersion: networking.istio.io/v1\nkind: Gateway\nmetadata: {{name: a, namespace: edge}}\n\
         spec:\n  selector: {{istio: ingressgateway}}\n  servers:\n  - port: {{number: 443, name: https, protocol: HTTPS}}\n    \
         hosts: ['*']\n    tls: {{mode: SIMPLE, credentialName: soon}}\n"
    );
    let found = |name: &str, config: &str| {
        let folder = folder(name, &[("in.yaml", text.as_str()), (".gwctl.yaml", config)]);
        let run = gwctl(&folder, "lint -o concise --select GW212 --now 2026-06-01T00:00:00Z", &[]);
        (run.out.matches("[GW212]").count(), run.err)
    };
    // It expires on 2026-06-15.
    for (name, days, count) in [("days-default", "", 1), ("days-13", "13", 0), ("days-15", "15", 1)]
    {
        let (found, err) = found(
            name,
            &format!("rules: {{GW212: {{cert_days: {days}}}}}\n").replace("cert_days: }", "}"),
        );
        assert_eq!(found, count, "{name}: {err}");
    }
    let (_, err) = found("days-odd", "rules: {certificate-validity: {cert_day: 3}}\n");
    assert!(err.contains("did you mean `cert_days`?"), "{err}");
}

#[test]
fn a_proxy_of_the_file_says_what_translates_its_ports() {
    let example = |name: &str| {
        fs::read_to_string(root().join("testdata/example/infra").join(name)).expect("a file")
    };
    let (gateway, ingress) = (example("gateway.yaml"), example("ingress.yaml"));
    // Another Service than the one that selects the proxy.
    let other = "apiVersion: v1\nkind: Service\nmetadata: {name: lb, namespace: edge}\n\
                 spec: {ports: [{name: http, port: 80, targetPort: 9080}]}\n";
    let files =
        [("gateway.yaml", gateway.as_str()), ("ingress.yaml", &ingress), ("lb.yaml", other)];
    let folder = folder("translation", &files);
    let listeners = |front: &str| {
        let labels = "labels: {istio: ingress}, namespace: istio-ingress";
        let config = format!("proxies: {{edge: {{{labels}{front}}}}}");
        fs::write(folder.join(".gwctl.yaml"), config).expect("a file");
        let run = gwctl(&folder, "routes -o json --listeners", &[]);
        assert_eq!(run.code, Some(0), "{}", run.err);
        let table: serde_json::Value = serde_json::from_str(&run.out).expect("JSON");
        let listeners = table["proxies"][0]["listeners"].as_array().expect("listeners");
        let names = listeners.iter().filter_map(|one| one["name"].as_str());
        (names.map(str::to_owned).collect::<Vec<_>>(), run.err)
    };
    assert_eq!(listeners("").0, ["0.0.0.0_8080", "0.0.0.0_8443"]);
    assert_eq!(listeners(", ports: {80: 8081}").0, ["0.0.0.0_443", "0.0.0.0_8081"]);
    assert_eq!(listeners(", ports: {}").0, ["0.0.0.0_80", "0.0.0.0_443"]);
    assert_eq!(listeners(", service: edge/lb").0, ["0.0.0.0_443", "0.0.0.0_9080"]);
    let (names, err) = listeners(", service: edge/none");
    assert_eq!(names, ["0.0.0.0_80", "0.0.0.0_443"]);
    assert!(err.contains("no Service edge/none with ports is in the input"), "{err}");
    listeners(", ports: {80: 8081}");
    let run = gwctl(&folder, "explain host http://blog.example.com/", &[]);
    assert!(run.out.contains("Service port 80 → targetPort 8081"), "{}{}", run.out, run.err);
    let run = gwctl(&folder, "lint -o concise", &[]);
    assert!(!run.out.contains("GW104"), "{}", run.out);
}
