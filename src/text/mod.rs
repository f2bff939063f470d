//! Source texts, byte spans, lines and columns, and how far texts are from each other. Knows nothing of YAML.

mod base64;
mod distance;
mod lines;
mod neighbours;
mod source;
mod span;
pub mod spelling;

pub use base64::base64;
pub use distance::distance;
pub use lines::{LineIndex, Place};
pub use neighbours::{Neighbours, folder, is_within};
pub use source::{Source, Sources};
pub use span::{SourceId, Span, Spanned};

/// A text as written. Most of those that manifests hold are short: up to 15 bytes take no memory of their own, longer
/// ones are shared by their clones.
pub use ecow::EcoString as Str;

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

/// Whether a part of `text` is certainly put in later: `${NAME}`, `{{ .Values.name }}`, a value of SOPS. Another `$` is
/// mostly that of a regular expression, and where it is not, nobody but the text's author knows: `$NAME` counts as it
/// stands.
pub fn has_substitution(text: &str) -> bool {
    let is_name = |after: &str| after.starts_with(|c: char| c.is_ascii_alphabetic() || c == '_');
    let opened = text.split("${").skip(1).any(|after| is_name(after) && after.contains('}'));
    opened || text.contains("{{") || text.trim_start_matches(['"', '\'']).starts_with("ENC[")
}
