//! GW025: a DestinationRule that Istio does not take.

use crate::rules::prelude::*;

rule! {
    /// ## What it reports
    /// What Istio's validator has against a DestinationRule: fields that exclude each other, numbers out of range, subsets
    /// without a proper name or with the same one, localities that overlap or whose shares do not sum up to 100, TLS settings
    /// that contradict each other. Failover without `outlierDetection` is a warning, since no endpoint ever fails over.
    ///
    /// ## Why it matters
    /// Istio's webhook rejects the object, and the policy does not hold. Warnings that Istio computes for subsets and single
    /// ports, and loses, are told as well.
    ///
    /// ## Example
    /// ```yaml
    /// apiVersion: networking.istio.io/v1
    /// kind: DestinationRule
    /// metadata: {name: web, namespace: shop}
    /// spec:
    ///   host: web.shop.svc.cluster.local
    ///   trafficPolicy:
    ///     tls: {mode: MUTUAL, caCertificates: /etc/certs/ca.pem}
    /// ```
    ///
    /// ## Instead
    /// ```yaml
    /// apiVersion: networking.istio.io/v1
    /// kind: DestinationRule
    /// metadata: {name: web, namespace: shop}
    /// spec:
    ///   host: web.shop.svc.cluster.local
    ///   trafficPolicy:
    ///     tls: {mode: MUTUAL, credentialName: web-client}
    /// ```
    INVALID_DESTINATION_RULE = "GW025" "invalid-destination-rule", Error, also "IST0106"; verdicts "D-1", "D-3", "D-5", "D-6", "D-8", "D-9", "D-10", "D-11", "D-12", "D-13", "D-14", "D-15", "D-16", "D-19", "D-21", "D-22", "D-23", "D-24", "D-25", "D-26", "D-27", "D-29", "D-30", "D-31", "D-32", "D-33", "D-39", "D-41", "D-42", "D-43", "D-44", "D-45", "D-46", "D-47", "D-48", "D-49", "D-50", "D-51", "D-52", "D-53", "D-54", "D-55", "D-56", "D-57", "D-60", "D-61", "D-62", "D-63", "D-64", "D-65", "D-66", "D-67", "D-69", "D-70"
}
