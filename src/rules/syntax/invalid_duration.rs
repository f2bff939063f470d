//! GW013: a duration that Istio refuses.

use crate::rules::prelude::*;

rule! {
    /// ## What it reports
    /// A duration below a millisecond, or with a part of a millisecond; in `corsPolicy.maxAge` one with a part of a
    /// second.
    ///
    /// ## Why it matters
    /// Istio refuses the object, and the API server too what is below a millisecond. `0s` does not mean "no limit".
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
    ///   - timeout: 0s
    ///     route: [{destination: {host: web}}]
    /// ```
    ///
    /// ## Instead
    /// Without `timeout` there is no limit.
    /// ```yaml
    /// apiVersion: networking.istio.io/v1
    /// kind: VirtualService
    /// metadata: {name: shop, namespace: shop}
    /// spec:
    ///   hosts: [shop.example.com]
    ///   gateways: [infra/public]
    ///   http:
    ///   - route: [{destination: {host: web}}]
    /// ```
    INVALID_DURATION = "GW013" "invalid-duration", Error, also "IST0106"; verdicts "short-duration", "C-12", "H-42"
}
