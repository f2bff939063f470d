//! GW034: a condition that Istio refuses.

use crate::rules::prelude::*;

rule! {
    /// ## What it reports
    /// A condition that Istio refuses: an empty prefix of something else than the path, a text that is not the name of
    /// a header, a network that is none.
    ///
    /// ## Why it matters
    /// Istio refuses the object.
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
    ///   - match: [{headers: {x-beta: {prefix: ""}}}]
    ///     route: [{destination: {host: web}}]
    /// ```
    ///
    /// ## Instead
    /// `{}` asks that the header is there.
    /// ```yaml
    /// apiVersion: networking.istio.io/v1
    /// kind: VirtualService
    /// metadata: {name: shop, namespace: shop}
    /// spec:
    ///   hosts: [shop.example.com]
    ///   gateways: [infra/public]
    ///   http:
    ///   - match: [{headers: {x-beta: {}}}]
    ///     route: [{destination: {host: web}}]
    /// ```
    INVALID_MATCH = "GW034" "invalid-match", Error, also "IST0106"; verdicts "H-14", "C-24", "T-7", "P-2"
}
