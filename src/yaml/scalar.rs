//! Plain scalars to values, by the rules of go-yaml v2. Knows nothing of trees.

use super::tree::Scalar;

/// Resolves the text of a plain scalar (mirrors yaml.v2 `resolve.go`, v2.4.4: `resolve`).
///
/// Dates, base 60 numbers, `=` and `<<` are strings, as they are for Kubernetes.
pub(super) fn resolve(text: &str) -> Scalar<'_> {
    let Some(&first) = text.as_bytes().first() else { return Scalar::Null };
    let value = match first {
        b'~' | b'y' | b'Y' | b'n' | b'N' | b't' | b'T' | b'f' | b'F' | b'o' | b'O' => word(text),
        b'.' => dotted(text),
        b'+' | b'-' => infinity(text).or_else(|| number(text)),
        b'0'..=b'9' => number(text),
        _ => None,
    };
    value.unwrap_or(Scalar::Str(text))
}

fn word(text: &str) -> Option<Scalar<'static>> {
    // As bytes they are told apart letter by letter, not one word after the other.
    Some(match text.as_bytes() {
        b"~" | b"null" | b"Null" | b"NULL" => Scalar::Null,
        b"y" | b"Y" | b"yes" | b"Yes" | b"YES" | b"true" | b"True" | b"TRUE" | b"on" | b"On"
        | b"ON" => Scalar::Bool(true),
        b"n" | b"N" | b"no" | b"No" | b"NO" | b"false" | b"False" | b"FALSE" | b"off" | b"Off"
        | b"OFF" => Scalar::Bool(false),
        _ => return None,
    })
}

/// Whether the text of a plain scalar is null.
pub(super) fn is_null(text: &str) -> bool {
    matches!(text.as_bytes(), b"" | b"~" | b"null" | b"Null" | b"NULL")
}

fn infinity(text: &str) -> Option<Scalar<'static>> {
    match text {
        ".inf" | ".Inf" | ".INF" | "+.inf" | "+.Inf" | "+.INF" => {
            Some(Scalar::Float(f64::INFINITY))
        }
        "-.inf" | "-.Inf" | "-.INF" => Some(Scalar::Float(f64::NEG_INFINITY)),
        _ => None,
    }
}

/// `.inf`, `.nan` and `.5`, the latter without underscores.
fn dotted(text: &str) -> Option<Scalar<'static>> {
    match text {
        ".nan" | ".NaN" | ".NAN" => Some(Scalar::Float(f64::NAN)),
        _ => infinity(text).or_else(|| float(text)),
    }
}

/// Numbers that start with a digit or a sign. All underscores are dropped first.
fn number(text: &str) -> Option<Scalar<'static>> {
    if let Some(value) = plain_decimal(text) {
        return Some(Scalar::Int(value));
    }
    if !text.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'_' | b'.' | b'+' | b'-')) {
        return None;
    }
    if text.contains('_') {
        let plain = text.replace('_', "");
        return integer(&plain).or_else(|| float(&plain));
    }
    integer(text).or_else(|| float(text))
}

/// Digits that are no octal and certainly fit: what nearly all numbers of manifests are.
fn plain_decimal(text: &str) -> Option<i128> {
    let is_plain = text.len() < 19 && (text == "0" || !text.starts_with('0'));
    let digit =
        |value: u64, byte: u8| byte.is_ascii_digit().then(|| 10 * value + u64::from(byte - b'0'));
    let value = text.bytes().filter(|_| is_plain).try_fold(0, digit);
    value.filter(|_| is_plain && !text.is_empty()).map(i128::from)
}

/// Mirrors Go `strconv.ParseInt` with base 0, then `ParseUint`: a leading 0 is octal.
fn integer(text: &str) -> Option<Scalar<'static>> {
    let (sign, digits) = match text.as_bytes() {
        [b'+', ..] => (Some(1), &text[1..]),
        [b'-', ..] => (Some(-1), &text[1..]),
        _ => (None, text),
    };
    let (base, digits) = match digits.as_bytes() {
        [b'0', b'x' | b'X', ..] => (16, &digits[2..]),
        [b'0', b'b' | b'B', ..] => (2, &digits[2..]),
        [b'0', b'o' | b'O', ..] => (8, &digits[2..]),
        [b'0', _, ..] => (8, &digits[1..]),
        _ => (10, digits),
    };
    if digits.bytes().any(|b| !b.is_ascii_alphanumeric()) {
        return None;
    }
    let magnitude = i128::from(u64::from_str_radix(digits, base).ok()?);
    let value = magnitude * sign.unwrap_or(1);
    let fits = match sign {
        None => true,
        Some(_) => i64::try_from(value).is_ok(),
    };
    fits.then_some(Scalar::Int(value))
}

