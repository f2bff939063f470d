//! Source texts, byte spans, lines and columns, and how far texts are from each other. Knows nothing of YAML.

mod distance;
mod lines;
mod source;
mod span;

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
