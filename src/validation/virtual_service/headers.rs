//! Header operations (H-26 to H-32).

use crate::istio::objection::Objections;
use crate::istio::virtual_service::{HeaderOperations, Headers, HttpRoute};
use crate::text::{Span, Spanned, Str};
use crate::validation::header::{operation_name_flaw, request_name_flaw, value_flaw};

/// What is wrong with a name.
type Flaw = fn(&str) -> Option<&'static str>;

/// Header operations of both directions (mirrors istio 1.32 `pkg/config/validation: validateHTTPRoute`).
pub(super) fn check(headers: &Headers, out: &mut Objections) {
    if let Some(operations) = &headers.request {
        changed(("H-26", "H-27"), operations, request_name_flaw, out);
        removed("H-28", operations, out);
    }
    if let Some(operations) = &headers.response {
        changed(("H-29", "H-30"), operations, operation_name_flaw, out);
        removed("H-31", operations, out);
    }
}

fn changed(
    (name_check, value_check): (&'static str, &'static str),
    operations: &HeaderOperations,
    name_flaw: Flaw,
    out: &mut Objections,
) {
    for (name, value) in operations.add.iter().chain(operations.set.iter()) {
        check_name(name_check, name, name_flaw, out);
        if let Some(flaw) = value_flaw(&value.value) {
            let message = format!("the value of header `{}` is refused: {flaw}", name.value);
            out.reject(value_check, value.span, message);
        }
    }
}

fn removed(check: &'static str, operations: &HeaderOperations, out: &mut Objections) {
    for name in &operations.remove {
        check_name(check, name, operation_name_flaw, out);
    }
}

fn check_name(check: &'static str, name: &Spanned<Str>, flaw: Flaw, out: &mut Objections) {
    if let Some(flaw) = flaw(&name.value) {
        let message = if name.value.is_empty() {
            flaw.to_owned()
        } else {
            format!("header `{}`: {flaw}", name.value)
        };
        let objection = out.reject(check, name.span, message);
        if flaw.contains("host") || flaw.contains("colon") {
            objection.help("write `rewrite.authority` to change the host of a request");
        }
    }
}

/// H-32: the host of a request is set once. Mirrors `validateAuthorityRewrite`; operations of single destinations do
/// not count.
pub(super) fn check_authority(route: &HttpRoute, out: &mut Objections) {
    let is_authority =
        |name: &str| name.eq_ignore_ascii_case("host") || name.eq_ignore_ascii_case(":authority");
    let rewrite = route.rewrite.as_ref().and_then(|rewrite| rewrite.authority.as_ref());
    let rewritten = rewrite.filter(|authority| !authority.value.is_empty()).map(|text| text.span);
    let request = route.headers.as_ref().and_then(|headers| headers.request.as_ref());
    let operations =
        request.into_iter().flat_map(|request| request.set.iter().chain(request.add.iter()));
    let named = operations.filter(|(name, _)| is_authority(&name.value)).map(|(name, _)| name.span);
    let mut places: Vec<Span> = rewritten.into_iter().chain(named).take(2).collect();
    if let (Some(second), Some(first)) = (places.pop(), places.pop()) {
        out.reject("H-32", second, "the authority of a request can be set once")
            .related(first, "is set here already")
            .help("keep one of the two");
    }
}
