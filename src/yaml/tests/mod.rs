//! Tests of the whole module: trees, spans, semantics and messages.

mod differential;
mod errors;
mod robust;
mod semantics;
mod spans;

use std::fmt::Write as _;

use super::*;

fn chunk(text: &str) -> Chunk {
    Chunk { start: 0, end: offset(text.len()), document: 0 }
}

fn read(text: &str) -> Result<Tree<'_>, Error> {
    parse(SourceId::new(0), text, &chunk(text))
}

/// A tree in one line of JSON-like text: `{a: "x", b: [1, null]}`; aliases are shown as what they stand for.
fn show(node: Node<'_>) -> String {
    let list = |items: Vec<String>| items.join(", ");
    match node.kind() {
        Kind::Seq => format!("[{}]", list(node.items().map(show).collect())),
        Kind::Map => {
            format!(
                "{{{}}}",
                list(node.entries().map(|(k, v)| format!("{}: {}", k.key(), show(v))).collect())
            )
        }
        Kind::Scalar => match node.scalar().unwrap() {
            Scalar::Null => "null".to_owned(),
            Scalar::Bool(value) => value.to_string(),
            Scalar::Int(value) => value.to_string(),
            Scalar::Float(value) => format!("{value:?}"),
            Scalar::Str(text) => format!("{text:?}"),
        },
    }
}

fn shown(text: &str) -> String {
    match read(text) {
        Ok(tree) => tree.root().map_or_else(|| "nothing".to_owned(), show),
        Err(error) => format!("error: {error}"),
    }
}

/// A tree with all spans, one node a line.
fn spans(tree: &Tree<'_>) -> String {
    fn add(out: &mut String, node: Node<'_>, depth: usize) {
        let span = node.span();
        let what = match (node.kind(), node.is_alias()) {
            (_, true) => "alias".to_owned(),
            (Kind::Seq, _) => "seq".to_owned(),
            (Kind::Map, _) => "map".to_owned(),
            (Kind::Scalar, _) => format!("{:?}", node.raw().unwrap()),
        };
        writeln!(out, "{:1$}{what} {2}..{3}", "", depth * 2, span.start, span.end).unwrap();
        if !node.is_alias() {
            node.items().for_each(|item| add(out, item, depth + 1));
            node.entries().for_each(|(key, value)| {
                add(out, key, depth + 1);
                add(out, value, depth + 1);
            });
        }
    }
    let mut out = String::new();
    if let Some(root) = tree.root() {
        add(&mut out, root, 0);
    }
    writeln!(out, "{:?}", tree.duplicate_keys()).unwrap();
    out
}
