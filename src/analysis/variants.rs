//! What is said of objects that stand in two folders, or two files of a folder, with different text: one finding for each
//! two of these (GW007), with what the config file has to say if they are of two clusters. Of trees in which many are
//! variants of each other one finding tells, as these never are one cluster.

use std::collections::{BTreeMap, BTreeSet};

use rustc_hash::{FxHashMap, FxHashSet};

use super::alternatives::{branch, folders};
use super::environments::{MOST_PATHS, quoted};
use crate::finding::Finding;
use crate::mesh::Duplicate;
use crate::rules::{Variants, defined_in_variants};
use crate::text::{Sources, folder, is_within};

/// Of how many folders or files that hang together each two have a finding of their own.
const FEW: usize = 4;

/// One finding for each two folders or files, and one for all where there are many.
pub(super) fn findings(twice: &[&Duplicate], sources: &Sources) -> Vec<Finding> {
    let groups = described(twice, sources).into_iter();
    groups.map(|(first, variants)| defined_in_variants(first, &variants)).collect()
}

/// The entries of the config file for the first two folders or files, unless these are many.
pub(super) fn snippet(twice: &[&Duplicate], sources: &Sources) -> Vec<String> {
    let snippets = described(twice, sources).into_iter().map(|(_, variants)| variants.snippet);
    snippets.into_iter().find(|snippet| !snippet.is_empty()).unwrap_or_default()
}

/// What is said of each two folders or files, or of all, with an object that is in several.
fn described<'d>(twice: &[&'d Duplicate], sources: &Sources) -> Vec<(&'d Duplicate, Variants)> {
    let mut by_places: BTreeMap<[&str; 2], Vec<&Duplicate>> = BTreeMap::new();
    for twice in twice {
        let places = places(twice, sources);
        // Whichever is the later one: it is one pair.
        let turned = [places[1], places[0]];
        let key = if by_places.contains_key(&turned) { turned } else { places };
        by_places.entry(key).or_default().push(twice);
    }
    let shared = shared(&by_places.keys().flatten().copied().collect(), sources);
    let groups = groups(by_places.keys());
    let mut crowds: BTreeMap<&str, Vec<&Duplicate>> = BTreeMap::new();
    let mut described = Vec::new();
    for (pair, twice) in by_places {
        let group = groups[pair[0]];
        let places = groups.iter().filter(|(_, of)| **of == group).count();
        if places > FEW {
            crowds.entry(group).or_default().extend(twice);
        } else {
            described.push(describe(&twice, pair.to_vec(), &shared));
        }
    }
    for (group, twice) in crowds {
        let of_group = groups.iter().filter(|(_, of)| **of == group).map(|(place, _)| *place);
        let mut all: Vec<&str> = of_group.collect();
        all.sort_unstable();
        described.push(describe(&twice, all, &shared));
    }
    described
}

fn describe<'d>(
    twice: &[&'d Duplicate],
    places: Vec<&str>,
    shared: &BTreeSet<&str>,
) -> (&'d Duplicate, Variants) {
    let snippet = match places.as_slice() {
        [here, there] => vec![entry(here, there, shared), entry(there, here, shared)],
        _ => Vec::new(),
    };
    let objects: BTreeSet<_> = twice.iter().map(|twice| &twice.later.subject.object).collect();
    let places = places.into_iter().map(str::to_owned).collect();
    (twice[0], Variants { objects: objects.len(), places, snippet })
}

/// The folders or files that hang together, each with one that stands for all of its group.
fn groups<'a, 'k>(pairs: impl Iterator<Item = &'k [&'a str; 2]>) -> FxHashMap<&'a str, &'a str>
where
    'a: 'k,
{
    let mut next: FxHashMap<&str, Vec<&str>> = FxHashMap::default();
    for &[a, b] in pairs {
        next.entry(a).or_default().push(b);
        next.entry(b).or_default().push(a);
    }
    let mut names: Vec<&str> = next.keys().copied().collect();
    names.sort_unstable();
    let mut groups: FxHashMap<&str, &str> = FxHashMap::default();
    for first in names {
        let mut pending = vec![first];
        while let Some(place) = pending.pop() {
            if !groups.contains_key(place) {
                groups.insert(place, first);
                pending.extend(&next[place]);
            }
        }
    }
    groups
}

/// The folders of an object's two places; the files where these stand in one folder, or one of them above the other.
fn places<'a>(twice: &Duplicate, sources: &'a Sources) -> [&'a str; 2] {
    let names =
        [&twice.later, &twice.earlier].map(|meta| sources.get(meta.subject.source).name.as_str());
    let place = |name: &'a str, other: &str| {
        let own = folder(name);
        if own.is_empty() || is_within(other, own) { name } else { own }
    };
    [place(names[0], names[1]), place(names[1], names[0])]
}

/// The entry of a cluster: what tells its folder or file from the other one, and what it holds.
fn entry(place: &str, other: &str, shared: &BTreeSet<&str>) -> String {
    let above = branch(place, other).map_or("", |(above, _)| above);
    let name = place.strip_prefix(above).unwrap_or(place).trim_start_matches('/');
    let ends = [".yaml", ".yml", ".json"];
    let name = ends.iter().find_map(|end| name.strip_suffix(end)).unwrap_or(name);
    let paths: Vec<String> = shared.iter().copied().chain([place]).map(quoted).collect();
    format!("{}: {{paths: [{}]}}", quoted(&name.replace('/', "-")), paths.join(", "))
}

/// The largest folders, or files, that hold nothing of which there are variants; none where these are many.
fn shared<'a>(own: &FxHashSet<&'a str>, sources: &'a Sources) -> BTreeSet<&'a str> {
    let mut shared = BTreeSet::new();
    if own.len() > FEW {
        return shared;
    }
    let above: FxHashSet<&str> = own.iter().copied().flat_map(folders).collect();
    for (_, source) in sources.iter() {
        let name = source.name.as_str();
        if own.contains(name) || folders(name).any(|folder| own.contains(folder)) {
            continue;
        }
        let clear = folders(name).take_while(|folder| !above.contains(folder));
        shared.insert(clear.last().unwrap_or(name));
    }
    shared.into_iter().take(MOST_PATHS).collect()
}
