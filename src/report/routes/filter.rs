//! Which rows of a table are shown: by Gateway, listener port, host and route configuration.

use std::collections::BTreeSet;

use super::RoutesOptions;
use crate::envoy::listener::{FilterChain, Listener, Terminal};
use crate::envoy::route::{RouteConfig, VirtualHost};
use crate::envoy::{Dropped, ServerRecord, Table};
use crate::explain::{dropped_server, gateways_named};
use crate::mesh::{Mesh, ObjectRef, Origin, Part, host};

/// What was asked for, on one table.
pub(super) struct Filter<'a> {
    table: &'a Table,
    mesh: &'a Mesh,
    /// The Gateways of the name that was asked for, by index in the store.
    gateways: Option<Vec<u32>>,
    ports: Option<Vec<u32>>,
    host: Option<String>,
    name: Option<&'a str>,
    /// Route configurations behind the listeners that are shown.
    referred: BTreeSet<&'a str>,
}

impl<'a> Filter<'a> {
    pub(super) fn new(table: &'a Table, mesh: &'a Mesh, options: &'a RoutesOptions) -> Self {
        let gateways = options.gateway.as_deref().map(|wanted| gateways_named(mesh, wanted));
        let ports = options.port.map(|wanted| ports(table, mesh, wanted));
        let host = options.host.as_deref().map(str::to_ascii_lowercase);
        let name = options.name.as_deref();
        let mut filter =
            Self { table, mesh, gateways, ports, host, name, referred: BTreeSet::new() };
        for listener in &table.listeners {
            for chain in &listener.filter_chains {
                if let Terminal::Http(manager) = &chain.terminal
                    && filter.admits(listener, chain)
                {
                    filter.referred.insert(&manager.route_config);
                }
            }
        }
        filter
    }

    /// Whether nothing was asked for in particular.
    pub(super) fn is_off(&self) -> bool {
        self.gateways.is_none()
            && self.ports.is_none()
            && self.host.is_none()
            && self.name.is_none()
    }

    /// Whether a filter chain is shown.
    pub(super) fn shows_chain(&self, listener: &Listener, chain: &FilterChain) -> bool {
        self.admits(listener, chain)
            && match &chain.terminal {
                Terminal::Http(manager) => {
                    self.host.is_none() || {
                        let config = self.table.route_config(&manager.route_config);
                        config.is_none_or(|config| {
                            config.virtual_hosts.iter().any(|host| self.shows_host(host))
                        })
                    }
                }
                Terminal::Tcp(_) => true,
            }
    }

    /// Whether the route configuration is shown.
    pub(super) fn shows_config(&self, config: &RouteConfig) -> bool {
        self.name.is_none_or(|name| name == config.name)
            && (self.is_off() || self.referred.contains(config.name.as_str()))
    }

    /// Whether a virtual host of a route configuration that is shown is shown.
    pub(super) fn shows_host(&self, virtual_host: &VirtualHost) -> bool {
        let domains = &virtual_host.domains;
        let names = domains.iter().map(|domain| domain.name.as_str());
        self.covers(names) && self.is_of_gateway(domains.iter().flat_map(|domain| &domain.origins))
    }

    /// Whether something that is not in the table would be shown.
    pub(super) fn shows_dropped(&self, dropped: &Dropped) -> bool {
        if !self.is_for_host(dropped.what) {
            return false;
        }
        if let Some(server) = dropped_server(self.table, dropped) {
            let hosts = server.hosts.iter();
            let names = hosts.map(|host| without_namespace(host));
            return self.gateways.as_ref().is_none_or(|all| all.contains(&server.gateway))
                && self.ports.as_ref().is_none_or(|ports| ports.contains(&server.port))
                && self.name.is_none_or(|name| name == server.route_config)
                && self.covers(names);
        }
        match (dropped.what.object, &self.gateways) {
            (ObjectRef::Gateway(at), Some(wanted)) => wanted.contains(&at),
            (_, wanted) => wanted.is_none() && self.ports.is_none() && self.name.is_none(),
        }
    }

