//! What Envoy 1.40 was seen to do, in small.

mod naive;
mod properties;

use super::testing::{
    config, forward, host, http, listener, prefix, redirect, route, table, tcp, to,
};
use super::{Answer, BadRequest, Matcher, Outcome, Reason, Request, Verdict};
use crate::envoy::route::{
    Action, HeaderMatcher, PathMatch, QueryParameterMatcher, RedirectPath, RouteConfig, RouteMatch,
    StringMatcher,
};
use crate::envoy::{Rejected, Table};

fn web(hosts: Vec<crate::envoy::route::VirtualHost>) -> Table {
    let config = config("http.80", hosts);
    table(vec![listener("0.0.0.0", 80, vec![http("http.80")])], vec![config])
}

fn ask(table: &Table, change: impl FnOnce(&mut Request)) -> Answer {
    let mut request = Request::get(80, "a.com");
    change(&mut request);
    Matcher::new(table).answer(&request)
}

fn tls(request: &mut Request, port: u32, sni: &str) {
    (request.port, request.tls) = (port, true);
    request.sni = Some(sni.to_owned()).filter(|name| !name.is_empty());
}

#[test]
fn the_exact_address_is_asked_before_the_wildcard() {
    let listeners = vec![
        listener("0.0.0.0", 80, vec![tcp("any")]),
        listener("10.0.0.1", 80, vec![tcp("one")]),
        listener("::", 81, vec![tcp("six")]),
    ];
    let table = table(listeners, vec![]);
    let at = |address: Option<&str>, port| {
        ask(&table, |r| (r.address, r.port) = (address.map(str::to_owned), port)).listener
    };
    assert_eq!(at(Some("10.0.0.1"), 80), Some(1));
    assert_eq!(at(Some("10.0.0.2"), 80), Some(0));
    assert_eq!(at(None, 80), Some(0));
    assert_eq!(at(Some("0:0::1"), 81), Some(2));
    assert_eq!(at(Some("10.0.0.1"), 81), None);
    assert_eq!(ask(&table, |r| r.port = 82).outcome, Outcome::Refused);
}

#[test]
fn a_refused_listener_does_not_listen_and_a_refused_table_answers_404() {
    let mut table = web(vec![host(&["*"], vec![forward(RouteMatch::any(), "c")])]);
    let reject = |name: &str| Rejected { name: name.into(), reason: "no".into(), origins: vec![] };
    table.verdict.rejected = vec![reject("http.80")];
    let answer = ask(&table, |_| {});
    assert_eq!((answer.status, answer.reason), (Some(404), Reason::TableRejected));
    table.verdict.rejected = vec![reject("0.0.0.0_80")];
    let answer = ask(&table, |_| {});
    assert_eq!(answer.reason, Reason::ListenerRejected(0));
}

#[test]
fn chains_are_found_by_the_longest_name_without_regard_to_case() {
    let chains = vec![
        tcp("any"),
        tcp("wide").named(&["*.com"]),
        tcp("narrow").named(&["*.a.com"]),
        tcp("exact").named(&["x.a.com"]),
    ];
    let table = table(vec![listener("0.0.0.0", 443, chains)], vec![]);
    for (sni, chain) in [
        ("x.a.com", 3),
        ("X.A.COM", 3),
        ("y.a.com", 2),
        ("z.y.a.com", 2),
        ("a.com", 1),
        ("x.a.com.", 0),
        ("com", 0),
        ("", 0),
    ] {
        let answer = ask(&table, |r| tls(r, 443, sni));
        assert_eq!(answer.filter_chain, Some(chain), "{sni}");
        assert_eq!(answer.outcome, Outcome::Passthrough, "{sni}");
    }
}

