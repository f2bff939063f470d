//! Small worlds in which all requests can be asked.

use super::{exact, regex, short};
use crate::envoy::matching::testing::{config, forward, host, http, listener, prefix, table};
use crate::envoy::matching::{Matcher, Request};
use crate::envoy::reach::text::Languages;
use crate::envoy::reach::{Budget, Reach, Routes};
use crate::envoy::route::RouteMatch;

/// Every request of some paths, three methods and two headers, of which one is there or not and the other has one of two
/// values or both.
fn requests() -> Vec<Request> {
    let mut requests = Vec::new();
    for path in ["/", "/a", "/ab", "/b", "/c"] {
        for method in ["GET", "POST", "PUT"] {
            for x in [&[][..], &["1"], &["2"], &["1", "2"]] {
                for y in [&[][..], &["1"]] {
                    let header = |name: &str, values: &[&str]| {
                        let all = values.iter().map(|&value| (name.to_owned(), value.to_owned()));
                        all.collect::<Vec<_>>()
                    };
                    requests.push(Request {
                        method: Some(method.to_owned()),
                        path: path.to_owned(),
                        headers: [header("x", x), header("y", y)].concat(),
                        ..Request::get(80, "a.com")
                    });
                }
            }
        }
    }
    requests
}

type Change = fn(RouteMatch) -> RouteMatch;

fn product(paths: &[RouteMatch], methods: &[Change], headers: &[Change]) -> Vec<RouteMatch> {
    let with = |path: &RouteMatch, method: Change, header: Change| header(method(path.clone()));
    let mut all = Vec::new();
    for path in paths {
        for method in methods {
            all.extend(headers.iter().map(|header| with(path, *method, *header)));
        }
    }
    all
}

/// Which of the requests each route matches, one bit each.
fn matched(routes: &[RouteMatch], requests: &[Request]) -> Vec<u128> {
    let of = |route: &RouteMatch| {
        let routes = vec![forward(route.clone(), "c")];
        let table = table(
            vec![listener("0.0.0.0", 80, vec![http("http.80")])],
            vec![config("http.80", vec![host(&["a.com"], routes)])],
        );
        let matcher = Matcher::new(&table);
        let holding = requests.iter().enumerate();
        let holding = holding.filter(|(_, request)| matcher.answer(request).route == Some(0));
        holding.fold(0, |all, (at, _)| all | 1 << at)
    };
    routes.iter().map(of).collect()
}

/// Routes that tell apart nothing that the requests do not show.
struct World {
    routes: Vec<RouteMatch>,
    matched: Vec<u128>,
}

impl World {
    fn new(routes: Vec<RouteMatch>) -> Self {
        let requests = requests();
        assert!(requests.len() <= 128);
        let matched = matched(&routes, &requests);
        Self { routes, matched }
    }

    /// Of the last route of a list, by index, the engine says what asking every request says.
    fn compare<'t>(&'t self, list: &[usize], languages: &mut Languages<'t>) {
        let routes: Vec<&RouteMatch> = list.iter().map(|&at| &self.routes[at]).collect();
        let (&own, before) = list.split_last().unwrap();
        languages.budget = Budget::default();
        let known = std::mem::take(languages);
        let mut prepared = Routes::prepare(&routes, &["a.com"], "a.com", known);
        let reach = prepared.reach(before.len(), |_| true);
        *languages = prepared.languages;
        let all =
            |list: &mut dyn Iterator<Item = usize>| list.fold(0, |all, at| all | self.matched[at]);
        let own = self.matched[own];
        let left = own & !all(&mut before.iter().copied());
        match &reach {
            Reach::Reached(_) => assert_ne!(left, 0, "{routes:?}"),
            Reach::Shadowed(shadow) => {
                assert_eq!(left, 0, "{routes:?} {shadow:?}");
                assert!(shadow.by.contains(&shadow.taker));
                let left = own & !all(&mut shadow.by.iter().map(|&by| list[by]));
                assert_eq!(left, 0, "{routes:?} {shadow:?}");
            }
            other => panic!("{} {routes:?}", short(other)),
        }
    }
}

#[test]
fn in_a_small_world_every_unreachable_route_is_found_and_no_other() {
    let world = World::new(product(
        &[prefix("/"), exact("/a"), prefix("/a")],
        &[|own| own, |own| own.with(":method", "GET"), |own| own.with(":method", "~[^G].*")],
        &[|own| own, |own| own.with("x", "1"), |own| own.without("x", "1")],
    ));
    let mut languages = Languages::default();
    let count = world.routes.len();
    for first in 0..count {
        world.compare(&[first], &mut languages);
        for second in 0..count {
            world.compare(&[first, second], &mut languages);
            for third in 0..count {
                world.compare(&[first, second, third], &mut languages);
            }
        }
    }
    // Of lists of four some: the step has no common divisor with the number of routes.
    for number in (0..count.pow(4)).step_by(101) {
        let list = [0, 1, 2, 3].map(|place| (number / count.pow(place)) % count);
        world.compare(&list, &mut languages);
    }
}

#[test]
fn neither_in_a_larger_one() {
    let world = World::new(product(
        &[prefix("/"), exact("/a"), prefix("/a"), regex("/|/b.*")],
        &[|own| own, |own| own.with(":method", "GET"), |own| own.with(":method", "~[^G].*")],
        &[
            |own| own,
            |own| own.with("x", "1"),
            |own| own.without("x", "1"),
            |own| own.with("x", "*"),
            |own| own.without("x", "*").with("y", "*"),
            |own| own.without("y", "*"),
        ],
    ));
    let mut languages = Languages::default();
    let count = world.routes.len();
    for (length, step) in [(2, 1), (3, 97), (4, 10_007), (5, 1_000_003)] {
        for number in (0..count.pow(length)).step_by(step) {
            let list: Vec<usize> =
                (0..length).map(|place| (number / count.pow(place)) % count).collect();
            world.compare(&list, &mut languages);
        }
    }
}
