//! The object that decides, and where it is written.

use super::Context;
use super::document::Line;
use super::probe::Probe;
use super::reason;
use super::words;
use crate::envoy::Table;
use crate::envoy::listener::Terminal;
use crate::envoy::matching::{Answer, Reason, Request};
use crate::mesh::Origin;

/// The line `by`; without words where nothing at all is written.
pub(super) fn by(context: Context<'_>, table: &Table, probe: &Probe<'_>, answer: &Answer) -> Line {
    if let Some(service) = probe.unknown_target()
        && let Some(origin) = service.origin
    {
        let name = context.mesh.name(origin.object);
        let target = service.target_name.as_deref().unwrap_or_default();
        let how = format!("its port {} leads to target port {target}", service.port);
        return Line::new("by", name, how, Some(origin.span));
    }
    let request = &probe.request;
    let Some(origin) = origin(table, answer) else { return nobody(context, table, request) };
    let name = context.mesh.name(origin.object);
    Line::new("by", name, how(table, answer), Some(origin.span))
}

fn how(table: &Table, answer: &Answer) -> String {
    if let (Some(at), Some(host), Some(route)) =
        (answer.route, answer.virtual_host(table), answer.route(table))
    {
        let conditions = words::conditions(&route.matcher);
        return format!("route {} of {}: {conditions}", at + 1, host.routes.len());
    }
    match answer.reason {
        Reason::HttpsRedirect => "its server has httpsRedirect".to_owned(),
        Reason::Forwarded if answer.virtual_service(table).is_none() => {
            "its server is AUTO_PASSTHROUGH".to_owned()
        }
        Reason::Forwarded => match answer.filter_chain(table) {
            Some(chain) => format!("for {}", words::chain_match(&chain.matcher)),
            None => String::new(),
        },
        _ => String::new(),
    }
}

/// Where nothing listens: the Gateway that comes nearest, the first of the proxy's.
fn nobody(context: Context<'_>, table: &Table, request: &Request) -> Line {
    let on_port = table.servers.iter().find(|server| server.port == request.port);
    let Some(server) = on_port.or(table.servers.first()) else {
        return Line::new(
            "by",
            format!("proxy {}", table.proxy.name),
            "no Gateway selects it",
            None,
        );
    };
    let name = context.mesh.name(server.origin.object);
    if on_port.is_some() {
        let others = reason::bound(table, request.port);
        let why = if others.is_empty() {
            format!("its server on port {} opens no listener", server.port)
        } else {
            format!("servers of this proxy are on {}", others.join(", "))
        };
        return Line::new("by", name, why, Some(server.origin.span));
    }
    let mut ports: Vec<u32> = table.servers.iter().map(|server| server.port).collect();
    ports.sort_unstable();
    ports.dedup();
    let ports = ports.iter().map(ToString::to_string).collect::<Vec<_>>().join(", ");
    let why = format!("servers of this proxy are on {ports}");
    Line::new("by", name, why, Some(server.origin.span))
}

/// The deciding part of the deciding object.
fn origin(table: &Table, answer: &Answer) -> Option<Origin> {
    let chain = answer.filter_chain(table);
    let of_chain = || chain.and_then(|chain| chain.origins.first()).copied();
    let of_rejected = |name: &str| {
        let rejected = table.verdict.rejected.iter().find(|rejected| rejected.name == name)?;
        rejected.origins.first().copied()
    };
    if let Some(route) = answer.route(table) {
        return Some(route.origin);
    }
    match answer.reason {
        Reason::ListenerRejected(at) => {
            let listener = &table.listeners[at];
            let chain = listener.filter_chains.first();
            of_rejected(&listener.name).or_else(|| chain?.origins.first().copied())
        }
        Reason::TableRejected => of_rejected(&answer.route_config(table)?.name).or_else(of_chain),
        Reason::HttpsRedirect => answer.virtual_host(table)?.require_tls.first().copied(),
        Reason::NoRoute => {
            let domain = answer.virtual_host(table)?.domains.first()?;
            domain.origins.first().copied().or_else(of_chain)
        }
        Reason::NoFilterChain | Reason::NoProtocol | Reason::NoProxyLine => {
            answer.listener(table)?.filter_chains.first()?.origins.first().copied()
        }
        Reason::Forwarded | Reason::NoCluster => match chain.map(|chain| &chain.terminal) {
            Some(Terminal::Tcp(tcp)) => tcp.origin.or_else(of_chain),
            _ => of_chain(),
        },
        _ => of_chain(),
    }
}
