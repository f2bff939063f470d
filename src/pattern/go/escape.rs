//! Escapes that stand for one character.

use super::GoError;
use super::cursor::Cursor;

/// Takes the escape at `cursor`, which stands before its backslash (mirrors `parser.parseEscape`).
pub(super) fn take(cursor: &mut Cursor<'_>) -> Result<u32, GoError> {
    let start = cursor.at;
    cursor.next();
    let Some(letter) = cursor.next() else {
        return Err(cursor.error(start, "at the end escapes nothing"));
    };
    let value = match letter {
        '0'..='7' => octal(cursor, letter),
        'x' => hexadecimal(cursor),
        'a' => Some(0x07),
        'f' => Some(0x0C),
        'n' => Some(0x0A),
        'r' => Some(0x0D),
        't' => Some(0x09),
        'v' => Some(0x0B),
        _ if letter.is_ascii() && !letter.is_ascii_alphanumeric() => Some(u32::from(letter)),
        _ => None,
    };
    value.ok_or_else(|| {
        let wrong = match letter {
            '1'..='9' => "is a reference to a group, which Go and RE2 do not have",
            'x' => "is not a character (Go knows `\\x41` and `\\x{41}`)",
            'Z' => "is not an escape of Go; the end of the text is `\\z`",
            _ => "is not an escape of Go",
        };
        cursor.error(start, wrong)
    })
}

/// Up to three digits; a single one but 0 would be a reference.
fn octal(cursor: &mut Cursor<'_>, first: char) -> Option<u32> {
    if first != '0' && !cursor.rest().starts_with(|c| matches!(c, '0'..='7')) {
        return None;
    }
    let mut value = first.to_digit(8)?;
    for _ in 0..2 {
        let Some(digit) = cursor.peek().and_then(|c| c.to_digit(8)) else { break };
        cursor.next();
        value = value * 8 + digit;
    }
    Some(value)
}

/// `41`, or any number of digits in braces.
fn hexadecimal(cursor: &mut Cursor<'_>) -> Option<u32> {
    if !cursor.take("{") {
        let high = cursor.next()?.to_digit(16)?;
        return Some(high * 16 + cursor.next()?.to_digit(16)?);
    }
    let mut value: Option<u32> = None;
    loop {
        match cursor.next()? {
            '}' => return value,
            c => value = Some(value.unwrap_or(0) * 16 + c.to_digit(16)?),
        }
        if value > Some(u32::from(char::MAX)) {
            return None;
        }
    }
}
