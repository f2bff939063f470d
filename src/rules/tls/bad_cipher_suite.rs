//! GW216: cipher suites that are left out.

use crate::rules::prelude::*;

rule! {
    /// ## What it reports
    /// Entries of `cipherSuites` that Istio does not know, or that are listed twice. Names are those of OpenSSL, in
    /// upper case; suites of TLS 1.3 cannot be chosen.
    ///
    /// ## Why it matters
    /// Istio leaves them out and warns of it. If none remains, Envoy's defaults count.
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
    ///     tls: {mode: SIMPLE, credentialName: shop-example-com, cipherSuites: [TLS_AES_128_GCM_SHA256]}
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
    ///     tls: {mode: SIMPLE, credentialName: shop-example-com, cipherSuites: [ECDHE-RSA-AES128-GCM-SHA256]}
    /// ```
    BAD_CIPHER_SUITE = "GW216" "bad-cipher-suite", Warning, also "IST0133"; verdicts "G-32", "G-33"
}
