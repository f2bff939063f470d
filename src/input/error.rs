//! Why the input cannot be read. Knows nothing of exit codes or how errors are shown.

use std::io;

/// What ends a run before anything is analysed. Paths are as the user gave them.
#[derive(Debug, thiserror::Error)]
pub enum InputError {
    /// A named path does not exist or cannot be read.
    #[error("cannot read `{path}`: {reason}")]
    Unreadable {
        /// The path as given.
        path: String,
        /// The reason of the operating system.
        reason: String,
    },
    /// A pattern in place of a path matches no file.
    #[error("no file matches `{glob}`")]
    NoMatch {
        /// The pattern as given.
        glob: String,
    },
    /// The current directory, which paths are relative to, was removed.
    #[error("the current directory does not exist any more")]
    NoCurrentDirectory,
    /// Git cannot tell what is in a revision.
    #[error("cannot read the revision `{revision}`: {message}")]
    Revision {
        /// The revision as given.
        revision: String,
        /// What git has against it.
        message: String,
    },
    /// A named path is not in a revision.
    #[error("`{path}` is not in {revision}")]
    NotInRevision {
        /// The path as given.
        path: String,
        /// The revision, as in a sentence.
        revision: String,
    },
    /// A named path lies outside of the repository of which a revision is read.
    #[error("`{path}` is not in the work tree `{top}`, of which a revision is read")]
    NotInWorkTree {
        /// The path as given.
        path: String,
        /// The root of the work tree.
        top: String,
    },
    /// A pattern cannot be understood.
    #[error("`{glob}` is not a valid pattern: {reason}")]
    BadGlob {
        /// The pattern as given.
        glob: String,
        /// What is wrong with it.
        reason: String,
    },
    /// Two config files stand side by side.
    #[error("`{first}` and `{second}` are both config files: keep one of them")]
    TwoConfigs {
        /// The one.
        first: String,
        /// The other.
        second: String,
    },
    /// A single file that has to be text is not UTF-8.
    #[error("`{path}` is not UTF-8: first invalid byte at offset {offset}")]
    NotUtf8 {
        /// The path as given.
        path: String,
        /// Offset of the first invalid byte, from 0.
        offset: usize,
    },
    /// A single file that has to be read is over [`MAX_FILE_BYTES`](super::MAX_FILE_BYTES).
    #[error("`{path}` is larger than {limit} bytes")]
    TooLarge {
        /// The path as given.
        path: String,
        /// The limit.
        limit: u64,
    },
    /// The files that matter are together over [`MAX_TOTAL_BYTES`](super::MAX_TOTAL_BYTES).
    #[error("the manifests are together larger than {limit} bytes")]
    TooMuch {
        /// The limit.
        limit: u64,
    },
}

impl InputError {
    /// What to do, where that is not said.
    pub fn help(&self) -> Option<String> {
        match self {
            // What git says of a name that it does not know.
            Self::Revision { revision, message }
                if message.to_lowercase().contains("not a valid object name") =>
            {
                Some(format!(
                    "fetch it first: `git fetch origin {revision}`, or in CI a clone that is not shallow (`fetch-depth: 0`)"
                ))
            }
            _ => None,
        }
    }

    pub(super) fn unreadable(path: impl Into<String>, error: &io::Error) -> Self {
        Self::Unreadable { path: path.into(), reason: reason(error) }
    }
}

/// The words of the operating system without the number, in lower case like our own.
pub(super) fn reason(error: &io::Error) -> String {
    let text = error.to_string();
    let text = text.split(" (os error").next().unwrap_or(&text);
    let mut chars = text.chars();
    match chars.next() {
        Some(first) => first.to_lowercase().chain(chars).collect(),
        None => error.kind().to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reasons_are_words_without_numbers() {
        let missing = io::Error::from_raw_os_error(2);
        assert_eq!(reason(&missing), "no such file or directory");
        assert_eq!(
            InputError::unreadable("a.yaml", &missing).to_string(),
            "cannot read `a.yaml`: no such file or directory"
        );
    }

    #[test]
    fn revisions_that_git_does_not_know_are_to_be_fetched() {
        let error = |message: &str| {
            InputError::Revision { revision: "main".into(), message: message.into() }.help()
        };
        let help = error("Not a valid object name main").unwrap();
        assert!(help.contains("`git fetch origin main`"), "{help}");
        assert_eq!(error("not a git repository"), None);
    }
}
