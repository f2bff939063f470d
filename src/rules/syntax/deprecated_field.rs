//! GW027: a field that has a successor.

use crate::rules::prelude::*;

rule! {
    /// ## What it reports
    /// A field that still works and has a successor: `mirrorPercent`, `fault.delay.percent`, `corsPolicy.allowOrigin`,
    /// and `consecutiveErrors` and `minimumRingSize` of DestinationRules.
    ///
    /// ## Why it matters
    /// The successor can do more, and the old field may go.
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
    ///   - route: [{destination: {host: web}}]
    ///     mirror: {host: web-next}
    ///     mirrorPercent: 10
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
    ///   - route: [{destination: {host: web}}]
    ///     mirror: {host: web-next}
    ///     mirrorPercentage: {value: 10}
    /// ```
    DEPRECATED_FIELD = "GW027" "deprecated-field", Warning, also "IST0002", "IST0133"; verdicts "deprecated", "H-34", "D-18", "D-40"
}
