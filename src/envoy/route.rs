//! Routes as they result. Names are Envoy's (`envoy.config.route.v3`).

use std::borrow::Cow;
use std::ops::Deref;
use std::sync::Arc;

use crate::istio::duration::Duration;
use crate::mesh::Origin;

/// A `RouteConfiguration`.
#[derive(Clone, Debug)]
pub struct RouteConfig<R = Route> {
    /// `http.8080`, `https.443.https.public.istio-system`.
    pub name: String,
    /// Sorted by name; never empty.
    pub virtual_hosts: Vec<VirtualHost<R>>,
}

/// A `VirtualHost`.
#[derive(Clone, Debug)]
pub struct VirtualHost<R = Route> {
    /// `<host>:<server port>` of the first server that made it.
    pub name: String,
    /// The host of `name` first, then those of virtual hosts that were folded into this one.
    pub domains: Vec<Domain>,
    /// Non-catch-alls in order, then catch-alls in order.
    pub routes: Vec<Arc<R>>,
    /// What each server and VirtualService gave, in the order in which it was put together.
    pub segments: Vec<Segment<R>>,
    /// `requireTls: ALL`; the servers with `httpsRedirect` that ask for it.
    pub require_tls: Vec<Origin>,
    /// `includeRequestAttemptCount`.
    pub include_attempt_count: bool,
}

impl<R> VirtualHost<R> {
    /// Whether plaintext requests get a redirect to https.
    pub fn requires_tls(&self) -> bool {
        !self.require_tls.is_empty()
    }
}

/// The routes that a VirtualService gives to a virtual host through a server.
#[derive(Clone, Debug)]
pub struct Segment<R = Route> {
    /// Index in [`super::Table::servers`].
    pub server: u32,
    /// Index in `Mesh::virtual_services`.
    pub virtual_service: u32,
    /// The routes, catch-alls where they are written.
    pub routes: Arc<[Arc<R>]>,
}

/// A domain of a virtual host.
#[derive(Clone, Debug)]
pub struct Domain {
    /// The lower-cased host.
    pub name: String,
    /// Hosts of VirtualServices and servers that it comes from; empty for the `*` of a blackhole.
    pub origins: Vec<Origin>,
}

/// A `Route`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Route {
    /// Empty where neither rule nor match has a name.
    pub name: String,
    /// What it matches.
    pub matcher: RouteMatch,
    /// `statPrefix`.
    pub stat_prefix: Option<String>,
    /// `namespace/name` of the (root) VirtualService.
    pub virtual_service: Arc<str>,
    /// Operation of the decorator.
    pub decorator: String,
    /// What it does.
    pub action: Action,
    /// Header operations of the route.
    pub headers: HeaderMutations,
    /// Per-route configuration of the fault filter.
    pub fault: Option<Fault>,
    /// Per-route configuration of the CORS filter.
    pub cors: Option<Box<Cors>>,
    /// The match, or the rule where it has no match; of the delegate where there is one.
    pub origin: Origin,
    /// The rule of the root that delegates.
    pub delegated_by: Option<Origin>,
}

/// A route as far as it is asked which written parts reach a table: where it comes from, not what it does.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Outline {
    /// As [`Route::origin`].
    pub origin: Origin,
    /// As [`Route::delegated_by`].
    pub delegated_by: Option<Origin>,
    /// Whether it matches every request.
    pub is_catch_all: bool,
    /// What it is made of.
    pub written: Written,
}

/// The part of a VirtualService that a route is made of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Written {
    /// Index in the rules of [`crate::mesh::VirtualService`].
    pub rule: u32,
    /// Index in the matches of the rule; none where it has none.
    pub condition: Option<u32>,
}

/// A `RouteMatch`; all parts must hold.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RouteMatch {
    /// The path.
    pub path: PathMatch,
    /// `caseSensitive`; absent for a rule without match.
    pub case_sensitive: Option<bool>,
    /// Header matchers in order.
    pub headers: Vec<HeaderMatcher>,
    /// Query parameter matchers.
    pub query_parameters: Vec<QueryParameterMatcher>,
    /// Claims of a JWT.
    pub claims: Vec<ClaimMatcher>,
}

/// `path_specifier` of a route.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum PathMatch {
    /// Starts with.
    Prefix(String),
    /// Equal.
    Path(String),
    /// Matches as a whole.
    SafeRegex(String),
}

/// A `StringMatcher`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum StringMatcher {
    /// Equal.
    Exact(String),
    /// Starts with.
    Prefix(String),
    /// Matches as a whole.
    SafeRegex(String),
}

/// A `HeaderMatcher`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HeaderMatcher {
    /// Header name as written, or `:method`, `:authority`, `:scheme`.
    pub name: String,
    /// The value; absent: `presentMatch`.
    pub value: Option<StringMatcher>,
    /// Must not match (`withoutHeaders`); value matchers then treat a missing header as empty.
    pub invert: bool,
}

