//! `apiVersion`, `kind` and `metadata`.

use std::hash::Hasher;
use std::sync::LazyLock;

use thin_vec::ThinVec;

use crate::finding::{ObjectName, Subject};
use crate::text::{Span, Spanned, Str};
use crate::yaml::{FieldPath, Kind, Node, Scalar};

/// Who an object is and where it stands.
#[derive(Clone, Debug)]
pub struct Meta {
    /// File, document and identity.
    pub subject: Subject,
    /// The whole object.
    pub span: Span,
    /// `metadata.name`, else `metadata`, else the object.
    pub name_span: Span,
    /// Where its namespace stands: `metadata.namespace`, if written; else its name, if a kustomization gives the namespace.
    pub namespace_span: Option<Span>,
    /// `metadata.labels`.
    pub labels: ThinVec<(Str, Str)>,
    /// `metadata.annotations`, with the places of their keys.
    pub annotations: ThinVec<(Spanned<Str>, Str)>,
    /// Whether more belongs to it than is written here: a patch of a kustomization, or what an ellipsis stands for.
    pub is_partial: bool,
    /// `metadata.creationTimestamp` in seconds since 1970.
    pub created: Option<i64>,
    /// Hash of the object's text, for telling equal duplicates from others.
    pub content: u64,
}

/// When objects without a creation time count as created: 2026-01-01. Files cannot tell their age, so all of them are
/// equally old and the date is a convention. The recorded answers have one too, which is not told: it lies between the
/// dates of 2025 and those of January 2026 that occur there. What depends on it is said to.
const UNDATED: i64 = 1_767_225_600;

impl Meta {
    /// The time by which istiod orders objects, in seconds since 1970.
    pub fn age(&self) -> i64 {
        self.created.unwrap_or(UNDATED)
    }

    /// Name.
    pub fn name(&self) -> &str {
        self.subject.object.as_ref().map_or("", |object| &object.name)
    }

    /// Namespace.
    pub fn namespace(&self) -> &str {
        self.subject.object.as_ref().map_or("", |object| &object.namespace)
    }

    /// Kind as written.
    pub fn kind(&self) -> &str {
        self.subject.object.as_ref().map_or("", |object| &object.kind)
    }

    /// API group: `apiVersion` without the version; empty for the core group.
    pub fn group(&self) -> &str {
        let version = self.subject.object.as_ref().map_or("", |object| object.api_version.as_str());
        version.rsplit_once('/').map_or("", |(group, _)| group)
    }

    /// The value of an annotation.
    pub fn annotation(&self, key: &str) -> Option<&str> {
        self.annotations.iter().find(|(k, _)| k.value == key).map(|(_, value)| value.as_str())
    }

    /// The value of a label.
    pub fn label(&self, key: &str) -> Option<&str> {
        self.labels.iter().find(|(k, _)| k == key).map(|(_, value)| value.as_str())
    }
}

/// Which namespaces objects get that their files do not tell.
#[derive(Clone, Copy, Debug)]
pub struct Namespaces<'n> {
    /// That of objects that state none.
    pub assumed: &'n str,
    /// That of all objects of the file, whatever they state.
    pub given: Option<&'n str>,
}

impl<'n> Namespaces<'n> {
    /// Objects that state no namespace get this one.
    pub fn assumed(assumed: &'n str) -> Self {
        Self { assumed, given: None }
    }
}

/// What the head of a document says.
#[derive(Debug)]
pub enum Header {
    /// A Kubernetes object.
    Object(Box<Meta>),
    /// A mapping without `apiVersion` and `kind`, or something that is no mapping: not for us.
    Other,
    /// A header with parts of the wrong type.
    Wrong {
        /// What can be read of it.
        meta: Box<Meta>,
        /// Whether namespace and name can be.
        is_named: bool,
        /// The places, and what was expected there.
        flaws: Vec<(Span, String)>,
    },
}

