//! Which routes others may shadow, told by what is written of paths and by the names and values that are asked for, so that
//! the rest is looked into for few. One that is no suspect is not shadowed: a request of its own lacks what it does not ask
//! for, and a path of its own leaves what other paths begin with, so that one route must take this request, whatever several
//! others take together. That one may be of the same giver, if another giver has a route whose paths may be its, too.

use std::borrow::Cow;

use rustc_hash::FxHashMap;

use super::MOST;
use super::conditions::Dimension;
use super::literal::{is_key, literal_start};
use crate::envoy::matching::Occurrence;
use crate::istio::decode::Map;
use crate::istio::virtual_service::{HttpMatch, Pattern, StringMatch};
use crate::text::is_placeholder;

/// Routes by what their paths begin with, in lower case.
#[derive(Debug)]
pub struct Suspects<'t> {
    routes: Vec<Sketch<'t>>,
    /// By beginning, sorted: what begins with another one follows it.
    groups: Vec<Group<'t>>,
    /// By route.
    group_of: Vec<u32>,
}

/// What is told of a route.
#[derive(Debug)]
struct Sketch<'t> {
    start: Cow<'t, str>,
    kind: Kind,
    condition: Option<&'t HttpMatch>,
    giver: u32,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    Exact,
    Prefix,
    Regex,
}

/// Routes whose paths begin alike.
#[derive(Debug, Default)]
struct Group<'t> {
    /// The longest other beginning that this one begins with.
    parent: Option<u32>,
    depth: u32,
    /// The group behind those that begin with this one.
    end: u32,
    exact: Bag<'t>,
    open: Bag<'t>,
    /// The first routes of the groups that begin with this one: those that ask for the path alone, and the others.
    below: [Firsts; 2],
}

/// Routes; those that want a header or parameter by that.
#[derive(Debug, Default)]
struct Bag<'t> {
    plain: Firsts,
    /// Those of all keys.
    of_keys: Firsts,
    keyed: FxHashMap<(Key<'t>, Wanted<'t>), Firsts>,
}

