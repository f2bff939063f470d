//! No finding that a match is never the answer (GW501, GW503, GW504) contradicts the matcher: of all requests that were
//! recorded for a case, or are made of what its tables ask for, or are shown in the finding, none is answered by the route,
//! and without the route all answers are the same. What a finding shows is answered by the route that it names.

use std::path::Path;

use gwctl::analysis::{self, LoadOptions, Selected, load, outline};
use gwctl::envoy::Table;
use gwctl::envoy::listener::{Address, Listener, Terminal};
use gwctl::envoy::matching::{Answer, ClientCertificate, Matcher, Request};
use gwctl::envoy::route::{PathMatch, Route, RouteConfig, StringMatcher, VirtualHost};
use gwctl::explain::parse_request;
use gwctl::finding::Finding;
use gwctl::input::{self, Options};
use gwctl::istio::mesh_config::MeshConfig;
use gwctl::rules::{self, Complete};
use gwctl::text::Span;
use libtest_mimic::{Failed, Trial};
use serde_json::Value;

use crate::case::{self, Case};

const CODES: &[&str] = &["GW501", "GW503", "GW504"];

/// How many requests are made for a virtual host.
const MOST: usize = 2_000;

/// One trial a case.
pub(crate) fn trials(oracle: &Path, set: &str, cases: &[String]) -> Vec<Trial> {
    let trial = |name: &String| {
        let case = oracle.join(set).join(name);
        let recorded = oracle.join("envoy").join(set).join(format!("{name}.json"));
        Trial::test(format!("shadowed/{set}/{name}"), move || check(&case, &recorded))
    };
    cases.iter().map(trial).collect()
}

fn check(case: &Path, recorded: &Path) -> Result<(), Failed> {
    let case = Case::read(case)?;
    let (findings, tables) = run(&case)?;
    if findings.is_empty() {
        return Ok(());
    }
    let recorded: Option<Value> = recorded.is_file().then(|| case::json(recorded)).transpose()?;
    let mut wrong = Vec::new();
    for table in &tables {
        let sent = recorded.as_ref().map_or(Vec::new(), |all| recorded_requests(all, table));
        let matcher = Matcher::new(table);
        for finding in &findings {
            let requests = sent.iter().cloned().chain(made(table, finding));
            let without = without(table, finding.span());
            let other = Matcher::new(&without);
            for request in requests {
                let (answer, rest) = (matcher.answer(&request), other.answer(&request));
                let is_route = |route: &Route| route.origin.span == finding.span();
                if !is_about(finding, table, &answer) {
                    continue;
                }
                if answer.route(table).is_some_and(is_route) {
                    wrong.push(format!("answers {request:?}: {}", finding.message));
                } else if seen(&answer, table) != seen(&rest, &without) {
                    wrong.push(format!("counts for {request:?}: {}", finding.message));
                }
            }
        }
    }
    let unanswered = findings.iter().filter(|finding| !is_shown_right(finding, &tables));
    wrong.extend(unanswered.map(|finding| format!("not answered so: {}", finding.message)));
    wrong.truncate(5);
    if wrong.is_empty() { Ok(()) } else { Err(wrong.join("\n").into()) }
}

/// Whether some table answers the request of a finding by the route of its first further label, if a table has the route
/// that the finding is about.
fn is_shown_right(finding: &Finding, tables: &[Table]) -> bool {
    let Some(named) = finding.labels.get(1) else { return true };
    let mut is_asked = false;
    // Of two chains that match alike Envoy takes none.
    for table in tables.iter().filter(|table| table.verdict.rejected.is_empty()) {
        let matcher = Matcher::new(table);
        for start in starts_of(table, finding) {
            let Some(request) = witness(&finding.message, &start) else { continue };
            let answer = matcher.answer(&request);
            // For a match that a root has for a rule of its delegate the finding shows that rule.
            let place = |route: &Route| match route.delegated_by {
                Some(by) if by.object == route.origin.object => None,
                _ => Some(route.origin.span),
            };
            match answer.route(table).map(place) {
                Some(None) => {}
                Some(Some(place)) if place == named.span => return true,
                _ => is_asked = true,
            }
        }
    }
    !is_asked
}

