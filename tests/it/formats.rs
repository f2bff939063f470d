//! `gwctl routes` in all its formats, as people run it. `UPDATE=1 cargo test` rewrites the expectations.
#![expect(clippy::disallowed_methods, reason = "tests read their own files")]

use std::io::Write;
use std::process::{Command, Output, Stdio};

use assert_cmd::cargo::CommandCargoExt;
use serde_json::Value;

use crate::common::{compare, root};
use crate::schema::violations;

/// Runs `gwctl routes` with the words of `line` in a folder of the repository.
fn run(folder: &str, line: &str) -> Output {
    let mut command = Command::cargo_bin("gwctl").expect("the binary is built with the tests");
    for variable in ["NO_COLOR", "CLICOLOR", "CLICOLOR_FORCE", "FORCE_COLOR", "TERM", "COLUMNS"] {
        command.env_remove(variable);
    }
    command.current_dir(root().join(folder)).arg("routes").args(line.split_whitespace());
    command.stdin(Stdio::null()).output().expect("the binary runs")
}

#[track_caller]
fn stdout(folder: &str, line: &str) -> String {
    let output = run(folder, line);
    let stderr = String::from_utf8_lossy(&output.stderr);
    assert_eq!(output.status.code(), Some(0), "{line}: {stderr}");
    String::from_utf8(output.stdout).expect("the output is UTF-8")
}

const FORMATS: &str = "testdata/routes-formats";

#[test]
fn each_format_prints_the_table_of_its_file() {
    let files = [
        ("-o table", "table.txt"),
        ("-o wide", "wide.txt"),
        ("-o short", "short.txt"),
        ("-o short --listeners", "short-listeners.txt"),
        ("-o json", "routes.json"),
        ("-o yaml", "routes.yaml"),
        ("-o csv", "routes.csv"),
        ("-o csv --listeners", "listeners.csv"),
        ("-o markdown", "routes.md"),
        ("-o envoy", "envoy.json"),
        ("-o table --host www.example.com --port 8443 --show-source", "filtered.txt"),
    ];
    let wrong: Vec<_> = files
        .iter()
        .filter_map(|(options, file)| {
            let text = stdout(FORMATS, &format!("{options} in.yaml"));
            let own = format!("\"gwctl\": \"{}\"", env!("CARGO_PKG_VERSION"));
            let text = text.replace(&own, "\"gwctl\": \"VERSION\"");
            compare(&format!("{FORMATS}/{file}"), &text).err()
        })
        .collect();
    assert!(wrong.is_empty(), "{}\n`UPDATE=1 cargo test` rewrites them", wrong.join("\n"));
}

#[test]
fn rows_that_depend_on_creation_time_name_the_objects_that_compete() {
    let folder = "testdata/routes-order";
    let files = [("-o table", "table.txt"), ("-o json", "routes.json"), ("-o csv", "routes.csv")];
    let wrong: Vec<_> = files
        .iter()
        .filter_map(|(options, file)| {
            let text = stdout(folder, &format!("{options} in.yaml"));
            let own = format!("\"gwctl\": \"{}\"", env!("CARGO_PKG_VERSION"));
            let text = text.replace(&own, "\"gwctl\": \"VERSION\"");
            compare(&format!("{folder}/{file}"), &text).err()
        })
        .collect();
    assert!(wrong.is_empty(), "{}\n`UPDATE=1 cargo test` rewrites them", wrong.join("\n"));
}

#[test]
fn json_follows_its_schema() {
    let schema = std::fs::read_to_string(root().join("schema/routes.schema.json"));
    let schema: Value = serde_json::from_str(&schema.expect("the schema is there")).expect("JSON");
    let cases = std::fs::read_dir(root().join("testdata/routes")).into_iter().flatten().flatten();
    let mut cases: Vec<String> = cases
        .filter(|entry| entry.path().is_dir())
        .map(|entry| format!("testdata/routes/{}/in.yaml", entry.file_name().to_string_lossy()))
        .collect();
    cases.sort();
    let mut proxies = 0;
    let lines = [
        "testdata/routes-formats/in.yaml",
        "testdata/routes-formats/in.yaml --listeners",
        "testdata/routes-formats/in.yaml --routes --show-source",
        "testdata/routes-formats/in.yaml --host shop.example.com",
        "testdata/routes-formats/in.yaml --port 1",
        "testdata/routes-formats/in.yaml --proxy edge/istio=ingressgateway",
        "testdata/routes-order/in.yaml",
        "testdata/rules",
        "testdata",
    ];
    for line in lines.into_iter().chain(cases.iter().step_by(4).map(String::as_str)) {
        let text = stdout("", &format!("{line} -o json"));
        let value: Value = serde_json::from_str(&text).expect("JSON");
        let wrong = violations(&schema, &value);
        assert!(wrong.is_empty(), "{line}: {}", wrong.join("\n"));
        proxies += value["proxies"].as_array().map_or(0, Vec::len);
    }
    assert!(proxies > 10, "{proxies}");
}

