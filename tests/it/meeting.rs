//! Which files are taken to meet in one cluster: what kustomizations, tests and the names of folders tell of it.

use std::path::PathBuf;

use crate::config::{findings, folder, gwctl};

const GATEWAY: &str = "\
apiVersion: networking.istio.io/v1
kind: Gateway
metadata: {name: public, namespace: infra}
spec:
  selector: {istio: ingressgateway}
  servers:
  - port: {number: 80, name: http, protocol: HTTP}
    hosts: ['*.example.com']
";

/// A VirtualService of a namespace that takes all of `files.example.com`, on whose gateway `extra` is a host, too.
fn takes_all(namespace: &str, extra: &str) -> String {
    format!(
        "\
apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: {{name: files, namespace: {namespace}}}
spec:
  hosts: [files.example.com{extra}]
  gateways: [infra/public]
  http:
  - match: [{{uri: {{prefix: /}}}}]
    route: [{{destination: {{host: store.{namespace}.svc.cluster.local}}}}]
"
    )
}

/// A tree with the gateway, and what is found in it by line.
struct Tree(PathBuf);

impl Tree {
    fn new(name: &str, files: &[(&str, &str)]) -> Self {
        let gateway = [("infra/gateway.yaml", GATEWAY)];
        Self(folder(&format!("meeting-{name}"), &[&gateway[..], files].concat()))
    }

    #[track_caller]
    fn has(&self, line: &str, expected: &[&str]) {
        let run = gwctl(&self.0, &format!("lint -o concise {line}"), &[]);
        assert_eq!(findings(&run), expected, "{line}\n{}{}", run.out, run.err);
    }
}

#[test]
fn a_file_that_its_kustomization_does_not_name_meets_no_other() {
    let (one, two) = (takes_all("one", ""), takes_all("two", ""));
    let meet = |kustomization: &str, name: &str| {
        Tree::new(
            name,
            &[
                ("one/routes.yaml", &one),
                ("two/kustomization.yaml", kustomization),
                ("two/routes.yaml", &two),
            ],
        )
    };
    let all = ["two/routes.yaml warning[GW407]"];
    meet("resources: [routes.yaml]", "named").has(".", &all);
    let left_out = meet("resources:\n- namespace.yaml\n# - routes.yaml\n", "left-out");
    left_out.has(".", &[]);
    left_out.has("infra one two/routes.yaml", &all);
    // Whoever applies it is another kustomization, and no other is known of a name that is put in later.
    meet("resources: ['${NAME}.yaml']", "unknown").has(".", &all);
    // What holds for the file alone is told.
    let broken = two.replace("hosts: [", "host: [");
    let alone = Tree::new(
        "alone",
        &[("two/kustomization.yaml", "resources: []"), ("two/routes.yaml", &broken)],
    );
    alone.has(".", &["two/routes.yaml error[GW002]", "two/routes.yaml error[GW317]"]);
}

#[test]
fn an_object_that_one_kustomization_has_twice_is_a_warning() {
    let (here, there) = (takes_all("one", ""), takes_all("one", ", more.example.com"));
    let twice = |name: &str, kustomizations: &[(&str, &str)]| {
        let files = [("apps/a/routes.yaml", here.as_str()), ("apps/b/routes.yaml", there.as_str())];
        Tree::new(name, &[&files[..], kustomizations].concat())
    };
    let told = |severity: &str| format!("apps/b/routes.yaml {severity}[GW007]");
    twice("lying", &[]).has("--select GW007 .", &[&told("info")]);
    let built = ("apps/kustomization.yaml", "resources: [a/routes.yaml, b/routes.yaml]");
    twice("built", &[built]).has("--select GW007 .", &[&told("warning")]);
    let parts = [
        ("apps/kustomization.yaml", "resources: [a, b]"),
        ("apps/a/kustomization.yaml", "resources: [routes.yaml]"),
        ("apps/b/kustomization.yaml", "resources: [routes.yaml]"),
    ];
    twice("parts", &parts).has("--select GW007 .", &[&told("warning")]);
    // These get different names.
    let renamed = ("apps/b/kustomization.yaml", "resources: [routes.yaml]\nnamespace: two");
    twice("renamed", &[parts[0], parts[1], renamed]).has("--select GW007 .", &[&told("info")]);
    // The user says that both are of one cluster.
    let lying = twice("said", &[]);
    lying.has("--select GW007 apps/a/routes.yaml apps/b/routes.yaml", &[&told("warning")]);
    let config = ("c.yaml", "clusters:\n  all: {paths: [apps]}\n");
    twice("config", &[config]).has("--select GW007 --config c.yaml", &[&told("warning")]);
}

