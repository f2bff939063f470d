//! Cells: what connections and requests match, in a few words, much as istioctl writes it. Never cut short.

use crate::envoy::listener::{Address, DownstreamTls, FilterChain, FilterChainMatch, Listener};
use crate::envoy::route::{PathMatch, RouteMatch, StringMatcher};
use crate::istio::gateway::TlsMode;
use crate::mesh::Part;
use crate::rules::{NeededSecret, Presence};

/// `0.0.0.0:8080`.
pub(super) fn address(address: &Address) -> String {
    match address {
        Address::Socket { address, port } if address.contains(':') => format!("[{address}]:{port}"),
        Address::Socket { address, port } => format!("{address}:{port}"),
        Address::Pipe(path) => format!("unix:{path}"),
    }
}

/// The address of a listener; `targets` are the container ports of which nobody knows the number, one of them its port.
pub(super) fn listener(listener: &Listener, targets: &[&str]) -> String {
    if targets.is_empty() {
        return address(&listener.address);
    }
    let bind = bind(&listener.address);
    let bind = if bind.contains(':') { format!("[{bind}]") } else { bind.to_owned() };
    let port = if targets.len() == 1 { "port" } else { "ports" };
    format!("{bind}:? (target {port} {} unknown)", targets.join(", "))
}

/// The address without port.
pub(super) fn bind(address: &Address) -> &str {
    match address {
        Address::Socket { address, .. } => address,
        Address::Pipe(path) => path,
    }
}

/// `SNI: a.com`, or `ALL`.
pub(super) fn chain_match(matcher: &FilterChainMatch) -> String {
    let mut parts = Vec::new();
    if !matcher.server_names.is_empty() {
        parts.push(format!("SNI: {}", matcher.server_names.join(", ")));
    }
    let protocols = &matcher.application_protocols;
    if !protocols.is_empty() {
        // Those of an AUTO_PASSTHROUGH server are always the same five.
        let is_mesh = protocols.iter().all(|protocol| protocol.starts_with("istio"));
        parts.push(format!(
            "ALPN: {}",
            if is_mesh { "istio*".into() } else { protocols.join(", ") }
        ));
    }
    if parts.is_empty() { "ALL".into() } else { parts.join("  ") }
}

/// `SIMPLE shop-cert`, `PASSTHROUGH`, `-`. Of a chain that terminates TLS `secrets` are those that it needs.
pub(super) fn tls(chain: &FilterChain, secrets: &[NeededSecret]) -> String {
    match &chain.tls {
        Some(tls) => terminated(tls, secrets),
        None => tls_mode(chain).unwrap_or("-").to_owned(),
    }
}

/// The mode of the servers of a chain; none where there is no TLS.
pub(super) fn tls_mode(chain: &FilterChain) -> Option<&'static str> {
    let is_of_tls_rule = |part| matches!(part, Part::Tls(_) | Part::TlsMatch(..));
    let mode = if let Some(tls) = &chain.tls {
        tls.mode
    } else if !chain.matcher.application_protocols.is_empty() {
        TlsMode::AutoPassthrough
    } else if !chain.matcher.server_names.is_empty()
        || chain.origins.iter().any(|origin| is_of_tls_rule(origin.part))
    {
        TlsMode::Passthrough
    } else {
        return None;
    };
    Some(mode.as_str())
}

fn terminated(tls: &DownstreamTls, secrets: &[NeededSecret]) -> String {
    let mut parts = vec![tls.mode.as_str().to_owned()];
    if tls.mode == TlsMode::IstioMutual {
        return parts.remove(0);
    }
    let marked = |name: &str, secret: Option<&NeededSecret>| {
        let mark = secret.and_then(secret_mark);
        mark.map_or_else(|| name.to_owned(), |mark| format!("{name} ({mark})"))
    };
    parts.extend(tls.certificates.iter().map(|certificate| {
        let name = match certificate.strip_prefix("file-cert:") {
            Some(files) => files.split('~').next().unwrap_or(files),
            None => certificate.strip_prefix("kubernetes://").unwrap_or(certificate),
        };
        marked(name, secrets.iter().find(|secret| secret.resource == *certificate))
    }));
    let ca = secrets.iter().find(|secret| secret.is_ca && secret_mark(secret).is_some());
    parts.extend(ca.map(|ca| format!("CA {}", marked(&ca.name, Some(ca)))));
    parts.join(" ")
}

/// The words for a Secret that is not there or may not be there, or that the proxy does not get; none for others.
pub(super) fn secret_mark(secret: &NeededSecret) -> Option<&'static str> {
    match secret.presence {
        _ if secret.is_foreign => Some("of another namespace"),
        Presence::Known => None,
        Presence::Missing => Some("no such secret"),
        Presence::Unknown => Some("secret not in the input"),
    }
}

