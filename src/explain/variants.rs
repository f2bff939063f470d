//! Answers that are others with other files: where an object stands in several with different text, each answer is given
//! for the files of each place.

use rustc_hash::FxHashMap;
use serde_json::Value;

use super::document::{Document, Explanation};
use super::flat::Flat;

/// The answer that the files of one place give.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Variant {
    /// The folder or file.
    pub place: String,
    /// What comes of the request.
    pub result: String,
    /// Whether the configuration answers.
    pub is_served: bool,
    /// Whether this is the answer that is told.
    pub is_told: bool,
}

/// Fields of the flat object that tell where in the table an answer stands, not what comes of a request.
const PLACES: &[&str] = &["filterChain", "virtualHost", "route"];

/// What is said where a place has nothing for the host on a port.
const NOTHING: &str = "nothing for the host there";

/// The answers of the whole input, those of places, and for each answer that depends on these what it is with each. Of
/// several the one that is told is the first that is served.
pub fn settle<'t>(
    own: Explanation<'t>,
    places: Vec<(String, Option<Explanation<'t>>)>,
) -> Explanation<'t> {
    if places.is_empty() {
        return own;
    }
    let Explanation { documents, notes } = own;
    let mut order: Vec<Key> = Vec::new();
    let mut own = by_key(documents, &mut order);
    let mut others: Vec<(String, Option<FxHashMap<Key, Document<'t>>>)> = places
        .into_iter()
        .map(|(place, other)| (place, other.map(|other| by_key(other.documents, &mut order))))
        .collect();
    let mut documents = Vec::new();
    for key in order {
        let own = own.remove(&key);
        let whole = said(own.as_ref());
        let mut found: Vec<(String, Said)> = Vec::new();
        let mut candidates: Vec<Document<'t>> = Vec::new();
        for (place, other) in &mut others {
            let Some(other) = other else {
                found.push((place.clone(), whole.clone()));
                continue;
            };
            let document = other.remove(&key);
            found.push((place.clone(), said(document.as_ref())));
            candidates.extend(document);
        }
        let depends = found.iter().any(|(_, said)| said.answer != whole.answer);
        candidates.splice(0..0, own);
        let at = candidates.iter().position(|document| document.is_served).unwrap_or(0);
        let mut told = candidates.swap_remove(at);
        if depends {
            let answer = said(Some(&told)).answer;
            let variant = |(place, said): (String, Said)| Variant {
                place,
                is_told: said.answer == answer,
                result: said.result,
                is_served: said.is_served,
            };
            told.variants = found.into_iter().map(variant).collect();
        }
        documents.push(told);
    }
    Explanation { documents, notes }
}

/// A proxy and a request.
type Key = (String, String);

fn by_key<'t>(documents: Vec<Document<'t>>, order: &mut Vec<Key>) -> FxHashMap<Key, Document<'t>> {
    let mut by_key = FxHashMap::default();
    for document in documents {
        let key = (document.proxy.clone(), document.request.clone());
        if !order.contains(&key) {
            order.push(key.clone());
        }
        by_key.insert(key, document);
    }
    by_key
}

/// What an answer says.
#[derive(Clone)]
struct Said {
    /// The flat object without [`PLACES`].
    answer: Value,
    result: String,
    is_served: bool,
}

fn said(document: Option<&Document<'_>>) -> Said {
    let Some(document) = document else {
        return Said { answer: Value::Null, result: NOTHING.to_owned(), is_served: false };
    };
    let flat = Flat::new(document.table, &document.answer, &document.assumed, document.sent.random);
    let mut answer = serde_json::to_value(flat).unwrap_or_default();
    if let Value::Object(fields) = &mut answer {
        fields.retain(|name, _| !PLACES.contains(&name.as_str()));
    }
    let result = &document.result;
    let result = if document.is_served || result.why.is_empty() {
        result.what.clone()
    } else {
        format!("{}  {}", result.what, result.why)
    };
    Said { answer, result, is_served: document.is_served }
}
