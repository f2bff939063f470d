//! Merging servers (spec 1, section 5; mirrors istio 1.32 `pilot/pkg/model/gateway.go: mergeGateways`).

use rustc_hash::{FxHashMap, FxHashSet};

use super::Build;
use super::hosts::sanitized;
use super::ports::{Selection, listener_ports, selection, unknown_target};
use crate::envoy::table::{DropReason, ServerRecord};
use crate::istio::gateway::{Protocol, Server};
use crate::mesh::{ObjectRef, Origin, Part};
use crate::text::{Span, is_placeholder};

/// What identifies servers that are merged: listener port, protocol and bind exactly as written.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(super) struct PortKey {
    pub(super) port: u32,
    pub(super) protocol: String,
    pub(super) bind: String,
}

/// The servers of one key, as indices of records.
#[derive(Debug)]
pub(super) struct Entry {
    pub(super) key: PortKey,
    pub(super) servers: Vec<u32>,
    pub(super) route_config: String,
}

/// The merged servers of a proxy.
#[derive(Debug, Default)]
pub(super) struct Merged {
    /// In the order in which the keys appeared.
    pub(super) entries: Vec<Entry>,
    /// Servers by the name of their route configuration.
    pub(super) by_route_config: FxHashMap<String, Vec<u32>>,
    at: FxHashMap<PortKey, usize>,
    seen: FxHashSet<u32>,
    /// The plaintext key that was registered last on a port.
    plain: FxHashMap<u32, PortKey>,
    /// Hosts of servers with `tls`, by port: who claimed them, on which bind.
    tls_hosts: FxHashMap<(u32, String), (String, u32)>,
}

/// Merges the servers of all Gateways that select the proxy.
pub(super) fn merge(build: &mut Build<'_>, order: &[u32]) -> Merged {
    let mut merged = Merged::default();
    let mesh = build.mesh;
    for &at in order {
        let gateway = &mesh.store.gateways[at as usize];
        let selection = selection(gateway, build.proxy);
        if matches!(selection, Selection::None) {
            continue;
        }
        for (index, server) in (0..).zip(&gateway.spec.servers) {
            let origin = Origin::new(ObjectRef::Gateway(at), Part::Server(index), server.span);
            let Some(port) = &server.port else {
                build.drop(origin, None, DropReason::NoPort, None);
                continue;
            };
            if gateway.unknown.iter().any(|&span| port.span.contains(span)) {
                build.drop(origin, None, DropReason::UnknownPort, None);
                continue;
            }
            if is_protocol_unknown(server, &gateway.unknown) {
                build.drop(origin, None, DropReason::UnknownProtocol, None);
                continue;
            }
            let ports = listener_ports(&selection, build.proxy, server.port_number());
            if ports.is_empty() {
                build.drop(origin, None, DropReason::NoServicePort, None);
            }
            for port in ports {
                let unknown_target =
                    unknown_target(&selection, build.proxy, server.port_number(), port);
                let hosts = sanitized(
                    server.hosts.iter().map(|host| host.value.as_str()),
                    gateway.meta.namespace(),
                );
                let record = ServerRecord {
                    origin,
                    gateway: at,
                    index,
                    port,
                    unknown_target: unknown_target.and_then(|port| port.target_name.clone()),
                    bind: server.bind_text().to_owned(),
                    has_placeholder: hosts.iter().any(|host| is_placeholder(host)),
                    hosts,
                    route_config: route_config(
                        server,
                        port,
                        gateway.meta.name(),
                        gateway.meta.namespace(),
                    ),
                    is_live: true,
                    has_chain: false,
                    is_displaced: false,
                };
                let id = u32::try_from(build.servers.len()).expect("fewer than 2^32 servers");
                build.servers.push(record);
                if let Err((reason, winner)) = merged.add(build, id, server) {
                    build.servers[id as usize].is_live = false;
                    let by = winner.map(|winner| build.servers[winner as usize].origin);
                    if unknown_target.is_some() {
                        // On their own ports the two may never meet.
                        build.drop(origin, Some(id), DropReason::UnknownTarget, None);
                    } else {
                        build.drop(origin, Some(id), reason, by);
                    }
                }
            }
        }
    }
    for (id, record) in (0..).zip(&mut build.servers) {
        // Servers without a route configuration have nothing that another one could take.
        let owners = merged
            .by_route_config
            .get(&record.route_config)
            .filter(|_| !record.route_config.is_empty());
        record.is_displaced = record.is_live && owners.is_some_and(|all| !all.contains(&id));
    }
    merged
}

/// Whether a placeholder hides what a server is: its protocol, or the mode of one that is not HTTP. `unknown`: values
/// of the Gateway that nobody knows.
fn is_protocol_unknown(server: &Server, unknown: &[Span]) -> bool {
    let is_mode_unknown = server.tls.as_ref().is_some_and(|tls| {
        tls.mode.is_none() && unknown.iter().any(|&span| tls.span.contains(span))
    });
    is_placeholder(server.protocol_text()) || (is_mode_unknown && !server.protocol().is_http())
}

