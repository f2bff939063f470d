//! TLS contexts of terminating servers (spec 1, 6.11; mirrors istio 1.32 `listener.go: BuildListenerTLSContext`,
//! `pilot/pkg/security/model/authentication.go`).

use crate::envoy::listener::{CertificateValidation, DownstreamTls, TlsParams};
use crate::istio::gateway::{Protocol, Server, ServerTls, TlsMode, TlsProtocol, is_cipher_suite};
use crate::mesh::Mesh;
use crate::text::{Spanned, Str};

/// The TLS context of a server, if it terminates TLS.
pub(super) fn context(server: &Server, mesh: &Mesh) -> Option<DownstreamTls> {
    let tls = server.tls.as_deref()?;
    let mode = server.tls_mode()?;
    let is_istio = mode == TlsMode::IstioMutual;
    let alpn_protocols = if is_istio && server.protocol() != Protocol::Https {
        vec!["istio-peer-exchange", "h2", "http/1.1"]
    } else {
        vec!["h2", "http/1.1"]
    };
    Some(DownstreamTls {
        mode,
        alpn_protocols,
        certificates: if is_istio { vec!["default".to_owned()] } else { certificates(tls, mesh) },
        require_client_certificate: matches!(mode, TlsMode::Mutual | TlsMode::IstioMutual),
        validation: validation(tls, mode, mesh),
        params: if is_istio { TlsParams::default() } else { params(tls, mesh) },
    })
}

fn text(text: Option<&Spanned<Str>>) -> &str {
    text.map_or("", |text| text.value.as_str())
}

/// Names of Secrets: `credentialNames`, else `credentialName`.
fn credentials(tls: &ServerTls) -> Vec<&str> {
    if !tls.credential_names.is_empty() {
        return tls.credential_names.iter().map(|name| name.value.as_str()).collect();
    }
    match text(tls.credential_name.as_ref()) {
        "" => Vec::new(),
        name => vec![name],
    }
}

/// SDS names of the certificates: Secrets, else files, else the workload's own.
fn certificates(tls: &ServerTls, mesh: &Mesh) -> Vec<String> {
    let names = credentials(tls);
    if !names.is_empty() {
        return names.into_iter().map(|name| secret(name, mesh)).collect();
    }
    let file = |certificate: &str, key: &str| format!("file-cert:{certificate}~{key}");
    if !tls.tls_certificates.is_empty() {
        let pair = |entry: &crate::istio::gateway::TlsCertificate| {
            file(text(entry.server_certificate.as_ref()), text(entry.private_key.as_ref()))
        };
        return tls.tls_certificates.iter().map(pair).collect();
    }
    match (text(tls.server_certificate.as_ref()), text(tls.private_key.as_ref())) {
        ("", _) => vec!["default".to_owned()],
        (certificate, key) => vec![file(certificate, key)],
    }
}

/// The SDS name of a credential (mirrors istio 1.32 `credentials/resource.go: ToResourceName`).
fn secret(name: &str, mesh: &Mesh) -> String {
    if name == "builtin://" {
        return "default".to_owned();
    }
    if let Some(external) = name.strip_prefix("sds://") {
        let has_server =
            mesh.config.extension_providers.iter().any(|provider| provider.sds.is_some());
        return match (has_server, mesh.version.knows_external_sds()) {
            (true, true) => external.to_owned(),
            (true, false) => name.to_owned(),
            (false, true) => format!("kubernetes://{external}"),
            (false, false) => format!("kubernetes://{name}"),
        };
    }
    if ["kubernetes://", "kubernetes-gateway://", "configmap://"]
        .iter()
        .any(|p| name.starts_with(p))
    {
        return name.to_owned();
    }
    format!("kubernetes://{name}")
}

/// How client certificates are validated.
fn validation(tls: &ServerTls, mode: TlsMode, mesh: &Mesh) -> Option<CertificateValidation> {
    let names =
        |list: &[Spanned<Str>]| list.iter().map(|name| name.value.to_string()).collect::<Vec<_>>();
    let subject_alt_names = names(&tls.subject_alt_names);
    let ca = match mode {
        TlsMode::IstioMutual => Some("ROOTCA".to_owned()),
        TlsMode::Mutual | TlsMode::OptionalMutual => Some(authority(tls, mesh)),
        _ => None,
    };
    let has_credential = !credentials(tls).is_empty();
    if ca.is_none() && (subject_alt_names.is_empty() || !has_credential) {
        return None;
    }
    // Hashes stand beside a CA alone, and only where certificates come from a Secret.
    let pins = |list| if has_credential && ca.is_some() { names(list) } else { Vec::new() };
    Some(CertificateValidation {
        certificate_hashes: pins(&tls.verify_certificate_hash),
        certificate_spki: pins(&tls.verify_certificate_spki),
        ca,
        subject_alt_names,
    })
}

/// The SDS name of the CA for clients.
fn authority(tls: &ServerTls, mesh: &Mesh) -> String {
    if let Some(first) = credentials(tls).first() {
        let own = text(tls.ca_cert_credential_name.as_ref());
        if !own.is_empty() {
            return secret(own, mesh);
        }
        if first.starts_with("sds://") && !mesh.version.knows_external_sds() {
            return format!("kubernetes://{first}-cacert");
        }
        let name = secret(first, mesh);
        return if name == "default" { "ROOTCA".to_owned() } else { format!("{name}-cacert") };
    }
    match text(tls.ca_certificates.as_ref()) {
        "" => "ROOTCA".to_owned(),
        file => format!("file-root:{file}"),
    }
}

fn version(version: TlsProtocol) -> Option<&'static str> {
    match version {
        TlsProtocol::V1_0 => Some("TLSv1_0"),
        TlsProtocol::V1_1 => Some("TLSv1_1"),
        TlsProtocol::V1_2 => Some("TLSv1_2"),
        TlsProtocol::V1_3 => Some("TLSv1_3"),
        TlsProtocol::Auto | TlsProtocol::Other(_) => None,
    }
}

/// Parameters of the server, else those of the mesh; unknown and repeated suites of the server are removed.
fn params(tls: &ServerTls, mesh: &Mesh) -> TlsParams {
    let defaults = &mesh.config.tls_defaults;
    let default_minimum = match defaults.min_protocol_version.as_deref() {
        Some("TLSV1_0") => Some("TLSv1_0"),
        Some("TLSV1_1") => Some("TLSv1_1"),
        Some("TLSV1_2") => Some("TLSv1_2"),
        Some("TLSV1_3") => Some("TLSv1_3"),
        _ => None,
    };
    let mut cipher_suites: Vec<String> = Vec::new();
    for suite in &tls.cipher_suites {
        if is_cipher_suite(&suite.value) && !cipher_suites.iter().any(|known| *known == suite.value)
        {
            cipher_suites.push(suite.value.to_string());
        }
    }
    // The server's list counts as it is after filtering: without a valid suite the mesh decides.
    if cipher_suites.is_empty() {
        cipher_suites.clone_from(&defaults.cipher_suites);
    }
    let mut ecdh_curves: Vec<String> =
        tls.ecdh_curves.iter().map(|curve| curve.value.to_string()).collect();
    if ecdh_curves.is_empty() {
        ecdh_curves.clone_from(&defaults.ecdh_curves);
    }
    TlsParams {
        minimum_version: tls
            .min_protocol_version
            .and_then(|v| version(v.value))
            .or(default_minimum),
        maximum_version: tls.max_protocol_version.and_then(|v| version(v.value)),
        cipher_suites,
        ecdh_curves,
    }
}
