//! GW507: a pattern where text is compared.

use crate::rules::paths::{Kind, has_pattern_sign, odd_literals};
use crate::rules::prelude::*;
use crate::text::has_substitution;

rule! {
    /// ## What it reports
    /// An exact path or a prefix that is written as a pattern: with `*`, `^`, `$` at its end, `\d`, or a name in braces such as
    /// `{id}`. A `$` elsewhere is left alone, as in `/odata/$metadata`.
    ///
    /// ## Why it matters
    /// Both are compared letter by letter, so `/api/*` is a path with a star, which no client sends.
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
    ///   - match: [{uri: {prefix: "/api/*"}}]
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
    ///     route: [{destination: {host: api}}]
    /// ```
    PATTERN_IN_LITERAL = "GW507" "pattern-in-literal", Warning;
}

fn check(world: &World<'_>, out: &mut Findings) {
    for path in odd_literals(world) {
        let text = path.text.value.as_str();
        let Some(sign) = sign(text).filter(|_| !has_substitution(text)) else { continue };
        let what = if path.kind == Kind::Exact { "an exact path" } else { "a prefix" };
        let message =
            format!("{what} is compared letter by letter: `{sign}` in `{text}` is no pattern");
        out.report(&PATTERN_IN_LITERAL, path.subject, path.text.span, message)
            .help("write the prefix up to the pattern, or a `regex`");
    }
}

/// What makes a text look like a pattern.
fn sign(text: &str) -> Option<&'static str> {
    if !has_pattern_sign(text) {
        return None;
    }
    if text.contains(".*") {
        Some(".*")
    } else if text.contains('*') {
        Some("*")
    } else if text.contains('^') {
        Some("^")
    } else if text.len() > 2 && text.ends_with('$') && !text.ends_with("/$") {
        Some("$")
    } else if text.contains(r"\d") {
        Some(r"\d")
    } else {
        let opened = text.split_once('{').map(|(_, rest)| rest);
        let name = opened.and_then(|rest| rest.split_once('}')).map(|(name, _)| name);
        name.filter(|name| !name.is_empty()).map(|_| "{}")
    }
}
