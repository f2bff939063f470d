//! GW208: certificates beside mode ISTIO_MUTUAL.

use crate::rules::prelude::*;

rule! {
    /// ## What it reports
    /// Certificates at a server of mode `ISTIO_MUTUAL`.
    ///
    /// ## Why it matters
    /// Istio refuses the Gateway. The mode is for workloads of the mesh, and uses the certificates that Istio gives
    /// out.
    ///
    /// ## Example
    /// ```yaml
    /// apiVersion: networking.istio.io/v1
    /// kind: Gateway
    /// metadata: {name: public, namespace: infra}
    /// spec:
    ///   selector: {istio: ingressgateway}
    ///   servers:
    ///   - port: {number: 443, name: https, protocol: HTTPS}
    ///     hosts: [shop.example.com]
    ///     tls: {mode: ISTIO_MUTUAL, credentialName: shop-example-com}
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
    ///   - port: {number: 443, name: https, protocol: HTTPS}
    ///     hosts: [shop.example.com]
    ///     tls: {mode: ISTIO_MUTUAL}
    /// ```
    ISTIO_MUTUAL_WITH_CERTIFICATES = "GW208" "istio-mutual-with-certificates", Error, also "IST0106"; verdicts "G-26", "G-27", "G-28", "G-29", "G-30", "G-31"
}
