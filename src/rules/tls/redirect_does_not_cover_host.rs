//! GW226: a host that stays out of the redirect of a wildcard.

use rustc_hash::FxHashSet;

use crate::envoy::Table;
use crate::envoy::route::{Outline, VirtualHost};
use crate::mesh::host::{is_subset, is_wildcard};
use crate::mesh::{HostIndex, ObjectRef, Part};
use crate::rules::hosts::bare;
use crate::rules::prelude::*;
use crate::rules::server::ServerRef;

rule! {
    /// ## What it reports
    /// A host that is served in plain text through one server, while another server of the same port redirects a
    /// wildcard that covers it. Hosts whose own routes redirect are left alone.
    ///
    /// ## Why it matters
    /// A host of its own has a virtual host of its own, and requests go to the most specific one: the redirect of the
    /// wildcard does not reach it.
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
    ///     tls: {httpsRedirect: true}
    ///   - port: {number: 443, name: https, protocol: HTTPS}
    ///     hosts: ["*.example.com"]
    ///     tls: {mode: SIMPLE, credentialName: example-com}
    /// ---
    /// apiVersion: networking.istio.io/v1
    /// kind: Gateway
    /// metadata: {name: shop, namespace: shop}
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
    ///   gateways: [shop]
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
    ///   - port: {number: 80, name: http, protocol: HTTP}
    ///     hosts: ["*.example.com"]
    ///     tls: {httpsRedirect: true}
    ///   - port: {number: 443, name: https, protocol: HTTPS}
    ///     hosts: ["*.example.com"]
    ///     tls: {mode: SIMPLE, credentialName: example-com}
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
    REDIRECT_DOES_NOT_COVER_HOST = "GW226" "redirect-does-not-cover-host", Warning;
}

fn check(world: &World<'_>, out: &mut Findings) {
    let mut known = FxHashSet::default();
    for (at, table) in world.tables.iter().enumerate() {
        for config in &table.routes {
            let redirecting = redirecting(world, at, &config.name);
            if redirecting.all.is_empty() {
                continue;
            }
            for host in &config.virtual_hosts {
                if host.routes.is_empty() || host.requires_tls() || redirects_itself(world, host) {
                    continue;
                }
                for domain in &host.domains {
                    let Some(server) = redirecting.covering(&domain.name) else { continue };
                    let Some(place) = domain.origins.first() else { continue };
                    if known.insert((place.object, place.part)) {
                        report(world, out, table, host, &domain.name, *place, server);
                    }
                }
            }
        }
    }
}

/// The servers of a route configuration that redirect wildcards.
struct Redirecting<'a> {
    all: Vec<(String, ServerRef<'a>)>,
    index: HostIndex<u32>,
}

impl<'a> Redirecting<'a> {
    fn covering(&self, domain: &str) -> Option<&ServerRef<'a>> {
        let found = self.index.overlapping(domain).filter_map(|at| self.all.get(at as usize));
        let mut covering = found.filter(|(host, _)| host != domain && is_subset(domain, host));
        covering.next().map(|(_, server)| server)
    }
}

fn redirecting<'a>(world: &World<'a>, table: usize, config: &str) -> Redirecting<'a> {
    let mut found = Redirecting { all: Vec::new(), index: HostIndex::default() };
    for (at, record) in (0..).zip(&world.tables[table].servers) {
        if !record.is_live || record.route_config != config {
            continue;
        }
        let Some(server) = world.server(table, at) else { continue };
        if !server.server.redirects_to_https() || !server.server.protocol().is_http() {
            continue;
        }
        for host in server.server.hosts.iter().map(|host| bare(host).to_lowercase()) {
            if is_wildcard(&host) {
                found.index.insert(&host, u32::try_from(found.all.len()).unwrap_or(u32::MAX));
                found.all.push((host, server));
            }
        }
    }
    found
}

/// Whether all routes of a virtual host redirect to https.
fn redirects_itself(world: &World<'_>, host: &VirtualHost<Outline>) -> bool {
    host.segments.iter().all(|segment| {
        let service = &world.mesh.virtual_services.all[segment.virtual_service as usize];
        segment.routes.iter().all(|route| {
            let rule = service.http.get(route.written.rule as usize);
            let redirect = rule.and_then(|rule| rule.http.redirect.as_ref());
            let scheme = redirect.and_then(|redirect| redirect.scheme.as_ref());
            scheme.is_some_and(|scheme| scheme.value == "https")
        })
    })
}

fn report(
    world: &World<'_>,
    out: &mut Findings,
    table: &Table<Outline>,
    host: &VirtualHost<Outline>,
    domain: &str,
    place: crate::mesh::Origin,
    redirecting: &ServerRef<'_>,
) {
    let Some(record) = host.segments.first().and_then(|s| table.servers.get(s.server as usize))
    else {
        return;
    };
    let serving = world.mesh.store.meta(ObjectRef::Gateway(record.gateway));
    let port = redirecting.server.port_number();
    let message = format!(
        "`{domain}` on port {port} is not redirected to https: it has its own virtual host, by `{}/{}`",
        serving.namespace(),
        serving.name()
    );
    let subject = world.subject(place.object);
    let report = out.report(&REDIRECT_DOES_NOT_COVER_HOST, subject, place.span, message);
    if let Some(redirect) = redirecting.server.tls.as_ref().and_then(|tls| tls.https_redirect) {
        report.label(redirect.span, format!("`{}` redirects a wildcard", redirecting.name()));
    }
    let gateway = &world.mesh.store.gateways[record.gateway as usize];
    if let Some(server) = gateway.spec.servers.get(record.index as usize)
        && !matches!(place.part, Part::ServerHost(..))
    {
        report.label(server.span, "served in plain text here");
    }
    report.help("set `httpsRedirect` at the server of the host, too");
}
