//! Folders side by side of which the last part of the name tells the cluster: `shop-eu`, `shop-us`, `users-eu`, `users-us`.
//! The names alone may mean anything (`shop-api`, `shop-web`); that two such folders hold the same objects tells.

use std::collections::{BTreeMap, BTreeSet};

use super::alternatives::branch;
use crate::mesh::Duplicate;
use crate::text::{Sources, folder};

/// Of how many folders of one suffix the same objects must stand in that of the other suffix.
const SEVERAL: usize = 2;

/// The suffixes that tell clusters, by the folder in which the folders stand.
#[derive(Debug, Default)]
pub(super) struct Suffixes<'a>(BTreeMap<&'a str, BTreeSet<&'a str>>);

/// Where folders differ in their suffix only: the folder above, and the two suffixes, with what stands before them.
type Place<'a> = (&'a str, [&'a str; 2]);

/// What folders before the suffix are called, of those that hold the same objects; whether some of these objects are more
/// than Namespaces, which each part of an application may state.
#[derive(Default)]
struct Evidence<'a> {
    stems: BTreeSet<&'a str>,
    is_strong: bool,
}

impl<'a> Suffixes<'a> {
    /// Those that objects which stand twice tell.
    pub(super) fn of(duplicates: &[Duplicate], sources: &'a Sources) -> Self {
        let mut places: BTreeMap<Place<'a>, Evidence<'a>> = BTreeMap::new();
        for Duplicate { later, earlier } in duplicates {
            let [a, b] =
                [later, earlier].map(|meta| sources.get(meta.subject.source).name.as_str());
            let Some((above, stem, suffixes)) = siblings(a, b) else { continue };
            let evidence = places.entry((above, suffixes)).or_default();
            evidence.stems.insert(stem);
            evidence.is_strong |= !(later.group().is_empty() && later.kind() == "Namespace");
        }
        let mut all: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
        for ((above, suffixes), evidence) in places {
            if evidence.is_strong && evidence.stems.len() >= SEVERAL {
                all.entry(above).or_default().extend(suffixes);
            }
        }
        Self(all)
    }

    /// The folder in which the folders stand, and the suffix, for a file below one of them.
    pub(super) fn of_file(&self, name: &'a str) -> Option<(&'a str, &'a str)> {
        if self.0.is_empty() {
            return None;
        }
        let mut ends = name.rmatch_indices('/').map(|(end, _)| &name[..end]);
        ends.find_map(|path| {
            let above = folder(path);
            let (_, suffix) = parts(path)?;
            self.0.get(above).is_some_and(|known| known.contains(suffix)).then_some((above, suffix))
        })
    }
}

/// The folder above two folders that differ in their suffix only and hold one of two files each, what they are called
/// before it, and the suffixes in their order, with the `-` or the like before them.
fn siblings<'a>(a: &'a str, b: &'a str) -> Option<(&'a str, &'a str, [&'a str; 2])> {
    let ((above, one), (_, other)) = (branch(a, b)?, branch(b, a)?);
    // A file is no folder.
    let (one, other) = (Some(one).filter(|one| *one != a)?, Some(other).filter(|one| *one != b)?);
    let ((stem, one), (same, other)) = (parts(one)?, parts(other)?);
    let are_alike = stem == same && one[..1] == other[..1];
    (are_alike && one != other).then(|| (above, stem, [one.min(other), one.max(other)]))
}

/// The path of a folder before its suffix, and the suffix with the `-` or the like before it.
fn parts(path: &str) -> Option<(&str, &str)> {
    let start = path.rfind('/').map_or(0, |at| at + 1);
    let at = start + path[start..].rfind(['-', '_', '.'])?;
    (at > start && at + 1 < path.len()).then(|| (&path[..at], &path[at..]))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn folders_side_by_side_differ_in_their_suffix() {
        let found = siblings("k/shop-us/deep/a.yaml", "k/shop-eu/b.yaml");
        assert_eq!(found, Some(("k", "k/shop", ["-eu", "-us"])));
        assert_eq!(siblings("a-b-eu/x", "a-b-us/x"), Some(("", "a-b", ["-eu", "-us"])));
        for (a, b) in [
            ("shop-eu/a.yaml", "pay-us/a.yaml"),
            ("shop-eu/a.yaml", "shop_us/a.yaml"),
            ("shop-eu.yaml", "shop-us.yaml"),
            ("shop-eu/a.yaml", "shop-eu/b.yaml"),
            ("shop/a.yaml", "shop-eu/b.yaml"),
            ("k/shop-eu/a.yaml", "shop-us/b.yaml"),
            ("-eu/a.yaml", "-us/a.yaml"),
        ] {
            assert_eq!(siblings(a, b), None, "{a} {b}");
        }
    }
}
