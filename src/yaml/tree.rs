//! The tree of one document: an arena of nodes that point into the text.

use std::borrow::Cow;

use rustc_hash::FxHashMap;

use crate::text::{SourceId, Span};

/// Index of a node in its [`Tree`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct NodeId(pub(super) u32);

/// How a scalar is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Style {
    /// Without quotes; the only style whose text may be a number, a boolean or null.
    Plain,
    /// In single or double quotes.
    Quoted,
    /// `|` or `>`.
    Block,
}

/// What a node is, aliases followed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// A scalar, also null.
    Scalar,
    /// A sequence.
    Seq,
    /// A mapping.
    Map,
}

/// A scalar, resolved by the rules of go-yaml v2 (3-validation.md D.3).
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Scalar<'t> {
    /// Empty, `~`, `null`.
    Null,
    /// `true`, `yes`, `on`, `y` and their like.
    Bool(bool),
    /// An integer of up to 64 bits, with or without sign.
    Int(i128),
    /// Any other number.
    Float(f64),
    /// Text.
    Str(&'t str),
}

/// The payload of a node. Children are ranges of [`Tree::children`]; a mapping has key and value in turn.
#[derive(Clone, Copy, Debug)]
pub(super) enum Data {
    /// A scalar whose text is the range `start..end` of the source.
    Slice { start: u32, end: u32, style: Style, tag: Tag },
    /// A scalar whose text had to be made (escapes, folding): index into [`Tree::owned`].
    Owned { index: u32, style: Style, tag: Tag },
    /// A sequence.
    Seq { first: u32, len: u32 },
    /// A mapping with merge keys already applied, in the order in which go-yaml applies them.
    Map { first: u32, len: u32 },
    /// An alias; its span is where `*name` stands.
    Alias(NodeId),
}

/// An explicit tag, as far as it changes the meaning of a scalar.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Tag {
    /// No tag.
    None,
    /// `!!str` or an unknown tag.
    Str,
    /// `!!int`, `!!float`, `!!bool`, `!!null`: resolve although quoted.
    Core,
}

#[derive(Clone, Copy, Debug)]
pub(super) struct NodeData {
    pub(super) start: u32,
    pub(super) end: u32,
    pub(super) data: Data,
}

/// One document.
#[derive(Debug)]
pub struct Tree<'s> {
    pub(super) source: SourceId,
    pub(super) text: &'s str,
    pub(super) nodes: Vec<NodeData>,
    pub(super) children: Vec<NodeId>,
    pub(super) owned: Vec<Box<str>>,
    /// None: the document is empty.
    pub(super) root: Option<NodeId>,
    /// Keys that occur twice in one mapping: the later, the earlier.
    pub(super) duplicate_keys: Vec<(Span, Span)>,
    /// Whether a mapping has entries that are written elsewhere.
    pub(super) has_merged: bool,
}

/// A node of a tree.
#[derive(Clone, Copy, Debug)]
pub struct Node<'t> {
    tree: &'t Tree<'t>,
    id: NodeId,
}

impl Tree<'_> {
    /// The root, unless the document is empty.
    pub fn root(&self) -> Option<Node<'_>> {
        self.root.map(|id| Node { tree: self, id })
    }

    /// Where a node is written.
    pub(super) fn span(&self, id: NodeId) -> Span {
        let node = &self.nodes[id.0 as usize];
        Span::new(self.source, node.start, node.end)
    }

    /// Keys that occur twice in one mapping: the later, the earlier. Merge keys do not count.
    pub fn duplicate_keys(&self) -> &[(Span, Span)] {
        &self.duplicate_keys
    }
}

impl<'t> Node<'t> {
    /// The node of an id.
    pub(super) fn of(tree: &'t Tree<'_>, id: NodeId) -> Self {
        Self { tree, id }
    }

    /// Whether the node is an alias (`*name`). All questions but [`span`](Self::span) go to what it stands for.
    pub fn is_alias(self) -> bool {
        matches!(self.tree.nodes[self.id.0 as usize].data, Data::Alias(_))
    }

    fn data(self) -> Data {
        let mut data = self.tree.nodes[self.id.0 as usize].data;
        while let Data::Alias(target) = data {
            data = self.tree.nodes[target.0 as usize].data;
        }
        data
    }

    /// Where the node is written; for an alias, where the alias is. Scalars include their quotes.
    pub fn span(self) -> Span {
        self.tree.span(self.id)
    }

    /// What the node is.
    pub fn kind(self) -> Kind {
        match self.data() {
            Data::Slice { .. } | Data::Owned { .. } | Data::Alias(_) => Kind::Scalar,
            Data::Seq { .. } => Kind::Seq,
            Data::Map { .. } => Kind::Map,
        }
    }

    /// Whether the node is null (also empty).
    pub fn is_null(self) -> bool {
        match self.raw() {
            Some((_, _, Tag::Str)) | None => false,
            Some((text, style, tag)) => {
                (style == Style::Plain || tag == Tag::Core) && super::scalar::is_null(text)
            }
        }
    }

