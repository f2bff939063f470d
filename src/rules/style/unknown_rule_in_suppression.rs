//! GW813: a suppression that cannot be understood.

use crate::finding::{Finding, Subject};
use crate::rules::prelude::*;
use crate::suppression::Flaw;
use crate::text::Span;

rule! {
    /// ## What it reports
    /// A suppression that names a rule that does not exist, or none at all, or that is spelled wrong: a comment
    /// `# gwctl: ...` that begins with neither `ignore` nor `ignore-file`, and a day at the place of `until 2026-12-31` that
    /// has no `until`, or nearly one.
    ///
    /// ## Why it matters
    /// It suppresses nothing, against what it says; with such a day it would do so for ever.
    ///
    /// ## Example
    /// ```yaml
    /// apiVersion: networking.istio.io/v1
    /// kind: VirtualService
    /// metadata:
    ///   name: shop
    ///   namespace: shop
    /// spec:
    ///   hosts:
    ///   - shop.example.com
    ///   - blog.example.org  # gwctl: ignore[host-partly-unbuond] bound by the platform team
    ///   gateways: [infra/public]
    ///   http:
    ///   - route: [{destination: {host: web}}]
    /// ---
    /// apiVersion: networking.istio.io/v1
    /// kind: Gateway
    /// metadata:
    ///   name: public
    ///   namespace: infra
    /// spec:
    ///   selector:
    ///     istio: ingressgateway
    ///   servers:
    ///   - port: {number: 80, name: http, protocol: HTTP}
    ///     hosts: ["*.example.com"]
    /// ```
    ///
    /// ## Instead
    /// Name rules by code, name, category or prefix, as `gwctl rules` lists them.
    /// ```yaml
    /// apiVersion: networking.istio.io/v1
    /// kind: VirtualService
    /// metadata:
    ///   name: shop
    ///   namespace: shop
    /// spec:
    ///   hosts:
    ///   - shop.example.com
    ///   - blog.example.org  # gwctl: ignore[host-partly-unbound] bound by the platform team
    ///   gateways: [infra/public]
    ///   http:
    ///   - route: [{destination: {host: web}}]
    /// ---
    /// apiVersion: networking.istio.io/v1
    /// kind: Gateway
    /// metadata:
    ///   name: public
    ///   namespace: infra
    /// spec:
    ///   selector:
    ///     istio: ingressgateway
    ///   servers:
    ///   - port: {number: 80, name: http, protocol: HTTP}
    ///     hosts: ["*.example.com"]
    /// ```
    UNKNOWN_RULE_IN_SUPPRESSION = "GW813" "unknown-rule-in-suppression", Warning; without check
}

/// The finding for a word that means no rule; `near` is one that does.
pub fn unknown_in_suppression(
    subject: Subject,
    span: Span,
    word: &str,
    near: Option<&str>,
) -> Finding {
    let message = format!("the suppression names an unknown rule, `{word}`");
    let finding = Finding::new(&UNKNOWN_RULE_IN_SUPPRESSION, subject, span, message);
    match near {
        Some(near) => finding.help(format!("did you mean `{near}`?")),
        None => finding.help("`gwctl rules` lists all rules"),
    }
}

/// The finding for a suppression that cannot be understood.
pub fn bad_suppression(subject: Subject, span: Span, flaw: &Flaw) -> Finding {
    Finding::new(&UNKNOWN_RULE_IN_SUPPRESSION, subject, span, flaw.message.clone())
        .help(flaw.help.clone())
}
