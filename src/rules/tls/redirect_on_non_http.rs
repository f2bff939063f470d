//! GW225: `httpsRedirect` where requests are encrypted already.

use crate::rules::prelude::*;

rule! {
    /// ## What it reports
    /// `tls.httpsRedirect: true` at a server that is not one of plain HTTP.
    ///
    /// ## Why it matters
    /// The redirect sends clients from plain HTTP to HTTPS, so it belongs to the server on port 80. Elsewhere it does
    /// nothing, and clients that begin with plain HTTP are not redirected; Istio warns of it.
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
    ///     tls: {mode: SIMPLE, credentialName: shop-example-com, httpsRedirect: true}
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
    ///   - port: {number: 80, name: http, protocol: HTTP}
    ///     hosts: [shop.example.com]
    ///     tls: {httpsRedirect: true}
    ///   - port: {number: 443, name: https, protocol: HTTPS}
    ///     hosts: [shop.example.com]
    ///     tls: {mode: SIMPLE, credentialName: shop-example-com}
    /// ```
    REDIRECT_ON_NON_HTTP = "GW225" "redirect-on-non-http", Warning, also "IST0133"; verdicts "G-5"
}
