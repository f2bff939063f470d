//! Tables as JSON, against what istiod's protobuf says.

use serde_json::{Value, json};

use super::message::{Json, Message};
use super::{proxies, write};
use crate::envoy::listener::{
    Address, CertificateValidation, DownstreamTls, Listener, Terminal, TlsParams, Tunneling,
};
use crate::envoy::route::{
    AbortStatus, Action, ClaimMatcher, Cors, DirectResponseAction, Fault, FaultAbort, FaultDelay,
    Fraction, HashPolicy, HeaderMatcher, HeaderMutations, HeaderValueOption, MirrorPolicy,
    PathMatch, QueryParameterMatcher, RedirectAction, RedirectPath, RegexRewrite, ResponseBody,
    RouteConfig, RouteMatch, StringMatcher, VirtualHost,
};
use crate::envoy::{Rejected, Table};
use crate::istio::duration::Duration;
use crate::istio::gateway::TlsMode;
use crate::mesh::Part;
use crate::report::sample::{
    chain, cluster, forward, http, listener, origin, route, single, table, tcp, to_https,
    virtual_host, weighted,
};

fn json_of(message: &impl Message) -> Value {
    serde_json::to_value(Json(message)).unwrap()
}

fn default_retries() -> Value {
    json!({
        "numRetries": 2,
        "hostSelectionRetryMaxAttempts": "5",
        "retryOn": "connect-failure,refused-stream,unavailable,cancelled,retriable-status-codes",
        "retryHostPredicate": [{
            "name": "envoy.retry_host_predicates.previous_hosts",
            "typedConfig": { "@type": "type.googleapis.com/envoy.extensions.retry.host.previous_hosts.v3.PreviousHostsPredicate" },
        }],
    })
}

/// The example of spec 2, 21m.
fn shop() -> Table {
    let (cart, next) = (
        "outbound|8080||cart.app.svc.cluster.local",
        "outbound|8080||cart-next.app.svc.cluster.local",
    );
    let mut action = forward(weighted(&[(cart, 90), (next, 10)]));
    action.timeout = Duration::parse("2s").unwrap();
    let mut first = route(PathMatch::Prefix("/cart".into()), Action::Route(Box::new(action)));
    first.name = "cart".into();
    first.decorator = "shop:80/cart*".into();
    let mut second = route(PathMatch::Prefix("/".into()), to_https(301));
    second.matcher = RouteMatch::any();
    let host = virtual_host("shop.example.com", 80, vec![first, second]);
    let config = RouteConfig { name: "http.80".into(), virtual_hosts: vec![host] };
    table(vec![listener(80, vec![chain(&[], http("http.80"))])], vec![config])
}

#[test]
fn a_table_has_the_recorded_form() {
    let metadata = json!({ "filterMetadata": { "istio": { "config": "/apis/networking.istio.io/v1/namespaces/app/virtual-service/shop" } } });
    let expected = json!({ "istio": "1.31", "proxies": [{
        "name": "istio-ingress/public",
        "namespace": "istio-ingress",
        "labels": { "istio": "ingressgateway" },
        "listeners": [{
            "name": "0.0.0.0_80",
            "address": { "socketAddress": { "address": "0.0.0.0", "portValue": 80 } },
            "filterChains": [{ "filters": [{
                "name": "envoy.filters.network.http_connection_manager",
                "typedConfig": {
                    "rds": { "routeConfigName": "http.80" },
                    "httpFilters": ["istio.alpn", "envoy.filters.http.router"],
                    "normalizePath": true,
                    "pathWithEscapedSlashesAction": "KEEP_UNCHANGED",
                    "useRemoteAddress": true,
                    "upgradeConfigs": [{ "upgradeType": "websocket" }],
                    "httpProtocolOptions": {},
                    "forwardClientCertDetails": "SANITIZE_SET",
                },
            }] }],
        }],
        "routes": [{
            "name": "http.80",
            "validateClusters": false,
            "ignorePortInHostMatching": true,
            "maxDirectResponseBodySizeBytes": 1_048_576,
            "virtualHosts": [{
                "name": "shop.example.com:80",
                "domains": ["shop.example.com"],
                "includeRequestAttemptCount": true,
                "routes": [
                    {
                        "name": "cart",
                        "match": { "prefix": "/cart", "caseSensitive": true },
                        "metadata": metadata,
                        "decorator": { "operation": "shop:80/cart*" },
                        "route": {
                            "timeout": "2s",
                            "maxGrpcTimeout": "2s",
                            "retryPolicy": default_retries(),
                            "weightedClusters": { "clusters": [
                                { "name": "outbound|8080||cart.app.svc.cluster.local", "weight": 90 },
                                { "name": "outbound|8080||cart-next.app.svc.cluster.local", "weight": 10 },
                            ] },
                        },
                    },
                    {
                        "match": { "prefix": "/" },
                        "metadata": metadata,
                        "decorator": { "operation": "shop:80/*" },
                        "redirect": { "pathRedirect": "", "schemeRedirect": "https" },
                    },
                ],
            }],
        }],
    }] });
    assert_eq!(proxies(&[shop()]), expected);
    let mut written = Vec::new();
    write(&[shop()], &mut written).unwrap();
    assert_eq!(serde_json::from_slice::<Value>(&written).unwrap(), expected);
}

