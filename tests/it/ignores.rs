//! Comments that suppress findings, where several clusters are read and where a document is no YAML.

use std::path::PathBuf;

use serde_json::Value;

use crate::config::{findings, folder, gwctl};

/// A Gateway with these hosts on port 80.
fn gateway(hosts: &str) -> String {
    format!(
        "apiVersion: networking.istio.io/v1\nkind: Gateway\nmetadata: {{name: public, namespace: infra}}\nspec:\n  \
         selector: {{istio: ingressgateway}}\n  servers:\n  - port: {{number: 80, name: http, protocol: HTTP}}\n    \
         hosts: [{hosts}]\n"
    )
}

/// A VirtualService with one host, `shop.example.org`, and a comment behind it.
fn shop(comment: &str) -> String {
    format!(
        "apiVersion: networking.istio.io/v1\nkind: VirtualService\nmetadata: {{name: shop, namespace: shop}}\nspec:\n  \
         gateways: [infra/public]\n  hosts:\n  - shop.example.org{comment}\n  http:\n  \
         - route: [{{destination: {{host: web}}}}]\n"
    )
}

const CLUSTERS: &str = "clusters: {prod: {paths: [apps, prod]}, test: {paths: [apps, test]}, dev: {paths: [apps, dev]}}\n";

/// Three clusters that share `apps/shop.yaml`: two do not serve its host, for different reasons, and `dev` does.
fn clusters(test: &str, comment: &str) -> PathBuf {
    let shop = shop(comment);
    let gateways =
        ["'*.example.com'", "other.example.net, 'blog/shop.example.org'", "'*.example.org'"];
    let [prod, stage, dev] = gateways.map(gateway);
    let files = [
        (".gwctl.yaml", CLUSTERS),
        ("apps/shop.yaml", &shop),
        ("prod/gateway.yaml", &prod),
        ("test/gateway.yaml", &stage),
        ("dev/gateway.yaml", &dev),
    ];
    folder(&format!("ignores-{test}"), &files)
}

/// What the tests are about, and what is said of suppressions.
const RULES: &str = "--select GW001,GW304,GW305,GW307,GW807,GW812,GW813";

#[test]
fn a_comment_holds_in_every_cluster_and_is_used_if_one_needs_it() {
    let plain = clusters("plain", "");
    let run = gwctl(&plain, &format!("lint -o concise {RULES}"), &[]);
    let found = ["apps/shop.yaml error[GW304]", "apps/shop.yaml error[GW307]"];
    assert_eq!(findings(&run), found, "{}", run.err);
    let both = clusters("both", " # gwctl: ignore[GW304, GW307] known");
    let run = gwctl(&both, &format!("lint -o json {RULES}"), &[]);
    let report: Value = serde_json::from_str(&run.out).expect("JSON");
    assert_eq!((run.code, &report["suppressed"]), (Some(0), &Value::from(2)), "{}", run.out);
    assert_eq!(report["findings"].as_array().map(Vec::len), Some(0), "{}", run.out);
    // Each word is needed by one cluster and not by the others.
    for (cluster, suppressed) in [("prod", 1), ("test", 1), ("dev", 0)] {
        let run = gwctl(&both, &format!("lint -o json {RULES} --cluster {cluster}"), &[]);
        let report: Value = serde_json::from_str(&run.out).expect("JSON");
        assert_eq!(report["suppressed"], suppressed, "{cluster}: {}", run.out);
        assert_eq!(report["findings"].as_array().map(Vec::len), Some(0), "{}", run.out);
    }
}

#[test]
fn the_same_finding_of_several_clusters_is_suppressed_once() {
    let folder = clusters("same", " # gwctl: ignore[GW304] known");
    let [gateway, other] = ["'*.example.com'", "'*.example.net'"].map(gateway);
    for (name, text) in [("prod", &gateway), ("test", &gateway), ("dev", &other)] {
        write(&folder, name, text);
    }
    let run = gwctl(&folder, &format!("lint -o json {RULES}"), &[]);
    let report: Value = serde_json::from_str(&run.out).expect("JSON");
    assert_eq!(run.code, Some(0), "{}{}", run.out, run.err);
    assert_eq!(report["findings"].as_array().map(Vec::len), Some(0), "{}", run.out);
}

#[expect(clippy::disallowed_methods, reason = "tests read and write their own files")]
fn write(folder: &std::path::Path, cluster: &str, text: &str) {
    std::fs::write(folder.join(cluster).join("gateway.yaml"), text).expect("a file");
}

#[test]
fn a_comment_that_no_cluster_needs_is_unused() {
    let folder = clusters("unused", " # gwctl: ignore[GW304, GW307, GW305] known");
    let run = gwctl(&folder, &format!("lint -o concise {RULES}"), &[]);
    assert_eq!(findings(&run), ["apps/shop.yaml warning[GW807]"], "{}", run.out);
    assert!(run.out.contains("`GW305`"), "{}", run.out);
    // Who looks at one of them cannot know.
    let run = gwctl(&folder, &format!("lint -o concise {RULES} --cluster prod"), &[]);
    assert_eq!(run.out, "");
}

const BROKEN: &str =
    "apiVersion: networking.istio.io/v1\nkind: Gateway\nmetadata: {name: a}\nspec: [\n";

#[test]
fn a_comment_for_the_document_holds_where_it_is_no_yaml() {
    let mark = "# gwctl: ignore-file[GW001] made by a script that is being mended\n";
    let whole = shop("");
    for (at, (text, found)) in [
        (BROKEN.to_owned(), &["x.yaml error[GW001]"][..]),
        (format!("{mark}{BROKEN}"), &[]),
        (format!("{BROKEN}{mark}"), &[]),
        (format!("{mark}---\n{BROKEN}"), &[]),
        // It holds for one document.
        (format!("{mark}{BROKEN}---\n{BROKEN}"), &["x.yaml error[GW001]"]),
        (format!("{BROKEN}---\n{mark}{BROKEN}"), &["x.yaml error[GW001]"]),
        // Where comments are within the document is not known.
        (format!("{BROKEN}  {mark}"), &["x.yaml error[GW001]"]),
        (BROKEN.replace("spec", "# gwctl: ignore[GW001]\nspec"), &["x.yaml error[GW001]"]),
        // What is needed once it can be read nobody knows.
        (format!("# gwctl: ignore-file[GW001, GW304] x\n{BROKEN}"), &[]),
        (format!("# gwctl: ignore-file[GW304] x\n{BROKEN}"), &["x.yaml error[GW001]"]),
        (format!("# gwctl: ignore-file[GW999, GW001] x\n{BROKEN}"), &["x.yaml warning[GW813]"]),
        (
            format!("# gwctl: ignore-file[GW001] until 2020-01-01 x\n{BROKEN}"),
            &["x.yaml warning[GW812]", "x.yaml error[GW001]"],
        ),
        (format!("{mark}{whole}"), &["x.yaml warning[GW807]"]),
    ]
    .into_iter()
    .enumerate()
    {
        let folder = folder(&format!("broken-{at}"), &[("x.yaml", text.as_str())]);
        let run = gwctl(&folder, &format!("lint -o concise {RULES}"), &[]);
        assert_eq!(findings(&run), found, "{text}{}", run.err);
        let run = gwctl(&folder, "lint -o concise --select GW001 --no-ignores", &[]);
        let documents = text.matches("spec: [").count();
        assert_eq!(run.out.lines().count(), documents, "{text}");
    }
}
