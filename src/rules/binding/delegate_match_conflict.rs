//! GW316: a delegate's rule that no request reaches below the rule that delegates.

use crate::istio::virtual_service::{HttpMatch, HttpRoute};
use crate::mesh::{ObjectRef, Part, UnsplicedReason};
use crate::rules::delegates::{Delegation, delegations};
use crate::rules::prelude::*;
use crate::text::Span;

rule! {
    /// ## What it reports
    /// A rule of a delegate with a match that istiod cannot combine with any match of the rule that delegates: a prefix
    /// that does not extend the root's, another exact value, a regular expression on either side, `ignoreUriCase` on
    /// one of them alone, another port, other labels, or a Gateway that the root's match does not name.
    ///
    /// ## Why it matters
    /// istiod leaves out the whole rule of the delegate, with its other matches, and reports nothing. If that was the
    /// delegate's only rule, the rule that delegates is gone, too.
    ///
    /// ## Example
    /// ```yaml
    /// apiVersion: networking.istio.io/v1
    /// kind: Gateway
    /// metadata: {name: public, namespace: infra}
    /// spec:
    ///   selector: {istio: ingressgateway}
    ///   servers:
    ///   - port: {number: 80, name: http, protocol: HTTP}
    ///     hosts: ["*.example.com"]
    /// ---
    /// apiVersion: networking.istio.io/v1
    /// kind: VirtualService
    /// metadata: {name: shop, namespace: shop}
    /// spec:
    ///   hosts: [shop.example.com]
    ///   gateways: [infra/public]
    ///   http:
    ///   - match: [{uri: {prefix: /pay}}]
    ///     delegate: {name: pay, namespace: pay}
    ///   - route: [{destination: {host: web}}]
    /// ---
    /// apiVersion: networking.istio.io/v1
    /// kind: VirtualService
    /// metadata: {name: pay, namespace: pay}
    /// spec:
    ///   http:
    ///   - match: [{uri: {prefix: /refund}}]
    ///     route: [{destination: {host: pay}}]
    /// ```
    ///
    /// ## Instead
    /// Narrow the root's match:
    /// ```yaml
    /// apiVersion: networking.istio.io/v1
    /// kind: Gateway
    /// metadata: {name: public, namespace: infra}
    /// spec:
    ///   selector: {istio: ingressgateway}
    ///   servers:
    ///   - port: {number: 80, name: http, protocol: HTTP}
    ///     hosts: ["*.example.com"]
    /// ---
    /// apiVersion: networking.istio.io/v1
    /// kind: VirtualService
    /// metadata: {name: shop, namespace: shop}
    /// spec:
    ///   hosts: [shop.example.com]
    ///   gateways: [infra/public]
    ///   http:
    ///   - match: [{uri: {prefix: /pay}}]
    ///     delegate: {name: pay, namespace: pay}
    ///   - route: [{destination: {host: web}}]
    /// ---
    /// apiVersion: networking.istio.io/v1
    /// kind: VirtualService
    /// metadata: {name: pay, namespace: pay}
    /// spec:
    ///   http:
    ///   - match: [{uri: {prefix: /pay/refund}}]
    ///     route: [{destination: {host: pay}}]
    /// ```
    DELEGATE_MATCH_CONFLICT = "GW316" "delegate-match-conflict", Error;
}

fn check(world: &World<'_>, out: &mut Findings) {
    for delegation in delegations(world) {
        let UnsplicedReason::Conflict { at, field } = delegation.lost.reason else { continue };
        let Some(leaf) = leaf(world, &delegation) else { continue };
        let Some(wanted) = leaf.matches.get(at as usize) else { continue };
        let Some(root) = delegation.rule.matches.last() else { continue };
        let message = format!(
            "`{field}` contradicts the match of `{}` that delegates here: the rule is left out",
            delegation.root.key
        );
        let subject = world.subject(delegation.lost.what.object);
        let span = field_span(wanted, field).unwrap_or(wanted.span);
        let report = out.report(&DELEGATE_MATCH_CONFLICT, subject, span, message);
        report
            .here("cannot be combined")
            .label(field_span(root, field).unwrap_or(root.span), "with the match that delegates")
            .help(help(field));
        let rule = world.unless_reached(delegation.lost.what);
        delegation.tell(world, report, rule);
    }
}

/// The delegate's rule as written.
fn leaf<'a>(world: &World<'a>, delegation: &Delegation<'_>) -> Option<&'a HttpRoute> {
    let ObjectRef::VirtualService(index) = delegation.lost.what.object else { return None };
    let Part::Http(rule) = delegation.lost.what.part else { return None };
    let object = &world.mesh.store.virtual_services[index as usize];
    object.spec.http.get(rule as usize).map(|rule| &**rule)
}

/// Where a match has a field.
fn field_span(wanted: &HttpMatch, field: &str) -> Option<Span> {
    let text = |text: &crate::istio::virtual_service::StringMatch| text.span;
    match field {
        "uri" => wanted.uri.as_ref().map(text),
        "scheme" => wanted.scheme.as_deref().map(text),
        "method" => wanted.method.as_deref().map(text),
        "authority" => wanted.authority.as_deref().map(text),
        "headers" => wanted.headers.iter().next().map(|(key, _)| key.span),
        "withoutHeaders" => wanted.without_headers.iter().next().map(|(key, _)| key.span),
        "queryParams" => wanted.query_params.iter().next().map(|(key, _)| key.span),
        "ignoreUriCase" => wanted.ignore_uri_case.map(|ignore| ignore.span),
        "port" => wanted.port.map(|port| port.span),
        "sourceNamespace" => wanted.source_namespace.as_ref().map(|name| name.span),
        "sourceLabels" => wanted.source_labels.iter().next().map(|(key, _)| key.span),
        "gateways" => wanted.gateways.first().map(|name| name.span),
        _ => None,
    }
}

fn help(field: &str) -> &'static str {
    match field {
        "uri" | "scheme" | "method" | "authority" | "headers" | "withoutHeaders"
        | "queryParams" => {
            "repeat an exact value, extend a prefix, or leave one of the two out; regular expressions never combine"
        }
        "ignoreUriCase" => "set it in both matches or in none",
        _ => "repeat what the match that delegates says, or leave it out",
    }
}
