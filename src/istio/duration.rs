//! Durations as Go writes them.

use std::fmt;

use super::decode::{Decode, Decoder};
use crate::text::{Span, Spanned};
use crate::yaml::{Node, Scalar};

/// A duration in nanoseconds.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Duration(pub i64);

impl Duration {
    /// Reads Go's syntax: an optional sign, then numbers with units (mirrors Go 1.26 `time.ParseDuration`).
    pub fn parse(text: &str) -> Option<Self> {
        let (negative, mut rest) = match text.as_bytes().first()? {
            b'-' => (true, &text[1..]),
            b'+' => (false, &text[1..]),
            _ => (false, text),
        };
        if rest == "0" {
            return Some(Self(0));
        }
        if rest.is_empty() {
            return None;
        }
        let mut total: u64 = 0;
        while !rest.is_empty() {
            let whole = rest.len() - rest.trim_start_matches(|c: char| c.is_ascii_digit()).len();
            let after = &rest[whole..];
            let fraction = after.strip_prefix('.').map_or("", |tail| {
                &tail[..tail.len() - tail.trim_start_matches(|c: char| c.is_ascii_digit()).len()]
            });
            if whole == 0 && fraction.is_empty() {
                return None;
            }
            let skip = whole + if after.starts_with('.') { 1 + fraction.len() } else { 0 };
            let (unit, tail) = unit(&rest[skip..])?;
            let count: u64 = if whole == 0 { 0 } else { rest[..whole].parse().ok()? };
            let mut value = count.checked_mul(unit)?;
            if !fraction.is_empty() {
                value = value.checked_add(fraction_of(fraction, unit))?;
            }
            total = total.checked_add(value)?;
            rest = tail;
        }
        let limit = if negative { 1 << 63 } else { (1 << 63) - 1 };
        if total > limit {
            return None;
        }
        #[expect(clippy::cast_possible_wrap, reason = "at most 2^63, whose negation is itself")]
        let signed = total as i64;
        Some(Self(if negative { signed.wrapping_neg() } else { signed }))
    }
}

/// The unit at the start of `text` in nanoseconds, and what follows it.
fn unit(text: &str) -> Option<(u64, &str)> {
    let end = text.find(|c: char| c == '.' || c.is_ascii_digit()).unwrap_or(text.len());
    let nanoseconds = match &text[..end] {
        "ns" => 1,
        "us" | "µs" | "μs" => 1_000,
        "ms" => 1_000_000,
        "s" => 1_000_000_000,
        "m" => 60_000_000_000,
        "h" => 3_600_000_000_000,
        _ => return None,
    };
    Some((nanoseconds, &text[end..]))
}

/// `0.digits * unit`, truncated; Go uses doubles here too.
#[expect(
    clippy::cast_precision_loss,
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "as Go computes it"
)]
fn fraction_of(digits: &str, unit: u64) -> u64 {
    let mut value: u64 = 0;
    let mut scale = 1.0_f64;
    for digit in digits.bytes() {
        let Some(next) = value.checked_mul(10).and_then(|v| v.checked_add(u64::from(digit - b'0')))
        else {
            break;
        };
        if next > i64::MAX as u64 {
            break;
        }
        value = next;
        scale *= 10.0;
    }
    (value as f64 * (unit as f64 / scale)) as u64
}

impl fmt::Display for Duration {
    /// Protobuf's JSON form: seconds with 0, 3, 6 or 9 digits of fraction.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let sign = if self.0 < 0 { "-" } else { "" };
        let total = self.0.unsigned_abs();
        let (seconds, nanoseconds) = (total / 1_000_000_000, total % 1_000_000_000);
        match nanoseconds {
            0 => write!(f, "{sign}{seconds}s"),
            n if n % 1_000_000 == 0 => write!(f, "{sign}{seconds}.{:03}s", n / 1_000_000),
            n if n % 1_000 == 0 => write!(f, "{sign}{seconds}.{:06}s", n / 1_000),
            n => write!(f, "{sign}{seconds}.{n:09}s"),
        }
    }
}

/// What is expected where a duration is.
const EXPECTED: &str = "a duration such as `5s` or `1h30m`";

impl Decode for Spanned<Duration> {
    fn decode(node: Node<'_>, cx: &mut Decoder<'_>) -> Option<Self> {
        match node.scalar() {
            Some(Scalar::Str(text)) => {
                if let Some(duration) = Duration::parse(text) {
                    return Some(Self::new(duration, node.span()));
                }
                // Whether the API server can read the text depends on the field.
                if !cx.is_placeholder(node) {
                    cx.unreadable(node, &format!("expected {EXPECTED}, got `{text}`"));
                }
            }
            _ => cx.wrong(node, EXPECTED),
        }
        None
    }
    fn zero(span: Span) -> Option<Self> {
        Some(Self::new(Duration(0), span))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn durations_are_read_as_go_reads_them() {
        let table = [
            ("5s", Some("5s")),
            ("1h", Some("3600s")),
            ("1.5s", Some("1.500s")),
            (".5s", Some("0.500s")),
            ("1.s", Some("1s")),
            ("1s1h", Some("3601s")),
            ("10ms", Some("0.010s")),
            ("2000us", Some("0.002s")),
            ("-1s", Some("-1s")),
            ("+5s", Some("5s")),
            ("0", Some("0s")),
            ("1ns", Some("0.000000001s")),
            ("5", None),
            ("1d", None),
            ("5 s", None),
            ("5S", None),
            ("", None),
            ("++5s", None),
            ("1,5s", None),
            (" 5s", None),
            ("2562048h", None),
        ];
        for (text, expected) in table {
            let got = Duration::parse(text).map(|duration| duration.to_string());
            assert_eq!(got.as_deref(), expected, "{text:?}");
        }
    }
}
