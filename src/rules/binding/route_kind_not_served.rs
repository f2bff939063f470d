//! GW314: rules of a kind that no server takes.

use crate::envoy::{Admission, admits};
use crate::finding::Severity;
use crate::mesh::{ObjectRef, Part, VirtualService};
use crate::rules::hosts::{binds_mesh, distinct, skip_for_gateways};
use crate::rules::is_placeholder;
use crate::rules::kinds::{Kind, Misfit, SHOWN, Use, kind_span, misfits};
use crate::rules::prelude::*;
use crate::rules::server::ServerRef;

rule! {
    /// ## What it reports
    /// `http`, `tls` or `tcp` rules of a VirtualService for which no server is of their kind: `http` rules want a
    /// server that speaks HTTP, `tls` rules one that forwards TLS as it is, `tcp` rules one that forwards bytes.
    ///
    /// A single host is reported where all servers that accept it do something else than HTTP and other hosts are
    /// served: a warning, or info where `tls` or `tcp` rules of the VirtualService are used.
    ///
    /// `http` rules where TLS is forwarded are GW218, `tls` rules where TLS ends GW219, rules for a server that
    /// terminates TLS and forwards what is inside GW220. It is info where the VirtualService also applies to sidecars
    /// (`mesh`), for which the rules may be meant.
    ///
    /// ## Why it matters
    /// istiod leaves the rules out and reports nothing.
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
    ///   tcp:
    ///   - route: [{destination: {host: web, port: {number: 80}}}]
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
    /// ```
    ROUTE_KIND_NOT_SERVED = "GW314" "route-kind-not-served", Error;
}

fn check(world: &World<'_>, out: &mut Findings) {
    for (at, service) in world.virtual_services() {
        let Some(misfits) = misfits(world, at, service) else {
            skip_for_gateways(world, out, &ROUTE_KIND_NOT_SERVED, service);
            continue;
        };
        by_host(world, out, at, service, &misfits);
        let spec = &world.mesh.store.virtual_services[service.index as usize].spec;
        let has_tcp = !spec.tcp.is_empty();
        for misfit in &misfits {
            let is_told = match misfit.kind {
                Kind::Http => misfit.is_passthrough(),
                Kind::Tls => misfit.uses.iter().any(|used| used.terminates()),
                Kind::Tcp => false,
            };
            if is_told || misfit.wants_tcp(&misfits, has_tcp) {
                continue;
            }
            let kind = misfit.kind.as_str();
            let does = if misfit.servers.len() == 1 { "does not" } else { "do not" };
            let message = format!("{kind} rules are ignored: {} {does} take them", misfit.places());
            let subject = world.subject(ObjectRef::VirtualService(service.index));
            let report = out.report(&ROUTE_KIND_NOT_SERVED, subject, misfit.rules[0].span, message);
            misfit.tell(world, at, service, report);
            if let Some(taken) = misfit.taken() {
                let taken = taken.as_str();
                report.help(format!("write `{taken}` rules, or change the protocol of the server"));
            }
        }
    }
}

/// Hosts of a VirtualService with `http` rules that only servers without HTTP accept, where others are served.
fn by_host(
    world: &World<'_>,
    out: &mut Findings,
    at: u32,
    service: &VirtualService,
    misfits: &[Misfit<'_>],
) {
    if service.http.is_empty() || misfits.iter().any(|misfit| misfit.kind == Kind::Http) {
        return;
    }
    let speaks = |server: &ServerRef<'_>| server.server.is_http();
    let has_others = |one: &&ServerRef<'_>| !speaks(one);
    if !world.bindings_of(at).filter_map(|(t, b)| world.server(t, b.server)).any(|s| !speaks(&s)) {
        return;
    }
    let (accepting, unmet) = (world.servers_accepting(at), world.unmet_servers_of(at, service));
    let servers = distinct(&accepting);
    let accepts = |server: &ServerRef<'_>, host: &str| {
        admits(&server.record.hosts, service, host) == Admission::Served
    };
    for origin in world.unreached_accepted(at, service) {
        let Part::Host(index) = origin.part else { continue };
        let host = &service.hosts[index as usize];
        let mut all = servers.iter().chain(&unmet);
        if is_placeholder(&host.value) || all.any(|one| speaks(one) && accepts(one, &host.value)) {
            continue;
        }
        let taking: Vec<&ServerRef<'_>> =
            servers.iter().filter(has_others).filter(|one| accepts(one, &host.value)).collect();
        let Some(first) = taking.first() else { continue };
        let message = format!(
            "http rules are not used for `{}`: `{}` on port {} does not speak HTTP, and no other server accepts it",
            host.value,
            first.name(),
            first.server.port_number()
        );
        let subject = world.subject(origin.object);
        let report = out.report(&ROUTE_KIND_NOT_SERVED, subject, host.span, message);
        for server in taking.iter().take(SHOWN) {
            if let Some(used) = Use::of(server) {
                report.label(kind_span(server), used.words());
            }
        }
        let is_used = world.has_used_l4(service);
        let severity =
            if is_used || binds_mesh(service) { Severity::Info } else { Severity::Warning };
        report
            .here("no server that speaks HTTP accepts it")
            .help("add it to the hosts of a server that speaks HTTP")
            .severity(severity)
            .unreached(world.elements(vec![origin]));
    }
}
