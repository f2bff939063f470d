//! GW808: a suppression that does not say why.

use crate::finding::{Finding, Subject};
use crate::rules::prelude::*;
use crate::text::Span;

rule! {
    /// ## What it reports
    /// A comment that suppresses findings and gives no reason. This rule is off unless it is selected.
    ///
    /// ## Why it matters
    /// Whoever reads it later cannot tell whether it still holds.
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
    ///   - blog.example.org  # gwctl: ignore[host-partly-unbound]
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
    /// Say why, behind the brackets.
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
    SUPPRESSION_WITHOUT_REASON = "GW808" "suppression-without-reason", Info, off by default; without check
}

/// The finding for a suppression without a reason.
pub fn suppression_without_reason(subject: Subject, span: Span) -> Finding {
    let message = "the suppression gives no reason";
    Finding::new(&SUPPRESSION_WITHOUT_REASON, subject, span, message)
        .help("say why, behind the brackets")
}
