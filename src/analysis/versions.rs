//! Objects of which the input does not tell which text a cluster has: they stand in several files with different text.
//! Tables are made of the last one of each, as with `kubectl apply`; what they are with others is made here.

use std::collections::BTreeSet;

use rayon::prelude::*;
use rustc_hash::FxHashSet;

use super::Loaded;
use super::alternatives::{branch, identity, is_contested, objects};
use super::environments::Split;
use super::lint::{is_apart, is_told, is_variant};
use super::variants;
use crate::envoy::{self, Detail, Table};
use crate::manifest::Meta;
use crate::mesh::{Duplicate, Mesh, Store};
use crate::text::{SourceId, Sources, first_five, is_within};

/// How many sets of tables are made besides those of the last ones.
const MOST: usize = 8;

/// An object that stands in several files with different text, where nobody says which of them a cluster has.
#[derive(Debug)]
pub struct Contested<'a> {
    /// Where it stands, in the order of files: the last one was taken.
    pub places: Vec<&'a Meta>,
}

/// What a cluster has that is made of the files of one place.
#[derive(Debug)]
pub struct Version {
    /// A folder or file that holds some of these objects.
    pub place: String,
    /// Its objects and tables; none: they are those of the whole input.
    pub other: Option<(Mesh, Vec<Table>)>,
}

/// The objects of which the input does not tell the text.
pub fn contested<R: Detail>(loaded: &Loaded<R>) -> Vec<Contested<'_>> {
    if loaded.is_cluster || loaded.duplicates.is_empty() {
        return Vec::new();
    }
    among(loaded, Split::of(loaded).as_ref())
}

fn among<'a, R: Detail>(loaded: &'a Loaded<R>, split: Option<&Split>) -> Vec<Contested<'a>> {
    let is_one = |twice: &&Duplicate| {
        is_told(twice)
            && twice.later.content != twice.earlier.content
            && (is_apart(twice, split) || is_variant(twice, loaded))
    };
    let found = loaded.duplicates.iter().filter(is_one);
    let found: FxHashSet<_> = found.map(|twice| identity(&twice.later)).collect();
    let all = objects(&loaded.duplicates).into_iter();
    let wanted = all.filter(|places| found.contains(&identity(places[0])));
    let wanted = wanted.filter(|places| is_contested(places, &loaded.sources));
    wanted.map(|places| Contested { places }).collect()
}

impl<'a> Contested<'a> {
    /// The one that was taken.
    pub fn taken(&self) -> &'a Meta {
        self.places[self.places.len() - 1]
    }

    /// The folder or file that tells one place from the others.
    fn label<'s>(&self, at: usize, sources: &'s Sources) -> Option<&'s str> {
        let name = |meta: &Meta| sources.get(meta.subject.source).name.as_str();
        let own = name(self.places[at]);
        let others = self.places.iter().map(|meta| name(meta)).filter(|other| *other != own);
        others.filter_map(|other| Some(branch(own, other)?.1)).max_by_key(|label| label.len())
    }

    /// `VirtualService shop/web (overlays/prod/web.yaml, not overlays/dev/web.yaml)`.
    fn describe(&self, sources: &Sources) -> String {
        let taken = self.taken();
        let name = |meta: &Meta| sources.get(meta.subject.source).name.as_str();
        let others: BTreeSet<&str> = self.places.iter().map(|meta| name(meta)).collect();
        let others: Vec<&str> = others.into_iter().filter(|other| *other != name(taken)).collect();
        let more = match others.len() {
            0 | 1 => String::new(),
            n => format!(" and {} more", n - 1),
        };
        let first = others.first().copied().unwrap_or_default();
        format!(
            "{} {}/{} (`{}`, not `{first}`{more})",
            taken.kind(),
            taken.namespace(),
            taken.name(),
            name(taken)
        )
    }
}

