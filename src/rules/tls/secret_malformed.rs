//! GW211: a Secret that is no certificate.

use crate::certificate::{certificate, private_key};
use crate::istio::Object;
use crate::istio::secret::Secret;
use crate::rules::SecretPresences;
use crate::rules::credentials::{Need, needs, written};
use crate::rules::hosts::list;
use crate::rules::prelude::*;
use crate::rules::secrets::may_have_ca;
use crate::text::Span;

rule! {
    /// ## What it reports
    /// A Secret that a server takes its certificate from, and in which none can be found: it has neither `tls.crt` and
    /// `tls.key` nor `cert` and `key`, one of these is empty or not PEM, the key needs a password or does not belong to the
    /// certificate; or a Secret for the CA of clients without `ca.crt` and `cacert`.
    ///
    /// ## Why it matters
    /// istiod or Envoy refuses the certificate and every TLS handshake is reset.
    ///
    /// Values that are put in later (placeholders, values of SOPS, what an annotation says that a tool fills in) are not
    /// judged.
    ///
    /// ## Example
    /// ```yaml
    /// apiVersion: v1
    /// kind: Secret
    /// metadata: {name: shop-example-com, namespace: istio-system}
    /// stringData:
    ///   tls.pem: ${CERTIFICATE}
    ///   tls.key: ${KEY}
    /// ---
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
    ///
    /// ## Instead
    /// ```yaml
    /// apiVersion: v1
    /// kind: Secret
    /// metadata: {name: shop-example-com, namespace: istio-system}
    /// type: kubernetes.io/tls
    /// stringData:
    ///   tls.crt: ${CERTIFICATE}
    ///   tls.key: ${KEY}
    /// ---
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
    SECRET_MALFORMED = "GW211" "secret-malformed", Error, also "IST0161";
}

fn check(world: &World<'_>, out: &mut Findings) {
    let presences = SecretPresences::new(world.mesh, world.complete, world.unread);
    let needs = needs(world, &presences);
    for (secret, need) in written(&presences, &needs) {
        let Some((span, why)) = flaw(secret, need) else { continue };
        let message = format!("Secret `{}`: {why}", need.name());
        let report = out.report(&SECRET_MALFORMED, &secret.meta.subject, span, message);
        report
            .label(need.named.span, format!("`{}` takes it from there", need.server.name()))
            .help(if need.secret.is_ca {
                "write the CA for clients into `ca.crt`"
            } else {
                "write the certificate into `tls.crt` and its private key into `tls.key`, both as PEM"
            });
    }
}

/// What is wrong with a Secret, and where.
fn flaw(secret: &Object<Secret>, need: &Need<'_>) -> Option<(Span, String)> {
    let keys = secret.spec.keys.as_ref()?;
    let place = keys.first().map_or(secret.meta.name_span, |key| key.span);
    let found = || list(keys.iter().map(|key| key.value.as_str()));
    if need.secret.is_ca {
        let is_missing = !may_have_ca(&secret.spec);
        return is_missing
            .then(|| (place, format!("has no `ca.crt` and no `cacert`, but {}", found())));
    }
    let has = |wanted: &str| keys.iter().any(|key| key.value == wanted);
    let Some((certificate_value, key_value)) = secret.spec.pair() else {
        let is_empty = |key: &&str| {
            secret.spec.value(key).is_some_and(|value| value.text.as_deref() == Some(""))
        };
        let wanted = ["tls.crt", "tls.key", "cert", "key"];
        if let Some(key) = wanted.iter().find(|key| is_empty(key)) {
            let span = secret.spec.value(key).map_or(place, |value| value.span);
            return Some((span, format!("`{key}` is empty")));
        }
        let why = "has neither `tls.crt` and `tls.key` nor `cert` and `key`, but";
        return Some((place, format!("{why} {}", found())));
    };
    if secret.spec.is_tls && !(has("tls.crt") && has("tls.key")) {
        let why =
            "type `kubernetes.io/tls` needs `tls.crt` and `tls.key`: the API server refuses it";
        return Some((place, why.to_owned()));
    }
    let certificate = match certificate_value.text.as_deref().map(certificate) {
        Some(Err(flaw)) => {
            return Some((certificate_value.span, format!("`{}` {flaw}", certificate_value.key)));
        }
        Some(Ok(certificate)) => certificate,
        None => None,
    };
    let key = match key_value.text.as_deref().map(private_key) {
        Some(Err(flaw)) => return Some((key_value.span, format!("`{}` {flaw}", key_value.key))),
        Some(Ok(key)) => key,
        None => None,
    };
    let differs = certificate?.key?.differs(&key?);
    let (certificate, key) = (&certificate_value.key, &key_value.key);
    differs.then(|| {
        (
            key_value.span,
            format!("the key in `{key}` does not belong to the certificate in `{certificate}`"),
        )
    })
}
