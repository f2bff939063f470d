//! A place in a pattern, and errors about what stands there.

use std::ops::Range;

use super::GoError;

/// Reads a pattern character by character.
pub(super) struct Cursor<'p> {
    pattern: &'p str,
    /// Offset of the next character.
    pub(super) at: usize,
    /// Whether no `:]` is left, found once so that many `[:` are not looked for one by one.
    pub(super) no_named: bool,
}

impl<'p> Cursor<'p> {
    pub(super) fn new(pattern: &'p str) -> Self {
        Self { pattern, at: 0, no_named: false }
    }

    /// What is left.
    pub(super) fn rest(&self) -> &'p str {
        &self.pattern[self.at..]
    }

    /// The next character, not taken.
    pub(super) fn peek(&self) -> Option<char> {
        self.rest().chars().next()
    }

    /// Takes the next character.
    pub(super) fn next(&mut self) -> Option<char> {
        let c = self.peek()?;
        self.at += c.len_utf8();
        Some(c)
    }

    /// Takes `text` if it is next.
    pub(super) fn take(&mut self, text: &str) -> bool {
        let found = self.rest().starts_with(text);
        if found {
            self.at += text.len();
        }
        found
    }

    /// Takes everything up to `text` and `text` itself; without it, all that is left.
    pub(super) fn take_until(&mut self, text: &str) -> &'p str {
        self.take_before(text).unwrap_or_else(|| {
            let rest = self.rest();
            self.at = self.pattern.len();
            rest
        })
    }

    /// Takes everything up to `text` and `text` itself; without it, nothing.
    pub(super) fn take_before(&mut self, text: &str) -> Option<&'p str> {
        let length = self.rest().find(text)?;
        let before = &self.rest()[..length];
        self.at += length + text.len();
        Some(before)
    }

    /// What stands from `start` to here, and what is wrong with it.
    pub(super) fn error(&self, start: usize, message: &'static str) -> GoError {
        self.error_in(start..self.at, message)
    }

    /// What stands in `range`, and what is wrong with it.
    #[expect(clippy::unused_self, reason = "an error is about a place of the cursor's pattern")]
    pub(super) fn error_in(&self, range: Range<usize>, message: &'static str) -> GoError {
        GoError { range, message }
    }
}
