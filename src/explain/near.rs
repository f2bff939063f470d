//! What was near, where nothing answers: other paths, ports and hosts, Gateways that are not bound.

use super::Context;
use super::document::Line;
use super::probe::{Probe, covers, probes, service_to};
use super::similar::closeness;
use super::target::Question;
use super::words;
use crate::envoy::matching::{Answer, Matcher, Reason, Request, authority};
use crate::envoy::route::{HeaderMatcher, PathMatch, StringMatcher};
use crate::envoy::{Admission, Table};
use crate::mesh::VirtualService;
use crate::text::Span;

/// No more than this many.
const MOST: usize = 6;

/// Lines with what is near, the nearest first.
pub(super) fn near(
    context: Context<'_>,
    matchers: &[Matcher<'_>],
    own: &Matcher<'_>,
    question: &Question,
    probe: &Probe<'_>,
    answer: &Answer,
) -> Vec<Line> {
    let table = own.table();
    let mut lines = Vec::new();
    match answer.reason {
        Reason::NoRoute => other_requests(own, &probe.request, answer, &mut lines),
        Reason::NoCluster => missing_clusters(context, table, answer, &mut lines),
        Reason::NoFilterChain | Reason::NoProtocol => chains(table, answer, &mut lines),
        _ => {}
    }
    if matches!(
        answer.reason,
        Reason::NoListener
            | Reason::ListenerRejected(_)
            | Reason::NoFilterChain
            | Reason::NoProtocol
            | Reason::PlaintextOnTls
            | Reason::TlsOnPlaintext
            | Reason::NoVirtualHost
            | Reason::NoRoute
    ) {
        other_ports(matchers, question, probe, table, &mut lines);
        unbound(context, table, question, &mut lines);
        other_hosts(matchers, question, &mut lines);
    }
    lines.truncate(MOST);
    lines
}

fn line(what: impl Into<String>, at: Option<Span>) -> Line {
    Line::new("", what, "", at)
}

/// Paths that differ by a slash or by case, and methods, that a route of the virtual host takes.
fn other_requests(own: &Matcher<'_>, request: &Request, answer: &Answer, lines: &mut Vec<Line>) {
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

/// What the filter chains of the listener are for.
fn chains(table: &Table, answer: &Answer, lines: &mut Vec<Line>) {
    let Some(listener) = answer.listener(table) else { return };
    for chain in listener.filter_chains.iter().take(MOST / 2) {
        let at = chain.origins.first().map(|origin| origin.span);
        lines.push(line(format!("a filter chain for {}", words::chain_match(&chain.matcher)), at));
    }
}

/// Why clusters do not exist.
fn missing_clusters(context: Context<'_>, table: &Table, answer: &Answer, lines: &mut Vec<Line>) {
    let at = answer.route(table).map(|route| route.origin.span);
    for cluster in answer.clusters.iter().filter(|cluster| !cluster.exists) {
        let parts: Vec<&str> = cluster.name.splitn(4, '|').collect();
        let &["outbound", port, subset, host] = &parts[..] else {
            lines.push(line("the route has no destination host", at));
            continue;
        };
        let services: Vec<_> = context.mesh.services.named(host).collect();
        let known: Vec<String> = services
            .iter()
            .flat_map(|service| &service.ports)
            .map(|port| port.number.to_string())
            .collect();
        lines.push(line(
            if services.is_empty() {
                format!("no Service or ServiceEntry {host} in the input")
            } else if !known.iter().any(|known| known == port) {
                format!("{host} has no port {port}, but {}", known.join(", "))
            } else if !subset.is_empty() {
                format!("no DestinationRule that counts here defines subset {subset} of {host}")
            } else {
                format!("{host} is not visible to the proxy or has no endpoints")
            },
            at,
        ));
    }
}

/// Ports where the same request is answered.
fn other_ports(
    matchers: &[Matcher<'_>],
    question: &Question,
    probe: &Probe<'_>,
    own: &Table,
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
            lines.push(line(text, at.map(|origin| origin.span)));
        }
    }
}

/// VirtualServices with the host that do not reach the servers of this proxy, and servers without one.
fn unbound(context: Context<'_>, table: &Table, question: &Question, lines: &mut Vec<Line>) {
    let host = authority::host(&question.host);
    let all = &context.mesh.virtual_services.all;
    let serving: Vec<_> = table
        .servers
        .iter()
        .filter(|server| server.hosts.iter().any(|own| covers(without_namespace(own), &host)))
        .collect();
    let mut is_wanted = false;
    for (at, service) in (0u32..).zip(all) {
        let Some(own) = service.hosts.iter().find(|own| covers(&own.value, &host)) else {
            continue;
        };
        is_wanted = true;
        let bindings = table.bindings.iter().filter(|binding| binding.virtual_service == at);
        let mut is_bound = false;
        let mut is_served = false;
        let mut is_foreign = false;
        for binding in bindings {
            is_bound = true;
            is_served |= binding.hosts.contains(&Admission::Served);
            is_foreign |= binding.hosts.contains(&Admission::OtherNamespace);
        }
        if is_served {
            continue;
        }
        lines.push(line(
            if is_foreign {
                format!(
                    "VirtualService {} is in a namespace that the Gateway's hosts leave out",
                    service.key
                )
            } else if is_bound {
                format!("the Gateway of VirtualService {} does not serve its host {own}", service.key)
            } else {
                let names = gateways(service);
                match serving.first() {
                    Some(server) => format!(
                        "VirtualService {} names {names}, not Gateway {} that would serve {host}",
                        service.key,
                        gateway(context, server.gateway)
                    ),
                    None => format!(
                        "VirtualService {} has the host, but names {names}, not a Gateway of this proxy",
                        service.key
                    ),
                }
            },
            Some(service.gateways.first().map_or(own.span, |gateway| gateway.span)),
        ));
    }
    if let (false, Some(server)) = (is_wanted, serving.first()) {
        let name = gateway(context, server.gateway);
        let port = service_to(table, server.port).map_or(server.port, |service| service.port);
        lines.push(line(
            format!("Gateway {name} serves the host on port {port}, but no VirtualService has it"),
            Some(server.origin.span),
        ));
    }
}

fn gateways(service: &VirtualService) -> String {
    let names: Vec<&str> = service.gateways.iter().map(|name| name.value.as_str()).collect();
    match &names[..] {
        ["mesh"] => "no Gateway".to_owned(),
        _ => format!("Gateway {}", names.join(", ")),
    }
}

fn gateway(context: Context<'_>, at: u32) -> String {
    let meta = &context.mesh.store.gateways[at as usize].meta;
    format!("{}/{}", meta.namespace(), meta.name())
}

/// `a.com` of `ns/a.com`.
fn without_namespace(host: &str) -> &str {
    host.split_once('/').map_or(host, |(_, host)| host)
}

/// Hosts that are one wildcard or a few letters away.
fn other_hosts(matchers: &[Matcher<'_>], question: &Question, lines: &mut Vec<Line>) {
    let host = authority::host(&question.host);
    let mut seen: Vec<&str> = Vec::new();
    for matcher in matchers {
        let table = matcher.table();
        let hosts = table.routes.iter().flat_map(|config| &config.virtual_hosts);
        let domains = hosts.flat_map(|host| &host.domains);
        let domains = domains.map(|domain| (&domain.name, domain.origins.first()));
        let chains = table.listeners.iter().flat_map(|listener| &listener.filter_chains);
        let names = chains.flat_map(|chain| {
            chain.matcher.server_names.iter().map(|name| (name, chain.origins.last()))
        });
        for (name, origin) in domains.chain(names) {
            let Some(why) = closeness(name, &host) else { continue };
            if !seen.contains(&name.as_str()) {
                seen.push(name);
                lines.push(line(format!("{name} is known: {why}"), origin.map(|at| at.span)));
            }
        }
    }
}
