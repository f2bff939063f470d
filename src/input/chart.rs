//! Which files are templates of a Helm chart: those under a `templates` directory beside a `Chart.yaml`.
//! Knows nothing of what is in them.

use std::env;
use std::fs;
use std::path::{Path, PathBuf};

use memchr::memmem;
use rustc_hash::FxHashMap;

const TEMPLATES: &str = "templates";

/// Asks the file system once for each `templates` directory.
pub(super) struct Charts {
    current: PathBuf,
    /// The working directory may itself be among the templates.
    below: bool,
    known: FxHashMap<PathBuf, bool>,
}

impl Charts {
    pub(super) fn new() -> Self {
        let current = env::current_dir().unwrap_or_default();
        let below = current.components().any(|part| part.as_os_str() == TEMPLATES);
        Self { current, below, known: FxHashMap::default() }
    }

    /// Whether a file is a template of a chart.
    pub(super) fn has_template(&mut self, path: &Path) -> bool {
        // Most paths are told apart by this alone.
        if !self.below
            && memmem::find(path.as_os_str().as_encoded_bytes(), TEMPLATES.as_bytes()).is_none()
        {
            return false;
        }
        let path = self.current.join(path);
        let mut directories =
            path.ancestors().skip(1).filter(|directory| directory.ends_with(TEMPLATES));
        directories.any(|directory| {
            let Some(chart) = directory.parent() else { return false };
            if let Some(&known) = self.known.get(chart) {
                return known;
            }
            let known = fs::metadata(chart.join("Chart.yaml")).is_ok();
            self.known.insert(chart.to_owned(), known);
            known
        })
    }
}
