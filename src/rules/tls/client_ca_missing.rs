//! GW206: client certificates that nothing can check.

use crate::rules::credentials::needs;
use crate::rules::prelude::*;
use crate::rules::{Presence, SecretPresences};

rule! {
    /// ## What it reports
    /// A server of mode `MUTUAL` or `OPTIONAL_MUTUAL` with certificates in files and without `caCertificates`.
    /// `caCertCredentialName` does not help: it counts beside `credentialName` alone.
    ///
    /// And one with a credential of which the Secret has neither `ca.crt` nor `cacert`, and beside which there is no Secret
    /// of its name with `-cacert` at the end.
    ///
    /// ## Why it matters
    /// There is nothing to check certificates of clients against. With files Istio refuses the Gateway; with a Secret Envoy
    /// waits for the CA, and resets every TLS handshake.
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
    ///     tls: {mode: MUTUAL, serverCertificate: /etc/certs/tls.crt, privateKey: /etc/certs/tls.key}
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
    ///     tls:
    ///       mode: MUTUAL
    ///       serverCertificate: /etc/certs/tls.crt
    ///       privateKey: /etc/certs/tls.key
    ///       caCertificates: /etc/certs/ca.crt
    /// ```
    CLIENT_CA_MISSING = "GW206" "client-ca-missing", Error, also "IST0106"; verdicts "G-37"; and check
}

fn check(world: &World<'_>, out: &mut Findings) {
    let presences = SecretPresences::new(world.mesh, world.complete, world.unread);
    for need in needs(world, &presences) {
        let is_missing = need.secret.is_ca && need.secret.presence == Presence::Missing;
        // One that is named itself is a Secret that is not found.
        if !is_missing || need.is_named() {
            continue;
        }
        let (namespace, name) = (&need.secret.namespace, &need.named.value);
        let Some(secret) = presences.written(namespace, name) else { continue };
        let message = format!(
            "no CA for clients: Secret `{namespace}/{name}` has no `ca.crt`, and there is no Secret `{}`: TLS handshakes are reset",
            need.secret.name
        );
        let mode = need.server.server.tls.as_ref().and_then(|tls| tls.mode);
        let span = mode.map_or(need.named.span, |mode| mode.span);
        let report = need.report(world, out, &CLIENT_CA_MISSING, span, message);
        report.here("clients need a certificate").label(need.named.span, "nor does it name a CA");
        let keys = secret.spec.keys.as_ref();
        let place =
            keys.and_then(|keys| keys.first()).map_or(secret.meta.name_span, |key| key.span);
        report.label(place, "the keys of the Secret").help(format!(
            "add `ca.crt` to the Secret, or a Secret `{}` with it",
            need.secret.name
        ));
    }
}
