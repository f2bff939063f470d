//! What is told of patterns and names without looking into them.

/// What all texts begin with that a regular expression matches as a whole; less where that is not plain to see.
pub(super) fn literal_start(pattern: &str) -> &str {
    let text = pattern.strip_prefix('^').unwrap_or(pattern);
    if has_branches(text) {
        return "";
    }
    let Some(end) = text.find(|c: char| !c.is_ascii() || r"\.+*?()|[]{}^$".contains(c)) else {
        return text;
    };
    // The last character may be there any number of times.
    let is_optional = text[end..].starts_with(['*', '?', '{']);
    &text[..if is_optional { end.saturating_sub(1) } else { end }]
}

/// Whether a pattern may have alternatives that are in no group.
fn has_branches(pattern: &str) -> bool {
    if !pattern.contains('|') {
        return false;
    }
    if pattern.contains(['\\', '[']) {
        return true;
    }
    let mut depth = 0_usize;
    pattern.bytes().any(|byte| {
        match byte {
            b'(' => depth += 1,
            b')' => depth = depth.saturating_sub(1),
            _ => {}
        }
        byte == b'|' && depth == 0
    })
}

/// Whether a name of `headers`, in lower case, is that of a header, and no claim of a token.
pub(super) fn is_key(name: &str) -> bool {
    !name.starts_with([':', '@']) && name != "host"
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_literal_ends_where_anything_else_may_follow() {
        let table = [
            ("/a", "/a"),
            ("^/a$", "/a"),
            ("/a/.*", "/a/"),
            ("/ab*", "/a"),
            ("/ab+c", "/ab"),
            ("/a{0}", "/"),
            ("/a(b|c)", "/a"),
            ("/a|/b", ""),
            ("(?i)/a", ""),
            ("/a[|]", ""),
            (r"/a\.b", "/a"),
            ("/aé*", "/a"),
            ("*", ""),
            (".*", ""),
            ("/a)|b(", ""),
        ];
        for (pattern, expected) in table {
            assert_eq!(literal_start(pattern), expected, "{pattern}");
        }
    }
}
