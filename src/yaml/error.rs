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

impl Error {
    pub(super) fn new(message: impl Into<String>, span: Span) -> Self {
        Self { message: message.into(), span, related: None, help: None }
    }

    pub(super) fn related(mut self, span: Span, text: impl Into<String>) -> Self {
        self.related = Some((span, text.into()));
        self
    }

    pub(super) fn help(mut self, text: impl Into<String>) -> Self {
        self.help = Some(text.into());
        self
    }
}
