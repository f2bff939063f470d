//! What to say beside tables that were filtered: that another port is shown than the one asked for, and what there
//! is where nothing meets what was asked for.

use std::collections::BTreeSet;

use super::Routes;
use super::filter::{declared_port, ports};
use super::view::views;
use crate::envoy::Table;
use crate::envoy::listener::Listener;
use crate::report::printable;
use crate::text::first_five;

const NO_PROXY: &str =
    "no ingress proxy: the input has no Gateway; `--proxy NAMESPACE/key=value` defines one";

impl Routes<'_> {
    /// One sentence for each thing to say.
    pub fn remarks(&self) -> Vec<String> {
        if self.tables.is_empty() {
            return vec![NO_PROXY.to_owned()];
        }
        if self.shows_nothing() { self.existing() } else { self.translated().into_iter().collect() }
    }

    /// Whether no row is printed.
    pub fn shows_nothing(&self) -> bool {
        views(self).next().is_none()
    }

    /// That clients dial the port that was asked for, and the proxy listens on another.
    fn translated(&self) -> Option<String> {
        let wanted = self.options.port?;
        let shown: BTreeSet<u32> =
            self.tables.iter().flat_map(|table| ports(table, self.mesh, wanted)).collect();
        // Where the port is not known the row says so.
        let others: Vec<String> =
            shown.iter().filter(|port| ![0, wanted].contains(port)).map(u32::to_string).collect();
        (!others.is_empty() && !shown.contains(&wanted)).then(|| {
            format!("port {wanted} of the Service is port {} of the proxy", others.join(", "))
        })
    }

    /// What could be asked for in place of what matches nothing.
    fn existing(&self) -> Vec<String> {
        let options = self.options;
        let list = |title: &str, items: BTreeSet<String>| {
            let items: Vec<String> =
                items.iter().map(|item| printable(item).into_owned()).collect();
            if items.is_empty() {
                format!("the tables have no {title}")
            } else {
                format!("{title} in the tables: {}", first_five(&items, ", "))
            }
        };
        let mut lists = Vec::new();
        if options.gateway.is_some() {
            lists.push(list("gateways", self.all(|table| self.gateways(table))));
        }
        if options.port.is_some() {
            lists.push(list("ports", self.all(|table| self.ports(table))));
        }
        if options.name.is_some() {
            let names = |table: &Table| table.routes.iter().map(|c| c.name.clone()).collect();
            lists.push(list("route configurations", self.all(names)));
        }
        if options.host.is_some() {
            lists.push(list("hosts", self.all(hosts)));
        }
        lists
    }

    fn all(&self, of: impl Fn(&Table) -> Vec<String>) -> BTreeSet<String> {
        self.tables.iter().flat_map(of).collect()
    }

    fn gateways(&self, table: &Table) -> Vec<String> {
        let gateway = |at: u32| self.mesh.store.gateways.get(at as usize);
        let of_servers = table.servers.iter().filter_map(|server| gateway(server.gateway));
        of_servers.map(|one| format!("{}/{}", one.meta.namespace(), one.meta.name())).collect()
    }

    /// `8443 (443)`: the port of the listener, and the one that clients dial.
    fn ports(&self, table: &Table) -> Vec<String> {
        let port = |listener: u32| {
            let servers = table.servers.iter().filter(|server| server.port == listener);
            let dialled: BTreeSet<u32> = servers
                .filter_map(|server| declared_port(self.mesh, server))
                .filter(|port| *port != listener)
                .collect();
            let dialled: Vec<String> = dialled.iter().map(u32::to_string).collect();
            if dialled.is_empty() {
                listener.to_string()
            } else {
                format!("{listener} ({})", dialled.join(", "))
            }
        };
        let unknown = table.unknown_targets();
        let name = |listener: &Listener| match unknown.get(&listener.name) {
            None => port(listener.address.port()),
            Some(names) => format!("? ({})", names.join(", ")),
        };
        table.listeners.iter().map(name).collect()
    }
}

/// The hosts of virtual hosts and of handshakes.
fn hosts(table: &Table) -> Vec<String> {
    let domains = table.routes.iter().flat_map(|config| &config.virtual_hosts);
    let domains = domains.flat_map(|host| &host.domains).map(|domain| domain.name.clone());
    let chains = table.listeners.iter().flat_map(|listener| &listener.filter_chains);
    let names = chains.flat_map(|chain| &chain.matcher.server_names).map(ToString::to_string);
    domains.chain(names).collect()
}
