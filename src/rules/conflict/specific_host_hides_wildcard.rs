//! GW408: a host that has not the routes of its wildcard.

use std::sync::Arc;

use rustc_hash::FxHashMap;

use crate::envoy::Table;
use crate::envoy::reach::{Budget, Reach, Routes};
use crate::envoy::route::{Domain, Outline, RouteConfig, RouteMatch, VirtualHost};
use crate::istio::policy::PolicyKind;
use crate::mesh::{ObjectRef, Origin, Part};
use crate::rules::hosts::list;
use crate::rules::prelude::*;
use crate::rules::{is_placeholder, presence};

rule! {
    /// ## What it reports
    /// A host with routes of its own beside a wildcard that covers it, where the wildcard has routes for requests that the host
    /// has no route for. Of several wildcards that cover it the narrowest one counts, which hides the wider ones from it.
    ///
    /// ## Why it matters
    /// Envoy takes the narrowest virtual host and looks nowhere else: such requests get 404 and do not fall through to the
    /// routes of the wildcard.
    ///
    /// ## Example
    /// ```yaml
    /// apiVersion: networking.istio.io/v1
    /// kind: Gateway
    /// metadata: {name: public, namespace: infra}
    /// spec:
    ///   selector: {istio: ingressgateway}
    ///   servers:
    ///   - port: {number: 80, name: http, protocol: HTTP}
    ///     hosts: ["*.example.com"]
    /// ---
    /// apiVersion: networking.istio.io/v1
    /// kind: VirtualService
    /// metadata: {name: all, namespace: shop}
    /// spec:
    ///   hosts: ["*.example.com"]
    ///   gateways: [infra/public]
    ///   http:
    ///   - match: [{uri: {prefix: /login}}]
    ///     route: [{destination: {host: login}}]
    /// ---
    /// apiVersion: networking.istio.io/v1
    /// kind: VirtualService
    /// metadata: {name: shop, namespace: shop}
    /// spec:
    ///   hosts: [shop.example.com]
    ///   gateways: [infra/public]
    ///   http:
    ///   - match: [{uri: {prefix: /cart}}]
    ///     route: [{destination: {host: cart}}]
    /// ```
    ///
    /// ## Instead
    /// Give the host all its routes.
    /// ```yaml
    /// apiVersion: networking.istio.io/v1
    /// kind: Gateway
    /// metadata: {name: public, namespace: infra}
    /// spec:
    ///   selector: {istio: ingressgateway}
    ///   servers:
    ///   - port: {number: 80, name: http, protocol: HTTP}
    ///     hosts: ["*.example.com"]
    /// ---
    /// apiVersion: networking.istio.io/v1
    /// kind: VirtualService
    /// metadata: {name: all, namespace: shop}
    /// spec:
    ///   hosts: ["*.example.com"]
    ///   gateways: [infra/public]
    ///   http:
    ///   - match: [{uri: {prefix: /login}}]
    ///     route: [{destination: {host: login}}]
    /// ---
    /// apiVersion: networking.istio.io/v1
    /// kind: VirtualService
    /// metadata: {name: shop, namespace: shop}
    /// spec:
    ///   hosts: [shop.example.com]
    ///   gateways: [infra/public]
    ///   http:
    ///   - match: [{uri: {prefix: /cart}}]
    ///     route: [{destination: {host: cart}}]
    ///   - match: [{uri: {prefix: /login}}]
    ///     route: [{destination: {host: login}}]
    /// ```
    SPECIFIC_HOST_HIDES_WILDCARD = "GW408" "specific-host-hides-wildcard", Warning;
}

/// How many routes of a wildcard are looked at, and how many paths are shown.
const MOST: usize = 64;
const SHOWN: usize = 3;

/// A host of a VirtualService, and the wildcard of another one.
struct Found<'a> {
    hidden: Hidden<'a>,
    own: Origin,
    there: Origin,
    wildcard: &'a str,
    tables: Vec<usize>,
}

fn check(world: &World<'_>, out: &mut Findings) {
    let mut all: Vec<Found<'_>> = Vec::new();
    let mut known: FxHashMap<(Origin, Origin), usize> = FxHashMap::default();
    for (at, table) in world.tables.iter().enumerate() {
        if presence::is_patched(world.mesh, &table.proxy, &[PolicyKind::EnvoyFilter]) {
            continue;
        }
        for config in &table.routes {
            let wildcards = wildcards(config);
            for host in config.virtual_hosts.iter().filter(|_| !wildcards.is_empty()) {
                if host.routes.is_empty() || host.routes.iter().any(|route| route.is_catch_all) {
                    continue;
                }
                let Some((domain, wider)) = wider(host, &wildcards) else { continue };
                let (Some(own), Some(there)) = (place(&host.domains[0]), place(domain)) else {
                    continue;
                };
                if own.object == there.object {
                    continue;
                }
                let index = *known.entry((own, there)).or_insert_with(|| {
                    let hidden = Hidden { world, table, host, wider };
                    let wildcard = domain.name.as_str();
                    all.push(Found { hidden, own, there, wildcard, tables: Vec::new() });
                    all.len() - 1
                });
                all[index].tables.push(at);
            }
        }
    }
    let mut budget = Budget::default();
    for found in &all {
        found.report(out, &mut budget);
    }
}

