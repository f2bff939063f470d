//! Folders that look like those of several environments, where nobody said what belongs together: overlays of kustomize,
//! `clusters/*`, `environments/*`, `*-eu` beside `*-us`. The same object in two of them is no conflict, and objects of different ones never meet.

use std::collections::{BTreeMap, BTreeSet};

use super::Loaded;
use super::lint::{are_built_together, is_told};
use super::suffixes::Suffixes;
use crate::envoy::Detail;
use crate::mesh::Duplicate;
use crate::rules::Environments;
use crate::text::{SourceId, Sources, folder};

/// Folders whose subfolders are environments.
const HOLDERS: &[&str] = &["overlays", "clusters", "environments", "envs"];

/// Folders of what environments share.
const SHARED: &[&str] = &["base", "bases"];

/// How many paths of what is shared a snippet names.
pub(super) const MOST_PATHS: usize = 10;

/// What environment a file is of.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Place {
    /// None.
    Nowhere,
    /// What environments share.
    Base,
    /// A folder of [`HOLDERS`], by the name of the environment.
    Named(String),
    /// The folder of a kustomization, which is built by itself.
    Kustomization(String),
    /// Folders with one suffix, side by side in a folder that comes first.
    Suffixed(String, String),
}

/// Which files are of which environment, where an object is in several of them.
#[derive(Debug)]
pub(super) struct Split {
    places: Vec<Place>,
    /// Folders of environments, by place.
    folders: BTreeMap<Place, BTreeSet<String>>,
    /// Places of which the same object is in both.
    pairs: BTreeSet<(Place, Place)>,
    /// The objects that are in several.
    pub(super) objects: Vec<Duplicate>,
}

impl Split {
    /// None where no object is in several environments, or where the input is said to be one cluster.
    pub(super) fn of<R: Detail>(loaded: &Loaded<R>) -> Option<Self> {
        if loaded.is_cluster || loaded.duplicates.is_empty() {
            return None;
        }
        let built: BTreeSet<&str> = loaded.kustomizations.iter().map(|name| folder(name)).collect();
        let suffixes = Suffixes::of(&loaded.duplicates, &loaded.sources);
        let mut folders: BTreeMap<Place, BTreeSet<String>> = BTreeMap::new();
        let mut places = Vec::new();
        for (_, source) in loaded.sources.iter() {
            if let Some((above, suffix)) = suffixes.of_file(&source.name) {
                let place = Place::Suffixed(above.to_owned(), suffix.to_owned());
                folders.entry(place.clone()).or_default().extend(place.pattern());
                places.push(place);
                continue;
            }
            let (place, of) = place(&source.name, &built);
            if let Some(of) = of {
                folders.entry(place.clone()).or_default().insert(of.to_owned());
            }
            places.push(place);
        }
        let mut split = Self { places, folders, pairs: BTreeSet::new(), objects: Vec::new() };
        for twice in loaded.duplicates.iter().filter(|twice| is_told(twice)) {
            let (later, earlier) =
                (split.at(twice.later.subject.source), split.at(twice.earlier.subject.source));
            if is_split(later, earlier) && !are_built_together(twice, loaded) {
                let pair = (later.clone().min(earlier.clone()), later.clone().max(earlier.clone()));
                split.pairs.insert(pair);
                split.objects.push(twice.clone());
            }
        }
        (!split.objects.is_empty()).then_some(split)
    }

    fn at(&self, source: SourceId) -> &Place {
        &self.places[source.index()]
    }

    /// Whether two files are of two environments, so that an object that stands in both is not twice in one.
    pub(super) fn has(&self, later: SourceId, earlier: SourceId) -> bool {
        is_split(self.at(later), self.at(earlier))
    }

    /// Whether some of these files are of different environments.
    pub(super) fn crosses(&self, sources: &[SourceId]) -> bool {
        let mut places: Vec<&Place> = sources.iter().map(|source| self.at(*source)).collect();
        places.sort_unstable();
        places.dedup();
        places.iter().enumerate().any(|(at, a)| places[..at].iter().any(|b| self.differ(b, a)))
    }

