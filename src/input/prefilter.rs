//! Which bytes can hold objects that matter, without parsing them. Knows nothing of files, and of YAML only
//! what the first column tells.

use std::sync::LazyLock;

use memchr::memmem::{self, Finder};

/// API groups and those of their kinds that matter; no kinds: all of them. Core is the empty group.
const KINDS: &[(&str, &[&str])] = &[
    ("", &["Service", "Pod", "Secret", "Namespace", CONFIG_MAP]),
    ("apps", WORKLOADS),
    ("argoproj.io", &["Rollout"]),
    ("extensions", &["Deployment", "DaemonSet", "Ingress"]),
    ("networking.k8s.io", &["Ingress"]),
    (GATEWAY_API, &[]),
    // What Secrets are made of.
    ("bitnami.com", &["SealedSecret"]),
    ("external-secrets.io", &["ExternalSecret"]),
    ("cert-manager.io", &["Certificate"]),
    ("isindir.github.com", &["SopsSecret"]),
];

const WORKLOADS: &[&str] = &["Deployment", "StatefulSet", "DaemonSet"];

/// Matters only when it is named `istio`: the mesh configuration.
const CONFIG_MAP: &str = "ConfigMap";

const GATEWAY_API: &str = "gateway.networking.k8s.io";

/// Groups that contain this matter with all their kinds, so that a mistyped kind or group, or one without version, is
/// still reported.
const ISTIO: &str = "istio";

static ISTIO_GROUP: LazyLock<Finder<'static>> = LazyLock::new(|| Finder::new("istio.io"));
static GATEWAY_GROUP: LazyLock<Finder<'static>> = LazyLock::new(|| Finder::new(GATEWAY_API));
static KIND: LazyLock<Finder<'static>> = LazyLock::new(|| Finder::new("kind"));
static API_VERSION: LazyLock<Finder<'static>> = LazyLock::new(|| Finder::new("apiVersion"));
static SEPARATOR: LazyLock<Finder<'static>> = LazyLock::new(|| Finder::new("\n---"));

/// Whether a file can hold an object that matters. Foreign YAML is told apart at the speed of memory.
pub(super) fn file_matters(bytes: &[u8]) -> bool {
    mentions(bytes) && documents(bytes).any(matters)
}

/// Whether a document of a stream can hold an object that matters: by its `apiVersion` and `kind` at the start
/// of a line. Where these do not tell (one is missing, twice there, not a plain word, or the document is JSON),
/// the answer is yes, unless neither word occurs at all.
pub fn document_matters(chunk: &str) -> bool {
    matters(chunk.as_bytes())
}

/// A first look that may only err towards yes: a group that matters, or a kind at any depth.
pub(super) fn mentions(bytes: &[u8]) -> bool {
    // Most files that have neither group have one of the kinds early.
    let has_kind = KIND.find_iter(bytes).any(|at| match value_after(bytes, at + 4) {
        Value::Word(kind) => is_list(kind) || KINDS.iter().any(|(_, kinds)| names(kinds, kind)),
        Value::Odd => starts_line(bytes, at),
        Value::NoKey => false,
    });
    has_kind || ISTIO_GROUP.find(bytes).is_some() || GATEWAY_GROUP.find(bytes).is_some()
}

fn documents(bytes: &[u8]) -> impl Iterator<Item = &[u8]> {
    let mut rest = Some(bytes);
    std::iter::from_fn(move || {
        let chunk = rest?;
        let (document, next) = match SEPARATOR.find(chunk) {
            Some(at) => (&chunk[..=at], Some(&chunk[at + 1..])),
            None => (chunk, None),
        };
        rest = next;
        Some(document)
    })
}

fn matters(chunk: &[u8]) -> bool {
    let version = header(chunk, &API_VERSION);
    let kind = header(chunk, &KIND);
    match (version, kind) {
        (Header::Value(version), Header::Value(kind)) if !is_flow(chunk) => {
            group_matters(group(version), kind)
                && (kind != CONFIG_MAP.as_bytes() || named_istio(chunk))
        }
        (Header::Absent, Header::Absent) => false,
        _ => true,
    }
}

fn group_matters(group: &[u8], kind: &[u8]) -> bool {
    is_list(kind)
        || memmem::find(group, ISTIO.as_bytes()).is_some()
        || KINDS.iter().any(|(name, kinds)| {
            name.as_bytes() == group && (kinds.is_empty() || names(kinds, kind))
        })
}

fn names(kinds: &[&str], kind: &[u8]) -> bool {
    kinds.iter().any(|name| name.as_bytes() == kind)
}

fn is_list(kind: &[u8]) -> bool {
    kind.ends_with(b"List")
}

