//! Which routes others may shadow, told by what is written of paths and by the names and values that are asked for, so that
//! the rest is looked into for few. One that is no suspect is not shadowed: a request of its own lacks what it does not ask
//! for, and a path of its own leaves what other paths begin with, so that one route must take this request, whatever several
//! others take together. That one may be of the same giver, if another giver has a route whose paths may be its, too.

mod groups;
mod sketch;
#[cfg(test)]
mod tests;

use rustc_hash::FxHashSet;

use self::groups::{Bag, Before, Group, close};
use self::sketch::{Key, Kind, Sketch, Wanted, asked, denied, key, sketch};
use super::MOST;
use crate::istio::virtual_service::HttpMatch;

/// Routes by what their paths begin with, in lower case.
#[derive(Debug)]
pub struct Suspects<'t> {
    routes: Vec<Sketch<'t>>,
    /// By beginning, sorted: what begins with another one follows it.
    groups: Vec<Group<'t>>,
    /// By route.
    group_of: Vec<u32>,
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
        // Conditions lie here and there: found one by one, and read then, they come sooner.
        let all: Vec<(Option<&'t HttpMatch>, u32)> = all.collect();
        let routes: Vec<Sketch<'t>> =
            all.into_iter().map(|(condition, giver)| sketch(condition, giver)).collect();
        let start = |at: u32| &*routes[at as usize].start;
        let mut groups: Vec<Group<'t>> = Vec::with_capacity(routes.len());
        let mut group_of = vec![0; routes.len()];
        // Groups whose beginnings the last one begins with, itself among them.
        let mut open: Vec<(u32, &str)> = Vec::new();
        for at in sorted(&routes) {
            if open.last().is_none_or(|&(_, last)| last != start(at)) {
                while open.last().is_some_and(|&(_, last)| !start(at).starts_with(last)) {
                    close(&mut groups, &mut open);
                }
                let index = u32::try_from(groups.len()).expect("not more than routes");
                let (parent, depth) = (open.last().map(|&(parent, _)| parent), open.len());
                let depth = u32::try_from(depth).expect("not more than routes");
                groups.push(Group::within(parent, depth));
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
        let asked = route.keyed.map_or_else(Vec::new, asked);
        // The taker may be of the same giver; what one of another giver takes is near, too.
        self.is_any_taker(route, group, Before::new(at, None), &asked)
            && self.is_any_near(route, group, Before::new(at, Some(route.giver)))
    }

    /// Whether [`has`](Self::has) is true of any route.
    pub fn is_any(&self) -> bool {
        (0..self.routes.len()).any(|at| self.has(at))
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
        let longer = (route.kind == Kind::Regex).then(|| group.below()).flatten();
        equal.into_iter().chain(self.shorter(group)).any(|bag| bag.has(before, asked))
            || longer.is_some_and(|[plain, keyed]| {
                plain.has(before) || (!asked.is_empty() && keyed.has(before))
            })
    }

    /// Whether one of the routes before a route may take some request of it.
    fn is_any_near(&self, route: &Sketch<'t>, group: &Group<'t>, before: Before) -> bool {
        let longer = (route.kind != Kind::Exact).then(|| group.below()).flatten();
        let bags = std::iter::once(&group.exact).chain(self.shorter(group));
        bags.flat_map(Bag::firsts)
            .chain(longer.into_iter().flatten())
            .any(|firsts| firsts.has(before))
    }

    /// What may go on, of a group and of those around it.
    fn shorter<'s>(&'s self, group: &'s Group<'t>) -> impl Iterator<Item = &'s Bag<'t>> {
        let mut next = Some(group);
        std::iter::from_fn(move || {
            let group = next?;
            next = group.parent().map(|parent| &self.groups[parent]);
            Some(&group.open)
        })
    }

    /// All routes, up to the last of some suspects, that may have a part in what becomes of them: their paths may be theirs,
    /// too, and what they need of headers and parameters is spoken of by one of the suspects, or denied by another route.
    /// Of a request without what none of these speaks of, and of that request with it, the same may be said.
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
            let mut next = self.groups[own].parent();
            while let Some(parent) = next {
                is_related[parent] = true;
                next = self.groups[parent].parent();
            }
        }
        let end = suspects.iter().max().map_or(0, |last| last + 1);
        let near = || (0..end).filter(|&at| is_related[self.group_of[at] as usize]);
        let of_suspects = suspects.iter().filter_map(|&at| self.routes[at].keyed).flat_map(asked);
        let denied = near().filter_map(|at| self.routes[at].keyed).flat_map(denied);
        let spoken_of: FxHashSet<Key<'_>> = of_suspects.map(|(key, _)| key).chain(denied).collect();
        let has_part = |&at: &usize| {
            let needed = self.routes[at].keyed.and_then(key);
            needed.is_none_or(|(needed, _)| spoken_of.contains(&needed))
        };
        near().filter(has_part).collect()
    }

    fn group(&self, at: usize) -> &Group<'t> {
        &self.groups[self.group_of[at] as usize]
    }
}

/// The routes in the order of what their paths begin with, then in their own.
fn sorted(routes: &[Sketch<'_>]) -> Vec<u32> {
    // The first bytes of each and its number as one number, which is compared at once. A shorter text gets zeros.
    let key = |(at, route): (u32, &Sketch<'_>)| {
        let mut bytes = [0; FIRST + size_of::<u32>()];
        let length = route.start.len().min(FIRST);
        bytes[..length].copy_from_slice(&route.start.as_bytes()[..length]);
        bytes[FIRST..].copy_from_slice(&at.to_be_bytes());
        u128::from_be_bytes(bytes)
    };
    let mut keys: Vec<u128> = (0..).zip(routes).map(key).collect();
    keys.sort_unstable();
    let mut order: Vec<u32> = Vec::with_capacity(keys.len());
    let start = |at: u32| &*routes[at as usize].start;
    for alike in keys.chunk_by(|a, b| a >> u32::BITS == b >> u32::BITS) {
        let from = order.len();
        order.extend(alike.iter().map(|key| {
            let [.., a, b, c, d] = key.to_be_bytes();
            u32::from_be_bytes([a, b, c, d])
        }));
        // Whatever is behind the first bytes decides, also whether a zero is one.
        let alike = &mut order[from..];
        if alike.iter().any(|&at| start(at) != start(alike[0])) {
            alike.sort_unstable_by(|&a, &b| start(a).cmp(start(b)).then(a.cmp(&b)));
        }
    }
    order
}

/// So many bytes of a path are compared at once.
const FIRST: usize = size_of::<u128>() - size_of::<u32>();

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
