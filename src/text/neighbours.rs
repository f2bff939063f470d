//! Which files stand together.

use super::{SourceId, Sources};

/// Which files stand together, as far as their names tell.
#[derive(Clone, Copy, Debug, Default)]
pub struct Neighbours<'a>(Option<&'a Sources>);

impl<'a> Neighbours<'a> {
    /// By the names of files. The default takes all for neighbours.
    pub fn of(sources: &'a Sources) -> Self {
        Self(Some(sources))
    }

    /// Whether two files are one, stand in one folder, or one of them in a folder above the other; or the user named both.
    pub fn are_near(self, a: SourceId, b: SourceId) -> bool {
        let Some(sources) = self.0.filter(|_| a != b) else { return true };
        let [a, b] = [a, b].map(|id| sources.get(id));
        let [above, below] = [a, b].map(|source| folder(&source.name));
        (a.is_named && b.is_named) || is_within(above, below) || is_within(below, above)
    }
}

/// The folder of a file; empty for the current one.
pub fn folder(name: &str) -> &str {
    name.rfind('/').map_or("", |end| &name[..end])
}

/// Whether a file or folder is another one, or stands somewhere below it.
pub fn is_within(name: &str, folder: &str) -> bool {
    let rest = name.strip_prefix(folder);
    rest.is_some_and(|rest| folder.is_empty() || rest.is_empty() || rest.starts_with('/'))
}

/// A path that is relative to a folder, as files are named.
pub fn joined(folder: &str, path: &str) -> String {
    let mut parts: Vec<&str> = folder.split('/').filter(|part| !part.is_empty()).collect();
    for part in path.split('/') {
        match part {
            "" | "." => {}
            ".." if parts.last().is_some_and(|last| *last != "..") => drop(parts.pop()),
            part => parts.push(part),
        }
    }
    let root = if folder.starts_with('/') { "/" } else { "" };
    format!("{root}{}", parts.join("/"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::Source;

    #[test]
    fn neighbours_share_a_folder_or_stand_above() {
        let mut sources = Sources::default();
        let mut add = |name: &str| sources.add(Source::new(name.to_owned(), String::new()));
        let (near, below) = (add("a/one.yaml"), add("a/b/two.yaml"));
        let (other, alike) = (add("c/three.yaml"), add("ab/four.yaml"));
        let neighbours = Neighbours::of(&sources);
        assert!(neighbours.are_near(near, below) && neighbours.are_near(below, near));
        assert!(neighbours.are_near(other, other) && !neighbours.are_near(near, other));
        assert!(!neighbours.are_near(near, alike));
        assert!(Neighbours::default().are_near(near, other));
    }

    #[test]
    fn paths_are_joined_as_files_are_named() {
        for (folder, path, expected) in [
            ("", "a.yaml", "a.yaml"),
            ("k", "./a.yaml", "k/a.yaml"),
            ("k/o", "../../base/", "base"),
            ("", "../a", "../a"),
            ("/k", "../a", "/a"),
            ("../k", "../../a", "../../a"),
        ] {
            assert_eq!(joined(folder, path), expected, "{folder} {path}");
        }
    }
}
