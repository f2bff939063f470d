use super::*;
use crate::envoy::reach::{Budget, Reach, Routes};
use crate::envoy::route::RouteMatch;
use crate::envoy::route_match;
use crate::istio::decode::Map;
use crate::istio::virtual_service::StringMatch;
use crate::text::{SourceId, Span, Spanned, Str};

fn span() -> Span {
    Span::new(SourceId::new(0), 0, 0)
}

fn spanned(text: &str) -> Spanned<Str> {
    Spanned { value: text.into(), span: span() }
}

/// `=` before a text, `^` before a prefix, `~` before a pattern, `*` for any.
fn value(text: &str) -> StringMatch {
    let (kind, text) = text.split_at(1);
    let text = Some(Box::new(spanned(text)));
    let empty = StringMatch::empty(span());
    match kind {
        "=" => StringMatch { exact: text, ..empty },
        "^" => StringMatch { prefix: text, ..empty },
        "~" => StringMatch { regex: text, ..empty },
        _ => empty,
    }
}

fn map(entries: &[(&str, &str)]) -> Map<StringMatch> {
    let entries = entries.iter().map(|(name, text)| (spanned(name), value(text)));
    Map { entries: entries.collect() }
}

fn conditions() -> Vec<HttpMatch> {
    let empty = || HttpMatch::empty(span());
    let path = |text: &str| HttpMatch { uri: Some(value(text)), ..empty() };
    let paths = ["=/a", "=/a/b", "^/a", "^/A", "^/a/", "^/", "~/a(/.*)?", "~.*", "~/a/(b|c)"];
    let mut all: Vec<HttpMatch> = paths.map(path).into();
    let ignore_uri_case = Some(Spanned { value: true, span: span() });
    all.push(HttpMatch { ignore_uri_case, ..path("=/A") });
    all.push(HttpMatch { method: Some(Box::new(value("=GET"))), ..path("^/a") });
    for headers in [
        &[("x-a", "=1")][..],
        &[("X-A", "=1")],
        &[("x-a", "^1")],
        &[("x-a", "*")],
        &[("x-a", "=1"), ("x-b", "=1")],
        &[("host", "=a.com")],
    ] {
        all.push(HttpMatch { headers: map(headers), ..path("^/a") });
    }
    all.push(HttpMatch { without_headers: map(&[("x-a", "=1")]), ..path("^/a") });
    all.push(HttpMatch { without_headers: map(&[("x-a", "*")]), ..empty() });
    for headers in [[("x-a", "=1")], [("x-b", "=1")]] {
        all.push(HttpMatch { headers: map(&headers), ..path("~/a(b|c)") });
    }
    all.push(HttpMatch { query_params: map(&[("q", "=1")]), ..path("=/a") });
    all.push(HttpMatch { query_params: map(&[("q", "*")]), ..empty() });
    all
}

#[test]
fn whatever_is_shadowed_is_suspect_and_related_to_what_shadows_it() {
    let pool = conditions();
    let matchers: Vec<RouteMatch> = pool.iter().map(route_match).collect();
    let count = pool.len();
    let mut shadowed = 0;
    for world in 0..count * count * count {
        let own = [world % count, world / count % count, world / count / count];
        let references: Vec<&RouteMatch> = own.iter().map(|&at| &matchers[at]).collect();
        let mut routes = Routes::new(&references, &["a.com"], "a.com", Budget::default());
        let all = || (0..).zip(own).map(|(by, at)| (Some(&pool[at]), by));
        let suspects = Suspects::new(all());
        let is_any = (0..own.len()).any(|at| suspects.has(at));
        assert_eq!(any_suspect_of_few(all()), is_any, "{references:?}");
        for at in 0..own.len() {
            let Reach::Shadowed(shadow) = routes.reach(at, |_| true) else { continue };
            shadowed += 1;
            assert!(suspects.has(at), "{at} of {references:?}");
            let related = suspects.related(&[at]);
            assert!(related.contains(&at));
            assert!(shadow.by.iter().all(|by| related.contains(by)), "{at} of {references:?}");
        }
    }
    assert!(shadowed > count * count, "{shadowed}");
}

#[test]
fn what_routes_of_two_givers_shadow_together_is_suspect() {
    let pool = conditions();
    let matchers: Vec<RouteMatch> = pool.iter().map(route_match).collect();
    let count = pool.len();
    let mut together = 0;
    for world in 0..count * count * count {
        let own = [world % count, world / count % count, world / count / count];
        let references: Vec<&RouteMatch> = own.iter().map(|&at| &matchers[at]).collect();
        let mut routes = Routes::new(&references, &["a.com"], "a.com", Budget::default());
        let Reach::Shadowed(shadow) = routes.reach(2, |_| true) else { continue };
        if shadow.by.len() < 2 {
            continue;
        }
        together += 1;
        for other in [0, 1] {
            let all = own.into_iter().enumerate();
            let all = all.map(|(place, at)| (Some(&pool[at]), u32::from(place == other)));
            assert!(Suspects::new(all).has(2), "{other} of {references:?}");
        }
    }
    assert!(together > count, "{together}");
}

#[test]
fn of_deep_beginnings_it_is_told_up_to_the_limit() {
    for (depth, is_suspect) in [(MOST_DEPTH, false), (MOST_DEPTH + 1, true)] {
        let path = |kind: &str, length: usize| value(&format!("{kind}/{}", "a".repeat(length)));
        // Each needs a header of its own, so none takes what the last one asks for.
        let mut all: Vec<HttpMatch> = (0..depth)
            .map(|at| HttpMatch {
                uri: Some(path("^", at)),
                headers: map(&[(&format!("x-{at}"), "=1")]),
                ..HttpMatch::empty(span())
            })
            .collect();
        all.push(HttpMatch { uri: Some(path("=", depth)), ..HttpMatch::empty(span()) });
        let suspects = Suspects::new((0..).zip(&all).map(|(by, one)| (Some(one), by)));
        assert_eq!(suspects.has(depth), is_suspect, "{depth}");
    }
}

#[test]
fn many_routes_that_leave_each_other_everything_are_no_suspects() {
    let path = |at: usize| HttpMatch {
        uri: Some(value(&format!("={at:03}"))),
        ..HttpMatch::empty(span())
    };
    let mut all: Vec<HttpMatch> = (0..100).map(path).collect();
    let header = |at: usize| HttpMatch {
        headers: map(&[("x-tenant", &format!("={at}"))]),
        ..HttpMatch::empty(span())
    };
    all.extend((0..100).map(header));
    let suspects = Suspects::new((0..).zip(&all).map(|(by, one)| (Some(one), by)));
    assert!((0..all.len()).all(|at| !suspects.has(at)));
}
