//! GW020: retries that Istio refuses.

use crate::rules::prelude::*;

rule! {
    /// ## What it reports
    /// Retries with a negative number of attempts, retries that are configured and have no `attempts`, and a word in
    /// `retryOn` that Istio does not know. A blank after a comma is part of the word.
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
    ///   - retries: {attempts: 2, retryOn: "5xx, reset"}
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
    ///   - retries: {attempts: 2, retryOn: "5xx,reset"}
    ///     route: [{destination: {host: web}}]
    /// ```
    INVALID_RETRY = "GW020" "invalid-retry", Error, also "IST0106"; verdicts "H-69", "H-70", "H-72"
}
