//! Source texts, byte spans, lines and columns, and how far texts are from each other. Knows nothing of YAML.

mod base64;
mod distance;
mod lines;
mod neighbours;
mod placeholder;
mod release;
mod source;
mod span;
pub mod spelling;

pub use base64::base64;
pub use distance::{Word, distance};
pub use lines::{LineIndex, Place};
pub use neighbours::{Neighbours, folder, is_within, joined};
pub use placeholder::{has_substitution, is_placeholder, may_be_put_in};
pub use release::release;
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
