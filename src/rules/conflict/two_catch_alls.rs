//! GW407: routes for everything in two VirtualServices of one host.

use rustc_hash::FxHashMap;

use crate::envoy::route::{Outline, VirtualHost};
use crate::mesh::{ObjectRef, Origin};
use crate::rules::is_placeholder;
use crate::rules::prelude::*;
use crate::text::Span;

rule! {
    /// ## What it reports
    /// Two VirtualServices that both have a route for every request (without `match`, or with `/` as prefix alone) for one host
    /// and port.
    ///
    /// ## Why it matters
    /// istiod puts the routes of both into one list, those for everything last. Of two such routes the first alone is reached:
    /// that of the VirtualService that was created first.
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
    ///     hosts: [shop.example.com]
    /// ---
    /// apiVersion: networking.istio.io/v1
    /// kind: VirtualService
    /// metadata: {name: shop, namespace: shop}
    /// spec:
    ///   hosts: [shop.example.com]
    ///   gateways: [infra/public]
    ///   http:
    ///   - route: [{destination: {host: web}}]
    /// ---
    /// apiVersion: networking.istio.io/v1
    /// kind: VirtualService
    /// metadata: {name: shop-next, namespace: shop}
    /// spec:
    ///   hosts: [shop.example.com]
    ///   gateways: [infra/public]
    ///   http:
    ///   - route: [{destination: {host: web-next}}]
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
    ///   - port: {number: 80, name: http, protocol: HTTP}
    ///     hosts: [shop.example.com]
    /// ---
    /// apiVersion: networking.istio.io/v1
    /// kind: VirtualService
    /// metadata: {name: shop, namespace: shop}
    /// spec:
    ///   hosts: [shop.example.com]
    ///   gateways: [infra/public]
    ///   http:
    ///   - route: [{destination: {host: web}}]
    /// ---
    /// apiVersion: networking.istio.io/v1
    /// kind: VirtualService
    /// metadata: {name: shop-next, namespace: shop}
    /// spec:
    ///   hosts: [shop.example.com]
    ///   gateways: [infra/public]
    ///   http:
    ///   - match: [{headers: {x-next: {exact: "1"}}}]
    ///     route: [{destination: {host: web-next}}]
    /// ```
    TWO_CATCH_ALLS = "GW407" "two-catch-alls", Warning;
}

/// Two routes of VirtualServices that meet at a host.
struct Pair {
    routes: [Origin; 2],
    services: [u32; 2],
    host: String,
    /// Where the VirtualServices name the host.
    named: Vec<Span>,
    tables: Vec<usize>,
    gateway: u32,
}

fn check(world: &World<'_>, out: &mut Findings) {
    let mut known: FxHashMap<[Origin; 2], usize> = FxHashMap::default();
    let mut all: Vec<Pair> = Vec::new();
    for (at, table) in world.tables.iter().enumerate() {
        for host in table.routes.iter().flat_map(|config| &config.virtual_hosts) {
            let name = &host.domains[0].name;
            if host.segments.len() < 2 || is_placeholder(name) {
                continue;
            }
            let mut found = catch_alls(host).into_iter();
            let Some((first, first_service)) = found.next() else { continue };
            for (route, service) in found {
                if service == first_service {
                    continue;
                }
                let gateway = table.servers[host.segments[0].server as usize].gateway;
                let routes = [first, route];
                let index = *known.entry(routes).or_insert_with(|| {
                    all.push(Pair {
                        routes,
                        services: [first_service, service],
                        host: name.clone(),
                        named: named_by(world, host, service),
                        tables: Vec::new(),
                        gateway,
                    });
                    all.len() - 1
                });
                all[index].tables.push(at);
            }
        }
    }
    for Pair { routes: [first, route], services, host, named, tables, gateway } in &all {
        let [a, b] = services.map(|at| &world.mesh.virtual_services.all[at as usize]);
        let objects = [a, b].map(|one| ObjectRef::VirtualService(one.index));
        if !world.are_together(objects[0], objects[1]) {
            continue;
        }
        let is_known = world.knows_order(objects[0], objects[1]);
        let message = if is_known {
            format!(
                "the route of `{}` for everything on `{host}` is never used: that of `{}` comes first",
                b.key, a.key
            )
        } else {
            format!(
                "`{}` and `{}` both have a route for everything on `{host}`: only that of the one that was created first is used",
                a.key, b.key
            )
        };
        let report = out.report(&TWO_CATCH_ALLS, world.subject(route.object), route.span, message);
        report
            .label(first.span, "takes everything, too")
            .help("give one of the two a match, or put both into one VirtualService")
            .proxies(world.proxies_unless_all(*gateway, tables));
        for &span in named {
            report.about(span);
        }
    }
}

/// Where a VirtualService names the domains of a virtual host.
fn named_by(world: &World<'_>, host: &VirtualHost<Outline>, service: u32) -> Vec<Span> {
    let object = ObjectRef::VirtualService(world.mesh.virtual_services.all[service as usize].index);
    let origins = host.domains.iter().flat_map(|domain| &domain.origins);
    origins.filter(|origin| origin.object == object).map(|origin| origin.span).collect()
}

/// The routes for everything, each VirtualService's once, in order.
fn catch_alls(host: &VirtualHost<Outline>) -> Vec<(Origin, u32)> {
    let mut all: Vec<(Origin, u32)> = Vec::new();
    for segment in &host.segments {
        let found = segment.routes.iter().filter(|route| route.is_catch_all);
        for route in found {
            if all.iter().all(|(_, service)| *service != segment.virtual_service) {
                all.push((route.origin, segment.virtual_service));
            }
        }
    }
    all
}
