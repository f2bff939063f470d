//! What was near, where nothing answers: other paths, ports and hosts, Gateways that are not bound.

mod clusters;
mod dropped;
mod hosts;
mod refused;
mod requests;
mod unbound;

pub(super) use dropped::lost_servers;

use super::Context;
use super::document::Line;
use super::probe::Probe;
use super::target::Question;
use crate::envoy::Table;
use crate::envoy::matching::{Answer, Matcher, Reason, authority};
use crate::mesh::{Origin, ServicePort};
use crate::text::Span;

/// No more than this many.
const MOST: usize = 6;

/// Lines with what is near, the nearest first: never none, where anything is written at all.
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
        Reason::UnknownTarget => lines.extend(probe.unknown_target().map(unknown_target)),
        Reason::NoRoute => {
            requests::other_requests(own, &probe.request, answer, &mut lines);
            requests::hidden_wildcards(own, &probe.request, answer, &mut lines);
        }
        Reason::NoCluster | Reason::Forwarded => {
            clusters::missing_clusters(context, table, answer, &mut lines);
        }
        Reason::BadRequest(_) => requests::plain_request(own, &probe.request, &mut lines),
        Reason::ListenerRejected(at) => {
            rejected(context, table, &table.listeners[at].name, &mut lines);
        }
        Reason::TableRejected => {
            let name = answer.route_config(table).map_or("", |config| config.name.as_str());
            rejected(context, table, name, &mut lines);
        }
        _ => {}
    }
    if is_about_hosts(answer.reason) {
        let host = authority::host(meant(answer.reason, question, probe));
        let chosen = answer.filter_chain(table).map_or(&[][..], |chain| &chain.origins[..]);
        let is_refused = refused::refused(context, &host, &mut lines)
            | refused::replaced(context, &host, &mut lines);
        dropped::dropped(context, table, &host, probe.request.port, &mut lines);
        requests::other_ports(matchers, question, probe, (table, answer.reason), &mut lines);
        let farther =
            unbound::unbound(context, table, (&host, probe), (chosen, is_refused), &mut lines);
        hosts::other_hosts(matchers, &host, &mut lines);
        lines.extend(farther);
    }
    match answer.reason {
        Reason::NoFilterChain | Reason::NoProtocol => {
            hosts::chains(table, answer, MOST / 2, &mut lines);
        }
        Reason::NoRoute if lines.is_empty() => {
            requests::routes(table, answer, MOST / 2, &mut lines);
        }
        Reason::NoVirtualHost if lines.is_empty() => hosts::domains(table, answer, &mut lines),
        Reason::NoListener if lines.is_empty() => hosts::listeners(table, &mut lines),
        _ => {}
    }
    if lines.is_empty() {
        lines.extend(server(context, answer.filter_chain(table).and_then(|c| c.origins.first())));
    }
    lines.truncate(MOST);
    lines
}

/// The host that was looked for in vain.
fn meant<'a>(reason: Reason, question: &'a Question, probe: &'a Probe<'_>) -> &'a str {
    let found = match reason {
        Reason::NoVirtualHost | Reason::NoRoute => probe.request.host.as_deref(),
        Reason::NoFilterChain | Reason::NoProtocol => probe.request.sni.as_deref(),
        _ => None,
    };
    found.unwrap_or(&question.host)
}

/// Whether another host or port may have been meant, or a binding is missing.
fn is_about_hosts(reason: Reason) -> bool {
    matches!(
        reason,
        Reason::NoListener
            | Reason::ListenerRejected(_)
            | Reason::NoFilterChain
            | Reason::NoProtocol
            | Reason::PlaintextOnTls
            | Reason::TlsOnPlaintext
            | Reason::NoVirtualHost
            | Reason::NoRoute
    )
}

/// What would have to be in the input.
fn unknown_target(service: &ServicePort) -> Line {
    let name = service.target_name.as_deref().unwrap_or_default();
    let what = format!("Service port {} leads to the container port called {name}", service.port);
    let fix =
        "add the Deployment or Pod of the gateway to the input, or write the port as a number";
    line(what, fix, service.origin.map(|origin| origin.span))
}

/// What Envoy refuses a listener or its routes for.
fn rejected(context: Context<'_>, table: &Table, name: &str, lines: &mut Vec<Line>) {
    let rejected = table.verdict.rejected.iter().filter(|rejected| rejected.name == name);
    for rejected in rejected {
        let kind = if table.listeners.iter().any(|known| known.name == name) {
            "listener"
        } else {
            "route configuration"
        };
        let fix = if rejected.origins.len() > 1 {
            format!("tell them apart; as long as they meet Envoy refuses the whole {kind}")
        } else {
            format!("correct it; Envoy refuses the whole {kind} for it")
        };
        for origin in &rejected.origins {
            let what = super::written_name(context.mesh, *origin);
            lines.push(line(format!("because of {what}"), &fix, Some(origin.span)));
        }
    }
}

/// The server whose settings decide.
fn server(context: Context<'_>, origin: Option<&Origin>) -> Option<Line> {
    let origin = origin?;
    let what = super::written_name(context.mesh, *origin);
    Some(line(format!("the settings of {what} decide"), "", Some(origin.span)))
}

fn line(what: impl Into<String>, fix: impl Into<String>, at: Option<Span>) -> Line {
    Line::new("", what, fix, at)
}
