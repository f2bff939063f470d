//! Secrets, and what controllers make Secrets of, as far as a gateway reads them.

use crate::manifest::Meta;
use crate::text::{Span, Spanned, Str, base64, is_placeholder};
use crate::yaml::{Node, Scalar};

/// A Secret, or what a controller makes Secrets of.
#[derive(Clone, Debug, Default)]
pub struct Secret {
    /// The names of the Secrets, in the namespace of the object.
    pub names: Vec<String>,
    /// Keys of `data` and `stringData`; none: nobody knows, a controller fills it.
    pub keys: Option<Vec<Spanned<Str>>>,
    /// The values of those keys that a gateway reads.
    pub values: Vec<SecretValue>,
    /// Whether `type` says that it holds a certificate.
    pub is_tls: bool,
    /// `dnsNames` of a Certificate, and its `commonName`; none: nobody knows.
    pub dns_names: Option<Vec<Spanned<Str>>>,
    /// Whether annotations say that something copies it to other namespaces, or fills it.
    pub is_managed: bool,
}

/// A value of a Secret.
#[derive(Clone, Debug)]
pub struct SecretValue {
    /// Its key.
    pub key: String,
    /// Where the value is written.
    pub span: Span,
    /// What it says; none: nobody knows, something puts it in later.
    pub text: Option<String>,
}

/// Keys that a gateway reads (mirrors istio 1.32 `pilot/pkg/credentials/kube/secrets.go`).
const READ: [&str; 6] = ["cert", "key", "cacert", "tls.crt", "tls.key", "ca.crt"];

/// What stands in the keys of annotations by which tools copy or fill Secrets.
const MANAGED_BY: [&str; 8] =
    ["replicat", "reflect", "kubed", "sync", "vault", "avp.", "cert-manager", "inject"];

/// Words of texts that stand in place of a value.
const STAND_INS: [&str; 8] =
    ["<", "...", "replace", "change", "todo", "your", "placeholder", "example"];

impl Secret {
    /// Reads a Secret of Kubernetes.
    pub(super) fn read(meta: &Meta, node: Node<'_>) -> Self {
        let is_sops = node.get("sops").is_some();
        let is_managed = is_managed(meta);
        let mut keys = Vec::new();
        let mut values = Vec::new();
        for (field, is_encoded) in [("data", true), ("stringData", false)] {
            for (key, value) in node.get(field).into_iter().flat_map(Node::entries) {
                let name = key.key().into_owned();
                if READ.contains(&name.as_str()) {
                    let text = if is_sops { None } else { text_of(value, is_encoded) };
                    // `stringData` wins over `data`.
                    values.retain(|known: &SecretValue| known.key != name);
                    values.push(SecretValue { key: name.clone(), span: value.span(), text });
                }
                keys.push(Spanned::new(Str::from(name), key.span()));
            }
        }
        // What has nothing in it is filled by something.
        let is_filled = is_managed || keys.is_empty();
        Self {
            names: vec![meta.name().to_owned()],
            keys: (!is_filled).then_some(keys),
            values: if is_filled { Vec::new() } else { values },
            is_tls: node.get("type").and_then(string).as_deref() == Some("kubernetes.io/tls"),
            dns_names: None,
            is_managed,
        }
    }

    /// The Secrets that a controller makes of an object (4-rules.md, section A): sealed-secrets, external-secrets,
    /// cert-manager, sops-secrets-operator.
    pub(super) fn made_of(meta: &Meta, kind: &str, spec: Option<Node<'_>>) -> Option<Self> {
        let own = || meta.name().to_owned();
        let names = match kind {
            "SealedSecret" => vec![own()],
            "ExternalSecret" => {
                let target = spec.and_then(|spec| spec.get("target")?.get("name"));
                vec![target.and_then(string).unwrap_or_else(own)]
            }
            "Certificate" => vec![string(spec?.get("secretName")?)?],
            "SopsSecret" => {
                let templates = spec?.get("secretTemplates")?.items();
                templates.filter_map(|template| string(template.get("name")?)).collect()
            }
            _ => return None,
        };
        let dns_names = if kind == "Certificate" { dns_names(spec?) } else { None };
        let is_managed = is_managed(meta) || spec.is_some_and(is_copied);
        Some(Self { names, dns_names, is_managed, ..Self::default() })
    }

