//! GW503: a condition that an earlier one covers.

use crate::rules::prelude::*;

rule! {
    /// ## What it reports
    /// A condition of which Istio says that an earlier one covers it, and which does match nothing else: path, method,
    /// headers, query parameters, host, scheme, port, gateways and labels are compared.
    ///
    /// ## Why it matters
    /// The first rule that matches takes the request, so the later condition is never reached.
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
    ///   - match: [{uri: {prefix: /api}}]
    ///     route: [{destination: {host: api}}]
    ///   - match: [{uri: {prefix: /api/v2}}]
    ///     route: [{destination: {host: api-next}}]
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
    ///   - match: [{uri: {prefix: /api/v2}}]
    ///     route: [{destination: {host: api-next}}]
    ///   - match: [{uri: {prefix: /api}}]
    ///     route: [{destination: {host: api}}]
    /// ```
    MATCH_SHADOWED = "GW503" "match-shadowed", Warning, also "~IST0131"; verdicts "U-5"
}
