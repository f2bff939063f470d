//! GW205: a server that terminates TLS without a certificate.

use crate::rules::prelude::*;

rule! {
    /// ## What it reports
    /// An HTTPS or TLS server with mode `SIMPLE`, `MUTUAL` or `OPTIONAL_MUTUAL` and none of `credentialName`,
    /// `credentialNames`, `tlsCertificates`, or `serverCertificate` with `privateKey`; an entry of `tlsCertificates` that
    /// lacks one of these two.
    ///
    /// ## Why it matters
    /// Istio refuses the Gateway. Where its webhook is off, the gateway offers the certificate of its own workload,
    /// which no client outside of the mesh trusts.
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
    ///     tls: {mode: SIMPLE}
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
    CERTIFICATE_MISSING = "GW205" "certificate-missing", Error, also "IST0106"; verdicts "G-39", "G-40"
}
