//! Which files there are: named ones, directories and patterns, by the ignore rules of git. Reads no file.
//!
//! Symbolic links are never followed by the walker. With `follow` they are walked afterwards, level by level in
//! the order of their names: so loops end, what is reached twice is taken once, and its real name wins.

use std::collections::{BTreeSet, VecDeque};
use std::env;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};

use ignore::WalkBuilder;
use rustc_hash::FxHashSet;

use super::error::reason;
use super::forced;
use super::ignored;
use super::pattern::{Accept, Excludes, Pattern, is_kustomization, printed, tidy};
use super::visit::Visitors;
use super::{InputError, LeftOut, Note, Options, Problem};

/// A file to read.
#[derive(Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Candidate {
    /// As printed.
    pub(super) name: String,
    pub(super) path: PathBuf,
    /// The user named this very file.
    pub(super) named: bool,
}

/// What a walk found.
#[derive(Debug, Default)]
pub(super) struct Found {
    pub(super) candidates: Vec<Candidate>,
    pub(super) kustomizations: Vec<String>,
    /// The same as files.
    pub(super) kustomized: Vec<Candidate>,
    pub(super) problems: Vec<Problem>,
    pub(super) notes: Vec<Note>,
    /// Symbolic links that are to be followed.
    pub(super) links: Vec<Link>,
    /// What is not read, and why, where that is asked for.
    pub(super) left_out: Vec<(String, LeftOut)>,
    /// Paths of all that the ignore rules leave in the walk at hand, where what they do not is asked for.
    pub(super) seen: Vec<PathBuf>,
    /// Those of them that are folders which are walked.
    pub(super) entered: Vec<PathBuf>,
    /// Something was wanted, even if it had been found before.
    matched: bool,
}

/// A symbolic link: its name as printed, and its path.
type Link = (String, PathBuf);

/// A directory to walk, and what is wanted of it.
type Source = (PathBuf, Accept);

impl Found {
    pub(super) fn absorb(&mut self, other: Found) {
        self.candidates.extend(other.candidates);
        self.kustomizations.extend(other.kustomizations);
        self.kustomized.extend(other.kustomized);
        self.problems.extend(other.problems);
        self.notes.extend(other.notes);
        self.links.extend(other.links);
        self.left_out.extend(other.left_out);
        self.seen.extend(other.seen);
        self.entered.extend(other.entered);
        self.matched |= other.matched;
    }

    fn problem(&mut self, path: &Path, error: &io::Error) {
        self.problems.push(Problem { path: printed(path), reason: reason(error) });
    }
}

/// Finds all files of the options, sorted by name, each once.
pub(super) fn walk(options: &Options) -> Result<Found, InputError> {
    let (mut files, mut sources) = named(options)?;
    let excludes = Excludes::of(options)?;
    let mut forced = Vec::new();
    if options.force_exclude {
        let named = files.iter().chain(sources.iter().map(|(base, _)| base));
        let left = forced::left(named, &excludes, options);
        let paths = files.iter().chain(sources.iter().map(|(base, _)| base));
        let others = paths.filter(|path| !left.contains(*path));
        forced = others.map(|path| (printed(path), LeftOut::Forced)).collect();
        files.retain(|path| left.contains(path));
        sources.retain(|(base, _)| left.contains(base));
    }
    let walk = Walk {
        options,
        excludes,
        taken: (options.follow || files.len() + sources.len() > 1).then(Mutex::default),
        directories: options.follow.then(Mutex::default),
    };
    let mut found = Found { left_out: forced, ..Found::default() };
    for path in files {
        // An unreadable file is reported when it is read.
        let identity = fs::canonicalize(&path).unwrap_or_else(|_| path.clone());
        if walk.take(|| identity) {
            let name = printed(&path);
            if is_kustomization(&name) {
                found.kustomizations.push(name.clone());
                let (name, path) = (name.clone(), path.clone());
                found.kustomized.push(Candidate { name, path, named: true });
            }
            found.candidates.push(Candidate { name, path, named: true });
        }
    }
    for (base, accept) in &sources {
        let of_source = walk.source(base, accept)?;
        if let Accept::Matching(pattern) = accept
            && !of_source.matched
        {
            return Err(InputError::NoMatch { glob: pattern.text.clone() });
        }
        found.absorb(of_source);
    }
    if !sources.is_empty() {
        let useless = walk.excludes.useless();
        found.notes.extend(useless.map(|pattern| Note::UselessExclude { pattern }));
    }
    found.candidates.sort_unstable();
    found.kustomized.sort_unstable();
    found.kustomizations.sort_unstable();
    found.kustomizations.dedup();
    Ok(found)
}

