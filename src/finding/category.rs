//! The families of rules.

/// A family of rules; the digit of the code, the folder and the word for `--select` follow from it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Category {
    /// `GW0xx`: what cannot be read or would not be admitted.
    Syntax,
    /// `GW1xx`: Gateways and servers.
    Gateway,
    /// `GW2xx`: TLS.
    Tls,
    /// `GW3xx`: which VirtualService is bound to which server.
    Binding,
    /// `GW4xx`: hosts that are claimed twice.
    Conflict,
    /// `GW5xx`: routes and their reachability.
    Routing,
    /// `GW6xx`: where routes lead.
    Destination,
    /// `GW7xx`: exposure.
    Security,
    /// `GW8xx`: hygiene.
    Style,
}

impl Category {
    /// The word, as typed and printed; also the name of the folder in `src/rules`.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Syntax => "syntax",
            Self::Gateway => "gateway",
            Self::Tls => "tls",
            Self::Binding => "binding",
            Self::Conflict => "conflict",
            Self::Routing => "routing",
            Self::Destination => "destination",
            Self::Security => "security",
            Self::Style => "style",
        }
    }

    /// The digit of the codes.
    pub fn digit(self) -> char {
        (b'0' + self as u8) as char
    }

    /// All categories in the order of their codes.
    pub const ALL: [Self; 9] = [
        Self::Syntax,
        Self::Gateway,
        Self::Tls,
        Self::Binding,
        Self::Conflict,
        Self::Routing,
        Self::Destination,
        Self::Security,
        Self::Style,
    ];
}
