//! GW322: a host that differs from a server's by letter case or a dot at its end.

use std::borrow::Cow;

use crate::envoy::Admission;
use crate::finding::Severity;
use crate::mesh::host::{lower_cased, overlaps};
use crate::mesh::{HostIndex, ObjectRef};
use crate::rules::hosts::{Losses, bare, binds_mesh, distinct, host_origin, skip_for_gateways};
use crate::rules::prelude::*;
use crate::rules::server::{ByServer, ServerRef};
use crate::text::{Spanned, Str};

rule! {
    /// ## What it reports
    /// A host of a VirtualService that no server of its Gateways accepts, where one would if letter case and a dot at
    /// the end did not count. It is info where the VirtualService also applies to sidecars (`mesh`).
    ///
    /// ## Why it matters
    /// istiod compares hosts as they are written. Clients send them in lower case and without a dot, so that is how
    /// both should be written.
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
    ///     hosts: [Shop.example.com]
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
    HOST_CASE_OR_DOT = "GW322" "host-case-or-dot", Error;
}

fn check(world: &World<'_>, out: &mut Findings) {
    let mut near = NearHosts::default();
    for (at, service) in world.virtual_services() {
        let admissions = world.admissions(at);
        let is_any_unknown = admissions.contains(&None);
        let is_lost =
            |(_, admission): &(_, &Option<Admission>)| **admission == Some(Admission::Unserved);
        let mut lost = service.hosts.iter().enumerate().zip(admissions).filter(is_lost).peekable();
        let is_any_lost = lost.peek().is_some();
        let servers = if is_any_lost { distinct(&world.servers_of(service)) } else { Vec::new() };
        let mut losses = None;
        for ((index, host), _) in lost {
            let Some((server, own)) = near.first(&servers, host) else { continue };
            let losses = losses.get_or_insert_with(|| Losses::of(world, service));
            let differ =
                match (host.ends_with('.') != own.ends_with('.'), is_same_case(host, bare(own))) {
                    (true, true) => "by the dot at the end",
                    (true, false) => "by letter case and the dot at the end",
                    (false, _) => "by letter case",
                };
            let message = format!(
                "`{host}` and `{}` of `{}` differ only {differ}: they do not meet",
                bare(own),
                server.name()
            );
            let subject = world.subject(ObjectRef::VirtualService(service.index));
            let report = out.report(&HOST_CASE_OR_DOT, subject, host.span, message);
            report
                .here(format!("wanted here, by VirtualService {}", service.key))
                .label(own.span, "the host of the server")
                .help(format!("write `{}` in both", plain(bare(own))))
                .unreached(world.elements(losses.with(world, host_origin(service, index))));
            if binds_mesh(service) {
                report.severity(Severity::Info);
            }
        }
        if is_any_unknown {
            skip_for_gateways(world, out, &HOST_CASE_OR_DOT, service);
        }
    }
}

/// The hosts of servers as they are when case and dots do not count, by their places in the list.
#[derive(Default)]
struct NearHosts {
    all: ByServer<HostIndex<usize>>,
    /// Those that may be written in another way.
    others: ByServer<HostIndex<usize>>,
}

impl NearHosts {
    /// The first server that would accept a host, which none accepts, if case and dots did not count, and its host.
    fn first<'a>(
        &mut self,
        servers: &[ServerRef<'a>],
        host: &str,
    ) -> Option<(ServerRef<'a>, &'a Spanned<Str>)> {
        let wanted = plain(host);
        let is_wanted_plain = wanted == host;
        // A plain host that meets a plain one is accepted.
        let by_server = if is_wanted_plain { &mut self.others } else { &mut self.all };
        servers.iter().find_map(|server| {
            let hosts = by_server.of(server, || {
                let mut index = HostIndex::default();
                let hosts = server.server.hosts.iter().enumerate();
                let hosts = hosts.map(|(at, own)| (at, bare(own), plain(bare(own))));
                hosts
                    .filter(|(_, own, plain)| !is_wanted_plain || plain != own)
                    .for_each(|(at, _, plain)| index.insert(&plain, at));
                index
            });
            let first = hosts.overlapping(&wanted).min()?;
            Some((*server, &server.server.hosts[first]))
        })
    }
}

/// In lower case, without a dot at the end.
fn plain(host: &str) -> Cow<'_, str> {
    lower_cased(host.strip_suffix('.').unwrap_or(host))
}

/// Whether two hosts meet but for a dot at the end.
fn is_same_case(host: &str, own: &str) -> bool {
    let dotless = |text: &str| text.strip_suffix('.').unwrap_or(text).to_owned();
    overlaps(&dotless(host), &dotless(own))
}
