//! Route configurations and virtual hosts (spec 1, section 7; mirrors istio 1.32 `gateway.go:
//! buildGatewayHTTPRouteConfig`, `collapseDuplicateRoutes`, `route.go: SortVHostRoutes`).

use std::collections::hash_map::Entry;
use std::sync::Arc;

use indexmap::IndexMap;
use rustc_hash::{FxBuildHasher, FxHashMap, FxHashSet};

use super::given::{Given, given};
use super::merge::Merged;
use super::{Build, l4};
use crate::envoy::detail::Translate;
use crate::envoy::listener::{Listener, Terminal};
use crate::envoy::route::{Domain, RouteConfig, Segment, VirtualHost};
use crate::istio::gateway::Server;
use crate::mesh::host::by_specificity;
use crate::mesh::{Origin, Part};

/// Virtual hosts by domain, in the order in which they appear.
type ByDomain<R> = IndexMap<String, VirtualHost<R>, FxBuildHasher>;

/// The routes that a VirtualService gives to a Gateway, by the index of the Gateway and of the VirtualService.
type ByService<R> = FxHashMap<(u32, u32), Arc<[Arc<R>]>>;

/// Makes the route configurations that the listeners refer to, sorted by name.
pub(super) fn route_configs<R: Translate>(
    build: &mut Build<'_>,
    merged: &Merged,
    listeners: &[Listener],
) -> Vec<RouteConfig<R>> {
    let mut names: Vec<&str> = listeners
        .iter()
        .flat_map(|listener| &listener.filter_chains)
        .filter_map(|chain| match &chain.terminal {
            Terminal::Http(manager) => Some(manager.route_config.as_str()),
            Terminal::Tcp(_) => None,
        })
        .collect();
    names.sort_unstable();
    names.dedup();
    let servers = |name: &&str| merged.by_route_config.get(*name).map_or(&[][..], Vec::as_slice);
    let configs: Vec<&[u32]> = names.iter().map(servers).collect();
    let mut given = given(build, &configs);
    let mut config = |(at, name): (usize, &str)| {
        let servers = configs[at].iter();
        let servers = servers.map(|&id| (id, given.remove(&(at, id)).unwrap_or_default()));
        let virtual_hosts = virtual_hosts(build, servers.collect());
        RouteConfig { name: name.to_owned(), virtual_hosts }
    };
    names.into_iter().enumerate().map(&mut config).collect()
}

/// The virtual hosts of the servers that share a route configuration.
fn virtual_hosts<R: Translate>(
    build: &mut Build<'_>,
    servers: Vec<(u32, Vec<Given<R>>)>,
) -> Vec<VirtualHost<R>> {
    let Some(&(first, _)) = servers.first() else { return Vec::new() };
    let include_attempt_count =
        !build.mesh.config.default_config.proxy_headers.attempt_count.disabled;
    let mut hosts = ByDomain::default();
    // Routes are built once for a Gateway and a VirtualService, with the port of the first server that has any (7.12).
    let mut cache = ByService::default();
    for (id, given) in servers {
        add_server(build, id, given, &mut hosts, &mut cache, include_attempt_count);
    }
    if hosts.is_empty() {
        return vec![blackhole(build.server(first).port_number())];
    }
    let mut hosts = collapse(hosts);
    for host in &mut hosts {
        host.routes = catch_alls_last(std::mem::take(&mut host.routes));
    }
    hosts.sort_by(|a, b| a.name.cmp(&b.name));
    hosts
}

/// 7.17 (mirrors `SortVHostRoutes`): a stable partition.
pub(in crate::envoy) fn catch_alls_last<R: Translate>(routes: Vec<Arc<R>>) -> Vec<Arc<R>> {
    let (mut specific, catch_alls): (Vec<_>, Vec<_>) =
        routes.into_iter().partition(|route| !route.is_catch_all());
    specific.extend(catch_alls);
    specific
}

/// 7.23: no virtual host at all.
fn blackhole<R>(port: u32) -> VirtualHost<R> {
    VirtualHost {
        name: format!("blackhole:{port}"),
        domains: vec![Domain { name: "*".to_owned(), origins: Vec::new() }],
        routes: Vec::new(),
        segments: Vec::new(),
        require_tls: Vec::new(),
        include_attempt_count: false,
    }
}

