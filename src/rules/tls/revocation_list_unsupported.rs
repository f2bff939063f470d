//! GW229: `caCrl` where no list of revoked certificates is read.

use crate::rules::prelude::*;

rule! {
    /// ## What it reports
    /// `tls.caCrl` at a server of mode `SIMPLE` with certificates in files, or beside `credentialName` at one that
    /// passes TLS on.
    ///
    /// ## Why it matters
    /// Istio refuses the Gateway. Without certificates of clients there is nothing to revoke; with a credential the
    /// list is its key `ca.crl`.
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
    ///     tls:
    ///       mode: SIMPLE
    ///       serverCertificate: /etc/certs/tls.crt
    ///       privateKey: /etc/certs/tls.key
    ///       caCrl: /etc/certs/ca.crl
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
    ///       caCrl: /etc/certs/ca.crl
    /// ```
    REVOCATION_LIST_UNSUPPORTED = "GW229" "revocation-list-unsupported", Error, also "IST0106"; verdicts "G-41", "G-42"
}
