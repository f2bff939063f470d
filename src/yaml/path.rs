//! Paths of fields, as messages print them: `spec.http[2].match[0].headers.x-user`.

use std::fmt;

use crate::text::Span;

use super::tree::{Node, Tree};

/// One step of a [`FieldPath`].
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Segment {
    /// A key of a mapping.
    Key(String),
    /// An item of a list, from 0.
    Index(usize),
}

/// The way from the root of a document to a value. The empty path is the root, and prints as nothing.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct FieldPath(pub Vec<Segment>);

impl FieldPath {
    /// This path and a key.
    #[must_use]
    pub fn key(mut self, key: impl Into<String>) -> Self {
        self.0.push(Segment::Key(key.into()));
        self
    }

    /// This path and an item of a list.
    #[must_use]
    pub fn index(mut self, index: usize) -> Self {
        self.0.push(Segment::Index(index));
        self
    }
}

impl fmt::Display for FieldPath {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (i, segment) in self.0.iter().enumerate() {
            match segment {
                Segment::Index(index) => write!(f, "[{index}]")?,
                Segment::Key(key) if !is_plain(key) => write!(f, "[{key:?}]")?,
                Segment::Key(key) if i == 0 => f.write_str(key)?,
                Segment::Key(key) => write!(f, ".{key}")?,
            }
        }
        Ok(())
    }
}

/// Whether a key needs no quotes: letters, digits, `-` and `_`.
fn is_plain(key: &str) -> bool {
    !key.is_empty() && key.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'_'))
}

/// The path of the value that is written exactly at `span`, else of the deepest that contains it, itself or with its key.
/// A place between values belongs to the collection around it; none: the place belongs to no entry of the root. What an alias or a merge key brings
/// is found where it is written.
pub fn path_at(tree: &Tree<'_>, span: Span) -> Option<FieldPath> {
    let steps = steps_to(tree.root()?, span).map(|(step, _)| step);
    let path = FieldPath(steps.collect());
    (!path.0.is_empty()).then_some(path)
}

/// The steps from `node` to the value that is written exactly at `span`, else to the deepest that contains it, each with
/// the value that it leads to.
pub fn steps_to(node: Node<'_>, span: Span) -> impl Iterator<Item = (Segment, Node<'_>)> {
    let (mut node, mut is_start) = (node, true);
    std::iter::from_fn(move || {
        // A mapping of one entry begins and ends with it.
        if !is_start && node.span() == span {
            return None;
        }
        is_start = false;
        let (step, child) = step_into(node, span)?;
        node = child;
        Some((step, child))
    })
}

/// The value that is written exactly at `span`, in `root` or below.
pub fn node_at(root: Node<'_>, span: Span) -> Option<Node<'_>> {
    let mut node = root;
    while node.span() != span {
        node = step_into(node, span)?.1;
    }
    Some(node)
}

/// The entry or item of `node` around `span`. Only children written inside `node` count, so this ends.
fn step_into(node: Node<'_>, span: Span) -> Option<(Segment, Node<'_>)> {
    if node.is_alias() {
        return None;
    }
    if let Some((index, item)) = node.item_before(span.start) {
        let is_around = node.span().contains(item.span()) && item.span().contains(span);
        return is_around.then_some((Segment::Index(index), item));
    }
    let (key, value) = node.entry_around(span)?;
    Some((Segment::Key(key.key().into_owned()), value))
}
