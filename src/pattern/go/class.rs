//! Classes in brackets, and those that an escape names.

use super::GoError;
use super::cursor::Cursor;
use super::{escape, names};

/// Takes the class at `cursor`, which stands before its `[` (mirrors `parser.parseClass`).
pub(super) fn take_bracketed(cursor: &mut Cursor<'_>) -> Result<(), GoError> {
    let start = cursor.at;
    cursor.next();
    cursor.take("^");
    let mut is_first = true;
    while is_first || !cursor.rest().starts_with(']') {
        is_first = false;
        if take_posix(cursor)? || take_named_group(cursor)? {
            continue;
        }
        let from = cursor.at;
        let low = take_char(cursor, start)?;
        let after = cursor.rest().strip_prefix('-');
        if after.is_none_or(|after| after.is_empty() || after.starts_with(']')) {
            continue;
        }
        cursor.next();
        if take_char(cursor, start)? < low {
            return Err(cursor.error(from, "is a range whose end is before its start"));
        }
    }
    cursor.next();
    Ok(())
}

fn take_char(cursor: &mut Cursor<'_>, class: usize) -> Result<u32, GoError> {
    match cursor.peek() {
        Some('\\') => escape::take(cursor),
        Some(c) => {
            cursor.next();
            Ok(u32::from(c))
        }
        None => Err(cursor.error(class, "is a class without `]`")),
    }
}

/// `[:name:]`; without `:]` anywhere after it, `[` is a character.
fn take_posix(cursor: &mut Cursor<'_>) -> Result<bool, GoError> {
    let start = cursor.at;
    if cursor.no_named || !cursor.take("[:") {
        return Ok(false);
    }
    let Some(name) = cursor.take_before(":]") else {
        cursor.at = start;
        cursor.no_named = true;
        return Ok(false);
    };
    if names::is_posix(name) {
        return Ok(true);
    }
    Err(cursor.error(start, "is not a class that Go knows"))
}

/// Takes `\d`, `\pN` or the like if it is next, in or outside of brackets (mirrors `parser.parseUnicodeClass`,
/// `parser.parsePerlClassEscape`).
pub(super) fn take_named_group(cursor: &mut Cursor<'_>) -> Result<bool, GoError> {
    let start = cursor.at;
    let mut chars = cursor.rest().chars();
    let (Some('\\'), Some(letter)) = (chars.next(), chars.next()) else { return Ok(false) };
    match letter {
        'd' | 'D' | 's' | 'S' | 'w' | 'W' => {
            cursor.at += 2;
            return Ok(true);
        }
        'p' | 'P' => cursor.at += 2,
        _ => return Ok(false),
    }
    let name = if cursor.take("{") {
        match cursor.take_before("}") {
            Some(name) => name,
            None => return Err(cursor.error(start, "is a group of Unicode without `}`")),
        }
    } else {
        let rest = cursor.rest();
        let length = cursor.next().map_or(0, char::len_utf8);
        &rest[..length]
    };
    if names::is_unicode(name.strip_prefix('^').unwrap_or(name)) {
        return Ok(true);
    }
    Err(cursor.error(start, "is not a group of Unicode that Go knows"))
}
