//! GW015: weights that Istio refuses.

use crate::rules::prelude::*;

rule! {
    /// ## What it reports
    /// A negative weight, and several destinations whose weights sum to 0. A weight that is absent counts as 0.
    ///
    /// ## Why it matters
    /// Istio refuses the object: no destination would get a request.
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
    ///   - route:
    ///     - destination: {host: web}
    ///     - destination: {host: web-next}
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
    ///   - route:
    ///     - destination: {host: web}
    ///       weight: 90
    ///     - destination: {host: web-next}
    ///       weight: 10
    /// ```
    INVALID_WEIGHT = "GW015" "invalid-weight", Error, also "IST0106"; verdicts "H-82", "H-83", "T-13", "T-14", "P-8", "P-9"
}
