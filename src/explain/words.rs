//! Matches, shares and names in a few words.

use crate::envoy::listener::{Address, FilterChainMatch};
use crate::envoy::matching::Mismatch;
use crate::envoy::route::{HeaderMatcher, PathMatch, RouteMatch, StringMatcher};

/// `0.0.0.0:8080`.
pub(super) fn address(address: &Address) -> String {
    match address {
        Address::Socket { address, port } if address.contains(':') => format!("[{address}]:{port}"),
        Address::Socket { address, port } => format!("{address}:{port}"),
        Address::Pipe(path) => format!("unix:{path}"),
    }
}

/// `prefix /cart, header x-beta ~ ^1$`.
pub(super) fn conditions(matcher: &RouteMatch) -> String {
    let mut parts = vec![path(matcher)];
    parts.extend(matcher.headers.iter().map(header));
    parts.extend(
        matcher
            .query_parameters
            .iter()
            .map(|parameter| condition("query", &parameter.name, parameter.value.as_ref(), false)),
    );
    parts.extend(matcher.claims.iter().map(|claim| {
        let path = claim.path.get(1..).unwrap_or_default().join(".");
        condition("claim", &path, claim.value.as_ref(), claim.invert)
    }));
    parts.join(", ")
}

fn path(matcher: &RouteMatch) -> String {
    let any_case = if matcher.case_sensitive == Some(false) { " in any case" } else { "" };
    match &matcher.path {
        PathMatch::Prefix(prefix) if prefix == "/" => "any path".to_owned(),
        PathMatch::Prefix(prefix) => format!("prefix {prefix}{any_case}"),
        PathMatch::Path(path) => format!("path {path}{any_case}"),
        PathMatch::SafeRegex(regex) => format!("path ~ {regex}"),
    }
}

fn header(matcher: &HeaderMatcher) -> String {
    match matcher.name.strip_prefix(':') {
        Some(name) => condition("", name, matcher.value.as_ref(), matcher.invert),
        None => condition("header", &matcher.name, matcher.value.as_ref(), matcher.invert),
    }
}

/// `header x-beta ~ ^1$`, `no header x-bot`, `query v = 1`, `method = GET`.
fn condition(kind: &str, name: &str, value: Option<&StringMatcher>, invert: bool) -> String {
    let named = if kind.is_empty() { name.to_owned() } else { format!("{kind} {name}") };
    let not = if invert { "not " } else { "" };
    match value {
        None if invert => format!("no {named}"),
        None => named,
        Some(StringMatcher::Exact(text)) => format!("{not}{named} = {}", quoted(text)),
        Some(StringMatcher::Prefix(text)) => format!("{not}{named} = {text}*"),
        Some(StringMatcher::SafeRegex(regex)) => format!("{not}{named} ~ {regex}"),
    }
}

fn quoted(text: &str) -> String {
    if text.is_empty() || text.contains(' ') { format!("{text:?}") } else { text.to_owned() }
}

/// `the path is another`, `header x-beta is absent`.
pub(super) fn mismatch(matcher: &RouteMatch, mismatch: &Mismatch) -> String {
    match *mismatch {
        Mismatch::Path => "the path is another".to_owned(),
        Mismatch::Header { index, present } => {
            let wanted = &matcher.headers[index];
            let kind = if wanted.name.starts_with(':') { "" } else { "header " };
            let name = wanted.name.trim_start_matches(':');
            match (present, wanted.invert) {
                (false, false) => format!("{kind}{name} is absent"),
                (false, true) => format!("{kind}{name} is absent, which counts as empty"),
                (true, true) if wanted.value.is_none() => format!("{kind}{name} is there"),
                (true, true) => format!("{kind}{name} has the unwanted value"),
                (true, false) => format!("{kind}{name} has another value"),
            }
        }
        Mismatch::QueryParameter { index, present } => {
            let name = &matcher.query_parameters[index].name;
            let what = if present { "has another value" } else { "is absent" };
            format!("query {name} {what}")
        }
        Mismatch::Claim(index) => {
            let path = matcher.claims[index].path.get(1..).unwrap_or_default().join(".");
            format!("claim {path}: no valid token is sent")
        }
    }
}

/// `SNI *.a.com, b.com`, `any connection`.
pub(super) fn chain_match(matcher: &FilterChainMatch) -> String {
    match (&matcher.server_names[..], matcher.application_protocols.is_empty()) {
        ([], true) => "any connection".to_owned(),
        ([], false) => format!("ALPN {}", matcher.application_protocols.join(", ")),
        (names, true) => format!("SNI {}", names.join(", ")),
        (names, false) => {
            format!("SNI {} with ALPN {}", names.join(", "), matcher.application_protocols[0])
        }
    }
}

/// `cart.shop:8080 v1` of `outbound|8080|v1|cart.shop.svc.cluster.local`.
pub(super) fn cluster(name: &str, domain: &str) -> String {
    let parts: Vec<&str> = name.splitn(4, '|').collect();
    let &["outbound", port, subset, host] = &parts[..] else { return name.to_owned() };
    let host =
        host.strip_suffix(domain).and_then(|host| host.strip_suffix(".svc.")).unwrap_or(host);
    let subset = if subset.is_empty() { String::new() } else { format!(" {subset}") };
    format!("{host}:{port}{subset}")
}

/// A share in percent, with one digit of fraction where it has one.
pub(super) fn percent(part: u32, total: u64) -> String {
    let tenths = (u64::from(part) * 2000 + total) / (total.max(1) * 2);
    match (tenths / 10, tenths % 10) {
        (0, 0) => "<0.1%".to_owned(),
        (whole, 0) => format!("{whole}%"),
        (whole, tenth) => format!("{whole}.{tenth}%"),
    }
}
