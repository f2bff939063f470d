//! Classes of bytes, and steps over blanks, comments and line ends.

use super::Reader;

/// Ends a plain scalar of a block, or needs a look.
pub(super) const IN_PLAIN: u8 = 1;
/// Ends a plain scalar of a flow collection, or needs a look.
pub(super) const IN_FLOW: u8 = 2;
/// Ends a quoted scalar, or needs a look.
pub(super) const IN_QUOTES: u8 = 4;
/// Cannot start a plain scalar; `-` can if a blank does not follow.
pub(super) const AT_START: u8 = 8;
/// May not stand in a text that is taken: a control character, or the first byte of an unusual line break.
pub(super) const UNUSUAL: u8 = 16;

pub(super) static CLASS: [u8; 256] = classes();

const fn classes() -> [u8; 256] {
    let mut table = [0; 256];
    let mut byte = 0;
    while byte < 256 {
        // 0xC2, 0xE2 and 0xEF start, among others, U+0085, U+2028, U+2029 and U+FEFF.
        if byte < 0x20 || matches!(byte, 0x7F | 0xC2 | 0xE2 | 0xEF) {
            table[byte] = IN_PLAIN | IN_FLOW | IN_QUOTES | AT_START | UNUSUAL;
        }
        byte += 1;
    }
    table[b'\t' as usize] &= !UNUSUAL;
    table[b'\n' as usize] &= !UNUSUAL;
    mark(&mut table, b":#", IN_PLAIN | IN_FLOW);
    mark(&mut table, b",[]{}", IN_FLOW | AT_START);
    mark(&mut table, b"\"'\\", IN_QUOTES);
    mark(&mut table, b" ?:#&*!|>'\"%@`", AT_START);
    // A letter of these three may start a plain scalar; `unusual` looks at it.
    table[0xC2] &= !AT_START;
    table[0xE2] &= !AT_START;
    table[0xEF] &= !AT_START;
    table
}

const fn mark(table: &mut [u8; 256], bytes: &[u8], class: u8) {
    let mut i = 0;
    while i < bytes.len() {
        table[bytes[i] as usize] |= class;
        i += 1;
    }
}

/// Whether an unusual character starts at `at`: a control, another line break than LF, a byte order mark.
pub(super) fn unusual(bytes: &[u8], at: usize) -> bool {
    match bytes[at..] {
        [0xC2, next, ..] => next < 0xA0,
        [0xE2, 0x80, next, ..] => matches!(next, 0xA8 | 0xA9),
        [0xEF, 0xBB, 0xBF, ..] | [0xEF, 0xBF, 0xBE | 0xBF, ..] => true,
        [0xE2 | 0xEF, ..] => false,
        _ => true,
    }
}

impl Reader<'_> {
    pub(super) fn skip_blanks(&self, mut at: usize) -> usize {
        while self.byte(at) == b' ' {
            at += 1;
        }
        at
    }

    /// Whether a list item starts at `at`.
    pub(super) fn is_dash(&self, at: usize) -> bool {
        self.byte(at) == b'-' && matches!(self.byte(at + 1), b' ' | b'\n' | b'\r')
    }

    /// The start of the line after `at`, which is a line end or a comment.
    pub(super) fn next_line(&self, at: usize) -> Option<usize> {
        let rest = self.bytes.get(at..).unwrap_or_default();
        let Some(n) = memchr::memchr2(b'\n', b'\r', rest) else { return Some(self.bytes.len()) };
        match &rest[n..] {
            [b'\n', ..] => Some(at + n + 1),
            [b'\r', b'\n', ..] => Some(at + n + 2),
            _ => None,
        }
    }

    /// Goes to the next line, if nothing but a comment stands behind `end`.
    pub(super) fn finish_line(&mut self, end: usize) -> Option<()> {
        let at = self.skip_blanks(end);
        self.at = match self.byte(at) {
            b'\n' => at + 1,
            b'\r' => self.next_line(at)?,
            b'#' if at > end => self.next_line(at)?,
            _ => return None,
        };
        Some(())
    }
}
