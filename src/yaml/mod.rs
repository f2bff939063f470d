//! YAML as Kubernetes reads it: text to node trees with byte spans. Knows nothing of Kubernetes or Istio.
//!
//! A file is split into documents as `kubectl` splits it ([`split`]), each document is read into a [`Tree`]
//! ([`parse`]), and scalars are resolved by the YAML 1.1 rules of go-yaml v2 ([`Node::scalar`]), which is what
//! Kubernetes and Istio run. Trees borrow the text and are dropped after typing.
//!
//! Spans: a scalar includes its quotes; a block scalar runs from its `|` or `>` to the end of its last line of text;
//! a block collection ends with its last child; an empty value is an empty span right after its colon or dash.

mod builder;
mod comments;
mod error;
mod explain;
mod fast;
mod granit;
mod layout;
mod merge;
mod path;
mod repair;
mod scalar;
mod split;
mod tag;
#[cfg(test)]
mod tests;
mod tree;

pub use comments::{Comment, comments, node_below, value_below};
pub use error::Error;
pub use path::{FieldPath, Segment, node_at, path_at, steps_to};
pub use split::{Chunk, split};
pub use tree::{Kind, Node, NodeId, Scalar, Style, Tree};

use crate::text::SourceId;

/// How deep lists and mappings may be nested. go-yaml allows 10,000.
pub const MAX_DEPTH: usize = 255;

/// How many nodes a document with aliases may have once they are expanded. go-yaml has a ratio instead.
pub const MAX_EXPANDED_NODES: u64 = 4_000_000;

/// Reads one document of a file. `text` is the whole file, without a byte order mark, and spans are offsets in it.
///
/// Only the first YAML document of the chunk counts: what follows `...` is not read.
pub fn parse<'s>(source: SourceId, text: &'s str, chunk: &Chunk) -> Result<Tree<'s>, Error> {
    match fast::read(source, text, chunk) {
        Some(tree) => Ok(tree),
        None => granit::read(source, text, chunk),
    }
}

/// Whether text is text without quotes too, and neither a number nor a boolean nor null.
pub fn is_text_at_sight(text: &str) -> bool {
    matches!(scalar::resolve(text), Scalar::Str(_))
}

/// A position as the 32 bits that spans have.
#[expect(clippy::cast_possible_truncation, reason = "sources are smaller than 4 GiB")]
fn offset(at: usize) -> u32 {
    at as u32
}
