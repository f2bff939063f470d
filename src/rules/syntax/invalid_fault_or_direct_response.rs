//! GW021: a fault or a fixed answer that Istio refuses.

use crate::rules::prelude::*;

rule! {
    /// ## What it reports
    /// Shares outside of 0 to 100 percent, statuses that are none, faults without `abort` and `delay`, kinds of faults
    /// that are not implemented, and bodies that are too large. An `abort` without status is a warning, as is a body
    /// above 100 KiB.
    ///
    /// ## Why it matters
    /// Istio refuses the object, or warns of it.
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
    ///   - directResponse: {status: 99}
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
    ///   - directResponse: {status: 404}
    /// ```
    INVALID_FAULT_OR_DIRECT_RESPONSE = "GW021" "invalid-fault-or-direct-response", Error, also "IST0106", "IST0133"; verdicts "H-33", "H-35", "H-36", "H-43", "H-44", "H-45", "H-46", "H-47", "H-48", "H-49", "H-51", "H-58", "H-59", "H-66", "H-67", "H-68"
}
