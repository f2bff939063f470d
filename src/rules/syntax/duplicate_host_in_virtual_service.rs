//! GW029: hosts of which one covers the other.

use crate::rules::prelude::*;

rule! {
    /// ## What it reports
    /// Two hosts of a VirtualService of which one covers the other: the same text twice, or a wildcard and a name below
    /// it.
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
    ///   hosts: ["*.example.com", shop.example.com]
    ///   gateways: [infra/public]
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
    ///   hosts: ["*.example.com"]
    ///   gateways: [infra/public]
    ///   http:
    ///   - route: [{destination: {host: web}}]
    /// ```
    DUPLICATE_HOST_IN_VIRTUAL_SERVICE = "GW029" "duplicate-host-in-virtual-service", Error, also "IST0106"; verdicts "V-14"
}
