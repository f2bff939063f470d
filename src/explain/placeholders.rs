//! Answers that rest on a value that is put in later: a destination, a condition of a route, a host.

use std::sync::Arc;

use super::Context;
use super::describe::best_domain;
use super::document::Line;
use super::doubt::Doubt;
use super::probe::Probe;
use super::words;
use crate::envoy::Table;
use crate::envoy::matching::{Answer, Matcher, Outcome, Reason, Request, authority};
use crate::envoy::route::{PathMatch, Route, RouteMatch, StringMatcher};
use crate::text::{Span, has_substitution, is_placeholder};

/// What is not known of an answer.
struct Gap {
    why: String,
    /// Whether the route is certain, and whether the virtual host is.
    knows: (bool, bool),
    at: Option<Span>,
}

/// Whether an answer rests on such a value.
pub(super) fn doubt(
    context: Context<'_>,
    table: &Table,
    probe: &Probe<'_>,
    answer: &Answer,
) -> Option<Doubt> {
    let request = &probe.request;
    let gap = server_name(table, request, answer)
        .or_else(|| host(table, request, answer))
        .or_else(|| condition(table, request, answer))
        .or_else(|| destination(context, table, answer))?;
    let mut unknown = Answer::new(Outcome::Unknown, Reason::Placeholder);
    (unknown.listener, unknown.filter_chain) = (answer.listener, answer.filter_chain);
    unknown.route_config = answer.route_config;
    let (knows_route, knows_host) = gap.knows;
    unknown.virtual_host = answer.virtual_host.filter(|_| knows_host);
    unknown.route = answer.route.filter(|_| knows_route);
    let near = Line::new("", "the value is put in later", "give gwctl what is rendered", gap.at);
    Some(Doubt { answer: unknown, why: gap.why, near: vec![near] })
}

/// No filter chain, but one whose name may be that of the handshake.
fn server_name(table: &Table, request: &Request, answer: &Answer) -> Option<Gap> {
    if answer.reason != Reason::NoFilterChain {
        return None;
    }
    let sni = request.sni.as_deref()?.to_ascii_lowercase();
    let chains = &answer.listener(table)?.filter_chains;
    let mut names = chains.iter().flat_map(|chain| {
        chain.matcher.server_names.iter().map(move |name| (name, chain.origins.first()))
    });
    let (name, at) = names.find(|(name, _)| may_be(name, &sni))?;
    let at = at.map(|at| at.span);
    let why = format!("the input does not tell whether {name} covers {sni}");
    Some(Gap { why, knows: (false, false), at })
}

/// No virtual host of just this name, but one whose domain may be the host.
fn host(table: &Table, request: &Request, answer: &Answer) -> Option<Gap> {
    let host = authority::host(request.host.as_deref().unwrap_or_default());
    let chosen = answer.virtual_host(table).and_then(|chosen| best_domain(chosen, &host));
    if chosen.is_some_and(|(name, _)| name == host) {
        return None;
    }
    let domains = answer.route_config(table)?.virtual_hosts.iter().flat_map(|one| &one.domains);
    let mut domains = domains.filter(|domain| !domain.origins.is_empty());
    let domain = domains.find(|domain| may_be(&domain.name, &host))?;
    let why = format!("the input does not tell whether {} covers {host}", domain.name);
    let at = domain.origins.last().map(|at| at.span);
    Some(Gap { why, knows: (false, false), at })
}

/// Whether a name with a placeholder may cover a host.
fn may_be(name: &str, host: &str) -> bool {
    if !is_placeholder(name) {
        return false;
    }
    let start = name.find(['$', '{']).map_or("", |at| &name[..at]);
    let start = if start.starts_with('*') { "" } else { start };
    let end = name.rfind('}').map_or("", |at| &name[at + 1..]);
    let is_long = start.len() + end.len() <= host.len();
    is_long && host.starts_with(start) && host.ends_with(end)
}

