//! What each VirtualService gives to each server: domains and routes. Independent of the others, so it is made in
//! parallel; [`routes`](super::routes) puts it together in istiod's order.

use std::sync::Arc;

use indexmap::IndexMap;
use rayon::prelude::*;
use rustc_hash::{FxBuildHasher, FxHashMap, FxHashSet};

use super::Build;
use super::admission::{ServerHosts, domains};
use crate::envoy::detail::Translate;
use crate::envoy::translate::{self, HttpRoutes, Lost, Scope};
use crate::mesh::Origin;

/// What a VirtualService gives to a server.
pub(super) struct Given<R> {
    /// Index in `Mesh::virtual_services`.
    pub(super) service: u32,
    /// The domains, and the hosts that they come from; at least one.
    pub(super) domains: Vec<(String, Vec<Origin>)>,
    /// What it makes of its rules; nothing where an earlier server of the Gateway in the route configuration has routes
    /// of it (7.12).
    pub(super) made: Option<Made<R>>,
}

/// The routes of a VirtualService for a server, and what of it has none.
pub(super) struct Made<R> {
    pub(super) routes: Arc<[Arc<R>]>,
    pub(super) dropped: Vec<Lost>,
}

/// A server of a route configuration: the number of that, and the index of the record.
type Place = (usize, u32);

/// What all servers of route configurations are given.
pub(super) type ByPlace<R> = FxHashMap<Place, Vec<Given<R>>>;

/// Finds what the servers of each of the route configurations are given.
pub(super) fn given<R: Translate>(build: &Build<'_>, configs: &[&[u32]]) -> ByPlace<R> {
    let mut by_gateway: IndexMap<u32, Vec<Place>, FxBuildHasher> = IndexMap::default();
    for (config, servers) in configs.iter().enumerate() {
        for &id in *servers {
            by_gateway.entry(build.servers[id as usize].gateway).or_default().push((config, id));
        }
    }
    let gateways: Vec<Vec<Place>> = by_gateway.into_values().collect();
    let given: Vec<_> = gateways.par_iter().map(|places| of_gateway(build, places)).collect();
    given.into_iter().flatten().collect()
}

/// What the servers of one Gateway are given.
fn of_gateway<R: Translate>(build: &Build<'_>, places: &[Place]) -> Vec<(Place, Vec<Given<R>>)> {
    let mut done: FxHashSet<(usize, u32)> = FxHashSet::default();
    let mut shared = FxHashMap::default();
    let mut all = Vec::with_capacity(places.len());
    for &(config, id) in places {
        let is_built = |service: u32| done.contains(&(config, service));
        let found = of_server(build, id, is_built);
        let given = found.into_iter().map(|(service, domains, made)| {
            let made = made.map(|HttpRoutes { routes, dropped }| {
                if !routes.is_empty() {
                    done.insert((config, service));
                }
                Made { routes: share(&mut shared, service, routes), dropped }
            });
            Given { service, domains, made }
        });
        all.push(((config, id), given.collect()));
    }
    all
}

/// A VirtualService, its domains, and its routes unless they are built.
type Found<R> = (u32, Vec<(String, Vec<Origin>)>, Option<HttpRoutes<R>>);

/// What one server is given, in istiod's order.
fn of_server<R: Translate>(
    build: &Build<'_>,
    id: u32,
    is_built: impl Fn(u32) -> bool + Sync,
) -> Vec<Found<R>> {
    let (server, gateway) = (build.server(id), build.gateway_key(id));
    let record = &build.servers[id as usize];
    let scope = Scope {
        mesh: build.mesh,
        proxy: build.proxy,
        gateway: &gateway,
        port: server.port_number(),
        has_tls: server.tls.is_some(),
    };
    let hosts = ServerHosts::new(&record.hosts);
    as_often_as_named(build, &gateway, build.served(id))
        .into_par_iter()
        .with_min_len(32)
        .filter_map(|at| {
            let service = &build.mesh.virtual_services.all[at as usize];
            let found = domains(&hosts, server, record.origin, service);
            let made = (!found.is_empty() && !is_built(at))
                .then(|| translate::http_routes(&scope, service));
            (!found.is_empty()).then_some((at, found, made))
        })
        .collect()
}

/// Each VirtualService once for each time that it names the Gateway, as istiod takes them.
fn as_often_as_named(build: &Build<'_>, gateway: &str, services: Vec<u32>) -> Vec<u32> {
    let times = |at: u32| {
        let named = &build.mesh.virtual_services.all[at as usize].gateways;
        named.iter().filter(|name| name.value == gateway).count()
    };
    services.into_iter().flat_map(|at| std::iter::repeat_n(at, times(at))).collect()
}

/// The routes of a VirtualService. Servers for HTTP and for HTTPS may have the same ones, which are kept once.
fn share<R: PartialEq>(
    shared: &mut FxHashMap<u32, Arc<[Arc<R>]>>,
    service: u32,
    routes: Vec<Arc<R>>,
) -> Arc<[Arc<R>]> {
    match shared.get(&service) {
        Some(known) if known[..] == routes[..] => Arc::clone(known),
        _ => {
            let routes: Arc<[Arc<R>]> = routes.into();
            shared.insert(service, Arc::clone(&routes));
            routes
        }
    }
}
