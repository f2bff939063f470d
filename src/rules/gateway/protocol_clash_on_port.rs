//! GW107: servers on one port that cannot share it.

use crate::mesh::{Origin, Part};
use crate::rules::is_placeholder;
use crate::rules::prelude::*;
use crate::rules::rivals::Rivals;
use crate::rules::server::ServerRef;
use crate::text::Span;

rule! {
    /// ## What it reports
    /// A server that istiod leaves out because an earlier plaintext server has its port and bind address: behind an
    /// HTTP server everything but HTTP, behind a TCP server everything.
    ///
    /// ## Why it matters
    /// The whole server is missing from the proxy, and nothing but a log line of istiod tells so. All its hosts go to
    /// the other server, or nowhere. Which server is the earlier one depends on creation times, which files rarely
    /// have: after a new installation it may be the other one.
    ///
    /// ## Example
    /// ```yaml
    /// apiVersion: networking.istio.io/v1
    /// kind: Gateway
    /// metadata: {name: public, namespace: infra}
    /// spec:
    ///   selector: {istio: ingressgateway}
    ///   servers:
    ///   - port: {number: 8080, name: http, protocol: HTTP}
    ///     hosts: ["*"]
    ///   - port: {number: 8080, name: tcp, protocol: TCP}
    ///     hosts: ["*"]
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
    ///   - port: {number: 8080, name: http, protocol: HTTP}
    ///     hosts: ["*"]
    ///   - port: {number: 9000, name: tcp, protocol: TCP}
    ///     hosts: ["*"]
    /// ```
    PROTOCOL_CLASH_ON_PORT = "GW107" "protocol-clash-on-port", Error, also "~IST0145";
}

fn check(world: &World<'_>, out: &mut Findings) {
    for lost in world.dropped(DropReason::PortConflict) {
        let Some(rivals) = Rivals::new(world, &lost) else { continue };
        if is_unknown(&rivals.loser) || is_unknown(&rivals.winner) {
            continue;
        }
        let (loser, winner) = (&rivals.loser, &rivals.winner);
        let (dropped, kept) = (protocol(loser), protocol(winner));
        let place = rivals.place();
        let (own, other) = (loser.name(), winner.name());
        let message = if own == other {
            format!("{dropped} server of `{own}` is dropped: its {kept} server has {place} already")
        } else if rivals.is_certain {
            format!(
                "{dropped} server of `{own}` is dropped: {place} is taken by the {kept} server of `{other}`"
            )
        } else if loser.server.is_tls() {
            // In the other order both are in the table.
            format!(
                "`{own}` ({dropped}) and `{other}` ({kept}) share {place}; \
                 the {dropped} server is dropped unless it was created first"
            )
        } else {
            format!(
                "`{own}` ({dropped}) and `{other}` ({kept}) share {place}; \
                 the one that was created later is dropped"
            )
        };
        let server =
            Origin::new(loser.object(), Part::Server(loser.record.index), loser.server.span);
        let mut unreached = world.unless_reached(server);
        unreached.extend(world.unreached_without(loser));
        let subject = world.subject(loser.object());
        let report = out.report(&PROTOCOL_CLASH_ON_PORT, subject, protocol_span(loser), message);
        report
            .here(rivals.fate())
            .label(protocol_span(winner), format!("{kept} has {place}"))
            .help("give one of the two another port or another bind address")
            .unreached(world.elements(unreached))
            .proxies(rivals.proxies.clone());
    }
}

/// Whether a placeholder hides the address.
fn is_unknown(server: &ServerRef<'_>) -> bool {
    is_placeholder(server.server.bind_text())
}

fn protocol(server: &ServerRef<'_>) -> String {
    match server.server.protocol_text() {
        "" => "unknown".to_owned(),
        text => text.to_ascii_uppercase(),
    }
}

fn protocol_span(server: &ServerRef<'_>) -> Span {
    let port = server.server.port.as_ref();
    port.and_then(|port| port.protocol.as_ref())
        .map_or_else(|| port.map_or(server.server.span, |port| port.span), |text| text.span)
}
