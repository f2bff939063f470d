//! GW031: a warning of Istio that is not right.

use crate::rules::prelude::*;

rule! {
    /// ## What it reports
    /// A rule or condition that Istio warns of as ineffective or never used, although requests reach it. Where one is
    /// known, the message names it.
    ///
    /// ## Why it matters
    /// Istio's test compares prefixes of paths and looks at conditions of headers and hosts the wrong way round; it
    /// pays no regard to gateways, and takes a rule that delegates for one that takes everything. Such a warning can be
    /// ignored. It is told here, as an information, because `kubectl apply` shows it.
    ///
    /// ## Example
    /// ```yaml
    /// apiVersion: networking.istio.io/v1
    /// kind: VirtualService
    /// metadata: {name: shop, namespace: shop}
    /// spec:
    ///   hosts: [shop.example.com, old.example.com]
    ///   gateways: [infra/public]
    ///   http:
    ///   - match: [{uri: {prefix: /api}, authority: {exact: old.example.com}}]
    ///     route: [{destination: {host: old}}]
    ///   - match: [{uri: {prefix: /api/v2}}]
    ///     route: [{destination: {host: web}}]
    /// ```
    ///
    /// ## Instead
    /// Nothing needs to be done. Where the order does not matter, the narrower condition may come first, which silences
    /// Istio.
    /// ```yaml
    /// apiVersion: networking.istio.io/v1
    /// kind: VirtualService
    /// metadata: {name: shop, namespace: shop}
    /// spec:
    ///   hosts: [shop.example.com, old.example.com]
    ///   gateways: [infra/public]
    ///   http:
    ///   - match: [{uri: {prefix: /api/v2}}]
    ///     route: [{destination: {host: web}}]
    ///   - match: [{uri: {prefix: /api}, authority: {exact: old.example.com}}]
    ///     route: [{destination: {host: old}}]
    /// ```
    ISTIO_INEFFECTIVE_MATCH = "GW031" "istio-ineffective-match", Info, also "~IST0131"; verdicts "ineffective"
}
