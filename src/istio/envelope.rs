//! What the API server says of the keys of a custom resource and of its metadata.

use super::decode::Decoder;
use super::object_names::{is_label, is_label_value, is_qualified, is_subdomain};
use super::objection::Weight;
use crate::yaml::{Kind, Node, Scalar};

/// The keys of an object, and the one under which SOPS keeps how it encrypted the others, until it is decrypted.
const ROOT: &[&str] = &["apiVersion", "kind", "metadata", "spec", "status", "sops"];

/// The fields of `metadata`.
const METADATA: &[&str] = &[
    "name",
    "generateName",
    "namespace",
    "labels",
    "annotations",
    "creationTimestamp",
    "uid",
    "resourceVersion",
    "generation",
    "selfLink",
    "deletionTimestamp",
    "deletionGracePeriodSeconds",
    "ownerReferences",
    "finalizers",
    "managedFields",
];

/// Most bytes of all annotations.
const ANNOTATIONS: usize = 256 << 10;

/// Checks keys and metadata of a custom resource. Mirrors apimachinery `pkg/api/validation: ValidateObjectMeta`; values of
/// the wrong type are told elsewhere.
pub(super) fn check(node: Node<'_>, cx: &mut Decoder<'_>) {
    unknown(node, ROOT, cx);
    let metadata = node.get("metadata").filter(|metadata| metadata.kind() == Kind::Map);
    if let Some(metadata) = metadata {
        unknown(metadata, METADATA, cx);
        namespace(metadata, cx);
        labels(metadata, cx);
        annotations(metadata, cx);
    }
    name(node, metadata, cx);
}

/// A name, or what one is generated from.
fn name(object: Node<'_>, metadata: Option<Node<'_>>, cx: &mut Decoder<'_>) {
    let field = |key| metadata.and_then(|metadata| metadata.get(key)).filter(|v| !v.is_null());
    let is_empty = |node: &Node<'_>| text(*node) == Some("");
    let generated = field("generateName").filter(|node| !is_empty(node));
    if let Some(generated) = generated
        && let Some(start) = text(generated)
        // What is put behind it may follow a dash.
        && !is_subdomain(start.strip_suffix('-').unwrap_or(start))
    {
        refuse(cx, "name", generated, &format!("`{start}` begins no DNS subdomain"));
    }
    let written = field("name");
    match written.filter(|node| !is_empty(node)) {
        Some(name) => {
            if let Some(text) = text(name).filter(|text| !is_subdomain(text)) {
                refuse(cx, "name", name, &format!("`{text}` is not a DNS subdomain"));
            }
        }
        None if generated.is_some() => {}
        None => {
            let place = written.or(metadata).unwrap_or(object);
            let why = cx.at(place.span(), "a name is required");
            let objections = cx.objections();
            objections.add(Weight::SCHEMA, "name", place.span(), why).is_absence = true;
        }
    }
}

fn namespace(metadata: Node<'_>, cx: &mut Decoder<'_>) {
    let Some(node) = metadata.get("namespace") else { return };
    if let Some(text) = text(node).filter(|text| !text.is_empty() && !is_label(text)) {
        refuse(cx, "label", node, &format!("`{text}` is not a DNS label"));
    }
}

fn labels(metadata: Node<'_>, cx: &mut Decoder<'_>) {
    let Some(labels) = metadata.get("labels") else { return };
    for (key, value) in labels.last_entries() {
        let name = key.key();
        if !is_qualified(&name) {
            refuse(cx, "label", key, &format!("{} is not a label key", quoted(&name)));
        }
        if let Some(text) = text(value).filter(|text| !is_label_value(text)) {
            refuse(cx, "label", value, &format!("`{text}` is not a label value"));
        }
    }
}

fn annotations(metadata: Node<'_>, cx: &mut Decoder<'_>) {
    let Some(annotations) = metadata.get("annotations") else { return };
    let mut bytes = 0;
    for (key, value) in annotations.last_entries() {
        let name = key.key();
        bytes += name.len() + text(value).map_or(0, str::len);
        if !is_qualified(&name.to_ascii_lowercase()) {
            refuse(cx, "label", key, &format!("{} is not an annotation key", quoted(&name)));
        }
    }
    if bytes > ANNOTATIONS {
        let why = format!("has {bytes} bytes, {ANNOTATIONS} are allowed");
        refuse(cx, "limit", annotations, &why);
    }
}

fn quoted(key: &str) -> String {
    if key.is_empty() { "an empty text".to_owned() } else { format!("`{key}`") }
}

fn text(node: Node<'_>) -> Option<&str> {
    match node.scalar()? {
        Scalar::Str(text) => Some(text),
        _ => None,
    }
}

fn refuse(cx: &mut Decoder<'_>, check: &'static str, node: Node<'_>, why: &str) {
    cx.object(Weight::SCHEMA, check, node, why);
}

fn unknown(node: Node<'_>, known: &[&str], cx: &mut Decoder<'_>) {
    for (key, _) in node.entries() {
        if !known.contains(&key.key().as_ref()) {
            cx.unknown_field("", node, key, known.iter().copied());
        }
    }
}
