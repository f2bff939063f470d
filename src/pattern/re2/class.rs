//! Sets of bytes and the classes that name them.
//!
//! Mirrors `re2/parse.cc`: `ParseCharClass`, `ParseCCName`, `ParseUnicodeGroup`, `AddUGroup`, `AddFoldedRangeLatin1`.

use super::Re2Error;
use super::cursor::Cursor;
use super::escape::take_escape;
use super::groups::{self, Ranges};

/// A set of bytes: a bit each.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct ByteSet([u64; 4]);

impl ByteSet {
    pub(super) const EMPTY: Self = Self([0; 4]);

    /// The bytes of `ranges`, with `fold` in both cases (ASCII letters only).
    pub(super) fn of(ranges: &[(u8, u8)], fold: bool) -> Self {
        let mut set = Self::EMPTY;
        for &(low, high) in ranges {
            set.add(low, high, fold);
        }
        set
    }

    fn add(&mut self, low: u8, high: u8, fold: bool) {
        for byte in low..=high {
            self.insert(byte);
            if fold {
                self.insert(byte.to_ascii_lowercase());
                self.insert(byte.to_ascii_uppercase());
            }
        }
    }

    fn insert(&mut self, byte: u8) {
        self.0[usize::from(byte / 64)] |= 1 << (byte % 64);
    }

    /// The bytes that are not in it.
    pub(super) fn negated(self) -> Self {
        Self(self.0.map(|word| !word))
    }

    fn union(&mut self, other: &Self) {
        for (word, more) in self.0.iter_mut().zip(other.0) {
            *word |= more;
        }
    }

    /// Whether it has of each letter both cases or none.
    fn folds(&self) -> bool {
        let letters = |first: u8| (self.0[1] >> (first % 64)) & ((1 << 26) - 1);
        letters(b'A') == letters(b'a')
    }

    /// Its ranges in ascending order.
    fn ranges(&self) -> impl Iterator<Item = (u8, u8)> {
        let byte = |at: usize| u8::try_from(at).expect("a byte for each");
        let mut from = 0;
        std::iter::from_fn(move || {
            let start = self.next(from)?;
            let end = self.negated().next(start).unwrap_or(256);
            from = end;
            Some((byte(start), byte(end - 1)))
        })
    }

    /// The first byte from one on that is in it.
    fn next(&self, from: usize) -> Option<usize> {
        let mut words = (0..).zip(&self.0).skip(from / 64);
        let mut wanted = u64::MAX << (from % 64);
        words.find_map(|(at, word)| {
            let found = word & std::mem::replace(&mut wanted, u64::MAX);
            (found != 0).then(|| 64 * at + found.trailing_zeros() as usize)
        })
    }

    /// Writes it as a class of the `regex` crate; how many instructions RE2 has for it: ranges of capitals cost nothing
    /// where both cases are in the set.
    pub(super) fn write_to(&self, out: &mut String) -> u64 {
        let folds = self.folds();
        let mut instructions = 0;
        out.push('[');
        let start = out.len();
        for (low, high) in self.ranges() {
            push_hex(out, low);
            out.push('-');
            push_hex(out, high);
            instructions += u64::from(!(folds && low >= b'A' && high <= b'Z'));
        }
        if out.len() == start {
            out.push_str(r"^\x00-\xff");
        }
        out.push(']');
        instructions
    }
}

/// Writes a byte for the `regex` crate, whatever it means there.
pub(super) fn push_hex(out: &mut String, byte: u8) {
    const DIGITS: &[u8; 16] = b"0123456789abcdef";
    out.push_str("\\x");
    for digit in [byte >> 4, byte & 15] {
        out.push(char::from(DIGITS[usize::from(digit)]));
    }
}

/// Takes the class at `cursor`, which stands before its `[`.
pub(super) fn take_class(cursor: &mut Cursor<'_>, fold: bool) -> Result<ByteSet, Re2Error> {
    let start = cursor.at;
    cursor.at += 1;
    let negated = cursor.take("^");
    let mut set = ByteSet::EMPTY;
    let mut first = true;
    loop {
        match cursor.peek() {
            None => return Err(cursor.error(start, "is a class without `]`")),
            Some(b']') if !first => break,
            Some(_) => first = false,
        }
        let part = match take_named(cursor, fold)? {
            Some(part) => Some(part),
            None => take_group(cursor, fold)?,
        };
        if let Some(part) = part {
            set.union(&part);
            continue;
        }
        let from = cursor.at;
        let low = take_byte(cursor, start)?;
        let is_range = matches!(cursor.rest(), [b'-', after, ..] if *after != b']');
        let high = if is_range {
            cursor.at += 1;
            take_byte(cursor, start)?
        } else {
            low
        };
        if high < low {
            return Err(cursor.error(from, "is a range whose end is before its start"));
        }
        set.add(low, high, fold);
    }
    cursor.at += 1;
    Ok(if negated { set.negated() } else { set })
}

fn take_byte(cursor: &mut Cursor<'_>, class: usize) -> Result<u8, Re2Error> {
    match cursor.peek() {
        Some(b'\\') => take_escape(cursor),
        Some(byte) => {
            cursor.at += 1;
            Ok(byte)
        }
        None => Err(cursor.error(class, "is a class without `]`")),
    }
}

/// `[:name:]` and `[:^name:]`; without `:]` anywhere after it, `[` is a character.
fn take_named(cursor: &mut Cursor<'_>, fold: bool) -> Result<Option<ByteSet>, Re2Error> {
    let start = cursor.at;
    if cursor.no_named || !cursor.take("[:") {
        return Ok(None);
    }
    let Some(name) = cursor.take_until(":]") else {
        cursor.at = start;
        cursor.no_named = true;
        return Ok(None);
    };
    let (negated, name) = strip_caret(name);
    match groups::posix(name) {
        Some(ranges) => Ok(Some(group(ranges, negated, fold))),
        None => Err(cursor.error(start, "is not a class that RE2 knows")),
    }
}

/// Takes `\d`, `\pN` or the like if it is next, in or outside of brackets.
pub(super) fn take_group(cursor: &mut Cursor<'_>, fold: bool) -> Result<Option<ByteSet>, Re2Error> {
    let start = cursor.at;
    let [b'\\', letter, ..] = *cursor.rest() else { return Ok(None) };
    let negated = letter.is_ascii_uppercase();
    if let Some(ranges) = groups::perl(letter.to_ascii_lowercase()) {
        cursor.at += 2;
        return Ok(Some(group(ranges, negated, fold)));
    }
    if !letter.eq_ignore_ascii_case(&b'p') {
        return Ok(None);
    }
    cursor.at += 2;
    let name = if cursor.take("{") {
        match cursor.take_until("}") {
            Some(name) => name,
            None => return Err(cursor.error(start, "is a group of Unicode without `}`")),
        }
    } else {
        let rest = cursor.rest();
        let name = &rest[..rest.len().min(1)];
        cursor.at += name.len();
        name
    };
    let (inverted, name) = strip_caret(name);
    match groups::unicode(name) {
        Some(ranges) => Ok(Some(group(ranges, negated != inverted, fold))),
        None => Err(cursor.error(start, "is not a group of Unicode that RE2 knows")),
    }
}

fn strip_caret(name: &[u8]) -> (bool, &[u8]) {
    name.strip_prefix(b"^").map_or((false, name), |name| (true, name))
}

/// Folds before it negates: `(?i)[[:^upper:]]` has no letter.
fn group(ranges: Ranges, negated: bool, fold: bool) -> ByteSet {
    let set = ByteSet::of(ranges, fold);
    if negated { set.negated() } else { set }
}
