//! From YAML nodes to typed messages, as istiod's decoder reads them (mirrors golang/protobuf 1.5.4 `jsonpb`,
//! 3-validation.md D.5): camelCase and snake_case names, null is absent, numbers may be quoted, enums by name or
//! number, the last of several equal keys counts. Unknown fields are skipped.

use rustc_hash::FxHashMap;

use crate::text::{Span, Spanned, is_placeholder};
use crate::yaml::{Kind, Node, Scalar, Tree, path_at};

/// A value of the wrong type, or one that its type does not allow.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    /// The value at fault.
    pub span: Span,
    /// `spec.servers[0].port.number: expected a number, got text`.
    pub message: String,
    /// The values that would be right, where they are few.
    pub allowed: Vec<&'static str>,
}

/// What is collected while one object is decoded.
#[derive(Debug)]
pub struct Decoder<'t> {
    tree: &'t Tree<'t>,
    /// Whether fields have a second name in `snake_case`.
    is_protobuf: bool,
    problems: Vec<Problem>,
    unknown: Vec<Span>,
}

/// What decoding one object gave beside the object.
#[derive(Debug, Default)]
pub struct Decoded {
    /// Why the object cannot be decoded; empty if it can.
    pub problems: Vec<Problem>,
    /// Values that are not text and hold a placeholder: nobody knows them.
    pub unknown: Vec<Span>,
}

impl<'t> Decoder<'t> {
    /// A decoder for nodes of `tree`: a protobuf message, whose fields have a second name in `snake_case`, or not.
    pub fn new(tree: &'t Tree<'t>, is_protobuf: bool) -> Self {
        Self { tree, is_protobuf, problems: Vec::new(), unknown: Vec::new() }
    }

    /// Whether `key` names the field `json`.
    pub(crate) fn is_field(&self, key: &str, json: &str) -> bool {
        key == json || (self.is_protobuf && key.contains('_') && is_snake_case_of(key, json))
    }

    /// Ends decoding.
    pub fn finish(self) -> Decoded {
        Decoded { problems: self.problems, unknown: self.unknown }
    }

    /// Records that `node` is not an `expected`.
    pub fn wrong(&mut self, node: Node<'_>, expected: &str) {
        let got = describe(node);
        self.problem(node, &format!("expected {expected}, got {got}"));
    }

    /// Records that something is wrong with `node`.
    pub fn problem(&mut self, node: Node<'_>, why: &str) {
        let span = node.span();
        let message = match path_at(self.tree, span) {
            Some(path) => format!("{path}: {why}"),
            None => why.to_owned(),
        };
        self.problems.push(Problem { span, message, allowed: Vec::new() });
    }

    /// Offers values for the problem that was recorded last.
    pub fn allowed(&mut self, values: impl IntoIterator<Item = &'static str>) {
        if let Some(problem) = self.problems.last_mut() {
            problem.allowed = values.into_iter().collect();
        }
    }

    /// Whether `node` holds a placeholder, in which case its value is unknown and this is recorded.
    pub(crate) fn is_placeholder(&mut self, node: Node<'_>) -> bool {
        let found = node.text().is_some_and(is_placeholder);
        if found {
            self.unknown.push(node.span());
        }
        found
    }
}

/// Whether `key` is the name of the protobuf field whose JSON name is `json`: `export_to` of `exportTo`.
fn is_snake_case_of(key: &str, json: &str) -> bool {
    let snake = json.bytes().flat_map(|byte| {
        let underscore = byte.is_ascii_uppercase().then_some(b'_');
        underscore.into_iter().chain(std::iter::once(byte.to_ascii_lowercase()))
    });
    key.bytes().eq(snake)
}

