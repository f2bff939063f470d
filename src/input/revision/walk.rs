//! Which files of a revision are read: named ones, folders and patterns, by the rules of a walk (`input::walk`). Reads no
//! file but ignore files.

use std::collections::{BTreeSet, VecDeque};
use std::path::{Path, PathBuf};

use rustc_hash::FxHashSet;

use super::Revision;
use super::ignored::Ignored;
use super::tree::{At, Entry, Kind, last};
use crate::input::pattern::{Accept, Excludes, Pattern, is_kustomization, printed, tidy};
use crate::input::{InputError, LeftOut, Note, Options, Problem};

/// A file to read.
#[derive(Debug)]
pub(super) struct Candidate<'r> {
    /// As printed.
    pub(super) name: String,
    /// The user named this very file.
    pub(super) named: bool,
    pub(super) entry: &'r Entry,
}

/// What a walk found.
#[derive(Debug, Default)]
pub(super) struct Found<'r> {
    pub(super) candidates: Vec<Candidate<'r>>,
    pub(super) kustomizations: Vec<String>,
    /// The same as files.
    pub(super) kustomized: Vec<Candidate<'r>>,
    pub(super) problems: Vec<Problem>,
    pub(super) notes: Vec<Note>,
    /// What is not read, and why, where that is asked for.
    pub(super) left_out: Vec<(String, LeftOut)>,
}

/// A folder to walk: what stands before the names of its entries, its path in the tree, and what is wanted of it.
struct Source {
    base: PathBuf,
    folder: Vec<u8>,
    accept: Accept,
}

/// Finds all files of the options, sorted by name, each once.
pub(super) fn walk<'r>(options: &Options, revision: &'r Revision) -> Result<Found<'r>, InputError> {
    let (files, sources) = named(options, revision)?;
    let (ignored, notes) = Ignored::read(revision, options)?;
    let mut walk = Walk {
        options,
        revision,
        excludes: Excludes::of(options)?,
        ignored,
        found: Found { notes, ..Found::default() },
        taken: FxHashSet::default(),
        walked: FxHashSet::default(),
        has_matched: false,
    };
    let has_sources = !sources.is_empty();
    for (path, entry) in files {
        walk.named(&path, entry)?;
    }
    for source in &sources {
        walk.source(source)?;
    }
    let mut found = walk.found;
    if has_sources {
        let useless = walk.excludes.useless();
        found.notes.extend(useless.map(|pattern| Note::UselessExclude { pattern }));
    }
    for all in [&mut found.candidates, &mut found.kustomized] {
        all.sort_by(|a, b| (&a.name, &a.entry.path).cmp(&(&b.name, &b.entry.path)));
    }
    found.kustomizations.sort_unstable();
    found.kustomizations.dedup();
    Ok(found)
}

type Files<'r> = Vec<(PathBuf, &'r Entry)>;

/// The named files, and the folders to walk; each in an order that does not depend on that of the user.
fn named<'r>(
    options: &Options,
    revision: &'r Revision,
) -> Result<(Files<'r>, Vec<Source>), InputError> {
    let (mut files, mut sources) = (Vec::new(), Vec::new());
    let paths: BTreeSet<&String> = options.paths.iter().filter(|path| *path != "-").collect();
    for text in paths {
        let path = tidy(Path::new(text));
        match revision.at(&revision.locate(text)?)? {
            Some(At::Folder(folder)) => {
                sources.push(Source { base: path, folder, accept: Accept::Manifests });
            }
            Some(At::Entry(entry)) => files.push((path, entry)),
            None if Pattern::is_meant(text) => {
                let pattern = Pattern::new(text)?;
                let base = printed(&pattern.base);
                match revision.at(&revision.locate(&base)?)? {
                    Some(At::Folder(folder)) => sources.push(Source {
                        base: pattern.base.clone(),
                        folder,
                        accept: Accept::Matching(Box::new(pattern)),
                    }),
                    _ if !revision.must_exist => {}
                    _ => return Err(InputError::NoMatch { glob: text.clone() }),
                }
            }
            None if !revision.must_exist => {}
            None => return Err(revision.lacks(text)),
        }
    }
    files.sort_by(|a, b| a.0.cmp(&b.0));
    sources.sort_by_cached_key(|source| (source.base.is_absolute(), source.base.clone()));
    Ok((files, sources))
}

