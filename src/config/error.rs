//! What is wrong with a config file, and where.

use crate::text::Span;
use crate::yaml;

/// Why a config file cannot be used.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{message}")]
pub struct Error {
    /// What is wrong.
    pub message: String,
    /// The place.
    pub span: Span,
    /// A further place, with what it is.
    pub related: Option<(Span, String)>,
    /// What to write instead.
    pub help: Option<String>,
}

impl Error {
    /// Something that is wrong at a place.
    pub fn new(span: Span, message: impl Into<String>) -> Self {
        let message = message.into();
        Self { message, span, related: None, help: None }
    }

    /// Says what to write instead.
    #[must_use]
    pub fn help(self, text: impl Into<String>) -> Self {
        Self { help: Some(text.into()), ..self }
    }

    /// Asks for the spelling that may be meant; without one, `otherwise` is the help.
    #[must_use]
    pub(super) fn did_you_mean(self, near: Option<&str>, otherwise: impl Into<String>) -> Self {
        match near {
            Some(near) => self.help(format!("did you mean `{near}`?")),
            None => self.help(otherwise),
        }
    }

    /// Adds another place.
    #[must_use]
    pub(super) fn related(self, span: Span, text: impl Into<String>) -> Self {
        Self { related: Some((span, text.into())), ..self }
    }
}

impl From<yaml::Error> for Error {
    fn from(error: yaml::Error) -> Self {
        let yaml::Error { message, span, related, help } = error;
        Self { message, span, related, help }
    }
}