/// What is to be said beside tables and answers: which objects they are, which of each was taken, and the lines for the
/// config file.
pub fn note_contested<R: Detail>(loaded: &Loaded<R>) -> Option<(String, Vec<String>)> {
    let split = (!loaded.duplicates.is_empty()).then(|| Split::of(loaded)).flatten();
    let contested = contested(loaded);
    let (objects, counts) = match contested.len() {
        0 => return None,
        1 => ("1 object stands".to_owned(), "of which the last counts here"),
        n => (format!("{n} objects stand"), "of which the last of each counts here"),
    };
    let snippet = if let Some(split) = &split {
        split.describe(&loaded.sources).snippet
    } else {
        let twice = loaded.duplicates.iter().filter(|twice| is_told(twice));
        let twice: Vec<_> = twice.filter(|twice| is_variant(twice, loaded)).collect();
        variants::snippet(&twice, &loaded.sources)
    };
    let names: Vec<String> = contested.iter().map(|one| one.describe(&loaded.sources)).collect();
    let note = format!(
        "{objects} in several files with different text, {counts}: {}; name the files of one cluster, or say in \
         `.gwctl.yaml`, under `clusters`, what belongs together, and choose it by `--cluster`",
        first_five(&names, ", ")
    );
    Some((note, snippet))
}

/// What clusters have that are made of the files of one place each, for all places of contested objects; `None` where these
/// are too many.
pub fn versions(loaded: &Loaded) -> Option<Vec<Version>> {
    if loaded.is_cluster || loaded.duplicates.is_empty() {
        return Some(Vec::new());
    }
    let split = Split::of(loaded);
    let contested = among(loaded, split.as_ref());
    let labels = contested
        .iter()
        .flat_map(|one| (0..one.places.len()).filter_map(|at| one.label(at, &loaded.sources)));
    let labels: BTreeSet<&str> = labels.collect();
    let version = |label: &&str| Version {
        place: (*label).to_owned(),
        other: of_place(loaded, split.as_ref(), &contested, label),
    };
    (labels.len() <= MOST).then(|| labels.iter().map(version).collect())
}

/// The objects and tables that the files of one place give, with all that is of no other environment.
fn of_place(
    loaded: &Loaded,
    split: Option<&Split>,
    contested: &[Contested<'_>],
    label: &str,
) -> Option<(Mesh, Vec<Table>)> {
    let is_here = |source: SourceId| is_within(&loaded.sources.get(source).name, label);
    let places = contested.iter().flat_map(|one| &one.places).map(|meta| meta.subject.source);
    let anchors: BTreeSet<SourceId> = places.filter(|source| is_here(*source)).collect();
    let anchors: Vec<SourceId> = anchors.into_iter().collect();
    // A folder that holds several environments is none.
    let split = split.filter(|split| !split.crosses(&anchors));
    let is_elsewhere = |source: SourceId| {
        split.is_some_and(|split| anchors.first().is_some_and(|own| split.crosses(&[source, *own])))
    };
    let elsewhere: FxHashSet<SourceId> =
        loaded.sources.iter().map(|(id, _)| id).filter(|id| is_elsewhere(*id)).collect();
    let store = &loaded.mesh.store;
    let mut resources = store.resources();
    let count = resources.len();
    resources.retain(|resource| !elsewhere.contains(&resource.meta().subject.source));
    let is_taken = |one: &Contested<'_>| {
        let here = one.places.iter().rev().find(|meta| is_here(meta.subject.source));
        here.is_none_or(|here| here.content == one.taken().content)
    };
    if resources.len() == count && contested.iter().all(is_taken) {
        return None;
    }
    // The last one counts.
    resources.sort_by_key(|resource| {
        let meta = resource.meta();
        (is_here(meta.subject.source), meta.subject.source, meta.span.start)
    });
    let (mut other, _) = Store::new(resources);
    other.refused.clone_from(&store.refused);
    other.generated_secrets.clone_from(&store.generated_secrets);
    let mesh = Mesh::new(other, loaded.settings.clone());
    let is_asked = |name: &str| loaded.tables.iter().any(|table| table.proxy.name == name);
    let are_all_asked = loaded.tables.len() == loaded.mesh.proxies.len();
    let proxies = mesh.proxies.par_iter();
    let proxies = proxies.filter(|proxy| are_all_asked || is_asked(&proxy.name));
    let tables = proxies.map(|proxy| envoy::build(&mesh, proxy)).collect();
    Some((mesh, tables))
}