/// The findings of a case, and its tables.
fn run(case: &Case) -> Result<(Vec<Finding>, Vec<Table>), String> {
    let question = case.question()?;
    let options = Options { paths: question.paths, jobs: 1, ..Options::default() };
    let read = || input::collect(&options, &mut std::io::empty()).map_err(|e| e.to_string());
    let mesh_config =
        question.mesh.map(MeshConfig::parse).transpose().map_err(|error| error.to_string())?;
    let (proxies, version) = (question.proxies, question.version);
    let options = LoadOptions { mesh_config, proxies, version, ..LoadOptions::default() };
    let asked = rules::checks().map(|check| check.rule);
    let asked = asked.filter(|rule| CODES.contains(&rule.code)).collect();
    let complete = Complete::new(std::iter::empty());
    let loaded = outline(read()?, &options);
    let findings = analysis::lint(&loaded, &Selected::all_of(asked), &complete).findings;
    let is_any = !findings.is_empty();
    let tables = if is_any { load(read()?, &options).tables } else { Vec::new() };
    Ok((findings, tables))
}

/// Whether a finding is about the virtual host of an answer: GW504 names hosts, and proxies where it is not all of them.
fn is_about(finding: &Finding, table: &Table, answer: &Answer) -> bool {
    let named = |name: &String| finding.message.contains(&format!("`{name}`"));
    let domains = answer.virtual_host(table).map_or(&[][..], |host| &host.domains);
    let is_there = finding.proxies.is_empty() || finding.proxies.contains(&table.proxy.name);
    finding.rule.code != "GW504" || is_there && domains.iter().any(|domain| named(&domain.name))
}

/// What a client and an upstream see, and the place of the route.
fn seen<'a>(answer: &'a Answer, table: &Table) -> impl PartialEq + use<'a> {
    let clusters: Vec<_> = answer.clusters.iter().map(|one| (&one.name, one.weight)).collect();
    let place = answer.route(table).map(|route| route.origin);
    (answer.outcome, answer.status, &answer.location, &answer.body, clusters, place)
}

/// The table without the routes that are written at a place.
fn without(table: &Table, place: Span) -> Table {
    let mut table = table.clone();
    for host in table.routes.iter_mut().flat_map(|config| &mut config.virtual_hosts) {
        host.routes.retain(|route| route.origin.span != place);
    }
    table
}

fn recorded_requests(recorded: &Value, table: &Table) -> Vec<Request> {
    let proxies = recorded["proxies"].as_array().into_iter().flatten();
    let own = proxies.filter(|proxy| proxy["name"] == *table.proxy.name);
    let exchanges = own.filter_map(|proxy| proxy["requests"].as_array()).flatten();
    exchanges.filter_map(|one| parse_request(&one["request"].to_string()).ok()).collect()
}

/// `GET /` to the virtual hosts that have a route at the place of a finding.
fn starts_of(table: &Table, finding: &Finding) -> Vec<Request> {
    let mut all = Vec::new();
    for config in &table.routes {
        for host in config.virtual_hosts.iter().filter(|host| has(host, finding)) {
            all.extend(starts(table, config, host));
        }
    }
    all
}

fn has(host: &VirtualHost, finding: &Finding) -> bool {
    host.routes.iter().any(|route| route.origin.span == finding.span())
}

/// Requests for the virtual hosts that have a route at the place of a finding.
fn made(table: &Table, finding: &Finding) -> Vec<Request> {
    let mut all = Vec::new();
    for config in &table.routes {
        for host in config.virtual_hosts.iter().filter(|host| has(host, finding)) {
            for start in starts(table, config, host) {
                let witness = witness(&finding.message, &start);
                all.extend(witness.into_iter().chain(of_host(host, &start)).take(MOST));
            }
        }
    }
    all
}

