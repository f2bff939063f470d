//! GW016: a header operation that Istio refuses.

use crate::rules::prelude::*;

rule! {
    /// ## What it reports
    /// A header operation without a name, on a name that cannot be changed (`:path`, the `host` of a response), with a
    /// value whose `%` variables do not end, and an authority that is set twice.
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
    ///   - headers: {request: {set: {x-load: "50%"}}}
    ///     route: [{destination: {host: web}}]
    /// ```
    ///
    /// ## Instead
    /// `%%` is a percent sign. The host of a request is changed by `rewrite.authority`.
    /// ```yaml
    /// apiVersion: networking.istio.io/v1
    /// kind: VirtualService
    /// metadata: {name: shop, namespace: shop}
    /// spec:
    ///   hosts: [shop.example.com]
    ///   gateways: [infra/public]
    ///   http:
    ///   - headers: {request: {set: {x-load: "50%%"}}}
    ///     route: [{destination: {host: web}}]
    /// ```
    INVALID_HEADER_OPERATION = "GW016" "invalid-header-operation", Error, also "IST0106"; verdicts "H-26", "H-27", "H-28", "H-29", "H-30", "H-31", "H-32"
}
