//! Requests that two routes match and that others leave to them: what becomes of those where the two change places.

use std::collections::{BTreeMap, BTreeSet};

use super::choices::Around;
use super::conditions::{Conditions, Dimension};
use super::search::{Found, search};
use super::text::Text;
use super::{MOST, Routes, Taken};
use crate::envoy::matching::{Read, Request};
use crate::envoy::reach::Witness;

impl Routes<'_> {
    /// A request that two routes match, and of the others that count none; none where there is no such request, or where
    /// it is not known.
    pub fn meet(
        &mut self,
        pair: [usize; 2],
        counts: impl Fn(usize) -> bool,
    ) -> Option<Box<Witness>> {
        let [one, other] = pair.map(|at| &self.conditions[at]);
        if !one.is_whole || !other.is_whole {
            return None;
        }
        let all = one.all.iter().chain(&other.all).cloned().collect();
        let own = Conditions { all, is_whole: true };
        self.languages.budget.next_route();
        let mut against: Vec<usize> = Vec::new();
        while against.len() < MOST {
            let others: Vec<&Conditions<'_>> =
                against.iter().map(|&at| &self.conditions[at]).collect();
            let authorities = self.authorities.as_ref();
            let around =
                Around { host: &self.host, schemes: self.schemes, authorities, is_asterisk: false };
            let found = search(&own, &others, around, &mut self.languages.budget);
            let Found::Witness(witness) = found else { return None };
            let request = self.request(&witness);
            let read = Read::new(&request)?;
            match self.any_taker(pair, &witness, &read, &counts) {
                // A request that Envoy sees in another way than it was meant.
                Taken::By(taker) if against.contains(&taker) => return None,
                Taken::By(taker) => against.push(taker),
                Taken::Free => {
                    let is_met = pair.iter().all(|&at| self.matches.holds(at, &read));
                    return is_met.then_some(witness);
                }
                Taken::Unknown => return None,
            }
        }
        None
    }

    /// Some route that takes a request, beside the two.
    fn any_taker(
        &mut self,
        pair: [usize; 2],
        witness: &Witness,
        read: &Read<'_>,
        counts: &impl Fn(usize) -> bool,
    ) -> Taken {
        let mut found = Taken::Free;
        for list in self.index.candidates(read.path(), witness) {
            for &at in list {
                if !self.languages.budget.spend(8) {
                    return Taken::Unknown;
                }
                if !pair.contains(&at) && counts(at) && self.matches.holds(at, read) {
                    if !self.conditions[at].is_whole {
                        return Taken::Unknown;
                    }
                    found = Taken::By(at);
                }
            }
        }
        found
    }

    /// The first of the routes, in whatever order they are given, that a request matches.
    pub fn first(
        &self,
        mut order: impl Iterator<Item = usize>,
        request: &Request,
    ) -> Option<usize> {
        let read = Read::new(request)?;
        order.find(|&at| self.matches.holds(at, &read))
    }

    /// Routes by what their paths begin with.
    pub fn neighbours(&self) -> Neighbours {
        let mut all = Neighbours::default();
        for (at, own) in self.conditions.iter().enumerate() {
            let path = own.all.iter().find(|one| one.dimension == Dimension::Path);
            let start = Start::new(path.and_then(|path| path.text.as_ref()));
            if start.is_open {
                all.lengths.insert(start.text.len());
            }
            all.by_text.entry(start.text.clone()).or_default().push((at, start.is_open));
            all.starts.push(start);
        }
        all
    }
}

/// Routes by what their paths begin with, to find those that a request may match beside another one.
#[derive(Debug, Default)]
pub struct Neighbours {
    starts: Vec<Start>,
    by_text: BTreeMap<Vec<u8>, Vec<(usize, bool)>>,
    /// The lengths of those after which more may follow.
    lengths: BTreeSet<usize>,
}

/// What a path begins with, in lower case.
#[derive(Debug, Clone)]
struct Start {
    text: Vec<u8>,
    /// Whether more may follow.
    is_open: bool,
}

impl Start {
    fn new(path: Option<&Text<'_>>) -> Self {
        let (mut text, is_open) = match path {
            Some(Text::Exact(text) | Text::FoldedExact(text)) => (text.as_bytes().to_vec(), false),
            Some(Text::Prefix(text) | Text::FoldedPrefix(text)) => (text.as_bytes().to_vec(), true),
            Some(Text::Regex(automaton)) => (automaton.common_prefix(), true),
            None => (Vec::new(), true),
        };
        text.make_ascii_lowercase();
        Self { text, is_open }
    }
}

impl Neighbours {
    /// Routes before `at` whose paths may be its paths, too, those first that begin alike; at most `most` of them are
    /// looked at.
    pub fn before(&self, at: usize, most: usize) -> impl Iterator<Item = usize> {
        let own = &self.starts[at];
        let equal = self.by_text.get(&own.text).into_iter().flatten();
        let equal = equal.map(|(other, _)| *other);
        let shorter = self.lengths.range(..own.text.len()).rev();
        let shorter = shorter.filter_map(|&length| self.by_text.get(&own.text[..length])).flatten();
        let shorter = shorter.filter(|(_, is_open)| *is_open).map(|(other, _)| *other);
        let longer = self.by_text.range(own.text.clone()..).skip(1);
        let longer = longer.take_while(|(text, _)| own.is_open && text.starts_with(&own.text));
        let longer = longer.flat_map(|(_, routes)| routes).map(|(other, _)| *other);
        equal.chain(shorter).chain(longer).take(most).filter(move |&other| other < at)
    }
}