    /// Whether something that is written may be for the wanted host: its VirtualService has the host, or none as delegates
    /// do; its server has it.
    fn is_for_host(&self, what: Origin) -> bool {
        let store = &self.mesh.store;
        match (what.object, what.part) {
            (ObjectRef::VirtualService(at), _) => {
                let all = &self.mesh.virtual_services;
                all.of_object(at).is_none_or(|at| {
                    let hosts = &all.all[at as usize].hosts;
                    self.covers(hosts.iter().map(|host| host.value.as_str()))
                })
            }
            (ObjectRef::Gateway(at), Part::Server(index)) => {
                let servers = &store.gateways[at as usize].spec.servers;
                let hosts = servers.get(index as usize).map_or(&[][..], |server| &server.hosts);
                self.covers(hosts.iter().map(|host| without_namespace(&host.value)))
            }
            _ => true,
        }
    }

    /// Whether a host of a VirtualService that no server accepts would be shown: it is behind no port and no Gateway.
    pub(super) fn shows_written_host(&self, host: &str) -> bool {
        self.gateways.is_none()
            && self.ports.is_none()
            && self.name.is_none()
            && self.host.as_deref().is_none_or(|wanted| host::is_subset(wanted, host))
    }

    /// Whether the match of a chain, its listener and its servers meet what was asked for.
    fn admits(&self, listener: &Listener, chain: &FilterChain) -> bool {
        let names = &chain.matcher.server_names;
        let route_config = match &chain.terminal {
            Terminal::Http(manager) => Some(manager.route_config.as_str()),
            Terminal::Tcp(_) => None,
        };
        self.ports.as_ref().is_none_or(|ports| ports.contains(&listener.address.port()))
            && self.name.is_none_or(|name| route_config == Some(name))
            && (names.is_empty() || self.covers(names.iter().map(String::as_str)))
            && self.is_of_gateway(&chain.origins)
    }

    /// Whether one of the names is the wanted host or covers it.
    fn covers<'n>(&self, mut names: impl Iterator<Item = &'n str>) -> bool {
        self.host.as_deref().is_none_or(|wanted| {
            names.any(|name| host::is_subset(wanted, &name.to_ascii_lowercase()))
        })
    }

    /// Whether one of the origins is in the wanted Gateway, or none is in any Gateway.
    fn is_of_gateway<'o>(&self, origins: impl IntoIterator<Item = &'o Origin>) -> bool {
        let Some(wanted) = &self.gateways else { return true };
        let mut others = false;
        for origin in origins {
            if let ObjectRef::Gateway(at) = origin.object {
                if wanted.contains(&at) {
                    return true;
                }
                others = true;
            }
        }
        !others && !wanted.is_empty()
    }
}

/// `a.com` of `ns/a.com`.
fn without_namespace(host: &str) -> &str {
    host.split_once('/').map_or(host, |(_, name)| name)
}

/// The listener ports that a port means: itself where a listener is on it, else those that it is translated to.
pub(super) fn ports(table: &Table, mesh: &Mesh, wanted: u32) -> Vec<u32> {
    if table.listeners.iter().any(|listener| listener.address.port() == wanted) {
        return vec![wanted];
    }
    let declared = table.servers.iter().filter(|s| declared_port(mesh, s) == Some(wanted));
    let dialled = table.proxy.service_ports.iter().filter(|port| port.port == wanted);
    let targets = dialled.map(|port| port.target.unwrap_or(0));
    let all: BTreeSet<u32> = declared.map(|server| server.port).chain(targets).collect();
    all.into_iter().collect()
}

/// The port of a server as written.
pub(super) fn declared_port(mesh: &Mesh, server: &ServerRecord) -> Option<u32> {
    let gateway = mesh.store.gateways.get(server.gateway as usize)?;
    Some(gateway.spec.servers.get(server.index as usize)?.port_number())
}