/// The name of a header in lower case, or of a query parameter.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
enum Key<'t> {
    Header(Cow<'t, str>),
    Query(&'t str),
}

/// What is wanted of a value.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
enum Wanted<'t> {
    Exact(&'t str),
    Other,
    /// Stands for both.
    Any,
}

/// The first route, and the first one that another VirtualService gives.
#[derive(Clone, Copy, Debug, Default)]
struct Firsts {
    first: Option<(u32, u32)>,
    other: Option<(u32, u32)>,
}

/// Routes before a route, but for those of one giver.
#[derive(Clone, Copy, Debug)]
struct Before {
    at: u32,
    but: Option<u32>,
}

impl Before {
    fn new(at: usize, but: Option<u32>) -> Self {
        Self { at: u32::try_from(at).expect("not more than routes"), but }
    }
}

/// Beginnings within each other that are looked at; what has more is suspect.
const MOST_DEPTH: u32 = 64;

/// A path may go on in so many ways, letters of both cases taken for one: so many routes must shadow a prefix together if
/// they all go on behind it, and no more than `MOST` are put together.
const WAYS: usize = 92 - 26;
const _: () = assert!(MOST < WAYS, "else prefixes must be compared with what begins with them");

impl<'t> Suspects<'t> {
    /// Routes in their order by their conditions, with a number of whoever gives them; one is never suspect for what its
    /// own giver gives alone.
    pub fn new(all: impl Iterator<Item = (Option<&'t HttpMatch>, u32)>) -> Self {
        let routes: Vec<Sketch<'t>> =
            all.map(|(condition, giver)| sketch(condition, giver)).collect();
        let mut order: Vec<u32> = (0..).zip(&routes).map(|(at, _)| at).collect();
        let start = |at: u32| &*routes[at as usize].start;
        order.sort_unstable_by(|&a, &b| start(a).cmp(start(b)).then(a.cmp(&b)));
        let mut groups: Vec<Group<'t>> = Vec::new();
        let mut group_of = vec![0; routes.len()];
        // Groups whose beginnings the last one begins with, itself among them.
        let mut open: Vec<(u32, &str)> = Vec::new();
        for at in order {
            if open.last().is_none_or(|&(_, last)| last != start(at)) {
                while open.last().is_some_and(|&(_, last)| !start(at).starts_with(last)) {
                    close(&mut groups, &mut open);
                }
                let index = u32::try_from(groups.len()).expect("not more than routes");
                let (parent, depth) = (open.last().map(|&(parent, _)| parent), open.len());
                let depth = u32::try_from(depth).expect("not more than routes");
                groups.push(Group { parent, depth, ..Group::default() });
                open.push((index, start(at)));
            }
            let index = groups.len() - 1;
            groups[index].add(at, &routes[at as usize]);
            group_of[at as usize] = u32::try_from(index).expect("not more than routes");
        }
        while !open.is_empty() {
            close(&mut groups, &mut open);
        }
        Self { routes, groups, group_of }
    }

    /// Whether routes before it, of which others give some, may leave nothing to a route.
    pub fn has(&self, at: usize) -> bool {
        let (route, group) = (&self.routes[at], self.group(at));
        if group.depth > MOST_DEPTH {
            return true;
        }
        let asked = route.condition.map_or_else(Vec::new, asked);
        let of_others = Before::new(at, Some(route.giver));
        self.is_any_taker(route, group, of_others, &asked)
            || (self.is_any_near(route, group, of_others)
                && self.is_any_taker(route, group, Before::new(at, None), &asked))
    }

    /// Whether one of the routes before a route may take a request of it that lacks what it does not ask for.
    fn is_any_taker(
        &self,
        route: &Sketch<'t>,
        group: &Group<'t>,
        before: Before,
        asked: &[(Key<'t>, Wanted<'t>)],
    ) -> bool {
        let equal = (route.kind != Kind::Prefix).then_some(&group.exact);
        let longer = (route.kind == Kind::Regex).then_some(group.below);
        equal.into_iter().chain(self.shorter(group)).any(|bag| bag.has(before, asked))
            || longer.is_some_and(|[plain, keyed]| {
                plain.has(before) || (!asked.is_empty() && keyed.has(before))
            })
    }

    /// Whether one of the routes before a route may take some request of it.
    fn is_any_near(&self, route: &Sketch<'t>, group: &Group<'t>, before: Before) -> bool {
        let longer = (route.kind != Kind::Exact).then_some(group.below);
        let bags = std::iter::once(&group.exact).chain(self.shorter(group));
        bags.flat_map(|bag| [bag.plain, bag.of_keys])
            .chain(longer.into_iter().flatten())
            .any(|firsts| firsts.has(before))
    }

    /// What may go on, of a group and of those around it.
    fn shorter<'s>(&'s self, group: &'s Group<'t>) -> impl Iterator<Item = &'s Bag<'t>> {
        let mut next = Some(group);
        std::iter::from_fn(move || {
            let group = next?;
            next = group.parent.map(|parent| &self.groups[parent as usize]);
            Some(&group.open)
        })
    }

    /// All routes, up to the last of some suspects, whose paths may be theirs, too.
    pub fn related(&self, suspects: &[usize]) -> Vec<usize> {
        let mut is_related = vec![false; self.groups.len()];
        let mut all: Vec<(u32, bool)> = suspects
            .iter()
            .map(|&at| (self.group_of[at], self.routes[at].kind == Kind::Exact))
            .collect();
        all.sort_unstable();
        all.dedup();
        let mut done = 0;
        for (index, is_exact) in all {
            let own = index as usize;
            let end = if is_exact { own + 1 } else { self.groups[own].end as usize };
            is_related[own.max(done).min(end)..end].fill(true);
            done = done.max(if is_exact { done } else { end });
            is_related[own] = true;
            let mut next = self.groups[own].parent;
            while let Some(parent) = next {
                is_related[parent as usize] = true;
                next = self.groups[parent as usize].parent;
            }
        }
        let end = suspects.iter().max().map_or(0, |last| last + 1);
        (0..end).filter(|&at| is_related[self.group_of[at] as usize]).collect()
    }

    fn group(&self, at: usize) -> &Group<'t> {
        &self.groups[self.group_of[at] as usize]
    }
}

