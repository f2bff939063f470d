//! `networking.istio.io` VirtualService, as written.

use std::sync::Arc;

use thin_vec::ThinVec;

use super::Version;
use super::decode::{
    Map, by_both_names, comparison, duration, enumeration, message, one_of, required, since,
};
use super::duration::Duration;
use crate::text::{Spanned, Str};

/// A text that may be absent.
pub type Text = Option<Spanned<Str>>;

/// A text that is mostly absent, of a message of which there are many.
pub type RareText = Option<Box<Spanned<Str>>>;

message! {
    /// `spec` of a VirtualService.
    VirtualService {
        /// Hosts; none: a delegate.
        hosts: Vec<Spanned<Str>> = "hosts",
        /// Gateways that the routes are bound to; none: the mesh.
        gateways: Vec<Spanned<Str>> = "gateways",
        /// HTTP routes.
        http: Vec<Arc<HttpRoute>> = "http",
        /// Routes of passthrough servers.
        tls: Vec<TlsRoute> = "tls",
        /// Routes of TCP and terminated TLS servers.
        tcp: Vec<TcpRoute> = "tcp",
        /// Namespaces that see this VirtualService.
        export_to: Vec<Spanned<Str>> = "exportTo",
    }
}

message! {
    /// An entry of `http`.
    HttpRoute {
        /// Name.
        name: RareText = "name",
        /// Conditions, any of which suffices; none: all requests.
        matches: Vec<HttpMatch> = "match",
        /// Destinations.
        route: Vec<HttpDestination> = "route",
        /// Redirect instead of a destination.
        redirect: Option<Box<Redirect>> = "redirect",
        /// Fixed answer instead of a destination.
        direct_response: Option<Box<DirectResponse>> = "directResponse",
        /// Another VirtualService that has the routes.
        delegate: Option<Box<Delegate>> = "delegate",
        /// Rewrite before forwarding.
        rewrite: Option<Box<Rewrite>> = "rewrite",
        /// Time limit of the whole request.
        timeout: Option<Spanned<Duration>> = "timeout" in duration(),
        /// Retry policy.
        retries: Option<Box<Retry>> = "retries",
        /// Fault injection.
        fault: Option<Box<Fault>> = "fault",
        /// Copy of the traffic.
        mirror: Option<Box<Destination>> = "mirror",
        /// Copies of the traffic.
        mirrors: ThinVec<MirrorPolicy> = "mirrors",
        /// Deprecated share of the copy.
        mirror_percent: Option<Spanned<u32>> = "mirrorPercent" in by_both_names(),
        /// Share of the copy.
        mirror_percentage: Option<Box<Percent>> = "mirrorPercentage",
        /// CORS policy.
        cors_policy: Option<Box<CorsPolicy>> = "corsPolicy",
        /// Header operations.
        headers: Option<Box<Headers>> = "headers",
    }
}

message! {
    /// A condition of an HTTP route; all of its parts must hold.
    HttpMatch {
        /// Name.
        name: RareText = "name",
        /// Path.
        uri: Option<StringMatch> = "uri" in comparison(),
        /// Scheme.
        scheme: Option<Box<StringMatch>> = "scheme" in comparison(),
        /// Method.
        method: Option<Box<StringMatch>> = "method" in comparison(),
        /// Authority.
        authority: Option<Box<StringMatch>> = "authority" in comparison(),
        /// Headers.
        headers: Map<StringMatch> = "headers",
        /// Headers that must not match.
        without_headers: Map<StringMatch> = "withoutHeaders",
        /// Query parameters.
        query_params: Map<StringMatch> = "queryParams",
        /// Server port, as the Gateway declares it.
        port: Option<Spanned<u32>> = "port",
        /// Labels of the client; on a gateway, of the gateway itself.
        source_labels: Map<Spanned<Str>> = "sourceLabels",
        /// Namespace of the client; on a gateway, of the gateway itself.
        source_namespace: RareText = "sourceNamespace",
        /// Gateways that this condition is for.
        gateways: ThinVec<Spanned<Str>> = "gateways",
        /// Exact and prefix paths match in any case.
        ignore_uri_case: Option<Spanned<bool>> = "ignoreUriCase",
        /// Prefix of statistics.
        stat_prefix: RareText = "statPrefix",
    }
}

message! {
    /// How a text is compared. The last declared of several set members counts.
    StringMatch {
        /// Equal.
        exact: RareText = "exact" in one_of(1),
        /// Starts with.
        prefix: RareText = "prefix" in one_of(1),
        /// Matches a regular expression (RE2) as a whole.
        regex: RareText = "regex" in one_of(1),
    }
}

