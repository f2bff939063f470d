//! What is written and has no part, as it is refused or cannot be read: which checks are not made for it, and why.

use crate::config::{Run, findings, folder, gwctl};

const GATEWAY: &str = "\
apiVersion: networking.istio.io/v1
kind: Gateway
metadata: {name: public, namespace: infra}
spec:
  selector: {istio: ingressgateway}
  servers:
  - port: {number: 80, name: http, protocol: HTTP}
    hosts: [shop.example.com]
  - port: {number: 8080, name: http-pay, protocol: HTTP}
    hosts: [pay.example.com]
  - port: {number: 8443, name: tls, protocol: TLS}
    hosts: [db.example.com]
    tls: {mode: PASSTHROUGH}
---
apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: {name: shop, namespace: shop}
spec:
  hosts: [shop.example.com]
  gateways: [infra/public]
  http: [{route: [{destination: {host: web}}]}]
";

/// A VirtualService that Istio refuses for its weights.
const REFUSED: &str = "\
apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: {name: blog, namespace: shop}
spec:
  hosts: [HOST]
  gateways: [GATEWAY]
  http: [{route: [{destination: {host: a}, weight: -1}]}]
";

/// Runs GW112 and GW217 on these files, with what is skipped.
fn unserved(name: &str, files: &[(&str, &str)]) -> (Vec<String>, Run) {
    let folder = folder(&format!("unread-{name}"), files);
    let run = gwctl(&folder, "lint -v -o concise --select GW112,GW217 .", &[]);
    let found = run.out.lines().map(|line| {
        let code = line.split(['[', ']']).nth(1).unwrap_or_default();
        format!("{code} {}", line.split('`').nth(1).unwrap_or_default())
    });
    (found.collect(), run)
}

#[test]
fn what_is_refused_is_in_the_way_where_it_has_the_host_alone() {
    let (pay, db) = ("GW112 pay.example.com", "GW217 db.example.com");
    for (at, (host, gateway, expected)) in [
        ("blog.example.com", "infra/public", vec![pay, db]),
        ("pay.example.com", "infra/public", vec![db]),
        ("Pay.example.com", "infra/public", vec![db]),
        ("\"*.example.com\"", "infra/public", vec![]),
        ("pay.example.com", "infra/other", vec![pay, db]),
        ("pay.example.com", "mesh", vec![pay, db]),
        // The host is what is wrong.
        ("blog_example.com/a", "infra/public", vec![]),
    ]
    .into_iter()
    .enumerate()
    {
        let refused = REFUSED.replace("HOST", host).replace("GATEWAY", gateway);
        let files = [("gateway.yaml", GATEWAY), ("blog.yaml", refused.as_str())];
        let (found, run) = unserved(&format!("refused-{at}"), &files);
        assert_eq!(found, expected, "{host} {gateway}: {}", run.err);
        for (rule, finding) in [("GW112", pay), ("GW217", db)] {
            let skipped =
                format!("1 check of {rule} skipped: VirtualService `shop/blog` is refused\n");
            assert_eq!(run.err.contains(&skipped), !expected.contains(&finding), "{}", run.err);
        }
    }
}

#[test]
fn what_cannot_be_decoded_or_parsed_may_have_any_host() {
    let undecodable = REFUSED.replace("weight: -1", "weight: {}");
    let broken = REFUSED.replace("HOST]", "HOST");
    for (at, (text, why)) in [
        (undecodable, "VirtualService `shop/blog` cannot be read"),
        (broken, "documents that cannot be read may hold the VirtualService"),
    ]
    .into_iter()
    .enumerate()
    {
        let files = [("gateway.yaml", GATEWAY), ("blog.yaml", text.as_str())];
        let (found, run) = unserved(&format!("undecodable-{at}"), &files);
        assert_eq!(found, [""; 0], "{}", run.err);
        assert!(run.err.contains(&format!("1 check of GW217 skipped: {why}\n")), "{}", run.err);
    }
}

#[test]
fn a_broken_gateway_keeps_checks_from_being_made_and_that_is_said() {
    let shop = GATEWAY.replace("[infra/public]", "[public]");
    let broken =
        "apiVersion: networking.istio.io/v1\nkind: Gateway\nmetadata: {name: x\nspec: [}\n";
    let other = broken.replace("Gateway", "VirtualService");
    let json = "{\"apiVersion\": \"networking.istio.io/v1\", \"kind\": \"Gateway\", \"spec\": [";
    let why = "documents that cannot be read may hold the Gateway\n";
    for (at, (text, is_found)) in
        [(String::new(), true), (broken.to_owned(), false), (other, true), (json.to_owned(), false)]
            .into_iter()
            .enumerate()
    {
        let files = [("shop.yaml", shop.as_str()), ("broken.yaml", text.as_str())];
        let folder = folder(&format!("unread-gateway-{at}"), &files);
        let run = gwctl(&folder, "lint -v -o concise --select GW301,GW302 .", &[]);
        let expected: &[&str] = if is_found { &["shop.yaml error[GW302]"] } else { &[] };
        assert_eq!(findings(&run), expected, "{text}{}", run.err);
        let skipped = run.err.contains(&format!("1 check of GW302 skipped: {why}"));
        assert_eq!(skipped, !is_found, "{}", run.err);
        let wrong = format!("GW301 skipped: {why}");
        assert_eq!(run.err.contains(&wrong), !is_found, "{}", run.err);
    }
}

#[test]
fn lists_of_checks_that_were_not_made_say_why_in_json() {
    let refused = REFUSED.replace("HOST", "pay.example.com").replace("GATEWAY", "infra/public");
    let folder = folder("unread-json", &[("gateway.yaml", GATEWAY), ("blog.yaml", &refused)]);
    let run = gwctl(&folder, "lint -o json --select GW112 .", &[]);
    let json: serde_json::Value = serde_json::from_str(&run.out).expect("JSON");
    let skipped = &json["summary"]["skipped"];
    let unread = "VirtualService `shop/blog` is refused";
    let expected =
        serde_json::json!([{"rule": "GW112", "checks": 1, "missing": [], "unread": [unread]}]);
    assert_eq!(*skipped, expected, "{}", run.out);
}
