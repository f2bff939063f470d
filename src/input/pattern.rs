//! Patterns of the user: what to leave out, and what to read where a pattern stands for a path. Compares names;
//! knows nothing of the file system.

use std::env;
use std::path::{Component, Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};

use globset::{GlobBuilder, GlobMatcher, GlobSet, GlobSetBuilder};

use super::{InputError, Options, Root};

/// Names of files that are read in a walk.
const MANIFESTS: &[&str] = &[".yaml", ".yml", ".json"];

/// Names of files that only say how others are built.
const KUSTOMIZATIONS: &[&str] = &["kustomization.yaml", "kustomization.yml", "Kustomization"];

/// The `exclude` patterns. One without `/` is compared with every part of a path, others with the whole path,
/// below the working directory if it lies there; what lies under an excluded directory is excluded.
#[derive(Debug)]
pub(super) struct Excludes {
    parts: Set,
    paths: Set,
    /// What absolute names in the working directory start with.
    current: String,
    /// Those that are relative to another folder.
    below: Option<(Root, Vec<Glob>)>,
}

/// A pattern of the user for names. One without `/` is compared with every part of a name, another one with the whole
/// name and with the folders above it.
#[derive(Clone, Debug)]
pub struct Glob {
    matcher: GlobMatcher,
    is_path: bool,
}

impl Glob {
    /// Reads a pattern.
    pub fn new(pattern: &str) -> Result<Self, InputError> {
        let text = pattern.trim_start_matches("./").trim_end_matches('/');
        let matcher = glob(text).map_err(|error| bad(pattern, &error))?.compile_matcher();
        Ok(Self { matcher, is_path: text.contains('/') })
    }

    /// Whether a path matches, by itself or by a folder above it.
    pub fn matches(&self, path: &str) -> bool {
        if !self.is_path {
            return path.split('/').any(|part| self.matcher.is_match(part));
        }
        let folders = path.match_indices('/').map(|(at, _)| &path[..at]);
        folders.chain([path]).any(|path| self.matcher.is_match(path))
    }

    /// Whether a text that is no path matches as a whole.
    pub fn is(&self, text: &str) -> bool {
        self.matcher.is_match(text)
    }
}

impl Excludes {
    pub(super) fn new(patterns: &[String]) -> Result<Self, InputError> {
        let trimmed =
            |pattern: &String| pattern.trim_start_matches("./").trim_end_matches('/').to_owned();
        let (paths, parts): (Vec<_>, Vec<_>) = patterns
            .iter()
            .map(|pattern| (pattern, trimmed(pattern)))
            .partition(|(_, text)| text.contains('/'));
        let current = env::current_dir().map(|current| printed(&current) + "/").unwrap_or_default();
        Ok(Self { parts: Set::new(&parts)?, paths: Set::new(&paths)?, current, below: None })
    }

    /// All patterns of the options.
    pub(super) fn of(options: &Options) -> Result<Self, InputError> {
        let below = options.exclude_below.as_ref().filter(|(_, patterns)| !patterns.is_empty());
        let read = |(root, patterns): &(Root, Vec<String>)| {
            let globs =
                patterns.iter().map(|pattern| Glob::new(pattern)).collect::<Result<_, _>>()?;
            Ok((root.clone(), globs))
        };
        Ok(Self { below: below.map(read).transpose()?, ..Self::new(&options.exclude)? })
    }

    /// Whether a pattern that is relative to another folder matches a name below it.
    fn matches_below(&self, name: &str) -> bool {
        self.below.as_ref().is_some_and(|(root, globs)| {
            let name = root.relative(name).filter(|name| !name.is_empty());
            name.is_some_and(|name| globs.iter().any(|glob| glob.matches(&name)))
        })
    }

    /// The patterns that have matched nothing so far.
    pub(super) fn useless(&self) -> impl Iterator<Item = String> {
        [&self.parts, &self.paths].into_iter().flat_map(Set::useless)
    }

