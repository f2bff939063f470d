//! GW404: TLS for a host lands in another server.

use std::borrow::Cow;
use std::cell::OnceCell;

use rustc_hash::{FxHashMap, FxHashSet};

use crate::envoy::listener::Listener;
use crate::envoy::route::Outline;
use crate::envoy::{Admission, Binding, Table};
use crate::mesh::host::{intersection, is_wildcard, lower_cased};
use crate::mesh::{HostIndex, ObjectRef, Origin, VirtualService};
use crate::rules::hosts::{self, bare, host_origin};
use crate::rules::prelude::*;
use crate::rules::server::{ByServer, ServerRef};
use crate::text::{Spanned, Str};

rule! {
    /// ## What it reports
    /// A host that a VirtualService has through a server with `tls` for a wider host, while another server with `tls` on the port
    /// lists the host itself or a narrower wildcard, and the VirtualService is not bound to that one.
    ///
    /// ## Why it matters
    /// Envoy chooses the server by the name that the client asks for in the TLS handshake, the narrowest first. Connections for
    /// the host always land in the other server, which has no routes of this VirtualService.
    ///
    /// ## Example
    /// ```yaml
    /// apiVersion: networking.istio.io/v1
    /// kind: Gateway
    /// metadata: {name: public, namespace: infra}
    /// spec:
    ///   selector: {istio: ingressgateway}
    ///   servers:
    ///   - port: {number: 443, name: https, protocol: HTTPS}
    ///     hosts: ["*.example.com"]
    ///     tls: {mode: SIMPLE, credentialName: example-com}
    /// ---
    /// apiVersion: networking.istio.io/v1
    /// kind: Gateway
    /// metadata: {name: shop, namespace: infra}
    /// spec:
    ///   selector: {istio: ingressgateway}
    ///   servers:
    ///   - port: {number: 443, name: https-shop, protocol: HTTPS}
    ///     hosts: [shop.example.com]
    ///     tls: {mode: SIMPLE, credentialName: shop-example-com}
    /// ---
    /// apiVersion: networking.istio.io/v1
    /// kind: VirtualService
    /// metadata: {name: shop, namespace: shop}
    /// spec:
    ///   hosts: [shop.example.com]
    ///   gateways: [infra/public]
    ///   http:
    ///   - route: [{destination: {host: web}}]
    /// ```
    ///
    /// ## Instead
    /// ```yaml
    /// apiVersion: networking.istio.io/v1
    /// kind: Gateway
    /// metadata: {name: public, namespace: infra}
    /// spec:
    ///   selector: {istio: ingressgateway}
    ///   servers:
    ///   - port: {number: 443, name: https, protocol: HTTPS}
    ///     hosts: ["*.example.com"]
    ///     tls: {mode: SIMPLE, credentialName: example-com}
    /// ---
    /// apiVersion: networking.istio.io/v1
    /// kind: Gateway
    /// metadata: {name: shop, namespace: infra}
    /// spec:
    ///   selector: {istio: ingressgateway}
    ///   servers:
    ///   - port: {number: 443, name: https-shop, protocol: HTTPS}
    ///     hosts: [shop.example.com]
    ///     tls: {mode: SIMPLE, credentialName: shop-example-com}
    /// ---
    /// apiVersion: networking.istio.io/v1
    /// kind: VirtualService
    /// metadata: {name: shop, namespace: shop}
    /// spec:
    ///   hosts: [shop.example.com]
    ///   gateways: [infra/shop]
    ///   http:
    ///   - route: [{destination: {host: web}}]
    /// ---
    /// apiVersion: networking.istio.io/v1
    /// kind: VirtualService
    /// metadata: {name: web, namespace: shop}
    /// spec:
    ///   hosts: [www.example.com]
    ///   gateways: [infra/public]
    ///   http:
    ///   - route: [{destination: {host: web}}]
    /// ```
    HOST_CAPTURED_BY_SPECIFIC_SERVER = "GW404" "host-captured-by-specific-server", Error;
}

/// A host of a VirtualService, the server through which it is wanted, and the one that has it.
struct Captured<'a> {
    service: &'a VirtualService,
    host: usize,
    server: ServerRef<'a>,
    other: ServerRef<'a>,
    tables: Vec<usize>,
}

