//! GW014: a text that is not a regular expression.

use crate::rules::prelude::*;

rule! {
    /// ## What it reports
    /// A regular expression that is empty, longer than 1024 bytes, or not one of the syntax that Istio and Envoy share
    /// (RE2): look-around and references to groups are none of it.
    ///
    /// ## Why it matters
    /// Istio refuses the object. Where its webhook is not in the way, Envoy refuses all routes of the port: every host
    /// of it keeps its old routes, and new proxies have none.
    ///
    /// ## Example
    /// ```yaml
    /// apiVersion: networking.istio.io/v1
    /// kind: VirtualService
    /// metadata: {name: shop, namespace: shop}
    /// spec:
    ///   hosts: [shop.example.com]
    ///   gateways: [infra/public]
    ///   http:
    ///   - match: [{uri: {regex: "/api/(?!admin).*"}}]
    ///     route: [{destination: {host: web}}]
    /// ```
    ///
    /// ## Instead
    /// Say in rules of their own what an expression cannot.
    /// ```yaml
    /// apiVersion: networking.istio.io/v1
    /// kind: VirtualService
    /// metadata: {name: shop, namespace: shop}
    /// spec:
    ///   hosts: [shop.example.com]
    ///   gateways: [infra/public]
    ///   http:
    ///   - match: [{uri: {prefix: /api/admin}}]
    ///     directResponse: {status: 404}
    ///   - match: [{uri: {prefix: /api/}}]
    ///     route: [{destination: {host: web}}]
    /// ```
    INVALID_REGEX = "GW014" "invalid-regex", Error, also "IST0106"; verdicts "C-25"
}
