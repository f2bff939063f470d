//! What is known where reading broke, and places around it.

use crate::text::{SourceId, Span};

use crate::yaml::layout::{line_end, line_start};
use crate::yaml::offset;

/// What is known where reading broke.
pub(in crate::yaml) struct Context<'a> {
    pub(in crate::yaml) source: SourceId,
    pub(in crate::yaml) text: &'a str,
    /// The document.
    pub(in crate::yaml) start: usize,
    pub(in crate::yaml) end: usize,
    /// The outermost bracket that is open, else the end of the last token that was read.
    pub(in crate::yaml) outer: usize,
}

impl Context<'_> {
    pub(super) fn span(&self, start: usize, end: usize) -> Span {
        Span::new(self.source, offset(start), offset(end))
    }

    /// The rest of the line from `at`, without blanks at its end.
    pub(super) fn rest(&self, at: usize) -> Span {
        let rest = &self.text[at..line_end(self.text.as_bytes(), at, self.end)];
        self.span(at, at + rest.trim_end().len())
    }

    /// The word at `at`.
    pub(super) fn word(&self, at: usize) -> Span {
        let rest = &self.text[at..self.end];
        let length = rest.find(char::is_whitespace).unwrap_or(rest.len());
        self.span(at, at + length.max(rest.chars().next().map_or(0, char::len_utf8)))
    }

    /// The first character of the line of `at` that is no blank.
    pub(super) fn line_text(&self, at: usize) -> usize {
        let bytes = self.text.as_bytes();
        let start = line_start(bytes, at, self.start);
        start + bytes[start..self.end].iter().take_while(|b| matches!(b, b' ' | b'\t')).count()
    }

    pub(super) fn same_line(&self, one: usize, other: usize) -> bool {
        line_start(self.text.as_bytes(), one, self.start)
            == line_start(self.text.as_bytes(), other, self.start)
    }

    /// A `{{` or `%{` on the lines between the last token and `at`.
    pub(super) fn template(&self, at: usize) -> Option<Span> {
        let bytes = self.text.as_bytes();
        let from = line_start(bytes, self.outer.min(at), self.start);
        let to = line_end(bytes, at, self.end);
        let open =
            from + self.text[from..to].find("{{").or_else(|| self.text[from..to].find("%{"))?;
        let close = self.text[open..to]
            .find("}}")
            .map_or_else(|| line_end(bytes, open, to), |n| open + n + 2);
        Some(self.span(open, close))
    }
}
