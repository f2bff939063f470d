//! Tables in plain text: columns as wide as their widest cell, two blanks between, none at line ends.

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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cells_are_padded_and_line_ends_trimmed() {
        let rows = [["CODE", "NAME", "X"], ["a", "日本", ""], ["longer", "b", "c"]];
        assert_eq!(
            columns(&rows.map(|row| row.map(str::to_owned))),
            "CODE    NAME  X\na       日本\nlonger  b     c\n"
        );
    }
}
