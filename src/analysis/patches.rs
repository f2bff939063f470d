//! Files that are patches of kustomizations, and what kustomizations change in the others.

use rustc_hash::FxHashMap;

use crate::input::document_matters;
use crate::manifest::Kustomizations;
use crate::text::{SourceId, Sources};
use crate::yaml;

/// What the kustomizations of the input say of its files.
pub(super) fn kustomizations(
    kustomized: &[(String, String)],
    sources: &Sources,
    readable: &[SourceId],
) -> Kustomizations {
    let texts = kustomized.iter().map(|(name, text)| (name.as_str(), text.as_str()));
    let mut read = Kustomizations::read(texts);
    if !kustomized.is_empty() {
        let sources = readable.iter().map(|id| sources.get(*id));
        let patches = sources.filter(|source| read.is_patch(&source.name));
        let texts: FxHashMap<&str, &str> =
            patches.map(|source| (source.name.as_str(), source.text.as_str())).collect();
        read.look_into_patches(|file| texts.get(file).copied());
    }
    read
}

/// Takes the files of patches out of those that are read for objects: how many documents these have.
pub(super) fn take_out(
    kustomizations: &Kustomizations,
    sources: &Sources,
    readable: &mut Vec<SourceId>,
) -> usize {
    let mut patches = 0;
    readable.retain(|id| {
        let source = sources.get(*id);
        let is_patch = kustomizations.is_patch(&source.name);
        patches += if is_patch { counted_documents(&source.text) } else { 0 };
        !is_patch
    });
    patches
}

/// How many documents of a text can hold objects that matter.
fn counted_documents(text: &str) -> usize {
    let body = |chunk: &yaml::Chunk| &text[chunk.start as usize..chunk.end as usize];
    yaml::split(text).iter().filter(|chunk| document_matters(body(chunk))).count()
}
