//! Patterns that are plainly right, as nearly all that are written are: told without parsing them.

/// No pattern of this length is too deep, as `(x)*` is two deep for four bytes, and none too large, as nothing is repeated by
/// counts.
const MOST: usize = 200;

/// Whether RE2 certainly takes a pattern: characters that stand for themselves, `.`, classes, groups without flags,
/// alternatives, and `*`, `+` and `?` behind what they repeat. False of all others, right or wrong.
pub(super) fn is_plain(pattern: &str) -> bool {
    let mut rest = pattern.as_bytes();
    if rest.len() > MOST {
        return false;
    }
    let (mut depth, mut may_repeat) = (0u32, false);
    while let [byte, after @ ..] = rest {
        rest = after;
        may_repeat = match byte {
            b'(' if !after.starts_with(b"?") => {
                depth += 1;
                false
            }
            b')' if depth > 0 => {
                depth -= 1;
                true
            }
            b'|' | b'^' | b'$' => false,
            b'*' | b'+' | b'?' if may_repeat => false,
            b'[' => match class(after) {
                Some(behind) => {
                    rest = behind;
                    true
                }
                None => return false,
            },
            b'\\' => match after {
                [escaped, behind @ ..] if is_escaped(*escaped) => {
                    rest = behind;
                    true
                }
                _ => return false,
            },
            byte if is_literal(*byte) || *byte == b'.' => true,
            _ => return false,
        };
    }
    depth == 0
}

/// What is behind a class, given what is behind its `[`; none where it is not plain.
fn class(text: &[u8]) -> Option<&[u8]> {
    let mut rest = text.strip_prefix(b"^").unwrap_or(text);
    let mut is_any = false;
    loop {
        rest = match rest {
            [b']', behind @ ..] if is_any => return Some(behind),
            [b'\\', escaped, behind @ ..] if is_escaped(*escaped) && !begins_range(behind) => {
                behind
            }
            [low, b'-', high, behind @ ..] if begins_range(&rest[1..]) => {
                let is_right = low.is_ascii_alphanumeric() && high.is_ascii_alphanumeric();
                (is_right && low <= high).then_some(behind)?
            }
            [byte, behind @ ..] if is_literal(*byte) || *byte == b'.' => behind,
            _ => return None,
        };
        is_any = true;
    }
}

fn begins_range(text: &[u8]) -> bool {
    matches!(text, [b'-', high, ..] if *high != b']')
}

/// Whether a byte stands for itself everywhere.
fn is_literal(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || b"/-_~%=&,:@!;<>'\"# ".contains(&byte)
}

/// Whether a byte may stand behind a `\`: a sign that is meant itself, or a class of letters or digits.
fn is_escaped(byte: u8) -> bool {
    b".-/_dwsDWS*+?()[]{}|$^".contains(&byte)
}

#[cfg(test)]
mod tests {
    use super::super::parse;
    use super::is_plain;

    #[test]
    fn what_is_plain_is_right() {
        let signs = b"az-[](*?|\\d^:";
        let mut plain = 0;
        for length in 0..=5u32 {
            for number in 0..signs.len().pow(length) {
                let sign = |at: u32| signs[number / signs.len().pow(at) % signs.len()];
                let pattern: String = (0..length).map(|at| char::from(sign(at))).collect();
                if is_plain(&pattern) {
                    plain += 1;
                    assert!(parse(&pattern).is_ok(), "{pattern}");
                }
            }
        }
        assert!(plain > 1000, "{plain}");
    }

    #[test]
    fn every_sign_that_is_plain_is_right() {
        for sign in (0..128).map(char::from) {
            for pattern in [
                format!("{sign}"),
                format!("{sign}*"),
                format!("\\{sign}"),
                format!("[{sign}]"),
                format!("[\\{sign}]"),
                format!("[a\\{sign}]"),
                format!("[a-{sign}]"),
                format!("[\\{sign}-z]"),
            ] {
                assert!(!is_plain(&pattern) || parse(&pattern).is_ok(), "{pattern}");
            }
        }
    }

    #[test]
    fn the_deepest_and_the_dearest_are_right() {
        let deepest = "(".repeat(66) + "a" + &")*".repeat(66);
        for pattern in [&*deepest, &r"\W".repeat(100), &"[^a]*".repeat(40)] {
            assert!(is_plain(pattern) && parse(pattern).is_ok(), "{pattern}");
        }
    }

    #[test]
    fn what_is_mostly_written_is_plain() {
        for pattern in
            ["/api/v[0-9]+/users/[^/]+(/.*)?", r"/a\.b/\d+", ".*", "^/shop(/|$)", "[a-z-]"]
        {
            assert!(is_plain(pattern), "{pattern}");
        }
        for pattern in ["(?i)/shop", "/a{2}", "a**", "[z-a]", "(", ")", "[", "[]", "a|*", r"\q"] {
            assert!(!is_plain(pattern), "{pattern}");
        }
    }
}
