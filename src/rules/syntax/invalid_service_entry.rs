//! GW026: a ServiceEntry or `WorkloadEntry` that Istio does not take.

use crate::rules::prelude::*;

rule! {
    /// ## What it reports
    /// What Istio's validator has against a ServiceEntry or `WorkloadEntry`: hosts, addresses and ports that are none or occur
    /// twice, and fields that do not go with the `resolution`. Warnings of Istio, such as TCP ports without addresses, are
    /// warnings here.
    ///
    /// ## Why it matters
    /// Istio's webhook rejects the object, its hosts stay unknown to the mesh, and routes to them answer 503.
    ///
    /// ## Example
    /// ```yaml
    /// apiVersion: networking.istio.io/v1
    /// kind: ServiceEntry
    /// metadata: {name: payments, namespace: shop}
    /// spec:
    ///   hosts: [payments.example.com]
    ///   location: MESH_EXTERNAL
    ///   resolution: DNS
    ///   addresses: [10.0.0.0/24]
    ///   ports:
    ///   - {number: 443, name: tls, protocol: TLS}
    /// ```
    ///
    /// ## Instead
    /// ```yaml
    /// apiVersion: networking.istio.io/v1
    /// kind: ServiceEntry
    /// metadata: {name: payments, namespace: shop}
    /// spec:
    ///   hosts: [payments.example.com]
    ///   location: MESH_EXTERNAL
    ///   resolution: DNS
    ///   ports:
    ///   - {number: 443, name: tls, protocol: TLS}
    /// ```
    INVALID_SERVICE_ENTRY = "GW026" "invalid-service-entry", Error, also "IST0106", "IST0134"; verdicts "S-1", "S-2", "S-3", "S-4", "S-6", "S-7", "S-8", "S-9", "S-10", "S-12", "S-13", "S-14", "S-15", "S-16", "S-17", "S-18", "S-19", "S-20", "S-23", "S-24", "S-25", "S-26", "S-27", "S-28", "S-29", "S-30", "S-31", "S-32", "S-33", "S-34", "S-35", "S-37", "W-1", "W-2", "W-3", "W-4", "W-5", "W-6", "W-7", "W-8", "W-9"
}
