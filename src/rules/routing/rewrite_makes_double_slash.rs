//! GW513: a rewrite that makes two slashes.

use crate::rules::paths::{Rewritten, rewritten};
use crate::rules::prelude::*;

rule! {
    /// ## What it reports
    /// A prefix that does not end in `/` and is rewritten to a text that does.
    ///
    /// ## Why it matters
    /// Envoy puts the text in the place of the prefix and leaves the rest as it is: of `/api/x` it makes `//x`, which many
    /// backends do not know, or answer with a redirect.
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
    ///     rewrite: {uri: /}
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
    ///   - match: [{uri: {prefix: /api/}}, {uri: {exact: /api}}]
    ///     rewrite: {uri: /}
    ///     route: [{destination: {host: api}}]
    /// ```
    REWRITE_MAKES_DOUBLE_SLASH = "GW513" "rewrite-makes-double-slash", Warning;
}

fn check(world: &World<'_>, out: &mut Findings) {
    let is_doubled = |prefix: &str, to: &str| !prefix.ends_with('/') && to.ends_with('/');
    for Rewritten { subject, prefix, to } in rewritten(world, is_doubled) {
        let (from, new) = (&prefix.value, &to.value);
        let message = format!("`{from}/x` is sent upstream as `{new}/x`");
        let help = if from.is_empty() {
            "match `/` as prefix".to_owned()
        } else {
            format!("match `{from}/` as prefix, and `{from}` as exact path")
        };
        out.report(&REWRITE_MAKES_DOUBLE_SLASH, subject, to.span, message)
            .label(prefix.span, "leaves the `/` behind it")
            .help(help);
    }
}
