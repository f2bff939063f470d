//! Tables as JSON, against what istiod's protobuf says.

mod action;
mod listener;

use serde_json::{Value, json};

use super::message::{Json, Message};
use super::{proxies, write};
use crate::envoy::route::{
    Action, ClaimMatcher, HeaderMatcher, PathMatch, QueryParameterMatcher, RouteConfig, RouteMatch,
    StringMatcher, VirtualHost,
};
use crate::envoy::{Rejected, Table};
use crate::istio::Version;
use crate::istio::duration::Duration;
use crate::mesh::Part;
use crate::report::sample::{
    chain, forward, http, listener, origin, route, table, to_https, virtual_host, weighted,
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
    assert_eq!(proxies(&[shop()], Version::default()), expected);
    let mut written = Vec::new();
    write(&[shop()], Version::default(), &mut written).unwrap();
    assert_eq!(serde_json::from_slice::<Value>(&written).unwrap(), expected);
}

#[test]
fn refused_parts_and_missing_clusters_are_there_only_where_there_are_some() {
    let mut table = table(Vec::new(), Vec::new());
    table.verdict.missing_clusters.insert("outbound|80||a.b".into());
    table.verdict.rejected.push(Rejected {
        name: "http.80".into(),
        cause: crate::envoy::Cause::Status,
        reason: "no".into(),
        origins: Vec::new(),
    });
    let all = proxies(&[table], Version::default());
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
        segments: Vec::new(),
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
