//! What a finding is known by from one run to the next: neither a line nor a file is part of it, nor the order of lists.

use std::collections::{BTreeSet, HashMap};
use std::fmt::Write;

use rustc_hash::FxBuildHasher;
use sha2::{Digest, Sha256};

use crate::finding::{ObjectName, Rule};
use crate::text::Span;
use crate::yaml::{Kind, Node, Segment, steps_to};

/// The fingerprint of a finding, as hexadecimal digits: its rule, its object, the field, and the objects of its other
/// labels. Findings may share one.
pub(super) fn fingerprint(
    rule: &Rule,
    object: Option<&ObjectName>,
    field: &str,
    others: &BTreeSet<String>,
) -> String {
    let object = object.map(identity).unwrap_or_default();
    let mut hash = Sha256::new();
    for part in [rule.code, &object, field].into_iter().chain(others.iter().map(String::as_str)) {
        hash.update(part);
        hash.update([0]);
    }
    hex(&hash.finalize())
}

/// What tells an object from others: `KIND NAMESPACE/NAME`.
pub(super) fn identity(object: &ObjectName) -> String {
    format!("{} {}/{}", object.kind, object.namespace, object.name)
}

/// The fields of the objects of one document.
#[derive(Default)]
pub(super) struct Fields {
    /// The keys of list items by place, since an item can be asked for as often as it has parts.
    keys: HashMap<Span, String, FxBuildHasher>,
}

impl Fields {
    /// The path from an object of a kind to `span`, in which list items are told apart by their name, else by their key:
    /// `spec.http[checkout].match[#0123456789abcdef]`.
    pub(super) fn path(&mut self, object: Node<'_>, kind: &str, span: Span) -> String {
        let mut path = String::new();
        let mut list = String::new();
        for (step, node) in steps_to(object, span) {
            match step {
                Segment::Key(key) => {
                    let dot = if path.is_empty() { "" } else { "." };
                    write!(path, "{dot}{}", plain_or_quoted(&key)).expect("a string takes all");
                    list = key;
                }
                Segment::Index(_) => {
                    let key = || item_key(node, key_fields(kind, &list));
                    let key = self.keys.entry(node.span()).or_insert_with(key);
                    write!(path, "[{key}]").expect("a string takes all");
                }
            }
        }
        path
    }
}

/// The fields that tell the unnamed items of a list apart; none: all of them.
fn key_fields(kind: &str, list: &str) -> Option<&'static [&'static str]> {
    match (kind, list) {
        ("Gateway", "servers") => Some(&["port", "hosts"]),
        ("VirtualService", "http" | "tls" | "tcp") => Some(&["match"]),
        ("VirtualService", "route" | "mirrors") => Some(&["destination"]),
        _ => None,
    }
}

/// What tells an item from the others of its list: its name, its text, or `#` and a hash of its key fields.
fn item_key(item: Node<'_>, fields: Option<&[&str]>) -> String {
    let name = item.get("name").and_then(Node::text).filter(|name| !name.is_empty());
    if let Some(text) = name.or_else(|| item.text()) {
        return plain_or_quoted(text);
    }
    let mut nodes = MOST_NODES;
    let mut hash = Sha256::new();
    match fields {
        None => hash.update(digest(item, 0, &mut nodes)),
        Some(fields) => {
            for field in fields {
                let value = item.get(field).map(|value| digest(value, 0, &mut nodes));
                hash.update(value.unwrap_or_default());
            }
        }
    }
    format!("#{}", &hex(&hash.finalize())[..16])
}

/// A text that cannot be taken for anything else in a path.
fn plain_or_quoted(text: &str) -> String {
    let is_plain = |b: u8| b.is_ascii_alphanumeric() || b"-_.*/".contains(&b);
    if !text.is_empty() && text.bytes().all(is_plain) {
        text.to_owned()
    } else {
        format!("{text:?}")
    }
}

