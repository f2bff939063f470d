//! Source texts, byte spans, lines and columns. Knows nothing of YAML.

mod lines;
mod source;
mod span;

pub use lines::{LineIndex, Place};
pub use source::{Source, Sources};
pub use span::{SourceId, Span, Spanned};
