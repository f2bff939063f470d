//! GW307: a host that the server keeps for another namespace.

use crate::envoy::Admission;
use crate::finding::Severity;
use crate::mesh::ObjectRef;
use crate::mesh::host::overlaps;
use crate::rules::hosts::{
    bare, binds_mesh, distinct, host_origin, list, lost_with, namespace, skip_for_gateways,
};
use crate::rules::prelude::*;
use crate::rules::server::ServerRef;
use crate::text::{Spanned, Str};

rule! {
    /// ## What it reports
    /// A host of a VirtualService that a server would accept, but for the namespace before its own host: `team-a/*` is
    /// for VirtualServices of `team-a` alone, `./*` for those of the Gateway's namespace. It is info where the
    /// VirtualService also applies to sidecars (`mesh`), for which the host may be meant.
    ///
    /// ## Why it matters
    /// istiod leaves the host out and reports nothing; clients get 404 (NR), or the routes of another namespace.
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
    ///     hosts: ["team-a/*.example.com"]
    /// ---
    /// apiVersion: networking.istio.io/v1
    /// kind: VirtualService
    /// metadata: {name: shop, namespace: team-b}
    /// spec:
    ///   hosts: [shop.example.com]
    ///   gateways: [infra/public]
    ///   http:
    ///   - route: [{destination: {host: web}}]
    /// ```
    ///
    /// ## Instead
    /// Allow the namespace at the server, or move the VirtualService.
    /// ```yaml
    /// apiVersion: networking.istio.io/v1
    /// kind: Gateway
    /// metadata: {name: public, namespace: infra}
    /// spec:
    ///   selector: {istio: ingressgateway}
    ///   servers:
    ///   - port: {number: 80, name: http, protocol: HTTP}
    ///     hosts: ["team-b/*.example.com"]
    /// ---
    /// apiVersion: networking.istio.io/v1
    /// kind: VirtualService
    /// metadata: {name: shop, namespace: team-b}
    /// spec:
    ///   hosts: [shop.example.com]
    ///   gateways: [infra/public]
    ///   http:
    ///   - route: [{destination: {host: web}}]
    /// ```
    NAMESPACE_NOT_ALLOWED = "GW307" "namespace-not-allowed", Error, also "~IST0132";
}

fn check(world: &World<'_>, out: &mut Findings) {
    for (at, service) in world.virtual_services() {
        let mut is_any_unknown = false;
        for (index, host) in service.hosts.iter().enumerate() {
            let admission = world.admission(at, index);
            is_any_unknown |= admission.is_none();
            if admission != Some(Admission::OtherNamespace) {
                continue;
            }
            let keeping = keeping(world, at, index, host);
            let Some((server, _)) = keeping.first() else { continue };
            let namespaces: Vec<&str> =
                keeping.iter().map(|(server, kept)| namespace(server, kept)).collect();
            let message = format!(
                "`{}` allows `{host}` only for namespace {}, not for `{}`",
                server.name(),
                list(namespaces),
                service.namespace
            );
            let origin = host_origin(service, index);
            let subject = world.subject(ObjectRef::VirtualService(service.index));
            let report = out.report(&NAMESPACE_NOT_ALLOWED, subject, host.span, message);
            report
                .here(format!("wanted here, by VirtualService {}", service.key))
                .help(format!(
                    "add `{}/{host}` to the hosts of the server, or move the VirtualService",
                    service.namespace
                ))
                .unreached(world.elements(lost_with(world, service, origin)));
            for (server, kept) in keeping.iter().take(3) {
                report.label(kept.span, format!("for `{}` alone", namespace(server, kept)));
            }
            if binds_mesh(service) {
                report.severity(Severity::Info);
            }
        }
        if is_any_unknown {
            skip_for_gateways(world, out, &NAMESPACE_NOT_ALLOWED, service);
        }
    }
}

/// The servers, and hosts of theirs, that keep a host for other namespaces.
fn keeping<'a>(
    world: &World<'a>,
    service: u32,
    index: usize,
    host: &str,
) -> Vec<(ServerRef<'a>, &'a Spanned<Str>)> {
    let refusing: Vec<ServerRef<'a>> = world
        .bindings_of(service)
        .filter(|(_, binding)| binding.hosts.get(index) == Some(&Admission::OtherNamespace))
        .filter_map(|(table, binding)| world.server(table, binding.server))
        .collect();
    let mut keeping = Vec::new();
    for server in distinct(&refusing) {
        let kept = server.server.hosts.iter().filter(|kept| kept.value.contains('/'));
        keeping.extend(kept.filter(|kept| overlaps(bare(kept), host)).map(|kept| (server, kept)));
    }
    keeping
}
