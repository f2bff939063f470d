//! Reads the ordinary subset of YAML in one pass; what is unusual it leaves to `granit`.
//!
//! It takes block mappings and lists, plain and quoted scalars on one line without escapes, flow collections of
//! these, and simple block scalars. Anchors, aliases, tags, merge keys, escapes, tabs, scalars over several lines,
//! keys that are not text, and everything doubtful make it give up. It never reports an error: wherever it returns a
//! tree, `granit` makes the same one (see the differential tests).

mod block;
mod bytes;
mod flow;
mod scalar;

use crate::text::SourceId;

use super::builder::Builder;
use super::tree::{Data, Style, Tag, Tree};
use super::{Chunk, MAX_DEPTH, offset, scalar::resolve};
use scalar::Stop;

/// The longest key that is taken; YAML allows 1024 characters.
const MAX_KEY: usize = 1000;

/// Reads one document, if it is ordinary.
pub(super) fn read<'s>(source: SourceId, text: &'s str, chunk: &Chunk) -> Option<Tree<'s>> {
    let (start, end) = (chunk.start as usize, chunk.end as usize);
    // What follows `---` on its line has rules of its own.
    let starts_line = start == 0 || text.as_bytes()[start - 1] == b'\n';
    if !starts_line || text.as_bytes()[start..end].starts_with(b"---") {
        return None;
    }
    let nodes = (end - start) / 14 + 8;
    Reader {
        bytes: &text.as_bytes()[..end],
        at: start,
        builder: Builder::new(source, text, nodes.min(1 << 16)),
        levels: Vec::with_capacity(16),
        missing: None,
    }
    .run()
}

struct Reader<'s> {
    /// The file up to the end of the document. The end reads as a line break.
    bytes: &'s [u8],
    /// The start of the next line.
    at: usize,
    builder: Builder<'s>,
    /// The block collections that are open.
    levels: Vec<Level>,
    /// Behind the colon or the dash whose value has not come yet.
    missing: Option<usize>,
}

#[derive(Clone, Copy)]
struct Level {
    column: usize,
    map: bool,
}

impl<'s> Reader<'s> {
    fn byte(&self, at: usize) -> u8 {
        self.bytes.get(at).copied().unwrap_or(b'\n')
    }

