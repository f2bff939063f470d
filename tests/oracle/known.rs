//! Lists of known differences: one `name<TAB>reason` a line; lines that begin with `#` are comments.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

/// The cases that are known to differ.
#[derive(Default)]
pub(crate) struct Known(BTreeMap<String, String>);

impl Known {
    /// Reads a list; none is an empty one.
    pub(crate) fn read(path: &Path) -> Result<Self, String> {
        if !path.exists() {
            return Ok(Self::default());
        }
        let text = fs::read_to_string(path).map_err(|error| error.to_string())?;
        let lines = text.lines().filter(|line| !line.trim().is_empty() && !line.starts_with('#'));
        lines
            .map(|line| match line.split_once('\t') {
                Some((name, reason)) if !reason.trim().is_empty() => {
                    Ok((name.to_owned(), reason.to_owned()))
                }
                _ => Err(format!("{}: no reason behind a tab: {line}", path.display())),
            })
            .collect::<Result<_, _>>()
            .map(Self)
    }

    pub(crate) fn reason(&self, name: &str) -> Option<&str> {
        self.0.get(name).map(String::as_str)
    }

    pub(crate) fn names(&self) -> impl Iterator<Item = &str> {
        self.0.keys().map(String::as_str)
    }
}
