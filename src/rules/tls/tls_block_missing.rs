//! GW201: an HTTPS or TLS server without `tls`.

use crate::rules::prelude::*;

rule! {
    /// ## What it reports
    /// A server of protocol HTTPS or TLS without `tls`.
    ///
    /// ## Why it matters
    /// Istio refuses the Gateway: nothing says whether the gateway terminates TLS, and with which certificate.
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
    ///     tls: {mode: SIMPLE, credentialName: shop-example-com}
    /// ```
    TLS_BLOCK_MISSING = "GW201" "tls-block-missing", Error, also "IST0106"; verdicts "G-22"
}
