//! Source texts, byte spans, lines and columns, and how far texts are from each other. Knows nothing of YAML.

mod base64;
mod distance;
mod lines;
mod source;
mod span;

pub use base64::base64;
pub use distance::distance;
pub use lines::{LineIndex, Place};
pub use source::{Source, Sources};
pub use span::{SourceId, Span, Spanned};

/// The items with `separator` between them; of many the first five, and how many more there are.
pub fn first_five(items: &[String], separator: &str) -> String {
    match items.len() {
        ..=5 => items.join(separator),
        n => format!("{}{separator}and {} more", items[..5].join(separator), n - 5),
    }
}

/// Whether a text holds something that is put in later, so that nobody knows the value: `$NAME` and `${NAME}` of envsubst
/// and Flux, `{{ ... }}` of templates, `ENC[...]` of SOPS.
pub fn is_placeholder(text: &str) -> bool {
    text.contains('$') || text.contains("{{") || text.starts_with("ENC[")
}

/// Whether a part of `text` is certainly put in later: `${NAME}`, `{{ .Values.name }}`, a value of SOPS, or `$NAME` as
/// the whole of it. A `$` elsewhere is mostly that of a regular expression.
pub fn has_substitution(text: &str) -> bool {
    let is_word = |text: &str| {
        let is_part = |b: u8| b.is_ascii_alphanumeric() || b == b'_';
        !text.is_empty() && text.bytes().all(is_part) && !text.as_bytes()[0].is_ascii_digit()
    };
    let bare = text.trim_matches(['"', '\'']);
    text.contains("${")
        || text.contains("{{")
        || bare.starts_with("ENC[")
        || bare.strip_prefix('$').is_some_and(is_word)
}
