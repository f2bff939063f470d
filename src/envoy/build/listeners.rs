//! Listeners and filter chains (spec 1, section 6; mirrors istio 1.32 `pilot/pkg/networking/core/gateway.go:
//! buildGatewayListeners`, `listener.go: toFilterChainMatch`).

use rustc_hash::FxHashMap;

use super::hosts::server_names;
use super::merge::{Entry, Merged};
use super::{Build, connection_manager, l4, tls};
use crate::envoy::listener::{Address, FilterChain, FilterChainMatch, Listener, Terminal};
use crate::envoy::table::DropReason;
use crate::istio::gateway::{Protocol, Server, TlsMode};
use crate::mesh::Origin;

/// SNI hosts of passthrough chains, by port and name: the bind, and the match that has it (8.7).
pub(super) type SniHosts = FxHashMap<(u32, String), (String, Origin)>;

/// Makes the listeners of the merged servers; those without filter chain are omitted (6.4).
pub(super) fn listeners(build: &mut Build<'_>, merged: &Merged) -> Vec<Listener> {
    let mut listeners: Vec<Listener> = Vec::new();
    let mut sni_hosts = SniHosts::default();
    for entry in &merged.entries {
        if build.proxy.is_unprivileged && entry.key.port < 1024 {
            for &id in &entry.servers {
                let origin = build.servers[id as usize].origin;
                build.servers[id as usize].is_live = false;
                build.drop(origin, Some(id), DropReason::Privileged, None);
            }
            continue;
        }
        let chains = filter_chains(build, entry, &mut sni_hosts);
        let bind = if entry.key.bind.is_empty() { "0.0.0.0" } else { &entry.key.bind };
        let name = format!("{bind}_{}", entry.key.port);
        match listeners.iter_mut().find(|listener| listener.name == name) {
            Some(listener) => listener.filter_chains.extend(chains),
            None => listeners.push(Listener {
                name,
                address: address(bind, entry.key.port),
                listener_filters: Vec::new(),
                filter_chains: chains,
            }),
        }
    }
    listeners.retain(|listener| !listener.filter_chains.is_empty());
    let has_proxy_protocol =
        build.mesh.config.default_config.gateway_topology.proxy_protocol.is_some();
    for listener in &mut listeners {
        if has_proxy_protocol {
            listener.listener_filters.push("envoy.filters.listener.proxy_protocol");
        }
        if listener.filter_chains.iter().any(|chain| chain.inspects_tls) {
            listener.listener_filters.push("envoy.filters.listener.tls_inspector");
        }
    }
    listeners
}

/// Mirrors istio 1.32 `pilot/pkg/networking/util: BuildAddress`: without a port the text is a path.
fn address(bind: &str, port: u32) -> Address {
    if port == 0 {
        return Address::Pipe(bind.strip_prefix("unix://").unwrap_or(bind).to_owned());
    }
    Address::Socket { address: bind.to_owned(), port }
}

/// The chains of one key (6.5).
fn filter_chains(
    build: &mut Build<'_>,
    entry: &Entry,
    sni_hosts: &mut SniHosts,
) -> Vec<FilterChain> {
    let protocol = Protocol::parse(&entry.key.protocol);
    let mut chains = Vec::new();
    if protocol.is_http() {
        let origins = entry.servers.iter().map(|&id| build.servers[id as usize].origin).collect();
        let is_grpc_web = protocol == Protocol::GrpcWeb;
        chains.push(FilterChain {
            matcher: FilterChainMatch::default(),
            inspects_tls: false,
            tls: None,
            network_filters: Vec::new(),
            terminal: Terminal::Http(connection_manager::build(
                build.mesh,
                build.proxy,
                &entry.route_config,
                is_grpc_web,
            )),
            origins,
        });
        for &id in &entry.servers {
            build.servers[id as usize].has_chain = true;
        }
        return chains;
    }
    for &id in &entry.servers {
        let server = build.server(id);
        let before = chains.len();
        if server.protocol() == Protocol::Https && server.tls.is_some() && !server.is_passthrough()
        {
            chains.push(https_chain(build, id, server));
        } else if server.tls_mode() == Some(TlsMode::AutoPassthrough) {
            chains.extend(l4::auto_passthrough(build, id));
        } else if server.is_passthrough() {
            chains.extend(l4::passthrough(build, id, sni_hosts));
        } else {
            chains.extend(l4::opaque(build, id));
        }
        let has_chain = chains.len() > before;
        build.servers[id as usize].has_chain = has_chain;
        if !has_chain {
            let origin = build.servers[id as usize].origin;
            build.drop(origin, Some(id), DropReason::NoFilterChain, None);
        }
    }
    chains
}

fn https_chain(build: &Build<'_>, id: u32, server: &Server) -> FilterChain {
    let record = &build.servers[id as usize];
    FilterChain {
        matcher: chain_match(server_names(&record.hosts)),
        inspects_tls: true,
        tls: tls::context(server, build.mesh),
        network_filters: Vec::new(),
        terminal: Terminal::Http(connection_manager::build(
            build.mesh,
            build.proxy,
            &record.route_config,
            false,
        )),
        origins: vec![record.origin],
    }
}

/// 6.6: without names, or with `*` among them, the chain matches everything.
pub(super) fn chain_match(mut names: Vec<String>) -> FilterChainMatch {
    if names.iter().any(|name| name == "*") {
        names.clear();
    }
    FilterChainMatch { server_names: names, application_protocols: Vec::new() }
}
