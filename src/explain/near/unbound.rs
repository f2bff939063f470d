//! Gateways that would serve a host and VirtualServices that have it, where the two do not meet.

use super::line;
use crate::envoy::{Admission, ServerRecord, Table};
use crate::explain::Context;
use crate::explain::document::Line;
use crate::explain::probe::{Probe, covers, service_to};
use crate::istio::gateway::TlsMode;
use crate::mesh::{Origin, VirtualService};
use crate::rules::Unread;

/// VirtualServices with the host that do not reach the servers of this proxy, and servers without one. What is returned
/// is farther than a host that looks alike. Where a VirtualService with the host is refused or replaced none is missing.
pub(super) fn unbound(
    context: Context<'_>,
    table: &Table,
    (host, probe): (&str, &Probe<'_>),
    (chosen, is_refused): (&[Origin], bool),
    lines: &mut Vec<Line>,
) -> Option<Line> {
    let services = &context.mesh.virtual_services;
    let all = &services.all;
    let mut serving: Vec<_> = table
        .servers
        .iter()
        .filter(|server| server.hosts.iter().any(|own| covers(without_namespace(own), host)))
        .collect();
    // Those on the port that was asked for come first, and of these the one that the connection reaches.
    let port = probe.request.port;
    serving.sort_by_key(|server| (server.port != port, !chosen.contains(&server.origin)));
    let on_port = |server: &ServerRecord| {
        let own = service_to(table, server.port).map_or(server.port, |service| service.port);
        if server.port == port { String::new() } else { format!(" on port {own}") }
    };
    let there_too = |server: &ServerRecord| {
        let wanted = probe.client_port;
        if server.port == port {
            String::new()
        } else {
            format!(", and serve the host on port {wanted}")
        }
    };
    let mut is_wanted = is_refused;
    for (at, service) in (0u32..).zip(all) {
        let Some(index) = service.hosts.iter().position(|own| covers(&own.value, host)) else {
            continue;
        };
        let own = &service.hosts[index];
        is_wanted = true;
        // One that the proxy does not see has a line of its own.
        if services.group(at, &table.proxy.namespace).is_none() {
            continue;
        }
        let bindings = table.bindings.iter().filter(|binding| binding.virtual_service == at);
        let is_bound = table.is_met(at);
        let mut is_served = false;
        let mut is_foreign = false;
        for binding in bindings {
            is_served |= binding.hosts[index] == Admission::Served;
            is_foreign |= binding.hosts[index] == Admission::OtherNamespace;
        }
        if is_served {
            elsewhere(context, table, (at, service), chosen, lines);
            continue;
        }
        let (what, fix) = if is_foreign {
            (
                format!(
                    "VirtualService {} is in a namespace that the Gateway's hosts leave out",
                    service.key
                ),
                format!(
                    "write */{} or {}/{} in the server",
                    own.value,
                    namespace(service),
                    own.value
                ),
            )
        } else if is_bound {
            (
                format!(
                    "the Gateway of VirtualService {} does not serve its host {own}",
                    service.key
                ),
                match serving.first() {
                    Some(server) => {
                        let name = gateway(context, server.gateway);
                        format!("write gateways: [{name}]{}", there_too(server))
                    }
                    None => format!("add {own} to the hosts of the server"),
                },
            )
        } else {
            let names = gateways(service);
            match serving.first() {
                Some(server) => {
                    let gateway = gateway(context, server.gateway);
                    (
                        format!(
                            "VirtualService {} names {names}; Gateway {gateway} serves {host}{}",
                            service.key,
                            on_port(server)
                        ),
                        format!("write gateways: [{gateway}]{}", there_too(server)),
                    )
                }
                None => (
                    format!(
                        "VirtualService {} has the host and names {names}, which is not on this proxy{}",
                        service.key,
                        selectors(context, service)
                    ),
                    String::new(),
                ),
            }
        };
        let at = service.gateways.first().map_or(own.span, |gateway| gateway.span);
        lines.push(line(what, fix, Some(at)));
    }
    let takes_rules = |server: &&&ServerRecord| !is_auto_passthrough(context, server);
    let server = serving.iter().find(takes_rules).filter(|_| !is_wanted)?;
    let name = gateway(context, server.gateway);
    let port = service_to(table, server.port).map_or(server.port, |service| service.port);
    let (which, fix) = if is_any_unread(context) {
        ("that can be read ", "correct what `gwctl lint` cannot read".to_owned())
    } else {
        ("", format!("add one with gateways: [{name}]{}", there_too(server)))
    };
    let line = line(
        format!(
            "Gateway {name} serves the host on port {port}, but no VirtualService {which}has it"
        ),
        fix,
        Some(server.origin.span),
    );
    let names_it = server.hosts.iter().any(|own| without_namespace(own) == host);
    if names_it && server.port == probe.request.port {
        lines.push(line);
        return None;
    }
    Some(line)
}

fn gateways(service: &VirtualService) -> String {
    let names: Vec<&str> = service.gateways.iter().map(|name| name.value.as_str()).collect();
    match &names[..] {
        ["mesh"] => "no Gateway".to_owned(),
        _ => format!("Gateway {}", names.join(", ")),
    }
}

/// Whether something that may be a VirtualService could not be read. Those that are refused count as unread, but their
/// hosts are known.
fn is_any_unread(context: Context<'_>) -> bool {
    let Unread { kinds, objects } = context.unread;
    let is_one = |kind: &str| kind == "VirtualService";
    let unread = objects.iter().filter(|object| is_one(&object.kind)).count();
    let refused = context.mesh.store.refused.iter();
    let refused = refused.filter(|refused| is_one(refused.meta.kind())).count();
    kinds.iter().any(|kind| is_one(kind)) || unread > refused
}

/// Whether a server forwards by the name of the handshake alone, and no VirtualService has a part in it.
pub(super) fn is_auto_passthrough(context: Context<'_>, server: &ServerRecord) -> bool {
    let gateway = &context.mesh.store.gateways[server.gateway as usize];
    let written = &gateway.spec.servers[server.index as usize];
    written.tls_mode() == Some(TlsMode::AutoPassthrough)
}

fn gateway(context: Context<'_>, at: u32) -> String {
    let meta = &context.mesh.store.gateways[at as usize].meta;
    format!("{}/{}", meta.namespace(), meta.name())
}

/// A VirtualService whose host is served, but by other servers than those that the connection reaches.
fn elsewhere(
    context: Context<'_>,
    table: &Table,
    (at, service): (u32, &VirtualService),
    chosen: &[Origin],
    lines: &mut Vec<Line>,
) {
    let bindings = table.bindings.iter().filter(|binding| binding.virtual_service == at);
    let servers: Vec<_> = bindings
        .filter(|binding| binding.hosts.contains(&Admission::Served))
        .map(|binding| &table.servers[binding.server as usize])
        .collect();
    let reached = table.servers.iter().find(|server| chosen.contains(&server.origin));
    if let (Some(server), Some(reached)) = (servers.first(), reached)
        && !servers.iter().any(|server| chosen.contains(&server.origin))
    {
        let (own, other) = (gateway(context, server.gateway), gateway(context, reached.gateway));
        if own != other {
            let what = format!(
                "VirtualService {} is bound to Gateway {own}; the connection reaches Gateway {other}",
                service.key
            );
            let at = service.gateways.first().map(|gateway| gateway.span);
            lines.push(line(what, format!("add {other} to its gateways"), at));
        }
    }
}

/// The selectors of the Gateways that a VirtualService names, where the input has them.
fn selectors(context: Context<'_>, service: &VirtualService) -> String {
    let store = &context.mesh.store;
    let named = service.gateways.iter().filter_map(|name| {
        let (namespace, name) = name.value.split_once('/')?;
        let gateway = &store.gateways[store.gateway(namespace, name)? as usize];
        let labels = gateway.spec.selector.iter();
        Some(
            labels.map(|(key, value)| format!("{}={}", key.value, value.value)).collect::<Vec<_>>(),
        )
    });
    let all: Vec<String> = named.map(|labels| labels.join(",")).collect();
    if all.is_empty() { String::new() } else { format!("; its selector is {}", all.join("; ")) }
}

/// `a.com` of `ns/a.com`.
pub(super) fn without_namespace(host: &str) -> &str {
    host.split_once('/').map_or(host, |(_, host)| host)
}

fn namespace(service: &VirtualService) -> &str {
    service.key.split('/').next().unwrap_or_default()
}