/// The member of a [`StringMatch`] that counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Pattern<'m> {
    /// Equal.
    Exact(&'m Spanned<Str>),
    /// Starts with.
    Prefix(&'m Spanned<Str>),
    /// Matches as a whole.
    Regex(&'m Spanned<Str>),
    /// `{}`.
    Empty,
}

impl StringMatch {
    /// The member that counts: of several, the one declared last (`jsonpb`).
    pub fn pattern(&self) -> Pattern<'_> {
        match (&self.regex, &self.prefix, &self.exact) {
            (Some(regex), ..) => Pattern::Regex(regex),
            (_, Some(prefix), _) => Pattern::Prefix(prefix),
            (.., Some(exact)) => Pattern::Exact(exact),
            _ => Pattern::Empty,
        }
    }
}

message! {
    /// An entry of `http[].route`.
    HttpDestination {
        /// Where to.
        destination: Option<Destination> = "destination" in required(),
        /// Share.
        weight: Option<Spanned<i32>> = "weight",
        /// Header operations.
        headers: Option<Box<Headers>> = "headers",
    }
}

message! {
    /// A destination.
    Destination {
        /// Host of a service.
        host: Text = "host" in required(),
        /// Subset of a DestinationRule.
        subset: Text = "subset",
        /// Port of the service.
        port: Option<PortSelector> = "port",
    }
}

message! {
    /// `port` of a destination.
    PortSelector {
        /// Number.
        number: Option<Spanned<u32>> = "number",
    }
}

message! {
    /// `redirect`.
    Redirect {
        /// New path.
        uri: Text = "uri",
        /// New host.
        authority: Text = "authority",
        /// New port.
        port: Option<Spanned<u32>> = "port" in one_of(1),
        /// New port, derived.
        derive_port: Option<Spanned<DerivePort>> = "derivePort" in one_of(1),
        /// New scheme.
        scheme: Text = "scheme",
        /// Status.
        redirect_code: Option<Spanned<u32>> = "redirectCode",
        /// New text for the matched prefix.
        prefix_rewrite: Text = "prefixRewrite" in since(Version::V1_31),
    }
}

enumeration! {
    /// `redirect.derivePort`.
    DerivePort {
        /// 80 or 443.
        FromProtocolDefault = "FROM_PROTOCOL_DEFAULT" / 0,
        /// The port of the server.
        FromRequestPort = "FROM_REQUEST_PORT" / 1,
    }
}

message! {
    /// `directResponse`.
    DirectResponse {
        /// Status.
        status: Option<Spanned<u32>> = "status" in required(),
        /// Body.
        body: Option<Body> = "body",
    }
}

message! {
    /// `directResponse.body`.
    Body {
        /// Text.
        string: Text = "string" in one_of(1),
        /// Bytes, written as base64.
        bytes: Option<Spanned<Vec<u8>>> = "bytes" in one_of(1),
    }
}

message! {
    /// `delegate`.
    Delegate {
        /// Name of a VirtualService without hosts.
        name: Text = "name",
        /// Its namespace; absent: that of the root.
        namespace: Text = "namespace",
    }
}

message! {
    /// `rewrite`.
    Rewrite {
        /// New text for the matched part of the path.
        uri: Text = "uri",
        /// New host.
        authority: Text = "authority",
        /// Rewrite by regular expression.
        uri_regex_rewrite: Option<RegexRewrite> = "uriRegexRewrite",
    }
}

message! {
    /// `rewrite.uriRegexRewrite`.
    RegexRewrite {
        /// What is replaced.
        matches: Text = "match",
        /// By what.
        rewrite: Text = "rewrite",
    }
}

message! {
    /// `retries`.
    Retry {
        /// How often.
        attempts: Option<Spanned<i32>> = "attempts",
        /// Time limit of one try.
        per_try_timeout: Option<Spanned<Duration>> = "perTryTimeout" in duration(),
        /// When.
        retry_on: RareText = "retryOn",
        /// Also elsewhere.
        retry_remote_localities: Option<Spanned<bool>> = "retryRemoteLocalities",
        /// May try the same host again.
        retry_ignore_previous_hosts: Option<Spanned<bool>> = "retryIgnorePreviousHosts",
        /// Wait between tries.
        backoff: Option<Spanned<Duration>> = "backoff" in duration(),
    }
}

message! {
    /// `fault`.
    Fault {
        /// Delay.
        delay: Option<Delay> = "delay",
        /// Abort.
        abort: Option<Abort> = "abort",
    }
}

message! {
    /// `fault.delay`.
    Delay {
        /// Deprecated share.
        percent: Option<Spanned<i32>> = "percent",
        /// How long.
        fixed_delay: Option<Spanned<Duration>> = "fixedDelay" in one_of(1).duration(),
        /// No effect.
        exponential_delay: Option<Spanned<Duration>> = "exponentialDelay" in one_of(1).duration(),
        /// Share.
        percentage: Option<Percent> = "percentage",
    }
}

message! {
    /// `fault.abort`.
    Abort {
        /// Status.
        http_status: Option<Spanned<i32>> = "httpStatus" in one_of(1),
        /// gRPC status by name.
        grpc_status: Text = "grpcStatus" in one_of(1),
        /// Not implemented.
        http2_error: Text = "http2Error" in one_of(1),
        /// Share.
        percentage: Option<Percent> = "percentage",
    }
}

/// gRPC statuses by name, in the order of their numbers.
pub const GRPC_STATUSES: [&str; 17] = [
    "OK",
    "CANCELLED",
    "UNKNOWN",
    "INVALID_ARGUMENT",
    "DEADLINE_EXCEEDED",
    "NOT_FOUND",
    "ALREADY_EXISTS",
    "PERMISSION_DENIED",
    "RESOURCE_EXHAUSTED",
    "FAILED_PRECONDITION",
    "ABORTED",
    "OUT_OF_RANGE",
    "UNIMPLEMENTED",
    "INTERNAL",
    "UNAVAILABLE",
    "DATA_LOSS",
    "UNAUTHENTICATED",
];

message! {
    /// A share of a hundred.
    Percent {
        /// From 0 to 100.
        value: Option<Spanned<f64>> = "value",
    }
}

impl Percent {
    /// The number.
    pub fn number(&self) -> f64 {
        self.value.map_or(0.0, |value| value.value)
    }
}

message! {
    /// An entry of `mirrors`.
    MirrorPolicy {
        /// Where to.
        destination: Option<Destination> = "destination" in required(),
        /// Share.
        percentage: Option<Percent> = "percentage",
    }
}

message! {
    /// `corsPolicy`.
    CorsPolicy {
        /// Deprecated list of origins.
        allow_origin: Vec<Spanned<Str>> = "allowOrigin",
        /// Origins.
        allow_origins: Vec<StringMatch> = "allowOrigins",
        /// Methods.
        allow_methods: Vec<Spanned<Str>> = "allowMethods",
        /// Request headers.
        allow_headers: Vec<Spanned<Str>> = "allowHeaders",
        /// Response headers.
        expose_headers: Vec<Spanned<Str>> = "exposeHeaders",
        /// How long a preflight holds.
        max_age: Option<Spanned<Duration>> = "maxAge" in duration(),
        /// Credentials.
        allow_credentials: Option<Spanned<bool>> = "allowCredentials",
        /// What happens to other preflights.
        unmatched_preflights: Option<Spanned<UnmatchedPreflights>> = "unmatchedPreflights",
    }
}

enumeration! {
    /// `corsPolicy.unmatchedPreflights`.
    UnmatchedPreflights {
        /// As FORWARD.
        Unspecified = "UNSPECIFIED" / 0,
        /// They go to the destination.
        Forward = "FORWARD" / 1,
        /// The gateway answers.
        Ignore = "IGNORE" / 2,
    }
}

message! {
    /// Header operations of both directions.
    Headers {
        /// On the request.
        request: Option<HeaderOperations> = "request",
        /// On the response.
        response: Option<HeaderOperations> = "response",
    }
}

message! {
    /// Header operations of one direction.
    HeaderOperations {
        /// Overwrite.
        set: Map<Spanned<Str>> = "set",
        /// Append.
        add: Map<Spanned<Str>> = "add",
        /// Remove.
        remove: Vec<Spanned<Str>> = "remove",
    }
}

message! {
    /// An entry of `tls`.
    TlsRoute {
        /// Conditions, each of which makes a filter chain.
        matches: Vec<TlsMatch> = "match" in required(),
        /// Destinations.
        route: Vec<RouteDestination> = "route",
    }
}

message! {
    /// A condition of a TLS route.
    TlsMatch {
        /// Server names.
        sni_hosts: Vec<Spanned<Str>> = "sniHosts" in required(),
        /// No effect on gateways.
        destination_subnets: Vec<Spanned<Str>> = "destinationSubnets",
        /// Server port.
        port: Option<Spanned<u32>> = "port",
        /// No effect on gateways.
        source_labels: Map<Spanned<Str>> = "sourceLabels",
        /// Gateways that this condition is for.
        gateways: Vec<Spanned<Str>> = "gateways",
        /// No effect on gateways.
        source_namespace: Text = "sourceNamespace",
    }
}

message! {
    /// An entry of `tcp`.
    TcpRoute {
        /// Conditions, any of which suffices.
        matches: Vec<L4Match> = "match",
        /// Destinations.
        route: Vec<RouteDestination> = "route",
    }
}

message! {
    /// A condition of a TCP route.
    L4Match {
        /// No effect on gateways.
        destination_subnets: Vec<Spanned<Str>> = "destinationSubnets",
        /// Server port.
        port: Option<Spanned<u32>> = "port",
        /// No effect on gateways.
        source_subnet: Text = "sourceSubnet",
        /// No effect on gateways.
        source_labels: Map<Spanned<Str>> = "sourceLabels",
        /// Gateways that this condition is for.
        gateways: Vec<Spanned<Str>> = "gateways",
        /// No effect on gateways.
        source_namespace: Text = "sourceNamespace",
    }
}

message! {
    /// A destination of a TCP or TLS route.
    RouteDestination {
        /// Where to.
        destination: Option<Destination> = "destination" in required(),
        /// Share.
        weight: Option<Spanned<i32>> = "weight",
    }
}
