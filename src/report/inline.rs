//! Texts within Markdown: what is written comes out, and means nothing else.

use super::printable;

/// A value as code, so that no `*` or `<` in it means anything; a `|` would end the cell of a table.
pub(super) fn code(value: &str) -> String {
    if value.is_empty() || value == "-" {
        return value.to_owned();
    }
    let longest = value.split(|c| c != '`').map(str::len).max().unwrap_or_default();
    let fence = "`".repeat(longest + 1);
    let gap = if value.starts_with('`') || value.ends_with('`') { " " } else { "" };
    format!("{fence}{gap}{}{gap}{fence}", value.replace('|', "\\|"))
}

/// A sentence, whose backquotes already are Markdown; those that do not come in pairs are not.
pub(super) fn text(sentence: &str) -> String {
    let has_code = sentence.matches('`').count().is_multiple_of(2) && !sentence.contains("``");
    let mut out = String::with_capacity(sentence.len());
    let mut in_code = false;
    let sentence = printable(sentence);
    let mut chars = sentence.chars().peekable();
    while let Some(c) = chars.next() {
        in_code ^= has_code && c == '`';
        let is_special = match c {
            '|' => true,
            '`' => !has_code,
            '\\' | '*' | '_' | '<' | '$' | '&' | '~' => !in_code,
            // The middle of a link.
            ']' => !in_code && chars.peek() == Some(&'('),
            _ => false,
        };
        if is_special {
            out.push('\\');
        }
        out.push(c);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_are_code_and_pipes_are_escaped() {
        let table = [
            ("/cart*", "`/cart*`"),
            ("regex a|b", "`regex a\\|b`"),
            ("a`b", "``a`b``"),
            ("`a", "`` `a ``"),
            ("-", "-"),
            ("", ""),
        ];
        for (value, expected) in table {
            assert_eq!(code(value), expected);
        }
        assert_eq!(text("a_b | `x_y` <z>"), "a\\_b \\| `x_y` \\<z>");
    }

    #[test]
    fn backquotes_without_partner_begin_no_code() {
        assert_eq!(text("a ` <b>"), "a \\` \\<b>");
        assert_eq!(text("`a``b` [c](d)"), "\\`a\\`\\`b\\` [c\\](d)");
        assert_eq!(text("spec.http[1] of x"), "spec.http[1] of x");
    }
}
