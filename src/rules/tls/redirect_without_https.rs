//! GW222: a redirect to https that nothing serves.

use crate::istio::Object;
use crate::istio::gateway::Server;
use crate::istio::kubernetes::Service;
use crate::mesh::{HostIndex, ObjectRef, Proxy};
use crate::rules::hosts::{self, bare, distinct, hosts_span};
use crate::rules::kinds::Use;
use crate::rules::prelude::*;
use crate::rules::presence;
use crate::rules::server::ServerRef;
use crate::text::Span;

rule! {
    /// ## What it reports
    /// A server with `httpsRedirect` and a host for which no server of the same proxies has TLS on port 443: the server's own
    /// port, or that of a Service which leads to it. Where no Service of the input has a port 443 and none is of type
    /// `LoadBalancer`, something else may lead from 443 to any port, and all count.
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
            let off = secure.iter().find_map(|one| one.elsewhere(&unserved));
            let message = if off.is_some() {
                format!("{list}: redirected to https on port 443, where no server has it")
            } else {
                format!("{list}: redirected to https, which no server has for it")
            };
            let subject = world.subject(server.object());
            let report =
                out.report(&REDIRECT_WITHOUT_HTTPS, subject, redirect_span(&server), message);
            if let Some(other) = off {
                let port = other.server.port_number();
                let text = format!("`{}` has TLS for it on port {port} alone", other.name());
                report.label(other.port_span(), text);
            } else if let Some(other) = secure.iter().find_map(|one| one.first) {
                let texts = hosts::list(other.server.hosts.iter().map(bare));
                let text = format!("`{}` has TLS only for {texts}", other.name());
                report.label(hosts_span(&other), text);
            }
            report.help(match off {
                Some(_) => "lead port 443 to the server, or remove `httpsRedirect`",
                None => "add a server with TLS for the host, or remove `httpsRedirect`",
            });
        }
    }
}

/// The hosts of a table for which some server has TLS where redirects lead.
struct Secure<'a> {
    hosts: HostIndex<()>,
    first: Option<ServerRef<'a>>,
    /// Servers with TLS to which port 443 does not lead, and their places by host.
    off: Vec<ServerRef<'a>>,
    off_hosts: HostIndex<usize>,
    /// Whether something hides what there is.
    is_unknown: bool,
}

impl<'a> Secure<'a> {
    fn new(world: &World<'a>, table: usize) -> Self {
        let (mut hosts, mut first, mut off) = (HostIndex::default(), None, Vec::new());
        let mut off_hosts = HostIndex::default();
        let is_front_known = is_front_known(world, &world.tables[table].proxy);
        let dropped = &world.tables[table].dropped;
        let mut is_unknown = dropped.iter().any(|lost| lost.reason.is_unknown());
        let count = u32::try_from(world.tables[table].servers.len()).unwrap_or(u32::MAX);
        for server in (0..count).filter_map(|at| world.server(table, at)) {
            if matches!(Use::of(&server), Some(Use::PlainHttp | Use::PlainTcp)) {
                continue;
            }
            is_unknown |= !server.is_known();
            if is_front_known && !is_behind_443(&server) {
                let own = server.server.hosts.iter().map(|host| bare(host).to_lowercase());
                own.for_each(|host| off_hosts.insert(&host, off.len()));
                off.push(server);
                continue;
            }
            server
                .server
                .hosts
                .iter()
                .for_each(|host| hosts.insert(&bare(host).to_lowercase(), ()));
            first = first.or(Some(server));
        }
        first = first.or(off.first().copied());
        Self { hosts, first, off, off_hosts, is_unknown }
    }

    /// A server that has TLS for one of some hosts, and to which port 443 does not lead.
    fn elsewhere(&self, hosts: &[&str]) -> Option<ServerRef<'a>> {
        let met =
            hosts.iter().filter_map(|host| self.off_hosts.overlapping(&host.to_lowercase()).min());
        met.min().and_then(|at| self.off.get(at)).copied()
    }

    fn lacks(&self, host: &str) -> bool {
        !self.is_unknown && self.hosts.overlapping(&host.to_lowercase()).next().is_none()
    }
}

/// Whether the input tells where port 443 leads: a Service in front of the proxy has it, or opens its ports itself.
fn is_front_known(world: &World<'_>, proxy: &Proxy) -> bool {
    let is_balanced = |service: &Object<Service>| {
        service.spec.service_type.as_ref().is_some_and(|kind| kind.value == "LoadBalancer")
    };
    proxy.service_ports.iter().any(|port| {
        let service = port.origin.and_then(|origin| match origin.object {
            ObjectRef::Service(at) => world.mesh.store.services.get(at as usize),
            _ => None,
        });
        port.port == 443 || service.is_some_and(is_balanced)
    })
}

/// Whether port 443 leads to a server, as far as anybody knows.
fn is_behind_443(server: &ServerRef<'_>) -> bool {
    let mut ports = server.table.proxy.service_ports.iter().filter(|port| port.port == 443);
    server.server.port_number() == 443
        || ports.any(|port| port.target.is_none_or(|target| target == server.record.port))
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
