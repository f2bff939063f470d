//! GW222: a redirect to https that nothing serves.

use crate::istio::gateway::Server;
use crate::mesh::HostIndex;
use crate::rules::hosts::{self, bare, distinct, hosts_span};
use crate::rules::kinds::Use;
use crate::rules::prelude::*;
use crate::rules::presence;
use crate::rules::server::ServerRef;
use crate::text::Span;

rule! {
    /// ## What it reports
    /// A server with `httpsRedirect` and a host for which no server of the same proxies has TLS.
    ///
    /// The rule is silent where these have no server with TLS at all, unless the input is said to hold all Gateways
    /// (`--complete Gateway`): then TLS ends before the gateway, or in a Gateway that is not in the input. So it is
    /// where an Ingress or an object of the Gateway API could serve the host.
    ///
    /// ## Why it matters
    /// Envoy answers every request with a redirect to `https://` and the same host, without a port. The client comes
    /// back on port 443, where nobody serves the host: the handshake fails.
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
    ///     tls: {httpsRedirect: true}
    ///   - port: {number: 443, name: https, protocol: HTTPS}
    ///     hosts: [pay.example.com]
    ///     tls: {mode: SIMPLE, credentialName: shop-example-com}
    /// ---
    /// apiVersion: networking.istio.io/v1
    /// kind: VirtualService
    /// metadata: {name: pay, namespace: shop}
    /// spec:
    ///   hosts: [pay.example.com]
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
    ///     tls: {httpsRedirect: true}
    ///   - port: {number: 443, name: https, protocol: HTTPS}
    ///     hosts: [shop.example.com]
    ///     tls: {mode: SIMPLE, credentialName: shop-example-com}
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
    REDIRECT_WITHOUT_HTTPS = "GW222" "redirect-without-https", Warning;
}

fn check(world: &World<'_>, out: &mut Findings) {
    if !world.mesh.store.unmodelled.is_empty() {
        return;
    }
    let mut secure: Vec<Option<Secure<'_>>> = world.tables.iter().map(|_| None).collect();
    for (at, gateway) in world.gateways() {
        if !gateway.spec.servers.iter().any(Server::redirects_to_https) {
            continue;
        }
        let servers = world.servers_of_gateway(at);
        for server in distinct(&servers) {
            if !redirects(&server) || !server.is_known() {
                continue;
            }
            let here: Vec<&ServerRef<'_>> =
                servers.iter().filter(|other| other.is_same(&server) && redirects(other)).collect();
            for one in &here {
                let place = &mut secure[one.table_index()];
                place.get_or_insert_with(|| Secure::new(world, one.table_index()));
            }
            let secure: Vec<&Secure<'_>> =
                here.iter().filter_map(|one| secure[one.table_index()].as_ref()).collect();
            let is_unserved = |host: &str| secure.iter().all(|one| one.lacks(host));
            let names = server.server.hosts.iter().map(bare);
            let unserved: Vec<&str> = names.filter(|host| is_unserved(host)).collect();
            if unserved.is_empty() {
                continue;
            }
            if secure.iter().any(|one| one.first.is_none()) && !world.complete.covers_all("Gateway")
            {
                out.skip(&REDIRECT_WITHOUT_HTTPS, "Gateway with TLS for the same proxies");
                continue;
            }
            let unread =
                presence::unread(world, "Gateway", |one| !presence::is_refused(world, one));
            if unread.is_some() {
                out.skip_unread(&REDIRECT_WITHOUT_HTTPS, unread, String::new);
                continue;
            }
            let list = hosts::list(unserved.iter().copied());
            let message = format!("{list}: redirected to https, which no server has for it");
            let subject = world.subject(server.object());
            let report =
                out.report(&REDIRECT_WITHOUT_HTTPS, subject, redirect_span(&server), message);
            if let Some(other) = secure.iter().find_map(|one| one.first) {
                let texts = hosts::list(other.server.hosts.iter().map(bare));
                let text = format!("`{}` has TLS only for {texts}", other.name());
                report.label(hosts_span(&other), text);
            }
            report.help("add a server with TLS for the host, or remove `httpsRedirect`");
        }
    }
}

/// The hosts of a table for which some server has TLS.
struct Secure<'a> {
    hosts: HostIndex<()>,
    first: Option<ServerRef<'a>>,
    /// Whether something hides what there is.
    is_unknown: bool,
}

impl<'a> Secure<'a> {
    fn new(world: &World<'a>, table: usize) -> Self {
        let (mut hosts, mut first) = (HostIndex::default(), None);
        let dropped = &world.tables[table].dropped;
        let mut is_unknown = dropped.iter().any(|lost| lost.reason.is_unknown());
        let count = u32::try_from(world.tables[table].servers.len()).unwrap_or(u32::MAX);
        for server in (0..count).filter_map(|at| world.server(table, at)) {
            if matches!(Use::of(&server), Some(Use::PlainHttp | Use::PlainTcp)) {
                continue;
            }
            is_unknown |= !server.is_known();
            server
                .server
                .hosts
                .iter()
                .for_each(|host| hosts.insert(&bare(host).to_lowercase(), ()));
            first = first.or(Some(server));
        }
        Self { hosts, first, is_unknown }
    }

    fn lacks(&self, host: &str) -> bool {
        !self.is_unknown && self.hosts.overlapping(&host.to_lowercase()).next().is_none()
    }
}

/// Whether a server of plain HTTP redirects.
fn redirects(server: &ServerRef<'_>) -> bool {
    let is_plain = Use::of(server) == Some(Use::PlainHttp);
    is_plain && server.record.is_live && server.server.redirects_to_https()
}

fn redirect_span(server: &ServerRef<'_>) -> Span {
    let redirect = server.server.tls.as_ref().and_then(|tls| tls.https_redirect);
    redirect.map_or(server.server.span, |redirect| redirect.span)
}
