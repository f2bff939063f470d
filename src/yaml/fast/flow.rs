//! Flow collections, also over several lines, as JSON has them.

use super::scalar::Stop;
use super::{MAX_DEPTH, Reader, Style, offset};

impl Reader<'_> {
    /// Reads the flow collection at `start` and returns its end. The depth bounds the recursion.
    pub(super) fn flow(&mut self, start: usize) -> Option<usize> {
        if self.builder.depth() >= MAX_DEPTH {
            return None;
        }
        let map = self.byte(start) == b'{';
        let close = if map { b'}' } else { b']' };
        self.builder.open(offset(start), map);
        let mut at = start + 1;
        loop {
            at = self.skip_lines(at)?;
            if self.byte(at) == close {
                if map {
                    self.builder.find_plain_duplicates();
                }
                self.builder.close(Some(offset(at + 1)));
                return Some(at + 1);
            }
            if map {
                at = self.flow_key(at)?;
            }
            at = self.flow_value(at)?;
            at = self.skip_lines(at)?;
            match self.byte(at) {
                b',' => at += 1,
                byte if byte == close => {}
                _ => return None,
            }
        }
    }

    /// Reads a key and its colon, and returns where the value starts.
    fn flow_key(&mut self, at: usize) -> Option<usize> {
        let colon = if let quote @ (b'"' | b'\'') = self.byte(at) {
            let end = self.quoted(at, quote)?;
            self.key(at, end, Style::Quoted)?;
            self.skip_blanks(end)
        } else {
            let (end, stop, colon) = self.plain(at, true)?;
            if stop != Stop::Colon || self.byte(end - 1) == b'?' {
                return None;
            }
            self.key(at, end, Style::Plain)?;
            colon
        };
        if self.byte(colon) == b':' { self.skip_lines(colon + 1) } else { None }
    }

    /// Reads a value and returns its end.
    fn flow_value(&mut self, at: usize) -> Option<usize> {
        match self.byte(at) {
            quote @ (b'"' | b'\'') => {
                let end = self.quoted(at, quote)?;
                self.leaf(at, end, Style::Quoted);
                Some(end)
            }
            b'[' | b'{' => self.flow(at),
            _ => {
                let (end, stop, _) = self.plain(at, true)?;
                if stop == Stop::Colon {
                    return None;
                }
                self.leaf(at, end, Style::Plain);
                Some(end)
            }
        }
    }

    /// Skips blanks and line ends.
    fn skip_lines(&self, mut at: usize) -> Option<usize> {
        loop {
            at = self.skip_blanks(at);
            if !matches!(self.byte(at), b'\n' | b'\r') {
                return Some(at);
            }
            at = self.next_line(at)?;
            let rest = self.bytes.get(at..)?;
            if rest.is_empty() || rest.starts_with(b"---") || rest.starts_with(b"...") {
                return None;
            }
        }
    }
}
