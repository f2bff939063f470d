//! GW310: the host `*` for the mesh.

use crate::rules::prelude::*;

rule! {
    /// ## What it reports
    /// The host `*` in a VirtualService that is bound to the mesh, which it is without `gateways`.
    ///
    /// ## Why it matters
    /// Istio refuses the object: it would hold for every request of every workload.
    ///
    /// ## Example
    /// ```yaml
    /// apiVersion: networking.istio.io/v1
    /// kind: VirtualService
    /// metadata: {name: shop, namespace: shop}
    /// spec:
    ///   hosts: ["*"]
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
    ///   hosts: ["*"]
    ///   gateways: [infra/public]
    ///   http:
    ///   - route: [{destination: {host: web}}]
    /// ```
    WILDCARD_ON_MESH = "GW310" "wildcard-on-mesh", Error, also "IST0106"; verdicts "V-13"
}
