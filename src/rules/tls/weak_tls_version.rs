//! GW215: TLS 1.0 or 1.1 without cipher suites for it.

use crate::rules::prelude::*;

rule! {
    /// ## What it reports
    /// `minProtocolVersion` of `TLSV1_0` or `TLSV1_1` without `cipherSuites`.
    ///
    /// ## Why it matters
    /// None of the cipher suites that Envoy offers by default works with versions below TLS 1.2, so old clients still
    /// fail to connect. Istio warns of it.
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
    ///     tls: {mode: SIMPLE, credentialName: shop-example-com, minProtocolVersion: TLSV1_0}
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
    ///     tls: {mode: SIMPLE, credentialName: shop-example-com, minProtocolVersion: TLSV1_2}
    /// ```
    WEAK_TLS_VERSION = "GW215" "weak-tls-version", Warning, also "~IST0133"; verdicts "G-25"
}
