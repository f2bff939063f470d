//! GW010: names that Istio or the API server refuses.

use crate::rules::prelude::*;

rule! {
    /// ## What it reports
    /// A name of an object that is not a DNS subdomain, a Gateway whose name has a dot, a namespace that is not a DNS
    /// label, labels and annotations that Kubernetes does not take, and names of subsets, namespaces and Gateways in
    /// `spec` that cannot be right.
    ///
    /// ## Why it matters
    /// The API server or Istio refuses the object.
    ///
    /// ## Example
    /// ```yaml
    /// apiVersion: networking.istio.io/v1
    /// kind: Gateway
    /// metadata: {name: shop.example.com, namespace: infra}
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
    /// metadata: {name: shop-example-com, namespace: infra}
    /// spec:
    ///   selector: {istio: ingressgateway}
    ///   servers:
    ///   - port: {number: 80, name: http, protocol: HTTP}
    ///     hosts: [shop.example.com]
    /// ```
    INVALID_NAME = "GW010" "invalid-name", Error, also "IST0106"; verdicts "name", "label", "G-1", "V-6", "V-7", "V-8", "V-9", "H-23", "H-25", "H-53", "T-9", "P-4"
}
