//! GW203: `tls` with a certificate and without a mode.

use crate::istio::gateway::{Protocol, ServerTls};
use crate::mesh::ObjectRef;
use crate::rules::prelude::*;
use crate::text::Span;

rule! {
    /// ## What it reports
    /// An HTTPS or TLS server that has a certificate but no `tls.mode`.
    ///
    /// ## Why it matters
    /// The mode that counts when none is written is PASSTHROUGH: the gateway does not terminate TLS, the certificate is
    /// ignored, and `http` rules for the host are never used. Without `tls` rules connections are closed.
    ///
    /// ## Example
    /// ```yaml
    /// apiVersion: networking.istio.io/v1
    /// kind: Gateway
    /// metadata: {name: public, namespace: infra}
    /// spec:
    ///   selector: {istio: ingressgateway}
    ///   servers:
    ///   - port: {number: 443, name: https, protocol: HTTPS}
    ///     hosts: [shop.example.com]
    ///     tls: {credentialName: shop-example-com}
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
    TLS_MODE_OMITTED = "GW203" "tls-mode-omitted", Error, also "~IST0133";
}

fn check(world: &World<'_>, out: &mut Findings) {
    for (at, gateway) in world.gateways() {
        for server in &gateway.spec.servers {
            let Some(tls) = &server.tls else { continue };
            let is_tls = matches!(server.protocol(), Protocol::Https | Protocol::Tls);
            let is_unknown = gateway.unknown.iter().any(|span| tls.span.contains(*span));
            if !is_tls || tls.mode.is_some() || is_unknown {
                continue;
            }
            let Some((field, span)) = certificate(tls) else { continue };
            let subject = world.subject(ObjectRef::Gateway(at));
            let message = format!(
                "mode defaults to PASSTHROUGH: `{field}` is ignored and http routes never match"
            );
            out.report(&TLS_MODE_OMITTED, subject, tls.span, message)
                .here("no `mode`")
                .label(span, "not used")
                .help("add `mode: SIMPLE` (or `MUTUAL`, where clients must have a certificate)")
                .warned_by_istio()
                .about(server.span);
        }
    }
}

/// The first field of a certificate.
fn certificate(tls: &ServerTls) -> Option<(&'static str, Span)> {
    let one = |field, text: &Option<crate::text::Spanned<String>>| {
        text.as_ref().filter(|text| !text.value.is_empty()).map(|text| (field, text.span))
    };
    one("credentialName", &tls.credential_name)
        .or_else(|| tls.credential_names.first().map(|name| ("credentialNames", name.span)))
        .or_else(|| one("serverCertificate", &tls.server_certificate))
        .or_else(|| one("privateKey", &tls.private_key))
        .or_else(|| tls.tls_certificates.first().map(|files| ("tlsCertificates", files.span)))
        .or_else(|| one("caCertificates", &tls.ca_certificates))
        .or_else(|| one("caCertCredentialName", &tls.ca_cert_credential_name))
}
