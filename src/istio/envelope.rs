//! What the API server says of the keys of a custom resource and of its metadata.

use super::decode::Decoder;
use crate::manifest::Meta;
use crate::yaml::{Kind, Node};

/// The keys of an object.
const ROOT: &[&str] = &["apiVersion", "kind", "metadata", "spec", "status"];

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

/// Checks keys and metadata of a custom resource.
pub(super) fn check(_meta: &Meta, node: Node<'_>, cx: &mut Decoder<'_>) {
    unknown(node, ROOT, cx);
    if let Some(metadata) = node.get("metadata").filter(|metadata| metadata.kind() == Kind::Map) {
        unknown(metadata, METADATA, cx);
    }
}

fn unknown(node: Node<'_>, known: &[&str], cx: &mut Decoder<'_>) {
    for (key, _) in node.entries() {
        if !known.contains(&key.key().as_ref()) {
            cx.unknown_field(key, known.iter().copied());
        }
    }
}