/// A route that would answer, were a value of its match the right one; or the one that answers.
fn condition(table: &Table, request: &Request, answer: &Answer) -> Option<Gap> {
    let host = answer.virtual_host(table)?;
    let (config_at, host_at) = (answer.route_config?, answer.virtual_host?);
    if host.requires_tls() || host.routes.iter().all(|route| loosened(&route.matcher).is_none()) {
        return None;
    }
    let mut loose = table.clone();
    for route in &mut loose.routes[config_at].virtual_hosts[host_at].routes {
        if let Some(matcher) = loosened(&route.matcher) {
            *route = Arc::new(Route { matcher, ..Route::clone(route) });
        }
    }
    let at = Matcher::new(&loose).answer(request).route?;
    let route = &host.routes[at];
    loosened(&route.matcher)?;
    let conditions = words::conditions(&route.matcher);
    let why = format!("the input does not tell whether route {} matches ({conditions})", at + 1);
    Some(Gap { why, knows: (false, true), at: Some(route.origin.span) })
}

/// A match without what is put in later; none where nothing is.
fn loosened(matcher: &RouteMatch) -> Option<RouteMatch> {
    let is_open =
        |value: Option<&StringMatcher>| value.is_some_and(|value| has_substitution(text(value)));
    let mut loose = matcher.clone();
    match &matcher.path {
        PathMatch::Prefix(path) | PathMatch::Path(path) if has_substitution(path) => {
            let known = path.find(['$', '{']).map_or("", |at| &path[..at]);
            loose.path = PathMatch::Prefix(known.to_owned());
        }
        PathMatch::SafeRegex(regex) if has_substitution(regex) => {
            loose.path = PathMatch::Prefix(String::new());
        }
        _ => {}
    }
    loose.headers.retain(|header| {
        let is_unwanted = header.invert && is_open(header.value.as_ref());
        !is_unwanted && !has_substitution(&header.name)
    });
    for header in &mut loose.headers {
        if is_open(header.value.as_ref()) {
            header.value = None;
        }
    }
    loose.query_parameters.retain(|parameter| !has_substitution(&parameter.name));
    for parameter in &mut loose.query_parameters {
        if is_open(parameter.value.as_ref()) {
            parameter.value = None;
        }
    }
    (loose != *matcher).then_some(loose)
}

fn text(matcher: &StringMatcher) -> &str {
    match matcher {
        StringMatcher::Exact(text) | StringMatcher::Prefix(text) => text,
        StringMatcher::SafeRegex(regex) => regex,
    }
}

/// A destination of which nobody knows the host.
fn destination(context: Context<'_>, table: &Table, answer: &Answer) -> Option<Gap> {
    if !matches!(answer.reason, Reason::Forwarded | Reason::NoCluster) {
        return None;
    }
    let cluster = answer.clusters.iter().find(|cluster| is_placeholder(&cluster.name))?;
    let name = words::cluster(&cluster.name, &context.mesh.domain);
    let chain = answer.filter_chain(table).and_then(|chain| chain.origins.first());
    let at = answer.route(table).map(|route| route.origin).or(chain.copied());
    let why = format!("the input does not tell the destination {name}");
    Some(Gap { why, knows: (true, true), at: at.map(|at| at.span) })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_stands_around_a_placeholder_must_fit() {
        let table = [
            ("${HOST}", "a.test", true),
            ("${NAME}.test", "a.test", true),
            ("${NAME}.test", "a.com", false),
            ("shop-${ENV}.test", "shop-dev.test", true),
            ("shop-${ENV}.test", "blog.test", false),
            ("*.${DOMAIN}", "a.test", true),
            ("$HOST", "a.test", true),
            ("a.test", "a.test", false),
            ("ab${X}ba", "aba", false),
        ];
        for (name, host, expected) in table {
            assert_eq!(may_be(name, host), expected, "{name} {host}");
        }
    }
}
