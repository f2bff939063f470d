//! GW501: a rule behind one that takes everything.

use crate::rules::prelude::*;

rule! {
    /// ## What it reports
    /// A rule behind one without `match`, which takes every request.
    ///
    /// ## Why it matters
    /// The rule is never reached, and istiod leaves it out.
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
    ///   - route: [{destination: {host: web}}]
    ///   - match: [{uri: {prefix: /api}}]
    ///     route: [{destination: {host: api}}]
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
    ///   - match: [{uri: {prefix: /api}}]
    ///     route: [{destination: {host: api}}]
    ///   - route: [{destination: {host: web}}]
    /// ```
    ROUTE_AFTER_CATCH_ALL = "GW501" "route-after-catch-all", Warning, also "IST0130"; verdicts "U-1", "U-2"
}
