//! Servers that are dropped or kept by the age of their Gateways: the table is made again with the Gateways in the other
//! orders, and compared row by row.

use std::collections::{BTreeMap, BTreeSet};

use super::permutations::others;
use super::virtual_hosts::is_same;
use super::{Rivals, Ties, is_tied};
use crate::envoy::build::build_in_order;
use crate::envoy::listener::{FilterChain, Listener, Terminal};
use crate::envoy::route::{Clusters, RouteConfig};
use crate::envoy::table::{ServerRecord, Table};
use crate::mesh::{Mesh, ObjectRef};

/// Marks the rows that depend on the age of Gateways by what is dropped.
pub(super) fn find(mesh: &Mesh, table: &Table, ties: &mut Ties) {
    let natural = distinct_gateways(&table.servers);
    for group in contested(mesh, table) {
        let meta = |at: usize| mesh.store.meta(ObjectRef::Gateway(group[at]));
        for order in others(group.len(), |a, b| is_tied(meta(a), meta(b))) {
            let mut members = order.iter().map(|&at| group[at]);
            let gateways: Vec<u32> = natural
                .iter()
                .map(|at| if group.contains(at) { members.next().unwrap_or(*at) } else { *at })
                .collect();
            let other = build_in_order(mesh, &table.proxy, &gateways);
            compare(table, &other, inverted(&group, &order), ties);
        }
    }
}

/// The first pair of Gateways whose order is another.
fn inverted(group: &[u32], order: &[usize]) -> Rivals {
    let at = (1..order.len()).find(|&at| order[at - 1] > order[at]).unwrap_or(0);
    [order[at], order[at.saturating_sub(1)]].map(|member| ObjectRef::Gateway(group[member]))
}

fn distinct_gateways(servers: &[ServerRecord]) -> Vec<u32> {
    let mut all: Vec<u32> = Vec::new();
    for server in servers {
        if all.last() != Some(&server.gateway) && !all.contains(&server.gateway) {
            all.push(server.gateway);
        }
    }
    all
}

/// Gateways that meet on a port where one server may exclude another, put together where they share a member.
fn contested(mesh: &Mesh, table: &Table) -> Vec<Vec<u32>> {
    let mut by_port: BTreeMap<u32, Vec<&ServerRecord>> = BTreeMap::new();
    for record in &table.servers {
        by_port.entry(record.port).or_default().push(record);
    }
    let mut groups: Vec<BTreeSet<u32>> = Vec::new();
    for records in by_port.values() {
        let mut group: BTreeSet<u32> = records.iter().map(|record| record.gateway).collect();
        if group.len() < 2 || !may_exclude(mesh, records) {
            continue;
        }
        let (joined, apart): (Vec<_>, Vec<_>) =
            groups.into_iter().partition(|known| !known.is_disjoint(&group));
        group.extend(joined.into_iter().flatten());
        groups = apart;
        groups.push(group);
    }
    groups.into_iter().map(|group| group.into_iter().collect()).collect()
}

/// Whether servers on one port may exclude each other: all but plain HTTP servers, and servers with `tls` whose hosts
/// are apart (spec 1, 5.7).
fn may_exclude(mesh: &Mesh, records: &[&ServerRecord]) -> bool {
    let server = |record: &ServerRecord| {
        &mesh.store.gateways[record.gateway as usize].spec.servers[record.index as usize]
    };
    let all_http = records.iter().all(|record| server(record).protocol().is_http());
    let all_tls = records.iter().all(|record| server(record).is_tls());
    let mut hosts: BTreeSet<(&str, u32)> = BTreeSet::new();
    let shares_host = records.iter().filter(|record| server(record).tls.is_some()).any(|record| {
        let mut own: Vec<&str> = record.hosts.iter().map(String::as_str).collect();
        own.sort_unstable();
        own.dedup();
        own.into_iter().any(|host| !hosts.insert((host, record.port)))
    });
    let has_binds = records.iter().any(|record| record.bind != records[0].bind);
    shares_host || has_binds || !(all_http || all_tls)
}

/// Marks the rows of `table` that `other` does not have.
fn compare(table: &Table, other: &Table, rivals: Rivals, ties: &mut Ties) {
    for listener in &table.listeners {
        let there = other.listeners.iter().find(|known| known.name == listener.name);
        for (at, chain) in listener.filter_chains.iter().enumerate() {
            if !there.is_some_and(|there| has_chain(there, chain)) {
                ties.add_chain(&listener.name, at, rivals);
            }
        }
    }
    for config in &table.routes {
        compare_routes(config, other.route_config(&config.name), rivals, ties);
    }
}

fn compare_routes(
    config: &RouteConfig,
    other: Option<&RouteConfig>,
    rivals: Rivals,
    ties: &mut Ties,
) {
    for host in &config.virtual_hosts {
        let there = other.and_then(|other| {
            other.virtual_hosts.iter().find(|known| {
                known.name == host.name
                    && known.requires_tls() == host.requires_tls()
                    && known
                        .domains
                        .iter()
                        .map(|d| &d.name)
                        .eq(host.domains.iter().map(|d| &d.name))
            })
        });
        for (at, route) in host.routes.iter().enumerate() {
            let same = there.and_then(|there| there.routes.get(at));
            if !same.is_some_and(|same| is_same(route, same)) {
                ties.add_route(&config.name, &host.name, at, rivals);
            }
        }
        // Its answer without a route is a row of its own.
        if there.is_none_or(|there| there.routes.is_empty() != host.routes.is_empty()) {
            ties.add_host(&config.name, &host.name, rivals);
        }
    }
}

fn has_chain(listener: &Listener, chain: &FilterChain) -> bool {
    listener.filter_chains.iter().any(|known| {
        known.matcher == chain.matcher
            && known.tls == chain.tls
            && known.network_filters == chain.network_filters
            && same_terminal(&known.terminal, &chain.terminal)
    })
}

fn same_terminal(a: &Terminal, b: &Terminal) -> bool {
    let weights = |clusters: &Clusters| match clusters {
        Clusters::Single(cluster) => vec![(cluster.name.clone(), 0)],
        Clusters::Weighted(all) => {
            all.iter().map(|entry| (entry.cluster.name.clone(), entry.weight)).collect()
        }
    };
    match (a, b) {
        (Terminal::Http(a), Terminal::Http(b)) => a == b,
        (Terminal::Tcp(a), Terminal::Tcp(b)) => {
            a.origin == b.origin && weights(&a.clusters) == weights(&b.clusters)
        }
        _ => false,
    }
}
