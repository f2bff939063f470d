//! A matcher as Envoy's documentation tells it, slow and of its own code: `config.route.v3.RouteConfiguration`,
//! `VirtualHost.domains`, `RouteMatch`, `HeaderMatcher`, `QueryParameterMatcher`, and
//! `config.listener.v3.FilterChainMatch.server_names` (1.40).

use regex::Regex;

use crate::envoy::listener::Listener;
use crate::envoy::matching::Request;
use crate::envoy::route::{
    HeaderMatcher, PathMatch, QueryParameterMatcher, Route, RouteConfig, StringMatcher, VirtualHost,
};

/// "Domain search order: exact domain names, suffix domain wildcards, prefix domain wildcards, special wildcard `*`";
/// "the longest wildcards match first".
pub(super) fn virtual_host<'c>(config: &'c RouteConfig, host: &str) -> Option<&'c VirtualHost> {
    let host = host.to_lowercase();
    let host = host.split(':').next().unwrap_or_default();
    let mut ranked: Vec<(usize, &VirtualHost)> = Vec::new();
    for virtual_host in &config.virtual_hosts {
        for domain in &virtual_host.domains {
            let name = domain.name.as_str();
            if name == host {
                ranked.push((1000, virtual_host));
            } else if name == "*" {
                ranked.push((0, virtual_host));
            } else if let Some(rest) = name.strip_prefix('*')
                && host.len() > rest.len()
                && host.ends_with(rest)
            {
                ranked.push((rest.len(), virtual_host));
            }
        }
    }
    ranked.into_iter().max_by_key(|(rank, _)| *rank).map(|(_, virtual_host)| virtual_host)
}

/// "The list of routes that will be matched, in order. The first route that matches will be used."
pub(super) fn route(host: &VirtualHost, request: &Request) -> Option<usize> {
    host.routes.iter().position(|route| matches(route, request))
}

fn matches(route: &Route, request: &Request) -> bool {
    let (path, query) = request.path.split_once('?').unwrap_or((&request.path, ""));
    let folded = |text: &str| match route.matcher.case_sensitive {
        Some(false) => text.to_ascii_lowercase(),
        _ => text.to_owned(),
    };
    let is_path = match &route.matcher.path {
        PathMatch::Prefix(prefix) => folded(path).starts_with(&folded(prefix)),
        PathMatch::Path(exact) => folded(path) == folded(exact),
        PathMatch::SafeRegex(regex) => is_whole(regex, path),
    };
    is_path
        && route.matcher.headers.iter().all(|matcher| header(matcher, request))
        && route.matcher.query_parameters.iter().all(|matcher| parameter(matcher, query))
}

/// "The entire path (without the query string) must match the regex."
fn is_whole(regex: &str, text: &str) -> bool {
    Regex::new(&format!("^(?:{regex})$")).unwrap().is_match(text)
}

fn text(matcher: &StringMatcher, value: &str) -> bool {
    match matcher {
        StringMatcher::Exact(exact) => value == exact,
        StringMatcher::Prefix(prefix) => value.starts_with(prefix),
        StringMatcher::SafeRegex(regex) => is_whole(regex, value),
    }
}

/// "If specified, the match result will be inverted"; `treat_missing_header_as_empty` goes with it where there is a
/// value.
fn header(matcher: &HeaderMatcher, request: &Request) -> bool {
    let value = match matcher.name.as_str() {
        ":method" => request.method.clone(),
        ":authority" => request.host.clone(),
        name => {
            let mut headers = request.headers.iter();
            headers.find(|(key, _)| key == name).map(|(_, value)| value.clone())
        }
    };
    let holds = match (&matcher.value, value) {
        (None, value) => value.is_some(),
        (Some(wanted), Some(value)) => text(wanted, &value),
        (Some(wanted), None) => matcher.invert && text(wanted, ""),
    };
    holds != matcher.invert
}

fn parameter(matcher: &QueryParameterMatcher, query: &str) -> bool {
    for piece in query.split('&').filter(|piece| !piece.is_empty()) {
        let (name, value) = piece.split_once('=').unwrap_or((piece, ""));
        if name == matcher.name {
            return matcher.value.as_ref().is_none_or(|wanted| text(wanted, value));
        }
    }
    false
}

/// "Server names in order of specificity: `a.b.com`, `*.b.com`, `*.com`, then filter chains without `server_names`."
pub(super) fn filter_chain(listener: &Listener, sni: &str) -> Option<usize> {
    let mut wanted = vec![sni.to_owned()];
    let labels: Vec<&str> = sni.split('.').collect();
    wanted.extend((1..labels.len()).map(|from| format!("*.{}", labels[from..].join("."))));
    let chains = &listener.filter_chains;
    let named =
        |name: &String| chains.iter().position(|one| one.matcher.server_names.contains(name));
    wanted
        .iter()
        .find_map(named)
        .or_else(|| chains.iter().position(|one| one.matcher.server_names.is_empty()))
}
