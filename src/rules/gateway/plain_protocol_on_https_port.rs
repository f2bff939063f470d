//! GW110: plaintext on a port of HTTPS, or the other way round.

use crate::istio::gateway::{Protocol, Server, TlsMode};
use crate::istio::{Object, Unmodelled};
use crate::manifest::Meta;
use crate::mesh::ObjectRef;
use crate::rules::prelude::*;
use crate::rules::server::ServerRef;
use crate::rules::surroundings::Surroundings;

rule! {
    /// ## What it reports
    /// A server with protocol HTTP, HTTP2 or GRPC on port 443 or 8443, and one with protocol HTTPS on port 80 or 8080.
    ///
    /// ## Why it matters
    /// Clients speak TLS on the one and plaintext on the other without being told to. What they get is a protocol error
    /// (`ERR_SSL_PROTOCOL_ERROR`, `wrong version number`) or 400. TLS is terminated by protocol HTTPS with `tls`; HTTP/2
    /// and gRPC are then negotiated.
    ///
    /// The rule is silent where a load balancer terminates TLS: annotations of the gateway's Service speak of
    /// certificates, or an Ingress stands in front. Mode `ISTIO_MUTUAL` is for clients in the mesh, and may have any port.
    ///
    /// ## Example
    /// ```yaml
    /// apiVersion: networking.istio.io/v1
    /// kind: Gateway
    /// metadata: {name: public, namespace: infra}
    /// spec:
    ///   selector: {istio: ingressgateway}
    ///   servers:
    ///   - port: {number: 443, name: grpc, protocol: GRPC}
    ///     hosts: [shop.example.com]
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
    ///   - port: {number: 443, name: https, protocol: HTTPS}
    ///     hosts: [shop.example.com]
    ///     tls: {mode: SIMPLE, credentialName: shop-example-com}
    /// ```
    PLAIN_PROTOCOL_ON_HTTPS_PORT = "GW110" "plain-protocol-on-https-port", Warning;
}

fn check(world: &World<'_>, out: &mut Findings) {
    let mut around = None;
    let is_ingress = |object: &Object<Unmodelled>| matches!(object.spec, Unmodelled::Ingress(_));
    let has_ingress = world.mesh.store.unmodelled.iter().any(is_ingress);
    for (at, gateway) in world.gateways() {
        for (index, server) in (0..).zip(&gateway.spec.servers) {
            let Some(clash) = clash(server) else { continue };
            let around = around.get_or_insert_with(|| Surroundings::new(world));
            let is_behind = |here: &ServerRef<'_>| {
                here.record.index == index && is_tls_terminated(around, here)
            };
            if has_ingress || world.servers_of_gateway(at).iter().any(is_behind) {
                continue;
            }
            let Some(port) = &server.port else { continue };
            let Some(protocol) = &port.protocol else { continue };
            let number = server.port_number();
            let (message, help) = match clash {
                Clash::Plaintext => (
                    format!(
                        "port {number} speaks plaintext {}: clients that send TLS get a protocol error",
                        protocol.value.to_ascii_uppercase()
                    ),
                    "write protocol HTTPS with `tls`, or use port 80",
                ),
                Clash::Tls => (
                    format!(
                        "port {number} speaks TLS: clients that send plaintext HTTP get a closed connection"
                    ),
                    "write protocol HTTP, or use port 443",
                ),
            };
            let subject = world.subject(ObjectRef::Gateway(at));
            let report = out.report(&PLAIN_PROTOCOL_ON_HTTPS_PORT, subject, protocol.span, message);
            report.here(match clash {
                Clash::Plaintext => "plaintext",
                Clash::Tls => "TLS",
            });
            if let Some(number) = port.number {
                let text = match clash {
                    Clash::Plaintext => "a port of HTTPS",
                    Clash::Tls => "a port of plaintext HTTP",
                };
                report.label(number.span, text);
            }
            report.help(help);
        }
    }
}

/// What a server speaks, and clients do not expect on its port.
#[derive(Clone, Copy)]
enum Clash {
    Plaintext,
    Tls,
}

fn clash(server: &Server) -> Option<Clash> {
    let protocol = server.protocol();
    // A proxy for HTTP has any port.
    let is_plain = protocol.is_http() && protocol != Protocol::HttpProxy;
    let is_for_mesh =
        matches!(server.tls_mode(), Some(TlsMode::IstioMutual | TlsMode::AutoPassthrough));
    match server.port_number() {
        443 | 8443 if is_plain => Some(Clash::Plaintext),
        80 | 8080 if protocol == Protocol::Https && !is_for_mesh => Some(Clash::Tls),
        _ => None,
    }
}

/// Whether a Service of a proxy says that a load balancer terminates TLS, or that it adds it.
fn is_tls_terminated(around: &Surroundings<'_>, server: &ServerRef<'_>) -> bool {
    let speaks_of_tls = |meta: &Meta| {
        meta.annotations.iter().any(|(key, _)| {
            let key = key.value.to_ascii_lowercase();
            ["ssl", "tls", "cert", "app-protocols", "backend-protocol"]
                .iter()
                .any(|word| key.contains(word))
        })
    };
    let services = around.services(&server.table.proxy);
    services.iter().any(|service: &&Object<_>| speaks_of_tls(&service.meta))
}
