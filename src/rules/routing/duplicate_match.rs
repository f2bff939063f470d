//! GW502: a condition that stands before.

use crate::rules::prelude::*;

rule! {
    /// ## What it reports
    /// A condition that stands before in the same VirtualService. The `name` of a condition does not count.
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
    ///   - match: [{uri: {prefix: /api}}]
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
    ///   - match: [{uri: {prefix: /api}, headers: {x-next: {}}}]
    ///     route: [{destination: {host: api-next}}]
    ///   - match: [{uri: {prefix: /api}}]
    ///     route: [{destination: {host: api}}]
    /// ```
    DUPLICATE_MATCH = "GW502" "duplicate-match", Warning, also "IST0131"; verdicts "U-3"
}