    /// Whether a file or directory is excluded by itself or by a parent.
    pub(super) fn matches_any_part(&self, name: &str) -> bool {
        // What lies above the working directory excludes nothing in it.
        let name = name.strip_prefix(&self.current).unwrap_or(name);
        let parents = name.match_indices('/').map(|(at, _)| &name[..at]);
        parents.chain([name]).any(|name| !name.is_empty() && self.matches(name))
    }

    /// Whether a file or directory is excluded by itself, its parents aside.
    pub(super) fn matches(&self, name: &str) -> bool {
        let last = name.rsplit('/').next().unwrap_or(name);
        if self.parts.is_match(last) || self.paths.is_match(name) || self.matches_below(name) {
            return true;
        }
        let below = name.strip_prefix(&self.current);
        below.is_some_and(|below| self.paths.is_match(below))
    }
}

/// Some of the `exclude` patterns, and which of them matched.
#[derive(Debug)]
struct Set {
    globs: GlobSet,
    /// As given; whether it matched.
    patterns: Vec<(String, AtomicBool)>,
}

impl Set {
    fn new(patterns: &[(&String, String)]) -> Result<Self, InputError> {
        let mut globs = GlobSetBuilder::new();
        for (pattern, text) in patterns {
            globs.add(glob(text).map_err(|error| bad(pattern, &error))?);
        }
        let globs = globs.build().map_err(|error| bad("exclude", &error))?;
        let patterns = patterns.iter().map(|(given, _)| ((*given).clone(), AtomicBool::new(false)));
        Ok(Self { globs, patterns: patterns.collect() })
    }

    fn is_match(&self, name: &str) -> bool {
        let matches = self.globs.is_match(name);
        if matches {
            for at in self.globs.matches(name) {
                self.patterns[at].1.store(true, Ordering::Relaxed);
            }
        }
        matches
    }

    fn useless(&self) -> impl Iterator<Item = String> {
        let useless = self.patterns.iter().filter(|(_, matched)| !matched.load(Ordering::Relaxed));
        useless.map(|(given, _)| given.clone())
    }
}

/// A pattern in place of a path, such as `k8s/**/*.yaml`.
#[derive(Debug)]
pub(super) struct Pattern {
    /// The directory above the first part that is a pattern.
    pub(super) base: PathBuf,
    /// The pattern as given.
    pub(super) text: String,
    matcher: GlobMatcher,
    /// How many parts follow the base, where that bounds the depth of the walk.
    depth: Option<usize>,
    /// The last part names an extension, so that ours are not asked for.
    any_extension: bool,
}

impl Pattern {
    /// Whether a path that does not exist is meant as a pattern.
    pub(super) fn is_meant(path: &str) -> bool {
        path.contains(['*', '?', '[', '{'])
    }

    pub(super) fn new(text: &str) -> Result<Self, InputError> {
        let whole = tidy(Path::new(text));
        let base = whole
            .components()
            .take_while(|part| !part.as_os_str().to_str().is_some_and(Self::is_meant));
        let parts = base.clone().count();
        let name = printed(&whole);
        let unbounded = name.contains("**") || name.contains('{');
        Ok(Self {
            base: tidy(&base.collect::<PathBuf>()),
            matcher: glob(&name).map_err(|error| bad(text, &error))?.compile_matcher(),
            depth: (!unbounded).then(|| whole.components().count() - parts),
            any_extension: name.rsplit('/').next().is_some_and(|last| last.contains('.')),
            text: text.to_owned(),
        })
    }

    fn matches_file(&self, name: &str) -> bool {
        if self.matcher.is_match(name) {
            return self.any_extension || is_manifest(name);
        }
        let mut parents = name.match_indices('/').map(|(at, _)| &name[..at]);
        is_manifest(name) && parents.any(|parent| self.matcher.is_match(parent))
    }

    fn may_hold(&self, name: &str, depth: usize) -> bool {
        self.depth != Some(depth) || self.matcher.is_match(name)
    }
}

