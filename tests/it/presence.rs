//! What counts as there, in trees of files: Secrets that kustomize generates, Rollouts that are gateways.

use crate::config::{findings, folder, gwctl};

/// A gateway in `infra` that takes its certificate from the Secret `shop-cert`; another Secret is beside it.
const GATEWAY: &str = "\
apiVersion: v1
kind: Service
metadata: {name: ingress, namespace: infra}
spec:
  selector: {app: ingress}
  ports: [{name: https, port: 443}]
---
apiVersion: bitnami.com/v1alpha1
kind: SealedSecret
metadata: {name: other, namespace: infra}
---
apiVersion: networking.istio.io/v1
kind: Gateway
metadata: {name: public, namespace: infra}
spec:
  selector: {app: ingress}
  servers:
  - port: {number: 443, name: https, protocol: HTTPS}
    hosts: [shop.example.com]
    tls: {mode: SIMPLE, credentialName: shop-cert}
";

#[test]
fn secrets_that_kustomize_generates_are_there() {
    for (at, (kustomization, is_there)) in [
        ("resources: [gateway.yaml]\n", false),
        ("secretGenerator: [{name: shop-cert, files: [tls.crt]}]\n", true),
        ("namespace: infra\nsecretGenerator: [{name: shop-cert, namespace: shop}]\n", true),
        ("secretGenerator: [{name: shop-cert, namespace: shop}]\n", false),
        ("secretGenerator: [{name: blog-cert}]\n", false),
        ("namePrefix: shop-\nsecretGenerator: [{name: cert}]\n", true),
        // Nobody knows what it generates.
        ("secretGenerator: [{name: [}]\n", true),
    ]
    .into_iter()
    .enumerate()
    {
        let files = [("gateway.yaml", GATEWAY), ("kustomization.yaml", kustomization)];
        let folder = folder(&format!("generators-{at}"), &files);
        for line in ["lint -o concise --select GW209,GW210", "lint -o concise --select GW209 ."] {
            let run = gwctl(&folder, line, &[]);
            let expected: &[&str] = if is_there { &[] } else { &["gateway.yaml error[GW209]"] };
            assert_eq!(findings(&run), expected, "{kustomization}{}", run.err);
        }
        let run = gwctl(&folder, "lint -o concise --select GW209 gateway.yaml", &[]);
        assert_eq!(findings(&run), ["gateway.yaml error[GW209]"], "it was not asked for");
    }
}

#[test]
fn a_rollout_is_a_workload() {
    let rollout = "\
apiVersion: argoproj.io/v1alpha1
kind: Rollout
metadata: {name: edge, namespace: infra}
spec:
  template:
    metadata: {labels: {app: edge}}
    spec:
      containers: [{name: istio-proxy, image: auto, args: [proxy, router]}]
";
    let gateway = "\
apiVersion: networking.istio.io/v1
kind: Gateway
metadata: {name: public, namespace: infra}
spec:
  selector: {app: SELECTED}
  servers:
  - port: {number: 80, name: http, protocol: HTTP}
    hosts: [shop.example.com]
";
    for (selected, rollout, expected) in [
        ("edge", rollout.to_owned(), vec![]),
        ("egde", rollout.to_owned(), vec!["gateway.yaml warning[GW101]"]),
        // It may have any labels.
        ("other", format!("{{{{- if .Values.edge }}}}\n{rollout}"), vec![]),
    ] {
        let gateway = gateway.replace("SELECTED", selected);
        let files = [("gateway.yaml", gateway.as_str()), ("rollout.yaml", rollout.as_str())];
        let folder = folder(&format!("rollout-{selected}"), &files);
        let line = "lint -o concise --select GW101 --complete Deployment,DaemonSet,Rollout";
        let run = gwctl(&folder, line, &[]);
        assert_eq!(findings(&run), expected, "{selected}: {}", run.err);
    }
}
