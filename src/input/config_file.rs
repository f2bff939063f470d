//! Where the config file is: in the folder of the first path, or in one above it. Knows nothing of what is in it.

use std::path::{Path, PathBuf};

use super::pattern::{Pattern, printed};
use super::root::{from_here, whole};
use super::{InputError, Root, read_text};

/// What a config file may be called.
pub const CONFIG_NAMES: &[&str] = &[".gwctl.yaml", "gwctl.yaml", ".gwctl.yml", "gwctl.yml"];

/// A config file.
#[derive(Clone, Debug)]
pub struct ConfigFile {
    /// Its name, as printed.
    pub name: String,
    /// Its text.
    pub text: String,
    /// Its folder, which what stands in it is relative to.
    pub root: Root,
}

impl ConfigFile {
    /// Reads a config file.
    pub fn read(path: &str) -> Result<Self, InputError> {
        let text = read_text(path)?;
        let folder = Path::new(path).parent().filter(|folder| !folder.as_os_str().is_empty());
        let root = Root::of(folder.unwrap_or(Path::new(".")));
        Ok(Self { name: printed(Path::new(path)), text, root })
    }
}

/// The config file for a run whose first path this is: that of its folder, else of the nearest one above it, up to the
/// root of the work tree of git.
pub fn find_config(first: &str) -> Result<Option<ConfigFile>, InputError> {
    let start = whole(&folder_of(first));
    for folder in start.ancestors() {
        let present: Vec<PathBuf> = CONFIG_NAMES
            .iter()
            .map(|name| folder.join(name))
            .filter(|path| path.is_file())
            .collect();
        match present.as_slice() {
            [] => {}
            [path] => return ConfigFile::read(&from_here(path)).map(Some),
            [first, second, ..] => {
                let (first, second) = (from_here(first), from_here(second));
                return Err(InputError::TwoConfigs { first, second });
            }
        }
        if folder.join(".git").exists() {
            break;
        }
    }
    Ok(None)
}

/// The folder that a path names or lies in; the working directory for standard input.
fn folder_of(path: &str) -> PathBuf {
    if path == "-" {
        return PathBuf::from(".");
    }
    let is_pattern = Pattern::is_meant(path) && !Path::new(path).exists();
    let path = match Pattern::new(path) {
        Ok(pattern) if is_pattern => pattern.base,
        _ => PathBuf::from(path),
    };
    if path.is_dir() {
        return path;
    }
    match path.parent() {
        Some(parent) if !parent.as_os_str().is_empty() => parent.to_owned(),
        _ => PathBuf::from("."),
    }
}