/// The named files, and the directories to walk; each in an order that does not depend on that of the user.
fn named(options: &Options) -> Result<(BTreeSet<PathBuf>, Vec<Source>), InputError> {
    let (mut files, mut sources) = (BTreeSet::new(), Vec::new());
    let is_below_here = |path: &String| path != "-" && Path::new(path).is_relative();
    // Walks would take it for an empty folder.
    if options.paths.iter().any(is_below_here)
        && env::current_dir().is_err_and(|error| error.kind() == io::ErrorKind::NotFound)
    {
        return Err(InputError::NoCurrentDirectory);
    }
    let paths: BTreeSet<&String> = options.paths.iter().filter(|path| *path != "-").collect();
    for text in paths {
        match fs::metadata(text) {
            Ok(metadata) if metadata.is_dir() => {
                let base = tidy(Path::new(text));
                fs::read_dir(&base).map_err(|error| InputError::unreadable(text, &error))?;
                sources.push((base, Accept::Manifests));
            }
            Ok(_) => drop(files.insert(tidy(Path::new(text)))),
            Err(_) if Pattern::is_meant(text) => {
                let pattern = Pattern::new(text)?;
                if !fs::metadata(&pattern.base).is_ok_and(|metadata| metadata.is_dir()) {
                    return Err(InputError::NoMatch { glob: text.clone() });
                }
                sources.push((pattern.base.clone(), Accept::Matching(Box::new(pattern))));
            }
            Err(error) => return Err(InputError::unreadable(text, &error)),
        }
    }
    sources.sort_by_cached_key(|(base, _)| (base.is_absolute(), base.clone()));
    sources.dedup_by(|(a, accept), (b, of)| {
        a == b && matches!((accept, of), (Accept::Manifests, Accept::Manifests))
    });
    Ok((files, sources))
}

/// One run.
pub(super) struct Walk<'a> {
    pub(super) options: &'a Options,
    pub(super) excludes: Excludes,
    /// Real paths of the files found, where one could be found twice.
    taken: Option<Mutex<FxHashSet<PathBuf>>>,
    /// Real paths of the directories walked for the source at hand, where links are followed.
    pub(super) directories: Option<Mutex<FxHashSet<PathBuf>>>,
}

/// Where a walk starts.
pub(super) struct Root {
    pub(super) path: PathBuf,
    /// Length of the path as printed, which the names of its entries start with.
    pub(super) length: usize,
    /// What stands before the names of its entries.
    pub(super) prefix: String,
    /// Real path, where it is needed.
    pub(super) real: PathBuf,
}

impl Root {
    /// The name of a path below, as printed.
    pub(super) fn name(&self, path: &Path) -> String {
        let whole = printed(path);
        format!("{}{}", self.prefix, whole[self.length..].trim_start_matches('/'))
    }
}

