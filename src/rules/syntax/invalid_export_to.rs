//! GW023: an `exportTo` that Istio refuses.

use crate::rules::prelude::*;

rule! {
    /// ## What it reports
    /// In `exportTo`, a namespace that stands twice (`.` is the own one), `*` with others, `~` elsewhere than in a
    /// ServiceEntry, a text that is not a namespace, and another namespace than the own one in a DestinationRule with a
    /// selector.
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
    ///   exportTo: [infra, infra]
    ///   http:
    ///   - route: [{destination: {host: web}}]
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
    ///   exportTo: [infra]
    ///   http:
    ///   - route: [{destination: {host: web}}]
    /// ```
    INVALID_EXPORT_TO = "GW023" "invalid-export-to", Error, also "IST0106"; verdicts "X-1", "X-2", "X-3", "X-4", "X-5", "X-6", "X-7", "X-8"
}
