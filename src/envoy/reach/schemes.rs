//! How requests come to routes.

/// The schemes that requests to a route configuration have.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Schemes {
    /// `http`: no connection is over TLS.
    Http,
    /// `https`: all connections are over TLS.
    Https,
    /// Both, or it is not known.
    #[default]
    Any,
}

impl Schemes {
    /// What `:scheme` may be.
    pub(super) fn names(self) -> &'static [&'static str] {
        match self {
            Self::Http => &["http"],
            Self::Https => &["https"],
            Self::Any => &["http", "https"],
        }
    }
}