fn group(version: &[u8]) -> &[u8] {
    // Without `/` it is a version of the core group, or a group that lacks its version.
    let core = if memmem::find(version, ISTIO.as_bytes()).is_some() { version } else { &[] };
    memchr::memchr(b'/', version).map_or(core, |at| &version[..at])
}

fn named_istio(chunk: &[u8]) -> bool {
    memmem::find_iter(chunk, "name").any(|at| value_after(chunk, at + 4) == Value::Word(b"istio"))
}

/// What the start of the lines says about a key.
enum Header<'a> {
    /// The text does not occur in the document.
    Absent,
    /// It occurs, but not once with a plain word.
    Unclear,
    Value(&'a [u8]),
}

fn header<'a>(chunk: &'a [u8], key: &Finder) -> Header<'a> {
    let mut found = Header::Absent;
    for at in key.find_iter(chunk) {
        match value_after(chunk, at + key.needle().len()) {
            _ if !starts_line(chunk, at) => {
                if matches!(found, Header::Absent) {
                    found = Header::Unclear;
                }
            }
            Value::NoKey => {}
            Value::Odd => return Header::Unclear,
            Value::Word(_) if matches!(found, Header::Value(_)) => return Header::Unclear,
            Value::Word(value) => found = Header::Value(value),
        }
    }
    found
}

/// Whether the key at `at` starts its line, quoted or not.
fn starts_line(bytes: &[u8], at: usize) -> bool {
    let before = &bytes[..at];
    let before = before.strip_suffix(b"\"").or(before.strip_suffix(b"'")).unwrap_or(before);
    matches!(before.last(), None | Some(b'\n' | b'\r'))
}

/// Whether the document starts with a flow collection or with content on the line of its `---`.
fn is_flow(chunk: &[u8]) -> bool {
    let chunk = chunk.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(chunk);
    if let Some(rest) = chunk.strip_prefix(b"---") {
        let line = rest.split(|&byte| byte == b'\n').next().unwrap_or_default().trim_ascii();
        if !(line.is_empty() || line.starts_with(b"#")) {
            return true;
        }
    }
    let mut lines = chunk.split(|&byte| byte == b'\n').map(<[u8]>::trim_ascii);
    let first =
        lines.find(|line| !line.is_empty() && !line.starts_with(b"#") && !line.starts_with(b"---"));
    // `{{` opens a template, whose lines still start with the keys.
    first.is_some_and(|line| {
        line.starts_with(b"[") || line.starts_with(b"{") && !line.starts_with(b"{{")
    })
}

/// What follows a key.
#[derive(PartialEq)]
enum Value<'a> {
    /// A plain or quoted word.
    Word(&'a [u8]),
    /// An anchor, a tag, a template, a block, or nothing on this line.
    Odd,
    /// No colon: it was not a key.
    NoKey,
}

fn value_after(bytes: &[u8], at: usize) -> Value<'_> {
    let rest = &bytes[at..];
    let rest = rest.strip_prefix(b"\"").or(rest.strip_prefix(b"'")).unwrap_or(rest);
    let Some(rest) = skip_blanks(rest).strip_prefix(b":") else { return Value::NoKey };
    let rest = skip_blanks(rest);
    let rest = rest.strip_prefix(b"\"").or(rest.strip_prefix(b"'")).unwrap_or(rest);
    let is_word =
        |byte: &u8| byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'/' | b'-' | b'_');
    let end = rest.iter().position(|byte| !is_word(byte)).unwrap_or(rest.len());
    match (end, rest.get(end)) {
        (0, _) => Value::Odd,
        (_, None | Some(b' ' | b'\t' | b'\r' | b'\n' | b'"' | b'\'' | b',' | b'}' | b']')) => {
            Value::Word(&rest[..end])
        }
        _ => Value::Odd,
    }
}

fn skip_blanks(bytes: &[u8]) -> &[u8] {
    let end = bytes.iter().position(|byte| !matches!(byte, b' ' | b'\t')).unwrap_or(bytes.len());
    &bytes[end..]
}

#[cfg(test)]
mod tests {
    use super::*;

    fn header(version: &str, kind: &str) -> String {
        format!("apiVersion: {version}\nkind: {kind}\nmetadata:\n  name: shop\n")
    }

