//! Checks of a VirtualService (3-validation.md B.4).

mod actions;
mod conflicts;
pub(super) mod destinations;
mod gateways;
mod headers;
mod hosts;
mod http;
mod l4;
mod matches;
mod policies;
mod redirect;
mod retries;
mod unreachable;

use super::shared::{Exported, export_to};
use crate::istio::Object;
use crate::istio::objection::Objections;
use crate::istio::virtual_service::VirtualService;
use crate::text::Span;

/// The annotation that istiod puts on what it makes of the Gateway API.
const ROUTE_SEMANTICS: (&str, &str) = ("internal.istio.io/route-semantics", "gateway");

/// What the checks of parts must know of the whole.
struct Scope {
    /// Whether it has no hosts.
    is_delegate: bool,
    /// Whether it is bound to gateways, and not to the mesh.
    is_gateway_only: bool,
    /// Whether names of gateways and destinations are not looked at (B.0.5).
    is_generated: bool,
}

/// Mirrors istio 1.32 `pkg/config/validation: ValidateVirtualService`.
pub(super) fn check(object: &Object<VirtualService>, out: &mut Objections) {
    let spec = &object.spec;
    let (key, value) = ROUTE_SEMANTICS;
    let is_mesh = spec.gateways.is_empty() || spec.gateways.iter().any(|name| name.value == "mesh");
    let scope = Scope {
        is_delegate: spec.hosts.is_empty(),
        is_gateway_only: !is_mesh,
        is_generated: object.meta.annotation(key) == Some(value),
    };
    gateways::check_bound(&spec.gateways, scope.is_generated, out);
    if scope.is_delegate {
        check_delegate(spec, out);
    }
    if spec.http.is_empty() && spec.tls.is_empty() && spec.tcp.is_empty() {
        out.lacks("V-4", spec.span, "one of `http`, `tls` and `tcp` is required").field("http");
    }
    for route in &spec.http {
        http::check(route, &scope, out);
    }
    hosts::check(spec, &scope, out);
    l4::check(spec, &scope, out);
    export_to(&spec.export_to, object.meta.namespace(), Exported::Plain, out);
    unreachable::check(spec, out);
}

/// V-1 to V-3: what a VirtualService without hosts cannot have.
fn check_delegate(spec: &VirtualService, out: &mut Objections) {
    let first = |spans: &[Span]| spans.first().copied();
    let gateways: Vec<Span> = spec.gateways.iter().map(|name| name.span).collect();
    let tls: Vec<Span> = spec.tls.iter().map(|route| route.span).collect();
    let tcp: Vec<Span> = spec.tcp.iter().map(|route| route.span).collect();
    for (check, field, span) in [
        ("V-1", "gateways", first(&gateways)),
        ("V-2", "tls", first(&tls)),
        ("V-3", "tcp", first(&tcp)),
    ] {
        let Some(span) = span else { continue };
        let message =
            format!("a VirtualService without `hosts` is a delegate and has no `{field}`");
        let help = format!("add `hosts`, or remove `{field}`");
        out.reject(check, span, message).help(help);
    }
}