/// `GET /` to each listener that answers by a route configuration.
fn starts(table: &Table, config: &RouteConfig, host: &VirtualHost) -> Vec<Request> {
    let named = |domain: &str| match domain {
        "*" => "example.com".to_owned(),
        _ => domain.replace('*', "www"),
    };
    let name = named(&host.domains[0].name);
    let mut all = Vec::new();
    for listener in &table.listeners {
        for chain in &listener.filter_chains {
            let Terminal::Http(manager) = &chain.terminal else { continue };
            if manager.route_config == config.name {
                let tls = chain.tls.is_some();
                let sni = chain.matcher.server_names.first().map(|domain| named(domain));
                all.push(Request {
                    tls,
                    sni: tls.then(|| sni.unwrap_or_else(|| name.clone())),
                    client_certificate: ClientCertificate::Fitting,
                    address: address(listener),
                    ..Request::get(listener.address.port(), &name)
                });
            }
        }
    }
    all
}

/// Where a listener is, unless it has the port everywhere.
fn address(listener: &Listener) -> Option<String> {
    match &listener.address {
        Address::Socket { address, .. } => Some(address.clone()),
        Address::Pipe(_) => None,
    }
}

/// Every path of the host's routes, and some near it, with what else each of the routes asks for.
fn of_host(host: &VirtualHost, start: &Request) -> Vec<Request> {
    let mut paths = vec!["/".to_owned(), "/x".to_owned(), "/xx/y".to_owned()];
    for route in &host.routes {
        let (PathMatch::Prefix(text) | PathMatch::Path(text)) = &route.matcher.path else {
            continue;
        };
        for end in ["", "/", "x", "/x"] {
            let path = format!("{text}{end}");
            if !paths.contains(&path) {
                paths.push(path);
            }
        }
    }
    let sides = std::iter::once(start.clone());
    let sides = sides.chain(host.routes.iter().map(|route| side(route, start)));
    let mut all = Vec::new();
    for side in sides {
        for path in &paths {
            all.push(Request { path: format!("{path}{}", side.path), ..side.clone() });
        }
    }
    all
}

/// What a route asks for beside its path, as far as it is literal; the path is the query alone.
fn side(route: &Route, start: &Request) -> Request {
    let literal = |value: Option<&StringMatcher>| match value {
        None => Some("1".to_owned()),
        Some(StringMatcher::Exact(text) | StringMatcher::Prefix(text)) => Some(text.clone()),
        Some(StringMatcher::SafeRegex(_)) => None,
    };
    let mut request = Request { path: String::new(), ..start.clone() };
    for header in route.matcher.headers.iter().filter(|header| !header.invert) {
        let Some(value) = literal(header.value.as_ref()) else { continue };
        match header.name.as_str() {
            ":method" => request.method = Some(value),
            ":authority" => request.host = Some(value),
            ":scheme" => {}
            name => request.headers.push((name.to_owned(), value)),
        }
    }
    let query = route.matcher.query_parameters.iter();
    let query =
        query.filter_map(|one| Some(format!("{}={}", one.name, literal(one.value.as_ref())?)));
    let query: Vec<String> = query.collect();
    if !query.is_empty() {
        request.path = format!("?{}", query.join("&"));
    }
    request
}

/// The request that a finding shows: `GET shop.example.com/api with x-a: 1`.
fn witness(message: &str, start: &Request) -> Option<Request> {
    let shown = message.split('`').skip(1).step_by(2).find_map(|word| word.split_once(' '));
    let (method, rest) = shown?;
    let (target, headers) = rest.split_once(" with ").unwrap_or((rest, ""));
    let target = target.strip_prefix("https://").unwrap_or(target);
    let (host, path) = target.split_at(target.find('/')?);
    let headers = headers.split(", ").filter_map(|header| header.split_once(": "));
    Some(Request {
        method: Some(method.to_owned()),
        host: Some(host.to_owned()),
        path: path.to_owned(),
        headers: headers.map(|(name, value)| (name.to_owned(), value.to_owned())).collect(),
        ..start.clone()
    })
}
