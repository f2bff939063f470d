//! GW019: a code that Envoy does not know.

use crate::rules::prelude::*;

rule! {
    /// ## What it reports
    /// A `redirectCode` from 300 to 399 that is none of 301, 302, 303, 307 and 308.
    ///
    /// ## Why it matters
    /// Istio accepts it, and makes a route without an action of it. Envoy refuses that, and with it all routes of the
    /// port: every host of it keeps its old routes, and new proxies have none.
    ///
    /// ## Example
    /// ```yaml
    /// apiVersion: networking.istio.io/v1
    /// kind: VirtualService
    /// metadata: {name: shop, namespace: shop}
    /// spec:
    ///   hosts: [shop.example.com]
    ///   gateways: [infra/public]
    ///   http:
    ///   - redirect: {uri: /new, redirectCode: 304}
    /// ```
    ///
    /// ## Instead
    /// ```yaml
    /// apiVersion: networking.istio.io/v1
    /// kind: VirtualService
    /// metadata: {name: shop, namespace: shop}
    /// spec:
    ///   hosts: [shop.example.com]
    ///   gateways: [infra/public]
    ///   http:
    ///   - redirect: {uri: /new, redirectCode: 308}
    /// ```
    UNSUPPORTED_REDIRECT_CODE = "GW019" "unsupported-redirect-code", Error; verdicts "redirect-code"
}
