//! Routes in the order of what their paths begin with, so that what begins with another one follows it.

use super::sketch::Sketch;

/// So many bytes of a path are compared at once.
const FIRST: usize = size_of::<u128>() - size_of::<u32>();

/// Routes by the first bytes of their paths, zeros behind a shorter text, and by their number, all in one number.
#[derive(Debug)]
pub(super) struct Order(Vec<u128>);

/// Routes whose paths begin alike, by number.
#[derive(Clone, Copy)]
pub(super) struct Run<'s> {
    start: &'s str,
    keys: &'s [u128],
}

impl Order {
    pub(super) fn new(routes: &[Sketch<'_>]) -> Self {
        let key = |(at, route): (u32, &Sketch<'_>)| {
            let mut bytes = [0; size_of::<u128>()];
            let length = route.start.len().min(FIRST);
            bytes[..length].copy_from_slice(&route.start.as_bytes()[..length]);
            bytes[FIRST..].copy_from_slice(&at.to_be_bytes());
            u128::from_be_bytes(bytes)
        };
        let mut keys: Vec<u128> = (0..).zip(routes).map(key).collect();
        keys.sort_unstable();
        let start = |key: u128| &*routes[number(key) as usize].start;
        // Of those that are alike so far the whole texts decide.
        for alike in keys.chunk_by_mut(|a, b| first(*a) == first(*b)) {
            if alike[1..].iter().any(|&key| start(key) != start(alike[0])) {
                alike.sort_unstable_by(|&a, &b| start(a).cmp(start(b)).then(a.cmp(&b)));
            }
        }
        Self(keys)
    }

    /// Those with the same beginning together.
    pub(super) fn runs<'s>(&'s self, routes: &'s [Sketch<'_>]) -> impl Iterator<Item = Run<'s>> {
        let start = |key: u128| &*routes[number(key) as usize].start;
        let is_same = move |&a: &u128, &b: &u128| {
            first(a) == first(b) && {
                let (a, b) = (start(a), start(b));
                a.len() == b.len() && (a.len() <= FIRST || a == b)
            }
        };
        self.0.chunk_by(is_same).map(move |keys| Run { start: start(keys[0]), keys })
    }
}

impl<'s> Run<'s> {
    /// The routes, in their order.
    pub(super) fn members(self) -> impl Iterator<Item = u32> + use<'s> {
        self.keys.iter().map(|&key| number(key))
    }

    /// Whether these begin with what others begin with.
    pub(super) fn begins_with(self, other: Run<'_>) -> bool {
        let length = other.start.len();
        if length > FIRST {
            return self.start.starts_with(other.start);
        }
        let behind = u32::try_from(8 * (size_of::<u128>() - length)).expect("at most 128 bits");
        let differing = (self.keys[0] ^ other.keys[0]).checked_shr(behind).unwrap_or(0);
        self.start.len() >= length && differing == 0
    }
}

fn first(key: u128) -> u128 {
    key >> u32::BITS
}

fn number(key: u128) -> u32 {
    let [.., a, b, c, d] = key.to_be_bytes();
    u32::from_be_bytes([a, b, c, d])
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::super::sketch::sketch;
    use super::*;
    use crate::istio::virtual_service::{HttpMatch, StringMatch};
    use crate::text::{SourceId, Span, Spanned};

    #[test]
    fn runs_are_sorted_texts_and_tell_which_begins_with_which() {
        let twelve = "/0123456789a";
        let texts = ["", "/", "/a", "/a\0", "/a\0b", "/a", "/0123456789", twelve, twelve];
        let longer = ["b", "bc", "bd", "b", "\0", "bcd"].map(|end| format!("{twelve}{end}"));
        let span = Span::new(SourceId::new(0), 0, 0);
        let exact = |text: &str| StringMatch {
            exact: Some(Box::new(Spanned::new(text.into(), span))),
            ..StringMatch::empty(span)
        };
        let all: Vec<&str> = texts.into_iter().chain(longer.iter().map(String::as_str)).collect();
        let conditions: Vec<HttpMatch> = all
            .iter()
            .map(|text| HttpMatch { uri: Some(exact(text)), ..HttpMatch::empty(span) })
            .collect();
        let routes: Vec<Sketch<'_>> = conditions.iter().map(|one| sketch(Some(one), 0)).collect();
        let mut expected: BTreeMap<&str, Vec<u32>> = BTreeMap::new();
        for (at, text) in (0..).zip(&all) {
            expected.entry(text).or_default().push(at);
        }
        let order = Order::new(&routes);
        let runs: Vec<Run<'_>> = order.runs(&routes).collect();
        let found = runs.iter().map(|run| (run.start, run.members().collect()));
        assert_eq!(found.collect::<Vec<_>>(), expected.into_iter().collect::<Vec<_>>());
        for (a, b) in runs.iter().flat_map(|a| runs.iter().map(move |b| (*a, *b))) {
            assert_eq!(
                a.begins_with(b),
                a.start.starts_with(b.start),
                "{:?} {:?}",
                a.start,
                b.start
            );
        }
    }
}