/// Which files of a walk are wanted.
#[derive(Debug)]
pub(super) enum Accept {
    /// All that look like manifests.
    Manifests,
    /// Those under a pattern.
    Matching(Box<Pattern>),
}

impl Accept {
    pub(super) fn file(&self, name: &str) -> bool {
        match self {
            Self::Manifests => is_manifest(name),
            Self::Matching(pattern) => pattern.matches_file(name),
        }
    }

    pub(super) fn kustomization(&self, name: &str) -> bool {
        match self {
            Self::Manifests => true,
            Self::Matching(pattern) => pattern.matcher.is_match(name) || pattern.matches_file(name),
        }
    }

    /// Whether to walk a directory, `depth` below the start of the walk.
    pub(super) fn directory(&self, name: &str, depth: usize) -> bool {
        match self {
            Self::Manifests => true,
            Self::Matching(pattern) => pattern.may_hold(name, depth),
        }
    }
}

fn is_manifest(name: &str) -> bool {
    MANIFESTS.iter().any(|extension| name.ends_with(extension))
}

pub(super) fn is_kustomization(name: &str) -> bool {
    KUSTOMIZATIONS.contains(&name.rsplit('/').next().unwrap_or(name))
}

/// The path without `.` parts; `.` if nothing is left.
pub(super) fn tidy(path: &Path) -> PathBuf {
    let tidy: PathBuf = path.components().filter(|part| *part != Component::CurDir).collect();
    if tidy.as_os_str().is_empty() { PathBuf::from(".") } else { tidy }
}

/// A path as it is printed.
pub(super) fn printed(path: &Path) -> String {
    let text = path.to_string_lossy();
    if cfg!(windows) { text.replace('\\', "/") } else { text.into_owned() }
}

fn glob(text: &str) -> Result<globset::Glob, globset::Error> {
    GlobBuilder::new(text).literal_separator(true).build()
}

fn bad(glob: &str, error: &globset::Error) -> InputError {
    InputError::BadGlob { glob: glob.to_owned(), reason: error.kind().to_string() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn excludes_compare_parts_or_whole_paths() {
        let patterns = ["vendor/", "*.gen.yaml", "./apps/*/tmp", "testdata/**"].map(str::to_owned);
        let excludes = Excludes::new(&patterns).unwrap();
        for name in ["vendor", "a/vendor", "a/b.gen.yaml", "apps/shop/tmp", "testdata/a/b.yaml"] {
            assert!(excludes.matches(name), "{name}");
        }
        for name in ["vendors", "apps/shop/x/tmp", "a/testdata/b.yaml", "a.yaml"] {
            assert!(!excludes.matches(name), "{name}");
        }
        let absolute = env::current_dir().unwrap().join("testdata/b.yaml");
        assert!(excludes.matches(&printed(&absolute)));
    }

    #[test]
    fn a_pattern_has_a_base_and_a_depth() {
        let pattern = Pattern::new("./k8s//*/a?.yaml").unwrap();
        assert_eq!(pattern.base, Path::new("k8s"));
        assert_eq!(pattern.depth, Some(2));
        assert!(pattern.matches_file("k8s/x/ab.yaml"));
        assert!(!pattern.matches_file("k8s/x/y/ab.yaml"));
        assert_eq!(Pattern::new("**/*.yaml").unwrap().base, Path::new("."));
    }

    #[test]
    fn a_pattern_that_matches_a_directory_stands_for_its_manifests() {
        let pattern = Pattern::new("k8s/*").unwrap();
        assert!(pattern.matches_file("k8s/shop/deep/a.yaml"));
        assert!(pattern.matches_file("k8s/a.json"));
        assert!(!pattern.matches_file("k8s/README.md"));
        assert!(Pattern::new("k8s/*.tpl").unwrap().matches_file("k8s/a.tpl"));
    }

    #[test]
    fn an_invalid_pattern_is_refused() {
        let error = Excludes::new(&["a[".to_owned()]).unwrap_err().to_string();
        assert_eq!(error, "`a[` is not a valid pattern: unclosed character class; missing ']'");
    }
}
