//! What Go takes for a regular expression.
//!
//! Mirrors Go 1.26 `regexp/syntax: Parse` with the flags of `regexp.Compile`. Its limits on size and depth are left out:
//! no pattern of 1024 bytes, which is all that Istio takes, reaches them.

mod class;
mod cursor;
mod escape;
mod group;
mod names;

use std::ops::Range;

use cursor::Cursor;

/// The greatest count of a repetition, and of the product of nested ones.
const MAX_REPEAT: u64 = 1000;

/// Why Go does not take a pattern.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct GoError {
    /// The bytes of the pattern that are wrong.
    pub range: Range<usize>,
    /// What is wrong with them.
    pub message: &'static str,
}

/// Checks `pattern`; the time is bounded by its length.
pub fn check(pattern: &str) -> Result<(), GoError> {
    let mut parser = Parser::new(pattern);
    while let Some(c) = parser.cursor.peek() {
        parser.step(c)?;
    }
    match parser.outer.last() {
        Some(_) => Err(parser.cursor.error_in(parser.level.start..pattern.len(), "is not closed")),
        None => Ok(()),
    }
}

/// A group that is being read, or the whole.
#[derive(Default)]
struct Level {
    /// Where it begins.
    start: usize,
    /// The largest product of nested counts of what is complete in it.
    done: u64,
    /// That of what a repetition would repeat.
    last: Option<u64>,
}

struct Parser<'p> {
    cursor: Cursor<'p>,
    level: Level,
    outer: Vec<Level>,
    /// Where the repetition begins that was read just before.
    repetition: Option<usize>,
}

impl<'p> Parser<'p> {
    fn new(pattern: &'p str) -> Self {
        Self {
            cursor: Cursor::new(pattern),
            level: Level::default(),
            outer: Vec::new(),
            repetition: None,
        }
    }

    /// Takes what begins with `c`.
    fn step(&mut self, c: char) -> Result<(), GoError> {
        let before = self.repetition.take();
        match c {
            '(' => self.open(),
            ')' => self.close(),
            '|' => {
                self.cursor.next();
                self.level.finish();
                Ok(())
            }
            '[' => {
                class::take_bracketed(&mut self.cursor)?;
                self.push(1);
                Ok(())
            }
            '\\' => self.escape(),
            '*' | '+' | '?' => {
                let start = self.cursor.at;
                self.cursor.next();
                self.repeat(start, before, None)
            }
            '{' => {
                let start = self.cursor.at;
                if let Some(counts) = group::take_counts(&mut self.cursor) {
                    return self.repeat(start, before, Some(counts));
                }
                self.cursor.next();
                self.push(1);
                Ok(())
            }
            _ => {
                self.cursor.next();
                self.push(1);
                Ok(())
            }
        }
    }

    /// Something that can be repeated was read.
    fn push(&mut self, product: u64) {
        self.level.finish();
        self.level.last = Some(product);
    }

    fn open(&mut self) -> Result<(), GoError> {
        let start = self.cursor.at;
        if group::take_open(&mut self.cursor)? {
            self.level.finish();
            let level = Level { start, ..Level::default() };
            self.outer.push(std::mem::replace(&mut self.level, level));
        }
        Ok(())
    }

    fn close(&mut self) -> Result<(), GoError> {
        let start = self.cursor.at;
        self.cursor.next();
        let Some(outer) = self.outer.pop() else {
            return Err(self.cursor.error(start, "closes nothing"));
        };
        let mut closed = std::mem::replace(&mut self.level, outer);
        closed.finish();
        self.push(closed.done.max(1));
        Ok(())
    }

    fn escape(&mut self) -> Result<(), GoError> {
        let start = self.cursor.at;
        if self.cursor.take(r"\Q") {
            let text = self.cursor.take_until(r"\E");
            if !text.is_empty() {
                self.push(1);
            }
            return Ok(());
        }
        let is_assertion = [r"\A", r"\b", r"\B", r"\z"].iter().any(|text| self.cursor.take(text));
        if !is_assertion && !class::take_named_group(&mut self.cursor)? {
            if self.cursor.rest().starts_with(r"\C") {
                self.cursor.at += 2;
                return Err(self.cursor.error(start, "is not an escape of Go"));
            }
            escape::take(&mut self.cursor)?;
        }
        self.push(1);
        Ok(())
    }

    /// Mirrors `parser.repeat`: `counts` of braces, none of a single sign.
    fn repeat(
        &mut self,
        start: usize,
        before: Option<usize>,
        counts: Option<group::Counts>,
    ) -> Result<(), GoError> {
        let wrong = |cursor: &Cursor<'_>, message| Err(cursor.error(start, message));
        if counts.is_some_and(group::Counts::is_wrong) {
            return wrong(&self.cursor, "is not a count from 0 to 1000");
        }
        self.cursor.take("?");
        if let Some(before) = before {
            return Err(self.cursor.error(before, "repeats a repetition"));
        }
        let Some(product) = self.level.last else {
            return wrong(&self.cursor, "has nothing to repeat");
        };
        let product = match counts.map(group::Counts::factor) {
            Some(0) => 1,
            Some(factor) => product.saturating_mul(factor),
            None => product,
        };
        if counts.is_some_and(group::Counts::repeats) && product > MAX_REPEAT {
            let message = "repeats more than 1000 times together with the repetitions in it";
            return wrong(&self.cursor, message);
        }
        self.level.last = Some(product);
        self.repetition = Some(start);
        Ok(())
    }
}

impl Level {
    /// What was read cannot be repeated any more.
    fn finish(&mut self) {
        self.done = self.done.max(self.last.take().unwrap_or(0));
    }
}

#[cfg(test)]
mod tests;