#[test]
fn there_is_no_way_back_from_a_name_whose_protocols_differ() {
    let mut istio = tcp("istio").named(&["a.com"]);
    istio.matcher.application_protocols = vec!["istio"];
    let table = table(vec![listener("0.0.0.0", 443, vec![istio, tcp("any")])], vec![]);
    assert_eq!(ask(&table, |r| tls(r, 443, "a.com")).reason, Reason::NoProtocol);
    let answer = ask(&table, |r| {
        tls(r, 443, "a.com");
        r.alpn = vec!["h2".into(), "istio".into()];
    });
    assert_eq!(answer.filter_chain, Some(0));
}

#[test]
fn tls_and_plaintext_do_not_mix() {
    let chains = vec![http("http.80").terminating()];
    let table = table(
        vec![listener("0.0.0.0", 443, chains), listener("0.0.0.0", 80, vec![http("http.80")])],
        vec![config("http.80", vec![host(&["*"], vec![])])],
    );
    let answer = ask(&table, |r| tls(r, 80, "a.com"));
    assert_eq!((answer.outcome, answer.status), (Outcome::Http, Some(400)));
    assert!(answer.plaintext && answer.virtual_host.is_none());
    let answer = ask(&table, |r| r.port = 443);
    assert_eq!((answer.outcome, answer.reason), (Outcome::Closed, Reason::PlaintextOnTls));
}

#[test]
fn hosts_lose_port_and_case_and_wildcards_stand_for_something() {
    let hosts = ["a.com", "*.a.com", "*-x.a.com", "*"].map(|domain| host(&[domain], vec![]));
    let table = web(hosts.into());
    for (name, at) in [
        ("A.com:8080", 0),
        ("b.a.com", 1),
        ("c.b.a.com", 1),
        ("b-x.a.com", 2),
        ("-x.a.com", 1),
        (".a.com", 3),
        ("a.com.", 3),
        ("é", 3),
    ] {
        let answer = ask(&table, |r| r.host = Some(name.into()));
        let expected = if name == "é" { None } else { Some(at) };
        assert_eq!(answer.virtual_host, expected, "{name}");
    }
}

#[test]
fn what_the_parser_refuses_has_no_virtual_host_and_what_is_refused_later_has_one() {
    let table = web(vec![host(&["a.com"], vec![]), host(&["*"], vec![])]);
    let why = |change: &dyn Fn(&mut Request)| {
        let answer = ask(&table, |r| change(r));
        let Reason::BadRequest(why) = answer.reason else { panic!("{answer:?}") };
        (why, answer.virtual_host)
    };
    let path = |path: &'static str| move |r: &mut Request| r.path = path.into();
    let method =
        |method: Option<&'static str>| move |r: &mut Request| r.method = method.map(str::to_owned);
    assert_eq!(why(&path("x")), (BadRequest::Target, None));
    assert_eq!(why(&path("*")), (BadRequest::Target, None));
    assert_eq!(why(&path("/\tx")), (BadRequest::Target, None));
    assert_eq!(why(&path("ftp://a.com/")), (BadRequest::Scheme, None));
    assert_eq!(why(&path("https://a.com/")), (BadRequest::HttpsOnPlaintext, None));
    assert_eq!(why(&method(Some("get"))), (BadRequest::Method, None));
    assert_eq!(why(&method(None)), (BadRequest::NoHttp, None));
    assert_eq!(why(&|r| r.host = Some("ns/a.com".into())), (BadRequest::Authority, None));
    assert_eq!(
        why(&|r| r.headers = vec![("a b".into(), String::new())]),
        (BadRequest::Header, None)
    );
    assert_eq!(why(&|r| r.host = None), (BadRequest::NoHost, None));
    assert_eq!(why(&path("/%00")), (BadRequest::Path, Some(0)));
    let alone = web(vec![host(&["*"], vec![])]);
    assert_eq!(ask(&alone, |r| r.host = None).virtual_host, Some(0));
}

#[test]
fn absolute_targets_replace_the_host() {
    let table = web(vec![host(&["b.com"], vec![forward(prefix("/x"), "c")])]);
    let answer = ask(&table, |r| r.path = "http://B.com:80/x?y".into());
    let upstream = answer.upstream.unwrap();
    assert_eq!((&*upstream.host, &*upstream.path), ("B.com:80", "/x?y"));
    let answer = ask(&table, |r| {
        (r.method, r.path) = (Some("CONNECT".into()), "b.com:443".into());
    });
    assert_eq!((answer.status, answer.reason), (Some(404), Reason::NoRoute));
}

