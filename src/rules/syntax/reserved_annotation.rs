//! GW035: annotations that users may not write.

use crate::rules::prelude::*;

rule! {
    /// ## What it reports
    /// Annotations of Istio's own on an object of Istio: `internal.istio.io/parents`,
    /// `internal.istio.io/parent-namespace`, `internal.istio.io/webhook-always-reject`, and `istio.io/dry-run` on
    /// anything but an AuthorizationPolicy.
    ///
    /// ## Why it matters
    /// Istio refuses the object, whatever the annotation's value. `dry-run: "false"` is refused too.
    ///
    /// ## Example
    /// ```yaml
    /// apiVersion: networking.istio.io/v1
    /// kind: Gateway
    /// metadata:
    ///   name: public
    ///   namespace: infra
    ///   annotations: {istio.io/dry-run: "true"}
    /// spec:
    ///   selector: {istio: ingressgateway}
    ///   servers:
    ///   - port: {number: 80, name: http, protocol: HTTP}
    ///     hosts: [shop.example.com]
    /// ```
    ///
    /// ## Instead
    /// ```yaml
    /// apiVersion: networking.istio.io/v1
    /// kind: Gateway
    /// metadata: {name: public, namespace: infra}
    /// spec:
    ///   selector: {istio: ingressgateway}
    ///   servers:
    ///   - port: {number: 80, name: http, protocol: HTTP}
    ///     hosts: [shop.example.com]
    /// ```
    RESERVED_ANNOTATION = "GW035" "reserved-annotation", Error, also "IST0106"; verdicts "M-1", "M-3", "M-4", "M-5"
}
