//! Sets of written parts. Rules ask of nearly all parts of nearly all VirtualServices whether they reach a table, so these
//! take a bit each, whatever the order in which they come.

use rustc_hash::FxHashSet;

use crate::mesh::{Mesh, ObjectRef, Part};

/// A set of parts of objects.
#[derive(Debug, Default)]
pub(super) struct Parts {
    /// By index of the VirtualService in the store.
    services: Vec<Bits>,
    /// Where the matches of each rule begin, and those of the last one end, for one VirtualService after the other.
    matches: Vec<u32>,
    bits: Vec<u64>,
    /// Parts of other objects, and other parts of VirtualServices.
    others: FxHashSet<(ObjectRef, Part)>,
}

/// The bits of a VirtualService: its hosts, its rules, and the matches of these.
#[derive(Clone, Copy, Debug)]
struct Bits {
    first: u32,
    hosts: u32,
    rules: u32,
    /// Index in `matches`.
    matches: u32,
}

impl Parts {
    /// An empty set for the objects of a mesh.
    pub(super) fn new(mesh: &Mesh) -> Self {
        let mut parts = Self::default();
        for object in &mesh.store.virtual_services {
            let matches = object.spec.http.iter().map(|rule| rule.matches.len());
            parts.make_room(object.spec.hosts.len(), matches);
        }
        parts
    }

    /// Makes room for the next VirtualService: how many hosts it has, and how many matches each of its rules.
    fn make_room(&mut self, hosts: usize, rules: impl ExactSizeIterator<Item = usize>) {
        let first = self.matches.last().copied().unwrap_or_default();
        let (hosts, matches) = (count(hosts), count(self.matches.len()));
        self.services.push(Bits { first, hosts, rules: count(rules.len()), matches });
        let mut next = first + hosts + count(rules.len());
        for matches in rules {
            self.matches.push(next);
            next += count(matches);
        }
        self.matches.push(next);
        self.bits.resize(next.div_ceil(u64::BITS) as usize, 0);
    }

    pub(super) fn insert(&mut self, object: ObjectRef, part: Part) {
        match self.bit(object, part) {
            Some((word, bit)) => self.bits[word] |= bit,
            None => drop(self.others.insert((object, part))),
        }
    }

    pub(super) fn has(&self, object: ObjectRef, part: Part) -> bool {
        match self.bit(object, part) {
            Some((word, bit)) => self.bits[word] & bit != 0,
            None => self.others.contains(&(object, part)),
        }
    }

    /// The word and the bit of a part; none where it has none.
    fn bit(&self, object: ObjectRef, part: Part) -> Option<(usize, u64)> {
        let ObjectRef::VirtualService(at) = object else { return None };
        let places = self.services.get(at as usize)?;
        let place = match part {
            Part::Host(i) if i < places.hosts => places.first + i,
            Part::Http(i) if i < places.rules => places.first + places.hosts + i,
            Part::HttpMatch(i, j) if i < places.rules => {
                let rule = (places.matches + i) as usize;
                let place = self.matches[rule] + j;
                (place < self.matches[rule + 1]).then_some(place)?
            }
            _ => return None,
        };
        Some(((place / u64::BITS) as usize, 1 << (place % u64::BITS)))
    }
}

fn count(length: usize) -> u32 {
    u32::try_from(length).expect("fewer than 2^32 parts in texts")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts_that_were_put_in_are_there_and_no_others() {
        let shapes: [(usize, &[usize]); 5] =
            [(1, &[1, 0, 3]), (0, &[]), (2, &[]), (0, &[2]), (70, &[64, 1, 65])];
        let mut parts = Parts::default();
        for (hosts, rules) in shapes {
            parts.make_room(hosts, rules.iter().copied());
        }
        // Also parts that no object has, which get no bit of another one.
        let mut all = Vec::new();
        for at in 0..=5 {
            let object = ObjectRef::VirtualService(at);
            all.extend((0..72).map(|i| (object, Part::Host(i))));
            all.extend((0..4).map(|i| (object, Part::Http(i))));
            all.extend((0..4).flat_map(|i| (0..67).map(move |j| (object, Part::HttpMatch(i, j)))));
            all.push((object, Part::Tls(0)));
            all.push((ObjectRef::Gateway(at), Part::Host(0)));
        }
        for (number, &(object, part)) in all.iter().enumerate() {
            assert!(!parts.has(object, part), "{object:?} {part:?}");
            if number % 3 == 0 {
                parts.insert(object, part);
            }
        }
        for (number, &(object, part)) in all.iter().enumerate() {
            assert_eq!(parts.has(object, part), number % 3 == 0, "{object:?} {part:?}");
        }
    }
}
