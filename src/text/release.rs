//! Numbers of releases.

/// `1.31` of `v1.31.2`: without the `v` and the number of the patch, whose text may go on as in `1.31.0-rc.1`. Another text
/// is left as it is.
pub fn release(text: &str) -> &str {
    let numbers = text.strip_prefix('v').unwrap_or(text);
    let is_number = |part: &str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit());
    let mut parts = numbers.splitn(3, '.');
    let (Some(major), Some(minor)) = (parts.next(), parts.next()) else { return text };
    let is_patch = parts.next().is_none_or(|patch| patch.starts_with(|c: char| c.is_ascii_digit()));
    if is_number(major) && is_number(minor) && is_patch {
        &numbers[..=major.len() + minor.len()]
    } else {
        text
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_release_has_two_numbers() {
        for (text, number) in [
            ("1.31", "1.31"),
            ("v1.31", "1.31"),
            ("v1.30.2", "1.30"),
            ("1.32.0-alpha.1", "1.32"),
            ("1.31.x", "1.31.x"),
            ("1.", "1."),
            ("v1", "v1"),
            ("", ""),
            ("latest", "latest"),
        ] {
            assert_eq!(release(text), number, "{text}");
        }
    }
}
