//! GW401: two servers with `tls` that list one host on one port.

use crate::mesh::{Origin, Part};
use crate::rules::hosts::{bare, hosts_span, list};
use crate::rules::is_placeholder;
use crate::rules::prelude::*;
use crate::rules::rivals::Rivals;
use crate::rules::server::ServerRef;
use crate::text::Span;

rule! {
    /// ## What it reports
    /// Two servers with a `tls` block (also HTTP servers that only redirect) on one proxy, port and bind address that
    /// list the same host.
    ///
    /// ## Why it matters
    /// istiod leaves out the later server as a whole, with all its other hosts, and tells it in a log line alone. Which
    /// one is the later depends on creation times, which files rarely have.
    ///
    /// ## Example
    /// ```yaml
    /// apiVersion: networking.istio.io/v1
    /// kind: Gateway
    /// metadata: {name: first, namespace: infra}
    /// spec:
    ///   selector: {istio: ingressgateway}
    ///   servers:
    ///   - port: {number: 443, name: https, protocol: HTTPS}
    ///     hosts: [shop.example.com]
    ///     tls: {mode: SIMPLE, credentialName: shop-example-com}
    /// ---
    /// apiVersion: networking.istio.io/v1
    /// kind: Gateway
    /// metadata: {name: second, namespace: infra}
    /// spec:
    ///   selector: {istio: ingressgateway}
    ///   servers:
    ///   - port: {number: 443, name: https, protocol: HTTPS}
    ///     hosts: [shop.example.com, pay.example.com]
    ///     tls: {mode: SIMPLE, credentialName: shop-example-com}
    /// ```
    ///
    /// ## Instead
    /// Let one server have the host, and bind the VirtualServices to its Gateway.
    /// ```yaml
    /// apiVersion: networking.istio.io/v1
    /// kind: Gateway
    /// metadata: {name: first, namespace: infra}
    /// spec:
    ///   selector: {istio: ingressgateway}
    ///   servers:
    ///   - port: {number: 443, name: https, protocol: HTTPS}
    ///     hosts: [shop.example.com]
    ///     tls: {mode: SIMPLE, credentialName: shop-example-com}
    /// ---
    /// apiVersion: networking.istio.io/v1
    /// kind: Gateway
    /// metadata: {name: second, namespace: infra}
    /// spec:
    ///   selector: {istio: ingressgateway}
    ///   servers:
    ///   - port: {number: 443, name: https, protocol: HTTPS}
    ///     hosts: [pay.example.com]
    ///     tls: {mode: SIMPLE, credentialName: shop-example-com}
    /// ```
    TLS_HOST_CLAIMED_TWICE = "GW401" "tls-host-claimed-twice", Error, also "IST0145", "KIA0301";
}

fn check(world: &World<'_>, out: &mut Findings) {
    for lost in world.dropped(DropReason::DuplicateHost) {
        let Some(rivals) = Rivals::new(world, &lost) else { continue };
        let (loser, winner) = (&rivals.loser, &rivals.winner);
        let shared = |host: &&String| winner.record.hosts.contains(host);
        // Two equal placeholders may stand for two hosts.
        let is_certain = |host: &&String| shared(host) && !is_placeholder(host);
        let Some(host) = loser.record.hosts.iter().find(is_certain) else { continue };
        if is_placeholder(&loser.record.bind) {
            continue;
        }
        let others: Vec<&String> = loser.record.hosts.iter().filter(|host| !shared(host)).collect();
        let with_them = match others.as_slice() {
            [] => String::new(),
            others => format!("; also lost: {}", list(others.iter().map(|host| host.as_str()))),
        };
        let place = rivals.place();
        let is_one = loser.record.gateway == winner.record.gateway;
        let message = if is_one {
            format!(
                "second server of `{}` with `{host}` on {place} is dropped{with_them}",
                loser.name()
            )
        } else if rivals.is_certain {
            format!(
                "server of `{}` on {place} is dropped: `{host}` belongs to `{}`{with_them}",
                loser.name(),
                winner.name()
            )
        } else {
            format!(
                "{} both claim `{host}` on {place}; the server that was created later is dropped with all its hosts",
                rivals.names()
            )
        };
        let server =
            Origin::new(loser.object(), Part::Server(loser.record.index), loser.server.span);
        let mut unreached = world.unless_reached(server);
        unreached.extend(world.unreached_without(loser));
        let subject = world.subject(loser.object());
        let report = out.report(&TLS_HOST_CLAIMED_TWICE, subject, host_span(loser, host), message);
        report
            .here(rivals.fate())
            .label(host_span(winner, host), format!("`{}` has it", winner.name()));
        if let Some(other) = others.first() {
            report.label(host_span(loser, other), "lost with it");
        }
        report
            .help("let one server list the host, and bind the VirtualServices to its Gateway")
            .about(loser.server.span)
            .about(winner.server.span)
            .unreached(world.elements(unreached))
            .proxies(rivals.proxies.clone());
    }
}

/// Where a server lists a host, which is given as rewritten against the namespace of the Gateway.
fn host_span(server: &ServerRef<'_>, host: &str) -> Span {
    let wanted = host.split_once('/').map_or(host, |(_, name)| name);
    let hosts = &server.server.hosts;
    // `*/*` makes one host of the whole list.
    let at = if server.record.hosts.len() == hosts.len() {
        server.record.hosts.iter().position(|known| known == host)
    } else {
        hosts.iter().position(|known| bare(known) == wanted)
    };
    at.map_or_else(|| hosts_span(server), |at| hosts[at].span)
}