fn add_server<R: Translate>(
    build: &mut Build<'_>,
    id: u32,
    given: Vec<Given<R>>,
    hosts: &mut ByDomain<R>,
    cache: &mut ByService<R>,
    include_attempt_count: bool,
) {
    let mesh = build.mesh;
    let server = build.server(id);
    let record = build.servers[id as usize].clone();
    let redirect = server.redirects_to_https().then_some(record.origin);
    let new = |host: &str| new_host(host, server.port_number(), include_attempt_count);
    let mut explained: FxHashSet<u32> = FxHashSet::default();
    for Given { service: at, domains, made } in given {
        let service = &mesh.virtual_services.all[at as usize];
        if explained.insert(at) {
            let written = &mesh.store.virtual_services[service.index as usize].spec;
            l4::wrong_kind(build, id, service, written, "http");
        }
        let routes = match cache.entry((record.gateway, at)) {
            Entry::Occupied(known) => known.into_mut(),
            Entry::Vacant(place) => {
                let Some(made) = made else { continue };
                for (what, reason, by) in made.dropped {
                    build.drop(what, Some(id), reason, by);
                }
                if made.routes.is_empty() {
                    continue;
                }
                place.insert(made.routes)
            }
        };
        for (domain, origins) in domains {
            let host = hosts.entry(domain).or_insert_with_key(|domain| new(domain));
            // Most virtual hosts have one segment: growing would start at four.
            if host.segments.is_empty() {
                host.routes.reserve_exact(routes.len());
                host.segments.reserve_exact(1);
                host.domains[0].origins.reserve_exact(origins.len());
            }
            host.routes.extend(routes.iter().cloned());
            let routes = Arc::clone(routes);
            host.segments.push(Segment { server: id, virtual_service: at, routes });
            let known = &mut host.domains[0].origins;
            for origin in origins {
                if !known.contains(&origin) {
                    known.push(origin);
                }
            }
            if let Some(origin) = redirect.filter(|origin| !host.require_tls.contains(origin)) {
                host.require_tls.push(origin);
            }
        }
    }
    if let Some(origin) = redirect {
        redirect_all(&record.hosts, server, origin, hosts, &new);
    }
}

/// 7.19, 7.20: every host of a redirecting server, its namespace prefix included, requires TLS.
fn redirect_all<R>(
    names: &[String],
    server: &Server,
    origin: Origin,
    hosts: &mut ByDomain<R>,
    new: &dyn Fn(&str) -> VirtualHost<R>,
) {
    for (at, name) in (0..).zip(names) {
        let host = hosts.entry(name.to_lowercase()).or_insert_with_key(|name| new(name));
        if let (Part::Server(index), true) = (origin.part, names.len() == server.hosts.len()) {
            let span = server.hosts[at as usize].span;
            let place = Origin::new(origin.object, Part::ServerHost(index, at), span);
            if !host.domains[0].origins.contains(&place) {
                host.domains[0].origins.push(place);
            }
        }
        if !host.require_tls.contains(&origin) {
            host.require_tls.push(origin);
        }
    }
}

/// A virtual host without routes; a host with `:` is in brackets in the name alone (7.26).
fn new_host<R>(host: &str, port: u32, include_attempt_count: bool) -> VirtualHost<R> {
    let port = port.to_string();
    let is_bracketed = host.contains(':');
    let (open, close) = if is_bracketed { ("[", "]:") } else { ("", ":") };
    let name = [open, host, close, &port].concat();
    VirtualHost {
        name,
        domains: vec![Domain { name: host.to_owned(), origins: Vec::new() }],
        routes: Vec::new(),
        segments: Vec::new(),
        require_tls: Vec::new(),
        include_attempt_count,
    }
}

/// 7.25: virtual hosts with the same routes in the same order are folded into the most specific of them.
fn collapse<R>(hosts: ByDomain<R>) -> Vec<VirtualHost<R>> {
    let mut hosts: Vec<VirtualHost<R>> = hosts.into_values().collect();
    hosts.sort_by(|a, b| by_specificity(&a.domains[0].name, &b.domains[0].name));
    let mut kept: Vec<VirtualHost<R>> = Vec::with_capacity(hosts.len());
    let mut latest: FxHashMap<Vec<*const R>, usize> = FxHashMap::default();
    for host in hosts {
        let identity: Vec<*const R> = host.routes.iter().map(Arc::as_ptr).collect();
        if let Some(&at) = latest.get(&identity)
            && kept[at].requires_tls() == host.requires_tls()
        {
            kept[at].domains.extend(host.domains);
            continue;
        }
        latest.insert(identity, kept.len());
        kept.push(host);
    }
    kept
}
