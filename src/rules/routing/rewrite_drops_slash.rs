//! GW514: a rewrite that loses a slash.

use crate::rules::paths::{Rewritten, rewritten};
use crate::rules::prelude::*;

rule! {
    /// ## What it reports
    /// A prefix that ends in `/` and is rewritten to a text that does not.
    ///
    /// ## Why it matters
    /// Envoy puts the text in the place of the prefix and leaves the rest as it is: with `/v1` for `/api/` it makes `/v1x` of
    /// `/api/x`.
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
    ///   - match: [{uri: {prefix: /api/}}]
    ///     rewrite: {uri: /v1}
    ///     route: [{destination: {host: api}}]
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
    ///   - match: [{uri: {prefix: /api/}}]
    ///     rewrite: {uri: /v1/}
    ///     route: [{destination: {host: api}}]
    /// ```
    REWRITE_DROPS_SLASH = "GW514" "rewrite-drops-slash", Warning;
}

fn check(world: &World<'_>, out: &mut Findings) {
    let is_lost =
        |prefix: &str, to: &str| prefix.len() > 1 && prefix.ends_with('/') && !to.ends_with('/');
    for Rewritten { subject, prefix, to } in rewritten(world, is_lost) {
        let (from, new) = (&prefix.value, &to.value);
        let message = format!("`{from}x` is sent upstream as `{new}x`");
        out.report(&REWRITE_DROPS_SLASH, subject, to.span, message)
            .label(prefix.span, "takes the `/` with it")
            .help(format!("write `{new}/`"));
    }
}
