//! GW609: a subset of a DestinationRule that does not hold at the gateway.

use crate::mesh::{Found, ObjectRef};
use crate::rules::destinations::subsets::{Definitions, definitions};
use crate::rules::destinations::{Servers, Used, mistaken};
use crate::rules::prelude::*;
use crate::rules::server::ServerRef;
use crate::text::Span;

rule! {
    /// ## What it reports
    /// A destination with a subset that a DestinationRule defines which does not hold at the gateway: it is in a namespace in
    /// which the gateway does not look, is not exported to it, or another DestinationRule is used in its place.
    ///
    /// ## Why it matters
    /// A gateway uses one DestinationRule for a service: that of its own namespace, else of the service's, else of the root
    /// namespace, and there the one with the most specific host. Those next to the VirtualService do not count. Without the subset
    /// there is no cluster: requests get 503 (flag `NC`).
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
    /// apiVersion: v1
    /// kind: Service
    /// metadata: {name: web, namespace: front}
    /// spec:
    ///   ports: [{name: http, port: 8080}]
    /// ---
    /// apiVersion: networking.istio.io/v1
    /// kind: VirtualService
    /// metadata: {name: shop, namespace: shop}
    /// spec:
    ///   hosts: [shop.example.com]
    ///   gateways: [infra/public]
    ///   http:
    ///   - route: [{destination: {host: web.front.svc.cluster.local, subset: v1}}]
    /// ---
    /// apiVersion: networking.istio.io/v1
    /// kind: DestinationRule
    /// metadata: {name: web, namespace: shop}
    /// spec:
    ///   host: web.front.svc.cluster.local
    ///   subsets: [{name: v1, labels: {version: v1}}]
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
    /// apiVersion: v1
    /// kind: Service
    /// metadata: {name: web, namespace: front}
    /// spec:
    ///   ports: [{name: http, port: 8080}]
    /// ---
    /// apiVersion: networking.istio.io/v1
    /// kind: VirtualService
    /// metadata: {name: shop, namespace: shop}
    /// spec:
    ///   hosts: [shop.example.com]
    ///   gateways: [infra/public]
    ///   http:
    ///   - route: [{destination: {host: web.front.svc.cluster.local, subset: v1}}]
    /// ---
    /// apiVersion: networking.istio.io/v1
    /// kind: DestinationRule
    /// metadata: {name: web, namespace: front}
    /// spec:
    ///   host: web
    ///   subsets: [{name: v1, labels: {version: v1}}]
    /// ```
    SUBSET_NOT_VISIBLE_TO_GATEWAY = "GW609" "subset-not-visible-to-gateway", Error;
}

fn check(world: &World<'_>, out: &mut Findings) {
    let destinations = world.destinations();
    let mut known = Servers::default();
    let by_subset = destinations.groups().flat_map(|group| group.by(Used::subset_name));
    for group in by_subset {
        let Definitions::Some(defining) = definitions(world, group[0]) else { continue };
        // Servers that lack it, of those that accept the VirtualService in question.
        let mut lacking: Option<(u32, Vec<ServerRef<'_>>)> = None;
        let lost = mistaken(group, Used::subset_span, |used| {
            let same = lacking.take().filter(|(service, _)| *service == used.service);
            let (_, lacking) = lacking.insert(same.unwrap_or_else(|| {
                let servers = known.accepting(world, used.service).iter();
                let lacking = servers.filter(|server| lacks(world, used, server, &defining));
                (used.service, lacking.copied().collect())
            }));
            let without: Vec<&ServerRef<'_>> =
                lacking.iter().filter(|server| used.is_behind(server)).collect();
            let server = **without.first()?;
            let tables: Vec<usize> = without.iter().map(|server| server.table_index()).collect();
            Some((server, tables))
        });
        let rule = &world.mesh.store.destination_rules[defining[0] as usize];
        let name = format!("{}/{}", rule.meta.namespace(), rule.meta.name());
        for (used, span, (server, tables)) in lost {
            let message = format!(
                "the gateway in `{}` does not use `{name}`, which defines subset `{}`: {}",
                server.table.proxy.namespace,
                used.subset().map_or("", |subset| &subset.value),
                used.consequence()
            );
            let (place, why, help) = reason(world, used, &server, defining[0]);
            out.report(&SUBSET_NOT_VISIBLE_TO_GATEWAY, world.subject(used.object), span, message)
                .label(place, why)
                .help(help)
                .proxies(world.proxies_unless_all(server.record.gateway, &tables));
        }
    }
}

/// Whether the proxy of a server has a service for a destination, and no subset.
fn lacks(world: &World<'_>, used: &Used<'_>, server: &ServerRef<'_>, defining: &[u32]) -> bool {
    let (mesh, proxy) = (world.mesh, &server.table.proxy);
    let Some(service) = mesh.services.in_scope(&used.host, &proxy.namespace) else { return false };
    let subset = used.subset().map_or("", |subset| subset.value.as_str());
    let effective = mesh.destination_rules.effective(&mesh.store, service, proxy);
    service.external_name.is_none()
        && effective.is_none_or(|rule| rule.subset(subset).is_none())
        && (proxy.found != Found::Assumed
            || defining.iter().all(|&at| is_out_of_reach(world, server, at)))
}

/// Whether a DestinationRule does not hold for a proxy of which only the selector is known, wherever that may run: it is
/// not in the namespace of the Gateway, and not exported to some other one.
fn is_out_of_reach(world: &World<'_>, server: &ServerRef<'_>, at: u32) -> bool {
    let rule = &world.mesh.store.destination_rules[at as usize];
    let mut exported = rule.spec.export_to.iter();
    rule.meta.namespace() != server.gateway.meta.namespace()
        && exported.all(|name| name.value == "." || name.value == "*")
}

/// Why a DestinationRule does not hold: where that is written, in words, and what to do.
fn reason(
    world: &World<'_>,
    used: &Used<'_>,
    server: &ServerRef<'_>,
    at: u32,
) -> (Span, String, String) {
    let rules = &world.mesh.store.destination_rules;
    let (rule, own) = (&rules[at as usize], &server.table.proxy.namespace);
    if let Some(used) = used.effective(world, server).and_then(|rule| rule.rules().first().copied())
    {
        let meta = world.mesh.store.meta(ObjectRef::DestinationRule(used));
        let name = format!("{}/{}", meta.namespace(), meta.name());
        return (
            meta.name_span,
            format!("`{name}` is used in its place and has no such subset"),
            format!("define the subset in `{name}`"),
        );
    }
    let root = world.mesh.config.root_namespace();
    let service = world.mesh.services.in_scope(&used.host, own);
    let owner = service.map_or("", |service| service.namespace.as_str());
    let namespace = rule.meta.namespace();
    if namespace == owner || namespace == root {
        let place = rule.spec.export_to.first().map_or(rule.meta.name_span, |name| name.span);
        return (
            place,
            format!("it is not exported to `{own}`"),
            format!("export it to `{own}`, or to `*`"),
        );
    }
    (
        rule.meta.name_span,
        format!("the gateway looks in `{own}`, `{owner}` and `{root}`"),
        format!("move it to `{owner}`, the namespace of the service"),
    )
}
