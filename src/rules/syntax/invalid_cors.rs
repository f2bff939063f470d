//! GW022: a CORS policy that Istio refuses.

use crate::rules::prelude::*;

rule! {
    /// ## What it reports
    /// In a `corsPolicy`, a method that CORS does not know, a text that is not the name of a header, or an empty
    /// origin.
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
    ///   - corsPolicy:
    ///       allowOrigins: [{exact: "https://shop.example.com"}]
    ///       allowMethods: [get]
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
    ///   - corsPolicy:
    ///       allowOrigins: [{exact: "https://shop.example.com"}]
    ///       allowMethods: [GET]
    ///     route: [{destination: {host: web}}]
    /// ```
    INVALID_CORS = "GW022" "invalid-cors", Error, also "IST0106"; verdicts "H-37", "H-38", "H-39", "H-40"
}