#[test]
fn refused_parts_and_missing_clusters_are_there_only_where_there_are_some() {
    let mut table = table(Vec::new(), Vec::new());
    table.missing_clusters.insert("outbound|80||a.b".into());
    table.rejected.push(Rejected {
        name: "http.80".into(),
        reason: "no".into(),
        origins: Vec::new(),
    });
    let all = proxies(&[table]);
    let proxy = &all["proxies"][0];
    assert_eq!(proxy["rejected"], json!([{ "name": "http.80", "reason": "no" }]));
    assert_eq!(proxy["missingClusters"], json!(["outbound|80||a.b"]));
}

#[test]
fn virtual_hosts_may_have_no_routes() {
    let blackhole = VirtualHost {
        name: "blackhole:80".into(),
        include_attempt_count: false,
        ..virtual_host("*", 80, Vec::new())
    };
    assert_eq!(json_of(&blackhole), json!({ "name": "blackhole:80", "domains": ["*"] }));
    let redirect = VirtualHost {
        require_tls: vec![origin(Part::Whole)],
        ..virtual_host("a.com", 80, Vec::new())
    };
    let expected = json!({ "name": "a.com:80", "domains": ["a.com"], "includeRequestAttemptCount": true, "requireTls": "ALL" });
    assert_eq!(json_of(&redirect), expected);
}

#[test]
fn conditions_of_all_kinds() {
    let exact = |text: &str| Some(StringMatcher::Exact(text.into()));
    let header = |name: &str, value, invert| HeaderMatcher { name: name.into(), value, invert };
    let matcher = RouteMatch {
        path: PathMatch::SafeRegex(".*".into()),
        case_sensitive: Some(false),
        headers: vec![
            header("x-a", Some(StringMatcher::Prefix(String::new())), true),
            header("x-bot", None, true),
            header(":method", exact("GET"), false),
        ],
        query_parameters: vec![QueryParameterMatcher { name: "k".into(), value: None }],
        claims: vec![
            ClaimMatcher { path: vec!["payload".into()], value: exact("v"), invert: true },
            ClaimMatcher { path: vec!["payload".into()], value: None, invert: false },
        ],
    };
    let claim = |matcher: Value| json!({ "orMatch": { "valueMatchers": [{ "listMatch": { "oneOf": { "stringMatch": matcher } } }, { "stringMatch": matcher }] } });
    let expected = json!({
        "safeRegex": { "regex": ".*" },
        "caseSensitive": false,
        "headers": [
            { "name": "x-a", "stringMatch": { "prefix": "" }, "invertMatch": true, "treatMissingHeaderAsEmpty": true },
            { "name": "x-bot", "presentMatch": true, "invertMatch": true },
            { "name": ":method", "stringMatch": { "exact": "GET" } },
        ],
        "queryParameters": [{ "name": "k", "presentMatch": true }],
        "dynamicMetadata": [
            { "filter": "envoy.filters.http.jwt_authn", "path": [{ "key": "payload" }], "value": claim(json!({ "exact": "v" })), "invert": true },
            { "filter": "envoy.filters.http.jwt_authn", "path": [{ "key": "payload" }], "value": claim(json!({})) },
        ],
    });
    assert_eq!(json_of(&matcher), expected);
}

