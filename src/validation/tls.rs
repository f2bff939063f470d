//! Checks of `tls` of a server or of an ingress listener (3-validation.md B.3, from G-25 on).

use rustc_hash::FxHashMap;

use crate::istio::gateway::{CIPHER_SUITES, ServerTls, TlsMode, TlsProtocol, is_cipher_suite};
use crate::istio::objection::{Objections, text};
use crate::text::{Span, Spanned, Str};

/// Mirrors istio 1.32 `pkg/config/validation: validateTLSOptions`.
pub(super) fn check(tls: &ServerTls, out: &mut Objections) {
    versions(tls, out);
    ciphers(tls, out);
    let mode = tls.mode();
    if mode == TlsMode::IstioMutual {
        return istio_mutual(tls, out);
    }
    if matches!(mode, TlsMode::Passthrough | TlsMode::AutoPassthrough) {
        ignored(tls, mode, out);
    }
    sources(tls, out);
    let terminates = matches!(mode, TlsMode::Simple | TlsMode::Mutual | TlsMode::OptionalMutual);
    let has_credential = !text(&tls.credential_name).is_empty() || !tls.credential_names.is_empty();
    // G-36: what a credential holds nobody can see.
    if terminates && has_credential {
        return;
    }
    if terminates {
        files(tls, mode, out);
    }
    revocations(tls, mode, out);
}

/// G-25.
fn versions(tls: &ServerTls, out: &mut Objections) {
    let Some(least) = tls.min_protocol_version else { return };
    let is_old = matches!(least.value, TlsProtocol::V1_0 | TlsProtocol::V1_1);
    if is_old && tls.cipher_suites.is_empty() {
        let least_name = least.value.as_str();
        let message = format!(
            "`{least_name}` needs `cipherSuites`: none of the ones by default works below TLS 1.2"
        );
        out.warn("G-25", least.span, message)
            .help("write `TLSV1_2`, or list `cipherSuites` that clients of old versions know");
    }
}

/// G-32 and G-33: suites that are left out.
fn ciphers(tls: &ServerTls, out: &mut Objections) {
    let mut first: FxHashMap<&str, Span> = FxHashMap::default();
    for suite in &tls.cipher_suites {
        let earlier = first.get(suite.as_str()).copied();
        first.entry(suite.as_str()).or_insert(suite.span);
        match (is_cipher_suite(suite), earlier) {
            (true, None) => {}
            (true, Some(earlier)) => {
                out.warn("G-33", suite.span, format!("cipher suite `{suite}` is listed twice"))
                    .related(earlier, "listed here before");
            }
            (false, _) => {
                let message = format!("cipher suite `{suite}` is unknown to Istio and ignored");
                let near = ["ALL"]
                    .iter()
                    .chain(&CIPHER_SUITES)
                    .find(|known| known.eq_ignore_ascii_case(suite));
                let objection = out.warn("G-32", suite.span, message);
                if let Some(known) = near {
                    objection.help(format!("write `{known}`")).fix(*known);
                }
            }
        }
    }
}

/// G-26 to G-31.
fn istio_mutual(tls: &ServerTls, out: &mut Objections) {
    let checks = ["G-26", "G-27", "G-28", "G-29", "G-30", "G-31"];
    let fields = [
        one("serverCertificate", tls.server_certificate.as_ref()),
        one("privateKey", tls.private_key.as_ref()),
        one("caCertificates", tls.ca_certificates.as_ref()),
        tls.tls_certificates.first().map(|entry| ("tlsCertificates", entry.span)),
        one("credentialName", tls.credential_name.as_ref()),
        tls.credential_names.first().map(|name| ("credentialNames", name.span)),
    ];
    for (check, field) in checks.into_iter().zip(fields) {
        let Some((field, span)) = field else { continue };
        let message =
            format!("mode `ISTIO_MUTUAL` takes no `{field}`: it has Istio's certificates");
        let objection = out.reject(check, span, message);
        objection.help(format!("remove `{field}`, or write `mode: MUTUAL`"));
        if let Some(mode) = tls.mode {
            objection.related(mode.span, "the mode");
        }
    }
}

/// A text field that is not empty: its name and place.
fn one(field: &'static str, value: Option<&Spanned<Str>>) -> Option<(&'static str, Span)> {
    let value = value.filter(|value| !value.is_empty())?;
    Some((field, value.span))
}

/// G-34.
fn ignored(tls: &ServerTls, mode: TlsMode, out: &mut Objections) {
    let crl = one("caCrl", tls.ca_crl.as_ref());
    let Some((field, span)) = tls.certificates().into_iter().next().or(crl) else { return };
    let mode_name = mode.as_str();
    let how = if tls.mode.is_some() { "" } else { ", which counts where none is written," };
    let message = format!("mode `{mode_name}`{how} uses no certificates: `{field}` is ignored");
    let objection = out.warn("G-34", span, message);
    objection.here("not used").rests_on(tls.span);
    match tls.mode {
        Some(mode) => objection
            .related(mode.span, "TLS is passed on")
            .help("remove the certificates, or write a mode that terminates TLS, such as `SIMPLE`"),
        None => objection.help("write `mode: SIMPLE`, or remove the certificates"),
    };
}

