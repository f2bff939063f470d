//! Listeners that Envoy refuses, and where the cause stands: what GW121 and GW402 share.

use rustc_hash::FxHashMap;

use super::World;
use super::hosts::{bare, hosts_span};
use super::server::ServerRef;
use crate::envoy::{Cause, Rejected};
use crate::finding::Refusal;
use crate::istio::gateway::Server;
use crate::mesh::{ObjectRef, Origin, Part};
use crate::text::Span;

/// A fault for which Envoy refuses listeners.
pub(super) struct RefusedListener<'a> {
    /// The first of them.
    pub(super) rejected: Rejected,
    /// The servers that it comes from.
    pub(super) servers: Vec<ServerRef<'a>>,
    /// All of them.
    pub(super) refused: Vec<Refusal>,
    /// The tables in which they are.
    pub(super) tables: Vec<usize>,
}

/// The listeners of all tables that Envoy refuses, by fault. Silent where a placeholder hides what a server accepts.
pub(super) fn listeners<'a>(world: &World<'a>) -> Vec<RefusedListener<'a>> {
    let mut all: Vec<RefusedListener<'a>> = Vec::new();
    let mut known: FxHashMap<(String, Vec<Origin>), usize> = FxHashMap::default();
    for (at, table) in world.tables.iter().enumerate() {
        for rejected in &world.rejected_listeners()[at] {
            let origins = rejected.origins.iter();
            let servers: Vec<ServerRef<'a>> =
                origins.filter_map(|&origin| world.server_at(at, origin)).collect();
            let is_known = |s: &ServerRef<'_>| s.is_known() && s.record.unknown_target.is_none();
            if !servers.iter().all(is_known) {
                continue;
            }
            let key = (rejected.reason.clone(), rejected.origins.clone());
            let refusal = Refusal { proxy: table.proxy.name.clone(), name: rejected.name.clone() };
            let index = *known.entry(key).or_insert_with(|| {
                let (refused, tables) = (Vec::new(), Vec::new());
                let rejected = rejected.clone();
                all.push(RefusedListener { rejected, servers, refused, tables });
                all.len() - 1
            });
            all[index].refused.push(refusal);
            all[index].tables.push(at);
        }
    }
    all
}

impl RefusedListener<'_> {
    /// The places of two servers that list one host under different namespaces, the later one first.
    pub(super) fn namespaces(&self) -> Option<[(Span, &str); 2]> {
        let [first, .., last] = self.servers.as_slice() else { return None };
        if first.is_same(last) {
            return None;
        }
        let name = match &self.rejected.cause {
            Cause::NameTwice(name) => name.to_lowercase(),
            Cause::ChainTwice => "*".to_owned(),
            _ => return None,
        };
        let [a, b] = [last, first].map(|server| {
            let at =
                server.server.hosts.iter().position(|host| bare(host).to_lowercase() == name)?;
            let written = &server.server.hosts[at];
            Some((written.span, written.value.as_str(), server.record.hosts.get(at)?))
        });
        let (a, b) = (a?, b?);
        let prefix = |host: &str| host.split_once('/').map(|(namespace, _)| namespace.to_owned());
        (prefix(a.2) != prefix(b.2)).then_some([(a.0, a.1), (b.0, b.1)])
    }
}

/// The field of an origin that causes a fault.
pub(super) fn field(world: &World<'_>, origin: Origin, cause: &Cause) -> Span {
    match (origin.object, origin.part) {
        (ObjectRef::Gateway(at), Part::Server(index)) => {
            let gateway = &world.mesh.store.gateways[at as usize];
            let server = gateway.spec.servers.get(index as usize);
            server.map_or(origin.span, |server| of_server(server, cause))
        }
        (ObjectRef::VirtualService(at), Part::TlsMatch(i, j)) => {
            let spec = &world.mesh.store.virtual_services[at as usize].spec;
            let written = spec.tls.get(i as usize).and_then(|rule| rule.matches.get(j as usize));
            let hosts = written.map_or(&[][..], |written| written.sni_hosts.as_slice());
            let named = hosts.iter().find(|host| is_named(&host.value, cause));
            named.or(hosts.first()).map_or(origin.span, |host| host.span)
        }
        _ => origin.span,
    }
}

fn of_server(server: &Server, cause: &Cause) -> Span {
    let hosts = server.hosts.iter();
    let named = hosts.rev().find(|host| is_named(bare(host), cause)).map(|host| host.span);
    let tls = server.tls.as_ref();
    let other = match cause {
        Cause::SubjectAltNames => {
            tls.and_then(|tls| tls.subject_alt_names.first()).map(|name| name.span)
        }
        Cause::Address => server.bind.as_ref().map(|bind| bind.span),
        _ => None,
    };
    let first = server.hosts.first().map(|host| host.span);
    named.or(other).or(first).unwrap_or(server.span)
}

/// Whether a name is the one that a cause is about.
fn is_named(name: &str, cause: &Cause) -> bool {
    match cause {
        Cause::NameTwice(wanted) | Cause::PartialWildcard(wanted) => {
            name.eq_ignore_ascii_case(wanted)
        }
        Cause::ChainTwice => name == "*",
        _ => false,
    }
}

/// Where a server of a fault stands, and what to call it.
pub(super) fn place(server: &ServerRef<'_>) -> (Span, String) {
    (hosts_span(server), format!("`{}` on port {}", server.name(), server.server.port_number()))
}
