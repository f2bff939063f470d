//! Why gwctl could not do its work, drawn by miette. What is wrong with the input is a finding, not an error.

use std::io;
use std::path::PathBuf;
use std::sync::Arc;

use miette::{
    Diagnostic, GraphicalReportHandler, GraphicalTheme, LabeledSpan, NamedSource, SourceSpan,
    ThemeCharacters, ThemeStyles,
};
use thiserror::Error as ThisError;

use crate::config;
use crate::input::InputError;
use crate::istio::mesh_config::MeshConfigError;
use crate::report::Terminal;
use crate::text::Span;

/// An error that ends the run with exit code 2.
#[derive(Debug, ThisError, Diagnostic)]
pub(super) enum Error {
    /// Arguments that clap refuses; its text is complete.
    #[error("{0}")]
    Arguments(String),
    /// Arguments that clap cannot judge.
    #[error("{message}")]
    Usage {
        /// What is wrong.
        message: String,
        /// What to type instead.
        #[help]
        help: Option<String>,
    },
    /// The input cannot be read.
    #[error("{error}")]
    Input {
        /// Why not.
        error: InputError,
        /// What to do.
        #[help]
        help: Option<String>,
    },
    /// The file of `--mesh-config` is no MeshConfig.
    #[error("`{file}` is not a valid MeshConfig")]
    MeshConfig {
        /// The file.
        file: String,
        /// Its text.
        #[source_code]
        text: Arc<NamedSource<String>>,
        /// The place, where it is known.
        #[label("{reason}")]
        at: Option<SourceSpan>,
        /// Why not.
        reason: String,
        /// The same, where no place can show it.
        #[help]
        help: Option<String>,
    },
    /// The config file cannot be used.
    #[error("{message}")]
    Config {
        /// The file with its text.
        #[source_code]
        text: Arc<NamedSource<String>>,
        /// What is wrong.
        message: String,
        /// Where, and what is to be said of the places.
        #[label(collection)]
        labels: Vec<LabeledSpan>,
        /// What to write instead.
        #[help]
        help: Option<String>,
    },
    /// A file could not be written.
    #[error("cannot write `{}`", path.display())]
    Write {
        /// The file.
        path: PathBuf,
        /// Why not.
        source: io::Error,
    },
    /// The results could not be written.
    #[error("cannot write the results")]
    Output(#[from] io::Error),
}

impl From<InputError> for Error {
    fn from(error: InputError) -> Self {
        let help = error.help();
        Self::Input { error, help }
    }
}

impl Error {
    /// Wrong usage.
    pub(super) fn usage(message: impl Into<String>) -> Self {
        Self::Usage { message: message.into(), help: None }
    }

    /// A config file that cannot be used.
    pub(super) fn config(file: &str, text: &str, error: config::Error) -> Self {
        let label = |span: Span, said: String| {
            let length = (span.end.saturating_sub(span.start)) as usize;
            let said = (!said.is_empty()).then_some(said);
            LabeledSpan::new(said, (span.start as usize).min(text.len()), length)
        };
        let related = error.related.map(|(span, said)| label(span, said));
        Self::Config {
            labels: [label(error.span, "here".to_owned())].into_iter().chain(related).collect(),
            text: Arc::new(NamedSource::new(file, text.to_owned())),
            message: error.message,
            help: error.help,
        }
    }

    /// A file that is no MeshConfig; `whole`: `text` is the whole file, so that a place can be shown.
    pub(super) fn mesh_config(
        file: String,
        text: &str,
        error: &MeshConfigError,
        whole: bool,
    ) -> Self {
        let at = error.offset.filter(|_| whole).map(|at| SourceSpan::from(at.min(text.len())));
        Self::MeshConfig {
            text: Arc::new(NamedSource::new(&file, text.to_owned())),
            file,
            help: at.is_none().then(|| error.message.clone()),
            at,
            reason: error.message.clone(),
        }
    }

    /// Says what to type instead.
    pub(super) fn with_help(self, text: impl Into<String>) -> Self {
        match self {
            Self::Usage { message, .. } => Self::Usage { message, help: Some(text.into()) },
            Self::Input { error, .. } => Self::Input { error, help: Some(text.into()) },
            other => other,
        }
    }

    /// The text for stderr.
    pub(super) fn render(&self, terminal: Terminal) -> String {
        if let Self::Arguments(text) = self {
            return text.clone();
        }
        let theme = GraphicalTheme {
            characters: if terminal.unicode {
                ThemeCharacters::unicode()
            } else {
                ThemeCharacters::ascii()
            },
            styles: if terminal.color { ThemeStyles::ansi() } else { ThemeStyles::none() },
        };
        let mut text = String::new();
        GraphicalReportHandler::new_themed(theme)
            .with_width(terminal.width)
            .with_wrap_lines(false)
            .with_links(false)
            .render_report(&mut text, self)
            .expect("a string takes all");
        text
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn errors_name_their_cause_and_a_way_out() {
        let error = Error::usage("unknown rule `bindng`").with_help("did you mean `binding`?");
        assert_eq!(
            error.render(Terminal::plain()),
            "  × unknown rule `bindng`\n  help: did you mean `binding`?\n"
        );
        let error = Error::Write { path: "a/b".into(), source: io::Error::other("disk full") };
        assert_eq!(error.render(Terminal::plain()), "  × cannot write `a/b`\n  ╰─▶ disk full\n");
        let color = Terminal { color: true, ..Terminal::plain() };
        assert!(error.render(color).contains("\u{1b}["));
    }
}
