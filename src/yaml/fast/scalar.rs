//! Scalars on one line.

use super::Reader;
use super::bytes::{AT_START, CLASS, IN_FLOW, IN_PLAIN, IN_QUOTES, unusual};

/// What ended a plain scalar.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Stop {
    /// A colon with a blank behind it.
    Colon,
    /// A comment, a line end or, in a flow collection, the next token.
    Other,
}

impl Reader<'_> {
    /// The end of the plain scalar at `at`, what ended it, and where.
    pub(super) fn plain(&self, start: usize, flow: bool) -> Option<(usize, Stop, usize)> {
        let first = self.byte(start);
        if CLASS[first as usize] & AT_START != 0 {
            return None;
        }
        if first == b'-'
            && matches!(
                self.byte(start + 1),
                b' ' | b'\n' | b'\r' | b',' | b'[' | b']' | b'{' | b'}'
            )
        {
            return None;
        }
        let mask = if flow { IN_FLOW } else { IN_PLAIN };
        let mut at = start;
        let stop = loop {
            while CLASS[self.byte(at) as usize] & mask == 0 {
                at += 1;
            }
            match self.byte(at) {
                b':' => match self.byte(at + 1) {
                    b' ' | b'\n' | b'\r' => break Stop::Colon,
                    b'\t' => return None,
                    b',' | b'[' | b']' | b'{' | b'}' if flow => return None,
                    _ => {}
                },
                b'#' if self.byte(at - 1) != b' ' => {}
                b'#' if flow => return None,
                b'#' | b'\n' | b'\r' | b',' | b']' | b'}' => break Stop::Other,
                0x80.. if !unusual(self.bytes, at) => {}
                _ => return None,
            }
            at += 1;
        };
        let mut end = at;
        while self.byte(end - 1) == b' ' {
            end -= 1;
        }
        Some((end, stop, at))
    }

    /// The end of the quoted scalar at `start`, behind its closing quote.
    pub(super) fn quoted(&self, start: usize, quote: u8) -> Option<usize> {
        let mut at = start + 1;
        loop {
            while CLASS[self.byte(at) as usize] & IN_QUOTES == 0 {
                at += 1;
            }
            match self.byte(at) {
                b if b == quote => break,
                b'"' | b'\'' => {}
                b'\\' if quote == b'\'' => {}
                0x80.. if !unusual(self.bytes, at) => {}
                _ => return None,
            }
            at += 1;
        }
        (quote == b'"' || self.byte(at + 1) != b'\'').then_some(at + 1)
    }
}
