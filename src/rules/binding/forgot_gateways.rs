//! GW309: a VirtualService without `gateways` for a host that a gateway serves.

use crate::mesh::host::is_subset;
use crate::mesh::names::is_ip;
use crate::mesh::{HostIndex, ObjectRef};
use crate::rules::hosts::bare;
use crate::rules::is_placeholder;
use crate::rules::prelude::*;
use crate::text::{Span, Spanned, Str};

rule! {
    /// ## What it reports
    /// A VirtualService without `gateways` whose host a server of a Gateway has, or covers by a wildcard other than
    /// `*`, and that no VirtualService of a Gateway has. Hosts of Services and of ServiceEntries are left alone, as are
    /// those of the cluster's domain.
    ///
    /// ## Why it matters
    /// Without `gateways` a VirtualService is for sidecars alone. The gateway does not see it and answers with 404
    /// (NR).
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
    /// metadata: {name: shop, namespace: shop}
    /// spec:
    ///   hosts: [shop.example.com]
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
    FORGOT_GATEWAYS = "GW309" "forgot-gateways", Warning;
}

fn check(world: &World<'_>, out: &mut Findings) {
    let all = &world.mesh.virtual_services.all;
    let is_for_mesh =
        |index: u32| world.mesh.store.virtual_services[index as usize].spec.gateways.is_empty();
    if !all.iter().any(|service| is_for_mesh(service.index)) {
        return;
    }
    let servers = server_hosts(world);
    let taken = taken(world);
    for service in all.iter().filter(|service| is_for_mesh(service.index)) {
        if is_placeholder(&service.namespace) {
            continue;
        }
        for host in &service.hosts {
            let Some(server) = wanted(world, host, &servers) else { continue };
            if taken.overlapping(host).next().is_some() {
                continue;
            }
            let message = format!(
                "`{host}` applies to sidecars only: `{}` has the host, and this VirtualService no `gateways`",
                server.gateway
            );
            let subject = world.subject(ObjectRef::VirtualService(service.index));
            out.report(&FORGOT_GATEWAYS, subject, host.span, message)
                .label(server.span, "this server has it")
                .help(format!("add `gateways: [{}]`", server.gateway));
        }
    }
}

/// A host of a server.
struct ServerHost {
    host: String,
    gateway: String,
    span: Span,
}

/// The hosts of all servers that are no bare wildcard, to be found by a host that they cover.
fn server_hosts(world: &World<'_>) -> (Vec<ServerHost>, HostIndex<u32>) {
    let (mut all, mut index) = (Vec::new(), HostIndex::default());
    for (_, gateway) in world.gateways() {
        let name = format!("{}/{}", gateway.meta.namespace(), gateway.meta.name());
        if is_placeholder(&name) {
            continue;
        }
        for host in gateway.spec.servers.iter().flat_map(|server| &server.hosts) {
            let text = bare(host);
            if text != "*" && !is_placeholder(text) {
                index.insert(text, u32::try_from(all.len()).unwrap_or(u32::MAX));
                all.push(ServerHost {
                    host: text.to_owned(),
                    gateway: name.clone(),
                    span: host.span,
                });
            }
        }
    }
    (all, index)
}

/// The hosts that are no matter of forgotten gateways: VirtualServices bring them to a gateway, or ServiceEntries have
/// them.
fn taken(world: &World<'_>) -> HostIndex<()> {
    let mut taken = HostIndex::default();
    for (_, service) in world.virtual_services() {
        service.hosts.iter().for_each(|host| taken.insert(&host.value, ()));
    }
    for entry in &world.mesh.store.service_entries {
        entry.spec.hosts.iter().for_each(|host| taken.insert(&host.value, ()));
    }
    taken
}

/// The server that seems to be meant for a host.
fn wanted<'s>(
    world: &World<'_>,
    host: &Spanned<Str>,
    (all, index): &'s (Vec<ServerHost>, HostIndex<u32>),
) -> Option<&'s ServerHost> {
    let is_in_cluster = host.ends_with(&format!(".svc.{}", world.mesh.domain))
        || world.mesh.services.named(host).next().is_some();
    if is_in_cluster || !host.contains('.') || is_placeholder(host) || is_ip(host) {
        return None;
    }
    let covering = index.overlapping(host).filter_map(|at| all.get(at as usize));
    covering.filter(|server| is_subset(host, &server.host)).min_by_key(|server| server.span)
}