/// Mirrors yaml.v2 `yamlStyleFloat`, then Go `strconv.ParseFloat`, which refuses numbers out of range.
fn float(text: &str) -> Option<Scalar<'static>> {
    let unsigned = text.strip_prefix(['+', '-']).unwrap_or(text);
    let (mantissa, exponent) = match unsigned.find(['e', 'E']) {
        Some(at) => (&unsigned[..at], Some(&unsigned[at + 1..])),
        None => (unsigned, None),
    };
    let digits = |s: &str| s.bytes().all(|b| b.is_ascii_digit());
    let (whole, fraction) = mantissa.split_once('.').unwrap_or((mantissa, ""));
    if !digits(whole) || !digits(fraction) || whole.len() + fraction.len() == 0 {
        return None;
    }
    if let Some(exponent) = exponent {
        let exponent = exponent.strip_prefix(['+', '-']).unwrap_or(exponent);
        if exponent.is_empty() || !digits(exponent) {
            return None;
        }
    }
    let value: f64 = text.parse().ok()?;
    value.is_finite().then_some(Scalar::Float(value))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_booleans_and_null_in_three_spellings() {
        for text in "y Y yes Yes YES true True TRUE on On ON".split(' ') {
            assert_eq!(resolve(text), Scalar::Bool(true), "{text}");
        }
        for text in "n N no No NO false False FALSE off Off OFF".split(' ') {
            assert_eq!(resolve(text), Scalar::Bool(false), "{text}");
        }
        for text in ["", "~", "null", "Null", "NULL"] {
            assert_eq!(resolve(text), Scalar::Null, "{text}");
        }
        for text in ["", "~", "null", "Null", "NULL", "nULL", "nul", "0", "no", "~~"] {
            assert_eq!(is_null(text), resolve(text) == Scalar::Null, "{text}");
        }
        for text in "yEs tRUE TrUe nULL oN falsE ~~ nul None".split(' ') {
            assert_eq!(resolve(text), Scalar::Str(text));
        }
    }

    #[test]
    fn integers_have_four_bases_signs_and_underscores() {
        let cases: [(&str, i128); 26] = [
            ("0", 0),
            ("80", 80),
            ("+80", 80),
            ("-0", 0),
            ("-17", -17),
            ("0x1F", 31),
            ("0X1f", 31),
            ("-0x1F", -31),
            ("0b11", 3),
            ("0B11", 3),
            ("-0b11", -3),
            ("0o17", 15),
            ("0O17", 15),
            ("017", 15),
            ("-017", -15),
            ("010", 8),
            ("0100", 64),
            ("0777", 511),
            ("00", 0),
            ("1_000", 1000),
            ("1__0_", 10),
            ("+_80", 80),
            ("0x_1_F", 31),
            ("9223372036854775807", 9_223_372_036_854_775_807),
            ("18446744073709551615", 18_446_744_073_709_551_615),
            ("-9223372036854775808", -9_223_372_036_854_775_808),
        ];
        for (text, value) in cases {
            assert_eq!(resolve(text), Scalar::Int(value), "{text}");
        }
    }

    #[test]
    fn floats_include_decimal_looking_octals_and_huge_integers() {
        let cases = [
            ("08", 8.0),
            ("080", 80.0),
            ("09.5", 9.5),
            ("0123.5", 123.5),
            ("1.5", 1.5),
            (".5", 0.5),
            (".5e1", 5.0),
            ("5.", 5.0),
            ("-.5", -0.5),
            ("1e3", 1000.0),
            ("8E1", 80.0),
            ("1.e3", 1000.0),
            ("1e-3", 0.001),
            ("1e+3", 1000.0),
            ("1_0.5", 10.5),
            ("1234e56", 1.234e59),
            ("0e123", 0.0),
            ("1.10", 1.1),
            ("18446744073709551616", 18_446_744_073_709_551_616.0),
            ("-9223372036854775809", -9_223_372_036_854_775_809.0),
            ("+9223372036854775808", 9_223_372_036_854_775_808.0),
            ("+.inf", f64::INFINITY),
            (".INF", f64::INFINITY),
            ("-.Inf", f64::NEG_INFINITY),
        ];
        for (text, value) in cases {
            assert_eq!(resolve(text), Scalar::Float(value), "{text}");
        }
        for text in [".nan", ".NaN", ".NAN"] {
            assert!(matches!(resolve(text), Scalar::Float(value) if value.is_nan()), "{text}");
        }
    }

    #[test]
    fn everything_else_is_text() {
        let cases = "1:30 190:20:30 2001-01-01 2001-12-14t21:59:43.10-05:00 1.2.3 10.0.0.1 0o8 0x 0b 0b12 0o 0x1p3 \
            + - = .. . << _80 _ 1E400 -1E400 .5_0 ._5 ++1 +-1 -+1 1e 1e+ 1.5e.5 1-1 .nAn .iNF -.nan +.nan inf nan \
            0x-1 0b-1 0-7 e5 é 1é *x 5s 1h30m";
        for text in cases.split_ascii_whitespace() {
            assert_eq!(resolve(text), Scalar::Str(text));
        }
    }
}