#[test]
fn yaml_is_the_same_document_as_json() {
    for line in ["testdata/routes-formats/in.yaml", "testdata/rules"] {
        let json: Value = serde_json::from_str(&stdout("", &format!("{line} -o json"))).unwrap();
        let yaml: Value = serde_yaml::from_str(&stdout("", &format!("{line} -o yaml"))).unwrap();
        assert_eq!(json, yaml, "{line}");
    }
}

#[test]
fn filters_hold_in_every_format() {
    for format in ["table", "wide", "short", "json", "yaml", "csv", "markdown"] {
        let of = |filter: &str| stdout(FORMATS, &format!("-o {format} {filter} in.yaml"));
        let https = "https.443.https.public.istio-system";
        for filter in [
            format!("--name {https}"),
            "--port 8443".into(),
            "--host m.example.com --port 8443".into(),
        ] {
            let text = of(&filter);
            assert!(text.contains(https), "{format} {filter}: {text}");
            assert!(!text.contains("http.8080"), "{format} {filter}: {text}");
        }
        for filter in ["--gateway istio-system/public", "--gateway public"] {
            assert!(of(filter).contains("http.8080"), "{format} {filter}");
        }
        for filter in ["--host other.org", "--name http.80", "--port 81"] {
            let text = of(filter);
            assert!(!text.contains("shop"), "{format} {filter}: {text}");
        }
        assert!(of("--show-source").contains("in.yaml"), "{format}");
        let listeners = of("--listeners");
        assert!(listeners.contains("db.example.org"), "{format}: {listeners}");
        assert!(!listeners.contains("shop.example.com:443"), "{format}: {listeners}");
        let routes = of("--routes");
        assert!(routes.contains("shop.example.com:443") && !routes.contains("0.0.0.0"), "{format}");
    }
}

#[test]
fn what_matches_nothing_is_answered_with_what_there_is() {
    let notes = |line: &str| {
        let output = run(FORMATS, &format!("{line} in.yaml"));
        assert_eq!(output.status.code(), Some(0), "{line}");
        String::from_utf8(output.stderr).expect("notes are UTF-8")
    };
    for (line, note) in [
        ("--port 9", "note: ports in the tables: 8080 (80)"),
        ("--name nope", "note: route configurations in the tables: http.8080, "),
        ("--host nope.example.net --port 9", "note: hosts in the tables: "),
        ("--port 443", "note: port 443 of the Service is port 8443 of the proxy"),
    ] {
        let notes = notes(line);
        assert!(notes.contains(note), "{line}: {notes}");
    }
    assert!(!notes("--port 8443").contains("in the tables"));
    let service = stdout(FORMATS, "--port 443 in.yaml");
    assert_eq!(service, stdout(FORMATS, "--port 8443 in.yaml"));
    let output = run("", "Cargo.toml");
    let stderr = String::from_utf8_lossy(&output.stderr);
    assert!(stderr.contains("no ingress proxy: the input has no Gateway"), "{stderr}");
}

#[test]
fn envoy_prints_whole_proxies() {
    for flag in [
        "--gateway a/b",
        "--port 1",
        "--host a",
        "--name a",
        "--listeners",
        "--routes",
        "--show-source",
    ] {
        let output = run(FORMATS, &format!("-o envoy {flag} in.yaml"));
        assert_eq!(output.status.code(), Some(2), "{flag}");
        let stderr = String::from_utf8_lossy(&output.stderr);
        assert!(stderr.contains("cannot be used with `-o envoy`"), "{flag}: {stderr}");
    }
    let edge = stdout(FORMATS, "-o envoy --proxy edge/istio=ingressgateway in.yaml");
    assert!(edge.contains("\"namespace\": \"edge\""), "{edge}");
}

#[test]
fn what_is_said_to_be_complete_is_missing_and_not_unknown() {
    let exists = |options: &str| -> Vec<Value> {
        let text = stdout(FORMATS, &format!("-o json {options} in.yaml"));
        let value: Value = serde_json::from_str(&text).unwrap();
        let clusters = value["proxies"][0]["clusters"].as_array().unwrap();
        let ledger = clusters.iter().filter(|one| one["name"].as_str().unwrap().contains("ledger"));
        ledger.map(|one| one["exists"].clone()).collect()
    };
    assert_eq!(exists(""), [Value::Null, Value::Null]);
    assert_eq!(exists("--complete Service"), [Value::Bool(false), Value::Bool(false)]);
    assert_eq!(exists("--complete Service@shop"), [Value::Null, Value::Null]);
}

