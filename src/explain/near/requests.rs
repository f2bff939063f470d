//! Other requests that would be answered: other paths, methods, ports.

use super::line;
use crate::envoy::Table;
use crate::envoy::matching::{Answer, Matcher, Reason, Request, authority};
use crate::envoy::route::{HeaderMatcher, PathMatch, StringMatcher};
use crate::explain::document::Line;
use crate::explain::probe::{Probe, covers, probes};
use crate::explain::target::Question;
use crate::explain::words;

/// The start of a host that no configuration has.
const STRANGER: &str = "no-such-host";

/// Paths that differ by a slash or by case, and methods, that a route of the virtual host takes.
pub(super) fn other_requests(
    own: &Matcher<'_>,
    request: &Request,
    answer: &Answer,
    lines: &mut Vec<Line>,
) {
    let table = own.table();
    let Some(host) = answer.virtual_host(table) else { return };
    let (path, query) = request.path.split_at(request.path.find('?').unwrap_or(request.path.len()));
    let mut paths = vec![match path.strip_suffix('/') {
        Some(shorter) => shorter.to_owned(),
        None => format!("{path}/"),
    }];
    let mut methods = Vec::new();
    for route in &host.routes {
        if let PathMatch::Prefix(literal) | PathMatch::Path(literal) = &route.matcher.path
            && let Some(start) = path.get(..literal.len())
            && start.eq_ignore_ascii_case(literal)
            && start != literal
        {
            paths.push(format!("{literal}{}", &path[literal.len()..]));
        }
        let of_method = |header: &&HeaderMatcher| header.name == ":method" && !header.invert;
        let method = route.matcher.headers.iter().find(of_method);
        if let Some(StringMatcher::Exact(method)) = method.and_then(|header| header.value.as_ref())
        {
            methods.push(method.clone());
        }
    }
    let mut seen: Vec<usize> = Vec::new();
    let mut ask = |changed: &Request, text: String| {
        let found = own.answer(changed);
        if let (true, Some(at)) = (found.reason.is_served(), found.route)
            && found.virtual_host == answer.virtual_host
            && !seen.contains(&at)
        {
            seen.push(at);
            let conditions = words::conditions(&host.routes[at].matcher);
            lines.push(line(
                format!("{text}: route {} answers ({conditions})", at + 1),
                "",
                Some(host.routes[at].origin.span),
            ));
        }
    };
    for path in paths {
        let path = format!("{path}{query}");
        let text = format!("with path {path}");
        ask(&Request { path, ..request.clone() }, text);
    }
    for method in methods {
        let text = format!("with method {method}");
        ask(&Request { method: Some(method), ..request.clone() }, text);
    }
}

/// What would come of a request whose forbidden parts are replaced.
pub(super) fn plain_request(own: &Matcher<'_>, request: &Request, lines: &mut Vec<Line>) {
    let changes = [
        ("with method GET", Request { method: Some("GET".to_owned()), ..request.clone() }),
        ("with path /", Request { path: "/".to_owned(), ..request.clone() }),
        ("without the headers", Request { headers: Vec::new(), ..request.clone() }),
        (
            "with no host but that of the URL",
            Request { host: request.sni.clone(), ..request.clone() },
        ),
    ];
    for (text, changed) in changes {
        let found = own.answer(&changed);
        if changed == *request || matches!(found.reason, Reason::BadRequest(_)) {
            continue;
        }
        let table = own.table();
        let what = match found.route(table) {
            Some(route) => format!("route answers ({})", words::conditions(&route.matcher)),
            None => "Envoy takes the request".to_owned(),
        };
        let at = found.route(table).map(|route| route.origin);
        let chain = found.filter_chain(table).and_then(|chain| chain.origins.first());
        let at = at.or(chain.copied()).map(|origin| origin.span);
        lines.push(line(format!("{text}: {what}"), "", at));
    }
}

/// Wildcard hosts with a route for the request, which the host's own virtual host hides.
pub(super) fn hidden_wildcards(
    own: &Matcher<'_>,
    request: &Request,
    answer: &Answer,
    lines: &mut Vec<Line>,
) {
    let table = own.table();
    let Some(config) = answer.route_config(table) else { return };
    let host = authority::host(request.host.as_deref().unwrap_or_default());
    for domain in config.virtual_hosts.iter().flat_map(|host| &host.domains) {
        let Some(suffix) = domain.name.strip_prefix('*') else { continue };
        if !covers(&domain.name, &host) || domain.origins.is_empty() {
            continue;
        }
        // A name that nobody else has.
        let stranger = format!("{STRANGER}{suffix}");
        let found = own.answer(&Request { host: Some(stranger), ..request.clone() });
        if let (true, Some(route)) = (found.reason.is_served(), found.route(table))
            && found.virtual_host != answer.virtual_host
        {
            let conditions = words::conditions(&route.matcher);
            let what = format!(
                "{} has a route for it ({conditions}), but {host} has routes of its own, and there is no way back",
                domain.name
            );
            let fix = format!("repeat the rule for {host}");
            lines.push(line(what, fix, Some(route.origin.span)));
        }
    }
}

/// The routes of the virtual host.
pub(super) fn routes(table: &Table, answer: &Answer, most: usize, lines: &mut Vec<Line>) {
    let Some(host) = answer.virtual_host(table) else { return };
    for (at, route) in host.routes.iter().enumerate().take(most) {
        let conditions = words::conditions(&route.matcher);
        let star = match &route.matcher.path {
            PathMatch::Prefix(path) | PathMatch::Path(path) => path.strip_suffix('*'),
            PathMatch::SafeRegex(_) => None,
        };
        let (star, fix) = match star {
            None => ("", String::new()),
            Some(path) => {
                (", where the star stands for itself alone", format!("write prefix: {path}"))
            }
        };
        lines.push(line(
            format!("route {} is for {conditions}{star}", at + 1),
            fix,
            Some(route.origin.span),
        ));
    }
}

/// Ports where the same request is answered.
pub(super) fn other_ports(
    matchers: &[Matcher<'_>],
    question: &Question,
    probe: &Probe<'_>,
    (own, reason): (&Table, Reason),
    lines: &mut Vec<Line>,
) {
    let anywhere = Question { port: None, scheme: None, ..question.clone() };
    for matcher in matchers {
        let table = matcher.table();
        let is_own = std::ptr::eq(table, own);
        for other in probes(&anywhere, table) {
            if is_own && other.request.port == probe.request.port && other.scheme == probe.scheme {
                continue;
            }
            let answer = matcher.answer(&other.request);
            if !answer.reason.is_served() || answer.reason == Reason::HttpsRedirect {
                continue;
            }
            let of = if is_own { String::new() } else { format!(" of proxy {}", table.proxy.name) };
            let scheme = other.scheme.as_str();
            let chain = answer.filter_chain(table).and_then(|chain| chain.origins.first());
            let at = answer.route(table).map(|route| route.origin).or(chain.copied());
            let text = format!("{scheme} on port {}{of} is answered", other.client_port);
            let fix = if is_own && other.request.port == probe.request.port {
                format!("speak {scheme}")
            } else if reason == Reason::NoListener {
                format!(
                    "dial {}, or serve the host on port {}",
                    other.client_port, probe.client_port
                )
            } else {
                format!("dial {}", other.client_port)
            };
            lines.push(line(text, fix, at.map(|origin| origin.span)));
        }
    }
}