/// What a node is, for a message.
fn describe(node: Node<'_>) -> String {
    match (node.kind(), node.scalar()) {
        (Kind::Seq, _) => "a list".into(),
        (Kind::Map, _) => "a map".into(),
        (_, Some(Scalar::Bool(_))) => format!("the boolean `{}`", node.text().unwrap_or_default()),
        (_, Some(Scalar::Int(_) | Scalar::Float(_))) => {
            format!("the number `{}`", node.text().unwrap_or_default())
        }
        (_, Some(Scalar::Null)) => "null".into(),
        (_, Some(Scalar::Str(text))) => {
            let short: String = text.chars().take(40).collect();
            format!("`{short}`")
        }
        (_, None) => "nothing".into(),
    }
}

/// A type that can be read from a node.
pub trait Decode: Sized {
    /// Reads `node`, which is not null. None where that fails; the reason is recorded.
    fn decode(node: Node<'_>, cx: &mut Decoder<'_>) -> Option<Self>;

    /// What a null list item or map value stands for: an empty message, a zero.
    fn zero(span: Span) -> Option<Self>;
}

/// A map with string keys, in document order.
#[derive(Clone, Debug)]
pub struct Map<T> {
    /// Keys and values; a key occurs once.
    pub entries: Vec<(Spanned<String>, T)>,
}

impl<T> Default for Map<T> {
    fn default() -> Self {
        Self { entries: Vec::new() }
    }
}

impl<T> Map<T> {
    /// The value of a key.
    pub fn get(&self, key: &str) -> Option<&T> {
        self.entries.iter().find(|(k, _)| k.value == key).map(|(_, value)| value)
    }

    /// Keys and values in document order.
    pub fn iter(&self) -> impl DoubleEndedIterator<Item = (&Spanned<String>, &T)> {
        self.entries.iter().map(|(key, value)| (key, value))
    }

