//! Sets of written parts. Rules ask of nearly all parts of nearly all VirtualServices whether they reach a table, so these
//! take a bit each, whatever the order in which they come.

use rustc_hash::FxHashSet;

use crate::mesh::{Mesh, ObjectRef, Part};

/// A set of parts of objects.
#[derive(Debug, Default)]
pub(super) struct Parts {
    /// By index of the VirtualService in the store.
    services: Vec<Places>,
    /// Where the matches of each rule begin, and those of the last one end, for one VirtualService after the other.
    matches: Vec<u32>,
    bits: Vec<u64>,
    /// Parts of other objects, and other parts of VirtualServices.
    others: FxHashSet<(ObjectRef, Part)>,
}

/// The bits of a VirtualService: its hosts, its rules, and the matches of these.
#[derive(Clone, Copy, Debug)]
struct Places {
    first: u32,
    hosts: u32,
    rules: u32,
    /// Index in `matches`.
    matches: u32,
}

impl Parts {
    /// An empty set for the objects of a mesh.
    pub(super) fn new(mesh: &Mesh) -> Self {
        let (mut parts, mut next) = (Self::default(), 0);
        parts.services.reserve(mesh.store.virtual_services.len());
        for object in &mesh.store.virtual_services {
            let spec = &object.spec;
            let (hosts, rules) = (count(spec.hosts.len()), count(spec.http.len()));
            let matches = count(parts.matches.len());
            parts.services.push(Places { first: next, hosts, rules, matches });
            next += hosts + rules;
            for rule in &spec.http {
                parts.matches.push(next);
                next += count(rule.matches.len());
            }
            parts.matches.push(next);
        }
        parts.bits.resize(next.div_ceil(u64::BITS) as usize, 0);
        parts
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