    /// The value of a key, if a gateway reads it.
    pub fn value(&self, key: &str) -> Option<&SecretValue> {
        self.values.iter().find(|value| value.key == key)
    }

    /// The values that a gateway takes for its certificate and the private key: of `cert` and `key`, else of `tls.crt` and
    /// `tls.key`, each pair if both have something in them (mirrors istio 1.32 `secrets.go: ExtractCertInfo`).
    pub fn pair(&self) -> Option<(&SecretValue, &SecretValue)> {
        let has_something =
            |value: &&SecretValue| value.text.as_ref().is_none_or(|text| !text.is_empty());
        let value = |key| self.value(key).filter(has_something);
        let pair = |certificate, key| Some((value(certificate)?, value(key)?));
        pair("cert", "key").or_else(|| pair("tls.crt", "tls.key"))
    }
}

pub(super) fn string(node: Node<'_>) -> Option<String> {
    match node.scalar() {
        Some(Scalar::Str(text)) => Some(text.to_owned()),
        _ => None,
    }
}

fn is_managed(meta: &Meta) -> bool {
    meta.annotations.iter().any(|(key, _)| is_manager(&key.value))
}

fn is_manager(annotation: &str) -> bool {
    let key = annotation.to_ascii_lowercase();
    MANAGED_BY.iter().any(|word| key.contains(word))
}

/// Whether the template of a Secret has an annotation by which a tool copies it.
fn is_copied(spec: Node<'_>) -> bool {
    let templates = [
        spec.get("secretTemplate"),
        spec.get("template").and_then(|template| template.get("metadata")),
        spec.get("target").and_then(|target| target.get("template")?.get("metadata")),
    ];
    let annotations =
        templates.into_iter().flatten().filter_map(|template| template.get("annotations"));
    annotations.flat_map(Node::entries).any(|(key, _)| is_manager(&key.key()))
}

/// The names that a Certificate of cert-manager asks for; none where a part of them is not written here.
fn dns_names(spec: Node<'_>) -> Option<Vec<Spanned<Str>>> {
    let listed = spec.get("dnsNames").into_iter().flat_map(Node::items);
    let nodes: Vec<Node<'_>> = listed.chain(spec.get("commonName")).collect();
    let read = |node: &Node<'_>| {
        let text = string(*node).filter(|text| !is_placeholder(text))?;
        Some(Spanned::new(Str::from(text.to_ascii_lowercase()), node.span()))
    };
    let names: Option<Vec<_>> = nodes.iter().map(read).collect();
    names.filter(|names| !names.is_empty())
}

/// What a value says; none where something else is put in its place.
fn text_of(value: Node<'_>, is_encoded: bool) -> Option<String> {
    let written = if value.is_null() { String::new() } else { string(value)? };
    if !is_encoded {
        return Some(written).filter(|text| !is_stand_in(text));
    }
    if is_stand_in(&written) {
        return None;
    }
    // The API server refuses other texts, so nobody applies them as they stand.
    let bytes = base64(&written)?;
    let text = String::from_utf8(bytes).unwrap_or_else(|_| "binary".to_owned());
    Some(text).filter(|text| !is_stand_in(text))
}

/// Whether a text stands in place of a value.
fn is_stand_in(text: &str) -> bool {
    if text.contains("-----BEGIN") {
        return text.contains("...") || is_placeholder(text);
    }
    let lower = text.to_ascii_lowercase();
    is_placeholder(text) || STAND_INS.iter().any(|word| lower.contains(word))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_stands_in_for_a_value_is_told_apart() {
        for text in [
            "${TLS_CRT}",
            "<base64>",
            "REPLACE_ME",
            "LS0t...",
            "ENC[AES256_GCM,data:x]",
            "{{ .crt }}",
        ] {
            assert!(is_stand_in(text), "{text}");
        }
        for text in ["", "LS0tLS1CRUdJTg==", "-----BEGIN CERTIFICATE-----\nMIIB\n", "hello"] {
            assert!(!is_stand_in(text), "{text}");
        }
    }
}
