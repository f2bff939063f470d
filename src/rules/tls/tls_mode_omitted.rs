//! GW203: `tls` with a certificate and without a mode.

use crate::mesh::ObjectRef;
use crate::rules::prelude::*;

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
            let is_tls = server.protocol().is_tls();
            let is_unknown = gateway.unknown.iter().any(|span| tls.span.contains(*span));
            if !is_tls || tls.mode.is_some() || is_unknown {
                continue;
            }
            let name = &tls.ca_cert_credential_name;
            let name = name.as_ref().map(|name| ("caCertCredentialName", name.span));
            let certificates = tls.certificates();
            let Some((field, span)) = certificates.first().copied().or(name) else { continue };
            let subject = world.subject(ObjectRef::Gateway(at));
            let message = format!(
                "mode defaults to PASSTHROUGH: `{field}` is ignored and http routes never match"
            );
            let report = out
                .report(&TLS_MODE_OMITTED, subject, tls.span, message)
                .here("no `mode`")
                .label(span, "not used")
                .help("add `mode: SIMPLE` (or `MUTUAL`, where clients must have a certificate)")
                .about(server.span);
            // Where Istio warns of them, GW204 says so.
            for (_, span) in certificates {
                report.about(span);
            }
        }
    }
}