impl Header {
    /// Reads the header of an object.
    pub fn read(node: Node<'_>, text: &str, document: u32, namespaces: Namespaces<'_>) -> Self {
        if node.kind() != Kind::Map {
            return Self::Other;
        }
        let (Some(api_version), Some(kind)) = (string(node, "apiVersion"), string(node, "kind"))
        else {
            return Self::Other;
        };
        let span = node.span();
        let metadata = node.get("metadata");
        let mut meta = Meta {
            subject: Subject { source: span.source, document, object: None },
            span,
            name_span: span,
            namespace_span: None,
            labels: ThinVec::new(),
            annotations: ThinVec::new(),
            is_partial: false,
            created: None,
            content: hash(&text[span.start as usize..span.end as usize]),
        };
        let (mut name, mut own_namespace) = (Some(Str::new()), Some(Str::new()));
        let mut flaws = Vec::new();
        if let Some(metadata) = metadata.filter(|metadata| !metadata.is_null()) {
            if metadata.kind() != Kind::Map {
                flaws.push((metadata.span(), "metadata: expected a map".to_owned()));
                name = None;
            }
            meta.name_span = metadata.span();
            for (key, value) in metadata.last_entries().filter(|(_, value)| !value.is_null()) {
                match key.key().as_ref() {
                    "name" => {
                        name = identifier(value, "metadata.name", &mut flaws);
                        meta.name_span = value.span();
                    }
                    "namespace" => {
                        own_namespace = identifier(value, "metadata.namespace", &mut flaws);
                        meta.namespace_span = Some(value.span());
                    }
                    "labels" => {
                        let read = strings(value, "labels", &mut flaws);
                        meta.labels =
                            read.into_iter().map(|(key, value)| (key.value, value)).collect();
                    }
                    "annotations" => {
                        meta.annotations = strings(value, "annotations", &mut flaws);
                    }
                    "creationTimestamp" => meta.created = value.text().and_then(super::time::parse),
                    _ => {}
                }
            }
        }
        let is_named = name.is_some() && own_namespace.is_some();
        let (mut name, mut own_namespace) =
            (name.unwrap_or_default(), own_namespace.unwrap_or_default());
        match namespaces.given {
            Some(given) if is_namespace(api_version, kind) => name = given.into(),
            _ if is_cluster_wide(api_version, kind) => {}
            Some(given) => {
                own_namespace = given.into();
                meta.namespace_span.get_or_insert(meta.name_span);
            }
            None if own_namespace.is_empty() => own_namespace = namespaces.assumed.into(),
            None => {}
        }
        meta.subject.object = Some(ObjectName {
            api_version: shared(api_version),
            kind: kind.into(),
            namespace: own_namespace,
            name,
        });
        let meta = Box::new(meta);
        if flaws.is_empty() { Self::Object(meta) } else { Self::Wrong { meta, is_named, flaws } }
    }
}

/// What nearly all objects have for `apiVersion`: they share it.
static API_VERSIONS: LazyLock<[Str; 3]> = LazyLock::new(|| {
    ["networking.istio.io/v1", "networking.istio.io/v1beta1", "networking.istio.io/v1alpha3"]
        .map(Str::from)
});

fn shared(api_version: &str) -> Str {
    let known = API_VERSIONS.iter().find(|known| *known == api_version);
    known.cloned().unwrap_or_else(|| api_version.into())
}

/// Why a value that has to be text is none.
fn wrong(path: &str, value: Node<'_>) -> String {
    let text = value.text().unwrap_or_default();
    match value.scalar() {
        Some(Scalar::Bool(_)) => {
            format!("{path}: expected text, got the boolean `{text}` of YAML 1.1; quote it")
        }
        Some(Scalar::Int(_) | Scalar::Float(_)) => {
            format!("{path}: expected text, got the number `{text}`; quote it")
        }
        _ => format!("{path}: expected text"),
    }
}

/// Kinds without a namespace, among those that gwctl reads.
fn is_cluster_wide(api_version: &str, kind: &str) -> bool {
    is_namespace(api_version, kind) || matches!(kind, "GatewayClass" | "IngressClass")
}

fn is_namespace(api_version: &str, kind: &str) -> bool {
    matches!((api_version, kind), ("v1", "Namespace"))
}

fn string<'t>(node: Node<'t>, key: &str) -> Option<&'t str> {
    match node.get(key)?.scalar()? {
        Scalar::Str(text) => Some(text),
        _ => None,
    }
}

/// A text by which an object is known. A scalar of another type is a flaw that can still be read.
fn identifier(value: Node<'_>, path: &str, flaws: &mut Vec<(Span, String)>) -> Option<Str> {
    if !matches!(value.scalar(), Some(Scalar::Str(_))) {
        flaws.push((value.span(), wrong(path, value)));
    }
    value.text().map(Str::from)
}

/// A map of texts; what is none is a flaw.
fn strings(
    node: Node<'_>,
    field: &str,
    flaws: &mut Vec<(Span, String)>,
) -> ThinVec<(Spanned<Str>, Str)> {
    let path = FieldPath::default().key("metadata").key(field);
    if node.kind() != Kind::Map {
        flaws.push((node.span(), format!("{path}: expected a map")));
    }
    let mut read = ThinVec::new();
    for (key, value) in node.last_entries() {
        let text = match value.scalar() {
            Some(Scalar::Str(text)) => text,
            Some(Scalar::Null) => "",
            _ => {
                flaws.push((value.span(), wrong(&path.clone().key(key.key()).to_string(), value)));
                continue;
            }
        };
        read.push((Spanned::new(Str::from(key.key().as_ref()), key.span()), Str::from(text)));
    }
    read
}

fn hash(text: &str) -> u64 {
    let mut hasher = rustc_hash::FxHasher::default();
    hasher.write(text.trim_end().as_bytes());
    hasher.finish()
}
