//! Random routes and requests: nothing that the engine says contradicts the matcher.

use std::sync::Arc;

use proptest::collection::vec;
use proptest::option;
use proptest::prelude::*;
use proptest::sample::select;

use super::reach;
use crate::envoy::Table;
use crate::envoy::matching::testing::{config, forward, host, http, listener, table};
use crate::envoy::matching::{Matcher, Request};
use crate::envoy::reach::Reach;
use crate::envoy::route::{
    HeaderMatcher, PathMatch, QueryParameterMatcher, RouteMatch, StringMatcher,
};

const PATHS: [&str; 12] =
    ["", "/", "/a", "/A", "/ab", "/a/", "/a/b", "/b", "/aa", "/a%20", "a", "/a/../b"];
const VALUES: [&str; 6] = ["", "1", "12", "a", "/a", "é"];

/// Patterns of a small grammar, so that they often contain each other.
fn pattern() -> impl Strategy<Value = String> {
    let leaf = select(&["/", "a", "b", "1", "[ab]", "[^a]", ".", "\\d", "\\w", "", "$", "é"][..])
        .prop_map(str::to_owned);
    leaf.prop_recursive(3, 12, 3, |inner| {
        prop_oneof![
            vec(inner.clone(), 1..4).prop_map(|parts| parts.concat()),
            (inner.clone(), inner.clone()).prop_map(|(a, b)| format!("({a}|{b})")),
            inner.clone().prop_map(|one| format!("({one})*")),
            inner.clone().prop_map(|one| format!("({one})?")),
            inner.prop_map(|one| format!("(?i:{one})+")),
        ]
    })
}

fn string_matcher() -> impl Strategy<Value = StringMatcher> {
    prop_oneof![
        select(&VALUES[..]).prop_map(|text| StringMatcher::Exact(text.into())),
        select(&VALUES[..]).prop_map(|text| StringMatcher::Prefix(text.into())),
        pattern().prop_map(StringMatcher::SafeRegex),
    ]
}

fn path_match() -> impl Strategy<Value = PathMatch> {
    prop_oneof![
        select(&PATHS[..]).prop_map(|path| PathMatch::Prefix(path.into())),
        select(&PATHS[..]).prop_map(|path| PathMatch::Path(path.into())),
        pattern().prop_map(|pattern| PathMatch::SafeRegex(format!("/{pattern}"))),
        Just(PathMatch::SafeRegex(".*".into())),
    ]
}

fn header_matcher() -> impl Strategy<Value = HeaderMatcher> {
    let names = ["x-a", "X-A", "x-b", "accept", ":method", ":authority", ":scheme", ":path"];
    let others = ["x-forwarded-proto", "x-request-id", "keep-alive", "te"];
    let name = prop_oneof![8 => select(names.to_vec()), 1 => select(others.to_vec())];
    (name, option::of(string_matcher()), any::<bool>())
        .prop_map(|(name, value, invert)| HeaderMatcher { name: name.into(), value, invert })
}

fn method_matcher() -> impl Strategy<Value = HeaderMatcher> {
    let text = |text: &str| StringMatcher::Exact(text.into());
    let values = vec![text("GET"), text("POST"), StringMatcher::SafeRegex("[^G].*".into())];
    select(values).prop_map(|value| HeaderMatcher {
        name: ":method".into(),
        value: Some(value),
        invert: false,
    })
}

fn query_matcher() -> impl Strategy<Value = QueryParameterMatcher> {
    (select(&["p", "q"][..]), option::of(string_matcher()))
        .prop_map(|(name, value)| QueryParameterMatcher { name: name.into(), value })
}

fn matcher() -> impl Strategy<Value = RouteMatch> {
    let headers = prop_oneof![
        4 => vec(header_matcher(), 0..2),
        1 => vec(header_matcher(), 2..4),
        1 => vec(method_matcher(), 1..2),
    ];
    let query = prop_oneof![3 => Just(vec![]), 1 => vec(query_matcher(), 1..3)];
    (path_match(), option::of(any::<bool>()), headers, query).prop_map(
        |(path, case_sensitive, headers, query_parameters)| RouteMatch {
            path,
            case_sensitive,
            headers,
            query_parameters,
            claims: vec![],
        },
    )
}