#[test]
fn suffixes_of_folders_tell_clusters_where_objects_do() {
    let (one, two) = (takes_all("one", ""), takes_all("two", ""));
    let namespace = "apiVersion: v1\nkind: Namespace\nmetadata: {name: users}\n";
    let service =
        "apiVersion: v1\nkind: Service\nmetadata: {name: users, namespace: users}\nspec: {}\n";
    let tree = |name: &str, files: &[(&str, &str)]| {
        let routes = [("one-eu/routes.yaml", one.as_str()), ("two-us/routes.yaml", two.as_str())];
        Tree::new(name, &[&routes[..], files].concat())
    };
    let all = ["two-us/routes.yaml warning[GW407]"];
    tree("suffixes", &[]).has(".", &all);
    let both = [
        ("users-eu/namespace.yaml", namespace),
        ("users-us/namespace.yaml", namespace),
        ("shop-eu/all.yaml", service),
        ("shop-us/all.yaml", service),
    ];
    // The one pair may be anything, Namespaces too.
    tree("one-pair", &both[2..]).has("--ignore GW007 .", &all);
    let spaces = [both[0], both[1], ("pay-eu/ns.yaml", namespace), ("pay-us/ns.yaml", namespace)];
    tree("namespaces", &spaces).has("--ignore GW007 .", &all);
    let clusters = tree("clusters", &both);
    clusters.has(".", &["shop-us/all.yaml info[GW007]"]);
    // Whether two folders of one suffix are of one cluster is not known.
    let other = takes_all("three", "");
    let near = tree("near", &[&both[..], &[("three-eu/routes.yaml", other.as_str())]].concat());
    near.has("--ignore GW007 .", &["three-eu/routes.yaml info[GW407]"]);
    let run = gwctl(&clusters.0, "lint -o json .", &[]);
    let document: serde_json::Value = serde_json::from_str(&run.out).expect("JSON");
    let help = document["findings"][0]["help"].as_str().expect("help");
    let snippet = &help[help.find("clusters:").expect("a snippet")..];
    assert_eq!(
        snippet,
        "clusters:\n  eu: {paths: [infra, \"*-eu\"]}\n  us: {paths: [infra, \"*-us\"]}"
    );
    // It is what the config file needs.
    let said = tree("said-clusters", &[&both[..], &[(".gwctl.yaml", snippet)]].concat());
    said.has("", &[]);
    let run = gwctl(&said.0, "lint --show-files", &[]);
    assert_eq!(run.out.matches("read\n").count(), 8, "{}", run.out);
}

#[test]
fn what_tests_compare_with_is_noted_and_left_out() {
    let tree = Tree::new(
        "tests",
        &[
            (
                "tests/gateway-assert.yaml",
                "apiVersion: networking.istio.io/v1\nkind: Gateway\nspec: {}\n",
            ),
            ("tests/00-assert.yaml", GATEWAY),
            (
                "tests/chainsaw-test.yaml",
                "apiVersion: chainsaw.kyverno.io/v1alpha1\nkind: Test\n\
                 spec: {steps: [{try: [{assert: {file: gateway-assert.yaml}}]}]}\n",
            ),
        ],
    );
    tree.has(".", &[]);
    let run = gwctl(&tree.0, "lint .", &[]);
    let note = "left out 2 files with which tests compare what is there, as `tests/00-assert.yaml`: they hold parts";
    assert!(run.err.contains(note), "{}", run.err);
    let run = gwctl(&tree.0, "lint -o concise tests/gateway-assert.yaml", &[]);
    assert!(run.out.contains("GW004"), "{}", run.out);
}
