//! Hosts that a VirtualService wants and no server accepts: the words that GW304, GW305 and GW307 share.

use super::World;
use super::findings::Report;
use super::nearest::{did_you_mean, nearest};
use super::server::ServerRef;
use crate::envoy::Admission;
use crate::mesh::host::overlaps;
use crate::mesh::{ObjectRef, Origin, Part, VirtualService};
use crate::text::{Span, Spanned};

/// How many servers a finding shows.
const SHOWN: usize = 3;

/// `spec.hosts[at]`.
pub(super) fn host_origin(service: &VirtualService, at: usize) -> Origin {
    let part = Part::Host(u32::try_from(at).expect("fewer than 2^32 hosts in a document"));
    Origin::new(ObjectRef::VirtualService(service.index), part, service.hosts[at].span)
}

/// The hosts of a VirtualService by what becomes of them.
pub(super) struct Hosts {
    /// Accepted by some server.
    pub(super) accepted: Vec<usize>,
    /// Accepted by none, also for want of the right namespace.
    pub(super) others: Vec<usize>,
    /// Whether nobody knows about some host.
    pub(super) is_any_unknown: bool,
}

/// Sorts the hosts of a VirtualService by what becomes of them.
pub(super) fn unaccepted(world: &World<'_>, at: u32, service: &VirtualService) -> Hosts {
    let mut hosts = Hosts { accepted: Vec::new(), others: Vec::new(), is_any_unknown: false };
    for index in 0..service.hosts.len() {
        match world.admission(at, index) {
            Some(Admission::Served) => hosts.accepted.push(index),
            Some(Admission::OtherNamespace | Admission::Unserved) => hosts.others.push(index),
            None => hosts.is_any_unknown = true,
        }
    }
    hosts
}

/// Elements that are lost with a host: itself, and where no host is left, the rules that have no other way in.
pub(super) fn lost_with(world: &World<'_>, service: &VirtualService, host: Origin) -> Vec<Origin> {
    let mut lost = world.unless_reached(host);
    if world.unreached_hosts(service).len() == service.hosts.len() {
        lost.extend(world.unreached_l4(service));
    }
    lost
}

/// Whether a VirtualService also applies to sidecars.
pub(super) fn binds_mesh(service: &VirtualService) -> bool {
    service.gateways.iter().any(|name| name.value == "mesh")
}

/// Whether some virtual host or filter chain answers for a host, whosever it is.
pub(super) fn is_answered(world: &World<'_>, host: &str) -> bool {
    let wanted = host.to_ascii_lowercase();
    let hosts = world.tables.iter().flat_map(|table| &table.routes).flat_map(|c| &c.virtual_hosts);
    hosts
        .filter(|host| !host.routes.is_empty() || host.requires_tls())
        .flat_map(|virtual_host| &virtual_host.domains)
        .any(|domain| overlaps(&domain.name, &wanted))
}

/// What clients of a host that these servers do not accept see.
pub(super) fn consequence(
    world: &World<'_>,
    service: &VirtualService,
    host: &str,
    servers: &[ServerRef<'_>],
) -> &'static str {
    if service.http.is_empty() || is_answered(world, host) {
        "the rules for it are never used there"
    } else if servers.iter().any(|s| s.record.is_live && s.server.protocol().is_http()) {
        "requests for it get 404 (NR)"
    } else {
        "connections for it are closed"
    }
}

/// Each server once, whichever the proxy and port.
pub(super) fn distinct<'a>(servers: &[ServerRef<'a>]) -> Vec<ServerRef<'a>> {
    let mut distinct: Vec<ServerRef<'a>> = Vec::new();
    for server in servers {
        if !distinct.iter().any(|known| known.is_same(server)) {
            distinct.push(*server);
        }
    }
    distinct
}

/// A list of names in backquotes, shortened.
pub(super) fn list<'t>(names: impl IntoIterator<Item = &'t str>) -> String {
    let mut distinct: Vec<&str> = Vec::new();
    for name in names {
        if !distinct.contains(&name) {
            distinct.push(name);
        }
    }
    let shown = distinct.iter().take(4).map(|name| format!("`{name}`")).collect::<Vec<_>>();
    let mut text = shown.join(", ");
    if distinct.len() > 4 {
        text = format!("{text} and {} more", distinct.len() - 4);
    }
    text
}

/// Names of the Gateways of servers.
pub(super) fn gateways(servers: &[ServerRef<'_>]) -> String {
    let names: Vec<String> = servers.iter().map(ServerRef::name).collect();
    list(names.iter().map(String::as_str))
}

/// Where the hosts of a server begin.
pub(super) fn hosts_span(server: &ServerRef<'_>) -> Span {
    server.server.hosts.first().map_or(server.server.span, |host| host.span)
}

/// Adds the servers that come nearest to a host, and help where one is near enough to be meant.
pub(super) fn show_servers(report: &mut Report, host: &str, servers: &[ServerRef<'_>]) {
    let mut servers = distinct(servers);
    let texts = |server: &ServerRef<'_>| -> Vec<String> {
        server.server.hosts.iter().map(|text| bare(text).to_owned()).collect()
    };
    let all: Vec<String> = servers.iter().flat_map(texts).collect();
    servers.sort_by_key(|server| {
        let texts = texts(server);
        nearest(host, texts.iter().map(String::as_str)).map_or(usize::MAX, |(_, edits)| edits)
    });
    for server in servers.iter().take(SHOWN) {
        let texts = texts(server);
        let port = server.server.port_number();
        report.label(
            hosts_span(server),
            format!(
                "`{}` accepts only {} on port {port}",
                server.name(),
                list(texts.iter().map(String::as_str))
            ),
        );
    }
    let help = match did_you_mean(host, all.iter().map(String::as_str)) {
        Some(meant) => format!(
            "write `{meant}` if that is what is meant, or add `{host}` to the hosts of a server"
        ),
        None => format!("add `{host}` to the hosts of a server, or bind a Gateway that has it"),
    };
    report.help(help);
}

/// A server's host without its namespace.
pub(super) fn bare(host: &Spanned<String>) -> &str {
    host.value.split_once('/').map_or(host.value.as_str(), |(_, name)| name)
}

/// The namespace that a host of a server is for: none before it, or `*`, is all of them.
pub(super) fn namespace<'s>(server: &ServerRef<'s>, host: &'s Spanned<String>) -> &'s str {
    match host.value.split_once('/') {
        Some((".", _)) => server.gateway.meta.namespace(),
        Some((namespace, _)) => namespace,
        None => "*",
    }
}
