//! Merge keys: `<<` replaced by what it merges. Mirrors yaml.v2 `decode.go` 2.4.4: `mapping` and `merge`.
//!
//! Merges apply in document order and the later entry wins, so that `<<` after a key overwrites it; in a list of
//! mappings the earlier wins.

use super::builder::Builder;
use super::tree::{Data, NodeId, Style, Tag, Tree};
use super::{Error, MAX_EXPANDED_NODES};

/// Whether a key is a merge key: plain `<<`.
pub(super) fn is_merge(tree: &Tree<'_>, key: NodeId) -> bool {
    match tree.nodes[key.0 as usize].data {
        Data::Slice { start, end, style: Style::Plain, tag: Tag::None } => {
            &tree.text[start as usize..end as usize] == "<<"
        }
        _ => false,
    }
}

/// Replaces the merge keys of the innermost open mapping by the entries that they bring.
pub(super) fn flatten(builder: &mut Builder<'_>) -> Result<(), Error> {
    let tree = &builder.tree;
    let pairs = builder.children();
    if !pairs.iter().step_by(2).any(|&key| is_merge(tree, key)) {
        return Ok(());
    }
    let mut flat = Vec::with_capacity(pairs.len());
    for pair in pairs.chunks_exact(2) {
        if is_merge(tree, pair[0]) {
            merge(tree, pair[0], pair[1], &mut flat)?;
        } else {
            flat.extend_from_slice(pair);
        }
    }
    builder.set_children(&flat);
    Ok(())
}

fn merge(tree: &Tree<'_>, key: NodeId, value: NodeId, flat: &mut Vec<NodeId>) -> Result<(), Error> {
    let data = tree.nodes[value.0 as usize].data;
    if let Data::Seq { first, len } = data {
        for &item in tree.children[first as usize..(first + len) as usize].iter().rev() {
            merge_map(tree, key, item, flat)?;
        }
        return Ok(());
    }
    merge_map(tree, key, value, flat)
}

fn merge_map(
    tree: &Tree<'_>,
    key: NodeId,
    value: NodeId,
    flat: &mut Vec<NodeId>,
) -> Result<(), Error> {
    let mut node = &tree.nodes[value.0 as usize];
    let span = tree.span(value);
    if let Data::Alias(target) = node.data {
        node = &tree.nodes[target.0 as usize];
    }
    let Data::Map { first, len } = node.data else {
        return Err(Error::new("`<<` merges only mappings", span)
            .related(tree.span(key), "merged here")
            .help("write a mapping, an alias of one, or a list of these"));
    };
    let entries = &tree.children[first as usize..(first + 2 * len) as usize];
    if (tree.children.len() + flat.len() + entries.len()) as u64 > 2 * MAX_EXPANDED_NODES {
        return Err(super::explain::excessive_aliasing(span));
    }
    flat.extend_from_slice(entries);
    Ok(())
}
