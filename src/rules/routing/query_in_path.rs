//! GW508: a query in a path.

use crate::envoy::reach::{Budget, Reach, Routes};
use crate::envoy::route::{PathMatch, RouteMatch};
use crate::finding::Severity;
use crate::rules::is_placeholder;
use crate::rules::paths::{Kind, Path, has_query_sign, odd};
use crate::rules::prelude::*;

rule! {
    /// ## What it reports
    /// A `?` or `#` in an exact path or a prefix, a regular expression for paths that only texts with a `?` or `#` match, and,
    /// as a warning, one that ends in an optional query.
    ///
    /// ## Why it matters
    /// Envoy compares the path without query and fragment, so such a match takes no request. Queries are compared by
    /// `queryParams`.
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
    ///   - match: [{uri: {exact: "/search?lang=en"}}]
    ///     route: [{destination: {host: search}}]
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
    ///   - match: [{uri: {exact: /search}, queryParams: {lang: {exact: en}}}]
    ///     route: [{destination: {host: search}}]
    /// ```
    QUERY_IN_PATH = "GW508" "query-in-path", Error;
}

/// What an optional query is mostly written as.
const OPTIONAL: [&str; 4] = [r"(\?.*)?", r"(\?.+)?", r"(?:\?.*)?", r"(?:\?.+)?"];

fn check(world: &World<'_>, out: &mut Findings) {
    let mut budget = Budget::default();
    for path in odd(world).filter(|path| path.text.value.contains(['?', '#'])) {
        let text = path.text.value.as_str();
        if is_placeholder(text) && path.kind != Kind::Regex {
            continue;
        }
        let message = match path.kind {
            Kind::Exact => format!("`{text}` never matches: paths are compared without the query"),
            Kind::Prefix => {
                format!("no path begins with `{text}`: paths are compared without the query")
            }
            Kind::Regex if is_query_needed(&path, &mut budget) => {
                format!("`{text}` never matches: paths are compared without the query")
            }
            Kind::Regex if is_query_optional(text) => {
                format!("the end of `{text}` has no effect: paths are compared without the query")
            }
            Kind::Regex => continue,
        };
        let report = out.report(&QUERY_IN_PATH, path.subject, path.text.span, message);
        report.help("compare queries by `queryParams`");
        if path.kind == Kind::Regex && is_query_optional(text) {
            report.severity(Severity::Warning).help("leave the query out");
        }
    }
}

/// Whether an expression matches no path, but would match one with a query.
fn is_query_needed(path: &Path<'_>, budget: &mut Budget) -> bool {
    let text = path.text.value.as_str();
    has_query_sign(text)
        && is_never(text, budget)
        // With anything in the place of the query there is a path.
        && !is_never(&text.replace(r"\?", ".").replace("[?]", ".").replace('#', "."), budget)
}

fn is_never(pattern: &str, budget: &mut Budget) -> bool {
    let matcher =
        RouteMatch { path: PathMatch::SafeRegex(pattern.to_owned()), ..RouteMatch::any() };
    let matchers = [&matcher];
    let mut routes = Routes::new(&matchers, &["*"], "example.com", *budget);
    let is_never = routes.reach(0, |_| true) == Reach::Never;
    *budget = routes.budget();
    is_never
}

fn is_query_optional(pattern: &str) -> bool {
    let pattern = pattern.strip_suffix('$').unwrap_or(pattern);
    OPTIONAL.iter().any(|end| pattern.ends_with(end))
}
