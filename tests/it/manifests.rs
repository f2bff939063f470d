//! Small random manifests: Gateways and VirtualServices that meet in many ways.

use std::fmt::Write as _;

use proptest::prelude::*;
use proptest::sample::{select, subsequence};

/// An object: what stands before and behind the line of its creation time, and the time if it is known.
#[derive(Clone, Debug)]
pub(crate) struct Object {
    pub(crate) kind: &'static str,
    pub(crate) head: String,
    pub(crate) spec: String,
    pub(crate) known: Option<usize>,
}

/// Known times lie before and behind the one that objects of unknown age have in the table.
pub(crate) const KNOWN: [&str; 3] =
    ["2020-01-01T00:00:00Z", "2025-01-01T00:00:00Z", "2026-06-01T00:00:00Z"];

/// Hosts of servers; one of them, with a namespace, admits its own alone.
const SERVER_HOSTS: &[&str] = &["*", "*.example.com", "a.example.com", "b.example.com", "edge/*"];

const HOSTS: &[&str] = &["a.example.com", "b.example.com", "*.example.com", "A.example.com", "*"];

/// A server by its port, protocol and what else identifies it.
fn server() -> impl Strategy<Value = String> {
    let kinds = select(vec![
        ("80", "HTTP", ""),
        ("80", "HTTP", "    tls: {httpsRedirect: true}\n"),
        ("80", "HTTP2", ""),
        ("81", "HTTP", ""),
        ("80", "TCP", ""),
        ("80", "MONGO", ""),
        ("443", "TCP", ""),
        ("443", "HTTPS", "    tls: {mode: SIMPLE, credentialName: one}\n"),
        ("443", "HTTPS", "    tls: {mode: SIMPLE, credentialName: two}\n"),
        ("443", "TLS", "    tls: {mode: SIMPLE, credentialName: one}\n"),
        ("443", "TLS", "    tls: {mode: PASSTHROUGH}\n"),
        ("443", "HTTPS", "    tls: {mode: PASSTHROUGH}\n"),
        ("443", "HTTP", ""),
    ]);
    let hosts = subsequence(SERVER_HOSTS, 1..=2);
    let bind = prop_oneof![6 => Just(""), 1 => Just("    bind: 10.0.0.1\n")];
    (kinds, hosts, bind).prop_map(|((number, protocol, tls), hosts, bind)| {
        let name = format!("{}-{number}", protocol.to_lowercase());
        format!(
            "  - port: {{number: {number}, name: {name}, protocol: {protocol}}}\n    hosts: {}\n{bind}{tls}",
            list(&hosts)
        )
    })
}

fn list(items: &[&str]) -> String {
    let quoted: Vec<String> = items.iter().map(|item| format!("{item:?}")).collect();
    format!("[{}]", quoted.join(", "))
}

fn namespace() -> impl Strategy<Value = &'static str> {
    select(vec!["edge", "apps"])
}

fn known() -> impl Strategy<Value = Option<usize>> {
    prop_oneof![4 => Just(None), 1 => (0..KNOWN.len()).prop_map(Some)]
}

fn head(kind: &str, namespace: &str, name: &str) -> String {
    format!(
        "---\napiVersion: networking.istio.io/v1\nkind: {kind}\nmetadata:\n  name: {name}\n  namespace: {namespace}\n"
    )
}

/// Gateways `g0`, `g1`, ... in random namespaces.
fn gateway() -> impl Strategy<Value = (&'static str, String, Option<usize>)> {
    (namespace(), prop::collection::vec(server(), 1..=3), known())
        .prop_map(|(namespace, servers, known)| (namespace, servers.concat(), known))
}

