//! GW207: certificates from more than one source.

use crate::rules::prelude::*;

rule! {
    /// ## What it reports
    /// More than one of `credentialName`, `credentialNames`, `tlsCertificates`, and `serverCertificate` with
    /// `privateKey`; more than two entries of `tlsCertificates`.
    ///
    /// ## Why it matters
    /// Istio refuses the Gateway, and the schema refuses pairs with `credentialNames`: nobody could say which
    /// certificate is offered. For one of RSA and one of ECDSA there is `credentialNames`.
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
    ///     tls: {mode: SIMPLE, credentialName: shop-rsa, credentialNames: [shop-ecdsa]}
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
    ///     tls: {mode: SIMPLE, credentialNames: [shop-rsa, shop-ecdsa]}
    /// ```
    SEVERAL_CERTIFICATE_SOURCES = "GW207" "several-certificate-sources", Error, also "IST0106"; verdicts "G-35", "G-38"
}
