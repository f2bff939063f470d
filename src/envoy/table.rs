//! The effective table of one proxy, and what did not reach it.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::detail::Detail;
use super::listener::Listener;
use super::route::{Route, RouteConfig};
use crate::mesh::{Origin, Proxy};

/// Everything that istiod programs into one gateway proxy, as far as it decides routing.
#[derive(Clone, Debug)]
pub struct Table<R: Detail = Route> {
    /// The proxy.
    pub proxy: Arc<Proxy>,
    /// Sorted by port and address.
    pub listeners: Vec<Listener>,
    /// Sorted by name.
    pub routes: Vec<RouteConfig<R>>,
    /// What Envoy makes of it.
    pub verdict: R::Verdict,
    /// The servers of all Gateways that select the proxy, in the order in which istiod merges them.
    pub servers: Vec<ServerRecord>,
    /// Which VirtualService meets which server, and with which hosts; sorted by server.
    pub bindings: Vec<Binding>,
    /// The VirtualServices, by index in [`crate::mesh::Mesh::virtual_services`], that are seen here and name the Gateway
    /// of some server; sorted. Where there is no binding with a server of that Gateway, it serves none of their hosts.
    pub met: Vec<u32>,
    /// What istiod left out.
    pub dropped: Vec<Dropped>,
}

impl<R: Detail> Table<R> {
    /// The route configuration of a name.
    pub fn route_config(&self, name: &str) -> Option<&RouteConfig<R>> {
        self.routes
            .binary_search_by(|config| config.name.as_str().cmp(name))
            .ok()
            .map(|at| &self.routes[at])
    }

    /// Whether the table was made with a VirtualService in view: all its bindings are known.
    pub fn is_met(&self, virtual_service: u32) -> bool {
        self.met.binary_search(&virtual_service).is_ok()
    }
}

impl Table {
    /// By the name of a listener those container ports of which one is its port, where the input does not tell its number.
    pub fn unknown_targets(&self) -> BTreeMap<String, Vec<&str>> {
        let mut all: BTreeMap<String, Option<Vec<&str>>> = BTreeMap::new();
        let has_unknown = self.servers.iter().any(|server| server.unknown_target.is_some());
        for server in self.servers.iter().filter(|server| has_unknown && server.is_live) {
            let names = all.entry(server.listener()).or_insert(Some(Vec::new()));
            match (server.unknown_target.as_deref(), names.as_mut()) {
                // One server is enough to know the port.
                (None, _) => *names = None,
                (Some(name), Some(names)) if !names.contains(&name) => names.push(name),
                _ => {}
            }
        }
        all.into_iter().filter_map(|(listener, names)| Some((listener, names?))).collect()
    }

    /// Whether a cluster of the table exists.
    pub fn cluster_exists(&self, name: &str) -> bool {
        !self.verdict.missing_clusters.contains(name)
    }
}

/// A listener or route configuration that Envoy refuses.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rejected {
    /// Its name.
    pub name: String,
    /// Why.
    pub reason: String,
    /// What is wrong.
    pub cause: Cause,
    /// What causes it.
    pub origins: Vec<Origin>,
}

/// What Envoy refuses.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Cause {
    /// Two filter chains that match every connection.
    ChainTwice,
    /// A server name twice.
    NameTwice(String),
    /// A server name with a star that stands for less than a label.
    PartialWildcard(String),
    /// `subjectAltNames` without a CA.
    SubjectAltNames,
    /// Inline keys of a RequestAuthentication.
    Keys,
    /// The address of another listener.
    Address,
    /// A redirect code that Envoy does not know.
    RedirectCode,
    /// A status of a direct response.
    Status,
    /// No weight above 0.
    Weights,
    /// A claim of a token.
    Claim,
    /// A regular expression.
    Regex(String),
}

