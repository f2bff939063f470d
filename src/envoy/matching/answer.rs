//! What Envoy does with a request, and what decided it.

use std::sync::Arc;

use super::http1::BadRequest;
use crate::envoy::Table;
use crate::envoy::listener::{FilterChain, Listener, Terminal};
use crate::envoy::route::{Route, RouteConfig, VirtualHost};

/// What Envoy does with a request. Indices are those of the table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Answer {
    /// What the client sees.
    pub outcome: Outcome,
    /// What decided it.
    pub reason: Reason,
    /// A TLS client got a plain HTTP answer.
    pub plaintext: bool,
    /// In [`Table::listeners`].
    pub listener: Option<usize>,
    /// In the listener's filter chains.
    pub filter_chain: Option<usize>,
    /// In [`Table::routes`].
    pub route_config: Option<usize>,
    /// In the virtual hosts of the route configuration.
    pub virtual_host: Option<usize>,
    /// In the routes of the virtual host.
    pub route: Option<usize>,
    /// Status of an answer of the gateway itself.
    pub status: Option<u32>,
    /// `Location` of a redirect.
    pub location: Option<String>,
    /// Body of a direct response or an abort.
    pub body: Option<String>,
    /// Every cluster that may be chosen, also those that do not exist.
    pub clusters: Vec<ClusterShare>,
    /// What arrives upstream.
    pub upstream: Option<Upstream>,
}

/// What a client sees.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// An HTTP answer.
    Http,
    /// Its bytes reach an upstream.
    Tcp,
    /// Its TLS handshake reaches an upstream.
    Passthrough,
    /// Nothing listens.
    Refused,
    /// The connection is closed without an answer.
    Closed,
    /// A TLS alert.
    TlsRejected,
    /// The input does not tell. No answer of a matcher, which has a table that is complete.
    Unknown,
}

impl Outcome {
    /// The word for it.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Http => "http",
            Self::Tcp => "tcp",
            Self::Passthrough => "passthrough",
            Self::Refused => "refused",
            Self::Closed => "closed",
            Self::TlsRejected => "tls-rejected",
            Self::Unknown => "unknown",
        }
    }
}

/// What decided an answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reason {
    /// Nobody knows to which port of the Pods the client's connection leads.
    UnknownTarget,
    /// A value that is put in later decides. No answer of a matcher.
    Placeholder,
    /// A Secret of the gateway's certificate is missing, so that no handshake succeeds. No answer of a matcher, which
    /// knows no Secrets.
    NoSecret,
    /// No listener on the address and port.
    NoListener,
    /// There is one, but Envoy refuses it; its index.
    ListenerRejected(usize),
    /// The listener wants a PROXY line first.
    NoProxyLine,
    /// No filter chain matches the server name and protocols.
    NoFilterChain,
    /// A server name matches, but none of its chains takes the protocols of the client.
    NoProtocol,
    /// Plain bytes where TLS is terminated.
    PlaintextOnTls,
    /// TLS where plain HTTP is spoken.
    TlsOnPlaintext,
    /// The lowest TLS version is above the highest.
    NoTlsVersion,
    /// The highest TLS version is below those of clients.
    TlsTooOld,
    /// A client certificate is required.
    CertificateRequired,
    /// The client certificate is not the expected one.
    CertificateRefused,
    /// The request is refused before or instead of routing.
    BadRequest(BadRequest),
    /// Envoy refuses the route configuration.
    TableRejected,
    /// No virtual host for the host.
    NoVirtualHost,
    /// The virtual host wants TLS.
    HttpsRedirect,
    /// No route of the virtual host matches.
    NoRoute,
    /// Forwarded.
    Forwarded,
    /// No cluster that it could be forwarded to exists.
    NoCluster,
    /// A redirect by a route.
    Redirect,
    /// A direct response by a route.
    DirectResponse,
    /// An abort by the fault filter.
    FaultAbort,
    /// A preflight, answered by the CORS filter.
    CorsPreflight,
}

