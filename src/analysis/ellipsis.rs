//! Documents that are written in part: those of examples, with `...` for what everybody knows.

/// Whether something is left out of a document: it ends with a line `...` though no other document follows, which for YAML
/// is the end of the document, or a value is `...` or ends so.
pub(super) fn is_cut_off(body: &str, is_followed: bool) -> bool {
    // Few documents hold it.
    if memchr::memmem::find(body.as_bytes(), b"...").is_none() {
        return false;
    }
    let end = body.find("\n...").map(|at| at + 1).filter(|at| is_end(&body[*at..]));
    if let Some(at) = end
        && !(is_followed && body[at + 3..].trim().is_empty())
    {
        return true;
    }
    body[..end.unwrap_or(body.len())].lines().any(ends_with_ellipsis)
}

fn is_end(line: &str) -> bool {
    line[3..].starts_with(|c: char| c.is_ascii_whitespace()) || line.len() == 3
}

fn ends_with_ellipsis(line: &str) -> bool {
    let value = line.split(" #").next().unwrap_or_default().trim();
    let value = value.trim_end_matches(['"', '\'', ',', ']', '}']);
    value.ends_with("...") && !value.starts_with('#')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_ellipsis_is_told_from_the_end_of_a_document() {
        for (body, is_followed, expected) in [
            ("a: b\n...\n", false, true),
            ("a: b\n...", false, true),
            ("a: b\n...\n", true, false),
            ("a: b\n...\nc: d\n", true, true),
            ("a: b\n... \n", true, false),
            ("a: ...\n", true, true),
            ("a: [\"...\"] # x\n", true, true),
            ("metadata:\n  name: shop-...\n", false, true),
            ("a: b # and so on...\n", false, false),
            ("# ...\na: b\n", false, false),
            ("a: b...c\n", false, false),
            ("a: b\n", false, false),
            ("a: b\n....\n", false, true),
        ] {
            assert_eq!(is_cut_off(body, is_followed), expected, "{body:?}");
        }
    }
}
