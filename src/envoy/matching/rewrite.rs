//! Paths that routes rewrite, and where they redirect to.
//!
//! Mirrors `source/common/router/config_impl.cc`: `RouteEntryImplBase::currentUrlPathAfterRewriteWithMatchedPath`,
//! `processRequestHost`, `newUri` (1.40).

use super::incoming::Incoming;
use crate::envoy::route::{PathMatch, RedirectAction, RedirectPath};
use crate::pattern::re2::Re2;

/// The path with what `matched` matched replaced by `rewrite`: its prefix, or else all of it but the query.
pub(super) fn replace_matched(
    incoming: &Incoming<'_>,
    matched: &PathMatch,
    rewrite: &str,
) -> String {
    let path = incoming.path.as_deref().unwrap_or_default();
    let length = match matched {
        PathMatch::Prefix(prefix) => prefix.len(),
        PathMatch::Path(_) | PathMatch::SafeRegex(_) => incoming.path_only().len(),
    };
    format!("{rewrite}{}", path.get(length..).unwrap_or_default())
}

/// The path with every match of a pattern replaced, the query left alone.
pub(super) fn replace_pattern(incoming: &Incoming<'_>, regex: &Re2, substitution: &str) -> String {
    let path = incoming.path.as_deref().unwrap_or_default();
    let only = incoming.path_only();
    match regex.replace_all(only, substitution) {
        Some(replaced) => format!("{replaced}{}", &path[only.len()..]),
        None => path.to_owned(),
    }
}

/// `Location` of the redirect of a virtual host that requires TLS (mirrors `utility.cc: createSslRedirectPath`).
pub(super) fn https_location(incoming: &Incoming<'_>) -> String {
    format!("https://{}{}", incoming.authority, incoming.path.as_deref().unwrap_or_default())
}

/// `Location` of a redirect by a route.
pub(super) fn location(
    incoming: &Incoming<'_>,
    matched: &PathMatch,
    redirect: &RedirectAction,
) -> String {
    let scheme = redirect.scheme.as_deref().unwrap_or(&incoming.scheme);
    let port = if redirect.port == 0 { String::new() } else { format!(":{}", redirect.port) };
    let host = match redirect.host.as_deref() {
        Some(host) if !host.is_empty() => host,
        _ => own_host(incoming, scheme, !port.is_empty()),
    };
    format!("{scheme}://{host}{port}{}", new_path(incoming, matched, &redirect.path))
}

fn new_path(incoming: &Incoming<'_>, matched: &PathMatch, redirect: &RedirectPath) -> String {
    match redirect {
        RedirectPath::Prefix(prefix) if !prefix.is_empty() => {
            replace_matched(incoming, matched, prefix)
        }
        RedirectPath::Path(path) if !path.is_empty() => {
            let slash = if path.starts_with('/') { "" } else { "/" };
            let query = incoming.query();
            let all = incoming.path.as_deref().unwrap_or_default();
            // The query of the redirect, if any, replaces that of the request.
            if path.contains('?') || !all.contains('?') {
                format!("{slash}{path}")
            } else {
                format!("{slash}{path}?{query}")
            }
        }
        RedirectPath::Prefix(_) | RedirectPath::Path(_) => {
            incoming.path.clone().unwrap_or_default()
        }
    }
}

/// The request's host; without its port where another is set, or where the scheme changes and it was the old default.
fn own_host<'i>(incoming: &'i Incoming<'_>, scheme: &str, has_new_port: bool) -> &'i str {
    let host = &*incoming.authority;
    let colon = if host.starts_with('[') {
        host.rfind("]:").map(|bracket| bracket + 1)
    } else {
        host.rfind(':')
    };
    let Some(colon) = colon else { return host };
    let changes = incoming.forwarded_proto != scheme;
    let is_old_default = match &*incoming.forwarded_proto {
        "https" => &host[colon..] == ":443",
        "http" => &host[colon..] == ":80",
        _ => false,
    };
    if has_new_port || (changes && is_old_default) { &host[..colon] } else { host }
}