/// Whether any of some routes, each of another giver, is suspect, as [`Suspects::has`] says of each. Every two of them are
/// compared, which for a few is cheaper than sorting them.
pub fn any_suspect_of_few<'t>(all: impl Iterator<Item = (Option<&'t HttpMatch>, u32)>) -> bool {
    let mut routes: Vec<Sketch<'t>> = Vec::with_capacity(all.size_hint().0);
    for (condition, giver) in all {
        let route = sketch(condition, giver);
        if routes.iter().any(|before| before.may_shadow(&route)) {
            return true;
        }
        routes.push(route);
    }
    false
}

impl Sketch<'_> {
    /// Whether another route is suspect for this one, which is before it.
    fn may_shadow(&self, other: &Self) -> bool {
        let goes_on = other.start.starts_with(&*self.start);
        let is_below = other.kind == Kind::Regex && self.start.starts_with(&*other.start);
        let meets = is_below
            || match self.kind {
                Kind::Exact => other.kind == Kind::Exact && self.start == other.start,
                Kind::Prefix | Kind::Regex => goes_on,
            };
        meets
            && self.giver != other.giver
            && self.condition.and_then(key).is_none_or(|(key, wanted)| {
                let asked = other.condition.map_or_else(Vec::new, asked);
                let is_met = |(own, value): &(Key<'_>, Wanted<'_>)| {
                    *own == key
                        && (*value == Wanted::Any || [*value, Wanted::Other].contains(&wanted))
                };
                asked.iter().any(is_met) || (is_below && !asked.is_empty())
            })
    }
}

/// Ends the last group that is open, and hands what is in it to the one around it.
fn close(groups: &mut [Group<'_>], open: &mut Vec<(u32, &str)>) {
    let end = u32::try_from(groups.len()).expect("not more than routes");
    let Some((index, _)) = open.pop() else { return };
    let own = &mut groups[index as usize];
    own.end = end;
    let mut below = own.below;
    for bag in [&own.exact, &own.open] {
        below[0].join(bag.plain);
        below[1].join(bag.of_keys);
    }
    if let Some(parent) = own.parent {
        let around = &mut groups[parent as usize].below;
        around[0].join(below[0]);
        around[1].join(below[1]);
    }
}

fn sketch(condition: Option<&HttpMatch>, giver: u32) -> Sketch<'_> {
    let uri = condition.and_then(|condition| condition.uri.as_ref());
    let (start, kind) = match uri.map_or(Pattern::Empty, StringMatch::pattern) {
        Pattern::Exact(text) => (text.value.as_str(), Kind::Exact),
        Pattern::Prefix(text) => (text.value.as_str(), Kind::Prefix),
        Pattern::Regex(text) => (literal_start(&text.value), Kind::Regex),
        Pattern::Empty => ("", Kind::Prefix),
    };
    // All paths begin so.
    let start = if start.is_empty() && kind != Kind::Exact { "/" } else { start };
    Sketch { start: lower(start), kind, condition, giver }
}

fn lower(text: &str) -> Cow<'_, str> {
    if text.bytes().any(|byte| byte.is_ascii_uppercase()) {
        Cow::Owned(text.to_ascii_lowercase())
    } else {
        Cow::Borrowed(text)
    }
}

impl<'t> Group<'t> {
    fn add(&mut self, at: u32, route: &Sketch<'t>) {
        let bag = if route.kind == Kind::Exact { &mut self.exact } else { &mut self.open };
        let own = (at, route.giver);
        match route.condition.and_then(key) {
            None => bag.plain.add(own),
            Some((key, wanted)) => {
                bag.of_keys.add(own);
                bag.keyed.entry((key.clone(), wanted)).or_default().add(own);
                bag.keyed.entry((key, Wanted::Any)).or_default().add(own);
            }
        }
    }
}

