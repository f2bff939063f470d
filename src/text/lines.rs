//! From byte offsets to lines and columns.

/// A line and a column, both from 1; columns count Unicode characters.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Place {
    /// Line, from 1.
    pub line: u32,
    /// Column in characters, from 1.
    pub column: u32,
}

/// Where the lines of a text start. A line ends at LF; the CR of CRLF counts to its line.
#[derive(Clone, Debug)]
pub struct LineIndex {
    starts: Vec<u32>,
}

impl LineIndex {
    /// Indexes `text`.
    pub fn new(text: &str) -> Self {
        let mut starts = vec![0];
        starts.extend(memchr::memchr_iter(b'\n', text.as_bytes()).map(|at| to_u32(at + 1)));
        Self { starts }
    }

    /// The place of byte `offset` of `text`, which must be the indexed text. Offsets inside a character
    /// or past the end are moved back to the nearest boundary.
    pub fn place(&self, text: &str, offset: u32) -> Place {
        let mut at = (offset as usize).min(text.len());
        while !text.is_char_boundary(at) {
            at -= 1;
        }
        let line = self.starts.partition_point(|&start| start as usize <= at) - 1;
        let start = self.starts[line] as usize;
        Place { line: to_u32(line + 1), column: to_u32(text[start..at].chars().count() + 1) }
    }

    /// Byte offset of the start of `line` (from 1), if there is such a line.
    pub fn start_of(&self, line: u32) -> Option<u32> {
        self.starts.get(line.checked_sub(1)? as usize).copied()
    }
}

fn to_u32(n: usize) -> u32 {
    u32::try_from(n).expect("sources are smaller than 4 GiB")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_count_characters_and_lines_count_from_one() {
        let text = "a: é\r\nbü: x\n";
        let index = LineIndex::new(text);
        let at =
            |needle: &str| index.place(text, u32::try_from(text.find(needle).unwrap()).unwrap());
        assert_eq!(at("a"), Place { line: 1, column: 1 });
        assert_eq!(at("x"), Place { line: 2, column: 5 });
        assert_eq!(index.place(text, 999), Place { line: 3, column: 1 });
    }
}
