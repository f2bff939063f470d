//! YAML as Kubernetes reads it: text to node trees with byte spans. Knows nothing of Kubernetes or Istio.
//!
//! A file is split into documents as `kubectl` splits it ([`split`]), each document is read into a [`Tree`]
//! ([`parse`]), and scalars are resolved by the YAML 1.1 rules of go-yaml v2 ([`Node::scalar`]), which is what
//! Kubernetes and Istio run. Trees borrow the text and are dropped after typing.

mod error;
mod scalar;
mod tree;

pub use error::Error;
pub use tree::{Kind, Node, NodeId, Scalar, Style, Tree};
/// TEMP
pub fn path_at(_: &Tree<'_>, _: crate::text::Span) -> Option<String> {
    None
}
