//! Services, ServiceEntries and DestinationRules of which the older one counts: those that have one hostname (spec 2,
//! ), rules for one host in one namespace, Services that lead one port of a proxy to different
//! ports of its Pods (spec 1, 3.2).

use std::collections::BTreeMap;

use rustc_hash::FxHashSet;

use crate::envoy::listener::{FilterChain, Terminal};
use crate::envoy::route::{Action, Clusters, Route};
use crate::envoy::table::Table;
use crate::envoy::translate::ClusterKey;
use crate::mesh::{Mesh, ObjectRef};

/// The objects that compete with each other, the older one first as far as the input tells; those that meet in several
/// places are together.
pub(super) fn groups(mesh: &Mesh, table: &Table) -> Vec<Vec<ObjectRef>> {
    let mut groups: Vec<Vec<ObjectRef>> = Vec::new();
    let hosts = hosts(table);
    let in_front = in_front(table);
    let services = mesh.services.contested().filter(|(host, _)| hosts.contains(host));
    let services = services.map(|(_, objects)| objects);
    let rules = mesh.destination_rules.contested(|host| hosts.contains(host));
    for group in in_front.into_iter().chain(services).chain(rules) {
        let (joined, apart): (Vec<_>, Vec<_>) =
            groups.into_iter().partition(|known| known.iter().any(|one| group.contains(one)));
        groups = apart;
        let mut all: Vec<ObjectRef> = Vec::new();
        for object in joined.into_iter().flatten().chain(group) {
            if !all.contains(&object) {
                all.push(object);
            }
        }
        groups.push(all);
    }
    groups
}

/// The hosts of the clusters that the table refers to.
fn hosts(table: &Table) -> FxHashSet<&str> {
    cluster_names(table).filter_map(|name| Some(ClusterKey::parse(name)?.host)).collect()
}

/// The Services that lead one port to different ports of the Pods.
fn in_front(table: &Table) -> Vec<Vec<ObjectRef>> {
    let mut by_port: BTreeMap<u32, Vec<(ObjectRef, Option<u32>)>> = BTreeMap::new();
    for port in &table.proxy.service_ports {
        let Some(origin) = port.origin else { continue };
        by_port.entry(port.port).or_default().push((origin.object, port.target));
    }
    let contested = by_port.into_values().filter(|all| all.iter().any(|one| one.1 != all[0].1));
    contested.map(|all| all.into_iter().map(|(object, _)| object).collect()).collect()
}

fn cluster_names(table: &Table) -> impl Iterator<Item = &str> {
    let hosts = table.routes.iter().flat_map(|config| &config.virtual_hosts);
    let routes = hosts.flat_map(|host| &host.routes).flat_map(|route| of_route(route));
    let chains = table.listeners.iter().flat_map(|listener| &listener.filter_chains);
    routes.chain(chains.flat_map(of_chain))
}

/// The clusters of a route.
pub(super) fn of_route(route: &Route) -> Vec<&str> {
    let Action::Route(action) = &route.action else { return Vec::new() };
    let mirrors = action.mirrors.iter().map(|mirror| &*mirror.cluster.name);
    names(&action.clusters).into_iter().chain(mirrors).collect()
}

/// The clusters of a filter chain.
pub(super) fn of_chain(chain: &FilterChain) -> Vec<&str> {
    match &chain.terminal {
        Terminal::Tcp(proxy) => names(&proxy.clusters),
        Terminal::Http(_) => Vec::new(),
    }
}

fn names(clusters: &Clusters) -> Vec<&str> {
    match clusters {
        Clusters::Single(cluster) => vec![&cluster.name],
        Clusters::Weighted(all) => all.iter().map(|one| &*one.cluster.name).collect(),
    }
}
