//! Whether a row of one table is in another: the same chain on the same listener, the same rule at the same place.

use std::collections::BTreeSet;
use std::sync::Arc;

use super::{Rivals, Ties, contests};
use crate::envoy::listener::{FilterChain, Listener, Terminal};
use crate::envoy::route::{Clusters, Route, RouteConfig, VirtualHost};
use crate::envoy::table::Table;

/// Marks the rows of `table` that `other` does not have. `rivals` says for a row of a VirtualService (`namespace/name`)
/// which objects compete.
pub(super) fn compare(
    table: &Table,
    other: &Table,
    rivals: &dyn Fn(Option<&str>) -> Rivals,
    ties: &mut Ties,
) {
    // Clusters that exist in one of the two alone.
    let missing = [&table.verdict.missing_clusters, &other.verdict.missing_clusters];
    let moved: BTreeSet<&str> =
        missing[0].symmetric_difference(missing[1]).map(|name| &**name).collect();
    let is_moved = |names: Vec<&str>| names.iter().any(|name| moved.contains(name));
    for listener in &table.listeners {
        let there = other.listeners.iter().find(|known| known.name == listener.name);
        for (at, chain) in listener.filter_chains.iter().enumerate() {
            let is_there = there.is_some_and(|there| has_chain(there, chain));
            if !is_there || is_moved(contests::of_chain(chain)) {
                ties.add_chain(&listener.name, at, rivals(service_of(chain)));
            }
        }
    }
    for config in &table.routes {
        compare_config(config, other.route_config(&config.name), &is_moved, rivals, ties);
    }
}

fn compare_config(
    config: &RouteConfig,
    other: Option<&RouteConfig>,
    is_moved: &dyn Fn(Vec<&str>) -> bool,
    rivals: &dyn Fn(Option<&str>) -> Rivals,
    ties: &mut Ties,
) {
    for host in &config.virtual_hosts {
        let there = other.and_then(|other| find_host(other, host));
        for (at, route) in host.routes.iter().enumerate() {
            let same = there.and_then(|there| there.routes.get(at));
            let is_there = same.is_some_and(|same| is_same(route, same));
            if !is_there || is_moved(contests::of_route(route)) {
                ties.add_route(&config.name, &host.name, at, rivals(Some(&route.virtual_service)));
            }
        }
        if there.is_none_or(|there| answer(there) != answer(host)) {
            ties.add_host(&config.name, &host.name, rivals(None));
        }
    }
}

/// What a virtual host answers before any route (that TLS is required), or instead of one (nothing is there).
fn answer(host: &VirtualHost) -> (bool, bool) {
    let requires_tls = host.requires_tls();
    (requires_tls, !requires_tls && host.routes.is_empty())
}

/// The virtual host of the same name and domains.
fn find_host<'c>(config: &'c RouteConfig, host: &VirtualHost) -> Option<&'c VirtualHost> {
    let names = |host: &'c VirtualHost| host.domains.iter().map(|domain| &domain.name);
    let from = config.virtual_hosts.partition_point(|known| known.name < host.name);
    config.virtual_hosts[from..]
        .iter()
        .take_while(|known| known.name == host.name)
        .find(|known| names(known).eq(host.domains.iter().map(|domain| &domain.name)))
}

/// Whether two routes are one row: the same rule with the same effect.
pub(super) fn is_same(a: &Arc<Route>, b: &Arc<Route>) -> bool {
    Arc::ptr_eq(a, b) || a == b
}

/// Whether a listener has a chain with the same effect.
pub(super) fn has_chain(listener: &Listener, chain: &FilterChain) -> bool {
    listener.filter_chains.iter().any(|known| is_same_chain(known, chain))
}

/// Whether two chains have the same effect; the servers that they come from may be others.
pub(super) fn is_same_chain(a: &FilterChain, b: &FilterChain) -> bool {
    a.matcher == b.matcher
        && a.tls == b.tls
        && a.network_filters == b.network_filters
        && is_same_terminal(&a.terminal, &b.terminal)
}

fn is_same_terminal(a: &Terminal, b: &Terminal) -> bool {
    match (a, b) {
        (Terminal::Http(a), Terminal::Http(b)) => a == b,
        (Terminal::Tcp(a), Terminal::Tcp(b)) => {
            a.virtual_service == b.virtual_service
                && shares(&a.clusters).eq(shares(&b.clusters))
                && a.idle_timeout == b.idle_timeout
                && a.hash_source_ip == b.hash_source_ip
                && a.tunneling == b.tunneling
        }
        _ => false,
    }
}

/// Names of clusters and their shares.
fn shares(clusters: &Clusters) -> impl Iterator<Item = (&str, u32)> {
    let (single, weighted) = match clusters {
        Clusters::Single(cluster) => (Some((&*cluster.name, 0)), &[][..]),
        Clusters::Weighted(all) => (None, &all[..]),
    };
    single.into_iter().chain(weighted.iter().map(|entry| (&*entry.cluster.name, entry.weight)))
}

/// The VirtualService that a chain comes from.
fn service_of(chain: &FilterChain) -> Option<&str> {
    match &chain.terminal {
        Terminal::Tcp(proxy) => proxy.virtual_service.as_deref(),
        Terminal::Http(_) => None,
    }
}
