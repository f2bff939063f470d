//! `required-version`: which versions of gwctl may read a config file.

/// Whether `version` is one of those that `required` asks for, such as `>=0.3, <2`; none: that cannot be understood.
pub(super) fn admits(required: &str, version: &str) -> Option<bool> {
    let version = numbers(version)?;
    let mut admitted = true;
    for part in required.split(',').map(str::trim) {
        let digits = part.find(|c: char| c.is_ascii_digit())?;
        let (operator, number) = part.split_at(digits);
        let order = version.cmp(&numbers(number)?);
        admitted &= match operator.trim() {
            ">=" => order.is_ge(),
            ">" => order.is_gt(),
            "<=" => order.is_le(),
            "<" => order.is_lt(),
            "=" | "==" | "" => order.is_eq(),
            _ => return None,
        };
    }
    Some(admitted)
}

/// `1.2.3`; what is left out is 0, and what follows a `-` or `+` does not count.
fn numbers(text: &str) -> Option<[u64; 3]> {
    let text = text.split(['-', '+']).next().unwrap_or(text).trim();
    let mut numbers = [0; 3];
    for (at, part) in text.split('.').enumerate() {
        *numbers.get_mut(at)? = part.parse().ok()?;
    }
    Some(numbers)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn versions_are_compared_by_number() {
        for (required, admitted) in [
            (">=0.3", Some(true)),
            (">= 0.10", Some(true)),
            (">0.10.0", Some(false)),
            (">=0.3, <0.10", Some(false)),
            ("0.10", Some(true)),
            ("<=0.9.9", Some(false)),
            ("~0.3", None),
            (">=", None),
            ("", None),
            (">=0.3.1.2", None),
            (">=x", None),
        ] {
            assert_eq!(admits(required, "0.10.0"), admitted, "{required}");
        }
    }
}
