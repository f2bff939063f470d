//! Redirects (spec 2, R-7.9 to; mirrors istio 1.32 `route.go: ApplyRedirect`).

use super::{Scope, text};
use crate::envoy::route::{Action, RedirectAction, RedirectPath};
use crate::istio::virtual_service::{DerivePort, Redirect};

/// The action of a redirect; none where Envoy does not know the code.
pub(super) fn translate(scope: &Scope<'_>, redirect: &Redirect) -> Action {
    let code = match redirect.redirect_code.map_or(0, |code| code.value) {
        0 => 301,
        code @ (301 | 302 | 303 | 307 | 308) => code,
        _ => return Action::None,
    };
    let given = |text: &str| Some(text.to_owned()).filter(|text| !text.is_empty());
    let path = match text(&redirect.prefix_rewrite) {
        "" => RedirectPath::Path(text(&redirect.uri).to_owned()),
        prefix => RedirectPath::Prefix(prefix.to_owned()),
    };
    Action::Redirect(Box::new(RedirectAction {
        host: given(text(&redirect.authority)),
        path,
        scheme: given(text(&redirect.scheme)),
        port: port(redirect, scope.port, scope.has_tls),
        code,
    }))
}

/// the port that is given or derived, unless the scheme says it already; 0: none.
fn port(redirect: &Redirect, request: u32, has_tls: bool) -> u32 {
    let port = match (redirect.derive_port, redirect.port) {
        (Some(derive), _) if derive.value == DerivePort::FromRequestPort => request,
        (None, Some(port)) => port.value,
        _ => return 0,
    };
    let scheme = match text(&redirect.scheme) {
        "" if has_tls => "https",
        "" => "http",
        scheme => scheme,
    };
    match (port, scheme) {
        (80, "http") | (443, "https") => 0,
        (port, _) => port,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::{SourceId, Span, Spanned};

    #[test]
    fn the_usual_port_of_the_scheme_is_left_out() {
        let span = Span::new(SourceId::new(0), 0, 0);
        let from_request = Some(DerivePort::FromRequestPort);
        let table = [
            (None, from_request, None, 80, false, 0),
            (None, from_request, None, 8080, false, 8080),
            (None, from_request, None, 443, true, 0),
            (None, from_request, None, 8443, true, 8443),
            (None, from_request, Some("https"), 80, false, 80),
            (None, Some(DerivePort::FromProtocolDefault), None, 8080, false, 0),
            (Some(80), None, None, 80, true, 80),
            (Some(80), None, None, 80, false, 0),
            (Some(443), None, Some("https"), 80, false, 0),
            (Some(8443), None, Some("https"), 80, false, 8443),
            (None, None, Some("https"), 8080, false, 0),
        ];
        for (port_given, derive, scheme, request, has_tls, expected) in table {
            let redirect = Redirect {
                port: port_given.map(|number| Spanned::new(number, span)),
                derive_port: derive.map(|derive| Spanned::new(derive, span)),
                scheme: scheme.map(|scheme| Spanned::new(scheme.into(), span)),
                ..Redirect::empty(span)
            };
            assert_eq!(port(&redirect, request, has_tls), expected, "{redirect:?}");
        }
    }
}
