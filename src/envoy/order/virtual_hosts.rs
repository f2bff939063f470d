//! Routes of a virtual host to which several VirtualServices, or servers of several Gateways, give: the list is put
//! together again in the other orders.

use std::sync::Arc;

use super::permutations::others;
use super::{Rivals, Ties, is_tied};
use crate::envoy::Table;
use crate::envoy::build::routes::catch_alls_last;
use crate::envoy::route::{Route, RouteConfig, Segment, VirtualHost};
use crate::mesh::{Mesh, ObjectRef};

/// Marks the routes whose place depends on age.
pub(super) fn find(mesh: &Mesh, table: &Table, ties: &mut Ties) {
    for config in &table.routes {
        for host in config.virtual_hosts.iter().filter(|host| host.segments.len() > 1) {
            virtual_host(mesh, table, config, host, ties);
        }
    }
}

fn virtual_host(
    mesh: &Mesh,
    table: &Table,
    config: &RouteConfig,
    host: &VirtualHost,
    ties: &mut Ties,
) {
    let gateway = |segment: &Segment| table.servers[segment.server as usize].gateway;
    let gateways = distinct(host.segments.iter().map(gateway));
    let services = distinct(host.segments.iter().map(|segment| segment.virtual_service));
    let gateways_swap = |a: usize, b: usize| {
        let meta = |at: usize| mesh.store.meta(ObjectRef::Gateway(gateways[at]));
        is_tied(meta(a), meta(b))
    };
    let services_swap = |a: usize, b: usize| may_swap(mesh, table, services[a], services[b]);
    for gateway_order in with_natural(gateways.len(), gateways_swap) {
        for service_order in with_natural(services.len(), services_swap) {
            let rank = |order: &[usize], known: &[u32], item: u32| {
                order.iter().position(|&at| known[at] == item).unwrap_or(usize::MAX)
            };
            let mut segments: Vec<&Segment> = host.segments.iter().collect();
            segments.sort_by_key(|segment| {
                (
                    rank(&gateway_order, &gateways, gateway(segment)),
                    table.servers[segment.server as usize].index,
                    rank(&service_order, &services, segment.virtual_service),
                )
            });
            let service = |at: usize| mesh.virtual_services.all[services[at] as usize].index;
            let mut rivals: Vec<Rivals> = inverted(&service_order)
                .map(|pair| pair.map(|at| ObjectRef::VirtualService(service(at))))
                .collect();
            rivals.extend(
                inverted(&gateway_order)
                    .map(|pair| pair.map(|at| ObjectRef::Gateway(gateways[at]))),
            );
            compare(mesh, table, (config, host), &segments, &rivals, ties);
        }
    }
}

/// The given order, then the others.
fn with_natural(count: usize, may_swap: impl Fn(usize, usize) -> bool) -> Vec<Vec<usize>> {
    let mut all = vec![(0..count).collect()];
    all.extend(others(count, may_swap));
    all
}

/// The pairs that come the other way round.
fn inverted(order: &[usize]) -> impl Iterator<Item = [usize; 2]> {
    (0..order.len()).flat_map(move |i| {
        (i + 1..order.len())
            .filter(move |&j| order[i] > order[j])
            .map(move |j| [order[j], order[i]])
    })
}

/// Marks the routes that are others where the segments come in this order, in which `rivals` are the other way round.
fn compare(
    mesh: &Mesh,
    table: &Table,
    (config, host): (&RouteConfig, &VirtualHost),
    segments: &[&Segment],
    rivals: &[Rivals],
    ties: &mut Ties,
) {
    let Some(&first) = rivals.first() else { return };
    let routes: Vec<Arc<Route>> =
        segments.iter().flat_map(|segment| segment.routes.iter().cloned()).collect();
    let routes = catch_alls_last(routes);
    // The first segment makes the virtual host, whose name has the port of its server.
    let is_renamed = {
        let port = |segment: &Segment| {
            let record = &table.servers[segment.server as usize];
            mesh.store.gateways[record.gateway as usize].spec.servers[record.index as usize]
                .port_number()
        };
        port(segments[0]) != port(&host.segments[0])
    };
    for (at, (here, there)) in host.routes.iter().zip(&routes).enumerate() {
        if is_renamed || !is_same(here, there) {
            // Of several pairs the one that has the rule's own VirtualService says more.
            let own = |pair: &&Rivals| {
                pair.iter().any(|&object| {
                    let meta = mesh.store.meta(object);
                    *here.virtual_service == format!("{}/{}", meta.namespace(), meta.name())
                })
            };
            let rivals = rivals.iter().find(own).copied().unwrap_or(first);
            ties.add_route(&config.name, &host.name, at, rivals);
        }
    }
}

/// Whether two routes are one row: the same rule with the same effect.
pub(super) fn is_same(a: &Arc<Route>, b: &Arc<Route>) -> bool {
    Arc::ptr_eq(a, b)
        || (a.virtual_service == b.virtual_service
            && a.origin == b.origin
            && a.decorator == b.decorator
            && a.name == b.name)
}

/// Whether nobody knows which of two VirtualServices comes first on a proxy: neither is more private than the other.
pub(super) fn may_swap(mesh: &Mesh, table: &Table, a: u32, b: u32) -> bool {
    let proxy = &table.proxy.namespace;
    let services = &mesh.virtual_services;
    let meta =
        |at: u32| mesh.store.meta(ObjectRef::VirtualService(services.all[at as usize].index));
    services.group(a, proxy) == services.group(b, proxy) && is_tied(meta(a), meta(b))
}

fn distinct(items: impl Iterator<Item = u32>) -> Vec<u32> {
    let mut all = Vec::new();
    for item in items {
        if !all.contains(&item) {
            all.push(item);
        }
    }
    all
}
