//! The files of a revision of git, without a work tree: which ones there are by the same rules as in a walk, and their
//! bytes, by the program `git`. Writes nothing, neither files nor the index.

mod blobs;
mod git;
mod ignored;
mod tree;
mod walk;

use std::path::{Path, PathBuf};
use std::sync::OnceLock;

use super::assertions;
use super::read::{self, Reader};
use super::root::whole;
use super::{File, Input, InputError, MAX_FILE_BYTES, Options};
use tree::{At, Kind, Links, Tree};

/// How the index is called.
const INDEX: &str = ":";

/// A revision: what it is called, and which files are in it.
#[derive(Debug)]
pub struct Revision {
    name: String,
    /// Whether paths that are not in it are an error, and not just empty.
    must_exist: bool,
    /// The root of the work tree.
    top: PathBuf,
    /// The file of patterns that git ignores in this repository only.
    exclude: PathBuf,
    tree: Tree,
    links: OnceLock<Links>,
}

impl Revision {
    /// Asks git what is in a revision of the repository around the working directory. `must_exist`: paths that are not in
    /// it are an error, and not just empty.
    pub fn open(name: &str, must_exist: bool) -> Result<Self, InputError> {
        let refused = |message| InputError::Revision { revision: name.to_owned(), message };
        let places = git::run(&["rev-parse", "--show-toplevel", "--git-path", "info/exclude"])
            .map_err(refused)?;
        let places = String::from_utf8_lossy(&places);
        let (top, exclude) = places.trim_end_matches('\n').rsplit_once('\n').unwrap_or_default();
        let tree = if name == INDEX {
            // Of the whole repository, wherever the working directory is.
            Tree::of_index(
                &git::run(&["ls-files", "-s", "-z", "--full-name", "--", ":/"]).map_err(refused)?,
            )
        } else {
            git::check(name).map_err(refused)?;
            Tree::of_revision(
                &git::run(&["ls-tree", "-r", "-z", "--full-tree", name]).map_err(refused)?,
            )
        };
        Ok(Self {
            name: name.to_owned(),
            must_exist,
            top: PathBuf::from(top),
            exclude: PathBuf::from(exclude),
            tree,
            links: OnceLock::new(),
        })
    }

    /// What it is called in a sentence.
    pub fn describe(&self) -> String {
        if self.name == INDEX { "the index".to_owned() } else { format!("`{}`", self.name) }
    }

    /// Whether other repositories are parts of it, which are not read.
    pub fn has_submodules(&self) -> bool {
        self.tree.entries().iter().any(|entry| entry.kind == Kind::Submodule)
    }

    /// The text of a single file of the revision, if it is in it.
    pub(super) fn text(&self, path: &str) -> Result<Option<String>, InputError> {
        let Some(below) = self.below_top(Path::new(path)) else { return Ok(None) };
        let Some(At::Entry(entry)) = self.at(&below)? else { return Ok(None) };
        let mut text = Ok(String::new());
        blobs::read(self, &[entry], |blob| {
            text = read::text_of(blob, path, MAX_FILE_BYTES);
            Ok(())
        })?;
        text.map(Some)
    }

    /// What stands at a path of the work tree, behind links. A file is one that can be read.
    fn at(&self, path: &[u8]) -> Result<Option<At<'_>>, InputError> {
        match self.tree.at(path) {
            Some(At::Entry(entry)) if entry.is_link() => {}
            Some(at) => return Ok(Some(at)),
            None if !self.tree.has_links() => return Ok(None),
            None => {}
        }
        let real = self.tree.real(path, self.links()?);
        Ok(real.and_then(|real| self.tree.at(&real)))
    }

    /// Where the links lead, read when it is first asked.
    fn links(&self) -> Result<&Links, InputError> {
        if let Some(links) = self.links.get() {
            return Ok(links);
        }
        let links = blobs::links(self)?;
        Ok(self.links.get_or_init(|| links))
    }

    /// The path of the tree for a path as given.
    fn locate(&self, path: &str) -> Result<Vec<u8>, InputError> {
        self.below_top(Path::new(path)).ok_or_else(|| InputError::NotInWorkTree {
            path: path.to_owned(),
            top: self.top.display().to_string(),
        })
    }

    fn below_top(&self, path: &Path) -> Option<Vec<u8>> {
        let path = whole(path);
        let below = |path: &Path| path.strip_prefix(&self.top).ok().map(tree::bytes);
        below(&path).or_else(|| {
            // Git knows the real name of the work tree; what is given may lead through links above it.
            let there = path.ancestors().find(|part| part.exists())?;
            let rest = path.strip_prefix(there).ok()?;
            below(&there.canonicalize().ok()?.join(rest))
        })
    }
}

/// Finds and reads all files of `options` in a revision.
pub(super) fn collect(
    options: &Options,
    revision: &Revision,
    reader: &Reader,
) -> Result<Input, InputError> {
    let found = walk::walk(options, revision)?;
    let mut input = Input {
        notes: found.notes,
        problems: found.problems,
        kustomizations: found.kustomizations,
        left_out: found.left_out,
        considered: found.candidates.len(),
        looked_into: found.candidates.iter().map(|one| super::hash(&one.name)).collect(),
        ..Input::default()
    };
    let entries: Vec<_> = found.candidates.iter().map(|candidate| candidate.entry).collect();
    let mut candidates = found.candidates.iter();
    blobs::read(revision, &entries, |blob| {
        let contents = reader.stream(blob).map_err(|error| revision.broken(&error.to_string()))?;
        reader.check_total()?;
        let Some(candidate) = candidates.next() else { return Ok(()) };
        let name = candidate.name.clone();
        match contents {
            Some((contents, bom)) => {
                let is_template = || revision.tree.is_chart_template(&candidate.entry.path);
                let chart_template = !candidate.named && is_template();
                let named = candidate.named;
                input.files.push(File { name, contents, bom, chart_template, named });
            }
            None if options.list_others => input.others.push(name),
            None => {}
        }
        Ok(())
    })?;
    let tests = found.candidates.iter().filter(|one| assertions::is_test(&one.name));
    let tests = texts(revision, &tests.collect::<Vec<_>>(), reader)?;
    input.compared = assertions::take_out(&mut input.files, &tests);
    input.kustomized = texts(revision, &found.kustomized.iter().collect::<Vec<_>>(), reader)?;
    Ok(input)
}

/// Names and texts of files that tell of others.
fn texts(
    revision: &Revision,
    candidates: &[&walk::Candidate<'_>],
    reader: &Reader,
) -> Result<Vec<(String, String)>, InputError> {
    let entries: Vec<_> = candidates.iter().map(|candidate| candidate.entry).collect();
    let mut candidates = candidates.iter();
    let mut texts = Vec::new();
    blobs::read(revision, &entries, |blob| {
        let text = reader.whole_text(blob);
        let text = text.map_err(|error| revision.broken(&error.to_string()))?;
        texts.extend(candidates.next().map(|one| (one.name.clone(), text)));
        Ok(())
    })?;
    Ok(texts)
}

impl Revision {
    fn broken(&self, message: &str) -> InputError {
        InputError::Revision { revision: self.name.clone(), message: message.to_owned() }
    }
}