/// A `QueryParameterMatcher`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct QueryParameterMatcher {
    /// Parameter.
    pub name: String,
    /// The value; absent: `presentMatch`.
    pub value: Option<StringMatcher>,
}

/// A matcher of dynamic metadata that a JWT filter leaves.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ClaimMatcher {
    /// Path in the metadata of the filter: `payload`, then the claim.
    pub path: Vec<String>,
    /// The value; absent: an empty matcher, which Envoy refuses.
    pub value: Option<StringMatcher>,
    /// Must not match.
    pub invert: bool,
}

/// What a route does.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Action {
    /// Forward.
    Route(Box<RouteAction>),
    /// Redirect.
    Redirect(Box<RedirectAction>),
    /// Answer.
    DirectResponse(Box<DirectResponseAction>),
    /// Nothing, for a redirect code that Envoy does not know; Envoy refuses the table.
    None,
}

/// A `RouteAction`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RouteAction {
    /// Where to.
    pub clusters: Clusters,
    /// `timeout` and `maxGrpcTimeout`; 0: none.
    pub timeout: Duration,
    /// `retryPolicy`.
    pub retry_policy: Option<Arc<RetryPolicy>>,
    /// `prefixRewrite`.
    pub prefix_rewrite: Option<String>,
    /// `regexRewrite`.
    pub regex_rewrite: Option<Box<RegexRewrite>>,
    /// `hostRewriteLiteral`.
    pub host_rewrite_literal: Option<String>,
    /// `appendXForwardedHost`.
    pub append_x_forwarded_host: bool,
    /// `requestMirrorPolicies`.
    pub mirrors: Vec<MirrorPolicy>,
    /// `hashPolicy`.
    pub hash_policy: Vec<HashPolicy>,
}

/// `cluster` or `weightedClusters`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Clusters {
    /// One.
    Single(ClusterName),
    /// Several, or what is left of several.
    Weighted(Vec<WeightedCluster>),
}

/// The name of a cluster and the destination that it comes from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ClusterName {
    /// `outbound|8080|v1|cart.shop.svc.cluster.local`.
    pub name: Arc<str>,
    /// Where the destination is written.
    pub span: Option<crate::text::Span>,
}

/// An element of `weightedClusters`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WeightedCluster {
    /// Where to.
    pub cluster: ClusterName,
    /// Share of the sum; never 0.
    pub weight: u32,
    /// Header operations of the destination.
    pub headers: HeaderMutations,
    /// `hostRewriteLiteral` of the destination.
    pub host_rewrite_literal: Option<String>,
}

/// `retryPolicy`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RetryPolicy {
    /// `numRetries`.
    pub num_retries: u32,
    /// `retryOn`.
    pub retry_on: Cow<'static, str>,
    /// `retriableStatusCodes`.
    pub retriable_status_codes: Vec<u32>,
    /// `perTryTimeout`.
    pub per_try_timeout: Option<Duration>,
    /// Whether the predicate `previous_hosts` is there.
    pub previous_hosts: bool,
    /// Whether the priority `previous_priorities` is there.
    pub previous_priorities: bool,
    /// `retryBackOff.baseInterval`.
    pub base_interval: Option<Duration>,
}

/// `regexRewrite`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RegexRewrite {
    /// RE2 pattern.
    pub pattern: String,
    /// Substitution with `\1`.
    pub substitution: String,
}

/// A share.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fraction {
    /// Of a hundred.
    Hundred(u32),
    /// Of a million.
    Million(u32),
}

impl Fraction {
    /// Mirrors istio 1.32 `route.go: translatePercentToFractionalPercent`: doubles, truncated.
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "as Go converts")]
    pub fn of_percent(percent: f64) -> Self {
        Self::Million((percent * 10_000.0) as u32)
    }

    /// Whether a random value is within the share (mirrors Envoy 1.40 `source/common/protobuf/utility.cc`:
    /// `ProtobufPercentHelper::evaluateFractionalPercent`).
    pub fn takes(self, random: u64) -> bool {
        match self {
            Self::Hundred(n) => random % 100 < u64::from(n),
            Self::Million(n) => random % 1_000_000 < u64::from(n),
        }
    }

    /// The share as a number from 0 to 1.
    pub fn share(self) -> f64 {
        match self {
            Self::Hundred(n) => f64::from(n) / 100.0,
            Self::Million(n) => f64::from(n) / 1_000_000.0,
        }
    }
}

/// `requestMirrorPolicies`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MirrorPolicy {
    /// Where the copy goes.
    pub cluster: ClusterName,
    /// How many requests.
    pub fraction: Fraction,
}

/// `hashPolicy`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum HashPolicy {
    /// A header.
    Header(String),
    /// A cookie.
    Cookie {
        /// Name.
        name: String,
        /// Lifetime.
        ttl: Option<Duration>,
        /// Path.
        path: String,
        /// Attributes.
        attributes: Vec<(String, String)>,
    },
    /// The address of the client; false: an empty policy.
    SourceIp(bool),
    /// A query parameter.
    QueryParameter(String),
}

