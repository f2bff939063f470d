//! What one walk does with each entry that the ignore rules leave. Reads no file, follows no link.

use std::io;
use std::path::{Path, PathBuf};
use std::sync::Mutex;

use ignore::{DirEntry, ParallelVisitor, ParallelVisitorBuilder, WalkState};
use rustc_hash::FxHashSet;

use super::error::reason;
use super::pattern::{Accept, printed};
use super::walk::{Found, Root, Walk, lock};
use super::{LeftOut, Note, Problem};

/// Makes the visitor of each thread.
pub(super) struct Visitors<'a> {
    pub(super) walk: &'a Walk<'a>,
    pub(super) root: &'a Root,
    pub(super) accept: &'a Accept,
    pub(super) all: &'a Mutex<Found>,
}

/// One thread of a walk; hands over what it found when it ends.
struct Visitor<'a> {
    walk: &'a Walk<'a>,
    root: &'a Root,
    accept: &'a Accept,
    all: &'a Mutex<Found>,
    found: Found,
}

impl<'a> ParallelVisitorBuilder<'a> for Visitors<'a> {
    fn build(&mut self) -> Box<dyn ParallelVisitor + 'a> {
        let Self { walk, root, accept, all } = *self;
        Box::new(Visitor { walk, root, accept, all, found: Found::default() })
    }
}

impl Drop for Visitor<'_> {
    fn drop(&mut self) {
        lock(self.all).absorb(std::mem::take(&mut self.found));
    }
}

impl ParallelVisitor for Visitor<'_> {
    fn visit(&mut self, entry: Result<DirEntry, ignore::Error>) -> WalkState {
        match entry {
            Ok(entry) if entry.depth() == 0 => WalkState::Continue,
            Ok(entry) => self.entry(&entry),
            Err(error) => {
                self.error(&error);
                WalkState::Continue
            }
        }
    }
}

impl Visitor<'_> {
    fn entry(&mut self, entry: &DirEntry) -> WalkState {
        if let Some(error) = entry.error() {
            self.found.notes.push(Note::IgnoreFile { reason: error.to_string() });
        }
        let path = entry.path();
        let name = self.root.name(path);
        let (lists, kind) = (self.walk.options.list_others, entry.file_type());
        if lists {
            self.found.seen.push(path.to_owned());
        }
        if entry.file_name() == ".git" {
            return WalkState::Skip;
        }
        if self.walk.excludes.matches(&name) {
            if lists {
                let is_folder = kind.is_some_and(|kind| kind.is_dir());
                self.found.left_out.push((LeftOut::name(name, is_folder), LeftOut::Excluded));
            }
            return WalkState::Skip;
        }
        let real = || self.root.real.join(path.strip_prefix(&self.root.path).unwrap_or(path));
        match kind {
            Some(kind) if kind.is_dir() => {
                let seen = |all: &Mutex<FxHashSet<PathBuf>>| !lock(all).insert(real());
                if !self.accept.directory(&name, entry.depth())
                    || self.walk.directories.as_ref().is_some_and(seen)
                {
                    return WalkState::Skip;
                }
                if lists {
                    self.found.entered.push(path.to_owned());
                }
            }
            Some(kind) if kind.is_file() => {
                self.walk.file(name, path, self.accept, real, &mut self.found);
            }
            Some(kind) if kind.is_symlink() && self.walk.options.follow => {
                self.found.links.push((name, path.to_owned()));
            }
            Some(kind) if kind.is_symlink() && lists => {
                self.found.left_out.push((name, LeftOut::Link));
            }
            _ => {}
        }
        WalkState::Continue
    }

    fn error(&mut self, error: &ignore::Error) {
        let path = path_of(error).unwrap_or(&self.root.path);
        let path = printed(path).trim_start_matches("./").to_owned();
        match error.io_error() {
            Some(error) if error.kind() == io::ErrorKind::NotFound => {
                self.found.notes.push(Note::Vanished { path });
            }
            Some(error) => self.found.problems.push(Problem { path, reason: reason(error) }),
            None => self.found.notes.push(Note::IgnoreFile { reason: error.to_string() }),
        }
    }
}

fn path_of(error: &ignore::Error) -> Option<&Path> {
    match error {
        ignore::Error::WithPath { path, .. } => Some(path),
        ignore::Error::WithDepth { err, .. } | ignore::Error::WithLineNumber { err, .. } => {
            path_of(err)
        }
        _ => None,
    }
}
