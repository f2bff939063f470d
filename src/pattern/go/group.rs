//! What stands after `(` and after `{`.

use super::GoError;
use super::cursor::Cursor;

/// Takes `(`, `(?P<name>`, `(?i:` or `(?i)`; whether a group begins. Mirrors `parser.parsePerlFlags`.
pub(super) fn take_open(cursor: &mut Cursor<'_>) -> Result<bool, GoError> {
    let start = cursor.at;
    if !cursor.take("(?") {
        cursor.next();
        return Ok(true);
    }
    if let Some(wrong) = foreign(cursor) {
        return Err(cursor.error(start, wrong));
    }
    // `(?P<` and `(?<` alone are not yet names.
    let is_named = cursor.rest().len() > 1 && (cursor.take("P<") || cursor.take("<"));
    if is_named {
        return take_name(cursor, start);
    }
    take_flags(cursor, start)
}

/// Groups of other dialects, taken to be shown whole.
fn foreign(cursor: &mut Cursor<'_>) -> Option<&'static str> {
    let around = "looks around, which Go and RE2 cannot";
    let known = [("<=", around), ("<!", around), ("=", around), ("!", around)];
    let others = [
        (">", "is an atomic group, which Go and RE2 do not have"),
        ("#", "is a comment, which Go and RE2 do not have"),
    ];
    let found = known.into_iter().chain(others).find(|(text, _)| cursor.rest().starts_with(text));
    let (text, wrong) = found?;
    cursor.at += text.len();
    Some(wrong)
}

fn take_name(cursor: &mut Cursor<'_>, start: usize) -> Result<bool, GoError> {
    let Some(name) = cursor.take_before(">") else {
        return Err(cursor.error(start, "is a name without `>`"));
    };
    let is_name = |c: char| c == '_' || c.is_ascii_alphanumeric();
    if name.is_empty() || !name.chars().all(is_name) {
        return Err(cursor.error(start, "is not a name of a group"));
    }
    Ok(true)
}

fn take_flags(cursor: &mut Cursor<'_>, start: usize) -> Result<bool, GoError> {
    let (mut is_negated, mut has_flag) = (false, false);
    while let Some(c) = cursor.next() {
        match c {
            'i' | 'm' | 's' | 'U' => has_flag = true,
            '-' if !is_negated => (is_negated, has_flag) = (true, false),
            ':' | ')' if has_flag || !is_negated => return Ok(c == ':'),
            _ => break,
        }
    }
    Err(cursor.error(start, "is not a group or flag that Go knows"))
}

/// Counts in braces.
#[derive(Clone, Copy)]
pub(super) struct Counts {
    min: u64,
    /// None: any number.
    max: Option<u64>,
}

impl Counts {
    pub(super) fn is_wrong(self) -> bool {
        self.min > super::MAX_REPEAT
            || self.max.is_some_and(|max| max > super::MAX_REPEAT || max < self.min)
    }

    /// Whether more than one is repeated, which alone makes Go look at the product.
    pub(super) fn repeats(self) -> bool {
        self.min >= 2 || self.max.is_some_and(|max| max >= 2)
    }

    /// By how much the product grows (mirrors `repeatIsValid`); 0: what is repeated is not looked at.
    pub(super) fn factor(self) -> u64 {
        self.max.unwrap_or_else(|| self.min.max(1))
    }
}

/// Takes `{2}`, `{2,}` or `{2,3}`; anything else is no repetition but characters, also `{,3}` and `{02}`.
pub(super) fn take_counts(cursor: &mut Cursor<'_>) -> Option<Counts> {
    let rest = cursor.rest().strip_prefix('{')?;
    let length = rest
        .find(|c: char| !c.is_ascii_digit() && c != ',')
        .filter(|&at| rest[at..].starts_with('}'))?;
    let counts = match rest[..length].split_once(',') {
        None => {
            let count = integer(&rest[..length])?;
            Counts { min: count, max: Some(count) }
        }
        Some((min, "")) => Counts { min: integer(min)?, max: None },
        Some((min, max)) => Counts { min: integer(min)?, max: Some(integer(max)?) },
    };
    cursor.at += length + 2;
    Some(counts)
}

/// Digits without a leading zero; of numbers that are much too large just that.
fn integer(digits: &str) -> Option<u64> {
    let is_number = !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit());
    let has_leading_zero = digits.len() > 1 && digits.starts_with('0');
    (is_number && !has_leading_zero).then(|| digits.parse().unwrap_or(u64::MAX))
}
