//! Which routes others may shadow, told by what is written of paths and by the names and values that are asked for, so that
//! the rest is looked into for few. One that is no suspect is not shadowed: a request of its own lacks what it does not ask
//! for, and a path of its own leaves what other paths begin with, so that one route must take this request, whatever several
//! others take together. That one may be of the same giver, if another giver has a route whose paths may be its, too.

mod bags;
mod order;
mod sketch;
#[cfg(test)]
mod tests;

use rustc_hash::FxHashSet;

use self::bags::{Bag, Before, Firsts, Given};
use self::order::{Order, Run};
use self::sketch::{Key, Kind, Sketch, asked, denied, key, sketch};
use super::MOST;
use crate::istio::virtual_service::HttpMatch;

/// Routes by what their paths begin with, in lower case.
#[derive(Debug)]
pub struct Suspects<'t> {
    routes: Vec<Sketch<'t>>,
    order: Order,
    is_suspect: Vec<bool>,
}

/// Routes whose paths begin alike.
struct Group<'t, 's> {
    run: Run<'s>,
    exact: Bag<'t>,
    open: Bag<'t>,
    /// The first of those that begin with this and go on: of those that ask for the path alone, and of the others.
    below: [Firsts; 2],
}

/// Beginnings within each other that are looked at; what has more is suspect.
const MOST_DEPTH: usize = 64;

/// A path may go on in so many ways, letters of both cases taken for one: so many routes must shadow a prefix together if
/// they all go on behind it, and no more than `MOST` are put together.
const WAYS: usize = 92 - 26;
const _: () = assert!(MOST < WAYS, "else prefixes must be compared with what begins with them");