impl Walk<'_> {
    fn source(&self, base: &Path, accept: &Accept) -> Result<Found, InputError> {
        if let Some(directories) = &self.directories {
            lock(directories).clear();
        }
        let unreadable = |error: io::Error| InputError::unreadable(printed(base), &error);
        let mut roots = VecDeque::from([self.root(base).map_err(unreadable)?]);
        let mut found = Found::default();
        while !roots.is_empty() {
            while let Some(root) = roots.pop_front() {
                found.absorb(self.tree(&root, accept));
            }
            let mut links = std::mem::take(&mut found.links);
            links.sort_unstable();
            for (name, path) in links {
                match self.link(name, &path, accept, &mut found) {
                    Ok(root) => roots.extend(root),
                    Err(error) => found.problem(&path, &error),
                }
            }
        }
        Ok(found)
    }

    fn root(&self, path: &Path) -> io::Result<Root> {
        // The walker takes `-` for standard input.
        let path = if path == Path::new("-") { Path::new(".").join(path) } else { path.to_owned() };
        let text = printed(&path);
        let real = if self.taken.is_some() { fs::canonicalize(&path)? } else { PathBuf::new() };
        if let Some(directories) = &self.directories {
            lock(directories).insert(real.clone());
        }
        let prefix = match text.trim_start_matches("./").trim_end_matches('/') {
            "." => String::new(),
            prefix => format!("{prefix}/"),
        };
        Ok(Root { length: text.len(), prefix, real, path })
    }

    /// Follows a link: to a file, which is taken, or to a directory, which is to be walked.
    fn link(
        &self,
        name: String,
        path: &Path,
        accept: &Accept,
        found: &mut Found,
    ) -> io::Result<Option<Root>> {
        let metadata = fs::metadata(path)?;
        let real = fs::canonicalize(path)?;
        if metadata.is_dir() {
            let known = self.directories.as_ref().is_some_and(|all| lock(all).contains(&real));
            return if known { Ok(None) } else { self.root(path).map(Some) };
        }
        if metadata.is_file() {
            self.file(name, path, accept, || real, found);
        }
        Ok(None)
    }

    /// Takes a file or a link to one, if it is wanted.
    pub(super) fn file(
        &self,
        name: String,
        path: &Path,
        accept: &Accept,
        real: impl FnOnce() -> PathBuf,
        found: &mut Found,
    ) {
        let kustomization = is_kustomization(&name);
        if !(kustomization && accept.kustomization(&name) || accept.file(&name)) {
            if self.options.list_others && matches!(accept, Accept::Manifests) {
                found.left_out.push((name, LeftOut::Extension));
            }
            return;
        }
        found.matched = true;
        if !self.take(real) {
            return;
        }
        if kustomization {
            found.kustomizations.push(name.clone());
            found.kustomized.push(Candidate { name, path: path.to_owned(), named: false });
        } else {
            found.candidates.push(Candidate { name, path: path.to_owned(), named: false });
        }
    }

    /// Whether a file was not found before.
    fn take(&self, real: impl FnOnce() -> PathBuf) -> bool {
        self.taken.as_ref().is_none_or(|taken| lock(taken).insert(real()))
    }

    fn tree(&self, root: &Root, accept: &Accept) -> Found {
        let all = Mutex::default();
        let mut walker = walker(root, !self.options.no_gitignore);
        walker.hidden(!self.options.hidden).threads(self.options.jobs);
        walker.build_parallel().visit(&mut Visitors { walk: self, root, accept, all: &all });
        let mut found = all.into_inner().unwrap_or_else(PoisonError::into_inner);
        if self.options.list_others {
            ignored::list(self.options, root, accept, &mut found);
        }
        found
    }
}

/// A walk by the ignore rules, `git`: by those of git too.
pub(super) fn walker(root: &Root, git: bool) -> WalkBuilder {
    let mut walker = WalkBuilder::new(&root.path);
    walker.ignore(false).git_ignore(git).git_exclude(git).git_global(git);
    walker.add_custom_ignore_filename(".gwctlignore");
    walker
}

pub(super) fn lock<T>(mutex: &Mutex<T>) -> std::sync::MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
