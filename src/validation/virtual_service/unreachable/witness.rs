//! A request that reaches a condition which Istio takes for ineffective.

use std::fmt::Write as _;

use thin_vec::ThinVec;

use super::request::{Request, is_match, is_text};
use super::texts::Path;
use crate::istio::decode::Map;
use crate::istio::virtual_service::{HttpMatch, Pattern, StringMatch, VirtualService};

/// At most so many conditions are asked about one request: this is for words, and finding no request is no loss.
const MOST_EARLIER: usize = 500;

/// A request that reaches a condition, in words.
#[derive(Debug)]
pub(super) struct Reaching {
    pub(super) words: String,
    /// Whether it does so wherever the VirtualService applies: what Gateways there are, which ports they have and what labels
    /// proxies have, the object does not tell.
    pub(super) is_certain: bool,
}

/// A request that `condition` matches and certainly none of `earlier`.
pub(super) fn find<'v>(
    spec: &'v VirtualService,
    condition: &'v HttpMatch,
    earlier: &[&'v HttpMatch],
) -> Option<Reaching> {
    if earlier.len() > MOST_EARLIER {
        return None;
    }
    let headers = values(&condition.headers)?;
    let query = values(&condition.query_params)?;
    let authorities = authorities(spec, condition);
    let gateways = gateways(spec, condition);
    for path in paths(condition) {
        for method in methods(condition) {
            for authority in &authorities {
                for gateway in &gateways {
                    let request = Request {
                        method,
                        path: path.clone(),
                        authority: authority.clone(),
                        headers: headers.clone(),
                        query: query.clone(),
                        gateway,
                        meant_for: condition,
                    };
                    let is_missed = |other: &&HttpMatch| is_match(other, &request) == Some(false);
                    if is_match(condition, &request) == Some(true) && earlier.iter().all(is_missed)
                    {
                        let is_certain = !is_scoped(condition)
                            && !earlier.iter().any(|other| is_left_to(other, &request));
                        let words = words(spec, &request, earlier);
                        return Some(Reaching { words, is_certain });
                    }
                }
            }
        }
    }
    None
}

/// Paths that the condition matches, and that proxies leave as they are.
fn paths(condition: &HttpMatch) -> Vec<String> {
    let candidates = match Path::of(condition) {
        Path::Exact(text) => vec![text.to_owned()],
        Path::Prefix("") => vec!["/".to_owned()],
        Path::Prefix(text) => vec![text.to_owned(), format!("{text}x"), format!("{text}/x")],
        Path::Regex(_) => Vec::new(),
    };
    candidates.into_iter().filter(|path| is_plain(path)).collect()
}

fn is_plain(path: &str) -> bool {
    let is_part = |byte: u8| byte.is_ascii_alphanumeric() || b"/-_.~".contains(&byte);
    path.starts_with('/')
        && path.bytes().all(is_part)
        && !path.contains("//")
        && !path.split('/').any(|segment| matches!(segment, "." | ".."))
}

fn methods(condition: &HttpMatch) -> Vec<&str> {
    match condition.method.as_ref().map(|method| method.pattern()) {
        Some(Pattern::Exact(text) | Pattern::Prefix(text)) => vec![&text.value],
        _ => vec!["GET", "POST", "PUT", "DELETE"],
    }
}

fn authorities(spec: &VirtualService, condition: &HttpMatch) -> Vec<String> {
    if let Some(Pattern::Exact(text) | Pattern::Prefix(text)) =
        condition.authority.as_ref().map(|authority| authority.pattern())
    {
        return vec![text.value.to_string()];
    }
    let host = |host: &str| match host.strip_prefix('*') {
        Some(end) if end.starts_with('.') => format!("a{end}"),
        Some(_) => "a.example.com".to_owned(),
        None => host.to_owned(),
    };
    let hosts: Vec<String> = spec.hosts.iter().take(3).map(|name| host(&name.value)).collect();
    if hosts.is_empty() { vec!["a.example.com".to_owned()] } else { hosts }
}

/// The Gateways of both the VirtualService and the condition.
fn gateways<'v>(spec: &'v VirtualService, condition: &'v HttpMatch) -> Vec<&'v str> {
    let mut names: Vec<&str> = spec.gateways.iter().map(|name| name.value.as_str()).collect();
    if names.is_empty() {
        names.push("mesh");
    }
    let own = &condition.gateways;
    names.retain(|name| own.is_empty() || own.iter().any(|own| own.value == *name));
    names.truncate(5);
    names
}

/// Whether a condition is for some ports, gateways or proxies.
fn is_scoped(condition: &HttpMatch) -> bool {
    condition.port.is_some_and(|port| port.value != 0)
        || !condition.gateways.is_empty()
        || !condition.source_labels.is_empty()
        || condition.source_namespace.is_some()
}

/// Whether an earlier condition would take a request, but for the ports, gateways or proxies that it is for.
fn is_left_to(earlier: &HttpMatch, request: &Request<'_>) -> bool {
    let anywhere = HttpMatch {
        port: None,
        gateways: ThinVec::new(),
        source_labels: Map::default(),
        source_namespace: None,
        ..earlier.clone()
    };
    is_scoped(earlier) && is_match(&anywhere, request) != Some(false)
}

/// A value for each name; none where nobody can tell one.
fn values(wanted: &Map<StringMatch>) -> Option<Vec<(&str, &str)>> {
    wanted
        .iter()
        .map(|(name, wanted)| {
            let text = match wanted.pattern() {
                Pattern::Exact(text) | Pattern::Prefix(text) => text.value.as_str(),
                _ => ["a", "1", "true"]
                    .into_iter()
                    .find(|text| is_text(wanted, text) == Some(true))?,
            };
            Some((name.value.as_str(), text))
        })
        .collect()
}

/// The request, with what it differs by.
fn words(spec: &VirtualService, request: &Request<'_>, earlier: &[&HttpMatch]) -> String {
    let own = request.meant_for;
    let mut all = earlier.iter().copied().chain([own]);
    let query: Vec<String> =
        request.query.iter().map(|(name, value)| format!("{name}={value}")).collect();
    let query = if query.is_empty() { String::new() } else { format!("?{}", query.join("&")) };
    // Writing to a string cannot fail.
    let mut text = format!("`{} {}{query}`", request.method, request.path);
    if all.clone().any(|condition| condition.authority.is_some()) {
        let _ = write!(text, " for host `{}`", request.authority);
    }
    let headers: Vec<String> =
        request.headers.iter().map(|(name, value)| format!("`{name}: {value}`")).collect();
    match headers.as_slice() {
        [] => {}
        [one] => {
            let _ = write!(text, " with header {one}");
        }
        several => {
            let _ = write!(text, " with headers {}", several.join(", "));
        }
    }
    if all.any(|condition| !condition.gateways.is_empty()) && spec.gateways.len() != 1 {
        let _ = write!(text, " through `{}`", request.gateway);
    }
    text
}
