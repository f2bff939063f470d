//! A request as routes see it: with what Envoy takes away from its headers and adds to them.
//!
//! Mirrors `source/common/http/conn_manager_utility.cc`: `mutateRequestHeaders`, `cleanInternalHeaders`,
//! `getScheme` for a connection manager with `useRemoteAddress` (1.40). The client counts as external.

use std::borrow::Cow;

use super::http1::{is_name, trim};
use super::request::Request;
use crate::envoy::listener::HttpConnectionManager;

/// The address of the client where none is known.
const CLIENT: &str = "127.0.0.1";
/// Stands for the random identifier of a request.
const REQUEST_ID: &str = "00000000-0000-4000-8000-000000000000";

/// A request after the connection manager's work.
#[derive(Debug)]
pub(super) struct Incoming<'r> {
    /// The method.
    pub(super) method: &'r str,
    /// `:authority` as received.
    pub(super) authority: Cow<'r, str>,
    /// `:path`, normalized, with its query; none for CONNECT.
    pub(super) path: Option<String>,
    /// `:scheme`.
    pub(super) scheme: String,
    /// `x-forwarded-proto`.
    pub(super) forwarded_proto: Cow<'r, str>,
    forwarded_for: Cow<'r, str>,
    client: &'r str,
    request: &'r Request,
    keeps_client_certificate: bool,
}

impl<'r> Incoming<'r> {
    pub(super) fn new(
        request: &'r Request,
        method: &'r str,
        authority: Cow<'r, str>,
        path: Option<String>,
        scheme: Option<String>,
        manager: &HttpConnectionManager,
        is_tls: bool,
    ) -> Self {
        let of_connection = if is_tls { "https" } else { "http" };
        let forwarded_proto = if manager.xff_num_trusted_hops == 0 {
            None
        } else {
            joined(request, "x-forwarded-proto")
        };
        let forwarded_proto = forwarded_proto.unwrap_or(Cow::Borrowed(of_connection));
        let scheme = scheme.unwrap_or_else(|| {
            let forwarded = forwarded_proto.to_ascii_lowercase();
            let is_valid = forwarded == "http" || forwarded == "https";
            if is_valid { forwarded } else { of_connection.to_owned() }
        });
        let client = request.client_ip.as_deref().unwrap_or(CLIENT);
        let forwarded_for = match joined(request, "x-forwarded-for") {
            Some(hops) => Cow::Owned(format!("{hops},{client}")),
            None => Cow::Borrowed(client),
        };
        let keeps_client_certificate = matches!(
            manager.forward_client_cert_details.as_str(),
            "FORWARD_ONLY" | "APPEND_FORWARD" | "ALWAYS_FORWARD_ONLY"
        );
        Self {
            method,
            authority,
            path,
            scheme,
            forwarded_proto,
            forwarded_for,
            client,
            request,
            keeps_client_certificate,
        }
    }

    /// What decides between weighted clusters.
    pub(super) fn random(&self) -> Option<u64> {
        self.request.random
    }

    /// The path without its query; empty for CONNECT.
    pub(super) fn path_only(&self) -> &str {
        let path = self.path.as_deref().unwrap_or_default();
        path.split_once('?').map_or(path, |(path, _)| path)
    }

    /// The query, from after the first `?`.
    pub(super) fn query(&self) -> &str {
        let path = self.path.as_deref().unwrap_or_default();
        path.split_once('?').map_or("", |(_, query)| query)
    }

    /// Whether `test` holds for some value of a header (name in lower case), each tested by itself but for those that
    /// Envoy keeps as one; none where the request does not have the header.
    pub(super) fn any_value(&self, name: &str, mut test: impl FnMut(&str) -> bool) -> Option<bool> {
        match name {
            ":method" => return Some(test(self.method)),
            ":authority" | "host" => return Some(test(&self.authority)),
            ":path" => return self.path.as_deref().map(test),
            ":scheme" => return Some(test(&self.scheme)),
            "x-forwarded-proto" => return Some(test(&self.forwarded_proto)),
            "x-forwarded-for" => return Some(test(&self.forwarded_for)),
            "x-envoy-external-address" => return Some(test(self.client)),
            "x-request-id" => return Some(test(REQUEST_ID)),
            _ if self.is_removed(name) => return None,
            _ => {}
        }
        if JOINED.contains(&name) {
            return joined(self.request, name).map(|all| test(&all));
        }
        let mut found = None;
        for (key, value) in &self.request.headers {
            if key.eq_ignore_ascii_case(name) {
                if test(trim(value)) {
                    return Some(true);
                }
                found = Some(false);
            }
        }
        found
    }

