//! GW011: a text that is not a host.

use crate::rules::prelude::*;

rule! {
    /// ## What it reports
    /// A host that is none: with a port, a scheme or a path, with a `*` elsewhere than at the beginning, or with a
    /// number as its last part. This holds for the hosts of Gateways and VirtualServices, for server names, and for
    /// destinations.
    ///
    /// ## Why it matters
    /// Istio refuses the object. What it stands for is not served, or goes on as it was before.
    ///
    /// ## Example
    /// ```yaml
    /// apiVersion: networking.istio.io/v1
    /// kind: VirtualService
    /// metadata: {name: shop, namespace: shop}
    /// spec:
    ///   hosts: ["shop.example.com:8080"]
    ///   gateways: [infra/public]
    ///   http:
    ///   - route: [{destination: {host: web}}]
    /// ```
    ///
    /// ## Instead
    /// Gateways pay no regard to the port of the `Host` header, so a host needs none.
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
    INVALID_HOST = "GW011" "invalid-host", Error, also "IST0106"; verdicts "G-7", "G-8", "G-9", "G-10", "G-11", "G-12", "G-13", "V-12", "H-52", "T-4"
}
