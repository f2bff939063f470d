//! What routes do, as JSON.

use std::sync::Arc;

use serde_json::{Value, json};

use super::json_of;
use crate::envoy::route::{
    AbortStatus, Action, Cors, DirectResponseAction, Fault, FaultAbort, FaultDelay, Fraction,
    HashPolicy, HeaderLists, HeaderValueOption, MirrorPolicy, PathMatch, RedirectAction,
    RedirectPath, RegexRewrite, ResponseBody, StringMatcher,
};
use crate::istio::duration::Duration;
use crate::report::sample::{cluster, forward, route, single};

#[test]
fn every_option_of_a_forward() {
    let mut action = forward(single("a"));
    let retries = Arc::make_mut(action.retry_policy.as_mut().unwrap());
    retries.retry_on = "5xx".into();
    retries.retriable_status_codes = vec![503, 503];
    retries.per_try_timeout = Some(Duration(1_500_000_000));
    retries.previous_hosts = false;
    retries.previous_priorities = true;
    retries.base_interval = Some(Duration(100_000_000));
    action.regex_rewrite =
        Some(Box::new(RegexRewrite { pattern: "^/a".into(), substitution: "/b".into() }));
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
    route.headers = HeaderLists {
        request_add: vec![header("a", "1", true), header("b", "", false)],
        response_remove: vec!["via".into(), "via".into()],
        ..HeaderLists::default()
    }
    .into();
    route.fault = Some(Fault {
        delay: Some(FaultDelay { percentage: None, fixed_delay: Duration(1_000_000_000) }),
        abort: Some(FaultAbort { percentage: None, status: AbortStatus::Grpc(0) }),
    });
    route.cors = Some(Box::new(Cors {
        allow_origins: vec![Some(StringMatcher::SafeRegex("a+".into())), None],
        allow_methods: "GET,POST".into(),
        allow_headers: String::new(),
        expose_headers: String::new(),
        max_age: Some("86400".into()),
        allow_credentials: Some(false),
        forward_not_matching_preflights: false,
    }));
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
