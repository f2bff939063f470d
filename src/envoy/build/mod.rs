//! The builder of the table: one pass, as istiod makes it (spec 1, section 11).
//!
//! A. [`merge`]: Gateways that select the proxy, in order; their servers, merged by port and bind.
//! B. [`listeners`]: listeners and filter chains.
//! C. [`given`], [`routes`]: route configurations and virtual hosts.
//!
//! What istiod leaves out is recorded at the very place where it is left out.

mod admission;
mod connection_manager;
mod given;
mod hosts;
mod l4;
mod listeners;
mod merge;
mod ports;
pub(super) mod routes;
mod tls;

pub use admission::{ByNamespace, admits};

use std::sync::Arc;

use super::detail::Translate;
use super::route::Outline;
use super::table::{Admission, Binding, DropReason, Dropped, ServerRecord, Table};
use crate::istio::gateway::Server;
use crate::mesh::{Mesh, ObjectRef, Origin, Proxy};

/// Makes the table of one proxy.
pub fn build(mesh: &Mesh, proxy: &Arc<Proxy>) -> Table {
    build_by_age(mesh, proxy)
}

/// Makes the table of one proxy without what its routes do, which costs most of it.
pub fn outline(mesh: &Mesh, proxy: &Arc<Proxy>) -> Table<Outline> {
    build_by_age(mesh, proxy)
}

fn build_by_age<R: Translate>(mesh: &Mesh, proxy: &Arc<Proxy>) -> Table<R> {
    let natural: Vec<u32> = (0..).zip(&mesh.store.gateways).map(|(at, _)| at).collect();
    build_in_order(mesh, proxy, Ages { gateways: &natural, services: None })
}

/// The order in which objects were created.
#[derive(Clone, Copy)]
pub(super) struct Ages<'a> {
    /// Gateways by index in the store, the oldest first. Those that are not among them do not count.
    pub(super) gateways: &'a [u32],
    /// The rank of each VirtualService of `Mesh::virtual_services`; none: as they come there.
    pub(super) services: Option<&'a [u32]>,
}

/// Makes the table as it would be with objects of other ages.
pub(super) fn build_in_order<R: Translate>(
    mesh: &Mesh,
    proxy: &Arc<Proxy>,
    ages: Ages<'_>,
) -> Table<R> {
    let mut build = Build::new(mesh, proxy, ages.services);
    let merged = merge::merge(&mut build, ages.gateways);
    admission::bind(&mut build);
    let mut listeners = listeners::listeners(&mut build, &merged);
    listeners.sort_by(|a, b| (a.address.port(), &a.name).cmp(&(b.address.port(), &b.name)));
    let routes = routes::route_configs(&mut build, &merged, &listeners);
    let verdict = R::verdict(mesh, proxy, &listeners, &routes);
    let Build { servers, bindings, met, dropped, .. } = build;
    Table { proxy: Arc::clone(proxy), listeners, routes, verdict, servers, bindings, met, dropped }
}

/// The servers that take part, with Gateways in this order: Gateway, server, port and route configuration, sorted.
pub(super) fn live_servers(
    mesh: &Mesh,
    proxy: &Proxy,
    gateways: &[u32],
) -> Vec<(u32, u32, u32, String)> {
    let mut build = Build::new(mesh, proxy, None);
    let merged = merge::merge(&mut build, gateways);
    let with_chain = merged.entries.iter().map(|entry| (&entry.servers, &entry.route_config));
    let with_routes = merged.by_route_config.iter().map(|(name, servers)| (servers, name));
    let mut live: Vec<_> = with_chain
        .chain(with_routes)
        .flat_map(|(servers, name)| servers.iter().map(move |&id| (id, name)))
        .map(|(id, name)| {
            let record = &build.servers[id as usize];
            (record.gateway, record.index, record.port, name.clone())
        })
        .collect();
    live.sort_unstable();
    live
}

/// The state of one run of the builder.
struct Build<'m> {
    mesh: &'m Mesh,
    proxy: &'m Proxy,
    ranks: Option<&'m [u32]>,
    servers: Vec<ServerRecord>,
    bindings: Vec<Binding>,
    met: Vec<u32>,
    dropped: Vec<Dropped>,
}

impl<'m> Build<'m> {
    fn new(mesh: &'m Mesh, proxy: &'m Proxy, ranks: Option<&'m [u32]>) -> Self {
        let (servers, bindings, met, dropped) = (Vec::new(), Vec::new(), Vec::new(), Vec::new());
        Self { mesh, proxy, ranks, servers, bindings, met, dropped }
    }

    /// The server of a record, as written.
    fn server(&self, record: u32) -> &'m Server {
        let record = &self.servers[record as usize];
        &self.mesh.store.gateways[record.gateway as usize].spec.servers[record.index as usize]
    }

    /// `namespace/name` of the Gateway of a record.
    fn gateway_key(&self, record: u32) -> String {
        let meta = self.mesh.store.meta(ObjectRef::Gateway(self.servers[record as usize].gateway));
        format!("{}/{}", meta.namespace(), meta.name())
    }

    /// The bindings of a server.
    fn bindings_of(&self, record: u32) -> impl Iterator<Item = &Binding> {
        let from = self.bindings.partition_point(|binding| binding.server < record);
        self.bindings[from..].iter().take_while(move |binding| binding.server == record)
    }

    /// The VirtualServices with a host that a server serves, in istiod's order (spec 1, 7.6; mirrors istio 1.32
    /// `push_context.go: VirtualServicesForGateway`): private ones of the proxy's namespace, ones exported to it by name,
    /// public ones.
    fn served(&self, record: u32) -> Vec<u32> {
        let served = self.bindings_of(record).filter(|b| b.hosts.contains(&Admission::Served));
        let mut served: Vec<u32> = served.map(|binding| binding.virtual_service).collect();
        let rank = |at: u32| self.ranks.map_or(at, |ranks| ranks[at as usize]);
        let group = |at| self.mesh.virtual_services.group(at, &self.proxy.namespace);
        served.sort_by_key(|&at| (group(at), rank(at)));
        served
    }

    /// Records that something is left out.
    fn drop(&mut self, what: Origin, server: Option<u32>, reason: DropReason, by: Option<Origin>) {
        self.dropped.push(Dropped { what, server, reason, by });
    }
}