    /// Whether two of these files may be of different environments: of other folders, and nothing says that they are of one.
    pub(super) fn may_cross(&self, files: &[SourceId], sources: &Sources) -> bool {
        let in_one_folder =
            |a: SourceId, b: SourceId| folder(&sources.get(a).name) == folder(&sources.get(b).name);
        let may_differ = |a: SourceId, b: SourceId| match (self.at(a), self.at(b)) {
            (Place::Named(a), Place::Named(b))
            | (Place::Kustomization(a), Place::Kustomization(b)) => a != b,
            (Place::Base, _) | (_, Place::Base) => false,
            _ => !in_one_folder(a, b),
        };
        files.iter().enumerate().any(|(at, a)| files[..at].iter().any(|b| may_differ(*a, *b)))
    }

    /// Whether objects of two places never meet; `a` is the lesser one.
    fn differ(&self, a: &Place, b: &Place) -> bool {
        match (a, b) {
            (Place::Named(a), Place::Named(b)) => a != b,
            (Place::Suffixed(above, a), Place::Suffixed(other, b)) => above == other && a != b,
            (Place::Kustomization(_), Place::Kustomization(_) | Place::Suffixed(..)) => {
                self.pairs.contains(&(a.clone(), b.clone()))
            }
            _ => false,
        }
    }

    /// What the finding says of it, and the snippet for the config file.
    pub(super) fn describe(&self, sources: &Sources) -> Environments {
        let involved: BTreeSet<&Place> = self.pairs.iter().flat_map(|(a, b)| [a, b]).collect();
        let is_one = |place: &&Place| !matches!(place, Place::Nowhere | Place::Base);
        let mut wanted: BTreeSet<&Place> = involved.into_iter().filter(is_one).collect();
        let others = |one: &Place| wanted.iter().any(|place| place.is_kin(one));
        let others: Vec<&Place> = self.folders.keys().filter(|place| others(place)).collect();
        wanted.extend(others);
        let own: BTreeSet<&String> =
            wanted.iter().filter_map(|place| self.folders.get(place)).flatten().collect();
        let shared = self.shared(&own, sources);
        let mut names = BTreeSet::new();
        let mut snippet = Vec::new();
        for place in &wanted {
            let Some(folders) = self.folders.get(*place) else { continue };
            let (last, whole) = match place {
                Place::Named(name) | Place::Kustomization(name) => {
                    (name.rsplit('/').next().unwrap_or(name), name.replace('/', "-"))
                }
                Place::Suffixed(above, suffix) => {
                    (&suffix[1..], format!("{}{suffix}", above.replace('/', "-")))
                }
                Place::Nowhere | Place::Base => continue,
            };
            // Two folders of the same name are told apart by their paths.
            let name = if names.insert(last.to_owned()) { last.to_owned() } else { whole };
            let paths: Vec<String> =
                shared.iter().chain(folders).map(|path| quoted(path)).collect();
            snippet.push(format!("{}: {{paths: [{}]}}", quoted(&name), paths.join(", ")));
        }
        let is_of_base = |(a, b): &(Place, Place)| {
            matches!(a, Place::Nowhere | Place::Base) || matches!(b, Place::Nowhere | Place::Base)
        };
        Environments {
            objects: self.objects.len(),
            folders: own.into_iter().cloned().collect(),
            snippet,
            is_patched: self.pairs.iter().any(is_of_base),
        }
    }

    /// The largest folders, or files, that hold nothing of an environment.
    fn shared(&self, own: &BTreeSet<&String>, sources: &Sources) -> Vec<String> {
        let mut shared = BTreeSet::new();
        for (id, source) in sources.iter() {
            let folder = self.folders.get(self.at(id));
            if folder.is_some_and(|folders| folders.iter().any(|folder| own.contains(folder))) {
                continue;
            }
            let name = source.name.as_str();
            let ends = name.match_indices('/').map(|(at, _)| at).filter(|at| *at > 0);
            let mut candidates = ends.map(|at| &name[..at]).filter(|path| *path != "..");
            let holds = |path: &str| {
                own.iter().any(|own| own.as_str() == path || own.starts_with(&format!("{path}/")))
            };
            shared.insert(candidates.find(|path| !holds(path)).unwrap_or(name).to_owned());
        }
        shared.into_iter().take(MOST_PATHS).collect()
    }
}

