//! Whether the TLS handshake with a filter chain succeeds.
//!
//! Mirrors `source/common/tls/cert_validator/default_validator.cc`: `DefaultCertValidator::initializeSslContexts`,
//! where names, hashes and keys to verify make a certificate obligatory whatever the chain says (1.40).

use super::answer::{Outcome, Reason};
use super::request::ClientCertificate;
use crate::envoy::listener::DownstreamTls;

/// Why a client that speaks TLS 1.2 and 1.3 gets no connection.
pub(super) fn handshake(
    tls: &DownstreamTls,
    certificate: ClientCertificate,
) -> Result<(), (Outcome, Reason)> {
    let (minimum, maximum) =
        (version(tls.params.minimum_version), version(tls.params.maximum_version));
    if minimum.zip(maximum).is_some_and(|(minimum, maximum)| minimum > maximum) {
        return Err((Outcome::Closed, Reason::NoTlsVersion));
    }
    if maximum.is_some_and(|maximum| maximum < 2) {
        return Err((Outcome::TlsRejected, Reason::TlsTooOld));
    }
    if certificate == ClientCertificate::None && requires_certificate(tls) {
        return Err((Outcome::TlsRejected, Reason::CertificateRequired));
    }
    if certificate == ClientCertificate::ByName && pins_certificate(tls) {
        return Err((Outcome::TlsRejected, Reason::CertificateRefused));
    }
    Ok(())
}

/// Whether clients are asked for a certificate.
pub fn asks_for_certificate(tls: &DownstreamTls) -> bool {
    tls.validation.is_some() || requires_certificate(tls)
}

/// Whether clients without certificate are turned away.
fn requires_certificate(tls: &DownstreamTls) -> bool {
    tls.require_client_certificate
        || pins_certificate(tls)
        || tls.validation.as_ref().is_some_and(|checks| !checks.subject_alt_names.is_empty())
}

/// Whether only certain certificates or keys are accepted.
fn pins_certificate(tls: &DownstreamTls) -> bool {
    tls.validation.as_ref().is_some_and(|checks| {
        !checks.certificate_hashes.is_empty() || !checks.certificate_spki.is_empty()
    })
}

/// The minor version of `TLSv1_2`.
fn version(name: Option<&str>) -> Option<u8> {
    name?.strip_prefix("TLSv1_")?.parse().ok()
}
