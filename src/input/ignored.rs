//! What the ignore rules leave out of a walk, and which of them: for who asks why a file is not read. Walks again, without
//! some of the rules; what lies below an ignored folder is not looked at.

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use rustc_hash::FxHashSet;

use super::pattern::Accept;
use super::walk::{Found, Root, walker};
use super::{LeftOut, Options};

/// Adds what lies in the folders of a walk and was not seen in it.
pub(super) fn list(options: &Options, root: &Root, accept: &Accept, found: &mut Found) {
    let seen: FxHashSet<PathBuf> = std::mem::take(&mut found.seen).into_iter().collect();
    let mut folders: FxHashSet<PathBuf> = std::mem::take(&mut found.entered).into_iter().collect();
    folders.insert(root.path.clone());
    let unseen: Vec<(PathBuf, bool)> = folders
        .iter()
        .flat_map(|folder| entries(folder))
        .filter(|(path, _)| !seen.contains(path) && !path.ends_with(".git"))
        .collect();
    if unseen.is_empty() {
        return;
    }
    let folders = Arc::new(folders);
    let own = left_by(root, false, &folders);
    let all = left_by(root, !options.no_gitignore, &folders);
    for (path, is_folder) in unseen {
        let name = root.name(&path);
        let why = match (own.contains(&path), all.contains(&path)) {
            (false, _) => LeftOut::OwnIgnoreFile,
            (true, false) => LeftOut::GitIgnore,
            (true, true) if !options.hidden => LeftOut::Hidden,
            // It came in between.
            (true, true) => continue,
        };
        // Who writes a pattern asks for what it matches.
        if matches!(accept, Accept::Manifests) || !is_folder && accept.file(&name) {
            found.left_out.push((LeftOut::name(name, is_folder), why));
        }
    }
}

/// What lies in a folder, and whether it is a folder.
fn entries(folder: &Path) -> Vec<(PathBuf, bool)> {
    let entries = fs::read_dir(folder).into_iter().flatten().flatten();
    entries.map(|entry| (entry.path(), entry.file_type().is_ok_and(|kind| kind.is_dir()))).collect()
}

/// What ignore files leave of these folders, hidden or not.
fn left_by(root: &Root, git: bool, folders: &Arc<FxHashSet<PathBuf>>) -> FxHashSet<PathBuf> {
    let folders = Arc::clone(folders);
    let is_wanted = move |path: &Path| path.parent().is_some_and(|folder| folders.contains(folder));
    let mut walker = walker(root, git);
    walker.hidden(false).filter_entry(move |entry| entry.depth() == 0 || is_wanted(entry.path()));
    walker.build().filter_map(Result::ok).map(ignore::DirEntry::into_path).collect()
}
