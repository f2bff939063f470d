//! GW205: a server that terminates TLS and has no certificate (mirrors istio 1.32
//! `pkg/config/validation/validation.go: validateTLSOptions`).

use crate::istio::gateway::{Protocol, ServerTls, TlsMode};
use crate::mesh::ObjectRef;
use crate::rules::prelude::*;
use crate::text::{Span, Spanned};

rule! {
    /// ## What it reports
    /// An HTTPS or TLS server with mode `SIMPLE`, `MUTUAL` or `OPTIONAL_MUTUAL` and none of `credentialName`,
    /// `credentialNames`, `tlsCertificates`, or `serverCertificate` with `privateKey`; an entry of `tlsCertificates` that
    /// lacks one of these two.
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
            if !is_tls || !is_terminating {
                continue;
            }
            let Some((span, lacking)) = lacking(tls) else { continue };
            let subject = world.subject(ObjectRef::Gateway(at));
            let message = format!(
                "`{}` requires a {lacking}: Istio refuses the Gateway",
                mode.value.as_str()
            );
            let report = out.report(&CERTIFICATE_MISSING, subject, span, message);
            report
                .here(format!("no {lacking}"))
                .help("add `credentialName` with the name of a Secret in the namespace of the gateway's Pods")
                .refused_by_istio()
                .about(server.span);
        }
    }
}

/// What is missing, and where.
fn lacking(tls: &ServerTls) -> Option<(Span, &'static str)> {
    if has(tls.credential_name.as_ref()) || !tls.credential_names.is_empty() {
        return None;
    }
    let pair = |span, certificate: &Option<_>, key: &Option<_>| {
        let lacking = lacking_of(certificate.as_ref(), key.as_ref())?;
        Some((span, lacking))
    };
    // Where there are entries, each must be whole; the fields beside them do not count.
    match tls.tls_certificates.as_slice() {
        [] => pair(tls.span, &tls.server_certificate, &tls.private_key),
        all => all.iter().find_map(|one| pair(one.span, &one.server_certificate, &one.private_key)),
    }
}

fn lacking_of(
    certificate: Option<&Spanned<String>>,
    key: Option<&Spanned<String>>,
) -> Option<&'static str> {
    match (has(certificate), has(key)) {
        (false, _) => Some("server certificate"),
        (true, false) => Some("private key"),
        (true, true) => None,
    }
}

fn has(text: Option<&Spanned<String>>) -> bool {
    text.is_some_and(|text| !text.value.is_empty())
}
