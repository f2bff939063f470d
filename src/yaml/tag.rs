//! Explicit tags of scalars. Knows the tags of yaml.org and nothing else.

use super::scalar::resolve;
use super::tree::{Scalar, Style, Tag};

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
            return decode(text).map_or(Tagged::Refused("base64"), Tagged::Made);
        }
        // `!!merge <<` is the ordinary merge key.
        "merge" if style == Style::Plain => return Tagged::Text(Tag::None),
        _ => return Tagged::Text(Tag::Str),
    };
    if matches(resolve(text)) { Tagged::Text(Tag::Core) } else { Tagged::Refused(kind) }
}

/// Standard base64 with padding; line breaks are skipped. Bytes that are no UTF-8 become U+FFFD.
fn decode(text: &str) -> Option<String> {
    let digits: Vec<u8> = text.bytes().filter(|b| !matches!(b, b'\n' | b'\r')).collect();
    if !digits.len().is_multiple_of(4) {
        return None;
    }
    let mut bytes = Vec::with_capacity(digits.len() / 4 * 3);
    for (i, quad) in digits.chunks_exact(4).enumerate() {
        let padding = quad.iter().rev().take_while(|&&b| b == b'=').count();
        if padding > 2 || (padding > 0 && (i + 1) * 4 != digits.len()) {
            return None;
        }
        let mut bits = 0_u32;
        for &digit in &quad[..4 - padding] {
            bits = bits << 6 | u32::from(value(digit)?);
        }
        bits <<= 6 * padding;
        bytes.extend_from_slice(&bits.to_be_bytes()[1..4 - padding]);
    }
    Some(String::from_utf8_lossy(&bytes).into_owned())
}

fn value(digit: u8) -> Option<u8> {
    Some(match digit {
        b'A'..=b'Z' => digit - b'A',
        b'a'..=b'z' => digit - b'a' + 26,
        b'0'..=b'9' => digit - b'0' + 52,
        b'+' => 62,
        b'/' => 63,
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::decode;

    #[test]
    fn base64_needs_padding_and_may_be_broken_into_lines() {
        for (text, expected) in [
            ("", Some("")),
            ("aGk=", Some("hi")),
            ("aG\nk=", Some("hi")),
            ("aGkh", Some("hi!")),
            ("aA==", Some("h")),
            ("aGk", None),
            ("a===", None),
            ("aA==aA==", None),
            ("a-k=", None),
        ] {
            assert_eq!(decode(text).as_deref(), expected, "{text:?}");
        }
    }
}
