//! Routes of which the first ones are kept: those of all, and those of other givers.

use rustc_hash::FxHashMap;

use super::sketch::{Key, Wanted};

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

/// Behind all routes: adding it changes nothing.
const NONE: Given = Given { at: u32::MAX, by: u32::MAX };

impl Default for Firsts {
    fn default() -> Self {
        Self { first: NONE, other: NONE }
    }
}

/// Routes before a route, but for those of one giver.
#[derive(Clone, Copy, Debug)]
pub(super) struct Before {
    pub(super) at: u32,
    pub(super) but: Option<u32>,
}

impl<'t> Bag<'t> {
    /// Puts a route in; `key`: what it wants.
    pub(super) fn add(&mut self, route: Given, key: Option<(Key<'t>, Wanted<'t>)>) {
        match key {
            None => self.plain.add(route),
            Some((key, wanted)) => {
                let keyed = self.keyed.get_or_insert_default();
                keyed.all.add(route);
                keyed.by_key.entry((key.clone(), wanted)).or_default().add(route);
                keyed.by_key.entry((key, Wanted::Any)).or_default().add(route);
            }
        }
    }

    /// The first of those that ask for the path alone, and of the others.
    pub(super) fn firsts(&self) -> [Firsts; 2] {
        [self.plain, self.keyed.as_ref().map_or_else(Firsts::default, |keyed| keyed.all)]
    }

    /// Whether one of some routes is here that asks for the path alone, or for something that is `asked` for.
    pub(super) fn has(&self, before: Before, asked: &[(Key<'t>, Wanted<'t>)]) -> bool {
        let of_key = |keyed: &Keyed<'t>| {
            let has = |key: &Key<'t>, wanted| {
                let firsts = keyed.by_key.get(&(key.clone(), wanted));
                firsts.is_some_and(|firsts| firsts.has(before))
            };
            asked.iter().any(|(key, wanted)| {
                has(key, *wanted) || *wanted != Wanted::Any && has(key, Wanted::Other)
            })
        };
        self.plain.has(before) || (!asked.is_empty() && self.keyed.as_deref().is_some_and(of_key))
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
        self.add(more.first);
        self.add(more.other);
    }

    pub(super) fn has(&self, before: Before) -> bool {
        let is_before = |route: Given| route.at < before.at && Some(route.by) != before.but;
        is_before(self.first) || is_before(self.other)
    }
}
