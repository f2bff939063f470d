//! How bad a finding is.

use std::fmt;

/// Severity, from mild to grave.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Severity {
    /// Works, could be clearer or safer.
    Info,
    /// Accepted, but does something other than it reads.
    Warning,
    /// Rejected by istiod or the API server, or a request that the author evidently wants served is not.
    Error,
}

impl Severity {
    /// The word, as typed and printed.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Info => "info",
            Self::Warning => "warning",
            Self::Error => "error",
        }
    }
}

impl fmt::Display for Severity {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}
