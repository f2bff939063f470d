//! GW018: a redirect that Istio refuses.

use crate::rules::prelude::*;

rule! {
    /// ## What it reports
    /// A redirect that changes nothing, has both `uri` and `prefixRewrite`, has `prefixRewrite` without conditions on a
    /// prefix, a scheme other than `http` and `https`, or a code that is not one of a redirect.
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
    ///   - redirect: {scheme: HTTPS}
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
    ///   - redirect: {scheme: https}
    /// ```
    INVALID_REDIRECT = "GW018" "invalid-redirect", Error, also "IST0106"; verdicts "H-60", "H-61", "H-62", "H-63", "H-64", "H-65"
}