/// A server of a Gateway on this proxy.
#[derive(Clone, Debug)]
pub struct ServerRecord {
    /// The server.
    pub origin: Origin,
    /// Index of the Gateway in the store.
    pub gateway: u32,
    /// Index of the server in the Gateway.
    pub index: u32,
    /// Listener port.
    pub port: u32,
    /// The name of the container port behind the Service port, where the input does not tell its number; the listener
    /// port is then the one that istiod takes as long as it knows no Pod, mostly 0.
    pub unknown_target: Option<String>,
    /// `bind` as written.
    pub bind: String,
    /// Hosts, rewritten against the Gateway's namespace.
    pub hosts: Vec<String>,
    /// Whether a placeholder hides some of them.
    pub has_placeholder: bool,
    /// Name of its route configuration; empty where it has none.
    pub route_config: String,
    /// Whether it takes part; if not, `dropped` says why.
    pub is_live: bool,
    /// Whether it was merged into a plaintext HTTP server's filter chain, or has one of its own.
    pub has_chain: bool,
    /// Whether a later server has its route configuration to itself, so that nothing of this one is in it (spec 1, 5.4).
    pub is_displaced: bool,
}

impl ServerRecord {
    /// The name of its listener.
    pub fn listener(&self) -> String {
        let bind = if self.bind.is_empty() { "0.0.0.0" } else { &self.bind };
        format!("{bind}_{}", self.port)
    }
}

/// A VirtualService that names the Gateway of a server, and has a host that the server serves or would serve.
#[derive(Clone, Debug)]
pub struct Binding {
    /// Index in [`crate::mesh::Mesh::virtual_services`].
    pub virtual_service: u32,
    /// Index in [`Table::servers`].
    pub server: u32,
    /// What the server makes of each host of the VirtualService, by index.
    pub hosts: Box<[Admission]>,
}

/// What a server makes of a host.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Admission {
    /// It serves the host or a part of it.
    Served,
    /// It would, but for the namespace before its own host.
    OtherNamespace,
    /// No host of the server meets it.
    Unserved,
}

/// Something that is written and has no part in the table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Dropped {
    /// What.
    pub what: Origin,
    /// The server that it is left out of, by index in [`Table::servers`]; none: of the whole table.
    pub server: Option<u32>,
    /// Why.
    pub reason: DropReason,
    /// What takes its place, where something does.
    pub by: Option<Origin>,
}

impl DropReason {
    /// Whether something that the input does not tell hides what becomes of it.
    pub fn is_unknown(self) -> bool {
        matches!(self, Self::UnknownPort | Self::UnknownTarget | Self::UnknownProtocol)
    }
}

/// Why something is left out.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum DropReason {
    /// A server without `port`.
    NoPort,
    /// A server whose port number is a placeholder.
    UnknownPort,
    /// A server behind a container port by name of which the input does not tell the number (3.3), where it meets another.
    UnknownTarget,
    /// A server whose protocol, or the TLS mode that decides what it is, is a placeholder.
    UnknownProtocol,
    /// A server with `tls` that repeats a host of an earlier one (spec 1, 5.3).
    DuplicateHost,
    /// A server that cannot share port and bind with an earlier plaintext one (5.5).
    PortConflict,
    /// A second HTTPS server with the same route name (5.6).
    RouteNameClash,
    /// A server on a port below 1024 of an unprivileged proxy (3.10).
    Privileged,
    /// In service-annotation mode no Service has the port (3.8).
    NoServicePort,
    /// A server without filter chain: no TCP or TLS route for it (6.4).
    NoFilterChain,
    /// A VirtualService that is not exported to the proxy's namespace (7.5).
    NotExported,
    /// A match for another port than the server's (7.13).
    MatchPort,
    /// A match for other gateways (7.13).
    MatchGateways,
    /// A match with labels or a namespace that the proxy does not have (7.13).
    MatchSource,
    /// A rule or match behind a catch-all of the same VirtualService (7.14).
    BehindCatchAll,
    /// A `tls` match that repeats an SNI host (8.7).
    DuplicateSni,
    /// A `tcp` rule where an earlier one serves the server (8.3).
    TcpTaken,
    /// A TCP or TLS rule without destinations.
    NoDestinations,
    /// A block of a kind that the server does not serve (8.5).
    WrongKind,
    /// A rule whose delegate is not there.
    DelegateMissing,
    /// A rule whose delegate has hosts of its own.
    DelegateHasHosts,
    /// A rule whose delegate is not exported to the root's namespace.
    DelegateNotExported,
    /// A delegate's rule that contradicts the root's match.
    DelegateConflict,
    /// A delegate's rule that would have more matches than are followed.
    DelegateTooLarge,
}