/// A `RedirectAction`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RedirectAction {
    /// `hostRedirect`.
    pub host: Option<String>,
    /// `pathRedirect`, also empty, or `prefixRewrite`.
    pub path: RedirectPath,
    /// `schemeRedirect`.
    pub scheme: Option<String>,
    /// `portRedirect`; 0: absent.
    pub port: u32,
    /// 301, 302, 303, 307 or 308.
    pub code: u32,
}

/// The path of a redirect.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum RedirectPath {
    /// Another path; empty: the same.
    Path(String),
    /// Another prefix.
    Prefix(String),
}

/// A `DirectResponseAction`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DirectResponseAction {
    /// Status.
    pub status: u32,
    /// Body.
    pub body: Option<ResponseBody>,
}

/// A body.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ResponseBody {
    /// `inlineString`.
    Text(String),
    /// `inlineBytes`.
    Bytes(Vec<u8>),
}

/// Header operations of a route or of a weighted cluster. Most have none, so an empty one is a null pointer.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct HeaderMutations(Option<Box<HeaderLists>>);

impl HeaderMutations {
    /// The lists, to be filled.
    pub fn lists(&mut self) -> &mut HeaderLists {
        self.0.get_or_insert_default()
    }
}

impl From<HeaderLists> for HeaderMutations {
    fn from(lists: HeaderLists) -> Self {
        let is_empty = lists == HeaderLists::default();
        Self((!is_empty).then(|| Box::new(lists)))
    }
}

impl Deref for HeaderMutations {
    type Target = HeaderLists;
    fn deref(&self) -> &HeaderLists {
        static NONE: HeaderLists = HeaderLists {
            request_add: Vec::new(),
            request_remove: Vec::new(),
            response_add: Vec::new(),
            response_remove: Vec::new(),
        };
        self.0.as_deref().unwrap_or(&NONE)
    }
}

/// What [`HeaderMutations`] consist of.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct HeaderLists {
    /// `requestHeadersToAdd`.
    pub request_add: Vec<HeaderValueOption>,
    /// `requestHeadersToRemove`.
    pub request_remove: Vec<String>,
    /// `responseHeadersToAdd`.
    pub response_add: Vec<HeaderValueOption>,
    /// `responseHeadersToRemove`.
    pub response_remove: Vec<String>,
}

/// A `HeaderValueOption`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HeaderValueOption {
    /// Header.
    pub key: String,
    /// Value; may hold `%...%`.
    pub value: String,
    /// `OVERWRITE_IF_EXISTS_OR_ADD` instead of appending.
    pub overwrite: bool,
}

/// `HTTPFault`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fault {
    /// `delay`.
    pub delay: Option<FaultDelay>,
    /// `abort`.
    pub abort: Option<FaultAbort>,
}

/// `delay`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FaultDelay {
    /// How many requests; absent: an empty percentage, none.
    pub percentage: Option<Fraction>,
    /// How long.
    pub fixed_delay: Duration,
}

/// `abort`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FaultAbort {
    /// How many requests; absent: none.
    pub percentage: Option<Fraction>,
    /// With what.
    pub status: AbortStatus,
}

/// What an abort answers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AbortStatus {
    /// `httpStatus`.
    Http(u32),
    /// `grpcStatus`.
    Grpc(u32),
}

/// `CorsPolicy`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cors {
    /// `allowOriginStringMatch`; an entry without matcher is empty.
    pub allow_origins: Vec<Option<StringMatcher>>,
    /// `allowMethods`, joined.
    pub allow_methods: String,
    /// `allowHeaders`, joined.
    pub allow_headers: String,
    /// `exposeHeaders`, joined.
    pub expose_headers: String,
    /// `maxAge` in seconds as text.
    pub max_age: Option<String>,
    /// `allowCredentials`.
    pub allow_credentials: Option<bool>,
    /// `forwardNotMatchingPreflights`.
    pub forward_not_matching_preflights: bool,
}

impl RouteMatch {
    /// A match of every request, as a rule without `match` gives.
    pub fn any() -> Self {
        Self {
            path: PathMatch::Prefix("/".into()),
            case_sensitive: None,
            headers: Vec::new(),
            query_parameters: Vec::new(),
            claims: Vec::new(),
        }
    }

    /// Mirrors istio 1.32 `route.go: IsCatchAllRoute`.
    pub fn is_catch_all(&self) -> bool {
        let all_paths = match &self.path {
            PathMatch::Prefix(prefix) => prefix == "/",
            PathMatch::SafeRegex(regex) => regex == ".*",
            PathMatch::Path(_) => false,
        };
        all_paths
            && self.headers.is_empty()
            && self.query_parameters.is_empty()
            && self.claims.is_empty()
    }
}
