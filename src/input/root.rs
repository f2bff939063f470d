//! The root of the repository that the working directory is in, for reports that are read elsewhere.

use std::path::Path;

/// A folder, and where the working directory is below it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Root {
    /// The folder, with `/`.
    folder: String,
    /// The way from there to the working directory, with `/`; empty: it is the folder itself.
    below: String,
}

/// The work tree of git around the working directory; outside of one the working directory.
pub fn root() -> Root {
    std::env::current_dir().map(|here| Root::around(&here)).unwrap_or_default()
}

impl Root {
    /// The root around a folder. `.git` is a folder, or a file in work trees and submodules.
    fn around(here: &Path) -> Self {
        let root = here.ancestors().find(|folder| folder.join(".git").exists()).unwrap_or(here);
        let below = here.strip_prefix(root).unwrap_or(Path::new(""));
        Self { folder: slashes(root), below: slashes(below) }
    }

    /// A file's name, as printed, relative to the root; none: the file is elsewhere.
    pub fn relative(&self, name: &str) -> Option<String> {
        let name = if name.starts_with('/') || name.get(1..3) == Some(":/") {
            let rest = name.strip_prefix(self.folder.trim_end_matches('/'))?;
            rest.strip_prefix('/')?.to_owned()
        } else {
            format!("{}/{name}", self.below)
        };
        let mut parts: Vec<&str> = Vec::new();
        for part in name.split('/') {
            match part {
                "" | "." => {}
                ".." => drop(parts.pop()?),
                part => parts.push(part),
            }
        }
        Some(parts.join("/"))
    }
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
        let root = Root { folder: "/home/me/repo".into(), below: "infra/prod".into() };
        for (name, expected) in [
            ("a.yaml", Some("infra/prod/a.yaml")),
            ("./x/../a.yaml", Some("infra/prod/a.yaml")),
            ("../../apps/a.yaml", Some("apps/a.yaml")),
            ("../../../a.yaml", None),
            ("/home/me/repo/apps/a.yaml", Some("apps/a.yaml")),
            ("/home/me/repository/a.yaml", None),
            ("/tmp/a.yaml", None),
            ("<stdin>", Some("infra/prod/<stdin>")),
        ] {
            assert_eq!(root.relative(name).as_deref(), expected, "{name}");
        }
        let root = Root { folder: "/".into(), below: String::new() };
        assert_eq!(root.relative("/a.yaml").as_deref(), Some("a.yaml"));
        assert_eq!(root.relative("a.yaml").as_deref(), Some("a.yaml"));
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