impl Revision {
    fn lacks(&self, path: &str) -> InputError {
        InputError::NotInRevision { path: path.to_owned(), revision: self.describe() }
    }
}

/// One run.
struct Walk<'r, 'o> {
    options: &'o Options,
    revision: &'r Revision,
    excludes: Excludes,
    ignored: Ignored,
    found: Found<'r>,
    /// Paths of the files found.
    taken: FxHashSet<&'r [u8]>,
    /// Paths of the folders walked for the source at hand, where links are followed.
    walked: FxHashSet<Vec<u8>>,
    /// Something of the source at hand was wanted, even if it had been found before.
    has_matched: bool,
}

/// A folder where a walk starts.
struct Start {
    folder: Vec<u8>,
    /// What stands before the names of its entries.
    prefix: String,
}

impl<'r> Walk<'r, '_> {
    fn named(&mut self, path: &Path, entry: &'r Entry) -> Result<(), InputError> {
        let name = printed(path);
        let is_left_out = self.options.force_exclude
            && (self.excludes.matches_any_part(&name) || self.ignored.covers(&entry.path));
        if is_left_out {
            self.found.left_out.push((name, LeftOut::Forced));
            return Ok(());
        }
        if !self.taken.insert(&entry.path) {
            return Ok(());
        }
        match entry.kind {
            Kind::File => {}
            _ if !self.revision.must_exist => return Ok(()),
            Kind::Unmerged => {
                return Err(InputError::Unreadable { path: name, reason: UNMERGED.to_owned() });
            }
            Kind::Submodule | Kind::Link => return Err(self.revision.lacks(&name)),
        }
        if is_kustomization(&name) {
            self.found.kustomizations.push(name.clone());
            self.found.kustomized.push(Candidate { name: name.clone(), named: true, entry });
        }
        self.found.candidates.push(Candidate { name, named: true, entry });
        Ok(())
    }

    fn source(&mut self, source: &Source) -> Result<(), InputError> {
        let name = printed(&source.base);
        let is_left_out = self.options.force_exclude
            && (self.excludes.matches_any_part(&name) || self.ignored.covers(&source.folder));
        if is_left_out {
            self.found.left_out.push((name, LeftOut::Forced));
            return Ok(());
        }
        self.walked.clear();
        self.walked.insert(source.folder.clone());
        self.has_matched = false;
        let start = Start { folder: source.folder.clone(), prefix: prefix(&name) };
        let mut starts = VecDeque::from([start]);
        while !starts.is_empty() {
            let mut links = Vec::new();
            while let Some(start) = starts.pop_front() {
                self.tree(&start, &source.accept, &mut links);
            }
            // As in a walk: level by level, in the order of their names, so that loops end.
            links.sort_unstable_by(|a, b| a.0.cmp(&b.0));
            for (name, link) in links {
                match self.revision.at(&link.path)? {
                    Some(At::Folder(folder)) if !self.walked.contains(&folder) => {
                        self.walked.insert(folder.clone());
                        starts.push_back(Start { folder, prefix: prefix(&name) });
                    }
                    Some(At::Entry(entry)) => self.file(name, entry, &source.accept),
                    Some(At::Folder(_)) => {}
                    None => {
                        let reason = "the link leads out of the revision".to_owned();
                        self.found.problems.push(Problem { path: name, reason });
                    }
                }
            }
        }
        match &source.accept {
            Accept::Matching(pattern) if !self.has_matched && self.revision.must_exist => {
                Err(InputError::NoMatch { glob: pattern.text.clone() })
            }
            _ => Ok(()),
        }
    }

    /// Takes what is wanted below a folder. Entries come in the order of their paths, so that all of a folder stand
    /// together and each folder is looked at once.
    fn tree(&mut self, start: &Start, accept: &Accept, links: &mut Vec<(String, &'r Entry)>) {
        let from = if start.folder.is_empty() { 0 } else { start.folder.len() + 1 };
        let name =
            |path: &[u8]| format!("{}{}", start.prefix, String::from_utf8_lossy(&path[from..]));
        let mut before: &[u8] = &[];
        let mut skipped: Option<&[u8]> = None;
        'entries: for entry in self.revision.tree.below(&start.folder) {
            let path = entry.path.as_slice();
            if skipped.is_some_and(|folder| path.starts_with(folder)) {
                continue;
            }
            let shared = path.iter().zip(before).take_while(|(a, b)| a == b).count();
            before = path;
            let new = (from.max(shared)..path.len()).filter(|at| path[*at] == b'/');
            for end in new {
                let folder = &path[..end];
                let depth = folder[from..].split(|byte| *byte == b'/').count();
                let name = name(folder);
                let why = self.why_left_out(&name, folder, true);
                if let Some(why) = why {
                    self.leave_out(LeftOut::name(name.clone(), true), why, accept, true);
                }
                if why.is_some()
                    || !accept.directory(&name, depth)
                    || self.options.follow && !self.walked.insert(folder.to_owned())
                {
                    skipped = Some(&path[..=end]);
                    continue 'entries;
                }
            }
            let name = name(path);
            let is_folder = entry.kind == Kind::Submodule;
            if let Some(why) = self.why_left_out(&name, path, is_folder) {
                self.leave_out(LeftOut::name(name, is_folder), why, accept, is_folder);
                continue;
            }
            match entry.kind {
                Kind::File | Kind::Unmerged => self.file(name, entry, accept),
                Kind::Link if self.options.follow => links.push((name, entry)),
                Kind::Link if self.options.list_others => {
                    self.found.left_out.push((name, LeftOut::Link));
                }
                Kind::Link => {}
                Kind::Submodule => self.found.notes.push(Note::Submodule { path: name }),
            }
        }
    }

    /// Whether patterns or ignore files leave something out, or it is hidden and no ignore file says that it is wanted.
    fn why_left_out(&self, name: &str, path: &[u8], is_folder: bool) -> Option<LeftOut> {
        match self.ignored.says(path, is_folder) {
            Some(true) if self.ignored.own_says(path, is_folder) == Some(true) => {
                Some(LeftOut::OwnIgnoreFile)
            }
            Some(true) => Some(LeftOut::GitIgnore),
            None if last(path).starts_with(b".") && !self.options.hidden => Some(LeftOut::Hidden),
            _ => self.excludes.matches(name).then_some(LeftOut::Excluded),
        }
    }

    /// Tells who asks what is left out. Who writes a pattern asks for what it matches.
    fn leave_out(&mut self, name: String, why: LeftOut, accept: &Accept, is_folder: bool) {
        let is_wanted = match accept {
            Accept::Manifests => true,
            Accept::Matching(_) => why == LeftOut::Excluded || !is_folder && accept.file(&name),
        };
        if self.options.list_others && is_wanted {
            self.found.left_out.push((name, why));
        }
    }

    /// Takes a file or what a link leads to, if it is wanted.
    fn file(&mut self, name: String, entry: &'r Entry, accept: &Accept) {
        let kustomization = is_kustomization(&name);
        if !(kustomization && accept.kustomization(&name) || accept.file(&name)) {
            if self.options.list_others && matches!(accept, Accept::Manifests) {
                self.found.left_out.push((name, LeftOut::Extension));
            }
            return;
        }
        self.has_matched = true;
        if !self.taken.insert(&entry.path) {
            return;
        }
        match entry.kind {
            Kind::File if kustomization => {
                self.found.kustomizations.push(name.clone());
                self.found.kustomized.push(Candidate { name, named: false, entry });
            }
            Kind::File => self.found.candidates.push(Candidate { name, named: false, entry }),
            Kind::Unmerged => {
                self.found.problems.push(Problem { path: name, reason: UNMERGED.to_owned() });
            }
            Kind::Link | Kind::Submodule => {}
        }
    }
}

/// Why a file of the index cannot be read.
const UNMERGED: &str = "it is in conflict and not merged yet";

/// What stands before the names of the entries of a folder.
fn prefix(folder: &str) -> String {
    match folder.trim_start_matches("./").trim_end_matches('/') {
        "." | "" => String::new(),
        folder => format!("{folder}/"),
    }
}
