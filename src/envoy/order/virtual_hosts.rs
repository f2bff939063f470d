//! Routes of a virtual host to which several VirtualServices, or servers of several Gateways, give.

use std::sync::Arc;

use rustc_hash::FxHashSet;

use super::exact::best;
use super::permutations::{inverted, with_natural};
use super::{MOST, Rivals, Ties, blocks, is_tied, rows};
use crate::envoy::Table;
use crate::envoy::build::routes::catch_alls_last;
use crate::envoy::route::{Route, RouteConfig, Segment, VirtualHost};
use crate::mesh::{Mesh, ObjectRef};

/// A virtual host with several segments.
#[derive(Clone, Copy)]
pub(super) struct Place<'t> {
    pub(super) mesh: &'t Mesh,
    pub(super) table: &'t Table,
    pub(super) config: &'t RouteConfig,
    pub(super) host: &'t VirtualHost,
}

/// Marks the routes whose place depends on age.
pub(super) fn find(mesh: &Mesh, table: &Table, ties: &mut Ties) {
    for config in &table.routes {
        for host in config.virtual_hosts.iter().filter(|host| host.segments.len() > 1) {
            Place { mesh, table, config, host }.find(ties);
        }
    }
}

impl Place<'_> {
    fn find(self, ties: &mut Ties) {
        let segments = &self.host.segments;
        let gateways = distinct(segments.iter().map(|segment| self.gateway(segment)));
        let services = distinct(segments.iter().map(|segment| segment.virtual_service));
        let repeats = || {
            let mut known = FxHashSet::default();
            !segments.iter().all(|segment| known.insert((segment.server, segment.virtual_service)))
        };
        let is_small = gateways.len() + services.len() <= MOST;
        if is_small && (gateways.len() > 1 || repeats()) {
            self.permute(&gateways, &services, ties);
        } else {
            blocks::find(self, ties);
        }
    }

    pub(super) fn gateway(self, segment: &Segment) -> u32 {
        self.table.servers[segment.server as usize].gateway
    }

    /// The port in the name of a virtual host that this segment makes.
    pub(super) fn port(self, segment: &Segment) -> u32 {
        let record = &self.table.servers[segment.server as usize];
        let gateway = &self.mesh.store.gateways[record.gateway as usize];
        gateway.spec.servers[record.index as usize].port_number()
    }

    /// The VirtualService that gives a segment.
    pub(super) fn service(self, at: u32) -> ObjectRef {
        ObjectRef::VirtualService(self.mesh.virtual_services.all[at as usize].index)
    }

    /// Puts the list together again in all orders.
    fn permute(self, gateways: &[u32], services: &[u32], ties: &mut Ties) {
        let gateways_swap = |a: usize, b: usize| {
            let meta = |at: usize| self.mesh.store.meta(ObjectRef::Gateway(gateways[at]));
            is_tied(meta(a), meta(b))
        };
        let services_swap =
            |a: usize, b: usize| may_swap(self.mesh, self.table, services[a], services[b]);
        let service_orders = with_natural(services.len(), services_swap);
        for gateway_order in with_natural(gateways.len(), gateways_swap) {
            for service_order in &service_orders {
                let rank = |order: &[usize], known: &[u32], item: u32| {
                    order.iter().position(|&at| known[at] == item)
                };
                let mut segments: Vec<&Segment> = self.host.segments.iter().collect();
                segments.sort_by_key(|segment| {
                    (
                        rank(&gateway_order, gateways, self.gateway(segment)),
                        self.table.servers[segment.server as usize].index,
                        rank(service_order, services, segment.virtual_service),
                    )
                });
                let mut rivals: Vec<Rivals> = inverted(service_order)
                    .map(|pair| pair.map(|at| self.service(services[at])))
                    .collect();
                rivals.extend(
                    inverted(&gateway_order)
                        .map(|pair| pair.map(|at| ObjectRef::Gateway(gateways[at]))),
                );
                self.compare(&segments, &rivals, ties);
            }
        }
    }

    /// Marks the routes that are others where the segments come in this order, in which `rivals` are the other way
    /// round.
    fn compare(self, segments: &[&Segment], rivals: &[Rivals], ties: &mut Ties) {
        if rivals.is_empty() {
            return;
        }
        let routes: Vec<Arc<Route>> =
            segments.iter().flat_map(|segment| segment.routes.iter().cloned()).collect();
        let routes = catch_alls_last(routes);
        let is_renamed = self.port(segments[0]) != self.port(&self.host.segments[0]);
        for (at, (here, there)) in self.host.routes.iter().zip(&routes).enumerate() {
            if is_renamed || !rows::is_same(here, there) {
                let rivals = best(self.mesh, rivals, Some(&here.virtual_service));
                ties.add_route(&self.config.name, &self.host.name, at, rivals);
            }
        }
    }
}

/// Whether nobody knows which of two VirtualServices comes first on a proxy: neither is more private than the other.
pub(super) fn may_swap(mesh: &Mesh, table: &Table, a: u32, b: u32) -> bool {
    let proxy = &table.proxy.namespace;
    let services = &mesh.virtual_services;
    let meta =
        |at: u32| mesh.store.meta(ObjectRef::VirtualService(services.all[at as usize].index));
    services.group(a, proxy) == services.group(b, proxy) && is_tied(meta(a), meta(b))
}

/// Each item once, in the order in which they appear.
fn distinct(items: impl Iterator<Item = u32>) -> Vec<u32> {
    let mut known = FxHashSet::default();
    items.filter(|&item| known.insert(item)).collect()
}
