//! RE2's grammar, translated while it is read.
//!
//! Mirrors `re2/parse.cc`: `Regexp::Parse` with the flags of `RE2::Latin1`. What is written for the `regex` crate has
//! no names, no flags but `(?m:^)`, and only the ten groups that a substitution can name.

use super::Re2Error;
use super::class::{ByteSet, push_hex, take_class, take_group};
use super::cursor::Cursor;
use super::escape::take_escape;
use super::group::{Flags, take_counts, take_flags, take_name};
use super::size::Weight;

/// The deepest nesting that we take; RE2 has no limit.
pub(super) const MAX_DEPTH: u32 = 250;

/// `maximum_repeat_count` of RE2, for each count and for the product of nested ones.
const MAX_REPEAT: u32 = 1000;

/// A pattern that RE2 accepts.
pub(super) struct Parsed {
    /// The same for the `regex` crate.
    pub(super) translated: String,
    /// How many groups capture.
    pub(super) groups: usize,
    /// About how many instructions RE2 makes of it.
    pub(super) size: u64,
}

/// An open group, or the whole.
struct Frame {
    /// Where it begins in the pattern.
    start: usize,
    /// Where it begins in the translation.
    out: usize,
    captures: bool,
    /// In force again after it.
    outer: Flags,
    /// What is complete in it.
    done: Weight,
    /// What a repetition would repeat.
    last: Option<Piece>,
}

struct Piece {
    /// Where it begins in the translation.
    out: usize,
    weight: Weight,
    repeated: bool,
}

struct Parser<'p> {
    cursor: Cursor<'p>,
    flags: Flags,
    out: String,
    frame: Frame,
    outer: Vec<Frame>,
    groups: usize,
}

/// Parses and translates `pattern`.
pub(super) fn parse(pattern: &str) -> Result<Parsed, Re2Error> {
    let mut parser = Parser {
        cursor: Cursor::new(pattern),
        flags: Flags::default(),
        out: String::with_capacity(pattern.len() * 2),
        frame: Frame::new(0, 0, false, Flags::default()),
        outer: Vec::new(),
        groups: 0,
    };
    // Where the repetition begins that was read just before.
    let mut repetition = None;
    while let Some(byte) = parser.cursor.peek() {
        repetition = parser.step(byte, repetition)?;
    }
    if !parser.outer.is_empty() {
        let start = parser.frame.start;
        return Err(parser.cursor.error_in(start..start + 1, "is not closed"));
    }
    let weight = parser.frame.weight();
    Ok(Parsed { translated: parser.out, groups: parser.groups, size: weight.size })
}

impl Frame {
    fn new(start: usize, out: usize, captures: bool, outer: Flags) -> Self {
        Self { start, out, captures, outer, done: Weight::default(), last: None }
    }

    fn weight(&self) -> Weight {
        self.last.as_ref().map_or(self.done, |last| self.done.beside(last.weight))
    }

    fn finish_piece(&mut self) {
        self.done = self.weight();
        self.last = None;
    }
}

