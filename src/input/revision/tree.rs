//! The names of a revision: files, folders, links. Knows nothing of what is in the files but where links lead.

use std::borrow::Cow;
use std::ffi::OsStr;
use std::path::Path;

use rustc_hash::FxHashMap;

/// What each link holds, by its id.
pub(super) type Links = FxHashMap<String, Vec<u8>>;

/// How many links a path may lead through; as many as Linux follows.
const MOST_LINKS: usize = 40;

/// All that is in a revision but folders, sorted by the bytes of the paths.
#[derive(Debug)]
pub(super) struct Tree {
    entries: Vec<Entry>,
}

/// Something that is not a folder.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Entry {
    /// The path from the root of the work tree, with `/`.
    pub(super) path: Vec<u8>,
    pub(super) kind: Kind,
    /// What git knows its bytes by.
    pub(super) id: String,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    File,
    Link,
    /// A commit of another repository.
    Submodule,
    /// A file of the index in which two changes are in conflict.
    Unmerged,
}

/// What stands at a path.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum At<'t> {
    /// A folder, with its path.
    Folder(Vec<u8>),
    Entry(&'t Entry),
}

impl Entry {
    pub(super) fn is_link(&self) -> bool {
        self.kind == Kind::Link
    }

    /// The last part of the path.
    pub(super) fn file_name(&self) -> &[u8] {
        last(&self.path)
    }
}

impl Tree {
    /// Reads what `git ls-tree -r -z` prints: `MODE TYPE ID<tab>PATH`.
    pub(super) fn of_revision(text: &[u8]) -> Self {
        Self::new(text, |[_, _, id]| (id, false))
    }

    /// Reads what `git ls-files -s -z` prints: `MODE ID STAGE<tab>PATH`. A file in conflict stands there in each of its
    /// versions.
    pub(super) fn of_index(text: &[u8]) -> Self {
        Self::new(text, |[_, id, stage]| (id, stage != "0"))
    }

    fn new(text: &[u8], read: fn([&str; 3]) -> (&str, bool)) -> Self {
        let entry = |record: &[u8]| {
            let tab = record.iter().position(|byte| *byte == b'\t')?;
            let mut words = std::str::from_utf8(&record[..tab]).ok()?.split_ascii_whitespace();
            let words = [words.next()?, words.next()?, words.next()?];
            let (id, is_unmerged) = read(words);
            let kind = match words[0] {
                _ if is_unmerged => Kind::Unmerged,
                "120000" => Kind::Link,
                "160000" => Kind::Submodule,
                _ => Kind::File,
            };
            Some(Entry { path: record[tab + 1..].to_owned(), kind, id: id.to_owned() })
        };
        let mut entries: Vec<Entry> = text.split(|byte| *byte == 0).filter_map(entry).collect();
        entries.sort_by(|a, b| a.path.cmp(&b.path));
        entries.dedup_by(|a, b| a.path == b.path);
        Self { entries }
    }

    pub(super) fn entries(&self) -> &[Entry] {
        &self.entries
    }

    pub(super) fn has_links(&self) -> bool {
        self.entries.iter().any(Entry::is_link)
    }

    /// What stands at a path; the root is always a folder.
    pub(super) fn at(&self, path: &[u8]) -> Option<At<'_>> {
        let found = self.entries.binary_search_by(|entry| entry.path.as_slice().cmp(path));
        match found {
            Ok(at) => Some(At::Entry(&self.entries[at])),
            Err(_) if path.is_empty() || !self.below(path).is_empty() => {
                Some(At::Folder(path.to_owned()))
            }
            Err(_) => None,
        }
    }

    /// All that is below a folder.
    pub(super) fn below(&self, folder: &[u8]) -> &[Entry] {
        if folder.is_empty() {
            return &self.entries;
        }
        let (first, after) = ([folder, b"/"].concat(), [folder, b"0"].concat());
        let start = self.entries.partition_point(|entry| entry.path < first);
        let end = self.entries.partition_point(|entry| entry.path < after);
        &self.entries[start..end]
    }

    /// The path behind all links; none: they lead out of the tree or in a circle.
    pub(super) fn real(&self, path: &[u8], links: &Links) -> Option<Vec<u8>> {
        let mut left: Vec<Vec<u8>> = parts(path).rev().map(<[u8]>::to_vec).collect();
        let mut real: Vec<Vec<u8>> = Vec::new();
        let mut followed = 0;
        while let Some(part) = left.pop() {
            if part == b".." {
                real.pop()?;
                continue;
            }
            real.push(part);
            let Some(At::Entry(entry)) = self.at(&real.join(&b'/')) else { continue };
            if entry.is_link() {
                followed += 1;
                let target = links.get(&entry.id)?;
                if followed > MOST_LINKS || target.starts_with(b"/") {
                    return None;
                }
                real.pop();
                left.extend(parts(target).rev().map(<[u8]>::to_vec));
            }
        }
        Some(real.join(&b'/'))
    }

    /// Whether a file lies under the `templates` of a Helm chart.
    pub(super) fn is_chart_template(&self, path: &[u8]) -> bool {
        folders(path).any(|folder| {
            last(folder) == b"templates" && {
                let above = &folder[..folder.len() - b"templates".len()];
                self.at(&[above, b"Chart.yaml"].concat()).is_some()
            }
        })
    }
}