    /// The resolved scalar, if the node is one.
    pub fn scalar(self) -> Option<Scalar<'t>> {
        let (text, style, tag) = self.raw()?;
        Some(match (style, tag) {
            (_, Tag::Str) => Scalar::Str(text),
            (Style::Plain, _) | (_, Tag::Core) => super::scalar::resolve(text),
            _ => Scalar::Str(text),
        })
    }

    /// The text of a scalar before resolution, unescaped.
    pub fn text(self) -> Option<&'t str> {
        self.raw().map(|(text, ..)| text)
    }

    pub(super) fn raw(self) -> Option<(&'t str, Style, Tag)> {
        match self.data() {
            Data::Slice { start, end, style, tag } => {
                Some((&self.tree.text[start as usize..end as usize], style, tag))
            }
            Data::Owned { index, style, tag } => {
                Some((&self.tree.owned[index as usize], style, tag))
            }
            _ => None,
        }
    }

    /// The items of a sequence; nothing for other nodes.
    pub fn items(self) -> impl ExactSizeIterator<Item = Node<'t>> {
        let range = match self.data() {
            Data::Seq { first, len } => first as usize..(first + len) as usize,
            _ => 0..0,
        };
        self.tree.children[range].iter().map(move |&id| Node { tree: self.tree, id })
    }

    /// The last item of a sequence that starts at or before `offset`, and its number. Items are written one after the
    /// other, unless the node is an alias.
    pub(super) fn item_before(self, offset: u32) -> Option<(usize, Node<'t>)> {
        let Data::Seq { first, len } = self.data() else { return None };
        let items = &self.tree.children[first as usize..(first + len) as usize];
        let starts_before = |id: &NodeId| self.tree.span(*id).start <= offset;
        let index = items.partition_point(starts_before).checked_sub(1)?;
        Some((index, Node { tree: self.tree, id: items[index] }))
    }

    /// The first entry of a mapping whose key and value, with what is between them, are written around `span`.
    pub(super) fn entry_around(self, span: Span) -> Option<(Node<'t>, Node<'t>)> {
        let Data::Map { first, len } = self.data() else { return None };
        let is_around = |(key, value): &(Node<'t>, Node<'t>)| {
            let (key, value) = (key.span(), value.span());
            let entry = Span::new(key.source, key.start, value.end);
            self.span().contains(entry) && entry.contains(span)
        };
        if self.tree.has_merged {
            return self.entries().find(is_around);
        }
        // Entries are written one after the other.
        let children = &self.tree.children[first as usize..(first + 2 * len) as usize];
        let (pairs, _) = children.as_chunks::<2>();
        let starts_before = |[key, _]: &[NodeId; 2]| self.tree.span(*key).start <= span.start;
        let at = pairs.partition_point(starts_before).checked_sub(1)?;
        let [key, value] = pairs[at].map(|id| Node { tree: self.tree, id });
        Some((key, value)).filter(is_around)
    }

    /// Keys and values of a mapping in document order, duplicates included (the last one counts).
    pub fn entries(self) -> impl Iterator<Item = (Node<'t>, Node<'t>)> {
        let range = match self.data() {
            Data::Map { first, len } => first as usize..(first + 2 * len) as usize,
            _ => 0..0,
        };
        let node = move |id| Node { tree: self.tree, id };
        self.tree.children[range].chunks_exact(2).map(move |pair| (node(pair[0]), node(pair[1])))
    }

    /// The entries of a mapping that count: of those with the same key, in one spelling or another, the last.
    pub fn last_entries(self) -> impl Iterator<Item = (Node<'t>, Node<'t>)> {
        let may_repeat = self.tree.has_merged || !self.tree.duplicate_keys.is_empty();
        let places = || self.entries().enumerate().map(|(at, (key, _))| (key.key(), at));
        let last: Option<FxHashMap<_, _>> = may_repeat.then(|| places().collect());
        let counts = move |at: usize, key: Node<'t>| {
            last.as_ref().is_none_or(|last| last.get(&key.key()) == Some(&at))
        };
        let entries = self.entries().enumerate();
        entries.filter(move |(at, (key, _))| counts(*at, *key)).map(|(_, entry)| entry)
    }

    /// The value of a key; the last one if it occurs twice.
    pub fn get(self, key: &str) -> Option<Node<'t>> {
        self.entries().filter(|(k, _)| k.key() == key).last().map(|(_, value)| value)
    }

    /// This node as the key of a mapping: resolved, then made text again (`on` is the key `true`).
    ///
    /// Mirrors sigs.k8s.io/yaml `convertToJSONableObject`, which writes floats with 32 bits.
    pub fn key(self) -> Cow<'t, str> {
        match self.scalar() {
            Some(Scalar::Str(text)) => Cow::Borrowed(text),
            Some(Scalar::Bool(value)) => Cow::Owned(value.to_string()),
            Some(Scalar::Int(value)) => Cow::Owned(value.to_string()),
            Some(Scalar::Float(value)) => Cow::Owned(narrow(value).to_string()),
            Some(Scalar::Null) | None => Cow::Borrowed(""),
        }
    }
}

#[expect(
    clippy::cast_possible_truncation,
    reason = "what Kubernetes does with keys that are numbers"
)]
fn narrow(value: f64) -> f32 {
    value as f32
}