fn check(world: &World<'_>, out: &mut Findings) {
    let mut all: Vec<Captured<'_>> = Vec::new();
    let mut known: FxHashMap<(u32, usize, u32, u32), usize> = FxHashMap::default();
    let mut own_hosts = ByServer::default();
    for (at, table) in world.tables.iter().enumerate() {
        let names: FxHashMap<&str, Names<'_>> =
            table.listeners.iter().map(|l| (l.name.as_str(), Names::new(l))).collect();
        let names = table.servers.iter().map(|server| names.get(server.listener().as_str()));
        let names: Vec<Option<&Names<'_>>> = names.collect();
        for binding in &table.bindings {
            let Some(server) = world.server(at, binding.server) else { continue };
            if !server.record.is_live || !server.server.is_http() || server.server.tls.is_none() {
                continue;
            }
            let Some(names) = names[binding.server as usize] else { continue };
            let service = &world.mesh.virtual_services.all[binding.virtual_service as usize];
            if !names.is_tls || !server.is_known() {
                continue;
            }
            let own = own_hosts.of(&server, || OwnHosts::new(&server));
            for host in served(binding) {
                let wanted = &service.hosts[host].value;
                let Some(origin) = names.captor(own, &service.namespace, wanted) else { continue };
                let other = world.server_at(at, origin);
                let is_captor = |other: &ServerRef<'_>| !other.is_same(&server) && other.is_known();
                let Some(other) = other.filter(is_captor) else { continue };
                if world.serves(&other, binding.virtual_service, host) {
                    continue;
                }
                let key = (service.index, host, other.record.gateway, other.record.index);
                let index = *known.entry(key).or_insert_with(|| {
                    all.push(Captured { service, host, server, other, tables: Vec::new() });
                    all.len() - 1
                });
                all[index].tables.push(at);
            }
        }
    }
    let mut domains: FxHashMap<(usize, &str), HostIndex<()>> = FxHashMap::default();
    for captured in &all {
        let Captured { service, host, other, .. } = captured;
        let config = &other.record.route_config;
        let domains = domains
            .entry((other.table_index(), config.as_str()))
            .or_insert_with(|| all_domains(other.table, config));
        let name = lower_cased(&service.hosts[*host].value);
        let is_answered = domains.covering(&name).next().is_some();
        let own = own_hosts.of(other, || OwnHosts::new(other));
        report(world, out, captured, own, is_answered);
    }
}

/// The hosts that a server serves.
fn served(binding: &Binding) -> impl Iterator<Item = usize> {
    let hosts = binding.hosts.iter().enumerate();
    hosts.filter(|(_, admission)| **admission == Admission::Served).map(|(host, _)| host)
}

/// The filter chains of a listener by server name.
struct Names<'t> {
    /// The origins of the chain are servers.
    by_name: FxHashMap<&'t str, &'t [Origin]>,
    is_tls: bool,
}

impl<'t> Names<'t> {
    fn new(listener: &'t Listener) -> Self {
        let mut by_name = FxHashMap::default();
        for chain in &listener.filter_chains {
            for name in &chain.matcher.server_names {
                by_name.insert(name.as_str(), chain.origins.as_slice());
            }
        }
        Self { by_name, is_tls: listener.filter_chains.iter().any(|chain| chain.inspects_tls) }
    }

    /// The chain for all names of a domain, with its own name: by the domain itself, then by the wildcards that cover
    /// it, longest first.
    fn chain(&self, domain: &str) -> Option<(&'t str, &'t [Origin])> {
        let find =
            |name: &str| self.by_name.get_key_value(name).map(|(name, found)| (*name, *found));
        let dots = domain.match_indices('.').map(|(at, _)| at);
        let mut wider = dots.map(|at| format!("*{}", &domain[at..]));
        find(domain).or_else(|| wider.find_map(|name| find(&name)))
    }

    /// The server in which connections for a host land that another one, with these hosts, has for a VirtualService of a
    /// namespace.
    fn captor<'a>(&self, own: &OwnHosts<'a>, namespace: &str, wanted: &'a str) -> Option<Origin> {
        let domain = own.domain(namespace, wanted)?;
        let (name, origins) = self.chain(&domain)?;
        let origin = *origins.first()?;
        // Two servers of one name: Envoy refuses the listener (GW402).
        let is_own = origin == own.server.record.origin || own.has(&domain) || own.has(name);
        (!is_own).then_some(origin)
    }
}

