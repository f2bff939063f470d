//! The way of a request, step by step: listener, TLS, virtual host, route, what is sent on, upstream.

use super::Context;
use super::document::Line;
use super::effects::effects;
use super::probe::{Probe, covers};
use super::reason;
use super::words;
use crate::envoy::Table;
use crate::envoy::listener::{Listener, Terminal};
use crate::envoy::matching::{Answer, Reason, authority};
use crate::envoy::route::{Action, Clusters, Fraction, VirtualHost};
use crate::mesh::ServicePort;
use crate::text::Span;

/// The steps as far as the request came.
pub(super) fn steps(
    context: Context<'_>,
    table: &Table,
    probe: &Probe<'_>,
    answer: &Answer,
) -> Vec<Line> {
    let mut lines = Vec::new();
    lines.extend(listener(table, probe, answer));
    lines.extend(tls(table, probe, answer));
    lines.extend(virtual_host(table, probe, answer));
    lines.extend(route(table, answer));
    lines.extend(sent_on(table, probe, answer));
    if !is_aborted(table, probe, answer) {
        lines.extend(upstream(context, table, answer));
    }
    if let Some(route) = answer.route(table) {
        lines.extend(effects(context, route, answer, probe.request.random));
    }
    lines
}

/// Whether a fault answers in the place of any upstream.
fn is_aborted(table: &Table, probe: &Probe<'_>, answer: &Answer) -> bool {
    let fault = answer.route(table).and_then(|route| route.fault.as_ref()?.abort.as_ref());
    let share = fault.and_then(|abort| abort.percentage).map_or(0.0, Fraction::share);
    answer.reason == Reason::FaultAbort && (probe.request.random.is_some() || share >= 1.0)
}

/// Whether a Service port leads to a listener.
fn leads_to(listener: &Listener) -> impl Fn(&ServicePort) -> bool {
    move |port| port.target == Some(listener.address.port())
}

fn listener(table: &Table, probe: &Probe<'_>, answer: &Answer) -> Option<Line> {
    let listener = answer.listener(table)?;
    let chain = answer.filter_chain(table).or_else(|| listener.filter_chains.first());
    let server = chain.and_then(|chain| chain.origins.first()).map(|origin| origin.span);
    let (how, at) = match probe.service_port {
        Some(service) if service.port != listener.address.port() => (
            format!("Service port {} → targetPort {}", service.port, listener.address.port()),
            service.origin.map(|origin| origin.span),
        ),
        Some(service) => {
            (format!("Service port {}", service.port), service.origin.map(|origin| origin.span))
        }
        None if table.proxy.service_ports.iter().any(leads_to(listener)) => {
            ("the port of the pods; clients of the Service dial another one".to_owned(), server)
        }
        None => ("the port of the server".to_owned(), server),
    };
    Some(Line::new("listener", words::address(&listener.address), how, at))
}

fn tls(table: &Table, probe: &Probe<'_>, answer: &Answer) -> Option<Line> {
    let chain = answer.filter_chain(table)?;
    let what = match &chain.tls {
        Some(tls) => reason::tls(tls),
        None if !chain.matcher.application_protocols.is_empty() => "AUTO_PASSTHROUGH".to_owned(),
        None if chain.inspects_tls || !chain.matcher.server_names.is_empty() => {
            "PASSTHROUGH".to_owned()
        }
        None => return None,
    };
    let sni = probe.request.sni.as_deref().unwrap_or_default().to_ascii_lowercase();
    let names = &chain.matcher.server_names;
    let why = match names.iter().find(|name| name.eq_ignore_ascii_case(&sni)) {
        Some(name) => format!("SNI {sni} = server {name}"),
        None => match names.iter().find(|name| covers(name, &sni)) {
            Some(name) => format!("SNI {sni} within {name}"),
            None => words::chain_match(&chain.matcher),
        },
    };
    Some(Line::new("tls", what, why, chain.origins.first().map(|origin| origin.span)))
}