/// Rules of each kind, whose destinations tell the VirtualService.
fn rules(at: usize) -> impl Strategy<Value = String> {
    let http = subsequence(vec!["/a", "/b", "", "", "port"], 1..=3).prop_map(move |paths| {
        let mut text = "  http:\n".to_owned();
        for (i, path) in paths.iter().enumerate() {
            let matches = match *path {
                "" => String::new(),
                "port" => "    match: [{port: 80, uri: {exact: /c}}]\n".to_owned(),
                path => format!("    match: [{{uri: {{prefix: {path}}}}}]\n"),
            };
            let _ = write!(text, "  - name: r{i}\n{matches}");
            let _ = writeln!(text, "    route: [{{destination: {{host: v{at}-http}}}}]");
        }
        text
    });
    let tcp = any::<bool>().prop_map(move |on_port| {
        let matches = if on_port { "    match: [{port: 80}]\n" } else { "" };
        let route = format!("    route: [{{destination: {{host: v{at}-tcp}}}}]\n");
        format!("  tcp:\n  - name: t\n{matches}{route}")
            .replace("  - name: t\n    match", "  - match")
            .replace("  - name: t\n    route", "  - route")
    });
    let names = subsequence(&["a.example.com", "b.example.com", "*.example.com"][..], 1..=2);
    let tls = prop::collection::vec(names, 1..=2).prop_map(move |matches| {
        let mut text = "  tls:\n".to_owned();
        for (i, names) in matches.iter().enumerate() {
            let _ = write!(
                text,
                "  - match: [{{sniHosts: {}}}]\n    route: [{{destination: {{host: v{at}-tls{i}}}}}]\n",
                list(names)
            );
        }
        text
    });
    (
        prop::option::weighted(0.8, http),
        prop::option::weighted(0.6, tcp),
        prop::option::weighted(0.5, tls),
    )
        .prop_map(|(http, tcp, tls)| [http, tcp, tls].into_iter().flatten().collect())
}

/// A VirtualService of some of the Gateways.
fn service(at: usize, gateways: Vec<String>) -> impl Strategy<Value = Object> {
    let count = gateways.len();
    let export = prop_oneof![
        6 => Just(""),
        1 => Just("  exportTo: [\".\"]\n"),
        1 => Just("  exportTo: [edge]\n")
    ];
    let hosts = subsequence(HOSTS, 1..=2);
    (namespace(), subsequence(gateways, 1..=count), hosts, rules(at), export, known()).prop_map(
        move |(namespace, gateways, hosts, rules, export, known)| {
            let gateways: Vec<&str> = gateways.iter().map(String::as_str).collect();
            Object {
                kind: "VirtualService",
                head: head("VirtualService", namespace, &format!("v{at}")),
                spec: format!(
                    "spec:\n  hosts: {}\n  gateways: {}\n{export}{rules}",
                    list(&hosts),
                    list(&gateways)
                ),
                known,
            }
        },
    )
}

/// Manifests with at most five objects, and whether a Service translates both HTTP ports to one.
pub(crate) fn manifests() -> impl Strategy<Value = (Vec<Object>, bool)> {
    let gateways = prop::collection::vec(gateway(), 1..=3);
    let services = gateways.prop_flat_map(|gateways| {
        let mut objects = Vec::new();
        let mut names = Vec::new();
        for (at, (namespace, servers, known)) in gateways.into_iter().enumerate() {
            names.push(format!("{namespace}/g{at}"));
            objects.push(Object {
                kind: "Gateway",
                head: head("Gateway", namespace, &format!("g{at}")),
                spec: format!("spec:\n  selector: {{istio: edge}}\n  servers:\n{servers}"),
                known,
            });
        }
        (Just(objects), Just(names))
    });
    let all = services.prop_flat_map(|(gateways, names)| {
        let most = 5 - if gateways.len() > 1 { gateways.len() } else { 0 };
        let services = (1..=most).prop_flat_map(move |count| {
            (0..count).map(|at| service(at, names.clone())).collect::<Vec<_>>()
        });
        (Just(gateways), services)
    });
    (all, prop::bool::weighted(0.3))
        .prop_map(|((gateways, services), shares)| ([gateways, services].concat(), shares))
}
