//! Text with colours as cells that can be changed and written again.

/// A character and the escape sequence that colours it (empty: none).
pub(super) type Cell<'o> = (char, &'o str);

/// Cells of a line in which colours are given by escape sequences `ESC [ ... m`.
pub(super) fn cells(line: &str) -> Vec<Cell<'_>> {
    let mut cells = Vec::with_capacity(line.len());
    let mut style = "";
    let mut rest = line;
    while let Some(c) = rest.chars().next() {
        if c == '\u{1b}'
            && let Some(end) = rest.find('m')
        {
            let (escape, tail) = rest.split_at(end + 1);
            style = if escape == RESET { "" } else { escape };
            rest = tail;
        } else {
            cells.push((c, style));
            rest = &rest[c.len_utf8()..];
        }
    }
    cells
}

const RESET: &str = "\u{1b}[0m";

/// Appends a line: no blanks at its end, an escape sequence only where the colour changes.
pub(super) fn push_line(out: &mut String, cells: &[Cell<'_>]) {
    let len = cells.iter().rposition(|(c, _)| !c.is_whitespace()).map_or(0, |last| last + 1);
    let mut current = "";
    for &(c, style) in &cells[..len] {
        if style != current && !(c == ' ' && style.is_empty()) {
            if !current.is_empty() {
                out.push_str(RESET);
            }
            out.push_str(style);
            current = style;
        }
        out.push(c);
    }
    if !current.is_empty() {
        out.push_str(RESET);
    }
    out.push('\n');
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn colours_are_written_once_per_run_and_blanks_trimmed() {
        let line = "\u{1b}[31ma\u{1b}[0m\u{1b}[31mb\u{1b}[0m c \u{1b}[32m \u{1b}[0m";
        let mut out = String::new();
        push_line(&mut out, &cells(line));
        assert_eq!(out, "\u{1b}[31mab \u{1b}[0mc\n");
        push_line(&mut out, &[]);
        assert!(out.ends_with("c\n\n"));
    }
}