impl Reason {
    /// Whether the configuration answers, and does not merely lack an answer.
    pub fn is_served(self) -> bool {
        matches!(
            self,
            Self::HttpsRedirect
                | Self::Forwarded
                | Self::Redirect
                | Self::DirectResponse
                | Self::FaultAbort
                | Self::CorsPreflight
        )
    }

    /// Envoy's response code details, where it has some.
    pub fn details(self) -> Option<&'static str> {
        Some(match self {
            Self::TlsOnPlaintext => "http1.codec_error",
            Self::BadRequest(bad) => bad.details(),
            Self::TableRejected | Self::NoVirtualHost | Self::NoRoute => "route_not_found",
            Self::NoCluster => "cluster_not_found",
            Self::FaultAbort => "fault_filter_abort",
            Self::CorsPreflight => "cors_response",
            Self::DirectResponse => "direct_response",
            _ => return None,
        })
    }
}

/// A cluster that may be chosen.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ClusterShare {
    /// Its name.
    pub name: Arc<str>,
    /// Its share of the sum of all weights.
    pub weight: u32,
    /// Whether it exists.
    pub exists: bool,
}

/// What arrives upstream, by the first cluster that exists.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Upstream {
    /// Method.
    pub method: String,
    /// Path and query.
    pub path: String,
    /// `Host`.
    pub host: String,
}

/// A route that was looked at, or would have been.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Step {
    /// Index in the routes of the virtual host.
    pub route: usize,
    /// What came of it.
    pub verdict: Verdict,
}

/// What came of a candidate.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// It is the answer.
    Matched,
    /// It is not, for this reason.
    Mismatched(Mismatch),
    /// An earlier one was the answer.
    NotReached {
        /// Whether it would be the answer without the earlier ones.
        holds: bool,
    },
}

/// The first part of a match that does not hold.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Mismatch {
    /// The path.
    Path,
    /// A header, by index in the match.
    Header {
        /// Index in the matchers.
        index: usize,
        /// Whether the request has the header.
        present: bool,
    },
    /// A query parameter, by index in the match.
    QueryParameter {
        /// Index in the matchers.
        index: usize,
        /// Whether the request has the parameter.
        present: bool,
    },
    /// A claim, by index in the match; requests carry no valid token here.
    Claim(usize),
}

impl Answer {
    /// An answer that ends before a listener is found.
    pub fn new(outcome: Outcome, reason: Reason) -> Self {
        Self {
            outcome,
            reason,
            plaintext: false,
            listener: None,
            filter_chain: None,
            route_config: None,
            virtual_host: None,
            route: None,
            status: None,
            location: None,
            body: None,
            clusters: Vec::new(),
            upstream: None,
        }
    }

    /// The listener.
    pub fn listener<'t>(&self, table: &'t Table) -> Option<&'t Listener> {
        Some(&table.listeners[self.listener?])
    }

    /// The filter chain.
    pub fn filter_chain<'t>(&self, table: &'t Table) -> Option<&'t FilterChain> {
        Some(&self.listener(table)?.filter_chains[self.filter_chain?])
    }

    /// The route configuration.
    pub fn route_config<'t>(&self, table: &'t Table) -> Option<&'t RouteConfig> {
        Some(&table.routes[self.route_config?])
    }

    /// The virtual host.
    pub fn virtual_host<'t>(&self, table: &'t Table) -> Option<&'t VirtualHost> {
        Some(&self.route_config(table)?.virtual_hosts[self.virtual_host?])
    }

    /// The route.
    pub fn route<'t>(&self, table: &'t Table) -> Option<&'t Route> {
        Some(&self.virtual_host(table)?.routes[self.route?])
    }

    /// `namespace/name` of the VirtualService that answers.
    pub fn virtual_service<'t>(&self, table: &'t Table) -> Option<&'t str> {
        if let Some(route) = self.route(table) {
            return Some(&route.virtual_service);
        }
        match &self.filter_chain(table)?.terminal {
            Terminal::Tcp(tcp) => tcp.virtual_service.as_deref(),
            Terminal::Http(_) => None,
        }
    }
}