/// Pseudo headers, which are shown without their colon; a plain header of such a name is told from them.
const PSEUDO: [&str; 4] = ["method", "authority", "scheme", "path"];

/// `/cart*  x-beta=~^1$`.
pub(super) fn conditions(matcher: &RouteMatch) -> String {
    let mut parts = vec![match &matcher.path {
        PathMatch::Prefix(prefix) => format!("{prefix}*"),
        PathMatch::Path(path) if path.is_empty() => "\"\"".into(),
        PathMatch::Path(path) => path.clone(),
        PathMatch::SafeRegex(regex) => format!("regex {regex}"),
    }];
    if matcher.case_sensitive == Some(false) {
        parts.push("(any case)".into());
    }
    for header in &matcher.headers {
        let name = match header.name.strip_prefix(':') {
            Some(pseudo) => pseudo.to_owned(),
            None if PSEUDO.contains(&header.name.as_str()) => format!("header {}", header.name),
            None => header.name.clone(),
        };
        parts.push(condition(&name, header.value.as_ref(), header.invert));
    }
    for parameter in &matcher.query_parameters {
        parts.push(condition(&format!("?{}", parameter.name), parameter.value.as_ref(), false));
    }
    for claim in &matcher.claims {
        let path = claim.path.get(1..).unwrap_or_default().join(".");
        parts.push(condition(&format!("claim {path}"), claim.value.as_ref(), claim.invert));
    }
    parts.join("  ")
}

/// `x=v`, `x=v*`, `x=~v`, `x`, and with `!` what must not hold.
fn condition(name: &str, value: Option<&StringMatcher>, invert: bool) -> String {
    let not = if invert { "!" } else { "" };
    match value {
        None => format!("{not}{name}"),
        Some(StringMatcher::Exact(text)) => format!("{name}{not}={text}"),
        Some(StringMatcher::Prefix(text)) => format!("{name}{not}={text}*"),
        Some(StringMatcher::SafeRegex(regex)) if invert => format!("{name}!~{regex}"),
        Some(StringMatcher::SafeRegex(regex)) => format!("{name}=~{regex}"),
    }
}

/// `cart.shop` of `shop/cart`.
pub(super) fn virtual_service(key: &str) -> String {
    key.split_once('/')
        .map_or_else(|| key.to_owned(), |(namespace, name)| format!("{name}.{namespace}"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::envoy::route::{ClaimMatcher, HeaderMatcher, QueryParameterMatcher};

    #[test]
    fn chains_match_by_sni_and_alpn() {
        let of = |names: &[&str], protocols: &[&'static str]| {
            chain_match(&FilterChainMatch {
                server_names: names.iter().map(|&name| name.to_owned()).collect(),
                application_protocols: protocols.to_vec(),
            })
        };
        assert_eq!(of(&[], &[]), "ALL");
        assert_eq!(of(&["*.a.com", "a.com"], &[]), "SNI: *.a.com, a.com");
        assert_eq!(of(&["a"], &["istio", "istio-h2"]), "SNI: a  ALPN: istio*");
        assert_eq!(of(&[], &["h2", "istio"]), "ALPN: h2, istio");
    }

    #[test]
    fn matches_are_written_in_a_few_words() {
        let exact = |text: &str| Some(StringMatcher::Exact(text.into()));
        let regex = |text: &str| Some(StringMatcher::SafeRegex(text.into()));
        let header = |name: &str, value, invert| HeaderMatcher { name: name.into(), value, invert };
        let claim = ClaimMatcher {
            path: vec!["payload".into(), "group".into(), "id".into()],
            value: exact("a"),
            invert: true,
        };
        let path = |path| RouteMatch { path, ..RouteMatch::any() };
        let mut all = path(PathMatch::SafeRegex("/a.*".into()));
        all.case_sensitive = Some(false);
        all.headers = vec![
            header("x-beta", regex("^1$"), false),
            header("x-old", regex("1"), true),
            header("x-a", Some(StringMatcher::Prefix("v".into())), true),
            header("x-bot", None, true),
            header(":method", exact("GET"), false),
        ];
        all.query_parameters = vec![QueryParameterMatcher { name: "k".into(), value: exact("v") }];
        all.claims = vec![claim];
        let table = [
            (RouteMatch::any(), "/*"),
            (path(PathMatch::Path("/x".into())), "/x"),
            (path(PathMatch::Path(String::new())), "\"\""),
            (
                all,
                "regex /a.*  (any case)  x-beta=~^1$  x-old!~1  x-a!=v*  !x-bot  method=GET  ?k=v  claim group.id!=a",
            ),
        ];
        for (matcher, expected) in table {
            assert_eq!(conditions(&matcher), expected);
        }
    }
}