impl<'t> Suspects<'t> {
    /// Routes in their order by their conditions, with a number of whoever gives them; one is never suspect for what its
    /// own giver gives alone.
    pub fn new(all: impl Iterator<Item = (Option<&'t HttpMatch>, u32)>) -> Self {
        // Collected first: then reading one condition does not wait for finding the next.
        let all: Vec<(Option<&'t HttpMatch>, u32)> = all.collect();
        let routes: Vec<Sketch<'t>> =
            all.into_iter().map(|(condition, giver)| sketch(condition, giver)).collect();
        let order = Order::new(&routes);
        let mut is_suspect = vec![false; routes.len()];
        judge(&routes, &order, &mut is_suspect);
        Self { routes, order, is_suspect }
    }

    /// Whether routes before it, of which others give some, may leave nothing to a route.
    pub fn has(&self, at: usize) -> bool {
        self.is_suspect[at]
    }

    /// Whether [`has`](Self::has) is true of any route.
    pub fn is_any(&self) -> bool {
        self.is_suspect.contains(&true)
    }

    /// All routes, up to the last of some suspects, that may have a part in what becomes of them: their paths may be theirs,
    /// too, and what they need of headers and parameters is spoken of by one of the suspects, or denied by another route.
    /// Of a request without what none of these speaks of, and of that request with it, the same may be said.
    pub fn related(&self, suspects: &[usize]) -> Vec<usize> {
        let end = suspects.iter().max().map_or(0, |last| last + 1);
        let mut near = self.near(suspects);
        near.truncate(end);
        let near = || (0..).zip(&near).filter(|(_, is_near)| **is_near).map(|(at, _)| at);
        let of_suspects = suspects.iter().filter_map(|&at| self.routes[at].keyed).flat_map(asked);
        let denied = near().filter_map(|at: usize| self.routes[at].keyed).flat_map(denied);
        let spoken_of: FxHashSet<Key<'_>> = of_suspects.map(|(key, _)| key).chain(denied).collect();
        let has_part = |&at: &usize| {
            let needed = self.routes[at].keyed.and_then(key);
            needed.is_none_or(|(needed, _)| spoken_of.contains(&needed))
        };
        near().filter(has_part).collect()
    }

    /// Whether paths of a route may be those of one of some suspects.
    fn near(&self, suspects: &[usize]) -> Vec<bool> {
        struct Outer<'s> {
            run: Run<'s>,
            is_near: bool,
            /// Whether what begins with this is near, too.
            goes_on: bool,
        }
        let mut is_wanted = vec![false; self.routes.len()];
        for &at in suspects {
            is_wanted[at] = true;
        }
        let mut is_near = vec![false; self.routes.len()];
        let mut mark = |run: Run<'_>| run.members().for_each(|at| is_near[at as usize] = true);
        let mut open: Vec<Outer<'_>> = Vec::new();
        for run in self.order.runs(&self.routes) {
            while open.last().is_some_and(|outer| !run.begins_with(outer.run)) {
                open.pop();
            }
            let mut wanted = run.members().filter(|&at| is_wanted[at as usize]).peekable();
            let is_any_wanted = wanted.peek().is_some();
            let goes_on = wanted.any(|at| self.routes[at as usize].kind != Kind::Exact);
            if is_any_wanted {
                // Around one that is near all are.
                for outer in open.iter_mut().rev().take_while(|outer| !outer.is_near) {
                    outer.is_near = true;
                    mark(outer.run);
                }
            }
            let is_within = open.last().is_some_and(|outer| outer.goes_on);
            let (is_near, goes_on) = (is_within || is_any_wanted, is_within || goes_on);
            if is_near {
                mark(run);
            }
            open.push(Outer { run, is_near, goes_on });
        }
        is_near
    }
}

/// Tells which routes are suspect: each as soon as all groups are known that decide about it.
fn judge(routes: &[Sketch<'_>], order: &Order, is_suspect: &mut [bool]) {
    // Groups whose beginnings the last one begins with, itself among them.
    let mut open: Vec<Group<'_, '_>> = Vec::new();
    let mut all = order.runs(routes).peekable();
    while let Some(run) = all.next() {
        while open.last().is_some_and(|last| !run.begins_with(last.run)) {
            close(routes, &mut open, is_suspect);
        }
        let mut members = run.members();
        if let (Some(at), None) = (members.next(), members.next())
            && all.peek().is_none_or(|next| !next.begins_with(run))
        {
            judge_single(routes, at, &mut open, is_suspect);
            continue;
        }
        let (exact, below) = (Bag::default(), <[Firsts; 2]>::default());
        let mut group = Group { run, exact, open: Bag::default(), below };
        for at in run.members() {
            let route = &routes[at as usize];
            let bag = if route.kind == Kind::Exact { &mut group.exact } else { &mut group.open };
            bag.add(Given { at, by: route.giver }, route.keyed.and_then(key));
        }
        open.push(group);
    }
    while !open.is_empty() {
        close(routes, &mut open, is_suspect);
    }
}

/// Ends the last group that is open, and hands what is in it to the one around it.
fn close(routes: &[Sketch<'_>], open: &mut Vec<Group<'_, '_>>, is_suspect: &mut [bool]) {
    let Some((own, around)) = open.split_last() else { return };
    for at in own.run.members() {
        is_suspect[at as usize] = is_suspected(routes, at, Some(own), around);
    }
    let Some(own) = open.pop() else { return };
    let Some(around) = open.last_mut() else { return };
    for [plain, keyed] in [own.exact.firsts(), own.open.firsts(), own.below] {
        around.below[0].join(plain);
        around.below[1].join(keyed);
    }
}

/// The same for a route that nothing begins with, and no other one begins like.
fn judge_single(
    routes: &[Sketch<'_>],
    at: u32,
    open: &mut [Group<'_, '_>],
    is_suspect: &mut [bool],
) {
    is_suspect[at as usize] = is_suspected(routes, at, None, open);
    if let Some(around) = open.last_mut() {
        let route = &routes[at as usize];
        let is_keyed = route.keyed.and_then(key).is_some();
        around.below[usize::from(is_keyed)].add(Given { at, by: route.giver });
    }
}

/// Whether routes before it, of which others give some, may leave nothing to a route: of its own group, unless it is alone
/// in it, and of those around.
fn is_suspected(
    routes: &[Sketch<'_>],
    at: u32,
    own: Option<&Group<'_, '_>>,
    around: &[Group<'_, '_>],
) -> bool {
    let route = &routes[at as usize];
    // The taker may be of the same giver; what one of another giver takes is near, too.
    around.len() > MOST_DEPTH
        || (is_any_taker(route, own, around, Before { at, but: None })
            && is_any_near(route, own, around, Before { at, but: Some(route.giver) }))
}

/// Whether one of the routes before a route may take a request of it that lacks what it does not ask for.
fn is_any_taker(
    route: &Sketch<'_>,
    own: Option<&Group<'_, '_>>,
    around: &[Group<'_, '_>],
    before: Before,
) -> bool {
    let asked = route.keyed.map_or_else(Vec::new, asked);
    let of_own = |own: &Group<'_, '_>| {
        let [plain, keyed] = own.below;
        (route.kind != Kind::Prefix && own.exact.has(before, &asked))
            || own.open.has(before, &asked)
            || (route.kind == Kind::Regex
                && (plain.has(before) || (!asked.is_empty() && keyed.has(before))))
    };
    own.is_some_and(of_own) || around.iter().any(|around| around.open.has(before, &asked))
}

/// Whether one of the routes before a route may take some request of it.
fn is_any_near(
    route: &Sketch<'_>,
    own: Option<&Group<'_, '_>>,
    around: &[Group<'_, '_>],
    before: Before,
) -> bool {
    let has = |firsts: [Firsts; 2]| firsts.iter().any(|firsts| firsts.has(before));
    let of_own = |own: &Group<'_, '_>| {
        has(own.exact.firsts())
            || has(own.open.firsts())
            || (route.kind != Kind::Exact && has(own.below))
    };
    own.is_some_and(of_own) || around.iter().any(|around| has(around.open.firsts()))
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
