//! What is written for a host and has no part in the table.

use super::line;
use super::unbound::{is_auto_passthrough, without_namespace};
use crate::envoy::{DropReason, Dropped, Table};
use crate::explain::Context;
use crate::explain::document::Line;
use crate::explain::dropped::{dropped_server, why_dropped, written_name};
use crate::explain::probe::covers;
use crate::mesh::ObjectRef;

/// Between a thing that has no part in the table and the reason.
const LEFT_OUT: &str = " is left out";

/// Servers for the host on the port that were dropped for others.
pub(in crate::explain) fn lost_servers(
    context: Context<'_>,
    table: &Table,
    host: &str,
    port: u32,
) -> Vec<String> {
    let mut lines = Vec::new();
    dropped(context, table, host, port, &mut lines);
    let lines = lines.into_iter().filter(|line| line.what.starts_with("Gateway "));
    lines
        .map(|line| match line.at {
            Some(span) => {
                let place = format!(" ({}){LEFT_OUT}", context.sources.file_line(span));
                line.what.replacen(LEFT_OUT, &place, 1)
            }
            None => line.what,
        })
        .collect()
}

/// What is written for the host, or for the port, and has no part in the table.
pub(super) fn dropped(
    context: Context<'_>,
    table: &Table,
    host: &str,
    port: u32,
    lines: &mut Vec<Line>,
) {
    for dropped in &table.dropped {
        let server = dropped_server(table, dropped);
        let on_port = server.is_none_or(|server| server.port == port);
        let is_meant = match dropped.what.object {
            ObjectRef::VirtualService(at) => has_host(context, at, host),
            _ => server.is_some_and(|server| {
                server.hosts.iter().any(|own| covers(without_namespace(own), host))
            }),
        };
        if is_meant && on_port {
            let what = written_name(context.mesh, dropped.what);
            let why = why_dropped(table, dropped, context.mesh, context.sources);
            let age = if depends_on_age(context, dropped) {
                " (no creation time in the files: by name) ~"
            } else {
                ""
            };
            // Of a rule the sentence begins with the server.
            let colon = if why.starts_with("on ") { "" } else { ":" };
            let text = format!("{what}{LEFT_OUT}{colon} {why}{age}");
            if !lines.iter().any(|line| line.what == text) {
                let takes_rules = server.is_none_or(|server| !is_auto_passthrough(context, server));
                let fix = if takes_rules { fix(dropped.reason) } else { "" };
                lines.push(line(text, fix, Some(dropped.what.span)));
            }
        }
    }
}

/// Whether the older of two Gateways has what the other one loses, and the input does not tell which one that is.
fn depends_on_age(context: Context<'_>, dropped: &Dropped) -> bool {
    let Some(by) = dropped.by else { return false };
    let is_undated = |object| context.mesh.store.meta(object).created.is_none();
    matches!(by.object, ObjectRef::Gateway(_))
        && by.object != dropped.what.object
        && (is_undated(by.object) || is_undated(dropped.what.object))
}

/// Whether a VirtualService of the store has a host that covers the one that is asked for, or has none, as delegates.
fn has_host(context: Context<'_>, at: u32, host: &str) -> bool {
    let all = &context.mesh.virtual_services.all;
    let known = all.iter().find(|service| service.index == at);
    known.is_none_or(|service| service.hosts.iter().any(|own| covers(&own.value, host)))
}

fn fix(reason: DropReason) -> &'static str {
    match reason {
        DropReason::DuplicateHost => "give the host to one server alone",
        DropReason::PortConflict => "take another port, or one protocol for it",
        DropReason::RouteNameClash => "give the port another name",
        DropReason::Privileged => {
            "take a port from 1024 on, and a Service port with that targetPort"
        }
        DropReason::WrongKind => {
            "write the kind of rules that the server takes, or another TLS mode"
        }
        DropReason::NotExported => "export it to the namespace of the proxy",
        DropReason::DelegateMissing => "add the delegate to the input",
        DropReason::DelegateHasHosts => "take the hosts from the delegate",
        DropReason::DelegateNotExported => "export the delegate to the namespace of the root",
        DropReason::NoFilterChain => "bind a VirtualService with rules for it",
        _ => "",
    }
}
