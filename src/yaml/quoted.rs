//! Quoted texts whose later lines are indented less than their block: go-yaml accepts them, granit does not.
//!
//! Blanks at the start of such a line do not count, so that more of them change nothing: the reader gets a copy of
//! the document with these lines moved to the right, and [`Input`] leads every position back to the original.

use std::borrow::Cow;

use super::Chunk;
use super::explain::Where;
use super::layout::{line_end, line_start};

/// A document as granit gets it.
pub(super) struct Input<'s> {
    pub(super) text: Cow<'s, str>,
    /// Where the document starts in the file.
    start: usize,
    /// Blanks that were put in: where in `text`, and how many.
    inserted: Vec<(usize, usize)>,
}

impl<'s> Input<'s> {
    pub(super) fn new(text: &'s str, chunk: &Chunk) -> Self {
        let start = chunk.start as usize;
        Self { text: Cow::Borrowed(&text[start..chunk.end as usize]), start, inserted: Vec::new() }
    }

    /// The position in the file of a position in `text`.
    pub(super) fn original(&self, at: usize) -> usize {
        let mut moved = 0;
        for &(place, count) in &self.inserted {
            if place >= at {
                break;
            }
            moved += count.min(at - place);
        }
        self.start + at - moved
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
        Some(Self { text: Cow::Owned(text), start: self.start, inserted: all })
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
}
