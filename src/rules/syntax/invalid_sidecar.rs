//! GW036: Sidecars that Istio refuses or warns of.

use crate::rules::prelude::*;

rule! {
    /// ## What it reports
    /// A Sidecar with an invalid selector, port, host, endpoint or `egressProxy`, one that is empty, and hosts of
    /// egress listeners that have no effect.
    ///
    /// ## Why it matters
    /// Istio refuses the Sidecar, or warns of what it ignores. A Sidecar never changes a gateway.
    ///
    /// ## Example
    /// ```yaml
    /// apiVersion: networking.istio.io/v1
    /// kind: Sidecar
    /// metadata: {name: default, namespace: shop}
    /// spec:
    ///   egress:
    ///   - hosts: [istio-system]
    /// ```
    ///
    /// ## Instead
    /// ```yaml
    /// apiVersion: networking.istio.io/v1
    /// kind: Sidecar
    /// metadata: {name: default, namespace: shop}
    /// spec:
    ///   egress:
    ///   - hosts: ["./*", istio-system/*]
    /// ```
    INVALID_SIDECAR = "GW036" "invalid-sidecar", Error, also "IST0106"; verdicts "K-1", "K-2", "K-3", "K-4", "K-5", "K-6", "K-7", "K-8", "K-9", "K-10", "K-11", "K-12", "K-13", "K-14"
}
