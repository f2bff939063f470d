//! Reachability, checked against the matcher.

use super::{Budget, Reach, Routes, Schemes};
use crate::envoy::matching::testing::prefix;
use crate::envoy::route::{
    HeaderMatcher, PathMatch, QueryParameterMatcher, RouteMatch, StringMatcher,
};

mod properties;
mod worlds;

/// What becomes of each route at `a.com`.
fn reach(matchers: &[RouteMatch]) -> Vec<Reach> {
    let matchers: Vec<&RouteMatch> = matchers.iter().collect();
    Routes::new(&matchers, &["a.com"], "a.com", Budget::default()).all()
}

/// In short: `reached GET a.com/`, `by 0, 1`, `never`, `unknown`.
fn short(reach: &Reach) -> String {
    match reach {
        Reach::Reached(witness) => format!("reached {witness}"),
        Reach::Shadowed(shadow) => {
            let by: Vec<String> = shadow.by.iter().map(usize::to_string).collect();
            format!("by {}", by.join(", "))
        }
        Reach::Never => "never".to_owned(),
        Reach::Unknown => "unknown".to_owned(),
    }
}

/// The last of some routes.
fn last(matchers: &[RouteMatch]) -> String {
    short(reach(matchers).last().unwrap())
}

fn exact(path: &str) -> RouteMatch {
    RouteMatch { path: PathMatch::Path(path.into()), ..RouteMatch::any() }
}

fn regex(pattern: &str) -> RouteMatch {
    RouteMatch { path: PathMatch::SafeRegex(pattern.into()), ..RouteMatch::any() }
}

impl RouteMatch {
    /// Ignoring case.
    fn folded(mut self) -> Self {
        self.case_sensitive = Some(false);
        self
    }

    /// With a header; `text`: a value, `^` before a prefix, `~` before a pattern, `*` for any.
    fn with(mut self, name: &str, text: &str) -> Self {
        self.headers.push(HeaderMatcher { name: name.into(), value: value(text), invert: false });
        self
    }

    /// Without it.
    fn without(mut self, name: &str, text: &str) -> Self {
        self.headers.push(HeaderMatcher { name: name.into(), value: value(text), invert: true });
        self
    }

    /// With a query parameter.
    fn query(mut self, name: &str, text: &str) -> Self {
        let name = name.into();
        self.query_parameters.push(QueryParameterMatcher { name, value: value(text) });
        self
    }
}

fn value(text: &str) -> Option<StringMatcher> {
    Some(match text.split_at_checked(1) {
        Some(("*", "")) => return None,
        Some(("^", prefix)) => StringMatcher::Prefix(prefix.into()),
        Some(("~", pattern)) => StringMatcher::SafeRegex(pattern.into()),
        _ => StringMatcher::Exact(text.into()),
    })
}

#[test]
fn paths_contain_paths() {
    for (before, after, expected) in [
        (prefix("/api"), prefix("/apis"), "by 0"),
        (prefix("/api"), exact("/api/x"), "by 0"),
        (prefix("/api"), regex("/api/.*"), "by 0"),
        (prefix("/api"), regex("/api(/.*)?"), "by 0"),
        (prefix("/api/"), regex("/api(/.*)?"), "reached GET a.com/api"),
        (prefix("/apis"), prefix("/api"), "reached GET a.com/api"),
        (exact("/api"), prefix("/api"), "reached GET a.com/apix"),
        (prefix("/x"), prefix("/"), "reached GET a.com/"),
        (prefix(""), prefix("/"), "by 0"),
        (prefix("/"), prefix(""), "reached OPTIONS a.com *"),
        (prefix("/"), regex(".*"), "reached OPTIONS a.com *"),
        (regex(".*"), prefix("/"), "by 0"),
        (regex("/.*"), prefix("/"), "by 0"),
        (regex("/.+"), prefix("/"), "reached GET a.com/"),
        (regex("/[a-z]+"), exact("/abc"), "by 0"),
        (regex("/[a-z]+"), exact("/ab1"), "reached GET a.com/ab1"),
        (regex("/v[0-9]+/.*"), regex("/v[12]/users/[0-9]+"), "by 0"),
        (regex("/v[12]/.*"), regex("/v[0-9]+/users"), "reached GET a.com/v0/users"),
        (prefix("/A").folded(), prefix("/ab"), "by 0"),
        (prefix("/a"), prefix("/A").folded(), "reached GET a.com/A"),
        (regex("(?i)/a.*"), prefix("/A").folded(), "by 0"),
        (exact("/A"), regex("/[aA]"), "reached GET a.com/a"),
        (prefix("/"), prefix("api"), "never"),
        (prefix("/"), exact(""), "never"),
        (prefix("/"), exact("/a?b"), "never"),
        (prefix("/"), regex("/(?!a)"), "unknown"),
        (prefix("/"), prefix("/${PATH}"), "by 0"),
        (prefix("/${PATH}"), prefix("/"), "reached GET a.com/"),
        (prefix("/"), prefix("/a/../b"), "by 0"),
    ] {
        let name = format!("{:?} before {:?}", before.path, after.path);
        assert_eq!(last(&[before, after]), expected, "{name}");
    }
}

