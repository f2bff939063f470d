//! What of several files cannot be one cluster. Where one object stands in two files with different text, files do not
//! tell which of them a cluster holds; and folders, or files of a folder, with such objects are variants of each other:
//! steps of an exercise, pages, test cases.

use rustc_hash::{FxHashMap, FxHashSet};

use super::Loaded;
use super::environments::Split;
use crate::envoy::Detail;
use crate::finding::Subject;
use crate::manifest::Meta;
use crate::mesh::Duplicate;
use crate::text::{SourceId, Sources, Span, folder, is_within};

/// How many objects make variants of folders of which other folders hold these objects.
const MANY: usize = 3;

/// Objects, by number, and their text: the last one where there are several.
type Held = FxHashMap<u32, u64>;

/// Which objects are not certain, and which files are variants of each other.
#[derive(Debug)]
pub(super) struct Alternatives<'a> {
    sources: &'a Sources,
    /// Objects that stand elsewhere with another text.
    contested: FxHashMap<SourceId, Vec<Span>>,
    /// The documents of these.
    documents: FxHashSet<(SourceId, u32)>,
    /// Files, and the folders in which these stand, with the objects that they hold and others hold, too.
    holders: FxHashMap<&'a str, Held>,
    /// The same for folders with all that is below them.
    trees: FxHashMap<&'a str, Held>,
    /// Folders of which at least [`MANY`] parts are variants of each other.
    collections: FxHashSet<&'a str>,
    /// Folders of which at least [`MANY`] files are: whatever stands there is applied file by file.
    drawers: FxHashSet<&'a str>,
}

impl<'a> Alternatives<'a> {
    /// None where no object stands in two files with different text, or where the input is said to be one cluster.
    pub(super) fn of<R: Detail>(loaded: &'a Loaded<R>, split: Option<&Split>) -> Option<Self> {
        if loaded.is_cluster {
            return None;
        }
        let sources = &loaded.sources;
        let mut new = Self {
            sources,
            contested: FxHashMap::default(),
            documents: FxHashSet::default(),
            holders: FxHashMap::default(),
            trees: FxHashMap::default(),
            collections: FxHashSet::default(),
            drawers: FxHashSet::default(),
        };
        let mut parts: FxHashMap<&str, FxHashSet<&str>> = FxHashMap::default();
        for (number, object) in (0..).zip(objects(&loaded.duplicates)) {
            if !is_contested(&object, sources) || is_split(&object, split) {
                continue;
            }
            for meta in &object {
                let source = meta.subject.source;
                new.contested.entry(source).or_default().push(meta.span);
                new.documents.insert((source, meta.subject.document));
            }
            if object[0].group().contains("istio.io") {
                new.hold(number, &object);
                divide(&object, sources, &mut parts);
            }
        }
        let names: FxHashSet<&str> = sources.iter().map(|(_, source)| &*source.name).collect();
        for (above, parts) in parts.iter().filter(|(_, parts)| parts.len() >= MANY) {
            new.collections.insert(above);
            if parts.iter().filter(|part| names.contains(*part)).count() >= MANY {
                new.drawers.insert(above);
            }
        }
        (!new.contested.is_empty()).then_some(new)
    }

    /// Notes where an object stands.
    fn hold(&mut self, number: u32, object: &[&Meta]) {
        for meta in object {
            let name = self.name(meta.subject.source);
            for holder in [name, folder(name)] {
                self.holders.entry(holder).or_default().insert(number, meta.content);
            }
            for above in folders(name) {
                self.trees.entry(above).or_default().insert(number, meta.content);
            }
        }
    }