fn virtual_host(table: &Table, probe: &Probe<'_>, answer: &Answer) -> Option<Line> {
    let config = answer.route_config(table)?;
    let chosen = answer.virtual_host(table)?;
    let host = authority::host(probe.request.host.as_deref().unwrap_or_default());
    let (name, at) = best_domain(chosen, &host)?;
    let how = if name == host { "exact".to_owned() } else { format!("by {name}") };
    // The wildcard that would take the host if this domain were not there.
    let other = config
        .virtual_hosts
        .iter()
        .filter(|other| !std::ptr::eq(*other, chosen))
        .filter_map(|other| best_domain(other, &host))
        .max_by_key(|(name, _)| name.len());
    let over = other.map_or_else(String::new, |(name, _)| format!(", over {name}"));
    Some(Line::new("vhost", &chosen.name, format!("{how}{over}"), at))
}

/// The longest domain that covers a host, and where it is written.
pub(super) fn best_domain<'t>(
    host: &'t VirtualHost,
    name: &str,
) -> Option<(&'t str, Option<Span>)> {
    let covering = host.domains.iter().filter(|domain| covers(&domain.name, name));
    let best = covering.max_by_key(|domain| (!domain.name.starts_with('*'), domain.name.len()))?;
    Some((&best.name, best.origins.first().map(|origin| origin.span)))
}

fn route(table: &Table, answer: &Answer) -> Vec<Line> {
    let Some(at) = answer.route else { return tcp_route(table, answer).into_iter().collect() };
    let (Some(host), Some(route)) = (answer.virtual_host(table), answer.route(table)) else {
        return Vec::new();
    };
    let name = if route.name.is_empty() { String::new() } else { format!(" ({})", route.name) };
    let number = format!("{} of {}{name}", at + 1, host.routes.len());
    let conditions = words::conditions(&route.matcher);
    let mut lines = vec![Line::new("route", number, conditions, Some(route.origin.span))];
    if let Some(root) = route.delegated_by {
        let root_name = format!("VirtualService {}", route.virtual_service);
        lines.push(Line::new("root", root_name, "delegates to it", Some(root.span)));
    }
    lines
}

fn tcp_route(table: &Table, answer: &Answer) -> Option<Line> {
    let Terminal::Tcp(tcp) = &answer.filter_chain(table)?.terminal else { return None };
    let name = tcp.virtual_service.as_deref()?;
    Some(Line::new("route", "tcp", name, tcp.origin.map(|origin| origin.span)))
}

/// What the upstream sees, where it is not what the client sent.
fn sent_on(table: &Table, probe: &Probe<'_>, answer: &Answer) -> Option<Line> {
    let upstream = answer.upstream.as_ref()?;
    let route = answer.route(table)?;
    let changes_host = probe.request.host.as_deref() != Some(&*upstream.host);
    if upstream.path == probe.request.path && !changes_host {
        return None;
    }
    let host = if changes_host { format!("Host: {}", upstream.host) } else { String::new() };
    Some(Line::new("sent on", &upstream.path, host, Some(route.origin.span)))
}

fn upstream(context: Context<'_>, table: &Table, answer: &Answer) -> Vec<Line> {
    let mut label = "upstream";
    let mut lines = Vec::new();
    let spans = cluster_spans(table, answer);
    for (at, (share, cluster)) in reason::shares(&answer.clusters).enumerate() {
        let name = words::cluster(&cluster.name, &context.mesh.domain);
        let what = if share.is_empty() { name } else { format!("{share} {name}") };
        let missing = if cluster.exists { "" } else { "  does not exist" };
        let span = spans.get(at).copied().flatten();
        lines.push(Line::new(label, what, format!("{}{missing}", cluster.name), span));
        label = "";
    }
    lines
}

/// Where the destinations of the answer are written, in the order of its clusters.
fn cluster_spans(table: &Table, answer: &Answer) -> Vec<Option<Span>> {
    let clusters = match answer.route(table).map(|route| &route.action) {
        Some(Action::Route(action)) => Some(&action.clusters),
        Some(_) => None,
        None => match answer.filter_chain(table).map(|chain| &chain.terminal) {
            Some(Terminal::Tcp(tcp)) => Some(&tcp.clusters),
            _ => None,
        },
    };
    match clusters {
        None => Vec::new(),
        Some(Clusters::Single(cluster)) => vec![cluster.span],
        Some(Clusters::Weighted(all)) => {
            let all = all.iter().filter(|one| one.weight > 0);
            // A random value leaves but one of them.
            let is_all = all.clone().count() == answer.clusters.len();
            let of = |name: &str| answer.clusters.iter().any(|share| &*share.name == name);
            all.filter(|one| is_all || of(&one.cluster.name)).map(|one| one.cluster.span).collect()
        }
    }
}
