//! Redirects (H-60 to H-65), and codes that Istio takes and cannot program.

use crate::istio::objection::{Objections, Weight, text};
use crate::istio::virtual_service::{HttpMatch, Pattern, Redirect};

/// The codes that Envoy knows.
const CODES: &[u32] = &[301, 302, 303, 307, 308];

/// Mirrors istio 1.32 `pkg/config/validation: validateHTTPRedirect`, which stops at the first flaw.
pub(super) fn check(redirect: &Redirect, matches: &[HttpMatch], out: &mut Objections) {
    if let Some(code) = redirect.redirect_code
        && (300..400).contains(&code.value)
        && !CODES.contains(&code.value)
    {
        // Mirrors `route.go: ApplyRedirect`: the route is left without an action, which Envoy refuses.
        let message = format!(
            "redirect code {} is accepted by Istio, but Envoy does not know it and refuses all routes of the port",
            code.value
        );
        out.add(Weight::NONE, "redirect-code", code.span, message)
            .help("write 301, 302, 303, 307 or 308");
    }
    let prefix_rewrite = redirect.prefix_rewrite.as_ref().filter(|text| !text.value.is_empty());
    let uri = redirect.uri.as_ref().filter(|text| !text.value.is_empty());
    if let (Some(prefix), Some(uri)) = (prefix_rewrite, uri) {
        out.reject("H-60", prefix.span, "a redirect cannot have both `uri` and `prefixRewrite`")
            .related(uri.span, "`uri` is here")
            .help("keep one of the two");
        return;
    }
    if let Some(prefix) = prefix_rewrite {
        let is_prefix = |pattern| matches!(pattern, Pattern::Prefix(_));
        let uris = matches.iter().filter_map(|condition| condition.uri.as_ref());
        if let Some(other) = uris.into_iter().find(|uri| !is_prefix(uri.pattern())) {
            let message = "`prefixRewrite` needs conditions that match a `prefix` of the path";
            out.reject("H-61", prefix.span, message)
                .related(other.span, "matches otherwise")
                .help("match by `uri.prefix`, or write `uri` instead");
            return;
        }
    }
    let has_port = redirect.port.is_some() || redirect.derive_port.is_some();
    let scheme = text(&redirect.scheme);
    let is_empty = text(&redirect.authority).is_empty() && scheme.is_empty() && !has_port;
    if is_empty && uri.is_none() && prefix_rewrite.is_none() {
        let message = "a redirect must change something: `uri`, `prefixRewrite`, `authority`, `port`, \
                       `derivePort` or `scheme`";
        out.lacks("H-62", redirect.span, message);
        return;
    }
    if let Some(code) = redirect.redirect_code
        && code.value != 0
        && !(300..400).contains(&code.value)
    {
        out.reject("H-63", code.span, format!("{} is not a code of a redirect", code.value))
            .help("write 301, 302, 303, 307 or 308");
        return;
    }
    if let Some(written) =
        redirect.scheme.as_ref().filter(|_| !matches!(scheme, "" | "http" | "https"))
    {
        let objection =
            out.reject("H-64", written.span, format!("`{scheme}` is neither `http` nor `https`"));
        let lower = scheme.to_ascii_lowercase();
        if matches!(lower.as_str(), "http" | "https") {
            objection.help(format!("write `{lower}`")).fix(lower);
        } else {
            objection.help("write `http` or `https`");
        }
        return;
    }
    // Of two members of one choice the one declared last counts.
    if let Some(port) = redirect.port.filter(|port| port.value > 65535)
        && redirect.derive_port.is_none()
    {
        let message = format!("{} is not a port: ports are from 1 to 65535", port.value);
        out.reject("H-65", port.span, message);
    }
}