fn matching(matcher: RouteMatch) -> impl Fn(&str, &[(&str, &str)]) -> bool {
    let table = web(vec![host(&["*"], vec![forward(matcher, "c")])]);
    move |path, headers| {
        let headers = headers.iter().map(|&(k, v)| (k.to_owned(), v.to_owned())).collect();
        let answer = ask(&table, |r| (r.path, r.headers) = (path.to_owned(), headers));
        answer.route.is_some()
    }
}

fn header(name: &str, value: Option<StringMatcher>, invert: bool) -> RouteMatch {
    let headers = vec![HeaderMatcher { name: name.into(), value, invert }];
    RouteMatch { headers, ..RouteMatch::any() }
}

#[test]
fn paths_are_matched_without_query() {
    let path = |path| RouteMatch { path, ..RouteMatch::any() };
    let exact = matching(path(PathMatch::Path("/a".into())));
    assert!(exact("/a?b", &[]) && !exact("/a/", &[]) && !exact("/A", &[]));
    let regex = matching(path(PathMatch::SafeRegex("/a|/b".into())));
    assert!(regex("/b?x", &[]) && !regex("/ab", &[]));
    let any_case = matching(RouteMatch { case_sensitive: Some(false), ..prefix("/Foo") });
    assert!(any_case("/fOObar", &[]) && !any_case("/fo", &[]));
    assert!(matching(prefix(""))("/x", &[]));
}

#[test]
fn values_of_a_repeated_header_are_tested_one_by_one() {
    let exact = |text: &str| Some(StringMatcher::Exact(text.into()));
    let wanted = matching(header("x-a", exact("b"), false));
    assert!(wanted("/", &[("X-A", " b ")]) && wanted("/", &[("x-a", "c"), ("x-a", "b")]));
    assert!(!wanted("/", &[]) && !wanted("/", &[("x-a", "B")]));
    let unwanted = matching(header("x-a", exact("b"), true));
    assert!(unwanted("/", &[]) && !unwanted("/", &[("x-a", "c"), ("x-a", "b")]));
    let not_empty = matching(header("x-a", exact(""), true));
    assert!(!not_empty("/", &[]) && not_empty("/", &[("x-a", "b")]));
    let absent = matching(header("x-a", None, true));
    assert!(absent("/", &[]) && !absent("/", &[("x-a", "")]));
    let joined = matching(header("accept", exact("a,b"), false));
    assert!(joined("/", &[("accept", "a"), ("Accept", "b")]));
}

#[test]
fn headers_that_envoy_adds_are_there() {
    for name in ["x-forwarded-for", "x-forwarded-proto", "x-request-id", "x-envoy-external-address"]
    {
        assert!(matching(header(name, None, false))("/", &[]), "{name}");
    }
    let https = Some(StringMatcher::Exact("https".into()));
    assert!(!matching(header(":scheme", https, false))("/", &[("x-forwarded-proto", "https")]));
}

#[test]
fn the_first_of_equal_query_parameters_decides() {
    let parameter = |value: Option<&str>| RouteMatch {
        query_parameters: vec![QueryParameterMatcher {
            name: "v".into(),
            value: value.map(|value| StringMatcher::Exact(value.into())),
        }],
        ..RouteMatch::any()
    };
    let one = matching(parameter(Some("1")));
    assert!(one("/?v=1&v=2", &[]) && one("/?&w&v=1", &[]));
    assert!(!one("/?v=2&v=1", &[]) && !one("/?V=1", &[]) && !one("/?v=%31", &[]));
    let empty = matching(parameter(Some("")));
    assert!(empty("/?v", &[]) && empty("/?v=", &[]) && !empty("/", &[]));
    assert!(matching(parameter(None))("/?v=x", &[]));
}

