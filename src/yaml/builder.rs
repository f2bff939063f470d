//! Builds a [`Tree`] from the nodes that a reader finds in order. Knows nothing of YAML's syntax.

use rustc_hash::FxHashMap;

use crate::text::{SourceId, Span};

use super::offset;
use super::tree::{Data, Node, NodeData, NodeId, Tree};

/// The tree so far, and the collections that are still open.
pub(super) struct Builder<'s> {
    pub(super) tree: Tree<'s>,
    open: Vec<Open>,
    /// The children so far of all open collections; they move to the tree when theirs is closed.
    waiting: Vec<NodeId>,
}

struct Open {
    node: NodeId,
    /// Where its children start in `waiting`.
    first: usize,
    map: bool,
}

/// Mappings up to this size are searched for duplicate keys pair by pair.
const FEW_KEYS: usize = 12;

impl<'s> Builder<'s> {
    pub(super) fn new(source: SourceId, text: &'s str, nodes: usize) -> Self {
        let tree = Tree {
            source,
            text,
            nodes: Vec::with_capacity(nodes),
            children: Vec::with_capacity(nodes),
            owned: Vec::new(),
            root: None,
            duplicate_keys: Vec::new(),
            has_merged: false,
        };
        Self { tree, open: Vec::with_capacity(16), waiting: Vec::with_capacity(64) }
    }

    pub(super) fn span(&self, start: u32, end: u32) -> Span {
        Span::new(self.tree.source, start, end)
    }

    /// How many collections are open.
    pub(super) fn depth(&self) -> usize {
        self.open.len()
    }

    /// Whether the innermost open collection is a mapping; none: no collection is open.
    pub(super) fn in_map(&self) -> Option<bool> {
        self.open.last().map(|open| open.map)
    }

    /// Whether the next node is a key.
    pub(super) fn at_key(&self) -> bool {
        self.open
            .last()
            .is_some_and(|open| open.map && (self.waiting.len() - open.first).is_multiple_of(2))
    }

    /// Whether the collection is still open, that is, contains what comes next.
    pub(super) fn is_open(&self, node: NodeId) -> bool {
        self.open.iter().any(|open| open.node == node)
    }

    /// Where a node starts.
    pub(super) fn start_of_open(&self) -> Option<u32> {
        self.open.last().map(|open| self.tree.nodes[open.node.0 as usize].start)
    }

    /// Adds a scalar or an alias.
    pub(super) fn leaf(&mut self, start: u32, end: u32, data: Data) -> NodeId {
        let id = NodeId(offset(self.tree.nodes.len()));
        self.tree.nodes.push(NodeData { start, end, data });
        if self.open.is_empty() {
            self.tree.root.get_or_insert(id);
        } else {
            self.waiting.push(id);
        }
        id
    }

    /// Opens a collection.
    pub(super) fn open(&mut self, start: u32, map: bool) -> NodeId {
        let data =
            if map { Data::Map { first: 0, len: 0 } } else { Data::Seq { first: 0, len: 0 } };
        let node = self.leaf(start, start, data);
        self.open.push(Open { node, first: self.waiting.len(), map });
        node
    }

    /// Children of the innermost open collection: its items, or keys and values in turn.
    pub(super) fn children(&self) -> &[NodeId] {
        let first = self.open.last().map_or(self.waiting.len(), |open| open.first);
        &self.waiting[first..]
    }

    /// Replaces the children of the innermost open collection by some that may be written elsewhere.
    pub(super) fn set_children(&mut self, children: &[NodeId]) {
        self.tree.has_merged = true;
        if let Some(open) = self.open.last() {
            self.waiting.truncate(open.first);
            self.waiting.extend_from_slice(children);
        }
    }

    /// Closes the innermost collection, at `end` or at the end of its last child.
    pub(super) fn close(&mut self, end: Option<u32>) -> Option<NodeId> {
        let open = self.open.pop()?;
        let children = &self.waiting[open.first..];
        let first = offset(self.tree.children.len());
        let count = offset(children.len());
        let last = children.last().map(|id| self.tree.nodes[id.0 as usize].end);
        self.tree.children.extend_from_slice(children);
        self.waiting.truncate(open.first);
        let node = &mut self.tree.nodes[open.node.0 as usize];
        node.end = end.or(last).unwrap_or(node.start).max(node.start);
        node.data = if open.map {
            Data::Map { first, len: count / 2 }
        } else {
            Data::Seq { first, len: count }
        };
        Some(open.node)
    }

    /// Records the keys of the innermost mapping that occur twice, after resolution.
    pub(super) fn find_duplicates(&mut self, is_merge: impl Fn(&Tree<'s>, NodeId) -> bool) {
        let tree = &self.tree;
        let keys: Vec<NodeId> =
            self.children().iter().copied().step_by(2).filter(|&id| !is_merge(tree, id)).collect();
        let mut seen = FxHashMap::default();
        let mut found = Vec::new();
        for id in keys {
            let key = Node::of(tree, id);
            if let Some(earlier) = seen.insert(key.key(), key.span()) {
                found.push((key.span(), earlier));
            }
        }
        self.tree.duplicate_keys.append(&mut found);
    }

    /// Like [`find_duplicates`](Self::find_duplicates) where every key is text that stands in the source as it is.
    pub(super) fn find_plain_duplicates(&mut self) {
        let children = self.children();
        if children.len() > 2 * FEW_KEYS {
            return self.find_duplicates(|_, _| false);
        }
        let text = |id: NodeId| match self.tree.nodes[id.0 as usize].data {
            Data::Slice { start, end, .. } => {
                &self.tree.text.as_bytes()[start as usize..end as usize]
            }
            _ => &[],
        };
        for i in (2..children.len()).step_by(2) {
            let key = text(children[i]);
            if (0..i).step_by(2).any(|j| text(children[j]) == key) {
                return self.find_duplicates(|_, _| false);
            }
        }
    }
}
