//! `message!` and `enumeration!`: what makes a type decodable.

/// Defines a message: a struct with the span of its node, read from a mapping. `cel` names a function for what the
/// schema says of several fields of the message at once.
macro_rules! message {
    ($(#[$meta:meta])* $name:ident { $($(#[$field_meta:meta])* $field:ident: $type:ty = $json:literal $(in $facets:expr)?),* $(,)? } $(cel $rules:path)?) => {
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
            const FIELDS: &'static [&'static str] = &[$($json),*];

            fn decode(
                node: $crate::yaml::Node<'_>,
                cx: &mut $crate::istio::decode::Decoder<'_>,
            ) -> Option<Self> {
                const FIELDS: &[$crate::istio::decode::FieldSchema] = &[$({
                    let facets = [$crate::istio::decode::free() $(, $facets)?];
                    $crate::istio::decode::FieldSchema::new($json, facets[facets.len() - 1])
                }),*];
                if node.kind() != $crate::yaml::Kind::Map {
                    cx.no_map(node, Self::FIELDS);
                    return None;
                }
                let mut out = Self::empty(node.span());
                // Fields that are there under the name that all readers know.
                let mut present = 0u64;
                for (key, value) in node.last_entries() {
                    // The name of no field is also that of another value, as `on` is that of `true`.
                    let name = key.text().unwrap_or_default();
                    let Some((at, named)) = cx.field_of(name, FIELDS) else {
                        let known = FIELDS.iter().map(|field| field.json);
                        cx.unknown_field(stringify!($name), node, key, known);
                        continue;
                    };
                    cx.note_blank(key, value, &FIELDS[at]);
                    let bit = 1u64 << at;
                    let is_json = named == $crate::istio::decode::Named::Json;
                    // The name in JSON wins over the other one; null is absent.
                    let is_read = !value.is_null() && (is_json || present & bit == 0);
                    if !is_read || !cx.enter(named, key, &FIELDS[at]) {
                        continue;
                    }
                    $(if at == const { $crate::istio::decode::place_of($json, FIELDS) } {
                        $crate::istio::decode::Field::read(&mut out.$field, value, cx);
                    } else)* {}
                    cx.leave(named, value, &FIELDS[at]);
                    if is_json {
                        present |= bit;
                    }
                }
                cx.check_message(node, FIELDS, present);
                $(if cx.checks_schema() {
                    let rules: fn($crate::yaml::Node<'_>, &mut $crate::istio::decode::Decoder<'_>) = $rules;
                    rules(node, cx);
                })?
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
                let value = match cx.enumerated(node, $name::NAMES)? {
                    $($crate::istio::decode::Enumerated::Name($text) => $name::$variant,)*
                    $($crate::istio::decode::Enumerated::Number($number) => $name::$variant,)*
                    $crate::istio::decode::Enumerated::Number(number) => $name::Other(number),
                    $crate::istio::decode::Enumerated::Name(_) => return None,
                };
                Some($crate::text::Spanned::new(value, node.span()))
            }
            fn zero(_: $crate::text::Span) -> Option<Self> {
                None
            }
        }
    };
}

pub(crate) use {enumeration, message};
