//! What `gwctl routes` shows where something in particular is asked for, and what it says where there is no such thing.

use crate::config::{folder, gwctl};

const MANIFESTS: &str = "\
apiVersion: networking.istio.io/v1
kind: Gateway
metadata: {name: public, namespace: infra}
spec:
  selector: {istio: ingressgateway}
  servers:
  - port: {number: 80, name: http, protocol: HTTP}
    hosts: ['*.example.com']
  - hosts: [nowhere.example.com]
---
apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: {name: shop, namespace: shop}
spec:
  hosts: [shop.example.com]
  gateways: [infra/public]
  http:
  - route: [{destination: {host: web}}]
---
apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: {name: blog, namespace: shop}
spec:
  hosts: [blog.example.com]
  gateways: [infra/public]
  http:
  - route: [{destination: {host: web}}]
  - match: [{uri: {prefix: /late}}]
    route: [{destination: {host: web}}]
---
apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: {name: hidden, namespace: shop}
spec:
  hosts: [hidden.example.com]
  gateways: [infra/public]
  exportTo: [\".\"]
  http:
  - route: [{destination: {host: web}}]
";

#[test]
fn what_is_not_in_the_table_is_shown_for_its_own_host_alone() {
    let folder = folder("filters-host", &[("all.yaml", MANIFESTS)]);
    let late = "VirtualService shop/blog spec.http[1]";
    let hidden = "VirtualService shop/hidden";
    let nowhere = "Gateway infra/public spec.servers[1]";
    for (host, expected) in [
        ("shop.example.com", vec![]),
        ("blog.example.com", vec![late]),
        ("hidden.example.com", vec![hidden]),
        ("nowhere.example.com", vec![nowhere]),
        ("*.example.com", vec![]),
    ] {
        let line = format!("routes --include-rejected --host {host} all.yaml");
        let run = gwctl(&folder, &line, &[]);
        let shown = [late, hidden, nowhere].into_iter().filter(|what| run.out.contains(what));
        assert_eq!(shown.collect::<Vec<_>>(), expected, "{host}: {}{}", run.out, run.err);
    }
    let run = gwctl(&folder, "routes --include-rejected all.yaml", &[]);
    for what in [late, hidden, nowhere] {
        assert!(run.out.contains(what), "{what}: {}", run.out);
    }
}

#[test]
fn a_gateway_that_is_not_there_is_a_mistake() {
    let config = "clusters: {a: {paths: [all.yaml]}, b: {paths: [other.yaml]}}";
    let all = MANIFESTS.replace("  - hosts: [nowhere.example.com]\n", "");
    let all = all.as_str();
    let other = all.replace("name: public", "name: other");
    let files = [("all.yaml", all), ("other.yaml", &other), (".gwctl.yaml", config)];
    let folder = folder("filters-gateway", &files);
    for (line, is_there) in [
        ("routes --no-config --gateway nope all.yaml", false),
        ("routes --no-config --gateway shop/public all.yaml", false),
        ("routes --no-config --gateway public all.yaml", true),
        ("routes --no-config --gateway infra/public all.yaml", true),
        ("routes --gateway nope", false),
        ("routes --gateway other", true),
    ] {
        let run = gwctl(&folder, line, &[]);
        assert_eq!(run.code, Some(if is_there { 0 } else { 2 }), "{line}: {}", run.err);
        let says = run.err.contains("no Gateway is called `")
            && run.err.contains("help: Gateways found: infra/");
        assert_eq!(says, !is_there, "{line}: {}", run.err);
        assert_eq!(run.out.contains("PROXY"), is_there, "{line}: {}", run.out);
    }
}
