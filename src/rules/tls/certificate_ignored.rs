//! GW204: certificates at a server that passes TLS on.

use crate::rules::prelude::*;

rule! {
    /// ## What it reports
    /// Certificates at a server of mode `PASSTHROUGH` or `AUTO_PASSTHROUGH`.
    ///
    /// ## Why it matters
    /// The gateway forwards TLS without terminating it, so the certificates are ignored; Istio warns of it. Either
    /// the mode or the certificates are a mistake. Where no mode is written, GW203 says so.
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
    ///     tls: {mode: PASSTHROUGH, credentialName: shop-example-com}
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
    CERTIFICATE_IGNORED = "GW204" "certificate-ignored", Warning, also "IST0133"; verdicts "G-34"
}
