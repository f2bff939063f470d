//! GW411: one server name in two `tls` matches of a port.

use crate::istio::virtual_service::TlsMatch;
use crate::mesh::{ObjectRef, Origin, Part};
use crate::rules::hosts::list;
use crate::rules::is_placeholder;
use crate::rules::prelude::*;
use crate::text::{Spanned, Str};

rule! {
    /// ## What it reports
    /// A `tls` match with a name in `sniHosts` that another match on the port has.
    ///
    /// ## Why it matters
    /// istiod leaves out the later match as a whole, with all its other names, and tells it in a log line alone. Of two
    /// VirtualServices the one that was created later loses.
    ///
    /// ## Example
    /// ```yaml
    /// apiVersion: networking.istio.io/v1
    /// kind: Gateway
    /// metadata: {name: public, namespace: infra}
    /// spec:
    ///   selector: {istio: ingressgateway}
    ///   servers:
    ///   - port: {number: 443, name: tls, protocol: TLS}
    ///     hosts: ["*.example.com"]
    ///     tls: {mode: PASSTHROUGH}
    /// ---
    /// apiVersion: networking.istio.io/v1
    /// kind: VirtualService
    /// metadata: {name: shop, namespace: shop}
    /// spec:
    ///   hosts: ["*.example.com"]
    ///   gateways: [infra/public]
    ///   tls:
    ///   - match: [{sniHosts: [shop.example.com]}]
    ///     route: [{destination: {host: web}}]
    ///   - match: [{sniHosts: [pay.example.com, shop.example.com]}]
    ///     route: [{destination: {host: pay}}]
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
    ///   - port: {number: 443, name: tls, protocol: TLS}
    ///     hosts: ["*.example.com"]
    ///     tls: {mode: PASSTHROUGH}
    /// ---
    /// apiVersion: networking.istio.io/v1
    /// kind: VirtualService
    /// metadata: {name: shop, namespace: shop}
    /// spec:
    ///   hosts: ["*.example.com"]
    ///   gateways: [infra/public]
    ///   tls:
    ///   - match: [{sniHosts: [shop.example.com]}]
    ///     route: [{destination: {host: web}}]
    ///   - match: [{sniHosts: [pay.example.com]}]
    ///     route: [{destination: {host: pay}}]
    /// ```
    PASSTHROUGH_SNI_DUPLICATE = "GW411" "passthrough-sni-duplicate", Error;
}

fn check(world: &World<'_>, out: &mut Findings) {
    for lost in world.dropped(DropReason::DuplicateSni) {
        let Some(by) = lost.by else { continue };
        let (Some(own), Some(other)) = (written(world, lost.what), written(world, by)) else {
            continue;
        };
        let is_shared = |name: &str| other.sni_hosts.iter().any(|host| host.value == name);
        // Two equal placeholders may stand for two names.
        let certain =
            own.sni_hosts.iter().find(|h| is_shared(&h.value) && !is_placeholder(&h.value));
        let Some(host) = certain else { continue };
        let mut servers = lost.places.iter().filter_map(|&(table, id)| world.server(table, id?));
        let Some(server) = servers.next() else { continue };
        let (loser, winner) = (lost.what.object, by.object);
        let name = |object| {
            let meta = world.mesh.store.meta(object);
            format!("{}/{}", meta.namespace(), meta.name())
        };
        let port = server.port();
        let others: Vec<&Spanned<Str>> =
            own.sni_hosts.iter().filter(|host| !is_shared(&host.value)).collect();
        let with_them = match others.as_slice() {
            [] => String::new(),
            others => format!("; also lost: {}", list(others.iter().map(|host| host.as_str()))),
        };
        let is_one = loser == winner;
        let message = if is_one || world.knows_order(loser, winner) {
            let whose =
                if is_one { "an earlier match".to_owned() } else { format!("`{}`", name(winner)) };
            format!(
                "`{}` on port {port} is already routed by {whose}: the match is left out{with_them}",
                host.value
            )
        } else {
            format!(
                "`{}` and `{}` both route `{}` on port {port}; the match that was created later is left out with all its names",
                name(winner),
                name(loser),
                host.value
            )
        };
        let rule = match lost.what.part {
            Part::TlsMatch(i, _) => Origin::new(loser, Part::Tls(i), lost.what.span),
            _ => lost.what,
        };
        let mut unreached = world.unless_reached(lost.what);
        unreached.extend(world.unless_reached(rule));
        let twin = other.sni_hosts.iter().find(|twin| twin.value == host.value);
        let tables: Vec<usize> = lost.places.iter().map(|(table, _)| *table).collect();
        let report =
            out.report(&PASSTHROUGH_SNI_DUPLICATE, world.subject(loser), host.span, message);
        report.label(twin.map_or(by.span, |twin| twin.span), "has it");
        if let Some(other) = others.first() {
            report.label(other.span, "lost with it");
        }
        report
            .help("let one match have the name")
            .about(lost.what.span)
            .unreached(world.elements(unreached))
            .proxies(world.proxies_unless_all(server.record.gateway, &tables));
    }
}

fn written<'a>(world: &World<'a>, at: Origin) -> Option<&'a TlsMatch> {
    let (ObjectRef::VirtualService(object), Part::TlsMatch(i, j)) = (at.object, at.part) else {
        return None;
    };
    let spec = &world.mesh.store.virtual_services[object as usize].spec;
    spec.tls.get(i as usize)?.matches.get(j as usize)
}