#[test]
fn every_option_of_a_forward() {
    let mut action = forward(single("a"));
    let retries = action.retry_policy.as_mut().unwrap();
    retries.retry_on = "5xx".into();
    retries.retriable_status_codes = vec![503, 503];
    retries.per_try_timeout = Some(Duration(1_500_000_000));
    retries.previous_hosts = false;
    retries.previous_priorities = true;
    retries.base_interval = Some(Duration(100_000_000));
    action.regex_rewrite = Some(RegexRewrite { pattern: "^/a".into(), substitution: "/b".into() });
    action.host_rewrite_literal = Some("h".into());
    action.append_x_forwarded_host = true;
    action.mirrors = [Fraction::of_percent(5.0), Fraction::Hundred(100), Fraction::Hundred(0)]
        .map(|fraction| MirrorPolicy { cluster: cluster("m"), fraction })
        .into();
    action.hash_policy = vec![
        HashPolicy::Header("x-user".into()),
        HashPolicy::Cookie {
            name: "user".into(),
            ttl: Some(Duration(0)),
            path: "/p".into(),
            attributes: vec![("HttpOnly".into(), String::new())],
        },
        HashPolicy::SourceIp(true),
        HashPolicy::SourceIp(false),
        HashPolicy::QueryParameter("q".into()),
    ];
    let mirror = |fraction: Value| json!({ "cluster": "m", "runtimeFraction": { "defaultValue": fraction }, "traceSampled": false, "disableShadowHostSuffixAppend": true });
    let expected = json!({
        "cluster": "a",
        "timeout": "0s",
        "maxGrpcTimeout": "0s",
        "retryPolicy": {
            "numRetries": 2,
            "hostSelectionRetryMaxAttempts": "5",
            "retryOn": "5xx",
            "retriableStatusCodes": [503, 503],
            "perTryTimeout": "1.500s",
            "retryPriority": {
                "name": "envoy.retry_priorities.previous_priorities",
                "typedConfig": {
                    "@type": "type.googleapis.com/envoy.extensions.retry.priority.previous_priorities.v3.PreviousPrioritiesConfig",
                    "updateFrequency": 2,
                },
            },
            "retryBackOff": { "baseInterval": "0.100s" },
        },
        "regexRewrite": { "pattern": { "regex": "^/a" }, "substitution": "/b" },
        "hostRewriteLiteral": "h",
        "appendXForwardedHost": true,
        "requestMirrorPolicies": [
            mirror(json!({ "numerator": 50_000, "denominator": "MILLION" })),
            mirror(json!({ "numerator": 100 })),
            mirror(json!({})),
        ],
        "hashPolicy": [
            { "header": { "headerName": "x-user" } },
            { "cookie": { "name": "user", "ttl": "0s", "path": "/p", "attributes": [{ "name": "HttpOnly" }] } },
            { "connectionProperties": { "sourceIp": true } },
            { "connectionProperties": {} },
            { "queryParameter": { "name": "q" } },
        ],
    });
    assert_eq!(json_of(&action), expected);
}

#[test]
fn redirects_and_direct_responses() {
    let redirect = |host: &str, path, port, code| RedirectAction {
        host: Some(host.into()),
        path,
        scheme: None,
        port,
        code,
    };
    let table = [
        (
            redirect("b.com", RedirectPath::Path("/x".into()), 8443, 308),
            json!({ "hostRedirect": "b.com", "pathRedirect": "/x", "portRedirect": 8443, "responseCode": "PERMANENT_REDIRECT" }),
        ),
        (
            redirect("", RedirectPath::Prefix("/y".into()), 0, 302),
            json!({ "prefixRewrite": "/y", "responseCode": "FOUND" }),
        ),
    ];
    for (redirect, expected) in table {
        assert_eq!(json_of(&redirect), expected);
    }
    let table = [
        (None, json!({ "status": 404 })),
        (
            Some(ResponseBody::Text(String::new())),
            json!({ "status": 404, "body": { "inlineString": "" } }),
        ),
        (
            Some(ResponseBody::Bytes(b"hello".to_vec())),
            json!({ "status": 404, "body": { "inlineBytes": "aGVsbG8=" } }),
        ),
        (
            Some(ResponseBody::Bytes(vec![0xfb, 0xff, 0xfe])),
            json!({ "status": 404, "body": { "inlineBytes": "+//+" } }),
        ),
    ];
    for (body, expected) in table {
        assert_eq!(json_of(&DirectResponseAction { status: 404, body }), expected);
    }
}

