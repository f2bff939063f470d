//! The ignore files of a revision, and what they say of a path. Walks of the file system leave the same out, tracked or
//! not, so that a revision holds what its files would hold in the work tree.

use std::io::Read;

use ignore::Match;
use ignore::gitignore::{Gitignore, GitignoreBuilder};
use rustc_hash::FxHashMap;

use super::tree::{Entry, as_path, folders, last};
use super::{Revision, blobs};
use crate::input::{InputError, MAX_FILE_BYTES, Note, Options};

const OWN: &[u8] = b".gwctlignore";
const OF_GIT: &[u8] = b".gitignore";

/// The patterns of all ignore files.
pub(super) struct Ignored {
    /// Those for gwctl alone, by folder; they count first.
    own: ByFolder,
    of_git: ByFolder,
    /// Those of this clone and of this user.
    others: Vec<Gitignore>,
}

type ByFolder = FxHashMap<Vec<u8>, Gitignore>;

impl Ignored {
    /// Reads the ignore files; and what is wrong with them.
    pub(super) fn read(
        revision: &Revision,
        options: &Options,
    ) -> Result<(Self, Vec<Note>), InputError> {
        let of_git = !options.no_gitignore;
        let is_wanted = |entry: &&Entry| {
            let name = entry.file_name();
            entry.kind == super::tree::Kind::File && (name == OWN || of_git && name == OF_GIT)
        };
        let files: Vec<&Entry> = revision.tree.entries().iter().filter(is_wanted).collect();
        let mut ignored =
            Self { own: ByFolder::default(), of_git: ByFolder::default(), others: Vec::new() };
        let mut notes = Vec::new();
        let mut left = files.iter();
        blobs::read(revision, &files, |blob| {
            let mut text = Vec::new();
            let whole = blob.take(MAX_FILE_BYTES).read_to_end(&mut text);
            whole.map_err(|error| revision.broken(&error.to_string()))?;
            if let Some(file) = left.next() {
                let name = last(&file.path);
                let patterns = patterns(&file.path, &String::from_utf8_lossy(&text), &mut notes);
                let folder = file.path[..file.path.len() - name.len()].to_owned();
                let map = if name == OWN { &mut ignored.own } else { &mut ignored.of_git };
                map.insert(folder, patterns);
            }
            Ok(())
        })?;
        if of_git {
            let mut of_clone = GitignoreBuilder::new("");
            // A clone without it has no such patterns.
            drop(of_clone.add(&revision.exclude));
            ignored.others.extend(of_clone.build());
            ignored.others.push(GitignoreBuilder::new("").build_global().0);
        }
        Ok((ignored, notes))
    }

    /// Whether a file or folder itself is ignored, or said not to be; none: nothing is said.
    pub(super) fn says(&self, path: &[u8], is_folder: bool) -> Option<bool> {
        let of_others = || self.others.iter().find_map(|patterns| said(patterns, path, is_folder));
        self.own_says(path, is_folder)
            .or_else(|| of_folders(&self.of_git, path, is_folder))
            .or_else(of_others)
    }

    /// The same by the files for gwctl alone.
    pub(super) fn own_says(&self, path: &[u8], is_folder: bool) -> Option<bool> {
        of_folders(&self.own, path, is_folder)
    }

    /// Whether a path is ignored by itself or by a folder above it.
    pub(super) fn covers(&self, path: &[u8]) -> bool {
        folders(path).any(|folder| self.says(folder, true) == Some(true))
            || self.says(path, false) == Some(true)
    }
}

fn said(patterns: &Gitignore, path: &[u8], is_folder: bool) -> Option<bool> {
    match patterns.matched(as_path(path), is_folder) {
        Match::None => None,
        Match::Ignore(_) => Some(true),
        Match::Whitelist(_) => Some(false),
    }
}

/// What the ignore files of the folders above say, the nearest first.
fn of_folders(all: &ByFolder, path: &[u8], is_folder: bool) -> Option<bool> {
    if all.is_empty() {
        return None;
    }
    let nearest = folders(path).rev().map(|folder| folder.len() + 1).chain([0]);
    nearest
        .filter_map(|start| Some((all.get(&path[..start])?, &path[start..])))
        .find_map(|(patterns, below)| said(patterns, below, is_folder))
}

fn patterns(path: &[u8], text: &str, notes: &mut Vec<Note>) -> Gitignore {
    let mut builder = GitignoreBuilder::new("");
    for (at, line) in text.trim_start_matches('\u{feff}').lines().enumerate() {
        if let Err(error) = builder.add_line(None, line) {
            let name = String::from_utf8_lossy(path);
            notes.push(Note::IgnoreFile { reason: format!("{name}: line {}: {error}", at + 1) });
        }
    }
    builder.build().unwrap_or_else(|_| Gitignore::empty())
}