    fn name(&self, source: SourceId) -> &'a str {
        &self.sources.get(source).name
    }

    /// Whether a place is in an object that stands elsewhere with another text.
    pub(super) fn is_contested(&self, place: Span) -> bool {
        let spans = self.contested.get(&place.source).map_or(&[][..], Vec::as_slice);
        spans.iter().any(|span| span.contains(place))
    }

    /// The same for a whole document.
    pub(super) fn is_document_contested(&self, subject: (SourceId, u32)) -> bool {
        self.documents.contains(&subject)
    }

    /// Whether objects of two files never meet, as the files are variants of each other, or stand in folders that are.
    pub(super) fn differ(&self, a: SourceId, b: SourceId) -> bool {
        if [a, b].iter().all(|id| self.sources.get(*id).is_named) {
            return false;
        }
        let (a, b) = (self.name(a), self.name(b));
        let own = |name: &'a str, other: &'a str| {
            std::iter::once(name).chain(folders(name).filter(move |up| !is_within(other, up)))
        };
        let held = |name: &'a str| self.holders.get(name);
        let (Some((above, one)), Some((_, other))) = (branch(a, b), branch(b, a)) else {
            return false;
        };
        if (one, other) == (a, b) && self.drawers.contains(above) {
            return true;
        }
        let are_many = || match (self.trees.get(one), self.trees.get(other)) {
            (Some(one), Some(other)) => {
                self.collections.contains(above) || differing(one, other).take(MANY).count() == MANY
            }
            _ => false,
        };
        own(a, b).filter_map(held).any(|one| {
            own(b, a).filter_map(held).any(|other| differing(one, other).next().is_some())
        }) || are_many()
    }
}

/// Each object that stands more than once, with all of its places.
pub(super) fn objects(duplicates: &[Duplicate]) -> Vec<Vec<&Meta>> {
    let mut known: FxHashMap<[&str; 4], usize> = FxHashMap::default();
    let mut all: Vec<Vec<&Meta>> = Vec::new();
    for Duplicate { later, earlier } in duplicates {
        let at = *known.entry(identity(later)).or_insert_with(|| {
            all.push(vec![earlier]);
            all.len() - 1
        });
        all[at].push(later);
    }
    all
}

/// What tells an object from others.
pub(super) fn identity(meta: &Meta) -> [&str; 4] {
    [meta.group(), meta.kind(), meta.namespace(), meta.name()]
}

/// Whether files do not tell what an object is: it stands in several of them, with different text. Who names all of these
/// files wants the last one, as with `kubectl apply`.
pub(super) fn is_contested(object: &[&Meta], sources: &Sources) -> bool {
    let first = object[0];
    let is_named = |meta: &&Meta| sources.get(meta.subject.source).is_named;
    object.iter().any(|meta| meta.content != first.content)
        && object.iter().any(|meta| meta.subject.source != first.subject.source)
        && !object.iter().all(is_named)
}

/// Whether the places of an object are those of environments, which are told apart already.
fn is_split(object: &[&Meta], split: Option<&Split>) -> bool {
    let is_apart = |pair: &[&Meta]| {
        split.is_some_and(|split| split.has(pair[1].subject.source, pair[0].subject.source))
    };
    object.windows(2).all(is_apart)
}

/// Adds the parts of folders that an object divides: of those that hold it in several.
fn divide<'a>(
    object: &[&Meta],
    sources: &'a Sources,
    parts: &mut FxHashMap<&'a str, FxHashSet<&'a str>>,
) {
    let mut own: FxHashMap<&str, FxHashSet<&str>> = FxHashMap::default();
    for meta in object {
        let name = sources.get(meta.subject.source).name.as_str();
        let mut part = name;
        for above in folders(name) {
            own.entry(above).or_default().insert(part);
            part = above;
        }
    }
    for (above, of) in own.into_iter().filter(|(_, of)| of.len() > 1) {
        parts.entry(above).or_default().extend(of);
    }
}

/// The objects that both hold, with different text.
fn differing<'h>(a: &'h Held, b: &'h Held) -> impl Iterator<Item = u32> + 'h {
    let (less, more) = if a.len() < b.len() { (a, b) } else { (b, a) };
    less.iter()
        .filter(|(object, text)| more.get(object).is_some_and(|other| other != *text))
        .map(|(object, _)| *object)
}

/// The folders above a file or folder, the nearest one first; the last one is the current folder, which has no name.
pub(super) fn folders(name: &str) -> impl Iterator<Item = &str> {
    std::iter::successors(Some(name), |name| (!name.is_empty()).then(|| folder(name))).skip(1)
}

/// The folder that two files have in common, and the part of it that the first one is, or stands in.
pub(super) fn branch<'n>(name: &'n str, other: &str) -> Option<(&'n str, &'n str)> {
    let mut part = name;
    for above in folders(name) {
        if is_within(other, above) {
            return Some((above, part));
        }
        part = above;
    }
    None
}

/// The document of an object.
pub(super) fn document(subject: &Subject) -> (SourceId, u32) {
    (subject.source, subject.document)
}
