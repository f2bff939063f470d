//! Which files there are, and their texts: walks, ignore rules, standard input, prefilter. Alone in touching the
//! file system for reading; knows nothing of what the texts mean, but which other files a test names.
//!
//! Everything that takes part is read once, in parallel, into one buffer a thread (neither mapped nor asked for
//! its size: both are slower), and dropped at once unless the prefilter keeps it.
#![expect(clippy::disallowed_methods, reason = "this is the layer that touches the file system")]

mod assertions;
mod chart;
mod config_file;
mod error;
mod forced;
mod ignored;
mod pattern;
mod prefilter;
mod read;
mod revision;
mod root;
#[cfg(test)]
mod tests;
mod visit;
mod walk;

use std::fs;
use std::hash::BuildHasher;
use std::io::{self, Read};
use std::sync::Arc;

use rayon::prelude::*;

pub use config_file::{CONFIG_NAMES, ConfigFile, find_config};
pub use error::InputError;
pub use pattern::Glob;
pub use prefilter::document_matters;
pub use revision::Revision;
pub use root::{Root, exists, root, root_or};

use read::{Limits, Reader};
use walk::Candidate;

/// The largest file that is read.
pub const MAX_FILE_BYTES: u64 = 64 << 20;

/// How large the files that matter may be together.
pub const MAX_TOTAL_BYTES: u64 = 4 << 30;

const LIMITS: Limits = Limits { file: MAX_FILE_BYTES, total: MAX_TOTAL_BYTES };

/// Below this number of files threads cost more than they gain.
const FEW: usize = 16;

/// Files that are not in memory yet are waited for, not worked on: more threads than cores halve that time, and
/// cost nothing where they are.
const READERS: usize = 8;

/// The name of standard input where none is given.
pub const STDIN: &str = "<stdin>";

/// What to read.
#[derive(Clone, Debug)]
pub struct Options {
    /// Files, directories, patterns, and `-` for standard input. Empty: nothing.
    pub paths: Vec<String>,
    /// The revision of git that they are read of; none: what lies in the file system.
    pub revision: Option<Arc<Revision>>,
    /// Patterns of names to leave out of walks.
    pub exclude: Vec<String>,
    /// More of them, relative to another folder than the working directory.
    pub exclude_below: Option<(Root, Vec<String>)>,
    /// Patterns and ignore files apply to what is named, too.
    pub force_exclude: bool,
    /// Do not use the ignore files of git.
    pub no_gitignore: bool,
    /// Walk hidden files and directories too.
    pub hidden: bool,
    /// Follow symbolic links in walks.
    pub follow: bool,
    /// Name to print for standard input.
    pub stdin_name: String,
    /// Number of threads; 0: as many as there are cores.
    pub jobs: usize,
    /// Tell the names of files that do not matter, and of what is left out.
    pub list_others: bool,
}

impl Default for Options {
    fn default() -> Self {
        Self {
            paths: Vec::new(),
            revision: None,
            exclude: Vec::new(),
            exclude_below: None,
            force_exclude: false,
            no_gitignore: false,
            hidden: false,
            follow: false,
            stdin_name: STDIN.to_owned(),
            jobs: 0,
            list_others: false,
        }
    }
}

/// What was read, in an order that depends on names alone.
#[derive(Debug, Default)]
pub struct Input {
    /// The files that can hold objects that matter, by the bytes of their names.
    pub files: Vec<File>,
    /// What the user may want to know.
    pub notes: Vec<Note>,
    /// What could not be read in a walk.
    pub problems: Vec<Problem>,
    /// Names of the kustomizations met; they are not read as manifests in a walk.
    pub kustomizations: Vec<String>,
    /// Their names and texts, for what they say of other files.
    pub kustomized: Vec<(String, String)>,
    /// Names of the files of a walk with which tests compare what is there: they hold parts of objects, and are left out.
    pub compared: Vec<String>,
    /// Names of the files that were looked into and do not matter, where they are asked for.
    pub others: Vec<String>,
    /// Names of the files and folders that were not looked into, and why, where they are asked for.
    pub left_out: Vec<(String, LeftOut)>,
    /// Number of files looked into, with those that do not matter.
    pub considered: usize,
    /// Their names as hashes, by which those are told that were met before.
    pub looked_into: Vec<u64>,
    /// Bytes of the files looked into.
    pub bytes_read: u64,
}