/// The folders above a path, from the root of the tree on, which is none of them.
pub(super) fn folders(path: &[u8]) -> impl DoubleEndedIterator<Item = &[u8]> {
    (0..path.len()).filter(|at| path[*at] == b'/').map(|at| &path[..at])
}

/// The last part of a path.
pub(super) fn last(path: &[u8]) -> &[u8] {
    path.rsplit(|byte| *byte == b'/').next().unwrap_or(path)
}

fn parts(path: &[u8]) -> impl DoubleEndedIterator<Item = &[u8]> {
    path.split(|byte| *byte == b'/').filter(|part| !part.is_empty() && *part != b".")
}

/// A path of the file system as one of the tree.
pub(super) fn bytes(path: &Path) -> Vec<u8> {
    let parts: Vec<&[u8]> = path.iter().map(OsStr::as_encoded_bytes).collect();
    parts.join(&b'/')
}

/// A path of the tree as one of the file system.
#[cfg(unix)]
pub(super) fn as_path(path: &[u8]) -> Cow<'_, Path> {
    use std::os::unix::ffi::OsStrExt;
    Cow::Borrowed(Path::new(OsStr::from_bytes(path)))
}

/// A path of the tree as one of the file system.
#[cfg(not(unix))]
pub(super) fn as_path(path: &[u8]) -> Cow<'_, Path> {
    Cow::Owned(String::from_utf8_lossy(path).into_owned().into())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tree(lines: &[&str]) -> Tree {
        let text: Vec<String> = lines.iter().map(|line| line.replacen("  ", "\t", 1)).collect();
        Tree::of_revision(text.join("\0").as_bytes())
    }

    #[test]
    fn folders_are_what_stands_above_files() {
        let tree = tree(&[
            "100644 blob 1  a.yaml",
            "100644 blob 2  a/x.yaml",
            "100755 blob 3  a0.yaml",
            "160000 commit 4  sub",
        ]);
        let below: Vec<&[u8]> = tree.below(b"a").iter().map(|entry| &*entry.path).collect();
        assert_eq!(below, [b"a/x.yaml"]);
        assert_eq!(tree.at(b"a"), Some(At::Folder(b"a".to_vec())));
        assert_eq!(tree.at(b""), Some(At::Folder(Vec::new())));
        assert_eq!(tree.at(b"b"), None);
        let kind = |path: &[u8]| match tree.at(path) {
            Some(At::Entry(entry)) => entry.kind,
            other => panic!("{other:?}"),
        };
        assert_eq!(kind(b"a0.yaml"), Kind::File);
        assert_eq!(kind(b"sub"), Kind::Submodule);
    }

    #[test]
    fn links_lead_through_the_tree_and_no_further() {
        let tree = tree(&[
            "100644 blob 1  base/x.yaml",
            "120000 blob 2  apps/prod",
            "120000 blob 3  loop",
            "120000 blob 4  out",
            "120000 blob 5  whole",
        ]);
        let targets = ["../base", "loop", "../..", "/etc"].map(|text| text.as_bytes().to_vec());
        let links: Links =
            ["2", "3", "4", "5"].map(str::to_owned).into_iter().zip(targets).collect();
        let real = |path: &str| tree.real(path.as_bytes(), &links);
        assert_eq!(real("apps/prod/x.yaml"), Some(b"base/x.yaml".to_vec()));
        assert_eq!(real("apps/prod"), Some(b"base".to_vec()));
        for path in ["loop", "out/x", "whole/passwd"] {
            assert_eq!(real(path), None, "{path}");
        }
    }

    #[test]
    fn a_file_in_conflict_is_one_entry() {
        let text = b"100644 1 1\ta.yaml\x00100644 2 2\ta.yaml\x00100644 3 0\tb\tc.yaml\0";
        let tree = Tree::of_index(text);
        let all: Vec<_> = tree.entries().iter().map(|one| (&*one.path, one.kind)).collect();
        assert_eq!(all, [(&b"a.yaml"[..], Kind::Unmerged), (b"b\tc.yaml", Kind::File)]);
    }

    #[test]
    fn templates_lie_beside_a_chart() {
        let tree = tree(&[
            "100644 blob 1  c/Chart.yaml",
            "100644 blob 2  c/templates/x/a.yaml",
            "100644 blob 3  d/templates/a.yaml",
        ]);
        assert!(tree.is_chart_template(b"c/templates/x/a.yaml"));
        assert!(!tree.is_chart_template(b"d/templates/a.yaml"));
    }
}