/// A Gateway, and a VirtualService of namespace `shop` with a destination; what else the input holds is up to a test.
const SHOP: &str = "\
apiVersion: networking.istio.io/v1
kind: Gateway
metadata: {name: g, namespace: istio-system}
spec:
  selector: {istio: ingressgateway}
  servers: [{port: {number: 80, name: http, protocol: HTTP}, hosts: ['*']}]
---
apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: {name: v, namespace: shop}
spec:
  gateways: [istio-system/g]
  hosts: [a.example.com]
  http: [{route: [{destination: {host: HOST, subset: SUBSET, port: {number: 80}}}]}]
---
";

#[test]
fn an_absent_object_is_missing_where_the_input_holds_its_neighbours() {
    let service = |name: &str, port: u32| {
        format!(
            "apiVersion: v1\nkind: Service\nmetadata: {{name: {name}, namespace: shop}}\n\
             spec: {{ports: [{{name: http, port: {port}}}]}}\n---\n"
        )
    };
    let rule = |host: &str, subset: &str| {
        format!(
            "apiVersion: networking.istio.io/v1\nkind: DestinationRule\n\
             metadata: {{name: r, namespace: shop}}\n\
             spec: {{host: {host}, subsets: [{{name: {subset}}}]}}\n---\n"
        )
    };
    let entry = "apiVersion: networking.istio.io/v1\nkind: ServiceEntry\n\
        metadata: {name: e, namespace: x}\nspec: {hosts: [b.com]}\n---\n";
    let unreadable = "apiVersion: v1\nkind: Service\nmetadata: {{ .Values.x }\n---\n";
    let (unknown, missing) = (Value::Null, Value::Bool(false));
    for (host, subset, others, exists, reason) in [
        ("web", "''", String::new(), &unknown, "service not in the input"),
        ("web", "''", service("other", 80), &missing, "no such service"),
        ("web", "''", service("other", 80) + unreadable, &unknown, "service not in the input"),
        ("web.far.svc.cluster.local", "''", service("o", 80), &unknown, "service not in the input"),
        ("web", "''", service("web", 81), &missing, "the service has no such port"),
        ("web", "v1", service("web", 80), &unknown, "subset not in the input"),
        ("web", "v1", service("web", 80) + &rule("o", "v1"), &missing, "no DestinationRule has"),
        ("web", "v1", service("web", 80) + &rule("web", "v2"), &missing, "no DestinationRule has"),
        ("a.com", "''", service("web", 80), &unknown, "service not in the input"),
        ("a.com", "''", entry.to_owned(), &missing, "no such service"),
        ("'${A}.com'", "''", entry.to_owned(), &unknown, "the name holds a placeholder"),
    ] {
        let input = SHOP.replace("HOST", host).replace("SUBSET", subset) + &others;
        let value = json_of(&input);
        let cluster = &value["proxies"][0]["clusters"][0];
        assert_eq!(&cluster["exists"], exists, "{input}\n{cluster}");
        let got = cluster["reason"].as_str().unwrap_or_default();
        assert!(got.starts_with(reason), "{input}\n{cluster}");
        let listed = value["proxies"][0]["missingClusters"].as_array().unwrap();
        assert_eq!(!listed.is_empty(), *exists == missing, "{input}");
    }
}

#[test]
fn numbers_that_are_placeholders_make_a_row_unknown() {
    let with = |weight: &str| {
        let weighted = format!("port: {{number: 80}}}}, weight: {weight}}}]}}]");
        let input = SHOP.replace("HOST", "web").replace("SUBSET", "''");
        let value = json_of(&input.replace("port: {number: 80}}}]}]", &weighted));
        value["proxies"][0]["routes"][0]["virtualHosts"][0]["routes"][0]["unknown"].clone()
    };
    assert_eq!(with("'${W}'"), Value::Bool(true));
    assert_eq!(with("1"), Value::Null);
}

/// The document for a text on stdin.
fn json_of(input: &str) -> Value {
    let mut command = Command::cargo_bin("gwctl").expect("the binary is built with the tests");
    command.args(["routes", "-q", "-o", "json", "-"]);
    let child = command.stdin(Stdio::piped()).stdout(Stdio::piped()).spawn();
    let mut child = child.expect("the binary runs");
    let mut stdin = child.stdin.take().expect("it is piped");
    stdin.write_all(input.as_bytes()).expect("the binary reads");
    drop(stdin);
    let output = child.wait_with_output().expect("the binary ends");
    serde_json::from_slice(&output.stdout).expect("JSON")
}