#[test]
fn headers_contain_headers() {
    let any = RouteMatch::any;
    for (before, after, expected) in [
        (any(), any().with("x", "1"), "by 0"),
        (any().with("x", "*"), any().with("X", "1"), "by 0"),
        (any().with("x", "1"), any().with("x", "*"), "reached GET a.com/ with x: x"),
        (any().with("x", "1"), any(), "reached GET a.com/"),
        (any().with("x", "^a"), any().with("x", "ab"), "by 0"),
        (any().with("x", "~[0-9]+"), any().with("x", "12"), "by 0"),
        (any().with("x", "~.*"), any().with("x", "*"), "by 0"),
        (any().with("x", "~.*"), any().without("x", "*"), "reached GET a.com/"),
        // A header may come twice.
        (any().without("x", "1"), any().with("x", "2"), "reached GET a.com/ with x: 1, x: 2"),
        (any().without("accept", "1"), any().with("accept", "2"), "by 0"),
        (any().without("x", "*"), any().without("x", "1"), "reached GET a.com/ with x: x"),
        // A missing one is empty for the opposite of a value.
        (any().without("x", "1"), any().without("x", "*"), "by 0"),
        (any().without("x", ""), any().without("x", "*"), "reached GET a.com/"),
        (any().with(":method", "GET"), any().with(":method", "~GET|POST"), "reached POST a.com/"),
        (any().with(":method", "~[A-Z]+"), any(), "by 0"),
        (any().with(":scheme", "http"), any(), "reached GET https://a.com/"),
        (any().with(":scheme", "^http"), any(), "by 0"),
        (any().with(":authority", "a.com"), any(), "reached GET a.coM/"),
        (any().with("host", "~(?i)a\\.com.*"), any(), "by 0"),
        (any().with("x-request-id", "*"), any(), "by 0"),
        (any().without("x-envoy-internal", "*"), any(), "by 0"),
        (any(), any().with("keep-alive", "*"), "never"),
        (any(), any().with(":method", "FOO"), "never"),
        (any(), any().with("x", " 1"), "never"),
        (any().query("a", "*"), any().query("a", "1"), "by 0"),
        (any().query("a", "1"), any().query("a", "*"), "reached GET a.com/?a=x"),
        (any().query("a", "1"), any().query("b", "1"), "reached GET a.com/?b=1"),
        (any(), any().query("a=b", "1"), "never"),
        (any().with("x", "${X}"), any().with("x", "1"), "reached GET a.com/ with x: 1"),
        (any().with("x", "^1"), any().with("x", "1${X}"), "by 0"),
        (any().without("x", "^1"), any().without("x", "1${X}"), "reached GET a.com/ with x: 1"),
        (any().with(":path", "^/a"), prefix("/a"), "unknown"),
        (any(), any().with(":path", "^/a"), "by 0"),
    ] {
        let name = format!("{before:?} before {after:?}");
        assert_eq!(last(&[before, after]), expected, "{name}");
    }
}

