//! A request, and whether a condition certainly matches it.

use crate::istio::objection::text;
use crate::istio::virtual_service::{HttpMatch, Pattern, StringMatch};
use crate::pattern::re2::Re2;

use super::texts::{Path, ignores_case};

/// A request at a proxy.
#[derive(Clone, Debug)]
pub(super) struct Request<'v> {
    pub(super) method: &'v str,
    pub(super) path: String,
    pub(super) authority: String,
    pub(super) headers: Vec<(&'v str, &'v str)>,
    pub(super) query: Vec<(&'v str, &'v str)>,
    /// The Gateway, or `mesh`.
    pub(super) gateway: &'v str,
    /// The condition that the request is made for: what it says of ports, schemes and proxies holds.
    pub(super) meant_for: &'v HttpMatch,
}

/// Headers that proxies set, whatever the client sends.
const OF_PROXIES: &[&str] = &["host", "te", "x-request-id", "x-real-ip"];

/// Whether `condition` matches a request; none where nobody can tell.
pub(super) fn is_match(condition: &HttpMatch, request: &Request<'_>) -> Option<bool> {
    let headers = condition.headers.iter().map(|(name, value)| header(&name.value, value, request));
    let others = condition.without_headers.iter();
    let without = others.map(|(name, value)| header(&name.value, value, request).map(|is| !is));
    let parameters = condition.query_params.iter().map(|(name, value)| {
        let mut named = request.query.iter().filter(|(key, _)| *key == name.value);
        named.next().map_or(Some(false), |(_, text)| is_text(value, text))
    });
    let one = |value: &Option<Box<StringMatch>>, text: &str| {
        value.as_ref().map_or(Some(true), |value| is_text(value, text))
    };
    let parts = [
        is_path(condition, &request.path),
        one(&condition.method, request.method),
        one(&condition.authority, &request.authority),
        is_scheme(condition, request.meant_for),
        is_port(condition, request.meant_for),
        is_proxy(condition, request),
    ];
    all(parts.into_iter().chain(headers).chain(without).chain(parameters))
}

/// All of several; what is certainly false decides.
fn all(parts: impl Iterator<Item = Option<bool>>) -> Option<bool> {
    let mut result = Some(true);
    for part in parts {
        match part {
            Some(false) => return Some(false),
            Some(true) => {}
            None => result = None,
        }
    }
    result
}

fn is_path(condition: &HttpMatch, path: &str) -> Option<bool> {
    let read = |text: &str| {
        if ignores_case(condition) { text.to_ascii_lowercase() } else { text.to_owned() }
    };
    match Path::of(condition) {
        Path::Exact(text) => Some(read(path) == read(text)),
        Path::Prefix(text) => Some(read(path).starts_with(&read(text))),
        Path::Regex(regex) => is_full_match(regex, path),
    }
}

/// Whether a text that is there matches.
pub(super) fn is_text(value: &StringMatch, text: &str) -> Option<bool> {
    match value.pattern() {
        Pattern::Empty => Some(true),
        Pattern::Exact(exact) => Some(text == exact.value),
        Pattern::Prefix(prefix) => Some(text.starts_with(prefix.value.as_str())),
        Pattern::Regex(regex) if regex.value == "*" => Some(true),
        Pattern::Regex(regex) => is_full_match(&regex.value, text),
    }
}

fn is_full_match(regex: &str, text: &str) -> Option<bool> {
    Some(Re2::new(regex).ok()?.is_full_match(text.as_bytes()))
}

fn header(name: &str, value: &StringMatch, request: &Request<'_>) -> Option<bool> {
    let lower = name.to_ascii_lowercase();
    // The request has no token.
    if name.starts_with('@') {
        return Some(false);
    }
    let is_set_elsewhere = OF_PROXIES.contains(&lower.as_str())
        || [":", "x-forwarded-", "x-envoy-"].iter().any(|start| lower.starts_with(start));
    if is_set_elsewhere {
        return None;
    }
    let mut named = request.headers.iter().filter(|(key, _)| key.eq_ignore_ascii_case(name));
    match (named.next(), named.next()) {
        (None, _) => Some(false),
        (Some((_, text)), None) => is_text(value, text),
        (Some(_), Some(_)) => None,
    }
}

fn is_scheme(condition: &HttpMatch, meant_for: &HttpMatch) -> Option<bool> {
    let Some(wanted) = &condition.scheme else { return Some(true) };
    match (wanted.pattern(), meant_for.scheme.as_ref().map(|scheme| scheme.pattern())) {
        (Pattern::Empty, _) => Some(true),
        (_, Some(Pattern::Exact(scheme))) => is_text(wanted, &scheme.value),
        _ => None,
    }
}

fn is_port(condition: &HttpMatch, meant_for: &HttpMatch) -> Option<bool> {
    let port = |condition: &HttpMatch| condition.port.map_or(0, |port| port.value);
    match (port(condition), port(meant_for)) {
        (0, _) => Some(true),
        (_, 0) => None,
        (wanted, port) => Some(wanted == port),
    }
}

/// Mirrors istio 1.32 `route.go: sourceMatchHTTP`.
fn is_proxy(condition: &HttpMatch, request: &Request<'_>) -> Option<bool> {
    if !condition.gateways.is_empty() {
        let mut names = condition.gateways.iter().map(|name| name.value.as_str());
        if names.clone().any(|name| name == request.gateway) {
            return Some(true);
        }
        // `infra/public` and `public` may be one.
        let last = |name: &'_ str| name.rsplit('/').next().unwrap_or_default().to_owned();
        let is_near = names.any(|name| name.contains('.') || last(name) == last(request.gateway));
        return if is_near { None } else { Some(false) };
    }
    let namespace = text(&condition.source_namespace);
    if condition.source_labels.is_empty() && namespace.is_empty() {
        return Some(true);
    }
    let own = request.meant_for;
    if !own.gateways.is_empty() {
        return None;
    }
    let labels = condition.source_labels.iter().map(|(name, value)| {
        own.source_labels.get(&name.value).map(|own| own.value == value.value)
    });
    let same = match (namespace, text(&own.source_namespace)) {
        ("", _) => Some(true),
        (_, "") => None,
        (wanted, namespace) => Some(wanted == namespace),
    };
    all(labels.chain([same]))
}
