//! GW212: a certificate that does not hold, or not much longer.

use crate::certificate::certificate;
use crate::finding::{RuleOption, Severity};
use crate::manifest::date;
use crate::rules::SecretPresences;
use crate::rules::credentials::{needs, written};
use crate::rules::prelude::*;

rule! {
    /// ## What it reports
    /// A certificate of a server, in a Secret of the input, that has expired or is not valid yet; as a warning, one that
    /// expires within 21 days, or as many as the config file says under `rules.certificate-validity.cert_days`.
    ///
    /// ## Why it matters
    /// Envoy serves it all the same, and clients refuse it (`NET::ERR_CERT_DATE_INVALID`, `certificate has expired`).
    ///
    /// ## Example
    /// ```yaml
    /// apiVersion: v1
    /// kind: Secret
    /// metadata: {name: shop-example-com, namespace: istio-system}
    /// stringData:
    ///   tls.key: ${KEY}
    ///   tls.crt: |
    ///     -----BEGIN CERTIFICATE-----
    ///     MIIBPTCB5KADAgECAhMSFtsemda1Tm3q9TQocL325wqEMAoGCCqGSM49BAMCMA8x
    ///     DTALBgNVBAMMBHNob3AwHhcNMjUwMTAxMDAwMDAwWhcNMjYwMTAxMDAwMDAwWjAP
    ///     MQ0wCwYDVQQDDARzaG9wMFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAEdOlv3GeC
    ///     W8nCJqy9YaoQDNAJvqLvrufX02h4jVW4PpjIVbcbeBXyxc5uYaa1PE3bKohgyQ9O
    ///     x8fQSJxGYXOz16MfMB0wGwYDVR0RBBQwEoIQc2hvcC5leGFtcGxlLmNvbTAKBggq
    ///     hkjOPQQDAgNIADBFAiEA0hV6B2lEgNAvlfotG8H+eGM3uydiB2zrbNhgaJG5fuYC
    ///     ICo6k/LLASNpJwmlVhZLEV7GLWTs00M/q34qwPe17r/D
    ///     -----END CERTIFICATE-----
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
    /// stringData:
    ///   tls.key: ${KEY}
    ///   tls.crt: |
    ///     -----BEGIN CERTIFICATE-----
    ///     MIIBPzCB5aADAgECAhRW4jHi2yhybzqgq5OVmhhYvu2+4jAKBggqhkjOPQQDAjAP
    ///     MQ0wCwYDVQQDDARzaG9wMB4XDTI2MDEwMTAwMDAwMFoXDTQ2MDEwMTAwMDAwMFow
    ///     DzENMAsGA1UEAwwEc2hvcDBZMBMGByqGSM49AgEGCCqGSM49AwEHA0IABI3283sK
    ///     MXO0IVIjF8xsr7GTAlF+4hLqlCAONukRMX/uNgdk0+EPv1Cu08N8PBgNM/ZCOeiQ
    ///     YEqOeikDEH2vR1ajHzAdMBsGA1UdEQQUMBKCEHNob3AuZXhhbXBsZS5jb20wCgYI
    ///     KoZIzj0EAwIDSQAwRgIhAN1bi3voKuK5wUlhmtA39YSWG1I4fj1zMRFYedOtdtsa
    ///     AiEA1mnnYG3Uy5COU7FSChnD5o6xGXGpTv4InGncAsyGSfU=
    ///     -----END CERTIFICATE-----
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
    CERTIFICATE_VALIDITY = "GW212" "certificate-validity", Error, also "IST0161"; option CERT_DAYS
}

/// How many days before its end a certificate should have been renewed.
static CERT_DAYS: RuleOption = RuleOption { name: "cert_days", default: 21 };

fn check(world: &World<'_>, out: &mut Findings) {
    let Some(now) = world.now else { return };
    let days = i64::from(world.options.value(&CERT_DAYS));
    let presences = SecretPresences::new(world.mesh, world.complete, world.unread);
    let needs = needs(world, &presences);
    for (secret, need) in
        written(&presences, &needs).into_iter().filter(|(_, need)| !need.secret.is_ca)
    {
        let Some((value, _)) = secret.spec.pair() else { continue };
        let read = value.text.as_deref().map(certificate);
        let Some(Ok(Some(certificate))) = read else { continue };
        let (from, until) = (certificate.not_before, certificate.not_after);
        let (what, severity) = if until < now {
            (format!("expired on {}", date(until)), Severity::Error)
        } else if from > now {
            (format!("is not valid before {}", date(from)), Severity::Error)
        } else if until - now < days * 86400 {
            (format!("expires on {}", date(until)), Severity::Warning)
        } else {
            continue;
        };
        let message = format!("the certificate in Secret `{}` {what}", need.name());
        out.report(&CERTIFICATE_VALIDITY, &secret.meta.subject, value.span, message)
            .severity(severity)
            .here(format!("valid from {} to {}", date(from), date(until)))
            .label(need.named.span, format!("`{}` shows it to clients", need.server.name()))
            .help("renew the certificate");
    }
}