#[test]
fn several_routes_shadow_one_together() {
    let any = RouteMatch::any;
    let methods = |pattern: &str| any().with(":method", pattern);
    let cases = [
        (vec![methods("GET"), methods("~[^G].*"), methods("~G.+"), any()], "by 0, 1"),
        (vec![methods("GET"), methods("POST"), methods("~GET|POST")], "by 0, 1"),
        (vec![any().with("x", "*"), any().without("x", "*"), prefix("/a")], "by 0, 1"),
        (vec![any().with("x", "1"), any().without("x", "1"), prefix("/a")], "by 0, 1"),
        (vec![exact("/a"), regex("/a.+"), prefix("/b"), prefix("/a")], "by 0, 1"),
        (vec![exact("/a"), regex("/a[^b].*"), prefix("/ab"), prefix("/a")], "by 0, 1, 2"),
        (
            vec![exact("/a"), regex("/a[^b].*"), prefix("/abc"), prefix("/a")],
            "reached GET a.com/ab",
        ),
        (
            vec![
                any().with("x", "1"),
                any().with("y", "1"),
                any().without("x", "1").without("y", "1"),
                any(),
            ],
            "by 0, 1, 2",
        ),
        (
            vec![
                prefix("/a").with("x", "1"),
                prefix("/a").without("x", "1").query("q", "*"),
                prefix("/a"),
            ],
            "reached GET a.com/a",
        ),
        // One is enough.
        (vec![exact("/a"), exact("/a/b"), prefix("/a"), prefix("/a")], "by 2"),
    ];
    for (at, (matchers, expected)) in cases.into_iter().enumerate() {
        assert_eq!(last(&matchers), expected, "case {at}");
    }
}

#[test]
fn a_scheme_that_all_requests_have_is_no_condition() {
    let matchers = [prefix("/a").with(":scheme", "http"), prefix("/a/b")];
    let matchers: Vec<&RouteMatch> = matchers.iter().collect();
    let routes = |schemes| {
        let routes = Routes::new(&matchers, &["a.com"], "a.com", Budget::default());
        routes.over(schemes).reach(1, |_| true)
    };
    assert_eq!(short(&routes(Schemes::Http)), "by 0");
    // Where all requests have it, it is not said.
    assert_eq!(short(&routes(Schemes::Https)), "reached GET a.com/a/b");
    assert_eq!(short(&routes(Schemes::Any)), "reached GET https://a.com/a/b");
}

#[test]
fn the_request_of_a_shadow_is_answered_by_one_of_its_routes() {
    let matchers = [
        prefix("/a").with(":method", "GET"),
        prefix("/a"),
        prefix("/a/b"),
        prefix("/a/b/c").with(":method", "GET"),
    ];
    let matchers: Vec<&RouteMatch> = matchers.iter().collect();
    let mut routes = Routes::new(&matchers, &["a.com"], "a.com", Budget::default());
    let Reach::Shadowed(shadow) = routes.reach(2, |other| other == 1) else { panic!("shadowed") };
    assert_eq!(shadow.request.as_ref().map(ToString::to_string).unwrap(), "GET a.com/a/b");
    let shadow = routes.answered(2, shadow);
    assert_eq!(shadow.by, [1]);
    assert_eq!(shadow.request.unwrap().to_string(), "POST a.com/a/b");
    // None of it is left to the second.
    let Reach::Shadowed(shadow) = routes.reach(3, |other| other == 1) else { panic!("shadowed") };
    assert_eq!(routes.answered(3, shadow).request, None);
}

#[test]
fn only_routes_that_count_shadow() {
    let all = [prefix("/a"), prefix("/"), exact("/a/b")];
    let all: Vec<&RouteMatch> = all.iter().collect();
    let mut routes = Routes::new(&all, &["*.a.com"], "x.a.com", Budget::default());
    assert_eq!(short(&routes.reach(2, |_| true)), "by 0");
    assert_eq!(short(&routes.reach(2, |at| at == 1)), "by 1");
    assert_eq!(short(&routes.reach(2, |_| false)), "reached GET x.a.com/a/b");
}

#[test]
fn long_lists_take_no_time() {
    let paths = (0..5_000).map(|at| exact(&format!("/shop/{at}")));
    let tenants = (0..5_000).map(|at| prefix("/").with("tenant", &at.to_string()));
    let patterns = (0..300).map(|at| regex(&format!("/items/{at}/[a-z]+")));
    let again = [exact("/shop/77"), prefix("/x").with("tenant", "42"), prefix("/")];
    let all: Vec<RouteMatch> = paths.chain(tenants).chain(patterns).chain(again).collect();
    let reach = reach(&all);
    let shadowed = reach.iter().filter(|reach| matches!(reach, Reach::Shadowed(_))).count();
    assert_eq!(shadowed, 2);
    assert!(!reach.contains(&Reach::Unknown));
    assert_eq!(short(&reach[10_300]), "by 77");
    assert_eq!(short(&reach[10_301]), "by 5042");
}
