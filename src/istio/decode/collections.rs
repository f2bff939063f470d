//! Optional fields, lists and maps.

use thin_vec::ThinVec;

use super::{Decode, Decoder};
use crate::istio::objection::Weight;
use crate::text::{Span, Spanned, Str};
use crate::yaml::{Kind, Node};

/// A map with string keys, in document order.
#[derive(Clone, Debug)]
pub struct Map<T> {
    /// Keys and values; a key occurs once.
    pub entries: ThinVec<(Spanned<Str>, T)>,
}

impl<T> Default for Map<T> {
    fn default() -> Self {
        Self { entries: ThinVec::new() }
    }
}

impl<T> Map<T> {
    /// The value of a key.
    pub fn get(&self, key: &str) -> Option<&T> {
        self.entries.iter().find(|(k, _)| k.value == key).map(|(_, value)| value)
    }

    /// Keys and values in document order.
    pub fn iter(&self) -> impl DoubleEndedIterator<Item = (&Spanned<Str>, &T)> {
        self.entries.iter().map(|(key, value)| (key, value))
    }

    /// Keys and values sorted by the bytes of the key, as Go code does before it iterates over a map.
    pub fn sorted(&self) -> Vec<(&Spanned<Str>, &T)> {
        let mut all: Vec<_> = self.iter().collect();
        all.sort_by(|a, b| a.0.value.cmp(&b.0.value));
        all
    }

    /// Whether there are no entries.
    pub fn is_empty(&self) -> bool {
        self.entries.is_empty()
    }
}

/// A field of a message: something with a value when it is absent.
pub trait Field: Sized {
    /// Reads a value that is not null.
    fn read(&mut self, node: Node<'_>, cx: &mut Decoder<'_>);
}

impl<T: Decode> Field for Option<T> {
    fn read(&mut self, node: Node<'_>, cx: &mut Decoder<'_>) {
        *self = T::decode(node, cx);
    }
}

/// Reads the items of a list one by one into `out`, which makes room for them first.
fn read_items<T: Decode, L: Extend<T>>(
    node: Node<'_>,
    cx: &mut Decoder<'_>,
    out: &mut L,
    reserve: impl FnOnce(&mut L, usize),
) {
    if node.kind() != Kind::Seq {
        return cx.no_list(node);
    }
    let items = node.items();
    // Exactly: growing would start at four, and most lists of a manifest have one item.
    reserve(out, items.len());
    for item in items {
        let value = if item.is_null() {
            // The decoder reads a zero, the API server keeps the null and finds it of the wrong type.
            let why = "the API server expects a value, got null";
            cx.object(Weight::SCHEMA, "schema-type", item, why);
            T::zero(item.span())
        } else {
            T::decode(item, cx)
        };
        out.extend(value);
    }
}

impl<T: Decode> Field for Vec<T> {
    fn read(&mut self, node: Node<'_>, cx: &mut Decoder<'_>) {
        self.clear();
        read_items(node, cx, self, Self::reserve_exact);
    }
}

/// A list that is mostly empty, of a message of which there are many.
impl<T: Decode> Field for ThinVec<T> {
    fn read(&mut self, node: Node<'_>, cx: &mut Decoder<'_>) {
        self.clear();
        read_items(node, cx, self, Self::reserve_exact);
    }
}

impl<T: Decode> Field for Map<T> {
    fn read(&mut self, node: Node<'_>, cx: &mut Decoder<'_>) {
        self.entries.clear();
        if node.kind() != Kind::Map {
            return cx.wrong(node, "a map");
        }
        self.entries.reserve_exact(node.entries().size_hint().0);
        for (key, value) in node.last_entries() {
            let decoded =
                if value.is_null() { T::zero(value.span()) } else { T::decode(value, cx) };
            let Some(decoded) = decoded else {
                cx.retell_misplaced(node, key, value, T::FIELDS);
                continue;
            };
            let key = Spanned::new(Str::from(key.key().as_ref()), key.span());
            self.entries.push((key, decoded));
        }
    }
}

impl<T: Decode> Decode for Box<T> {
    const FIELDS: &'static [&'static str] = T::FIELDS;

    fn decode(node: Node<'_>, cx: &mut Decoder<'_>) -> Option<Self> {
        T::decode(node, cx).map(Box::new)
    }
    fn zero(span: Span) -> Option<Self> {
        T::zero(span).map(Box::new)
    }
}

impl<T: Decode> Decode for std::sync::Arc<T> {
    const FIELDS: &'static [&'static str] = T::FIELDS;

    fn decode(node: Node<'_>, cx: &mut Decoder<'_>) -> Option<Self> {
        T::decode(node, cx).map(std::sync::Arc::new)
    }
    fn zero(span: Span) -> Option<Self> {
        T::zero(span).map(std::sync::Arc::new)
    }
}
