//! GW202: `tls` at a server whose protocol has none.

use crate::rules::prelude::*;

rule! {
    /// ## What it reports
    /// `tls` with a terminating mode or with certificate files at a server of protocol HTTP, HTTP2, GRPC or their
    /// like; any `tls` at one of protocol TCP, MONGO, REDIS, MYSQL or UDP.
    ///
    /// ## Why it matters
    /// Istio refuses the Gateway. `HTTP2` and `GRPC` are protocols without TLS; where clients are to speak them over
    /// TLS, the server is one of `HTTPS`, and they choose by ALPN.
    ///
    /// ## Example
    /// ```yaml
    /// apiVersion: networking.istio.io/v1
    /// kind: Gateway
    /// metadata: {name: public, namespace: infra}
    /// spec:
    ///   selector: {istio: ingressgateway}
    ///   servers:
    ///   - port: {number: 443, name: grpc, protocol: GRPC}
    ///     hosts: [shop.example.com]
    ///     tls: {mode: SIMPLE, credentialName: shop-example-com}
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
    TLS_ON_PLAIN_PROTOCOL = "GW202" "tls-on-plain-protocol", Error, also "IST0106"; verdicts "G-23", "G-24"
}
