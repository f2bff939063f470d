//! Which written place a thing comes from.

use std::fmt;

use crate::text::Span;

/// An object of the store, by kind and index.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum ObjectRef {
    /// Index in `Store::gateways`.
    Gateway(u32),
    /// Index in `Store::virtual_services`.
    VirtualService(u32),
    /// Index in `Store::destination_rules`.
    DestinationRule(u32),
    /// Index in `Store::service_entries`.
    ServiceEntry(u32),
    /// Index in `Store::services`.
    Service(u32),
    /// Index in `Store::workloads`.
    Workload(u32),
    /// Index in `Store::policies`.
    Policy(u32),
}

/// A part of an object; displayed as its field path.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Part {
    /// The whole object.
    Whole,
    /// `spec.servers[i]`.
    Server(u32),
    /// `spec.servers[i].hosts[j]`.
    ServerHost(u32, u32),
    /// `spec.hosts[i]`.
    Host(u32),
    /// `spec.gateways[i]`.
    Gateway(u32),
    /// `spec.http[i]`.
    Http(u32),
    /// `spec.http[i].match[j]`.
    HttpMatch(u32, u32),
    /// `spec.tls[i]`.
    Tls(u32),
    /// `spec.tls[i].match[j]`.
    TlsMatch(u32, u32),
    /// `spec.tcp[i]`.
    Tcp(u32),
    /// `spec.tcp[i].match[j]`.
    TcpMatch(u32, u32),
    /// `spec.ports[i]`.
    Port(u32),
    /// `spec.subsets[i]`.
    Subset(u32),
}

impl Part {
    /// The rule that a match is of; other parts are themselves.
    #[must_use]
    pub fn rule(self) -> Self {
        match self {
            Self::HttpMatch(i, _) => Self::Http(i),
            Self::TlsMatch(i, _) => Self::Tls(i),
            Self::TcpMatch(i, _) => Self::Tcp(i),
            part => part,
        }
    }
}

/// A written place: which part of which object, and where it stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Origin {
    /// The object.
    pub object: ObjectRef,
    /// The part of it.
    pub part: Part,
    /// Where the part is written.
    pub span: Span,
}

impl Origin {
    /// A part of an object, written at `span`.
    pub fn new(object: ObjectRef, part: Part, span: Span) -> Self {
        Self { object, part, span }
    }
}

impl fmt::Display for Part {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match *self {
            Self::Whole => f.write_str("spec"),
            Self::Server(i) => write!(f, "spec.servers[{i}]"),
            Self::ServerHost(i, j) => write!(f, "spec.servers[{i}].hosts[{j}]"),
            Self::Host(i) => write!(f, "spec.hosts[{i}]"),
            Self::Gateway(i) => write!(f, "spec.gateways[{i}]"),
            Self::Http(i) => write!(f, "spec.http[{i}]"),
            Self::HttpMatch(i, j) => write!(f, "spec.http[{i}].match[{j}]"),
            Self::Tls(i) => write!(f, "spec.tls[{i}]"),
            Self::TlsMatch(i, j) => write!(f, "spec.tls[{i}].match[{j}]"),
            Self::Tcp(i) => write!(f, "spec.tcp[{i}]"),
            Self::TcpMatch(i, j) => write!(f, "spec.tcp[{i}].match[{j}]"),
            Self::Port(i) => write!(f, "spec.ports[{i}]"),
            Self::Subset(i) => write!(f, "spec.subsets[{i}]"),
        }
    }
}
