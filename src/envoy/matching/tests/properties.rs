//! Random tables and requests: the matcher is the naive one, and routes that never answer may go.

use proptest::collection::{btree_set, vec};
use proptest::option;
use proptest::prelude::*;
use proptest::sample::select;

use super::naive;
use crate::envoy::Table;
use crate::envoy::matching::testing::{config, forward, host, http, listener, table};
use crate::envoy::matching::{Answer, Matcher, Request};
use crate::envoy::route::{
    HeaderMatcher, PathMatch, QueryParameterMatcher, Route, RouteMatch, StringMatcher, VirtualHost,
};

const DOMAINS: [&str; 8] =
    ["a.com", "b.com", "x.a.com", "*.a.com", "*.x.a.com", "*.com", "*", "*-y.com"];
const HOSTS: [&str; 11] = [
    "a.com",
    "A.com",
    "b.com:80",
    "x.a.com",
    "y.a.com",
    "z.x.a.com",
    "x-y.com",
    "-y.com",
    "a.org",
    "",
    ".com",
];
const PATHS: [&str; 9] = ["/", "/a", "/A", "/ab", "/a/", "/a/b", "/b", "/b/c/d", "/aa"];
const REGEXES: [&str; 6] = ["/a.*", "/[ab]+", "/a|/b", ".*", "/(a|A)b?", ""];
const VALUES: [&str; 5] = ["", "1", "12", "a", "/a"];

fn string_matcher() -> impl Strategy<Value = StringMatcher> {
    prop_oneof![
        select(&VALUES[..]).prop_map(|text| StringMatcher::Exact(text.into())),
        select(&VALUES[..]).prop_map(|text| StringMatcher::Prefix(text.into())),
        select(&["1.*", "", "a|1", "[0-9]+"][..])
            .prop_map(|text| StringMatcher::SafeRegex(text.into())),
    ]
}

fn path_match() -> impl Strategy<Value = PathMatch> {
    prop_oneof![
        select(&PATHS[..]).prop_map(|path| PathMatch::Prefix(path.into())),
        select(&PATHS[..]).prop_map(|path| PathMatch::Path(path.into())),
        select(&REGEXES[..]).prop_map(|regex| PathMatch::SafeRegex(regex.into())),
    ]
}

fn header_matcher() -> impl Strategy<Value = HeaderMatcher> {
    let name = select(&["x-a", "x-b", ":method", ":authority"][..]);
    (name, option::of(string_matcher()), any::<bool>())
        .prop_map(|(name, value, invert)| HeaderMatcher { name: name.into(), value, invert })
}

fn query_matcher() -> impl Strategy<Value = QueryParameterMatcher> {
    (select(&["p", "q"][..]), option::of(string_matcher()))
        .prop_map(|(name, value)| QueryParameterMatcher { name: name.into(), value })
}

fn route() -> impl Strategy<Value = Route> {
    let parts = (
        path_match(),
        option::of(any::<bool>()),
        vec(header_matcher(), 0..2),
        vec(query_matcher(), 0..2),
    );
    parts.prop_map(|(path, case_sensitive, headers, query_parameters)| {
        forward(RouteMatch { path, case_sensitive, headers, query_parameters, claims: vec![] }, "c")
    })
}

/// Each domain is in one virtual host, as Envoy demands.
fn virtual_hosts() -> impl Strategy<Value = Vec<VirtualHost>> {
    btree_set(select(&DOMAINS[..]), 1..DOMAINS.len()).prop_flat_map(|domains| {
        domains
            .into_iter()
            .map(|domain| vec(route(), 0..6).prop_map(move |routes| host(&[domain], routes)))
            .collect::<Vec<_>>()
    })
}

fn request() -> impl Strategy<Value = Request> {
    let query = select(&["", "?p=1", "?q=a&p=12", "?p", "?p=2&p=1"][..]);
    let headers = (option::of(select(&VALUES[..])), option::of(select(&VALUES[..])));
    let method = select(&["GET", "POST"][..]);
    (select(&HOSTS[..]), select(&PATHS[..]), query, method, headers).prop_map(
        |(host, path, query, method, (a, b))| {
            let header = |name: &str, value: Option<&str>| {
                value.map(|value| (name.to_owned(), value.to_owned()))
            };
            Request {
                method: Some(method.to_owned()),
                path: format!("{path}{query}"),
                headers: header("x-a", a).into_iter().chain(header("x-b", b)).collect(),
                ..Request::get(80, host)
            }
        },
    )
}

fn table_of(hosts: Vec<VirtualHost>) -> Table {
    table(vec![listener("0.0.0.0", 80, vec![http("http.80")])], vec![config("http.80", hosts)])
}

/// The route that answers, by its address: the same wherever it stands.
fn answering(table: &Table, answer: &Answer) -> Option<*const Route> {
    answer.route(table).map(std::ptr::from_ref)
}

proptest! {
    #[test]
    fn the_matcher_is_the_naive_one(hosts in virtual_hosts(), requests in vec(request(), 1..8)) {
        let table = table_of(hosts);
        let matcher = Matcher::new(&table);
        for request in &requests {
            let answer = matcher.answer(request);
            let host = request.host.as_deref().unwrap_or_default();
            let wanted = naive::virtual_host(&table.routes[0], host);
            let name = wanted.map(|host| &host.name);
            prop_assert_eq!(answer.virtual_host(&table).map(|host| &host.name), name);
            let route = wanted.and_then(|host| naive::route(host, request));
            prop_assert_eq!(answer.route, route, "{:?}", request);
            let (traced, steps) = matcher.trace(request);
            prop_assert_eq!(&traced, &answer);
            prop_assert_eq!(steps.len(), wanted.map_or(0, |host| host.routes.len()));
        }
    }

    #[test]
    fn routes_that_never_answer_may_go(hosts in virtual_hosts(), requests in vec(request(), 1..8)) {
        let table = table_of(hosts);
        let matcher = Matcher::new(&table);
        let answers: Vec<_> = requests.iter().map(|request| matcher.answer(request)).collect();
        let used: Vec<_> = answers.iter().filter_map(|answer| answering(&table, answer)).collect();
        let mut smaller = table.clone();
        for host in &mut smaller.routes[0].virtual_hosts {
            host.routes.retain(|route| used.contains(&std::ptr::from_ref(&**route)));
        }
        let matcher = Matcher::new(&smaller);
        for (request, before) in requests.iter().zip(&answers) {
            let after = matcher.answer(request);
            prop_assert_eq!(answering(&smaller, &after), answering(&table, before));
            prop_assert_eq!(Answer { route: before.route, ..after }, before.clone());
        }
    }

    #[test]
    fn the_filter_chain_is_the_naive_one(
        names in btree_set(
            select(&["a.com", "x.a.com", "*.a.com", "*.com", "*.x.a.com", ""][..]),
            1..6,
        ),
        sni in select(&["a.com", "x.a.com", "y.a.com", "z.x.a.com", "b.com", "a.org", "com"][..]),
    ) {
        let chains = names.iter().map(|name| match *name {
            "" => http("http.80"),
            name => http("http.80").named(&[name]),
        });
        let table = table(
            vec![listener("0.0.0.0", 80, chains.collect())],
            vec![config("http.80", vec![host(&["*"], vec![])])],
        );
        let request = Request { tls: true, sni: Some(sni.to_owned()), ..Request::get(80, sni) };
        let answer = Matcher::new(&table).answer(&request);
        prop_assert_eq!(answer.filter_chain, naive::filter_chain(&table.listeners[0], sni));
    }
}