type Wildcards<'a> = FxHashMap<&'a str, (&'a Domain, &'a VirtualHost<Outline>)>;

/// The virtual hosts of wildcards, by domain.
fn wildcards(config: &RouteConfig<Outline>) -> Wildcards<'_> {
    let hosts = config.virtual_hosts.iter();
    let domains = hosts.flat_map(|host| host.domains.iter().map(move |domain| (domain, host)));
    let wild =
        domains.filter(|(domain, host)| domain.name.starts_with('*') && !host.routes.is_empty());
    wild.map(|(domain, host)| (domain.name.as_str(), (domain, host))).collect()
}

/// The wildcard to which requests would fall through; none where a placeholder hides what the host is.
fn wider<'a>(
    host: &'a VirtualHost<Outline>,
    wildcards: &Wildcards<'a>,
) -> Option<(&'a Domain, &'a VirtualHost<Outline>)> {
    let name = host.domains.first()?.name.as_str();
    if is_placeholder(name) || name == "*" {
        return None;
    }
    let rest = name.strip_prefix('*').unwrap_or(name);
    // A wildcard stands for at least one byte.
    let from = if rest.len() < name.len() { 1 } else { 1.min(rest.len()) };
    let mut suffixes = (from..=rest.len()).filter_map(|at| rest.get(at..));
    let found = suffixes.find_map(|suffix| wildcards.get(format!("*{suffix}").as_str()))?;
    (!std::ptr::eq(found.1, host)).then_some(*found)
}

/// The host of a VirtualService that a domain comes from.
fn place(domain: &Domain) -> Option<Origin> {
    let is_host = |origin: &&Origin| {
        matches!((origin.object, origin.part), (ObjectRef::VirtualService(_), Part::Host(_)))
    };
    domain.origins.iter().find(is_host).copied()
}

#[derive(Clone, Copy)]
struct Hidden<'a> {
    world: &'a World<'a>,
    table: &'a Table<Outline>,
    host: &'a VirtualHost<Outline>,
    wider: &'a VirtualHost<Outline>,
}

impl Hidden<'_> {
    /// Requests that a route of the wildcard takes and none of the host's does, with the place of the route.
    fn missing(&self, budget: &mut Budget) -> Vec<(String, Origin)> {
        let own = self.matchers(self.host);
        let wider = self.matchers(self.wider);
        let domains: Vec<&str> = self.host.domains.iter().map(|d| d.name.as_str()).collect();
        let example = match domains[0].strip_prefix('*') {
            Some(suffix) => format!("www{suffix}"),
            None => domains[0].to_owned(),
        };
        let mut found = Vec::new();
        for (matcher, route) in wider.iter().zip(&self.wider.routes).take(MOST) {
            let all: Vec<&RouteMatch> = own.iter().chain([matcher]).collect();
            let mut routes = Routes::new(&all, &domains, &example, *budget);
            if let Reach::Reached(request) = routes.reach(own.len(), |_| true) {
                found.push((request.path, route.origin));
            }
            *budget = routes.budget();
        }
        found
    }

    fn matchers(&self, host: &VirtualHost<Outline>) -> Vec<RouteMatch> {
        let services = &self.world.mesh.virtual_services.all;
        let mut givers: FxHashMap<*const Outline, u32> = FxHashMap::default();
        for segment in &host.segments {
            for route in &*segment.routes {
                givers.entry(Arc::as_ptr(route)).or_insert(segment.virtual_service);
            }
        }
        let giver = |route: &Arc<Outline>| givers.get(&Arc::as_ptr(route)).copied();
        let routes = host.routes.iter();
        routes.filter_map(|route| Some(route.matcher(&services[giver(route)? as usize]))).collect()
    }
}

impl Found<'_> {
    fn report(&self, out: &mut Findings, budget: &mut Budget) {
        let Hidden { world, table, host, .. } = self.hidden;
        let missing = self.hidden.missing(budget);
        let Some((_, first)) = missing.first() else { return };
        let (name, wildcard) = (&host.domains[0].name, self.wildcard);
        let paths = list(missing.iter().take(SHOWN).map(|(path, _)| path.as_str()));
        let more = match missing.len().saturating_sub(SHOWN) {
            0 => String::new(),
            more => format!(" and {more} more"),
        };
        let get = if missing.len() == 1 { "gets" } else { "get" };
        let message =
            format!("`{name}` does not fall through to `{wildcard}`: {paths}{more} {get} 404");
        let server = host.segments.first().map(|segment| &table.servers[segment.server as usize]);
        let proxies = |gateway| world.proxies_unless_all(gateway, &self.tables);
        let subject = world.subject(self.own.object);
        out.report(&SPECIFIC_HOST_HIDES_WILDCARD, subject, self.own.span, message)
            .label(self.there.span, "the wildcard")
            .label(first.span, "not for this host")
            .help(format!("add these routes to the VirtualService of `{name}`"))
            .proxies(server.map_or_else(Vec::new, |server| proxies(server.gateway)));
    }
}
