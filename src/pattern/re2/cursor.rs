//! A place in a pattern, and errors about what stands there.

use std::ops::Range;

use super::{Re2Error, Re2ErrorKind};

/// Reads a pattern byte by byte, as RE2 does in Latin-1 mode.
pub(super) struct Cursor<'p> {
    pattern: &'p str,
    /// Offset of the next byte.
    pub(super) at: usize,
    /// Whether no `:]` is left, found once so that many `[:` are not looked for one by one.
    pub(super) no_named: bool,
}

impl<'p> Cursor<'p> {
    pub(super) fn new(pattern: &'p str) -> Self {
        Self { pattern, at: 0, no_named: false }
    }

    /// What is left.
    pub(super) fn rest(&self) -> &'p [u8] {
        &self.pattern.as_bytes()[self.at..]
    }

    /// The pattern in `range`, which is ASCII.
    pub(super) fn text(&self, range: Range<usize>) -> &'p str {
        &self.pattern[range]
    }

    /// The next byte, not taken.
    pub(super) fn peek(&self) -> Option<u8> {
        self.rest().first().copied()
    }

    /// Takes the next byte.
    pub(super) fn next(&mut self) -> Option<u8> {
        let byte = self.peek()?;
        self.at += 1;
        Some(byte)
    }

    /// Takes `text` if it is next.
    pub(super) fn take(&mut self, text: &str) -> bool {
        let found = self.rest().starts_with(text.as_bytes());
        if found {
            self.at += text.len();
        }
        found
    }

    /// Takes everything before `text` and `text` itself; none, and nothing taken, without it.
    pub(super) fn take_until(&mut self, text: &str) -> Option<&'p [u8]> {
        let length = memchr::memmem::find(self.rest(), text.as_bytes())?;
        let before = &self.rest()[..length];
        self.at += length + text.len();
        Some(before)
    }

    /// A syntax error: what stands from `start` to here, and what is wrong with it.
    pub(super) fn error(&self, start: usize, wrong: &str) -> Re2Error {
        self.error_in(start..self.at, wrong)
    }

    /// A syntax error: what stands in `range` (widened to whole characters), and what is wrong with it.
    pub(super) fn error_in(&self, range: Range<usize>, wrong: &str) -> Re2Error {
        let start =
            (0..=range.start).rfind(|&start| self.pattern.is_char_boundary(start)).unwrap_or(0);
        let end = (range.end..=self.pattern.len())
            .find(|&end| self.pattern.is_char_boundary(end))
            .unwrap_or(self.pattern.len());
        let (shown, more) = match self.pattern[start..end].char_indices().nth(40) {
            Some((length, _)) => (&self.pattern[start..start + length], "…"),
            None => (&self.pattern[start..end], ""),
        };
        Re2Error {
            message: format!("`{shown}{more}` {wrong}"),
            range: start..end,
            kind: Re2ErrorKind::Syntax,
        }
    }

    /// Something that RE2 takes and we do not.
    pub(super) fn unsupported(&self, start: usize, message: &str) -> Re2Error {
        Re2Error {
            message: message.to_owned(),
            kind: Re2ErrorKind::Unsupported,
            ..self.error(start, "")
        }
    }
}