/// The name of the route configuration of a server (5.2; mirrors `gatewayRDSRouteName`): HTTP takes the listener
/// port, HTTPS the server port.
fn route_config(server: &Server, port: u32, gateway: &str, namespace: &str) -> String {
    let protocol = server.protocol();
    let name = if protocol.is_http() {
        format!("http.{port}")
    } else if protocol == Protocol::Https && !server.is_passthrough() {
        let port_name = server.port.as_ref().and_then(|port| port.name.as_ref());
        let port_name = port_name.map_or("", |name| name.value.as_str());
        format!("https.{}.{port_name}.{gateway}.{namespace}", server.port_number())
    } else {
        return String::new();
    };
    if server.bind_text().is_empty() { name } else { format!("{name}.{}", server.bind_text()) }
}

/// Why a server is dropped, and which server it loses against.
type Loss = (DropReason, Option<u32>);

impl Merged {
    fn add(&mut self, build: &Build<'_>, id: u32, server: &Server) -> Result<(), Loss> {
        let record = &build.servers[id as usize];
        let port = record.port;
        if server.tls.is_some() {
            self.claim_hosts(record, id)?;
        }
        let key = PortKey {
            port,
            protocol: server.protocol_text().to_owned(),
            bind: record.bind.clone(),
        };
        if self.seen.insert(port) {
            self.register(key, id, server, &record.route_config);
        } else if let Some(current) = self.plain.get(&port) {
            let current = current.clone();
            self.beside_plaintext(&current, key, id, server, &record.route_config)?;
        } else if server.is_tls() {
            self.beside_tls(key, id, server, &record.route_config)?;
        } else {
            // TLS servers first, then a plaintext one: both live, without a test (5.6).
            self.register(key, id, server, &record.route_config);
        }
        Ok(())
    }

    /// 5.3 (mirrors `CheckDuplicates`): a server that repeats a host of an earlier one on the same port and bind is
    /// dropped whole; otherwise its hosts are recorded, even if a later rule drops it.
    fn claim_hosts(&mut self, record: &ServerRecord, id: u32) -> Result<(), Loss> {
        let taken = record.hosts.iter().filter_map(|host| {
            let (bind, owner) = self.tls_hosts.get(&(record.port, host.clone()))?;
            (*bind == record.bind).then_some((host, *owner))
        });
        // A host that is surely the same says more than a placeholder.
        if let Some((_, owner)) = taken.min_by_key(|(host, _)| is_placeholder(host)) {
            return Err((DropReason::DuplicateHost, Some(owner)));
        }
        for host in &record.hosts {
            self.tls_hosts.insert((record.port, host.clone()), (record.bind.clone(), id));
        }
        Ok(())
    }

    /// 5.5: the port has a plaintext server.
    fn beside_plaintext(
        &mut self,
        current: &PortKey,
        key: PortKey,
        id: u32,
        server: &Server,
        name: &str,
    ) -> Result<(), Loss> {
        if current.bind == key.bind {
            let compatible =
                Protocol::parse(&current.protocol).is_http() && server.protocol().is_http();
            let winner = &self.entries[self.at[current]];
            if !compatible || name.is_empty() {
                return Err((DropReason::PortConflict, winner.servers.first().copied()));
            }
            let at = self.at[current];
            self.entries[at].servers.push(id);
            self.by_route_config.entry(name.to_owned()).or_default().push(id);
        } else if let Some(&at) = self.at.get(&key) {
            self.entries[at].servers.push(id);
            name.clone_into(&mut self.entries[at].route_config);
            self.by_route_config.entry(name.to_owned()).or_default().push(id);
        } else {
            self.register(key, id, server, name);
        }
        Ok(())
    }

    /// 5.6: a TLS server on a port that has TLS servers alone.
    fn beside_tls(
        &mut self,
        key: PortKey,
        id: u32,
        server: &Server,
        name: &str,
    ) -> Result<(), Loss> {
        if server.is_http() {
            if let Some(owners) = self.by_route_config.get(name) {
                return Err((DropReason::RouteNameClash, owners.first().copied()));
            }
            self.by_route_config.insert(name.to_owned(), vec![id]);
        }
        match self.at.get(&key) {
            Some(&at) => self.entries[at].servers.push(id),
            None => self.insert(key, id, name),
        }
        Ok(())
    }

    /// 5.4: a key of its own; overwrites what is known of plaintext servers and of the route configuration.
    fn register(&mut self, key: PortKey, id: u32, server: &Server, name: &str) {
        if !server.is_tls() {
            self.plain.insert(key.port, key.clone());
        }
        if server.is_http() {
            self.by_route_config.insert(name.to_owned(), vec![id]);
        }
        self.insert(key, id, name);
    }

    fn insert(&mut self, key: PortKey, id: u32, name: &str) {
        let entry = Entry { key: key.clone(), servers: vec![id], route_config: name.to_owned() };
        if let Some(&at) = self.at.get(&key) {
            self.entries[at] = entry;
        } else {
            self.at.insert(key, self.entries.len());
            self.entries.push(entry);
        }
    }
}