/// A file that can hold objects that matter.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct File {
    /// Path as printed: as given, with `/`, without a leading `./`.
    pub name: String,
    /// What is in it.
    pub contents: Contents,
    /// It began with a byte order mark, which is not part of its text.
    pub bom: bool,
    /// It lies in the `templates` of a Helm chart.
    pub chart_template: bool,
    /// The user named this very file.
    pub named: bool,
}

/// What is in a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Contents {
    /// The text, without a byte order mark.
    Text(String),
    /// Not UTF-8.
    NotUtf8 {
        /// The text, with U+FFFD for what is not UTF-8.
        text: String,
        /// Offset of the first bad byte, and of the first U+FFFD for it.
        offset: u32,
    },
    /// UTF-16, decoded.
    Utf16(String),
    /// Larger than [`MAX_FILE_BYTES`].
    TooLarge {
        /// The size.
        bytes: u64,
    },
}

/// What the user may want to know. It changes no exit code.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Note {
    /// A file or directory was gone when it was to be read.
    Vanished {
        /// Path as printed.
        path: String,
    },
    /// A pattern of names to leave out met nothing in a walk.
    UselessExclude {
        /// The pattern as given.
        pattern: String,
    },
    /// A repository within a revision is not looked into.
    Submodule {
        /// Path as printed.
        path: String,
    },
    /// A line of an ignore file cannot be understood.
    IgnoreFile {
        /// Where, and what is wrong.
        reason: String,
    },
}

/// Why a file or folder is not looked into.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum LeftOut {
    /// A pattern of the user matches.
    Excluded,
    /// It was named, and patterns or ignore files apply to it too.
    Forced,
    /// A `.gwctlignore` says so.
    OwnIgnoreFile,
    /// Git ignores it.
    GitIgnore,
    /// Its name begins with a dot.
    Hidden,
    /// It is not called as manifests are.
    Extension,
    /// A symbolic link.
    Link,
}

impl LeftOut {
    /// How something that is left out is called: folders end in `/`.
    fn name(name: String, is_folder: bool) -> String {
        if is_folder { name + "/" } else { name }
    }
}

/// A file or directory of a walk that cannot be read.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Problem {
    /// Path as printed.
    pub path: String,
    /// The reason of the operating system.
    pub reason: String,
}

/// Finds and reads all files of `options`.
pub fn collect(options: &Options, stdin: &mut dyn Read) -> Result<Input, InputError> {
    collect_within(options, stdin, LIMITS)
}

/// Reads a single file that has to be text, such as a mesh configuration; without a byte order mark.
pub fn read_text(path: &str) -> Result<String, InputError> {
    read::text(path, MAX_FILE_BYTES)
}

/// The same, of the revision that `options` are about where it has that file.
pub fn read_text_of(options: &Options, path: &str) -> Result<String, InputError> {
    let of_revision = options.revision.as_ref().map(|revision| revision.text(path)).transpose()?;
    of_revision.flatten().map_or_else(|| read_text(path), Ok)
}

fn collect_within(
    options: &Options,
    stdin: &mut dyn Read,
    limits: Limits,
) -> Result<Input, InputError> {
    let reader = Reader::new(limits);
    let mut input = match &options.revision {
        Some(revision) => revision::collect(options, revision, &reader)?,
        None => collect_files(options, &reader)?,
    };
    if options.paths.iter().any(|path| path == "-") {
        input.stdin(options, stdin, &reader)?;
    }
    input.bytes_read = reader.bytes_read();
    input.notes.sort_unstable();
    input.notes.dedup();
    input.problems.sort_unstable();
    Ok(input)
}

/// A name as a number.
fn hash(name: &str) -> u64 {
    rustc_hash::FxBuildHasher.hash_one(name)
}