impl<'t> Bag<'t> {
    fn has(&self, before: Before, asked: &[(Key<'t>, Wanted<'t>)]) -> bool {
        let has = |key: &Key<'t>, wanted| {
            let firsts = self.keyed.get(&(key.clone(), wanted));
            firsts.is_some_and(|firsts| firsts.has(before))
        };
        self.plain.has(before)
            || (!self.keyed.is_empty()
                && asked.iter().any(|(key, wanted)| {
                    has(key, *wanted) || *wanted != Wanted::Any && has(key, Wanted::Other)
                }))
    }
}

impl Firsts {
    fn add(&mut self, route: (u32, u32)) {
        match (self.first, self.other) {
            (None, _) => self.first = Some(route),
            (Some(first), _) if first.1 == route.1 => self.first = Some(first.min(route)),
            (Some(first), _) if route.0 < first.0 => {
                self.other = Some(first);
                self.first = Some(route);
            }
            (_, Some(other)) if other.0 <= route.0 => {}
            _ => self.other = Some(route),
        }
    }

    fn join(&mut self, more: Self) {
        more.first.into_iter().chain(more.other).for_each(|route| self.add(route));
    }

    fn has(&self, before: Before) -> bool {
        let mut all = self.first.into_iter().chain(self.other);
        all.any(|(other, by)| Some(by) != before.but && other < before.at)
    }
}

/// A header or parameter without which a condition does not hold, if it has any that a request may lack; an exact value
/// rather than another.
fn key(condition: &HttpMatch) -> Option<(Key<'_>, Wanted<'_>)> {
    let headers = condition.headers.iter().filter_map(|(name, value)| {
        let name = lower(name);
        let is_optional = matches!(Occurrence::of(&name), Occurrence::Once | Occurrence::Often);
        (is_optional && is_key(&name)).then(|| (Key::Header(name), wanted(value)))
    });
    let parameters = condition.query_params.iter().filter_map(|(name, value)| {
        let occurrence = Dimension::Query(name.value.to_string()).occurrence();
        (occurrence == Occurrence::Once).then(|| (Key::Query(name), wanted(value)))
    });
    let mut first = None;
    for key in headers.chain(parameters) {
        if matches!(key.1, Wanted::Exact(_)) {
            return Some(key);
        }
        first = first.or(Some(key));
    }
    first
}

fn wanted(value: &StringMatch) -> Wanted<'_> {
    match value.pattern() {
        Pattern::Exact(text) => Wanted::Exact(&text.value),
        _ => Wanted::Other,
    }
}

/// The headers and parameters that a condition says anything of, with the value where it is one.
fn asked(condition: &HttpMatch) -> Vec<(Key<'_>, Wanted<'_>)> {
    let exact = |value| match wanted(value) {
        Wanted::Exact(text) if !is_placeholder(text) => Wanted::Exact(text),
        _ => Wanted::Any,
    };
    let names = |map: &'_ Map<StringMatch>| map.entries.len();
    let count = names(&condition.headers) + names(&condition.without_headers);
    let mut all = Vec::with_capacity(count + names(&condition.query_params));
    all.extend(
        condition.headers.iter().map(|(name, value)| (Key::Header(lower(name)), exact(value))),
    );
    all.extend(
        condition.without_headers.iter().map(|(name, _)| (Key::Header(lower(name)), Wanted::Any)),
    );
    all.extend(condition.query_params.iter().map(|(name, value)| (Key::Query(name), exact(value))));
    // What is asked twice may need several values.
    let mut known: FxHashMap<Key<'_>, usize> = FxHashMap::default();
    for at in 0..all.len() {
        if let Some(first) = known.insert(all[at].0.clone(), at) {
            all[first].1 = Wanted::Any;
            all[at].1 = Wanted::Any;
        }
    }
    all
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::envoy::reach::{Budget, Reach, Routes};
    use crate::envoy::route::RouteMatch;
    use crate::envoy::route_match;
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
}
