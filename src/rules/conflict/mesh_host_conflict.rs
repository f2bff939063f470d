//! GW409: two VirtualServices of the mesh for one host.

use rustc_hash::FxHashMap;

use crate::istio::objection::text;
use crate::istio::virtual_service::HttpDestination;
use crate::mesh::names::fqdn;
use crate::mesh::{ExportTo, ObjectRef, VirtualService};
use crate::rules::hosts::binds_mesh;
use crate::rules::is_placeholder;
use crate::rules::prelude::*;
use crate::text::{Span, Spanned, Str};

rule! {
    /// ## What it reports
    /// Two VirtualServices that are bound to the mesh (by name, or without `gateways`), have the same host and are exported to
    /// a common namespace.
    ///
    /// The rule is silent where both do nothing but lead everything to the same destinations, and where one of them names no
    /// namespace and they stand in folders of which none is above the other: such files get their namespaces from whoever
    /// applies them.
    ///
    /// ## Why it matters
    /// For sidecars the rules of VirtualServices of one host are not put together, as they are for gateways: one of them is used,
    /// that which was created first, and the other has no effect.
    ///
    /// ## Example
    /// ```yaml
    /// apiVersion: networking.istio.io/v1
    /// kind: VirtualService
    /// metadata: {name: cart, namespace: shop}
    /// spec:
    ///   hosts: [cart]
    ///   http:
    ///   - match: [{uri: {prefix: /api}}]
    ///     route: [{destination: {host: cart-api}}]
    /// ---
    /// apiVersion: networking.istio.io/v1
    /// kind: VirtualService
    /// metadata: {name: cart-web, namespace: shop}
    /// spec:
    ///   hosts: [cart.shop.svc.cluster.local]
    ///   http:
    ///   - route: [{destination: {host: cart}}]
    /// ```
    ///
    /// ## Instead
    /// ```yaml
    /// apiVersion: networking.istio.io/v1
    /// kind: VirtualService
    /// metadata: {name: cart, namespace: shop}
    /// spec:
    ///   hosts: [cart]
    ///   http:
    ///   - match: [{uri: {prefix: /api}}]
    ///     route: [{destination: {host: cart-api}}]
    ///   - route: [{destination: {host: cart}}]
    /// ```
    MESH_HOST_CONFLICT = "GW409" "mesh-host-conflict", Error, also "IST0109", "KIA1106";
}

/// How many VirtualServices of one host a further one is compared with.
const MOST: usize = 16;

fn check(world: &World<'_>, out: &mut Findings) {
    let mut by_host: FxHashMap<&str, Vec<(&VirtualService, Span)>> = FxHashMap::default();
    for service in world
        .mesh
        .virtual_services
        .all
        .iter()
        .filter(|service| binds_mesh(service) && !service.name.is_empty())
    {
        for host in service.hosts.iter().filter(|host| !is_placeholder(&host.value)) {
            let known = by_host.entry(&host.value).or_default();
            if known.last().is_some_and(|(last, _)| last.index == service.index) {
                continue;
            }
            let mut earlier = known.iter().take(MOST);
            let is_rival = |other: &VirtualService| {
                meet(&service.export_to, &other.export_to)
                    && share_a_kind(world, service, other)
                    && world.are_together(
                        ObjectRef::VirtualService(service.index),
                        ObjectRef::VirtualService(other.index),
                    )
                    && !are_alike(world, service, other)
            };
            let rival = earlier.find(|(other, _)| is_rival(other));
            if let Some(&(other, span)) = rival {
                report(world, out, service, host, (other, span));
            }
            known.push((service, host.span));
        }
    }
}

fn report(
    world: &World<'_>,
    out: &mut Findings,
    service: &VirtualService,
    host: &Spanned<Str>,
    (other, there): (&VirtualService, Span),
) {
    if [service, other].iter().any(|one| is_placeholder(&one.namespace)) {
        return;
    }
    let [own, rival] = [service, other].map(|one| ObjectRef::VirtualService(one.index));
    let fate = if world.knows_order(own, rival) {
        format!("sidecars use `{}`, and not `{}`", other.key, service.key)
    } else {
        format!(
            "of `{}` and `{}` sidecars use the one that was created first",
            other.key, service.key
        )
    };
    let message = format!("two VirtualServices of the mesh for `{}`: {fate}", host.value);
    out.report(&MESH_HOST_CONFLICT, world.subject(own), host.span, message)
        .label(there, format!("`{}` has it", other.key))
        .help("put the rules into one VirtualService");
}

/// Whether some namespace sees both.
fn meet(a: &ExportTo, b: &ExportTo) -> bool {
    if a.is_hidden() || b.is_hidden() {
        return false;
    }
    a.is_public() || b.is_public() || a.entries().iter().any(|namespace| b.includes(namespace))
}

/// Whether both have rules of one kind: rules for HTTP take nothing from those for TLS.
fn share_a_kind(world: &World<'_>, a: &VirtualService, b: &VirtualService) -> bool {
    let [a, b] = [a, b].map(|one| &world.mesh.store.virtual_services[one.index as usize].spec);
    (!a.http.is_empty() && !b.http.is_empty())
        || (!a.tls.is_empty() && !b.tls.is_empty())
        || (!a.tcp.is_empty() && !b.tcp.is_empty())
}

/// Whether it is all the same which of the two is used.
fn are_alike(world: &World<'_>, a: &VirtualService, b: &VirtualService) -> bool {
    let [a, b] = [a, b].map(|one| forwards(world, one));
    a.is_some() && a == b
}

/// Host, subset, port and weight of a destination.
type Target<'a> = (String, &'a str, Option<u32>, i32);

/// Where a VirtualService leads everything; none if it does anything else, too.
fn forwards<'a>(world: &'a World<'_>, service: &'a VirtualService) -> Option<Vec<Target<'a>>> {
    let spec = &world.mesh.store.virtual_services[service.index as usize].spec;
    let [rule] = service.http.as_slice() else { return None };
    let http = &rule.http;
    let is_bare = http.matches.is_empty()
        && http.redirect.is_none()
        && http.direct_response.is_none()
        && http.rewrite.is_none()
        && http.timeout.is_none()
        && http.retries.is_none()
        && http.fault.is_none()
        && http.mirror.is_none()
        && http.mirrors.is_empty()
        && http.cors_policy.is_none()
        && http.headers.is_none();
    if !is_bare || !spec.tls.is_empty() || !spec.tcp.is_empty() {
        return None;
    }
    let target = |route: &'a HttpDestination| {
        let to = route.destination.as_ref().filter(|_| route.headers.is_none())?;
        let host = fqdn(text(&to.host), &rule.namespace, &world.mesh.domain);
        let port = to.port.as_ref().and_then(|port| port.number).map(|number| number.value);
        Some((host, text(&to.subset), port, route.weight.map_or(0, |weight| weight.value)))
    };
    http.route.iter().map(target).collect()
}
