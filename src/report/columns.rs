//! Tables in plain text: columns as wide as their widest cell, two blanks between, none at line ends. Where that is too
//! wide for the terminal, cells are folded between words; nothing is cut.

use unicode_width::UnicodeWidthStr;

/// Lays out rows of equal length. Never cuts a cell.
pub fn columns<const N: usize>(rows: &[[String; N]]) -> String {
    let mut widths = [0; N];
    for row in rows {
        for (width, cell) in widths.iter_mut().zip(row) {
            *width = (*width).max(cell.width());
        }
    }
    let mut out = String::new();
    for row in rows {
        let start = out.len();
        for (width, cell) in widths.iter().zip(row) {
            out.push_str(cell);
            out.extend(std::iter::repeat_n(' ', width - cell.width() + 2));
        }
        out.truncate(start + out[start..].trim_end().len());
        out.push('\n');
    }
    out
}

/// Lays out rows so that they fit into `width` columns, where there is a width and folding between words suffices.
/// The first row is the heading and stays on one line.
pub fn columns_within<const N: usize>(rows: &[[String; N]], width: Option<usize>) -> String {
    let Some(widths) = width.and_then(|width| folded_widths(rows, width)) else {
        return columns(rows);
    };
    let mut folded: Vec<[String; N]> = Vec::new();
    for (at, row) in rows.iter().enumerate() {
        if at == 0 {
            folded.push(row.clone());
            continue;
        }
        let mut cells: Vec<std::vec::IntoIter<String>> =
            row.iter().zip(widths).map(|(cell, width)| fold(cell, width).into_iter()).collect();
        loop {
            let line: Vec<Option<String>> = cells.iter_mut().map(Iterator::next).collect();
            if line.iter().all(Option::is_none) {
                break;
            }
            let mut line = line.into_iter().map(Option::unwrap_or_default);
            folded.push(std::array::from_fn(|_| line.next().unwrap_or_default()));
        }
    }
    columns(&folded)
}

/// How wide columns may be; none where they fit as they are.
fn folded_widths<const N: usize>(rows: &[[String; N]], width: usize) -> Option<[usize; N]> {
    let (mut widths, mut least) = ([0; N], [0; N]);
    for (row, is_heading) in rows.iter().zip([true].into_iter().chain(std::iter::repeat(false))) {
        for (at, cell) in row.iter().enumerate() {
            widths[at] = widths[at].max(cell.width());
            let word = cell.split(' ').map(UnicodeWidthStr::width).max().unwrap_or_default();
            least[at] = least[at].max(if is_heading { cell.width() } else { word });
        }
    }
    let total = |widths: &[usize; N]| {
        let used = widths.iter().filter(|width| **width > 0);
        used.clone().sum::<usize>() + 2 * used.count().saturating_sub(1)
    };
    if total(&widths) <= width {
        return None;
    }
    while total(&widths) > width {
        let widest = (0..N).filter(|&at| widths[at] > least[at]).max_by_key(|&at| widths[at])?;
        widths[widest] -= 1;
    }
    Some(widths)
}

/// Breaks a cell between words into lines of a width that no word exceeds.
fn fold(cell: &str, width: usize) -> Vec<String> {
    let mut lines = vec![String::new()];
    let mut gap = 0;
    for word in cell.split(' ') {
        if word.is_empty() {
            gap += 1;
            continue;
        }
        let line = lines.last_mut().expect("never empty");
        if !line.is_empty() && line.width() + gap + word.width() > width {
            lines.push(word.to_owned());
        } else {
            if !line.is_empty() {
                line.extend(std::iter::repeat_n(' ', gap));
            }
            line.push_str(word);
        }
        gap = 1;
    }
    lines
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cells_are_folded_between_words_where_lines_would_be_too_wide() {
        let rows = [
            ["NAME", "MATCH", "TO"],
            ["a.b.c", "/x*  y=~^1$  z=longer-than-that", "cart:80"],
            ["", "/*", "web:80 (no such cluster)"],
        ]
        .map(|row| row.map(str::to_owned));
        let folded = "\
NAME   MATCH               TO
a.b.c  /x*  y=~^1$         cart:80
       z=longer-than-that
       /*                  web:80 (no such
                           cluster)
";
        assert_eq!(columns_within(&rows, Some(43)), folded);
        assert_eq!(columns_within(&rows, Some(200)), columns(&rows));
        assert_eq!(columns_within(&rows, None), columns(&rows));
        // A word is never broken, so this cannot be narrow enough.
        assert_eq!(columns_within(&rows, Some(10)), columns(&rows));
    }

    #[test]
    fn cells_are_padded_and_line_ends_trimmed() {
        let rows = [["CODE", "NAME", "X"], ["a", "日本", ""], ["longer", "b", "c"]];
        assert_eq!(
            columns(&rows.map(|row| row.map(str::to_owned))),
            "CODE    NAME  X\na       日本\nlonger  b     c\n"
        );
    }
}
