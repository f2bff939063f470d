//! Escapes that stand for one byte.
//!
//! Mirrors `re2/parse.cc`: `ParseEscape` with the largest rune 0xFF.

use super::Re2Error;
use super::cursor::Cursor;

/// Takes the escape at `cursor`, which stands before its backslash, and returns its byte.
pub(super) fn take_escape(cursor: &mut Cursor<'_>) -> Result<u8, Re2Error> {
    let start = cursor.at;
    cursor.at += 1;
    let Some(letter) = cursor.next() else {
        return Err(cursor.error(start, "at the end escapes nothing"));
    };
    let value = match letter {
        b'0'..=b'7' => octal(cursor, letter),
        b'x' => hexadecimal(cursor),
        b'n' => Some(b'\n'),
        b'r' => Some(b'\r'),
        b't' => Some(b'\t'),
        b'a' => Some(0x07),
        b'f' => Some(0x0C),
        b'v' => Some(0x0B),
        _ if letter.is_ascii() && !letter.is_ascii_alphanumeric() => Some(letter),
        _ => None,
    };
    value.ok_or_else(|| {
        let wrong = match letter {
            b'1'..=b'9' if cursor.at == start + 2 => {
                "is a reference to a group, which RE2 does not have"
            }
            b'x' | b'0'..=b'7' => {
                "is not a byte (RE2 knows `\\x41`, `\\x{41}`, `\\101`, up to 255)"
            }
            _ => "is not an escape of RE2",
        };
        cursor.error(start, wrong)
    })
}

/// Up to three digits; a single one but 0 would be a reference.
fn octal(cursor: &mut Cursor<'_>, first: u8) -> Option<u8> {
    let digit = |byte| matches!(byte, b'0'..=b'7').then(|| u32::from(byte - b'0'));
    let mut value = u32::from(first - b'0');
    if first != b'0' {
        digit(cursor.peek()?)?;
    }
    for _ in 0..2 {
        let Some(next) = cursor.peek().and_then(digit) else { break };
        value = value * 8 + next;
        cursor.at += 1;
    }
    u8::try_from(value).ok()
}

/// `41` or `{41}`, there with any number of digits.
fn hexadecimal(cursor: &mut Cursor<'_>) -> Option<u8> {
    if cursor.take("{") {
        let mut value = None;
        loop {
            match cursor.next()? {
                b'}' => return u8::try_from(value?).ok(),
                byte => value = Some(value.unwrap_or(0u32) * 16 + char::from(byte).to_digit(16)?),
            }
            u8::try_from(value?).ok()?;
        }
    }
    let high = char::from(cursor.next()?).to_digit(16)?;
    let low = char::from(cursor.next()?).to_digit(16)?;
    u8::try_from(high * 16 + low).ok()
}