/// The domains of a route configuration; all there are where the table has no such configuration.
fn all_domains(table: &Table<Outline>, config: &str) -> HostIndex<()> {
    let mut index = HostIndex::default();
    let Some(config) = table.route_config(config) else {
        index.insert("*", ());
        return index;
    };
    let domains = config.virtual_hosts.iter().flat_map(|host| &host.domains);
    domains.for_each(|domain| index.insert(&domain.name, ()));
    index
}

/// The hosts of a server, by their places in its list; what finds them is made when it is asked for.
struct OwnHosts<'a> {
    server: ServerRef<'a>,
    /// By the namespace that they are for, `*` for all.
    by_namespace: OnceCell<FxHashMap<&'a str, HostIndex<usize>>>,
    all: OnceCell<HostIndex<usize>>,
    lower_cased: OnceCell<FxHashSet<Cow<'a, str>>>,
}

impl<'a> OwnHosts<'a> {
    fn new(server: &ServerRef<'a>) -> Self {
        Self {
            server: *server,
            by_namespace: OnceCell::new(),
            all: OnceCell::new(),
            lower_cased: OnceCell::new(),
        }
    }

    fn hosts(&self) -> &'a [Spanned<Str>] {
        &self.server.server.hosts
    }

    /// What a VirtualService of a namespace gets for a host that the server serves, lower-cased.
    fn domain(&self, namespace: &str, wanted: &'a str) -> Option<Cow<'a, str>> {
        if !is_wildcard(wanted) {
            return Some(lower_cased(wanted));
        }
        let by_namespace = self.by_namespace.get_or_init(|| {
            let mut by_namespace: FxHashMap<&str, HostIndex<usize>> = FxHashMap::default();
            for (at, host) in self.hosts().iter().enumerate() {
                let hosts = by_namespace.entry(hosts::namespace(&self.server, host)).or_default();
                hosts.insert(bare(host), at);
            }
            by_namespace
        });
        let open = ["*", namespace].into_iter().filter_map(|name| by_namespace.get(name));
        let first = open.flat_map(|hosts| hosts.overlapping(wanted)).min()?;
        intersection(bare(&self.hosts()[first]), wanted).map(lower_cased)
    }

    /// Whether one is a name, whatever its letter case.
    fn has(&self, name: &str) -> bool {
        let lower_cased = self.lower_cased.get_or_init(|| {
            let hosts = self.hosts().iter().map(bare);
            hosts.map(lower_cased).collect()
        });
        lower_cased.contains(name)
    }

    /// The first host that covers a name.
    fn covering(&self, name: &str) -> Option<&'a Spanned<Str>> {
        let all = self.all.get_or_init(|| {
            let mut all = HostIndex::default();
            let hosts = self.hosts().iter().enumerate();
            hosts.for_each(|(at, host)| all.insert(bare(host), at));
            all
        });
        all.covering(name).min().map(|first| &self.hosts()[first])
    }
}

fn report(
    world: &World<'_>,
    out: &mut Findings,
    captured: &Captured<'_>,
    hosts_of_other: &OwnHosts<'_>,
    is_answered: bool,
) {
    let Captured { service, host, server, other, tables } = captured;
    let host = *host;
    let name = &service.hosts[host].value;
    let port = server.server.port_number();
    let fate = if is_answered { "" } else { ": 404" };
    let is_one = other.record.gateway == server.record.gateway;
    let whose = if is_one {
        format!("another server of `{}`, which does not take `{}`", other.name(), service.key)
    } else {
        format!("`{}`, to which `{}` is not bound", other.name(), service.key)
    };
    let message = format!("TLS for `{name}` on port {port} is answered by {whose}{fate}");
    let place = host_origin(service, host);
    let subject = world.subject(ObjectRef::VirtualService(service.index));
    let listed = hosts_of_other.covering(name);
    let report = out.report(&HOST_CAPTURED_BY_SPECIFIC_SERVER, subject, place.span, message);
    report.label(listed.map_or(other.server.span, |own| own.span), "takes all TLS for it");
    report
        .help(format!("add `{}` to `gateways`", other.name()))
        .proxies(world.proxies_unless_all(server.record.gateway, tables));
}
