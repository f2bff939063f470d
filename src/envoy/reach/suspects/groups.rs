//! Routes whose paths begin alike, of which the first ones are kept: those of all, and those of other givers.

use std::num::NonZeroU32;

use rustc_hash::FxHashMap;

use super::sketch::{Key, Kind, Sketch, Wanted, key};

/// Routes whose paths begin alike. There may be as many as routes, and so they are kept small.
#[derive(Debug, Default)]
pub(super) struct Group<'t> {
    /// The index of that of the longest other beginning that this one begins with, plus one.
    parent: Option<NonZeroU32>,
    pub(super) depth: u32,
    /// The group behind those that begin with this one.
    pub(super) end: u32,
    pub(super) exact: Bag<'t>,
    pub(super) open: Bag<'t>,
    /// The first routes of the groups that begin with this one, if there are any.
    below: Option<Box<Below>>,
}

/// The first of those that ask for the path alone, and of the others.
type Below = [Firsts; 2];

/// Routes; those that want a header or parameter by that.
#[derive(Debug, Default)]
pub(super) struct Bag<'t> {
    plain: Firsts,
    /// Few have any.
    keyed: Option<Box<Keyed<'t>>>,
}

/// Routes that want a header or parameter.
#[derive(Debug, Default)]
struct Keyed<'t> {
    all: Firsts,
    by_key: FxHashMap<(Key<'t>, Wanted<'t>), Firsts>,
}

/// The first route, and the first one that another VirtualService gives.
#[derive(Clone, Copy, Debug)]
pub(super) struct Firsts {
    first: Given,
    other: Given,
}

/// A route and who gives it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Given {
    pub(super) at: u32,
    pub(super) by: u32,
}

/// Behind all routes.
const NONE: Given = Given { at: u32::MAX, by: u32::MAX };

impl Default for Firsts {
    fn default() -> Self {
        Self { first: NONE, other: NONE }
    }
}

/// Routes before a route, but for those of one giver.
#[derive(Clone, Copy, Debug)]
pub(super) struct Before {
    at: u32,
    but: Option<u32>,
}

impl Before {
    pub(super) fn new(at: usize, but: Option<u32>) -> Self {
        Self { at: u32::try_from(at).expect("not more than routes"), but }
    }
}

impl<'t> Group<'t> {
    /// One within another.
    pub(super) fn within(parent: Option<u32>, depth: u32) -> Self {
        let parent = parent.and_then(|parent| NonZeroU32::new(parent + 1));
        Self { parent, depth, ..Self::default() }
    }

    /// The index of the one that it is within.
    pub(super) fn parent(&self) -> Option<usize> {
        self.parent.map(|parent| parent.get() as usize - 1)
    }

    pub(super) fn below(&self) -> Option<Below> {
        self.below.as_deref().copied()
    }

    pub(super) fn add(&mut self, at: u32, route: &Sketch<'t>) {
        let bag = if route.kind == Kind::Exact { &mut self.exact } else { &mut self.open };
        let own = Given { at, by: route.giver };
        match route.keyed.and_then(key) {
            None => bag.plain.add(own),
            Some((key, wanted)) => {
                let keyed = bag.keyed.get_or_insert_default();
                keyed.all.add(own);
                keyed.by_key.entry((key.clone(), wanted)).or_default().add(own);
                keyed.by_key.entry((key, Wanted::Any)).or_default().add(own);
            }
        }
    }
}

impl<'t> Bag<'t> {
    /// The first of those that ask for the path alone, and of the others.
    pub(super) fn firsts(&self) -> Below {
        [self.plain, self.keyed.as_ref().map_or_else(Firsts::default, |keyed| keyed.all)]
    }

    pub(super) fn has(&self, before: Before, asked: &[(Key<'t>, Wanted<'t>)]) -> bool {
        self.plain.has(before)
            || !asked.is_empty()
                && self.keyed.as_ref().is_some_and(|keyed| {
                    let has = |key: &Key<'t>, wanted| {
                        let firsts = keyed.by_key.get(&(key.clone(), wanted));
                        firsts.is_some_and(|firsts| firsts.has(before))
                    };
                    asked.iter().any(|(key, wanted)| {
                        has(key, *wanted) || *wanted != Wanted::Any && has(key, Wanted::Other)
                    })
                })
    }
}

impl Firsts {
    pub(super) fn add(&mut self, route: Given) {
        if route.by == self.first.by {
            self.first = self.first.min(route);
        } else if route < self.first {
            self.other = self.first;
            self.first = route;
        } else {
            self.other = self.other.min(route);
        }
    }

    pub(super) fn join(&mut self, more: Self) {
        [more.first, more.other]
            .into_iter()
            .filter(|route| *route != NONE)
            .for_each(|route| self.add(route));
    }

    pub(super) fn has(&self, before: Before) -> bool {
        let is_before = |route: Given| route.at < before.at && Some(route.by) != before.but;
        is_before(self.first) || is_before(self.other)
    }
}

/// Ends the last group that is open, and hands what is in it to the one around it.
pub(super) fn close(groups: &mut [Group<'_>], open: &mut Vec<(u32, &str)>) {
    let end = u32::try_from(groups.len()).expect("not more than routes");
    let Some((index, _)) = open.pop() else { return };
    let own = &mut groups[index as usize];
    own.end = end;
    let Some(parent) = own.parent() else { return };
    let firsts = [Some(own.exact.firsts()), Some(own.open.firsts()), own.below()];
    let around = groups[parent].below.get_or_insert_default();
    for [plain, keyed] in firsts.into_iter().flatten() {
        around[0].join(plain);
        around[1].join(keyed);
    }
}
