//! Annotations: ours, and those of tools that check some of the same.

use super::{Origin, Scope, Suppression, text};
use crate::finding::Subject;
use crate::text::{Span, Spanned};
use crate::yaml::{Kind, Node};

/// The annotations, and whose they are.
const ANNOTATIONS: [(&str, Origin); 3] = [
    ("gwctl.dev/ignore", Origin::Annotation),
    ("galley.istio.io/analyze-suppress", Origin::Foreign("IST")),
    ("kiali.io/ignore-validations", Origin::Foreign("KIA")),
];

/// The suppressions in the annotations of an object.
pub fn of_object(subject: &Subject, object: Node<'_>) -> Vec<Suppression> {
    let annotations = object.get("metadata").and_then(|metadata| metadata.get("annotations"));
    let Some(annotations) = annotations.filter(|node| node.kind() == Kind::Map) else {
        return Vec::new();
    };
    let mut found = Vec::new();
    for (key, value) in annotations.last_entries() {
        let known = ANNOTATIONS.iter().find(|(name, _)| key.text() == Some(name));
        let (Some(&(_, origin)), Some(list)) = (known, value.text()) else { continue };
        found.push(Suppression {
            span: if value.is_null() { key.span() } else { value.span() },
            subject: subject.clone(),
            scope: Scope::Within(object.span()),
            words: words(list, value.span(), origin),
            reason: None,
            until: None,
            origin,
            is_unread: false,
            flaw: None,
        });
    }
    found
}

/// The words of an annotation. Kiali takes an empty one for all.
fn words(list: &str, span: Span, origin: Origin) -> Vec<Spanned<String>> {
    let is_quoted = usize::from(span.end as usize - span.start as usize > list.len());
    let inner = Span::new(span.source, span.start + super::comment::to_u32(is_quoted), span.end);
    let words = text::words(list, inner);
    if words.is_empty() && origin == Origin::Foreign("KIA") {
        return vec![Spanned::new("*".to_owned(), span)];
    }
    words
}