    /// Keys and values sorted by the bytes of the key, as Go code does before it iterates over a map.
    pub fn sorted(&self) -> Vec<(&Spanned<String>, &T)> {
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

impl<T: Decode> Field for Vec<T> {
    fn read(&mut self, node: Node<'_>, cx: &mut Decoder<'_>) {
        self.clear();
        if node.kind() != Kind::Seq {
            return cx.wrong(node, "a list");
        }
        let items = node.items();
        // Exactly: growing would start at four, and most lists of a manifest have one item.
        self.reserve_exact(items.len());
        for item in items {
            let value = if item.is_null() { T::zero(item.span()) } else { T::decode(item, cx) };
            self.extend(value);
        }
    }
}

/// Maps up to this size are searched for each key.
const FEW_KEYS: usize = 12;

impl<T: Decode> Field for Map<T> {
    fn read(&mut self, node: Node<'_>, cx: &mut Decoder<'_>) {
        self.entries.clear();
        if node.kind() != Kind::Map {
            return cx.wrong(node, "a map");
        }
        let count = node.entries().size_hint().0;
        self.entries.reserve_exact(count);
        // A search for each key would be quadratic.
        let is_large = count > FEW_KEYS;
        let mut places: FxHashMap<String, usize> = FxHashMap::default();
        for (key, value) in node.entries() {
            let decoded =
                if value.is_null() { T::zero(value.span()) } else { T::decode(value, cx) };
            let Some(decoded) = decoded else { continue };
            let key = Spanned::new(key.key().into_owned(), key.span());
            let place = if is_large {
                places.get(&key.value).copied()
            } else {
                self.entries.iter().position(|(known, _)| known.value == key.value)
            };
            if let Some(at) = place {
                self.entries[at] = (key, decoded);
                continue;
            }
            if is_large {
                places.insert(key.value.clone(), self.entries.len());
            }
            self.entries.push((key, decoded));
        }
    }
}

impl<T: Decode> Decode for Box<T> {
    fn decode(node: Node<'_>, cx: &mut Decoder<'_>) -> Option<Self> {
        T::decode(node, cx).map(Box::new)
    }
    fn zero(span: Span) -> Option<Self> {
        T::zero(span).map(Box::new)
    }
}

impl<T: Decode> Decode for std::sync::Arc<T> {
    fn decode(node: Node<'_>, cx: &mut Decoder<'_>) -> Option<Self> {
        T::decode(node, cx).map(std::sync::Arc::new)
    }
    fn zero(span: Span) -> Option<Self> {
        T::zero(span).map(std::sync::Arc::new)
    }
}

impl Decode for Spanned<String> {
    fn decode(node: Node<'_>, cx: &mut Decoder<'_>) -> Option<Self> {
        if let Some(Scalar::Str(text)) = node.scalar() {
            return Some(Self::new(text.to_owned(), node.span()));
        }
        cx.wrong(node, "text");
        None
    }
    fn zero(span: Span) -> Option<Self> {
        Some(Self::new(String::new(), span))
    }
}

impl Decode for Spanned<bool> {
    fn decode(node: Node<'_>, cx: &mut Decoder<'_>) -> Option<Self> {
        if let Some(Scalar::Bool(value)) = node.scalar() {
            return Some(Self::new(value, node.span()));
        }
        if cx.is_placeholder(node) {
            return None;
        }
        match node.scalar() {
            // `true` alone would not tell what is wrong with it.
            Some(Scalar::Str(_)) => {
                let why = format!("expected true or false, got the text {}", describe(node));
                cx.problem(node, &why);
            }
            _ => cx.wrong(node, "true or false"),
        }
        None
    }
    fn zero(span: Span) -> Option<Self> {
        Some(Self::new(false, span))
    }
}

/// An integer, bare or quoted, as `jsonpb` takes it; `8080.0` is 8080.
fn integer(node: Node<'_>) -> Option<i128> {
    match node.scalar()? {
        Scalar::Int(value) => Some(value),
        // YAML floats become JSON through Go, which writes integral ones without a fraction.
        #[expect(clippy::cast_possible_truncation, reason = "integral and below 2^53")]
        Scalar::Float(value) if value.fract() == 0.0 && value.abs() < 9_007_199_254_740_992.0 => {
            Some(value as i128)
        }
        Scalar::Str(text) if text.trim() == "null" => Some(0),
        Scalar::Str(text) => text.trim_start().parse().ok(),
        _ => None,
    }
}

macro_rules! integers {
    ($($type:ty => $expected:literal),*) => { $(
        impl Decode for Spanned<$type> {
            fn decode(node: Node<'_>, cx: &mut Decoder<'_>) -> Option<Self> {
                if let Some(value) = integer(node).and_then(|value| <$type>::try_from(value).ok()) {
                    return Some(Self::new(value, node.span()));
                }
                if !cx.is_placeholder(node) {
                    cx.wrong(node, $expected);
                }
                None
            }
            fn zero(span: Span) -> Option<Self> {
                Some(Self::new(0, span))
            }
        }
    )* };
}

integers! { u32 => "a number from 0 to 4294967295", i32 => "a 32-bit number", u64 => "a number from 0" }

impl Decode for Spanned<f64> {
    fn decode(node: Node<'_>, cx: &mut Decoder<'_>) -> Option<Self> {
        #[expect(clippy::cast_precision_loss, reason = "JSON numbers are doubles here")]
        let value = match node.scalar() {
            Some(Scalar::Int(value)) => Some(value as f64),
            Some(Scalar::Float(value)) => Some(value),
            Some(Scalar::Str(text)) => text.trim().parse().ok(),
            _ => None,
        };
        if let Some(value) = value {
            return Some(Self::new(value, node.span()));
        }
        if !cx.is_placeholder(node) {
            cx.wrong(node, "a number");
        }
        None
    }
    fn zero(span: Span) -> Option<Self> {
        Some(Self::new(0.0, span))
    }
}

/// Defines a message: a struct with the span of its node, read from a mapping.
macro_rules! message {
    ($(#[$meta:meta])* $name:ident { $($(#[$field_meta:meta])* $field:ident: $type:ty = $json:literal),* $(,)? }) => {
        $(#[$meta])*
        #[derive(Clone, Debug)]
        pub struct $name {
            /// Where the message is written.
            pub span: $crate::text::Span,
            $($(#[$field_meta])* pub $field: $type,)*
        }

        impl $name {
            /// A message without any field.
            pub fn empty(span: $crate::text::Span) -> Self {
                Self { span, $($field: Default::default()),* }
            }
        }

        impl $crate::istio::decode::Decode for $name {
            fn decode(
                node: $crate::yaml::Node<'_>,
                cx: &mut $crate::istio::decode::Decoder<'_>,
            ) -> Option<Self> {
                if node.kind() != $crate::yaml::Kind::Map {
                    cx.wrong(node, "a map");
                    return None;
                }
                let mut out = Self::empty(node.span());
                for (key, value) in node.entries() {
                    if value.is_null() {
                        continue;
                    }
                    let key = key.key();
                    $(if cx.is_field(&key, $json) {
                        $crate::istio::decode::Field::read(&mut out.$field, value, cx);
                    } else)* {}
                }
                Some(out)
            }
            fn zero(span: $crate::text::Span) -> Option<Self> {
                Some(Self::empty(span))
            }
        }
    };
}

/// Defines an enumeration: by exact name, or any number that fits 32 bits (a number without a name is kept as such).
macro_rules! enumeration {
    ($(#[$meta:meta])* $name:ident { $($(#[$variant_meta:meta])* $variant:ident = $text:literal / $number:literal),* $(,)? }) => {
        $(#[$meta])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        pub enum $name {
            $($(#[$variant_meta])* $variant,)*
            /// A number that names nothing; decodes, and does what its reader does by default.
            Other(i32),
        }

        impl $name {
            /// The names.
            pub const NAMES: &'static [&'static str] = &[$($text),*];

            /// The name, as written in manifests.
            pub fn as_str(self) -> &'static str {
                match self {
                    $(Self::$variant => $text,)*
                    Self::Other(_) => "?",
                }
            }
        }

        impl $crate::istio::decode::Decode for $crate::text::Spanned<$name> {
            fn decode(
                node: $crate::yaml::Node<'_>,
                cx: &mut $crate::istio::decode::Decoder<'_>,
            ) -> Option<Self> {
                let value = match node.scalar() {
                    $(Some($crate::yaml::Scalar::Str($text)) => $name::$variant,)*
                    $(Some($crate::yaml::Scalar::Int($number)) => $name::$variant,)*
                    Some($crate::yaml::Scalar::Int(number)) if i32::try_from(number).is_ok() => {
                        $name::Other(i32::try_from(number).unwrap_or_default())
                    }
                    _ => return cx.wrong_enum(node, $name::NAMES),
                };
                Some($crate::text::Spanned::new(value, node.span()))
            }
            fn zero(_: $crate::text::Span) -> Option<Self> {
                None
            }
        }
    };
}

impl Decoder<'_> {
    /// Records that `node` is none of `names`.
    pub(crate) fn wrong_enum<T>(
        &mut self,
        node: Node<'_>,
        names: &'static [&'static str],
    ) -> Option<T> {
        if !self.is_placeholder(node) {
            self.wrong(node, &format!("one of {}", names.join(", ")));
            self.allowed(names.iter().copied());
        }
        None
    }
}

pub(crate) use {enumeration, message};

#[cfg(test)]
mod tests {
    use super::is_snake_case_of;

    #[test]
    fn protobuf_fields_have_a_name_in_snake_case() {
        for (key, json, expected) in [
            ("export_to", "exportTo", true),
            ("ignore_uri_case", "ignoreUriCase", true),
            ("http2_error", "http2Error", true),
            ("matches", "match", false),
            ("exportTo", "exportTo", false),
            ("export__to", "exportTo", false),
        ] {
            assert_eq!(is_snake_case_of(key, json), expected, "{key}");
        }
    }
}