#[test]
fn prefixes_are_rewritten_as_they_stand() {
    let rewritten = |matched: &str, uri: &str, path: &str| {
        let mut action = to("c");
        action.prefix_rewrite = Some(uri.into());
        let route = route(prefix(matched), Action::Route(Box::new(action)));
        let answer = ask(&web(vec![host(&["*"], vec![route])]), |r| r.path = path.into());
        answer.upstream.unwrap().path
    };
    assert_eq!(rewritten("/foo", "/", "/foo"), "/");
    assert_eq!(rewritten("/foo", "/", "/foo/bar?q"), "//bar?q");
    assert_eq!(rewritten("/foo/", "/", "/foo/bar"), "/bar");
    assert_eq!(rewritten("/", "/base", "/x"), "/basex");
}

#[test]
fn redirects_drop_the_port_of_the_old_scheme_only() {
    let location = |change: &dyn Fn(&mut crate::envoy::route::RedirectAction), name: &str| {
        let mut action = redirect("");
        change(&mut action);
        let route = route(prefix("/a"), Action::Redirect(Box::new(action)));
        let table = web(vec![host(&["*"], vec![route])]);
        ask(&table, |r| (r.host, r.path) = (Some(name.into()), "/a/b?c".into())).location.unwrap()
    };
    assert_eq!(location(&|_| {}, "a.com:80"), "http://a.com:80/a/b?c");
    assert_eq!(location(&|r| r.scheme = Some("https".into()), "a.com:80"), "https://a.com/a/b?c");
    assert_eq!(
        location(&|r| r.scheme = Some("https".into()), "a.com:81"),
        "https://a.com:81/a/b?c"
    );
    assert_eq!(location(&|r| r.port = 8443, "a.com:80"), "http://a.com:8443/a/b?c");
    assert_eq!(location(&|r| r.host = Some("b.com:1".into()), "a.com"), "http://b.com:1/a/b?c");
    assert_eq!(location(&|r| r.path = RedirectPath::Path("n".into()), "a"), "http://a/n?c");
    assert_eq!(location(&|r| r.path = RedirectPath::Path("/n?d".into()), "a"), "http://a/n?d");
    assert_eq!(location(&|r| r.path = RedirectPath::Prefix("/n".into()), "a"), "http://a/n/b?c");
}

#[test]
fn https_is_required_before_any_route() {
    let mut secure = host(&["a.com"], vec![forward(RouteMatch::any(), "c")]);
    secure.require_tls = vec![super::testing::origin()];
    let answer = ask(&web(vec![secure]), |r| {
        (r.host, r.path) = (Some("A.com:80".into()), "/x?y".into());
        r.headers = vec![("x-forwarded-proto".into(), "https".into())];
    });
    assert_eq!((answer.status, answer.route), (Some(301), None));
    assert_eq!(answer.location.as_deref(), Some("https://A.com:80/x?y"));
}

#[test]
fn a_missing_cluster_answers_503_and_the_trace_tells_of_every_route() {
    let routes = ["/a", "/b", "/"].map(|path| forward(prefix(path), path));
    let mut table = web(vec![host(&["*"], routes.into())]);
    table.verdict.missing_clusters.insert("/b".into());
    let mut request = Request::get(80, "a.com");
    request.path = "/b".into();
    let (answer, steps) = Matcher::new(&table).trace(&request);
    assert_eq!(
        (answer.status, answer.reason, answer.upstream),
        (Some(503), Reason::NoCluster, None)
    );
    let verdicts: Vec<_> = steps.into_iter().map(|step| step.verdict).collect();
    let mismatch = Verdict::Mismatched(super::Mismatch::Path);
    assert_eq!(verdicts, [mismatch, Verdict::Matched, Verdict::NotReached { holds: true }]);
}

#[test]
fn a_table_without_the_named_configuration_answers_404() {
    let table = table(vec![listener("0.0.0.0", 80, vec![http("none")])], Vec::<RouteConfig>::new());
    assert_eq!(ask(&table, |_| {}).status, Some(404));
}
