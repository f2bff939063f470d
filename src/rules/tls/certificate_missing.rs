//! GW205: a server that terminates TLS and has no certificate.

use crate::istio::gateway::{Protocol, ServerTls, TlsMode};
use crate::mesh::ObjectRef;
use crate::rules::prelude::*;
use crate::text::Spanned;

rule! {
    /// ## What it reports
    /// An HTTPS or TLS server with mode `SIMPLE`, `MUTUAL` or `OPTIONAL_MUTUAL` and none of `credentialName`,
    /// `credentialNames`, `tlsCertificates`, or `serverCertificate` with `privateKey`.
    ///
    /// ## Why it matters
    /// Istio refuses the Gateway. Where its webhook is off, the gateway offers the certificate of its own workload,
    /// which no client outside of the mesh trusts.
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
    ///     tls: {mode: SIMPLE}
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
    CERTIFICATE_MISSING = "GW205" "certificate-missing", Error, also "IST0106";
}

fn check(world: &World<'_>, out: &mut Findings) {
    for (at, gateway) in world.gateways() {
        for server in &gateway.spec.servers {
            let Some(tls) = &server.tls else { continue };
            let Some(mode) = &tls.mode else { continue };
            let is_tls = matches!(server.protocol(), Protocol::Https | Protocol::Tls);
            let is_terminating =
                matches!(mode.value, TlsMode::Simple | TlsMode::Mutual | TlsMode::OptionalMutual);
            if !is_tls || !is_terminating || has_certificate(tls) {
                continue;
            }
            let subject = world.subject(ObjectRef::Gateway(at));
            let message = format!(
                "`{}` requires a server certificate: Istio refuses the Gateway",
                mode.value.as_str()
            );
            let report = out.report(&CERTIFICATE_MISSING, subject, tls.span, message);
            report
                .here("no certificate")
                .help("add `credentialName` with the name of a Secret in the namespace of the gateway's Pods")
                .refused_by_istio()
                .about(server.span);
        }
    }
}

fn has_certificate(tls: &ServerTls) -> bool {
    let has = |text: &Option<Spanned<String>>| text.as_ref().is_some_and(|t| !t.value.is_empty());
    has(&tls.credential_name)
        || !tls.credential_names.is_empty()
        || !tls.tls_certificates.is_empty()
        || (has(&tls.server_certificate) && has(&tls.private_key))
}
