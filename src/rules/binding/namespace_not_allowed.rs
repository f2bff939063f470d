//! GW307: a host that the server keeps for another namespace.

use crate::envoy::Admission;
use crate::finding::Severity;
use crate::mesh::{HostIndex, ObjectRef};
use crate::rules::hosts::{
    Losses, bare, binds_mesh, distinct, host_origin, list, namespace, skip_for_gateways,
};
use crate::rules::prelude::*;
use crate::rules::server::{ByServer, ServerRef};
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
    let mut kept_hosts = ByServer::default();
    for (at, service) in world.virtual_services() {
        let admissions = world.admissions(at);
        let is_any_unknown = admissions.contains(&None);
        let mut losses = None;
        for ((index, host), admission) in service.hosts.iter().enumerate().zip(admissions) {
            if *admission != Some(Admission::OtherNamespace) {
                continue;
            }
            let keeping = keeping(world, &mut kept_hosts, at, index, host);
            let Some((server, _)) = keeping.first() else { continue };
            let losses = losses.get_or_insert_with(|| Losses::of(world, service));
            let namespaces = keeping.iter().map(|(server, kept)| namespace(server, kept));
            let at_least = if keeping.len() > MOST { " at least" } else { "" };
            let message = format!(
                "`{}` allows `{host}` only for namespace {}{at_least}, not for `{}`",
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
                .unreached(world.elements(losses.with(world, origin)));
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

/// How many of the hosts that keep one for other namespaces are looked at: of more, it does not matter how many.
const MOST: usize = 1000;

/// The servers, and hosts of theirs, that keep a host for other namespaces.
fn keeping<'a>(
    world: &World<'a>,
    kept_hosts: &mut ByServer<HostIndex<usize>>,
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
        let hosts = &server.server.hosts;
        let index = kept_hosts.of(&server, || {
            let mut index = HostIndex::default();
            let kept = hosts.iter().enumerate().filter(|(_, kept)| kept.value.contains('/'));
            kept.for_each(|(at, kept)| index.insert(bare(kept), at));
            index
        });
        let mut kept: Vec<usize> = index.overlapping(host).take(MOST + 1 - keeping.len()).collect();
        kept.sort_unstable();
        keeping.extend(kept.into_iter().map(|at| (server, &hosts[at])));
    }
    keeping
}
