//! Routes and conditions that Istio takes for unreachable (U-1 to U-5), and whether they are.
//!
//! Istio's opinions about HTTP are partly wrong: a rule that delegates is no catch-all, and its test of prefixes does not
//! look at everything (3-validation.md B.4.5). What it says without being right is `ineffective`, an information.

mod containment;
mod http;
mod key;
mod opinion;
mod request;
mod texts;
mod witness;

use rustc_hash::FxHashMap;

use crate::istio::objection::Objections;
use crate::istio::virtual_service::VirtualService;
use crate::text::Span;

/// Mirrors istio 1.32 `pkg/config/validation: analyzeUnreachableHTTPRules`, `...TLSRules`, `...TCPRules`.
pub(super) fn check(spec: &VirtualService, out: &mut Objections) {
    http::check(spec, out);
    check_l4(
        spec.tls.iter().map(|route| {
            (route.span, route.matches.iter().map(|c| (c.span, key::of_tls(c))).collect())
        }),
        out,
    );
    check_l4(
        spec.tcp.iter().map(|route| {
            (route.span, route.matches.iter().map(|c| (c.span, key::of_tcp(c))).collect())
        }),
        out,
    );
}

/// TLS and TCP routes, each with its conditions and their keys.
fn check_l4(routes: impl Iterator<Item = (Span, Vec<(Span, key::Key)>)>, out: &mut Objections) {
    let mut catch_all = None;
    let mut seen: FxHashMap<key::Key, Span> = FxHashMap::default();
    for (route, conditions) in routes {
        if conditions.is_empty() {
            match catch_all {
                Some(earlier) => never_reached("U-1", "connection", [route, earlier], out),
                None => catch_all = Some(route),
            }
        }
        for (condition, key) in conditions {
            if let Some(earlier) = catch_all {
                never_reached("U-2", "connection", [condition, earlier], out);
            } else if let Some(&earlier) = seen.get(&key) {
                duplicate(condition, earlier, out);
            } else {
                seen.insert(key, condition);
            }
        }
    }
}

/// U-1, U-2: a rule before, the second of two places, takes every request or connection.
fn never_reached(
    check: &'static str,
    what: &str,
    [span, earlier]: [Span; 2],
    out: &mut Objections,
) {
    let objection =
        out.warn(check, span, format!("never reached: a rule before takes every {what}"));
    objection.related(earlier, "has no `match`").help("move the rule without `match` to the end");
    // It rests on what the rule before does not have, whatever is put into this one.
    objection.is_absence = true;
}

/// U-3, U-4: the same condition before.
fn duplicate(span: Span, earlier: Span, out: &mut Objections) {
    out.warn("U-3", span, "never reached: the same condition stands before")
        .related(earlier, "the same condition")
        .help("remove one of the two, or change what it matches");
}
