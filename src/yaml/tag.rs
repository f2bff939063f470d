//! Explicit tags of scalars. Knows the tags of yaml.org and nothing else.

use super::scalar::resolve;
use super::tree::{Scalar, Style, Tag};
use crate::text::base64;

/// What a tag makes of a scalar.
pub(super) enum Tagged {
    /// The text as it is, to be read by this rule.
    Text(Tag),
    /// Another text: what `!!binary` holds.
    Made(String),
    /// The text is not of the kind that the tag names.
    Refused(&'static str),
}

const YAML: &str = "tag:yaml.org,2002:";

/// Applies the tag `handle` + `suffix` to a scalar (mirrors yaml.v2 `resolve.go`: `resolve`).
pub(super) fn apply(handle: &str, suffix: &str, text: &str, style: Style) -> Tagged {
    let name = match handle {
        YAML => suffix,
        "" => suffix.strip_prefix(YAML).unwrap_or("str"),
        _ => "str",
    };
    let (kind, matches): (_, fn(Scalar<'_>) -> bool) = match name {
        "int" => ("an integer", |s| matches!(s, Scalar::Int(_))),
        "float" => ("a number", |s| matches!(s, Scalar::Int(_) | Scalar::Float(_))),
        "bool" => ("a boolean", |s| matches!(s, Scalar::Bool(_))),
        "null" => ("null", |s| s == Scalar::Null),
        "binary" => {
            // Bytes that are no UTF-8 become U+FFFD.
            let made = |bytes: Vec<u8>| Tagged::Made(String::from_utf8_lossy(&bytes).into_owned());
            return base64(text).map_or(Tagged::Refused("base64"), made);
        }
        // `!!merge <<` is the ordinary merge key.
        "merge" if style == Style::Plain => return Tagged::Text(Tag::None),
        _ => return Tagged::Text(Tag::Str),
    };
    if matches(resolve(text)) { Tagged::Text(Tag::Core) } else { Tagged::Refused(kind) }
}
