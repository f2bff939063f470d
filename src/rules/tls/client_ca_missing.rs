//! GW206: client certificates that nothing can check.

use crate::rules::prelude::*;

rule! {
    /// ## What it reports
    /// A server of mode `MUTUAL` or `OPTIONAL_MUTUAL` with certificates in files and without `caCertificates`.
    /// `caCertCredentialName` does not help: it counts beside `credentialName` alone.
    ///
    /// ## Why it matters
    /// Istio refuses the Gateway: there is nothing to check certificates of clients against.
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
    ///     tls: {mode: MUTUAL, serverCertificate: /etc/certs/tls.crt, privateKey: /etc/certs/tls.key}
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
    ///     tls:
    ///       mode: MUTUAL
    ///       serverCertificate: /etc/certs/tls.crt
    ///       privateKey: /etc/certs/tls.key
    ///       caCertificates: /etc/certs/ca.crt
    /// ```
    CLIENT_CA_MISSING = "GW206" "client-ca-missing", Error, also "IST0106"; verdicts "G-37"
}
