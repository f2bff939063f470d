//! Which of the named paths the excludes and the ignore files leave, where they are to apply to those too. Reads no
//! file but ignore files.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf, absolute};

use ignore::WalkBuilder;
use rustc_hash::FxHashSet;

use super::Options;
use super::pattern::{Excludes, printed};

/// The paths that are neither excluded nor ignored, by themselves or by a parent.
pub(super) fn left<'p>(
    named: impl Iterator<Item = &'p PathBuf>,
    excludes: &Excludes,
    options: &Options,
) -> BTreeSet<PathBuf> {
    let admitted = named.filter(|path| !excludes.matches_any_part(&printed(path)));
    let with_real: Vec<(PathBuf, PathBuf)> = admitted
        .map(|path| (path.clone(), absolute(path).unwrap_or_else(|_| path.clone())))
        .collect();
    let mut roots: BTreeSet<PathBuf> = BTreeSet::new();
    let mut on_the_way: FxHashSet<PathBuf> = FxHashSet::default();
    for (_, path) in &with_real {
        let root = root(path);
        let ways = path.ancestors().take_while(|part| *part != root);
        on_the_way.extend(ways.map(Path::to_owned));
        roots.insert(root);
    }
    let mut seen: FxHashSet<PathBuf> = FxHashSet::default();
    for root in roots {
        // Only what is named and what leads there is walked.
        let wanted = on_the_way.clone();
        let git = !options.no_gitignore;
        let walk = WalkBuilder::new(&root)
            .hidden(false)
            .ignore(false)
            .git_ignore(git)
            .git_exclude(git)
            .git_global(git)
            .add_custom_ignore_filename(".gwctlignore")
            .follow_links(true)
            .filter_entry(move |entry| entry.depth() == 0 || wanted.contains(entry.path()))
            .build();
        seen.extend(walk.filter_map(Result::ok).map(ignore::DirEntry::into_path));
    }
    let is_left = |(_, path): &(PathBuf, PathBuf)| seen.contains(path);
    with_real.into_iter().filter(is_left).map(|(path, _)| path).collect()
}

/// Where to begin to look for ignore files: the repository of git, else the current directory, else the directory
/// that holds the path. The walker looks above it by itself.
fn root(path: &Path) -> PathBuf {
    let repository = path.ancestors().find(|part| part.join(".git").exists());
    let current = absolute(".").ok().filter(|current| path.starts_with(current));
    let parent = || path.parent().unwrap_or(path).to_owned();
    repository.map(Path::to_owned).or(current).unwrap_or_else(parent)
}
