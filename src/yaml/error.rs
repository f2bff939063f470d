//! Why a text is not YAML.

use crate::text::Span;

/// A text that cannot be read as YAML.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{message}")]
pub struct Error {
    /// What is wrong, in our words.
    pub message: String,
    /// The offending token.
    pub span: Span,
    /// A further place, with what it is (for example the opening bracket).
    pub related: Option<(Span, String)>,
    /// What to do.
    pub help: Option<String>,
}
