//! Comments that hold a word, and the nodes that they stand at. Knows nothing of what they say.

use memchr::memmem;

use crate::text::Span;

use super::layout::{line_end, line_start, skip_space};
use super::tree::{Data, NodeData, Style, Tree};
use super::{Chunk, offset};

/// A comment in a document.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Comment {
    /// From its `#` to the end of its line.
    pub span: Span,
    /// The start of its line.
    pub line: u32,
    /// Whether nothing else stands on its line.
    pub is_alone: bool,
}

/// The comments of a document that begin with a word: `# word ...`. What looks like one within a scalar is none.
pub fn comments(tree: &Tree<'_>, chunk: &Chunk, word: &str) -> Vec<Comment> {
    let bytes = tree.text.as_bytes();
    let (start, end) = (chunk.start as usize, chunk.end as usize);
    let mut scalars: Option<Vec<(u32, u32, Style)>> = None;
    let mut found = Vec::new();
    for at in memmem::find_iter(&bytes[start..end], word.as_bytes()) {
        let line = line_start(bytes, start + at, start);
        let before = &bytes[line..start + at];
        let blanks = before.iter().rev().take_while(|b| matches!(b, b' ' | b'\t')).count();
        let Some(hash) = before.len().checked_sub(blanks + 1) else { continue };
        let is_free = hash == 0 || matches!(before[hash - 1], b' ' | b'\t');
        if before[hash] != b'#' || !is_free {
            continue;
        }
        let is_alone = before[..hash].iter().all(|b| matches!(b, b' ' | b'\t'));
        let hash = line + hash;
        if is_in_scalar(scalars.get_or_insert_with(|| sorted_scalars(tree)), bytes, hash) {
            continue;
        }
        let stop = line_end(bytes, hash, end);
        let span = Span::new(tree.source, offset(hash), offset(stop));
        found.push(Comment { span, line: offset(line), is_alone });
    }
    found
}

/// Where scalars are written that are not empty, one after the other.
fn sorted_scalars(tree: &Tree<'_>) -> Vec<(u32, u32, Style)> {
    let scalar = |node: &NodeData| match node.data {
        Data::Slice { style, .. } | Data::Owned { style, .. } => {
            (node.start < node.end).then_some((node.start, node.end, style))
        }
        _ => None,
    };
    let mut scalars: Vec<_> = tree.nodes.iter().filter_map(scalar).collect();
    scalars.sort_unstable_by_key(|(start, ..)| *start);
    scalars
}

fn is_in_scalar(scalars: &[(u32, u32, Style)], bytes: &[u8], at: usize) -> bool {
    let before = scalars.partition_point(|(start, ..)| (*start as usize) <= at);
    let Some(&(start, end, style)) = before.checked_sub(1).map(|at| &scalars[at]) else {
        return false;
    };
    // Behind the `|` or `>` of a block scalar there may be a comment.
    let is_header = style == Style::Block && !bytes[start as usize..at].contains(&b'\n');
    at < end as usize && !is_header
}

/// The entry or item, with all that is below it, that begins on the line after a comment; the whole root where it is
/// that. Further comments and empty lines between them do not count.
pub fn node_below(tree: &Tree<'_>, chunk: &Chunk, comment: Comment) -> Option<Span> {
    let bytes = tree.text.as_bytes();
    let next = skip_space(bytes, comment.span.end as usize, chunk.end as usize);
    let mut node = tree.root()?;
    if next >= chunk.end as usize {
        return None;
    }
    let at = offset(next);
    if at <= node.span().start {
        return Some(node.span());
    }
    let place = Span::new(tree.source, at, at);
    loop {
        if node.is_alias() {
            return None;
        }
        if let Some((key, value)) = node.entry_around(place) {
            if key.span().start == at {
                return Some(Span::new(tree.source, at, value.span().end));
            }
            node = value;
            if !node.span().contains(place) {
                return None;
            }
            continue;
        }
        let index = node.item_before(at).map(|(index, item)| (index, item.span()));
        match index {
            Some((_, span)) if span.start == at => return Some(span),
            Some((index, span)) if span.contains(place) => node = node.items().nth(index)?,
            _ => {
                // The dash stands before its item.
                let next = index.map_or(0, |(index, _)| index + 1);
                let item = node.items().nth(next)?.span();
                let is_dash = bytes[at as usize] == b'-';
                return is_dash.then(|| Span::new(tree.source, at, item.end));
            }
        }
    }
}

/// The value, below the line of a comment, of the last key that stands before it.
pub fn value_below(tree: &Tree<'_>, comment: Comment) -> Option<Span> {
    let at = comment.span.start;
    let place = Span::new(tree.source, at, at);
    let mut node = tree.root()?;
    loop {
        if node.is_alias() {
            return None;
        }
        if let Some((key, value)) = node.entry_around(place) {
            let (key, span) = (key.span(), value.span());
            if key.start >= comment.line && span.start > at {
                return Some(span);
            }
            if !span.contains(place) {
                return None;
            }
            node = value;
            continue;
        }
        let (_, item) = node.item_before(at)?;
        if !item.span().contains(place) {
            return None;
        }
        node = item;
    }
}
