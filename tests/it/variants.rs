//! Objects that stand in several files with different text: what `routes` and `explain host` make of them, and say of it.

use std::path::PathBuf;

use serde_json::Value;

use crate::config::{folder, gwctl};
use crate::schema::violations;

const GATEWAY: &str = "\
apiVersion: networking.istio.io/v1
kind: Gateway
metadata: {name: gw, namespace: infra}
spec:
  selector: {istio: ingressgateway}
  servers:
  - port: {number: 80, name: http, protocol: HTTP}
    hosts: [\"*.example.org\"]
";

/// The VirtualService of an environment.
fn service(environment: &str) -> String {
    format!(
        "apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: {{name: web, namespace: infra}}
spec:
  hosts: [{environment}.example.org, both.example.org, same.example.org]
  gateways: [infra/gw]
  http:
  - match: [{{authority: {{exact: same.example.org}}}}]
    directResponse: {{status: 200}}
  - route: [{{destination: {{host: web-{environment}}}}}]
"
    )
}

/// An object that one environment alone has.
const DEBUG: &str = "\
apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: {name: debug, namespace: infra}
spec:
  hosts: [debug.example.org]
  gateways: [infra/gw]
  http: [{directResponse: {status: 204}}]
";

fn overlays(name: &str) -> PathBuf {
    let (prod, staging) = (service("prod"), service("staging"));
    let files = [
        ("base.yaml", GATEWAY),
        ("overlays/prod/vs.yaml", prod.as_str()),
        ("overlays/staging/vs.yaml", &staging),
        ("overlays/staging/debug.yaml", DEBUG),
        ("broken.yaml", "apiVersion: networking.istio.io/v1\nkind: VirtualService\nspec: [\n"),
    ];
    folder(name, &files)
}

#[test]
fn an_answer_that_depends_on_files_is_given_with_each() {
    let folder = overlays("variants-explain");
    let holds = |place: &str| format!("\nholds     with `overlays/{place}`\n");
    for (host, code, expected, otherwise) in [
        ("prod", 0, "web-prod.infra:80", "404"),
        ("staging", 0, "web-staging.infra:80", "404"),
        ("both", 0, "web-staging.infra:80", "web-prod.infra:80"),
        ("debug", 0, "204", "404"),
    ] {
        let run = gwctl(&folder, &format!("explain host http://{host}.example.org ."), &[]);
        assert_eq!(run.code, Some(code), "{host}: {}{}", run.out, run.err);
        let result = run.out.lines().find(|line| line.starts_with("result")).unwrap_or_default();
        assert!(result.contains(expected), "{host}: {}", run.out);
        let place = if host == "prod" { "prod" } else { "staging" };
        let other = if host == "prod" { "staging" } else { "prod" };
        assert!(run.out.contains(&holds(place)), "{host}: {}", run.out);
        let other = format!("  with `overlays/{other}`\n");
        let line = run.out.split_inclusive('\n').find(|line| line.starts_with("otherwise"));
        let line = line.unwrap_or_default();
        assert!(line.contains(otherwise) && line.ends_with(&other), "{host}: {}", run.out);
    }
}

#[test]
fn an_answer_that_is_the_same_with_all_files_says_no_more() {
    let folder = overlays("variants-same");
    for (host, code) in [("same", 0), ("other", 1)] {
        let line = format!("explain host http://{host}.example.org .");
        let run = gwctl(&folder, &line, &[]);
        assert_eq!(run.code, Some(code), "{}", run.err);
        assert!(!run.out.contains("holds") && !run.out.contains("otherwise"), "{}", run.out);
        assert!(run.err.contains("1 object stands in several files"), "{}", run.err);
    }
    // Who names files, or one environment, says which ones belong together.
    for (paths, is_served) in [
        ("base.yaml overlays/prod", true),
        ("base.yaml overlays/staging", false),
        ("base.yaml overlays/prod/vs.yaml overlays/staging/vs.yaml", false),
        ("base.yaml overlays/staging/vs.yaml overlays/prod/vs.yaml", false),
    ] {
        let run = gwctl(&folder, &format!("explain host http://prod.example.org {paths}"), &[]);
        assert_eq!(run.code, Some(i32::from(!is_served)), "{paths}: {}", run.out);
        assert!(!run.out.contains("holds"), "{paths}: {}", run.out);
        assert!(!run.err.contains("several files"), "{paths}: {}", run.err);
        let denies = run.out.contains("no VirtualService has it");
        assert_eq!(denies, paths == "base.yaml overlays/staging", "{paths}: {}", run.out);
    }
}

#[test]
fn routes_names_the_objects_and_which_one_it_has() {
    let folder = overlays("variants-routes");
    let run = gwctl(&folder, "routes .", &[]);
    assert_eq!(run.code, Some(0), "{}", run.err);
    for expected in [
        "1 object stands in several files with different text, of which the last counts here: ",
        "VirtualService infra/web (`overlays/staging/vs.yaml`, not `overlays/prod/vs.yaml`)",
        "choose it by `--cluster`\n      clusters:\n        prod: {paths: [",
        "overlays/prod]}\n        staging: {paths: [",
    ] {
        assert!(run.err.contains(expected), "{expected}: {}", run.err);
    }
    let run = gwctl(&folder, "routes -o json .", &[]);
    let value: Value = serde_json::from_str(&run.out).expect("JSON");
    assert_eq!(
        value["variants"],
        serde_json::json!([{
            "kind": "VirtualService", "namespace": "infra", "name": "web",
            "taken": {"file": "overlays/staging/vs.yaml", "line": 3},
            "others": [{"file": "overlays/prod/vs.yaml", "line": 3}],
        }])
    );
    let schema = gwctl(&folder, "schema routes", &[]);
    let schema: Value = serde_json::from_str(&schema.out).expect("JSON");
    assert!(violations(&schema, &value).is_empty(), "{:?}", violations(&schema, &value));
}

#[test]
fn variants_that_are_no_environments_count_too_and_stand_in_json() {
    let (one, two) = (service("one"), service("two"));
    let files = [("gateway.yaml", GATEWAY), ("a.yaml", one.as_str()), ("b.yaml", &two)];
    let folder = folder("variants-files", &files);
    let run = gwctl(&folder, "explain host http://one.example.org -o json .", &[]);
    let value: Value = serde_json::from_str(&run.out).expect("JSON");
    let answer = &value["answers"][0];
    assert_eq!(answer["clusters"][0]["name"], "outbound|80||web-one.infra.svc.cluster.local");
    let variants = answer["variants"].as_array().expect("variants");
    let told = |variant: &Value| (variant["place"].clone(), variant["isTold"].clone());
    let told: Vec<_> = variants.iter().map(told).collect();
    assert_eq!(told, [("a.yaml".into(), true.into()), ("b.yaml".into(), false.into())]);
    let schema = gwctl(&folder, "schema explain", &[]);
    let schema: Value = serde_json::from_str(&schema.out).expect("JSON");
    assert!(violations(&schema, &value).is_empty(), "{:?}", violations(&schema, &value));
}
