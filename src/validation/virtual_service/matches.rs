//! A condition of an HTTP route (H-13 to H-25, V-11).

use super::{Scope, gateways};
use crate::istio::decode::Map;
use crate::istio::objection::Objections;
use crate::istio::virtual_service::{HttpMatch, Pattern, StringMatch};
use crate::text::Spanned;
use crate::validation::header::{is_claim, is_match_name};
use crate::validation::names::{is_label, is_port};
use crate::validation::shared::labels;
use crate::validation::strings::{regex_of, string_match, string_match_if};

/// Mirrors istio 1.32 `pkg/config/validation: validateHTTPRouteMatchRequest`.
pub(super) fn check(condition: &HttpMatch, scope: &Scope, out: &mut Objections) {
    check_headers(&condition.headers, |_| false, scope, out);
    // Here `*` is no regular expression and means that the header is there.
    check_headers(&condition.without_headers, is_star, scope, out);
    for (_, value) in condition.query_params.iter() {
        string_match(value, out);
    }
    // An empty prefix is fine for a path.
    if let Some(uri) = &condition.uri {
        regex_of(uri, out);
    }
    string_match_if(condition.scheme.as_deref(), out);
    string_match_if(condition.method.as_deref(), out);
    string_match_if(condition.authority.as_deref(), out);
    check_port("H-22", condition.port, out);
    labels("H-23", &condition.source_labels, out);
    gateways::check_match(&condition.gateways, out);
    if let Some(namespace) =
        condition.source_namespace.as_ref().filter(|name| !name.value.is_empty())
        && !is_label(&namespace.value)
    {
        let message = format!("`{}` is not a namespace: it is not a DNS label", namespace.value);
        out.reject("H-25", namespace.span, message);
    }
}

fn is_star(value: &StringMatch) -> bool {
    matches!(value.pattern(), Pattern::Regex(regex) if regex.value == "*")
}

fn check_headers(
    headers: &Map<StringMatch>,
    is_exempt: fn(&StringMatch) -> bool,
    scope: &Scope,
    out: &mut Objections,
) {
    for (name, value) in headers.iter() {
        if !is_match_name(&name.value) {
            let message = format!("`{}` is not the name of a header", name.value);
            out.reject("H-14", name.span, message)
                .help("write letters, digits and `-`, or `@request.auth.claims.NAME`");
        }
        if is_claim(&name.value) && !scope.is_gateway_only {
            let message = "claims of a token can be matched on gateways alone, \
                           and the VirtualService is bound to the mesh";
            out.reject("V-11", name.span, message)
                .help("name the gateways in `spec.gateways`, without `mesh`");
        }
        if !is_exempt(value) {
            string_match(value, out);
        }
    }
}

/// The port of a condition; 0 is none.
pub(super) fn check_port(check: &'static str, port: Option<Spanned<u32>>, out: &mut Objections) {
    if let Some(port) = port.filter(|port| port.value != 0 && !is_port(port.value)) {
        let message = format!("{} is not a port: ports are from 1 to 65535", port.value);
        out.reject(check, port.span, message);
    }
}
