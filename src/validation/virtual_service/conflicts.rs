//! Actions that exclude each other (H-1 to H-12).

use crate::istio::objection::Objections;
use crate::istio::virtual_service::HttpRoute;
use crate::text::Span;

/// Mirrors istio 1.32 `pkg/config/validation: validateHTTPRouteConflict`.
pub(super) fn check(route: &HttpRoute, is_delegate: bool, out: &mut Objections) {
    let redirect = route.redirect.as_ref().map(|redirect| redirect.span);
    let answer = route.direct_response.as_ref().map(|answer| answer.span);
    let fault = route.fault.as_ref().map(|fault| fault.span);
    let rewrite = route.rewrite.as_ref().map(|rewrite| rewrite.span);
    let destination = route.route.first().map(|destination| destination.span);
    if let Some(delegate) = route.delegate.as_ref().filter(|_| !is_delegate) {
        // Nothing else is looked at beside `delegate`.
        exclusive("H-1", ("redirect", redirect), ("delegate", Some(delegate.span)), out);
        exclusive("H-2", ("route", destination), ("delegate", Some(delegate.span)), out);
        return;
    }
    if let Some(delegate) = &route.delegate {
        out.reject("H-3", delegate.span, "a delegate cannot delegate any further")
            .help("name the last VirtualService in the one that has the hosts");
    }
    if redirect.is_some() {
        exclusive("H-4", ("redirect", redirect), ("route", destination), out);
        exclusive("H-5", ("redirect", redirect), ("fault", fault), out);
        exclusive("H-6", ("redirect", redirect), ("rewrite", rewrite), out);
        exclusive("H-7", ("redirect", redirect), ("directResponse", answer), out);
    } else if answer.is_some() {
        exclusive("H-8", ("directResponse", answer), ("route", destination), out);
        exclusive("H-9", ("directResponse", answer), ("fault", fault), out);
        exclusive("H-10", ("directResponse", answer), ("rewrite", rewrite), out);
    } else if destination.is_none() {
        let message = "one of `route`, `redirect` and `directResponse` is required";
        let objection = out.lacks("H-11", route.span, message).field("route");
        if let Some(delegate) = &route.delegate {
            objection.related(delegate.span, "does not count here");
        }
    }
    let mirror = route.mirror.as_ref().map(|mirror| mirror.span);
    let mirrors = route.mirrors.first().map(|mirror| mirror.span);
    exclusive("H-12", ("mirrors", mirrors), ("mirror", mirror), out);
}

/// A field and where it is written.
type Written = (&'static str, Option<Span>);

/// Objects to `one`, if `other` is there too.
fn exclusive(check: &'static str, one: Written, other: Written, out: &mut Objections) {
    let ((name, Some(span)), (twin, Some(place))) = (one, other) else { return };
    let message = format!("a rule cannot have both `{name}` and `{twin}`");
    let objection = out.reject(check, span, message);
    objection.related(place, format!("`{twin}` is here")).help("keep one of the two");
}