    fn run(mut self) -> Option<Tree<'s>> {
        while self.at < self.bytes.len() {
            let text = self.skip_blanks(self.at);
            match self.byte(text) {
                b'\n' => self.at = text + 1,
                b'\r' | b'#' => self.at = self.next_line(text)?,
                _ => self.line(text, text - self.at)?,
            }
        }
        self.fill_missing();
        while self.levels.pop().is_some() {
            self.close();
        }
        Some(self.builder.tree)
    }

    /// Reads the line whose text starts at `at`, `column` blanks from the line's start.
    fn line(&mut self, at: usize, column: usize) -> Option<()> {
        if column == 0 && self.bytes[at..].starts_with(b"...") {
            return None;
        }
        let dash = self.is_dash(at);
        let fresh = match self.levels.last() {
            None if self.builder.tree.root.is_none() => true,
            None => return None,
            Some(top) if self.missing.is_some() => {
                column > top.column || (column == top.column && top.map && dash)
            }
            Some(_) => false,
        };
        if fresh {
            self.missing = None;
        } else {
            self.fill_missing();
            self.leave(column, dash)?;
        }
        self.content(at, column, fresh)
    }

    /// Closes the collections that end before a line at `column`; the innermost left must be one that goes on there.
    fn leave(&mut self, column: usize, dash: bool) -> Option<()> {
        loop {
            let top = *self.levels.last()?;
            let ended = top.column > column || (top.column == column && !top.map && !dash);
            if !ended {
                return (top.column == column && top.map != dash).then_some(());
            }
            self.levels.pop();
            self.close();
        }
    }

    /// Reads dashes, then a key with its value or a value. `fresh`: no collection is open at `column` yet.
    fn content(&mut self, mut at: usize, mut column: usize, mut fresh: bool) -> Option<()> {
        let mut item = false;
        while self.is_dash(at) {
            if fresh {
                self.open(at, column, false)?;
            }
            let next = self.skip_blanks(at + 1);
            if matches!(self.byte(next), b'\n' | b'\r' | b'#') {
                self.missing = Some(at + 1);
                self.at = self.next_line(next)?;
                return Some(());
            }
            column += next - at;
            at = next;
            fresh = true;
            item = true;
        }
        match self.byte(at) {
            quote @ (b'"' | b'\'') => {
                let end = self.quoted(at, quote)?;
                let colon = self.skip_blanks(end);
                if self.byte(colon) == b':' {
                    return self.entry(at, end, Style::Quoted, colon, column, fresh);
                }
                if !item {
                    return None;
                }
                self.leaf(at, end, Style::Quoted);
                self.finish_line(end)
            }
            b'[' | b'{' if item || self.levels.is_empty() => {
                let end = self.flow(at)?;
                self.finish_line(end)
            }
            b'|' | b'>' if item => self.block(at, self.levels.last()?.column),
            _ => {
                let (end, stop, next) = self.plain(at, false)?;
                if stop == Stop::Colon {
                    return self.entry(at, end, Style::Plain, next, column, fresh);
                }
                if !item {
                    return None;
                }
                self.leaf(at, end, Style::Plain);
                self.finish_line(end)
            }
        }
    }

    /// Reads the value behind the key `start..end` whose colon is at `colon`.
    fn entry(
        &mut self,
        start: usize,
        end: usize,
        style: Style,
        colon: usize,
        column: usize,
        fresh: bool,
    ) -> Option<()> {
        if fresh {
            self.open(start, column, true)?;
        } else if !self.levels.last()?.map {
            return None;
        }
        self.key(start, end, style)?;
        let behind = colon + 1;
        let at = self.skip_blanks(behind);
        match self.byte(at) {
            b'\n' | b'\r' => {
                self.missing = Some(behind);
                self.at = self.next_line(at)?;
                return Some(());
            }
            _ if at == behind => return None,
            b'#' => {
                self.missing = Some(behind);
                self.at = self.next_line(at)?;
                return Some(());
            }
            _ => {}
        }
        match self.byte(at) {
            quote @ (b'"' | b'\'') => {
                let end = self.quoted(at, quote)?;
                self.leaf(at, end, Style::Quoted);
                self.finish_line(end)
            }
            b'[' | b'{' => {
                let end = self.flow(at)?;
                self.finish_line(end)
            }
            b'|' | b'>' => self.block(at, column),
            _ => {
                if self.is_dash(at) {
                    return None;
                }
                let (end, stop, _) = self.plain(at, false)?;
                if stop == Stop::Colon {
                    return None;
                }
                self.leaf(at, end, Style::Plain);
                self.finish_line(end)
            }
        }
    }

    /// Adds a key, unless it is one that needs more than its text.
    fn key(&mut self, start: usize, end: usize, style: Style) -> Option<()> {
        if end - start > MAX_KEY {
            return None;
        }
        if style == Style::Plain {
            let text = &self.builder.tree.text[start..end];
            let doubtful = text == "<<" || text.ends_with(['"', '\'']);
            if doubtful || !matches!(resolve(text), super::Scalar::Str(_)) {
                return None;
            }
        }
        self.leaf(start, end, style);
        Some(())
    }

    fn leaf(&mut self, start: usize, end: usize, style: Style) {
        let quotes = usize::from(style == Style::Quoted);
        let (first, last) = (offset(start + quotes), offset(end - quotes));
        let data = Data::Slice { start: first, end: last, style, tag: Tag::None };
        self.builder.leaf(offset(start), offset(end), data);
    }

    fn fill_missing(&mut self) {
        if let Some(at) = self.missing.take() {
            self.leaf(at, at, Style::Plain);
        }
    }

    fn open(&mut self, at: usize, column: usize, map: bool) -> Option<()> {
        if self.builder.depth() >= MAX_DEPTH {
            return None;
        }
        self.levels.push(Level { column, map });
        self.builder.open(offset(at), map);
        Some(())
    }

    fn close(&mut self) {
        if self.builder.in_map() == Some(true) {
            self.builder.find_plain_duplicates();
        }
        self.builder.close(None);
    }
}
