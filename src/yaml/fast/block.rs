//! Block scalars: `|` and `>` with or without `-` or `+`, of plainly indented lines.

use super::bytes::{CLASS, UNUSUAL, unusual};
use super::{Data, Reader, Style, Tag, offset};

/// The header of a block scalar.
struct Header {
    folded: bool,
    /// `-`, `+` or neither.
    chomping: Option<u8>,
}

/// The lines of a block scalar.
#[derive(Default)]
struct Lines {
    /// Blanks in front of every line.
    indent: usize,
    /// The text of each line up to the last that is not blank.
    text: Vec<(usize, usize)>,
    /// Blank lines at the end.
    blank: usize,
    /// The start of the line behind them.
    next: usize,
}

impl Reader<'_> {
    /// Reads the block scalar at `start`; its lines are indented more than `column`.
    pub(super) fn block(&mut self, start: usize, column: usize) -> Option<()> {
        let folded = self.byte(start) == b'>';
        let chomping = Some(self.byte(start + 1)).filter(|b| matches!(b, b'-' | b'+'));
        let header = Header { folded, chomping };
        let first = start + 1 + usize::from(chomping.is_some());
        if !matches!(self.byte(first), b'\n' | b'\r') {
            return None;
        }
        let lines = self.block_lines(self.next_line(first)?, column)?;
        let &(from, to) = lines.text.last()?;
        if header.folded && !self.folds_simply(&lines) {
            return None;
        }
        let data = if lines.text.len() == 1 && chomping == Some(b'-') {
            Data::Slice {
                start: offset(from),
                end: offset(to),
                style: Style::Block,
                tag: Tag::None,
            }
        } else {
            let text = self.block_text(&header, &lines);
            let owned = &mut self.builder.tree.owned;
            owned.push(text.into());
            Data::Owned { index: offset(owned.len() - 1), style: Style::Block, tag: Tag::None }
        };
        self.builder.leaf(offset(start), offset(to), data);
        self.at = lines.next;
        Some(())
    }

    /// Finds the lines of a block scalar. Every one must end with a line break and hold nothing unusual.
    fn block_lines(&self, start: usize, column: usize) -> Option<Lines> {
        let mut lines = Lines::default();
        let mut line = start;
        while line < self.bytes.len() {
            let text = self.skip_blanks(line);
            let stop = text + memchr::memchr(b'\n', &self.bytes[text..])?;
            let end = stop - usize::from(stop > text && self.bytes[stop - 1] == b'\r');
            let blanks = text - line;
            if text == end {
                lines.blank += 1;
                // Blank lines longer than the indentation have text, or are an error at the start.
                if blanks > if lines.text.is_empty() { 0 } else { lines.indent } {
                    return None;
                }
            } else {
                if lines.text.is_empty() {
                    lines.indent = blanks;
                    if blanks <= column || self.bytes[text] == b'\t' {
                        return None;
                    }
                } else if blanks < lines.indent {
                    if blanks > column {
                        return None;
                    }
                    break;
                }
                self.check_line(text, end)?;
                lines.text.extend(std::iter::repeat_n((line, line), lines.blank));
                lines.text.push((line + lines.indent, end));
                lines.blank = 0;
            }
            line = stop + 1;
        }
        lines.next = line;
        Some(lines)
    }

    /// Refuses unusual characters, and lines of tabs alone, which count as blank in places.
    fn check_line(&self, start: usize, end: usize) -> Option<()> {
        let mut text = false;
        for at in start..end {
            let byte = self.bytes[at];
            text |= !matches!(byte, b' ' | b'\t');
            if CLASS[byte as usize] & UNUSUAL != 0 && (byte < 0x80 || unusual(self.bytes, at)) {
                return None;
            }
        }
        text.then_some(())
    }

    /// Whether every line break becomes a blank: no line is indented more, and none at the start is empty.
    fn folds_simply(&self, lines: &Lines) -> bool {
        lines.text[0].0 != lines.text[0].1
            && lines
                .text
                .iter()
                .all(|&(start, end)| start == end || !matches!(self.bytes[start], b' ' | b'\t'))
    }

    fn block_text(&self, header: &Header, lines: &Lines) -> String {
        let source = self.builder.tree.text;
        let mut text = String::with_capacity(lines.next - lines.text[0].0 + 1);
        let mut after_text = false;
        for (i, &(start, end)) in lines.text.iter().enumerate() {
            let blank = start == end;
            match (header.folded, blank) {
                (false, _) if i > 0 => text.push('\n'),
                (true, true) => text.push('\n'),
                (true, false) if after_text => text.push(' '),
                _ => {}
            }
            after_text = !blank;
            text.push_str(&source[start..end]);
        }
        match header.chomping {
            Some(b'-') => {}
            None => text.push('\n'),
            Some(_) => text.extend(std::iter::repeat_n('\n', lines.blank + 1)),
        }
        text
    }
}