#[test]
fn headers_faults_and_cors_of_a_route() {
    let header = |key: &str, value: &str, overwrite| HeaderValueOption {
        key: key.into(),
        value: value.into(),
        overwrite,
    };
    let mut route = route(PathMatch::Path(String::new()), Action::None);
    route.stat_prefix = Some("cart".into());
    route.headers = HeaderMutations {
        request_add: vec![header("a", "1", true), header("b", "", false)],
        response_remove: vec!["via".into(), "via".into()],
        ..HeaderMutations::default()
    };
    route.fault = Some(Fault {
        delay: Some(FaultDelay { percentage: None, fixed_delay: Duration(1_000_000_000) }),
        abort: Some(FaultAbort { percentage: None, status: AbortStatus::Grpc(0) }),
    });
    route.cors = Some(Cors {
        allow_origins: vec![Some(StringMatcher::SafeRegex("a+".into())), None],
        allow_methods: "GET,POST".into(),
        allow_headers: String::new(),
        expose_headers: String::new(),
        max_age: Some("86400".into()),
        allow_credentials: Some(false),
        forward_not_matching_preflights: false,
    });
    let expected = json!({
        "match": { "path": "", "caseSensitive": true },
        "statPrefix": "cart",
        "metadata": { "filterMetadata": { "istio": { "config": "/apis/networking.istio.io/v1/namespaces/app/virtual-service/shop" } } },
        "decorator": { "operation": "shop:80/*" },
        "requestHeadersToAdd": [
            { "header": { "key": "a", "value": "1" }, "appendAction": "OVERWRITE_IF_EXISTS_OR_ADD" },
            { "header": { "key": "b" } },
        ],
        "responseHeadersToRemove": ["via", "via"],
        "typedPerFilterConfig": {
            "envoy.filters.http.fault": {
                "@type": "type.googleapis.com/envoy.extensions.filters.http.fault.v3.HTTPFault",
                "delay": { "percentage": {}, "fixedDelay": "1s" },
                "abort": { "grpcStatus": 0 },
            },
            "envoy.filters.http.cors": {
                "@type": "type.googleapis.com/envoy.extensions.filters.http.cors.v3.CorsPolicy",
                "filterEnabled": { "defaultValue": { "numerator": 100 } },
                "forwardNotMatchingPreflights": false,
                "allowOriginStringMatch": [{ "safeRegex": { "regex": "a+" } }, {}],
                "allowMethods": "GET,POST",
                "maxAge": "86400",
                "allowCredentials": false,
            },
        },
    });
    assert_eq!(json_of(&route), expected);
}

#[test]
fn terminated_tls_and_tcp() {
    let Terminal::Tcp(mut proxy) = tcp(weighted(&[("a", 1)])) else { unreachable!() };
    proxy.idle_timeout = Some(Duration(0));
    proxy.hash_source_ip = true;
    proxy.tunneling = Some(Tunneling { hostname: "h:443".into(), use_post: true });
    let mut tls = DownstreamTls {
        mode: TlsMode::Mutual,
        alpn_protocols: vec!["h2", "http/1.1"],
        certificates: vec!["kubernetes://x".into()],
        require_client_certificate: true,
        validation: Some(CertificateValidation {
            ca: Some("kubernetes://x-cacert".into()),
            subject_alt_names: vec!["client".into()],
            certificate_hashes: vec!["aa".into()],
            certificate_spki: Vec::new(),
        }),
        params: TlsParams { minimum_version: Some("TLSv1_2"), ..TlsParams::default() },
    };
    let mut filters = chain(&["a.com"], Terminal::Tcp(proxy));
    filters.tls = Some(tls.clone());
    filters.network_filters = vec!["istio.metadata_exchange"];
    let listener = Listener {
        name: "unix:///a_0".into(),
        address: Address::Pipe("/a".into()),
        listener_filters: vec!["envoy.filters.listener.tls_inspector"],
        filter_chains: vec![filters],
    };
    let expected = json!({
        "name": "unix:///a_0",
        "address": { "pipe": { "path": "/a" } },
        "listenerFilters": ["envoy.filters.listener.tls_inspector"],
        "filterChains": [{
            "filterChainMatch": { "serverNames": ["a.com"] },
            "transportSocket": {
                "name": "envoy.transport_sockets.tls",
                "typedConfig": {
                    "@type": "type.googleapis.com/envoy.extensions.transport_sockets.tls.v3.DownstreamTlsContext",
                    "requireClientCertificate": true,
                    "commonTlsContext": {
                        "alpnProtocols": ["h2", "http/1.1"],
                        "tlsCertificateSdsSecretConfigs": [{ "name": "kubernetes://x" }],
                        "combinedValidationContext": {
                            "defaultValidationContext": { "matchSubjectAltNames": [{ "exact": "client" }], "verifyCertificateHash": ["aa"] },
                            "validationContextSdsSecretConfig": { "name": "kubernetes://x-cacert" },
                        },
                        "tlsParams": { "tlsMinimumProtocolVersion": "TLSv1_2" },
                    },
                },
            },
            "filters": [
                { "name": "istio.metadata_exchange" },
                {
                    "name": "envoy.filters.network.tcp_proxy",
                    "typedConfig": {
                        "weightedClusters": { "clusters": [{ "name": "a", "weight": 1 }] },
                        "idleTimeout": "0s",
                        "hashPolicy": [{ "sourceIp": {} }],
                        "tunnelingConfig": { "hostname": "h:443", "usePost": true },
                    },
                },
            ],
        }],
    });
    assert_eq!(json_of(&listener), expected);
    tls.validation.as_mut().unwrap().ca = None;
    let common = &json_of(&tls)["commonTlsContext"];
    assert_eq!(common["validationContext"]["matchSubjectAltNames"], json!([{ "exact": "client" }]));
}
