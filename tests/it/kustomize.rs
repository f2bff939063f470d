//! The key `kustomize-namespace`: objects get the namespace of the kustomization that lists their file.

use std::path::PathBuf;

use serde_json::Value;

use crate::config::{findings, folder, gwctl};

const GATEWAY: &str = "\
apiVersion: networking.istio.io/v1
kind: Gateway
metadata: {name: public, namespace: infra}
spec:
  selector: {istio: ingressgateway}
  servers:
  - port: {number: 80, name: http, protocol: HTTP}
    hosts: ['shop/*']
";

/// A VirtualService that states a namespace, or none.
fn web(metadata: &str) -> String {
    format!(
        "apiVersion: networking.istio.io/v1\nkind: VirtualService\nmetadata: {{name: web{metadata}}}\nspec:\n  \
         hosts: [shop.example.com]\n  gateways: [infra/public]\n  http: [{{route: [{{destination: {{host: web}}}}]}}]\n"
    )
}

/// A Gateway for namespace `shop`, a VirtualService in `base`, and overlays that are built from it.
fn tree(test: &str, config: &str, metadata: &str, overlays: &[(&str, &str)]) -> PathBuf {
    let web = web(metadata);
    let files = [
        (".gwctl.yaml", config),
        ("infra/gateway.yaml", GATEWAY),
        ("base/web.yaml", &web),
        ("base/kustomization.yaml", "resources: [web.yaml]\n"),
    ];
    let files: Vec<(&str, &str)> = files.into_iter().chain(overlays.iter().copied()).collect();
    folder(&format!("kustomize-{test}"), &files)
}

const ON: &str = "kustomize-namespace: true\n";
const SHOP: (&str, &str) = ("shop/kustomization.yaml", "namespace: shop\nresources: [../base]\n");
const BLOG: (&str, &str) = ("blog/kustomization.yaml", "namespace: blog\nresources: [../base]\n");

const REFUSED: &[&str] = &["base/web.yaml error[GW307]"];

#[test]
fn objects_get_the_namespace_of_the_kustomization() {
    let elsewhere = ", namespace: elsewhere";
    for (at, (config, metadata, overlays, expected)) in [
        ("", "", &[SHOP][..], REFUSED),
        ("kustomize-namespace: false\n", "", &[SHOP], REFUSED),
        (ON, "", &[SHOP], &[]),
        (ON, "", &[], REFUSED),
        (ON, "", &[BLOG], REFUSED),
        // What the object states is replaced.
        (ON, elsewhere, &[SHOP], &[]),
        ("", elsewhere, &[SHOP], REFUSED),
        (ON, ", namespace: shop", &[BLOG], REFUSED),
        // Several namespaces: that which it states counts.
        (ON, ", namespace: shop", &[SHOP, BLOG], &[]),
        (ON, "", &[SHOP, BLOG], REFUSED),
    ]
    .into_iter()
    .enumerate()
    {
        let folder = tree(&at.to_string(), config, metadata, overlays);
        let run = gwctl(&folder, "lint -o concise --select GW307", &[]);
        assert_eq!(findings(&run), expected, "{config}{metadata} {overlays:?}: {}", run.err);
        let is_on = config == ON;
        assert_eq!(run.err.contains("not built, but for their namespace"), is_on, "{}", run.err);
        let several = "`base/web.yaml`: kustomizations build this with several namespaces";
        assert_eq!(run.err.contains(several), is_on && overlays.len() > 1, "{}", run.err);
    }
}

#[test]
fn all_commands_and_every_cluster_take_it() {
    let config = format!(
        "{ON}clusters: {{shop: {{paths: [infra, base, shop]}}, blog: {{paths: [infra, base, blog]}}}}\n"
    );
    let folder = tree("clusters", &config, "", &[SHOP, BLOG]);
    let run = gwctl(&folder, "lint -o json --select GW307", &[]);
    let report: Value = serde_json::from_str(&run.out).expect("JSON");
    let found = report["findings"].as_array().expect("findings");
    assert_eq!(found.len(), 1, "{}", run.out);
    assert_eq!(found[0]["clusters"], serde_json::json!(["blog"]));
    assert_eq!(found[0]["object"]["namespace"], "blog");
    assert!(!run.err.contains("several namespaces"), "{}", run.err);
    let run = gwctl(&folder, "routes --cluster shop -o short", &[]);
    assert!(run.out.contains("web.shop"), "{}{}", run.out, run.err);
    let run = gwctl(&folder, "explain host http://shop.example.com --cluster shop", &[]);
    assert!(run.out.contains("VirtualService shop/web"), "{}{}", run.out, run.err);
}

#[test]
fn a_namespace_is_renamed_and_what_has_none_gets_none() {
    let objects = "\
apiVersion: v1
kind: Namespace
metadata: {name: written}
---
apiVersion: v1
kind: List
items:
- apiVersion: networking.istio.io/v1
  kind: VirtualService
  metadata: {name: listed}
  spec: {hosts: [x.example.com], gateways: [infra/public], http: [{route: [{destination: {host: web}}]}]}
";
    let kustomization = "namespace: shop\nresources: [objects.yaml]\n";
    let files = [
        (".gwctl.yaml", ON),
        ("gateway.yaml", GATEWAY),
        ("objects.yaml", objects),
        ("kustomization.yaml", kustomization),
    ];
    let folder = folder("kustomize-kinds", &files);
    let run = gwctl(&folder, "routes -o short", &[]);
    assert!(run.out.contains("listed.shop"), "{}{}", run.out, run.err);
    let run = gwctl(&folder, "lint -o concise", &[]);
    assert_eq!(run.out, "", "{}", run.err);
}

#[test]
fn the_key_is_shown_with_where_it_comes_from() {
    let folder = tree("show", ON, "", &[]);
    let shown = gwctl(&folder, "config show", &[]).out;
    assert!(shown.contains("kustomize-namespace: true  # .gwctl.yaml:1\n"), "{shown}");
    let shown = gwctl(&folder, "config show --no-config", &[]).out;
    assert!(shown.contains("kustomize-namespace: false  # default\n"), "{shown}");
}
