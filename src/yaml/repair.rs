//! What go-yaml reads and granit does not, or reads in another way: the reader gets a copy of the document that means
//! the same to both, and [`Input`] leads every position back to the original.
//!
//! Quoted texts whose later lines are indented less than their block: blanks at the start of such a line do not count,
//! so that more of them change nothing. Texts in a flow collection that end with a colon: no such text is a number or a
//! word, so that quotes change nothing.

use std::borrow::Cow;

use super::Chunk;
use super::explain::Where;
use super::layout::{line_end, line_start};

/// A document as granit gets it.
pub(super) struct Input<'s> {
    pub(super) text: Cow<'s, str>,
    /// Where the document starts in the file.
    start: usize,
    /// What was put in: where in `text`, and how many bytes.
    inserted: Vec<(usize, usize)>,
    /// How many bytes were put in up to the end of each of them.
    moved: Vec<usize>,
}

impl<'s> Input<'s> {
    pub(super) fn new(text: &'s str, chunk: &Chunk) -> Self {
        let start = chunk.start as usize;
        let text = Cow::Borrowed(&text[start..chunk.end as usize]);
        Self { text, start, inserted: Vec::new(), moved: Vec::new() }
    }

    fn with(&self, text: String, inserted: Vec<(usize, usize)>) -> Self {
        let sum = |sum: &mut usize, &(_, count): &(usize, usize)| {
            *sum += count;
            Some(*sum)
        };
        let moved = inserted.iter().scan(0, sum).collect();
        Self { text: Cow::Owned(text), start: self.start, inserted, moved }
    }

    /// The position in the file of a position in `text`.
    pub(super) fn original(&self, at: usize) -> usize {
        let before = self.inserted.partition_point(|&(place, _)| place < at);
        let moved = before.checked_sub(1).map_or(0, |last| {
            let (place, count) = self.inserted[last];
            self.moved[last] - count.saturating_sub(at - place)
        });
        self.start + at - moved
    }

    /// This input with quotes around some texts, ranges of `text` in order that do not overlap.
    pub(super) fn quoted(&self, texts: &[(usize, usize)]) -> Self {
        // A quote is doubled within quotes.
        let within = |&(start, end): &(usize, usize)| {
            let inner = memchr::memchr_iter(b'\'', &self.text.as_bytes()[start..end]);
            [start].into_iter().chain(inner.map(move |at| start + at)).chain([end])
        };
        let (mut text, mut done) = (String::with_capacity(self.text.len() + 2 * texts.len()), 0);
        let mut inserted = Vec::new();
        let mut earlier = self.inserted.iter().peekable();
        for at in texts.iter().flat_map(within).chain([self.text.len()]) {
            while let Some((place, count)) = earlier.next_if(|(place, _)| *place < at) {
                inserted.push((text.len() + place - done, *count));
            }
            text.push_str(&self.text[done..at]);
            done = at;
            if at < self.text.len() {
                inserted.push((text.len(), 1));
                text.push('\'');
            }
        }
        self.with(text, inserted)
    }

    /// This input with the lines of the quoted text around `at` moved right, if it is closed and nothing follows it.
    pub(super) fn repaired(&self, at: usize) -> Option<Self> {
        let bytes = self.text.as_bytes();
        let place = Where::scan(bytes, 0, at, bytes.len());
        let (open, close) = place.quote?;
        let close = close?;
        let rest = self.text[close + 1..line_end(bytes, close + 1, bytes.len())].trim_start();
        if !(rest.is_empty() || rest.starts_with([':', '#']) || rest.starts_with([',', ']', '}'])) {
            return None;
        }
        let column = open - line_start(bytes, open, 0);
        let (mut text, mut done) = (String::with_capacity(bytes.len() + 64), 0);
        let mut inserted = Vec::new();
        for line in memchr::memchr_iter(b'\n', &bytes[open..close]).map(|n| open + n + 1) {
            text.push_str(&self.text[done..line]);
            done = line;
            inserted.push((text.len(), column + 1));
            text.extend(std::iter::repeat_n(' ', column + 1));
        }
        text.push_str(&self.text[done..]);
        // What was put in earlier stands before this text, or behind it and moves.
        let total = inserted.len() * (column + 1);
        let behind = |&(place, count): &(usize, usize)| {
            if place < open { (place, count) } else { (place + total, count) }
        };
        let mut all: Vec<_> = self.inserted.iter().map(behind).chain(inserted).collect();
        all.sort_unstable();
        Some(self.with(text, all))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::yaml::split;

    #[test]
    fn positions_lead_back_to_the_original() {
        let text = "a: 1\n---\nk: \"x\ny\n\nz\"\nb: 2\n";
        let input = Input::new(text, &split(text)[1]);
        let fixed = input.repaired(6).unwrap();
        assert_eq!(fixed.text, "k: \"x\n    y\n    \n    z\"\nb: 2\n");
        for needle in ["k", "x", "y", "z", "b", "2"] {
            let at = fixed.original(fixed.text.find(needle).unwrap());
            assert_eq!(at, text.find(needle).unwrap().max(9), "{needle}");
        }
    }
    #[test]
    fn quotes_stand_at_the_place_of_their_text() {
        let text = "a: [b:, it's:]\n";
        let input = Input::new(text, &split(text)[0]).quoted(&[(4, 6), (8, 13)]);
        assert_eq!(input.text, "a: ['b:', 'it''s:']\n");
        for needle in ["b", ",", "it", "s:", "]"] {
            let at = input.original(input.text.find(needle).unwrap());
            assert_eq!(at, text.find(needle).unwrap(), "{needle}");
        }
    }
}
