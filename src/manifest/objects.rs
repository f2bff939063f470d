//! The objects of a document: one, or the items of a List.

use super::{Header, Namespaces};
use crate::yaml::{Kind, Node, Scalar};

/// An object and its header.
#[derive(Debug)]
pub struct Item<'t> {
    /// Its header.
    pub header: Header,
    /// The object.
    pub node: Node<'t>,
}

/// The objects of a document: `kind: List` and every `...List` with `items` are expanded, also nested ones.
pub fn objects<'t>(
    root: Node<'t>,
    text: &str,
    document: u32,
    namespaces: Namespaces<'_>,
) -> Vec<Item<'t>> {
    let mut found = Vec::new();
    let mut pending = vec![root];
    while let Some(node) = pending.pop() {
        if let Some(items) = list_items(node) {
            let at = pending.len();
            pending.extend(items.items());
            pending[at..].reverse();
        } else {
            found.push(Item { header: Header::read(node, text, document, namespaces), node });
        }
    }
    found
}

/// `items` of a List.
fn list_items(node: Node<'_>) -> Option<Node<'_>> {
    let Scalar::Str(kind) = node.get("kind")?.scalar()? else { return None };
    let items = node.get("items").filter(|items| items.kind() == Kind::Seq)?;
    kind.ends_with("List").then_some(items)
}