fn collect_files(options: &Options, reader: &Reader) -> Result<Input, InputError> {
    let found = walk::walk(options)?;
    let mut input = Input {
        notes: found.notes,
        problems: found.problems,
        kustomizations: found.kustomizations,
        left_out: found.left_out,
        considered: found.candidates.len(),
        looked_into: found.candidates.iter().map(|candidate| hash(&candidate.name)).collect(),
        ..Input::default()
    };
    let results = read_all(&found.candidates, reader, options.jobs);
    reader.check_total()?;
    let of_tests = found.candidates.iter().filter(|one| assertions::is_test(&one.name));
    let read_test = |one: &Candidate| {
        let file = fs::File::open(&one.path).ok()?;
        Some((one.name.clone(), reader.whole_text(file).ok()?))
    };
    let of_tests: Vec<_> = of_tests.filter_map(read_test).collect();
    let mut charts = chart::Charts::new();
    for (candidate, result) in found.candidates.into_iter().zip(results) {
        match result {
            Ok(None) if options.list_others => input.others.push(candidate.name),
            Ok(None) => {}
            Ok(Some((contents, bom))) => {
                // Who names a file means it; what does not parse is told document by document.
                let chart_template = !candidate.named && charts.has_template(&candidate.path);
                let Candidate { name, named, .. } = candidate;
                input.files.push(File { name, contents, bom, chart_template, named });
            }
            Err(error) => input.unreadable(candidate, &error)?,
        }
    }
    input.compared = assertions::take_out(&mut input.files, &of_tests);
    let looked_into = |one: &Candidate| reader.whole_text(fs::File::open(&one.path)?);
    let texts: Vec<_> = found.kustomized.par_iter().map(looked_into).collect();
    for (candidate, text) in found.kustomized.into_iter().zip(texts) {
        match text {
            Ok(text) => input.kustomized.push((candidate.name, text)),
            Err(error) => input.unreadable(candidate, &error)?,
        }
    }
    Ok(input)
}

/// What came of a file; `None` if it does not matter.
type Reading = io::Result<Option<(Contents, bool)>>;

fn read_all(candidates: &[Candidate], reader: &Reader, jobs: usize) -> Vec<Reading> {
    let read = |candidate: &Candidate| match reader.check_total() {
        Ok(()) => reader.file(&candidate.path),
        Err(_) => Ok(None),
    };
    let threads = match jobs {
        0 => std::thread::available_parallelism().map_or(READERS, |cores| cores.get().max(READERS)),
        jobs => jobs,
    };
    let pool = (candidates.len() >= FEW && jobs != 1)
        .then(|| rayon::ThreadPoolBuilder::new().num_threads(threads).build().ok())
        .flatten();
    match pool {
        Some(pool) => pool.install(|| candidates.par_iter().map(read).collect()),
        None => candidates.iter().map(read).collect(),
    }
}

impl Input {
    /// A named file has to be readable; one of a walk may have vanished.
    fn unreadable(&mut self, candidate: Candidate, error: &io::Error) -> Result<(), InputError> {
        let path = candidate.name;
        if candidate.named {
            return Err(InputError::unreadable(path, error));
        }
        if error.kind() == io::ErrorKind::NotFound {
            self.notes.push(Note::Vanished { path });
        } else {
            self.problems.push(Problem { path, reason: error::reason(error) });
        }
        Ok(())
    }

    fn stdin(
        &mut self,
        options: &Options,
        stdin: &mut dyn Read,
        reader: &Reader,
    ) -> Result<(), InputError> {
        let name = options.stdin_name.clone();
        let result = reader.stream(stdin).map_err(|error| InputError::unreadable(&name, &error))?;
        reader.check_total()?;
        self.considered += 1;
        self.looked_into.push(hash(&name));
        if let Some((contents, bom)) = result {
            let at = self.files.partition_point(|file| file.name <= name);
            self.files.insert(at, File { name, contents, bom, chart_template: false, named: true });
        }
        Ok(())
    }
}