impl Parser<'_> {
    /// Takes what begins with `byte`; returns where it began if it is a repetition.
    fn step(&mut self, byte: u8, repetition: Option<usize>) -> Result<Option<usize>, Re2Error> {
        let start = self.cursor.at;
        match byte {
            b'(' => self.open()?,
            b')' => self.close()?,
            b'|' => {
                self.cursor.at += 1;
                self.frame.finish_piece();
                self.out.push('|');
            }
            b'[' => {
                let set = take_class(&mut self.cursor, self.flags.fold)?;
                self.push_set(&set);
            }
            b'\\' => self.escape()?,
            b'*' | b'+' | b'?' => {
                self.cursor.at += 1;
                let (min, max) = match byte {
                    b'*' => (0, None),
                    b'+' => (1, None),
                    _ => (0, Some(1)),
                };
                self.repeat(start, repetition, min, max)?;
                return Ok(Some(start));
            }
            b'{' => match take_counts(&mut self.cursor) {
                Some((min, max)) => {
                    self.repeat(start, repetition, min, max)?;
                    return Ok(Some(start));
                }
                None => self.take_literal(byte),
            },
            b'^' => {
                self.take_assertion(1, if self.flags.multi_line { "(?m:^)" } else { r"(?:\A)" });
            }
            b'$' => {
                self.take_assertion(1, if self.flags.multi_line { "(?m:$)" } else { r"(?:\z)" });
            }
            b'.' => {
                self.cursor.at += 1;
                let newline = ByteSet::of(&[(b'\n', b'\n')], false);
                self.push_set(
                    &if self.flags.dot_newline { ByteSet::EMPTY } else { newline }.negated(),
                );
            }
            _ => self.take_literal(byte),
        }
        Ok(None)
    }

    fn push_piece(&mut self, weight: Weight) {
        self.push_piece_from(self.out.len(), weight);
    }

    fn push_piece_from(&mut self, out: usize, weight: Weight) {
        self.frame.finish_piece();
        self.frame.last = Some(Piece { out, weight, repeated: false });
    }

    fn push_set(&mut self, set: &ByteSet) {
        let start = self.out.len();
        let instructions = set.write_to(&mut self.out);
        self.push_piece_from(start, Weight::leaf(instructions));
    }

    fn take_assertion(&mut self, length: usize, translated: &str) {
        self.cursor.at += length;
        self.push_piece(Weight::leaf(1));
        self.out.push_str(translated);
    }

    fn take_literal(&mut self, byte: u8) {
        self.cursor.at += 1;
        self.push_literal(byte);
    }

    fn push_literal(&mut self, byte: u8) {
        if byte.is_ascii_digit() || byte.is_ascii_alphabetic() && !self.flags.fold {
            self.push_piece(Weight::leaf(1));
            self.out.push(char::from(byte));
        } else if !byte.is_ascii_alphabetic() {
            self.push_piece(Weight::leaf(1));
            push_hex(&mut self.out, byte);
        } else {
            self.push_set(&ByteSet::of(&[(byte, byte)], self.flags.fold));
        }
    }

    fn escape(&mut self) -> Result<(), Re2Error> {
        match self.cursor.rest() {
            [_, b'b', ..] => self.take_assertion(2, r"(?:\b)"),
            [_, b'B', ..] => self.take_assertion(2, r"(?:\B)"),
            [_, b'A', ..] => self.take_assertion(2, r"(?:\A)"),
            [_, b'z', ..] => self.take_assertion(2, r"(?:\z)"),
            [_, b'C', ..] => {
                self.cursor.at += 2;
                self.push_set(&ByteSet::EMPTY.negated());
            }
            [_, b'Q', ..] => {
                self.cursor.at += 2;
                while !self.cursor.take(r"\E")
                    && let Some(byte) = self.cursor.next()
                {
                    self.push_literal(byte);
                }
            }
            _ => {
                if let Some(set) = take_group(&mut self.cursor, self.flags.fold)? {
                    self.push_set(&set);
                } else {
                    let byte = take_escape(&mut self.cursor)?;
                    self.push_literal(byte);
                }
            }
        }
        Ok(())
    }

    fn repeat(
        &mut self,
        start: usize,
        repetition: Option<usize>,
        min: u32,
        max: Option<u32>,
    ) -> Result<(), Re2Error> {
        let operator = self.cursor.at;
        let lazy = self.cursor.take("?");
        if let Some(before) = repetition {
            return Err(self.cursor.error(before, "repeats a repetition"));
        }
        if max.is_some_and(|max| max < min) {
            return Err(self.cursor.error(start, "is a repetition whose end is before its start"));
        }
        if min.max(max.unwrap_or(0)) > MAX_REPEAT {
            return Err(self.cursor.error(start, "repeats more than 1000 times"));
        }
        let Some(piece) = &mut self.frame.last else {
            return Err(self.cursor.error(start, "has nothing to repeat"));
        };
        piece.weight = piece.weight.repeated(min, max);
        if piece.weight.repeat > u64::from(MAX_REPEAT) {
            return Err(self
                .cursor
                .error(start, "repeats more than 1000 times together with the repetitions in it"));
        }
        if piece.weight.depth > MAX_DEPTH {
            return Err(self
                .cursor
                .unsupported(start, "the pattern nests too deep for this analysis"));
        }
        // `a*(?i)*` is none of the repeated repetitions that RE2 refuses.
        if piece.repeated {
            self.out.insert_str(piece.out, "(?:");
            self.out.push(')');
        }
        piece.repeated = true;
        let operator = self.cursor.text(start..operator);
        self.out.push_str(operator);
        if lazy != self.flags.lazy {
            self.out.push('?');
        }
        Ok(())
    }

    fn open(&mut self) -> Result<(), Re2Error> {
        let start = self.cursor.at;
        self.cursor.at += 1;
        let mut flags = self.flags;
        let mut captures = true;
        if self.cursor.peek() == Some(b'?') && !take_name(&mut self.cursor, start)? {
            if !take_flags(&mut self.cursor, start, &mut flags)? {
                self.flags = flags;
                return Ok(());
            }
            captures = false;
        }
        if self.outer.len() >= MAX_DEPTH as usize {
            return Err(self
                .cursor
                .unsupported(start, "the pattern nests too deep for this analysis"));
        }
        self.frame.finish_piece();
        let frame = Frame::new(start, self.out.len(), captures, self.flags);
        self.outer.push(std::mem::replace(&mut self.frame, frame));
        self.flags = flags;
        self.groups += usize::from(captures);
        self.out.push_str(if captures && self.groups <= 9 { "(" } else { "(?:" });
        Ok(())
    }

    fn close(&mut self) -> Result<(), Re2Error> {
        let start = self.cursor.at;
        self.cursor.at += 1;
        let Some(outer) = self.outer.pop() else {
            return Err(self.cursor.error(start, "closes nothing"));
        };
        let closed = std::mem::replace(&mut self.frame, outer);
        let weight = closed.weight().grouped(closed.captures);
        self.frame.last = Some(Piece { out: closed.out, weight, repeated: false });
        self.flags = closed.outer;
        self.out.push(')');
        Ok(())
    }
}
