//! What stands after `(?` and after `{`.
//!
//! Mirrors `re2/parse.cc`: `ParsePerlFlags`, `IsValidCaptureName`, `MaybeParseRepetition`.

use super::Re2Error;
use super::cursor::Cursor;

/// The flags that a pattern can set.
#[derive(Clone, Copy, Default)]
pub(super) struct Flags {
    /// `i`
    pub(super) fold: bool,
    /// `m`
    pub(super) multi_line: bool,
    /// `s`
    pub(super) dot_newline: bool,
    /// `U`
    pub(super) lazy: bool,
}

/// Takes `?P<name>` or `?<name>` of the group that begins at `start`; the same name may stand twice.
pub(super) fn take_name(cursor: &mut Cursor<'_>, start: usize) -> Result<bool, Re2Error> {
    if matches!(cursor.rest(), [b'?', b'<', b'=' | b'!', _, ..])
        || !cursor.take("?P<") && !cursor.take("?<")
    {
        return Ok(false);
    }
    let Some(name) = cursor.take_until(">") else {
        return Err(cursor.error(start, "is a name without `>`"));
    };
    // Letters and digits of Latin-1 by RE2's categories.
    let fits = |&byte: &u8| {
        byte == b'_'
            || byte.is_ascii_alphanumeric()
            || matches!(byte, 0xAA | 0xB5 | 0xBA | 0xC0..=0xD6 | 0xD8..=0xF6 | 0xF8..)
    };
    if name.is_empty() || !name.iter().all(fits) {
        return Err(cursor.error(start, "is not a name of a group"));
    }
    Ok(true)
}

/// Takes `?i)` or `?i-s:` of the group that begins at `start`; true if it has more than flags.
pub(super) fn take_flags(
    cursor: &mut Cursor<'_>,
    start: usize,
    flags: &mut Flags,
) -> Result<bool, Re2Error> {
    cursor.at += 1;
    let mut negated = false;
    let mut named = false;
    while let Some(byte) = cursor.next() {
        let flag = match byte {
            b'i' => &mut flags.fold,
            b'm' => &mut flags.multi_line,
            b's' => &mut flags.dot_newline,
            b'U' => &mut flags.lazy,
            b'-' if !negated => {
                negated = true;
                named = false;
                continue;
            }
            b':' | b')' if named || !negated => return Ok(byte == b':'),
            // Look-behind is shown whole.
            b'<' => {
                cursor.at += usize::from(matches!(cursor.peek(), Some(b'=' | b'!')));
                break;
            }
            _ => break,
        };
        *flag = !negated;
        named = true;
    }
    Err(cursor.error(start, "is not a group or flag that RE2 knows"))
}

/// Takes `{2}`, `{2,}` or `{2,3}`; anything else is no repetition but characters, also `{,3}` and `{02}`.
pub(super) fn take_counts(cursor: &mut Cursor<'_>) -> Option<(u32, Option<u32>)> {
    let rest = cursor.rest().get(1..)?;
    let length = rest.iter().take(20).position(|&byte| byte == b'}')?;
    let counts = str::from_utf8(&rest[..length]).ok()?;
    let counts = match counts.split_once(',') {
        None => integer(counts).map(|count| (count, Some(count))),
        Some((min, "")) => integer(min).map(|min| (min, None)),
        Some((min, max)) => Some((integer(min)?, Some(integer(max)?))),
    }?;
    cursor.at += length + 2;
    Some(counts)
}

/// A count as RE2 reads it: no leading zero, and not so large that it might overflow.
fn integer(text: &str) -> Option<u32> {
    let digits =
        !text.is_empty() && text.len() <= 9 && text.bytes().all(|byte| byte.is_ascii_digit());
    if !digits || text.len() > 1 && text.starts_with('0') { None } else { text.parse().ok() }
}
