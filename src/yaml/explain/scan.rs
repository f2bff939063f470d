//! Finds quotes and brackets by rough reading, where exact reading broke.

use crate::yaml::layout::{line_end, line_start, skip_space};

/// Quotes and brackets between two places.
#[derive(Default)]
pub(in crate::yaml) struct Where {
    /// The brackets that are open.
    pub(in crate::yaml) brackets: Vec<usize>,
    /// The quoted text around the place, or the last before it: its opening and its closing quote.
    pub(in crate::yaml) quote: Option<(usize, Option<usize>)>,
}

impl Where {
    /// Reads tokens roughly, from a place between two tokens up to `at`.
    pub(in crate::yaml) fn scan(bytes: &[u8], from: usize, at: usize, end: usize) -> Self {
        let mut found = Self::default();
        let mut pos = from;
        loop {
            pos = skip_space(bytes, pos, end);
            if pos > at || pos >= end {
                return found;
            }
            match bytes[pos] {
                quote @ (b'"' | b'\'') => {
                    let close = closing_quote(bytes, pos, quote, end);
                    found.quote = Some((pos, close));
                    match close {
                        Some(close) if close < at => pos = close + 1,
                        _ => return found,
                    }
                }
                b'[' | b'{' if pos < at => {
                    found.brackets.push(pos);
                    pos += 1;
                }
                b']' | b'}' if pos < at => {
                    found.brackets.pop();
                    pos += 1;
                }
                b'|' | b'>' if found.brackets.is_empty() => pos = behind_block(bytes, pos, end),
                _ => pos = behind_plain(bytes, pos, !found.brackets.is_empty(), end),
            }
        }
    }
}

fn closing_quote(bytes: &[u8], open: usize, quote: u8, end: usize) -> Option<usize> {
    let mut at = open + 1;
    loop {
        at += memchr::memchr2(quote, b'\\', bytes.get(at..end)?)?;
        match (bytes[at], quote) {
            (b'\\', b'"') => at += 2,
            (b'\\', _) => at += 1,
            (_, b'\'') if bytes.get(at + 1) == Some(&b'\'') && at + 1 < end => at += 2,
            _ => return Some(at),
        }
    }
}

/// Behind a plain scalar or an indicator.
fn behind_plain(bytes: &[u8], from: usize, flow: bool, end: usize) -> usize {
    let mut at = from;
    while at < end {
        let next_is_space = at + 1 >= end || bytes[at + 1].is_ascii_whitespace();
        match bytes[at] {
            b'\n' => return at,
            b':' if next_is_space => return at + 1,
            b'-' | b'?' if at == from && next_is_space => return at + 1,
            b',' | b'[' | b']' | b'{' | b'}' if flow => {
                return if at == from { at + 1 } else { at };
            }
            b' ' | b'\t' if at + 1 < end && bytes[at + 1] == b'#' => return at,
            _ => at += 1,
        }
    }
    at
}

/// Behind a block scalar: the lines indented more than the line of its `|`.
fn behind_block(bytes: &[u8], header: usize, end: usize) -> usize {
    let blanks = |line: usize| bytes[line..end].iter().take_while(|&&b| b == b' ').count();
    let indent = blanks(line_start(bytes, header, 0));
    let mut line = line_end(bytes, header, end);
    loop {
        line = (line + 1).min(end);
        let stop = line_end(bytes, line, end);
        if line >= end || (stop > line + blanks(line) && blanks(line) <= indent) {
            return line;
        }
        line = stop;
    }
}
