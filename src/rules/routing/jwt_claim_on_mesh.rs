//! GW535: a claim of a token on the mesh.

use crate::rules::prelude::*;

rule! {
    /// ## What it reports
    /// A condition on a claim of a token (`@request.auth.claims`) in a VirtualService that is bound to the mesh, which
    /// it is without `gateways`, too.
    ///
    /// ## Why it matters
    /// Istio refuses the object: claims are known on gateways alone.
    ///
    /// ## Example
    /// ```yaml
    /// apiVersion: networking.istio.io/v1
    /// kind: VirtualService
    /// metadata: {name: shop, namespace: shop}
    /// spec:
    ///   hosts: [shop.example.com]
    ///   gateways: [infra/public, mesh]
    ///   http:
    ///   - match: [{headers: {"@request.auth.claims.group": {exact: beta}}}]
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
    ///   - match: [{headers: {"@request.auth.claims.group": {exact: beta}}}]
    ///     route: [{destination: {host: web}}]
    /// ```
    JWT_CLAIM_ON_MESH = "GW535" "jwt-claim-on-mesh", Error, also "IST0106"; verdicts "V-11"
}
