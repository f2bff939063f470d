//! One server with thousands of hosts, most of which nothing meets. Each test would take minutes if a finding looked at all
//! of them.

use std::fmt::Write as _;

use gwctl::finding::Finding;

use crate::linting::lint;

const HOSTS: usize = 6_000;

/// What a rule finds where a server has `hosts`, and a VirtualService of namespace `shop` wants others.
fn found(
    code: &str,
    server: &str,
    hosts: impl Fn(usize) -> String,
    wanted: impl Fn(usize) -> String,
) -> Vec<Finding> {
    let mut text = format!(
        "apiVersion: networking.istio.io/v1\nkind: Gateway\nmetadata: {{name: public, namespace: infra}}\nspec:\n  \
         selector: {{istio: ingressgateway}}\n  servers:\n{server}    hosts:\n"
    );
    let _ = (0..HOSTS).try_for_each(|at| writeln!(text, "    - \"{}\"", hosts(at)));
    text.push_str(
        "---\napiVersion: networking.istio.io/v1\nkind: VirtualService\nmetadata: {name: shop, namespace: shop}\nspec:\n  \
         gateways: [infra/public]\n  http:\n  - route: [{destination: {host: web}}]\n  hosts:\n",
    );
    let _ = (0..HOSTS / 2).try_for_each(|at| writeln!(text, "  - {}", wanted(at)));
    let all = lint(&[("all.yaml".to_owned(), text)], &[]).findings;
    all.into_iter().filter(|finding| finding.rule.code == code).collect()
}

const HTTP: &str = "  - port: {number: 80, name: http, protocol: HTTP}\n";

#[test]
fn hosts_that_no_server_accepts() {
    let host = |at: usize| format!("shop-{at}.example.com");
    let other = |at: usize| format!("shop-{at}.example.org");
    let findings = found("GW304", HTTP, host, other);
    assert_eq!(findings.len(), HOSTS / 2);
    let help = |at: usize| findings[at].help.clone().unwrap_or_default();
    let of = |text: &str| findings[1].labels.iter().any(|label| label.message.contains(text));
    assert!(of("and 5996 more on port 80"), "{:?}", findings[1]);
    assert!(help(1).starts_with("write `shop-1.example.com` if"), "{}", help(1));
    // So many comparisons are not worth the time.
    let last = HOSTS / 2 - 1;
    assert!(help(last).starts_with("add `shop-2999.example.org` to the hosts"), "{}", help(last));
}

#[test]
fn hosts_that_differ_by_letter_case() {
    let host = |at: usize| format!("shop-{at}.example.com");
    let findings = found("GW322", HTTP, host, |at| host(at).to_uppercase());
    assert_eq!(findings.len(), HOSTS / 2);
}

#[test]
fn hosts_that_are_kept_for_another_namespace() {
    let host = |at: usize| format!("shop-{at}.example.com");
    let findings = found("GW307", HTTP, |at| format!("other/{}", host(at)), host);
    assert_eq!(findings.len(), HOSTS / 2);
    assert!(findings[9].message.contains("only for namespace `other`, not for `shop`"));
}

#[test]
fn a_host_that_is_kept_for_thousands_of_namespaces() {
    let findings = found(
        "GW307",
        HTTP,
        |at| format!("ns-{at}/*.example.com"),
        |at| format!("shop-{at}.example.{}", if at < 10 { "com" } else { "org" }),
    );
    assert_eq!(findings.len(), 10);
    let text = "only for namespace `ns-0`, `ns-1`, `ns-2`, `ns-3` and 997 more at least, not for";
    assert!(findings[9].message.contains(text), "{}", findings[9].message);
}

#[test]
fn hosts_of_a_server_with_tls() {
    let server = "  - port: {number: 443, name: https, protocol: HTTPS}\n    tls: {mode: SIMPLE, credentialName: shop}\n    \
                  hosts: [\"shop-9.example.com\"]\n  - port: {number: 443, name: wide, protocol: HTTPS}\n    \
                  tls: {mode: SIMPLE, credentialName: shop}\n";
    let host = |at: usize| format!("shop-{}.example.com", at + 10);
    assert_eq!(found("GW404", server, host, host).len(), 0);
}
