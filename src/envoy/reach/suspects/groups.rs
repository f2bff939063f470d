//! Routes whose paths begin alike, of which the first ones are kept: those of all, and those of other givers.

use rustc_hash::FxHashMap;

use super::sketch::{Key, Kind, Sketch, Wanted, key};

/// Routes whose paths begin alike.
#[derive(Debug, Default)]
pub(super) struct Group<'t> {
    /// The longest other beginning that this one begins with.
    pub(super) parent: Option<u32>,
    pub(super) depth: u32,
    /// The group behind those that begin with this one.
    pub(super) end: u32,
    pub(super) exact: Bag<'t>,
    pub(super) open: Bag<'t>,
    /// The first routes of the groups that begin with this one: those that ask for the path alone, and the others.
    pub(super) below: [Firsts; 2],
}

/// Routes; those that want a header or parameter by that.
#[derive(Debug, Default)]
pub(super) struct Bag<'t> {
    pub(super) plain: Firsts,
    /// Those of all keys.
    pub(super) of_keys: Firsts,
    keyed: FxHashMap<(Key<'t>, Wanted<'t>), Firsts>,
}

/// The first route, and the first one that another VirtualService gives.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Firsts {
    first: Option<(u32, u32)>,
    other: Option<(u32, u32)>,
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
    pub(super) fn add(&mut self, at: u32, route: &Sketch<'t>) {
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
    pub(super) fn has(&self, before: Before, asked: &[(Key<'t>, Wanted<'t>)]) -> bool {
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
    pub(super) fn add(&mut self, route: (u32, u32)) {
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

    pub(super) fn join(&mut self, more: Self) {
        more.first.into_iter().chain(more.other).for_each(|route| self.add(route));
    }

    pub(super) fn has(&self, before: Before) -> bool {
        let mut all = self.first.into_iter().chain(self.other);
        all.any(|(other, by)| Some(by) != before.but && other < before.at)
    }
}

/// Ends the last group that is open, and hands what is in it to the one around it.
pub(super) fn close(groups: &mut [Group<'_>], open: &mut Vec<(u32, &str)>) {
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