    #[test]
    fn kinds_that_matter() {
        for (version, kind) in [
            ("networking.istio.io/v1", "Gateway"),
            ("networking.istio.io/v1beta1", "VirtualServce"),
            ("network.istio.io/v1", "VirtualService"),
            ("networking.istio.io", "VirtualService"),
            ("security.istio.io/v1", "AuthorizationPolicy"),
            ("telemetry.istio.io/v1", "Telemetry"),
            ("extensions.istio.io/v1alpha1", "WasmPlugin"),
            ("gateway.networking.k8s.io/v1", "HTTPRoute"),
            ("v1", "Service"),
            ("v1", "Pod"),
            ("v1", "Secret"),
            ("bitnami.com/v1alpha1", "SealedSecret"),
            ("external-secrets.io/v1", "ExternalSecret"),
            ("cert-manager.io/v1", "Certificate"),
            ("isindir.github.com/v1alpha3", "SopsSecret"),
            ("v1", "Namespace"),
            ("v1", "List"),
            ("v1", "ServiceList"),
            ("apps/v1", "Deployment"),
            ("apps/v1", "StatefulSet"),
            ("apps/v1", "DaemonSet"),
            ("argoproj.io/v1alpha1", "Rollout"),
            ("security.istio.io/v1", "PeerAuthentication"),
            ("networking.k8s.io/v1", "Ingress"),
            ("extensions/v1beta1", "Ingress"),
        ] {
            let text = header(version, kind);
            assert!(document_matters(&text), "{text}");
            assert!(file_matters(text.as_bytes()), "{text}");
        }
    }

    #[test]
    fn kinds_that_do_not_matter() {
        for (version, kind) in [
            ("v1", "ConfigMap"),
            ("v1", "ServiceAccount"),
            ("batch/v1", "Job"),
            ("serving.knative.dev/v1", "Service"),
            ("appmesh.k8s.aws/v1beta2", "VirtualService"),
            ("helm.toolkit.fluxcd.io/v2", "HelmRelease"),
            ("cert-manager.io/v1", "ClusterIssuer"),
            ("argoproj.io/v1alpha1", "Application"),
            ("kustomize.config.k8s.io/v1beta1", "Kustomization"),
            ("apiextensions.k8s.io/v1", "CustomResourceDefinition"),
        ] {
            let text =
                header(version, kind) + "spec:\n  group: networking.istio.io/v1\n  kind: Service\n";
            assert!(!document_matters(&text), "{text}");
            assert!(!file_matters(text.as_bytes()), "{text}");
        }
    }

    #[test]
    fn any_spelling_of_the_header_is_understood() {
        for text in [
            "\"apiVersion\" : \"v1\"\n'kind':  'Service'\n",
            "kind: Service # of the shop\r\napiVersion: v1\r\n",
            "--- # first\n# comment\nkind: Service\napiVersion: v1",
            "{{- if .Values.on }}\napiVersion: v1\nkind: Service\n{{- end }}\n",
        ] {
            assert!(document_matters(text), "{text}");
            assert!(
                document_matters(&text.replace("v1", "apps/v1").replace("Service", "Deployment")),
                "{text}"
            );
            assert!(!document_matters(&text.replace("Service", "Job")), "{text}");
        }
    }

    #[test]
    fn what_the_first_column_does_not_tell_is_kept() {
        for text in [
            "{\"apiVersion\": \"v1\", \"kind\": \"Service\"}",
            "--- {apiVersion: v1, kind: Service}\n",
            "  apiVersion: v1\n  kind: Service\n",
            "kind: Service\nmetadata: {}\n",
            "apiVersion: v1\nkind: &kind Service\n",
            "apiVersion: v1\nkind:\n  Service\n",
            "apiVersion: v1\nkind: ConfigMap\napiVersion: v1\nkind: Service\n",
            "apiVersion: v1\nkind: {{ .Values.kind }}\n",
        ] {
            assert!(document_matters(text), "{text}");
            assert!(file_matters(text.as_bytes()), "{text}");
        }
        assert!(document_matters("  {\n\"apiVersion\": \"v1\",\n\"kind\": \"Job\"}"));
    }

    #[test]
    fn texts_without_objects_are_dropped() {
        for text in [
            "",
            "replicas: 3\nhost: istio.io/x\n",
            "{\"panels\": [\"istio.io/\"]}",
            "kinder: Service\n",
        ] {
            assert!(!file_matters(text.as_bytes()), "{text}");
        }
    }

    #[test]
    fn the_config_map_of_the_mesh_matters() {
        for name in ["istio", "'istio'", "istio # mesh"] {
            let text =
                format!("apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: {name}\ndata: {{}}\n");
            assert!(file_matters(text.as_bytes()), "{text}");
        }
        let other =
            "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: istio-ca-root-cert, label: istio}\n";
        assert!(!file_matters(other.as_bytes()));
    }

    #[test]
    fn one_document_that_matters_keeps_the_file() {
        let job = header("batch/v1", "Job");
        let text = format!("{job}---\n{}---\n{job}", header("v1", "Service"));
        assert!(file_matters(text.as_bytes()));
        assert!(!file_matters(format!("{job}--- \n{job}").as_bytes()));
    }
}
