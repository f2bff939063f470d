//! Scalars of granit: where they are exactly, and what tags make of them.

use granit_parser::ScalarStyle;

use crate::yaml::tag::{self, Tagged};
use crate::yaml::tree::{Data, Kind, Node, NodeId, Scalar, Style, Tag};
use crate::yaml::{Error, explain, layout, offset};

use super::{FoundTag, Reader};

impl Reader<'_, '_> {
    pub(super) fn scalar(
        &mut self,
        value: &str,
        style: ScalarStyle,
        tag: &FoundTag<'_>,
        start: usize,
        end: usize,
        column: usize,
    ) -> Result<NodeId, Error> {
        let bytes = self.builder.tree.text.as_bytes();
        let style = match style {
            ScalarStyle::Plain => Style::Plain,
            // The quotes may be those of a repair.
            ScalarStyle::SingleQuoted | ScalarStyle::DoubleQuoted => {
                let is_quoted = matches!(bytes.get(start), Some(b'"' | b'\''));
                if is_quoted { Style::Quoted } else { Style::Plain }
            }
            _ => Style::Block,
        };
        let (start, end) = match style {
            Style::Plain if start == end => {
                let at = self.place_of_empty(start);
                (at, at)
            }
            Style::Block => {
                let header = layout::block_header(bytes, self.cursor, self.end).unwrap_or(start);
                let empty = value.bytes().all(|b| b == b'\n');
                let last = if empty {
                    header
                        + bytes[header..self.end]
                            .iter()
                            .take_while(|b| b.is_ascii_graphic())
                            .count()
                } else {
                    layout::block_text_end(bytes, start, column, end)
                };
                (header, last)
            }
            _ => (start, end),
        };
        let value = if start == end { "" } else { value };
        self.check_escapes(start, end)?;
        let mut kind = Tag::None;
        let mut made = None;
        if let Some(tag) = tag {
            match tag::apply(tag.handle(), tag.suffix(), value, style) {
                Tagged::Text(tag) => kind = tag,
                Tagged::Made(text) => (kind, made) = (Tag::Str, Some(text)),
                Tagged::Refused(name) => {
                    let span = self.builder.span(offset(start), offset(end));
                    return Err(Error::new(
                        format!("the tag says {name}, but the text is `{value}`"),
                        span,
                    ));
                }
            }
        }
        let data = self.data(made.as_deref().unwrap_or(value), style, kind, start, end);
        self.cursor = self.cursor.max(end);
        let key = self.builder.at_key();
        let node = self.builder.leaf(offset(start), offset(end), data);
        self.sizes.push(1);
        if key {
            self.check_key(node)?;
        } else if self.builder.depth() == 0 && start == end && tag.is_none() {
            // Nothing but comments after an explicit start.
            self.builder.tree.root = None;
        }
        Ok(node)
    }

    /// go-yaml knows `\\/` only in JSON, which Kubernetes does not read as YAML.
    fn check_escapes(&self, start: usize, end: usize) -> Result<(), Error> {
        let text = self.builder.tree.text;
        let quoted = &text[start..end];
        if !quoted.starts_with('"')
            || !quoted.contains("\\/")
            || text[self.start..].trim_start().starts_with('{')
        {
            return Ok(());
        }
        let mut chars = quoted.char_indices();
        while let Some((at, char)) = chars.next() {
            if char == '\\' && chars.next().is_some_and(|(_, escaped)| escaped == '/') {
                return Err(explain::escape(&self.context(), start + at));
            }
        }
        Ok(())
    }

    /// Where a value stands that is not there: right after its colon or dash.
    fn place_of_empty(&self, reported: usize) -> usize {
        let bytes = self.builder.tree.text.as_bytes();
        let place = match self.builder.in_map() {
            Some(true) if !self.builder.at_key() => {
                layout::after_colon(bytes, self.cursor, self.end)
                    .filter(|&at| at <= reported.max(self.cursor) + 1)
                    .or(Some(self.cursor))
            }
            Some(false) if self.flow.is_empty() => {
                layout::dash(bytes, self.cursor, self.end).map(|dash| dash + 1)
            }
            _ => None,
        };
        place.unwrap_or(reported)
    }

    /// The text as a range of the source, if it stands there as it is.
    fn data(&mut self, value: &str, style: Style, tag: Tag, start: usize, end: usize) -> Data {
        let text = self.builder.tree.text;
        let inner =
            if style == Style::Quoted { start + 1..end.saturating_sub(1) } else { start..end };
        if style != Style::Block && text.get(inner.clone()) == Some(value) {
            return Data::Slice { start: offset(inner.start), end: offset(inner.end), style, tag };
        }
        let owned = &mut self.builder.tree.owned;
        owned.push(value.into());
        Data::Owned { index: offset(owned.len() - 1), style, tag }
    }

    pub(super) fn check_key(&self, key: NodeId) -> Result<(), Error> {
        let node = Node::of(&self.builder.tree, key);
        if node.kind() == Kind::Scalar && node.scalar() != Some(Scalar::Null) {
            return Ok(());
        }
        Err(explain::bad_key(&self.context(), node))
    }
}
