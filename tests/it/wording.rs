//! What findings say besides their message: the object, the help, why a check was not made.

use gwctl::finding::{Finding, Severity};

use crate::linting::{Linted, lint};

const GATEWAY: &str = "\
apiVersion: networking.istio.io/v1
kind: Gateway
metadata: {name: public, namespace: infra}
spec:
  selector: {istio: ingressgateway}
  servers:
  - port: {number: 80, name: http, protocol: HTTP}
    hosts: ['*.example.com', '*.example.net']
";

fn virtual_service(name: &str, spec: &str) -> String {
    format!(
        "---\napiVersion: networking.istio.io/v1\nkind: VirtualService\n\
         metadata: {{name: {name}, namespace: shop}}\nspec: {spec}\n"
    )
}

fn run(files: &[String]) -> Linted {
    let name = |at| format!("{at}.yaml");
    let files: Vec<_> =
        files.iter().enumerate().map(|(at, text)| (name(at), text.clone())).collect();
    lint(&files, &[])
}

fn only<'l>(linted: &'l Linted, code: &str) -> &'l Finding {
    let found: Vec<&Finding> =
        linted.findings.iter().filter(|finding| finding.rule.code == code).collect();
    assert_eq!(found.len(), 1, "{:#?}", linted.findings);
    found[0]
}

fn object(finding: &Finding) -> &str {
    finding.subject.object.as_ref().map_or("", |object| object.name.as_str())
}

/// The object of a finding is the one that has its place, of a root and its delegate.
#[test]
fn what_a_delegate_says_is_its_own() {
    let root = "{hosts: [a.example.com], gateways: [infra/public], http: [{match: [{uri: {prefix: /a}}], delegate: {name: d}}]}";
    let faulty = "{http: [{directResponse: {status: 600}}]}";
    let linted =
        run(&[GATEWAY.to_owned() + &virtual_service("root", root) + &virtual_service("d", faulty)]);
    assert_eq!(object(only(&linted, "GW538")), "d");
    let root = root.replace("/a}}]", "/a}, headers: {'@request.auth.claims.group': {}}}]");
    let sound = "{http: [{match: [{uri: {prefix: /a/b}}], directResponse: {status: 200}}]}";
    let linted =
        run(&[GATEWAY.to_owned() + &virtual_service("root", &root) + &virtual_service("d", sound)]);
    assert_eq!(object(only(&linted, "GW538")), "root");
}

#[test]
fn a_delegate_alone_is_used_if_somebody_names_it() {
    let alone = virtual_service("d", "{http: [{route: [{destination: {host: web}}]}]}");
    let linted = run(std::slice::from_ref(&alone));
    let finding = only(&linted, "GW318");
    assert_eq!(finding.severity, Severity::Info);
    assert_eq!(
        finding.message,
        "no VirtualService of the input delegates to `shop/d`: its rules are used only if one that is not in the input does"
    );
    let other = virtual_service(
        "w",
        "{hosts: [a.example.com], gateways: [infra/public], http: [{route: [{destination: {host: web}}]}]}",
    );
    let linted = run(&[alone + &other]);
    let expected = "no VirtualService of the input delegates to `shop/d`: its rules are not used";
    assert_eq!(only(&linted, "GW318").message, expected);
}

#[test]
fn a_wildcard_is_not_what_a_name_is_meant_to_be() {
    let help = |host: &str| {
        let spec = format!(
            "{{hosts: ['{host}'], gateways: [infra/public], http: [{{route: [{{destination: {{host: web}}}}]}}]}}"
        );
        let linted = run(&[GATEWAY.to_owned() + &virtual_service("w", &spec)]);
        only(&linted, "GW304").help.clone().unwrap_or_default()
    };
    assert_eq!(
        help("a.exmple.com"),
        "add `a.exmple.com` to the hosts of a server, or bind a Gateway that has it"
    );
    assert_eq!(
        help("*.exmple.com"),
        "write `*.example.com` if that is what is meant, or add `*.exmple.com` to the hosts of a server"
    );
}

/// Some Services of a namespace are there, and others may come from elsewhere: it is not that there is none.
#[test]
fn a_check_is_skipped_for_what_the_input_does_not_prove() {
    let spec = "{hosts: [a.example.com], gateways: [infra/public], http: [{route: [{destination: {host: gone}}]}]}";
    let written = GATEWAY.to_owned() + &virtual_service("w", spec);
    let service = "apiVersion: v1\nkind: Service\nmetadata: {name: web, namespace: shop}\nspec: {ports: [{port: 80}]}\n";
    let why = |files: &[String]| {
        let skipped = run(files).skipped;
        skipped.into_iter().find(|(code, _)| *code == "GW601").map(|(_, missing)| missing)
    };
    assert_eq!(
        why(std::slice::from_ref(&written)),
        Some(vec!["Service of namespace shop".to_owned()])
    );
    assert_eq!(
        why(&[written, service.to_owned()]),
        Some(vec!["proven complete list of Services of namespace shop".to_owned()])
    );
}