    /// The first value of a header.
    pub(super) fn value(&self, name: &str) -> Option<&'r str> {
        self.request.header(name).map(trim).filter(|_| !self.is_removed(name))
    }

    fn is_removed(&self, name: &str) -> bool {
        match name {
            "keep-alive" | "proxy-connection" | "transfer-encoding" => true,
            "connection" | "upgrade" => self.request.header("upgrade").is_none(),
            "te" => self.request.header("te") != Some("trailers"),
            "x-forwarded-client-cert" => !self.keeps_client_certificate,
            _ => name.strip_prefix("x-envoy-").is_some_and(|name| INTERNAL.contains(&name)),
        }
    }
}

/// How often a header can be in a request that reaches the router.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::envoy) enum Occurrence {
    /// Never: it is removed, or no request can have a header of this name.
    Never,
    /// At most once: several are joined.
    Once,
    /// Once in every request: Envoy adds it.
    Always,
    /// Any number of times.
    Often,
}

impl Occurrence {
    /// How often the header `name` (in lower case) can be there.
    pub(in crate::envoy) fn of(name: &str) -> Self {
        let is_internal = |name: &str| INTERNAL.contains(&name);
        match name {
            ":method"
            | ":authority"
            | ":path"
            | ":scheme"
            | "host"
            | "x-forwarded-proto"
            | "x-forwarded-for"
            | "x-envoy-external-address"
            | "x-request-id" => Self::Always,
            "keep-alive" | "proxy-connection" | "transfer-encoding" => Self::Never,
            _ if !is_name(name) => Self::Never,
            _ if name.strip_prefix("x-envoy-").is_some_and(is_internal) => Self::Never,
            _ if JOINED.contains(&name) => Self::Once,
            _ => Self::Often,
        }
    }
}

/// All values of a header, as one.
fn joined<'r>(request: &'r Request, name: &str) -> Option<Cow<'r, str>> {
    let mut values = request
        .headers
        .iter()
        .filter(|(key, _)| key.eq_ignore_ascii_case(name))
        .map(|(_, v)| trim(v));
    let first = values.next()?;
    let rest: Vec<_> = values.collect();
    Some(if rest.is_empty() { first.into() } else { format!("{first},{}", rest.join(",")).into() })
}

/// Headers `x-envoy-...` that no external client may send.
const INTERNAL: [&str; 22] = [
    "decorator-operation",
    "downstream-service-cluster",
    "downstream-service-node",
    "expected-rq-timeout-ms",
    "force-trace",
    "hedge-on-per-try-timeout",
    "internal",
    "ip-tags",
    "max-retries",
    "original-host",
    "original-path",
    "original-url",
    "retriable-header-names",
    "retriable-status-codes",
    "retry-grpc-on",
    "retry-on",
    "upstream-alt-stat-name",
    "upstream-rq-per-try-timeout-ms",
    "upstream-rq-timeout-alt-response",
    "upstream-rq-timeout-ms",
    "upstream-stream-duration-ms",
    "attempt-count",
];

/// Headers that Envoy's parser joins by commas where they repeat (mirrors `INLINE_REQ_HEADERS` of
/// `envoy/http/header_map.h` and the headers that its filters register).
const JOINED: [&str; 25] = [
    "accept",
    "accept-encoding",
    "access-control-request-headers",
    "access-control-request-method",
    "access-control-request-private-network",
    "authorization",
    "cache-control",
    "connection",
    "content-length",
    "content-type",
    "expect",
    "grpc-accept-encoding",
    "grpc-timeout",
    "if-match",
    "if-modified-since",
    "if-none-match",
    "if-range",
    "if-unmodified-since",
    "origin",
    "pragma",
    "referer",
    "upgrade",
    "user-agent",
    "via",
    "x-forwarded-host",
];