impl Place {
    /// What the config file calls the folders of a suffix.
    fn pattern(&self) -> Option<String> {
        let Self::Suffixed(above, suffix) = self else { return None };
        let above = if above.is_empty() { String::new() } else { format!("{above}/") };
        Some(format!("{above}*{suffix}"))
    }

    /// Whether one of these being an environment makes one of the other.
    fn is_kin(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::Named(_), Self::Named(_)) => true,
            (Self::Suffixed(above, _), Self::Suffixed(other, _)) => above == other,
            _ => false,
        }
    }
}

/// Whether the same object in two places is one of two environments.
fn is_split(a: &Place, b: &Place) -> bool {
    match (a, b) {
        (Place::Nowhere | Place::Base, Place::Nowhere | Place::Base)
        | (Place::Nowhere, Place::Kustomization(_) | Place::Suffixed(..))
        | (Place::Kustomization(_) | Place::Suffixed(..), Place::Nowhere) => false,
        (Place::Suffixed(above, a), Place::Suffixed(other, b)) => above == other && a != b,
        _ => a != b,
    }
}

/// The environment of a file, and its folder. `built` are the folders of kustomizations.
fn place<'n>(name: &'n str, built: &BTreeSet<&str>) -> (Place, Option<&'n str>) {
    let ends: Vec<usize> = name.match_indices('/').map(|(at, _)| at).collect();
    let part = |at: usize| {
        let start = at.checked_sub(1).map_or(0, |before| ends[before] + 1);
        &name[start..ends[at]]
    };
    // The innermost one counts.
    for at in (1..ends.len()).rev() {
        if HOLDERS.contains(&part(at - 1)) {
            return (Place::Named(part(at).to_owned()), Some(&name[..ends[at]]));
        }
        if SHARED.contains(&part(at)) {
            return (Place::Base, None);
        }
    }
    if !ends.is_empty() && SHARED.contains(&part(0)) {
        return (Place::Base, None);
    }
    let mut above = ends.iter().rev().map(|end| &name[..*end]);
    match above.find(|folder| built.contains(folder)) {
        Some(folder) => (Place::Kustomization(folder.to_owned()), Some(folder)),
        None => (Place::Nowhere, None),
    }
}

/// A text as it stands in a list of YAML.
pub(super) fn quoted(text: &str) -> String {
    let is_plain = |c: char| c.is_ascii_alphanumeric() || matches!(c, '.' | '_' | '-' | '/');
    let starts_well = text.starts_with(|c: char| c.is_ascii_alphabetic() || matches!(c, '.' | '/'));
    if starts_well && text.chars().all(is_plain) {
        text.to_owned()
    } else {
        format!("\"{}\"", text.replace('\\', "\\\\").replace('"', "\\\""))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn environments_are_told_by_folders() {
        let built = BTreeSet::from(["k/one", "k/base"]);
        let named = |name: &str| Place::Named(name.to_owned());
        for (name, expected, of) in [
            ("clusters/prod/a.yaml", named("prod"), Some("clusters/prod")),
            ("apps/overlays/eu/x/a.yaml", named("eu"), Some("apps/overlays/eu")),
            (
                "clusters/prod/apps/overlays/eu/a.yaml",
                named("eu"),
                Some("clusters/prod/apps/overlays/eu"),
            ),
            ("clusters/a.yaml", Place::Nowhere, None),
            ("apps/base/a.yaml", Place::Base, None),
            ("base/a.yaml", Place::Base, None),
            ("k/base/a.yaml", Place::Base, None),
            ("k/one/deep/a.yaml", Place::Kustomization("k/one".into()), Some("k/one")),
            ("k/a.yaml", Place::Nowhere, None),
            ("a.yaml", Place::Nowhere, None),
            ("", Place::Nowhere, None),
        ] {
            assert_eq!(place(name, &built), (expected, of), "{name}");
        }
    }

    #[test]
    fn texts_are_quoted_where_yaml_needs_it() {
        assert_eq!(quoted("clusters/prod-1"), "clusters/prod-1");
        assert_eq!(quoted("1"), "\"1\"");
        assert_eq!(quoted("a, b\"c"), "\"a, b\\\"c\"");
    }
}