/// G-35: one source of certificates.
fn sources(tls: &ServerTls, out: &mut Objections) {
    let key = one("privateKey", tls.private_key.as_ref());
    let pair = one("serverCertificate", tls.server_certificate.as_ref()).filter(|_| key.is_some());
    let found: Vec<(&str, Span)> = [
        pair,
        one("credentialName", tls.credential_name.as_ref()),
        tls.credential_names.first().map(|name| ("credentialNames", name.span)),
        tls.tls_certificates.first().map(|entry| ("tlsCertificates", entry.span)),
    ]
    .into_iter()
    .flatten()
    .collect();
    if found.len() < 2 {
        return;
    }
    let names: Vec<String> = found.iter().map(|(field, _)| format!("`{field}`")).collect();
    let message = format!("certificates come from one source, not from {}", names.join(" and "));
    let objection = out.reject("G-35", tls.span, message);
    // `sds` was a word for the Secret once, no file.
    let is_word = |field: &Option<Spanned<Str>>| field.as_ref().is_some_and(|v| v.value == "sds");
    let is_first_a_word = pair.is_some() && is_word(&tls.server_certificate);
    objection.help(format!("keep {} alone", names[usize::from(is_first_a_word)]));
    for (_, span) in found {
        objection.related(span, "a source");
    }
}

/// G-37 to G-40: certificates in files.
fn files(tls: &ServerTls, mode: TlsMode, out: &mut Objections) {
    let mode_name = mode.as_str();
    if mode != TlsMode::Simple && text(&tls.ca_certificates).is_empty() {
        let span = tls.ca_certificates.as_ref().map_or(tls.span, |file| file.span);
        let message = format!("`{mode_name}` requires `caCertificates`: Istio refuses the Gateway");
        let objection = out.lacks("G-37", span, message);
        objection.help("add `caCertificates`, or take all from a Secret by `credentialName`");
        if let Some(name) = &tls.ca_cert_credential_name {
            objection.related(name.span, "counts with `credentialName` alone");
        }
    }
    if let Some(third) = tls.tls_certificates.get(2) {
        let message = format!("`{mode_name}` can use two certificates, one RSA and one ECDSA");
        out.warn("G-38", third.span, message).here("too many");
    }
    if tls.tls_certificates.is_empty() {
        pair(tls.span, [&tls.server_certificate, &tls.private_key], mode_name, out);
    }
    for entry in &tls.tls_certificates {
        pair(entry.span, [&entry.server_certificate, &entry.private_key], mode_name, out);
    }
}

/// G-39 and G-40: certificate and key.
fn pair(
    span: Span,
    [certificate, key]: [&Option<Spanned<Str>>; 2],
    mode: &str,
    out: &mut Objections,
) {
    for (check, field, what) in
        [("G-39", certificate, "server certificate"), ("G-40", key, "private key")]
    {
        if text(field).is_empty() {
            let message = format!("`{mode}` requires a {what}: Istio refuses the Gateway");
            out.lacks(check, span, message)
                .help("add `credentialName`, or both `serverCertificate` and `privateKey`");
        }
    }
}

/// G-41 and G-42. With a terminating mode and a credential nobody looks (G-36).
fn revocations(tls: &ServerTls, mode: TlsMode, out: &mut Objections) {
    let Some(list) = tls.ca_crl.as_ref().filter(|list| !list.is_empty()) else { return };
    if let Some((_, credential)) = one("credentialName", tls.credential_name.as_ref()) {
        let message = "`caCrl` cannot stand beside `credentialName`";
        out.reject("G-41", list.span, message)
            .rests_on(tls.span)
            .related(credential, "the credential")
            .help("put the list into the Secret under the key `ca.crl`");
    }
    if mode == TlsMode::Simple {
        let message = "mode `SIMPLE` takes no `caCrl`: clients have no certificate there";
        let objection = out.reject("G-42", list.span, message);
        objection.help("remove it, or write `mode: MUTUAL`");
        if let Some(mode) = tls.mode {
            objection.related(mode.span, "the mode");
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::istio::gateway::is_cipher_suite;

    #[test]
    fn suites_have_names_of_openssl_in_upper_case() {
        for (text, expected) in [
            ("ECDHE-RSA-AES128-GCM-SHA256", true),
            ("ALL", true),
            ("", true),
            ("-PSK", true),
            ("[AES128-SHA|AES256-SHA]", true),
            ("aes128-sha", false),
            ("AES128-SHA ", false),
            ("TLS_AES_128_GCM_SHA256", false),
            ("\u{e9}", false),
        ] {
            assert_eq!(is_cipher_suite(text), expected, "{text}");
        }
    }
}
