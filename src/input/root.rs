//! Folders that names of files are told from: the root of the repository for reports that are read elsewhere, the folder
//! of the config file for what stands in it. Compares names; follows no link.

use std::path::{Component, Path, PathBuf, absolute};

/// A folder, and the working directory that names, as printed, are relative to.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Root {
    /// The folder, absolute, with `/`.
    folder: String,
    /// The working directory, absolute, with `/`.
    here: String,
}

/// The work tree of git around the working directory; outside of one the working directory.
pub fn root() -> Root {
    std::env::current_dir().map(|here| Root::around(&here)).unwrap_or_default()
}

/// The work tree of git around the working directory, else the one around `other`, else `other` itself, if there is one.
pub fn root_or(other: Option<&Root>) -> Root {
    let of_git = |folder: &str| Path::new(folder).join(".git").exists();
    match other {
        Some(other) if !of_git(&root().folder) => {
            let around = Root::around(Path::new(&other.folder));
            Root { here: other.here.clone(), ..around }
        }
        _ => root(),
    }
}

/// Whether a file is there; what cannot be looked at is taken to be.
pub fn exists(path: &str) -> bool {
    Path::new(path).try_exists().unwrap_or(true)
}

impl Root {
    /// A folder, as given.
    pub fn of(folder: &Path) -> Self {
        let here = std::env::current_dir().unwrap_or_default();
        Self { folder: slashes(&whole(folder)), here: slashes(&here) }
    }

    /// The root around a folder. `.git` is a folder, or a file in work trees and submodules.
    fn around(here: &Path) -> Self {
        let root = here.ancestors().find(|folder| folder.join(".git").exists()).unwrap_or(here);
        Self { folder: slashes(root), here: slashes(here) }
    }

    /// A file's name, as printed, relative to the root; none: the file is elsewhere.
    pub fn relative(&self, name: &str) -> Option<String> {
        let name =
            if is_absolute(name) { name.to_owned() } else { format!("{}/{name}", self.here) };
        let name = tidy(&name)?;
        let rest = name.strip_prefix(self.folder.trim_end_matches('/'))?;
        match rest.strip_prefix('/') {
            Some(rest) => Some(rest.to_owned()),
            None => rest.is_empty().then(String::new),
        }
    }

    /// Whether a path, as given, is the folder itself or one above it.
    pub fn is_within(&self, path: &str) -> bool {
        let path = slashes(&whole(Path::new(path)));
        let rest = self.folder.strip_prefix(path.trim_end_matches('/'));
        rest.is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
    }

    /// A path that is relative to the root, as seen from the working directory.
    pub fn enter(&self, path: &str) -> String {
        if is_absolute(path) {
            return path.to_owned();
        }
        let Some(whole) = tidy(&format!("{}/{path}", self.folder)) else { return path.to_owned() };
        way(&self.here, &whole)
    }
}

/// A path as seen from the working directory.
pub(super) fn from_here(path: &Path) -> String {
    let here = std::env::current_dir().unwrap_or_default();
    way(&slashes(&here), &slashes(&whole(path)))
}

/// The way from one absolute folder to another file or folder; the other one itself where they share nothing.
fn way(from: &str, to: &str) -> String {
    let parts = |path: &'_ str| -> Vec<String> {
        path.split('/').filter(|part| !part.is_empty()).map(str::to_owned).collect()
    };
    let (from, steps) = (parts(from), parts(to));
    let shared = from.iter().zip(&steps).take_while(|(a, b)| a == b).count();
    if shared == 0 && !from.is_empty() {
        return to.to_owned();
    }
    let up = from[shared..].iter().map(|_| "..");
    let way: Vec<&str> = up.chain(steps[shared..].iter().map(String::as_str)).collect();
    if way.is_empty() { ".".to_owned() } else { way.join("/") }
}

/// An absolute name without `.` and `..`; none: it leads out of the file system.
fn tidy(name: &str) -> Option<String> {
    let mut parts: Vec<&str> = Vec::new();
    for part in name.split('/') {
        match part {
            "" | "." => {}
            ".." => drop(parts.pop()?),
            part => parts.push(part),
        }
    }
    let start = if name.starts_with('/') { "/" } else { "" };
    Some(start.to_owned() + &parts.join("/"))
}

/// A path made absolute, without `.` and `..`.
pub(super) fn whole(path: &Path) -> PathBuf {
    let path = absolute(path).unwrap_or_else(|_| path.to_owned());
    let mut whole = PathBuf::new();
    for part in path.components() {
        match part {
            Component::CurDir => {}
            Component::ParentDir => drop(whole.pop()),
            part => whole.push(part),
        }
    }
    whole
}

fn is_absolute(name: &str) -> bool {
    name.starts_with('/') || name.get(1..3) == Some(":/")
}

fn slashes(path: &Path) -> String {
    let text = path.to_string_lossy();
    if cfg!(windows) { text.replace('\\', "/") } else { text.into_owned() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_relative_to_the_root() {
        let root = Root { folder: "/home/me/repo".into(), here: "/home/me/repo/infra/prod".into() };
        for (name, expected) in [
            ("a.yaml", Some("infra/prod/a.yaml")),
            ("./x/../a.yaml", Some("infra/prod/a.yaml")),
            ("../../apps/a.yaml", Some("apps/a.yaml")),
            ("../../../a.yaml", None),
            ("../..", Some("")),
            ("/home/me/repo/apps/a.yaml", Some("apps/a.yaml")),
            ("/home/me/repository/a.yaml", None),
            ("/tmp/a.yaml", None),
            ("<stdin>", Some("infra/prod/<stdin>")),
        ] {
            assert_eq!(root.relative(name).as_deref(), expected, "{name}");
        }
        let root = Root { folder: "/".into(), here: "/".into() };
        assert_eq!(root.relative("/a.yaml").as_deref(), Some("a.yaml"));
        assert_eq!(root.relative("a.yaml").as_deref(), Some("a.yaml"));
    }

    #[test]
    fn paths_of_the_root_are_seen_from_the_working_directory() {
        for (here, path, expected) in [
            ("/home/me/repo", "infra", "infra"),
            ("/home/me/repo", ".", "."),
            ("/home/me/repo/apps", "infra/x", "../infra/x"),
            ("/home/me/repo/apps", "./apps", "."),
            ("/home/me/repo/apps", "apps/shop", "shop"),
            ("/home/me", "../other", "other"),
            ("/home/me", "/etc/x", "/etc/x"),
            ("/tmp", "infra", "/home/me/repo/infra"),
            ("/", "infra", "home/me/repo/infra"),
        ] {
            let root = Root { folder: "/home/me/repo".into(), here: here.into() };
            assert_eq!(root.enter(path), expected, "{path} from {here}");
        }
    }

    #[test]
    fn the_root_is_the_folder_that_git_knows() {
        let here = Path::new(env!("CARGO_MANIFEST_DIR"));
        let root = Root::around(&here.join("src/input"));
        // A package that was unpacked has no `.git`, but may lie in a repository of someone else.
        let name = root.relative("root.rs").unwrap();
        assert!(name.ends_with("root.rs") && !name.starts_with('/'), "{name}");
        if here.join(".git").exists() {
            assert_eq!(name, "src/input/root.rs");
        }
    }
}