fn request() -> impl Strategy<Value = Request> {
    let query = select(&["", "", "?p=1", "?q=a&p=12", "?p", "?p=2&p=1", "?q=/a"][..]);
    let path = prop_oneof![
        select(&PATHS[1..10]).prop_map(str::to_owned),
        "/[ab1/]{0,4}",
        Just("*".to_owned())
    ];
    let names = select(&["x-a", "x-b", "accept", "te"][..]);
    let headers = vec((names, select(&VALUES[..])), 0..4);
    let host = select(&["a.com", "A.com", "a.com:80"][..]);
    let method = select(&["GET", "GET", "POST", "DELETE", "OPTIONS"][..]);
    (host, path, query, method, headers, any::<bool>()).prop_map(
        |(host, path, query, method, headers, tls)| {
            let is_asterisk = path == "*";
            let header = |(name, value): (&str, &str)| (name.to_owned(), value.to_owned());
            Request {
                tls,
                method: Some(if is_asterisk { "OPTIONS" } else { method }.to_owned()),
                path: if is_asterisk { path } else { format!("{path}{query}") },
                headers: headers.into_iter().map(header).collect(),
                ..Request::get(if tls { 443 } else { 80 }, host)
            }
        },
    )
}

fn table_of(matchers: &[RouteMatch]) -> Table {
    let routes = matchers.iter().map(|matcher| forward(matcher.clone(), "c")).collect();
    let (plain, tls) = (http("http"), http("http").terminating());
    table(
        vec![listener("0.0.0.0", 80, vec![plain]), listener("0.0.0.0", 443, vec![tls])],
        vec![config("http", vec![host(&["a.com"], routes)])],
    )
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 100, ..ProptestConfig::default() })]
    #[test]
    fn nothing_contradicts_the_matcher(
        matchers in vec(matcher(), 1..7),
        requests in vec(request(), 1..24),
    ) {
        let table = table_of(&matchers);
        let matcher = Matcher::new(&table);
        let all = reach(&matchers);
        let answers: Vec<_> = requests.iter().map(|request| matcher.answer(request).route).collect();
        for (at, reach) in all.iter().enumerate() {
            match reach {
                Reach::Reached(witness) => {
                    let request = witness.to_request(if witness.tls { 443 } else { 80 });
                    prop_assert_eq!(matcher.answer(&request).route, Some(at), "{}", witness);
                }
                Reach::Shadowed(shadow) => {
                    prop_assert!(!answers.contains(&Some(at)), "{at} {shadow:?}");
                    prop_assert!(shadow.by.iter().all(|&by| by < at));
                    prop_assert!(shadow.by.contains(&shadow.taker));
                    // It does match the request that shows what takes its place, and that one is taken.
                    if let Some(witness) = &shadow.request {
                        let request = witness.to_request(if witness.tls { 443 } else { 80 });
                        let answer = matcher.answer(&request).route;
                        prop_assert!(answer.is_some_and(|first| first <= shadow.taker));
                        let alone = table_of(&matchers[at..=at]);
                        prop_assert_eq!(Matcher::new(&alone).answer(&request).route, Some(0));
                    }
                    // Without it every answer is what it was.
                    let mut smaller = table.clone();
                    let routes = &mut smaller.routes[0].virtual_hosts[0].routes;
                    let kept: Vec<_> = routes.iter().map(Arc::as_ptr).collect();
                    routes.remove(at);
                    let smaller_matcher = Matcher::new(&smaller);
                    for (request, before) in requests.iter().zip(&answers) {
                        let after = smaller_matcher.answer(request);
                        let after = after.route(&smaller).map(std::ptr::from_ref);
                        prop_assert_eq!(after, before.map(|before| kept[before]));
                    }
                }
                Reach::Never => prop_assert!(!answers.contains(&Some(at)), "{at}"),
                Reach::Unknown => {}
            }
        }
    }
}

#[test]
fn little_is_unknown() {
    use proptest::strategy::ValueTree;
    use proptest::test_runner::TestRunner;
    let mut runner = TestRunner::deterministic();
    let (mut count, mut shadowed, mut unknown) = (0, 0, 0);
    for _ in 0..400 {
        let matchers = vec(matcher(), 1..7).new_tree(&mut runner).unwrap().current();
        for reach in reach(&matchers) {
            count += 1;
            shadowed += usize::from(matches!(reach, Reach::Shadowed(_)));
            unknown += usize::from(reach == Reach::Unknown);
        }
    }
    assert!(shadowed * 20 > count && unknown * 8 < count, "{count} {shadowed} {unknown}");
}
