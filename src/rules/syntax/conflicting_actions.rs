//! GW017: actions that exclude each other.

use crate::rules::prelude::*;

rule! {
    /// ## What it reports
    /// Actions that exclude each other in one rule: `redirect` or `directResponse` with `route`, `rewrite` or `fault`,
    /// `delegate` with `route` or `redirect`, `mirror` with `mirrors`, `uri` with `uriRegexRewrite`.
    ///
    /// ## Why it matters
    /// Istio refuses the object, as nobody can tell which of the two is meant.
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
    ///   - redirect: {scheme: https}
    ///     route: [{destination: {host: web}}]
    /// ```
    ///
    /// ## Instead
    /// ```yaml
    /// apiVersion: networking.istio.io/v1
    /// kind: VirtualService
    /// metadata: {name: shop, namespace: shop}
    /// spec:
    ///   hosts: [shop.example.com]
    ///   gateways: [infra/public]
    ///   http:
    ///   - redirect: {scheme: https}
    /// ```
    CONFLICTING_ACTIONS = "GW017" "conflicting-actions", Error, also "IST0106"; verdicts "H-1", "H-2", "H-4", "H-5", "H-6", "H-7", "H-8", "H-9", "H-10", "H-12", "H-74"
}
