//! GW506: a path that does not begin with a slash.

use crate::rules::is_placeholder;
use crate::rules::paths::{Kind, odd_literals};
use crate::rules::prelude::*;

rule! {
    /// ## What it reports
    /// An exact path or a prefix of a path in `uri` that does not begin with `/`.
    ///
    /// ## Why it matters
    /// Every path begins with `/`, so the match takes no request.
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
    ///   - match: [{uri: {prefix: api}}]
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
    ///   - match: [{uri: {prefix: /api}}]
    ///     route: [{destination: {host: api}}]
    /// ```
    PATH_WITHOUT_SLASH = "GW506" "path-without-slash", Error;
}

fn check(world: &World<'_>, out: &mut Findings) {
    for path in odd_literals(world) {
        let text = path.text.value.as_str();
        // `OPTIONS *` has the path `*`.
        let is_right = text.is_empty() || text == "*" || text.starts_with('/');
        if is_right || is_placeholder(text) {
            continue;
        }
        let begins = text.chars().next().unwrap_or_default();
        let what = if path.kind == Kind::Exact { "path" } else { "prefix" };
        let message = format!("{what} `{text}` never matches: no path begins with `{begins}`");
        out.report(&PATH_WITHOUT_SLASH, path.subject, path.text.span, message)
            .help(format!("write `/{text}`"));
    }
}