/// Of a larger item the rest does not tell it apart; aliases could make it huge.
const MOST_NODES: usize = 10_000;

/// What is written deeper does not tell an item apart.
const MOST_DEPTH: usize = 64;

/// The content of a node, whatever its style and the order of its keys and items.
fn digest(node: Node<'_>, depth: usize, nodes: &mut usize) -> [u8; 32] {
    let mut hash = Sha256::new();
    if depth > MOST_DEPTH || *nodes == 0 {
        return hash.finalize().into();
    }
    *nodes -= 1;
    let mut inner = |node| digest(node, depth + 1, nodes);
    let mut parts: Vec<[u8; 32]> = match node.kind() {
        Kind::Scalar => {
            hash.update("scalar");
            hash.update(node.text().unwrap_or_default());
            Vec::new()
        }
        Kind::Seq => {
            hash.update("list");
            node.items().map(inner).collect()
        }
        Kind::Map => {
            hash.update("map");
            let entry = |(key, value): (Node<'_>, _)| {
                let mut entry = Sha256::new();
                entry.update(inner(value));
                entry.update(key.key().as_bytes());
                entry.finalize().into()
            };
            node.entries().map(entry).collect()
        }
    };
    parts.sort_unstable();
    for part in &parts {
        hash.update(part);
    }
    hash.finalize().into()
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().fold(String::new(), |mut text, byte| {
        write!(text, "{byte:02x}").expect("a string takes all");
        text
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::SourceId;
    use crate::yaml;

    /// The path to `needle` in an object of a kind.
    fn path(kind: &str, text: &str, needle: &str) -> String {
        let tree = yaml::parse(SourceId::new(0), text, &yaml::split(text)[0]).unwrap();
        let start = text.find(needle).unwrap();
        let at = |offset: usize| u32::try_from(offset).unwrap();
        let span = Span::new(SourceId::new(0), at(start), at(start + needle.len()));
        Fields::default().path(tree.root().unwrap(), kind, span)
    }

    #[test]
    fn named_items_and_texts_are_known_by_themselves() {
        let text = "spec:\n  http:\n  - name: checkout\n    match: [{uri: {prefix: /a}}]\n  hosts: ['*.a', 'b c']\n";
        let of = |needle| path("VirtualService", text, needle);
        assert_eq!(of("checkout"), "spec.http[checkout].name");
        assert_eq!(of("*.a"), "spec.hosts[*.a]");
        assert_eq!(of("b c"), "spec.hosts[\"b c\"]");
        let matched = of("/a");
        assert!(matched.starts_with("spec.http[checkout].match[#"), "{matched}");
        assert!(matched.ends_with("].uri.prefix"), "{matched}");
    }

    #[test]
    fn neither_order_nor_style_nor_what_is_no_key_matters() {
        let one = "spec:\n  servers:\n  - port: {number: 80, name: x}\n    hosts: [a, b]\n    tls: {mode: SIMPLE}\n  - hosts: [c]\n";
        let two = "spec:\n  servers:\n  - hosts: [c]\n  - tls: {mode: MUTUAL}\n    hosts:\n    - b\n    - 'a'\n    port:\n      name: x\n      number: 80\n";
        let of = |text| path("Gateway", text, "mode");
        assert_eq!(of(one), of(two));
        assert_ne!(of(one), of(&one.replace("80", "81")));
        assert_ne!(path("Other", one, "mode"), path("Other", two, "mode"));
    }

    #[test]
    fn aliases_that_stand_for_much_cost_little() {
        let mut text = String::from("x:\n- &a0 [k, k, k, k, k, k, k, k, k, k]\n");
        for at in 1..6 {
            let alias = format!("*a{}, ", at - 1).repeat(10);
            writeln!(text, "- &a{at} [{alias}]").unwrap();
        }
        text.push_str("y: [{a: *a5, b: here}]\n");
        assert!(path("Other", &text, "here").ends_with("].b"));
    }
}
