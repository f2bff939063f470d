//! `tls` of a policy.

use super::Place;
use crate::istio::destination_rule::{ClientTls, ClientTlsMode};
use crate::istio::objection::{Objections, text};
use crate::istio::virtual_service::Text;
use crate::text::Span;

/// D-61 to D-67: mirrors istio 1.32 `pkg/config/validation/agent: ValidateTLS`.
pub(super) fn check(tls: &ClientTls, place: Place<'_>, out: &mut Objections) {
    config_map(tls, place, out);
    let mode = tls.mode.map_or(ClientTlsMode::Disable, |mode| mode.value);
    unchecked_servers(tls, mode, out);
    let is_mutual = mode == ClientTlsMode::Mutual;
    if !is_mutual && mode != ClientTlsMode::Simple {
        return;
    }
    if let Some(credential) = written(&tls.credential_name) {
        let files = [
            ("clientCertificate", &tls.client_certificate),
            ("caCertificates", &tls.ca_certificates),
            ("privateKey", &tls.private_key),
            ("caCrl", &tls.ca_crl),
        ];
        let file = files.into_iter().find_map(|(name, field)| Some((name, written(field)?)));
        if let Some((name, span)) = file {
            let message = format!("`credentialName` and `{name}` exclude each other");
            out.reject("D-65", span, message)
                .related(credential, "the certificates come from here")
                .help("remove the files, or `credentialName`");
        }
        return;
    }
    if is_mutual && text(&tls.client_certificate).is_empty() {
        out.lacks("D-66", tls.span, "mode MUTUAL needs `clientCertificate` or `credentialName`")
            .field("clientCertificate");
    }
    if is_mutual && text(&tls.private_key).is_empty() {
        out.lacks("D-67", tls.span, "mode MUTUAL needs `privateKey` or `credentialName`")
            .field("privateKey");
    }
}

/// D-61 and D-62.
fn config_map(tls: &ClientTls, place: Place<'_>, out: &mut Objections) {
    let Some(field) = &tls.credential_name else { return };
    let Some(name) = field.value.strip_prefix("configmap://") else { return };
    match name.split_once('/') {
        Some((namespace, name)) if !namespace.is_empty() && !name.is_empty() => {
            if namespace != place.namespace {
                let message = format!(
                    "the ConfigMap must be in the namespace `{}` of the object",
                    place.namespace
                );
                out.reject("D-62", field.span, message);
            }
        }
        _ => {
            let message =
                format!("`{}` is not of the form `configmap://namespace/name`", field.value);
            out.reject("D-61", field.span, message);
        }
    }
}

/// D-63 and D-64: what servers are checked by, where they are not to be checked.
fn unchecked_servers(tls: &ClientTls, mode: ClientTlsMode, out: &mut Objections) {
    let Some(skip) = tls.insecure_skip_verify.filter(|skip| skip.value) else { return };
    let (check, takes_credential) = match mode {
        ClientTlsMode::Simple => ("D-63", false),
        ClientTlsMode::Mutual => ("D-64", true),
        _ => return,
    };
    let credential = written(&tls.credential_name).filter(|_| !takes_credential);
    let names = tls.subject_alt_names.first().map(|name| name.span);
    let used = [
        ("caCertificates", written(&tls.ca_certificates)),
        ("credentialName", credential),
        ("subjectAltNames", names),
    ];
    if let Some((name, span)) = used.into_iter().find_map(|(name, span)| Some((name, span?))) {
        let message = format!("`{name}` checks servers, `insecureSkipVerify` does not");
        out.reject(check, span, message)
            .related(skip.span, "servers are not checked")
            .help(format!("remove `{name}` or `insecureSkipVerify`"));
    }
}

/// Where a text that is not empty is written.
fn written(field: &Text) -> Option<Span> {
    field.as_ref().filter(|text| !text.value.is_empty()).map(|text| text.span)
}
