//! Matches without a table around them: whether a request meets them.

use super::http1;
use super::incoming::Incoming;
use super::request::Request;
use super::route::Match;
use super::text::Patterns;
use crate::envoy::listener::HttpConnectionManager;
use crate::envoy::route::RouteMatch;

/// Compiled matches, by index.
#[derive(Debug)]
pub(in crate::envoy) struct Alone<'t> {
    matches: Vec<Match<'t>>,
}

impl<'t> Alone<'t> {
    pub(in crate::envoy) fn new(matchers: &[&'t RouteMatch], patterns: &mut Patterns<'t>) -> Self {
        Self { matches: matchers.iter().map(|matcher| Match::new(matcher, patterns)).collect() }
    }

    /// Whether match `at` holds for a request.
    pub(in crate::envoy) fn holds(&self, at: usize, read: &Read<'_>) -> bool {
        self.matches[at].holds(&read.incoming, read.incoming.path_only())
    }
}

/// A request as it comes to the router.
#[derive(Debug)]
pub(in crate::envoy) struct Read<'r> {
    incoming: Incoming<'r>,
}

impl<'r> Read<'r> {
    /// What Envoy makes of a request with Istio's defaults; none where it does not route it.
    pub(in crate::envoy) fn new(request: &'r Request) -> Option<Self> {
        let manager = HttpConnectionManager {
            route_config: String::new(),
            http_filters: Vec::new(),
            normalize_path: true,
            merge_slashes: false,
            unescape_slashes: false,
            xff_num_trusted_hops: 0,
            forward_client_cert_details: "SANITIZE_SET".to_owned(),
        };
        let incoming = http1::read(request, &manager, request.tls).ok()?;
        Some(Self { incoming })
    }

    /// The path without its query.
    pub(in crate::envoy) fn path(&self) -> &str {
        self.incoming.path_only()
    }
}
