//! Values of a config file by their type, with what is wrong where they are of another one.

use super::Error;
use crate::text::{Spanned, spelling};
use crate::yaml::{Kind, Node, Scalar};

/// A text; numbers count as they are written, so that `1.30` needs no quotes.
pub(super) fn text(node: Node<'_>, name: &str) -> Result<Spanned<String>, Error> {
    match (node.text(), node.scalar()) {
        (Some(text), Some(Scalar::Str(_) | Scalar::Int(_) | Scalar::Float(_)))
            if !text.trim().is_empty() =>
        {
            Ok(Spanned::new(text.trim().to_owned(), node.span()))
        }
        (Some(_), Some(Scalar::Str(_))) => {
            Err(Error::new(node.span(), format!("`{name}` is empty")))
        }
        _ => Err(wrong(node, name, "a text")),
    }
}

/// `true` or `false`.
pub(super) fn bool(node: Node<'_>, name: &str) -> Result<bool, Error> {
    match node.scalar() {
        Some(Scalar::Bool(value)) => Ok(value),
        _ => Err(wrong(node, name, "`true` or `false`")),
    }
}

/// A whole number that is not negative.
pub(super) fn number(node: Node<'_>, name: &str) -> Result<u32, Error> {
    match node.scalar() {
        Some(Scalar::Int(value)) => u32::try_from(value).map_err(|_| {
            Error::new(node.span(), format!("`{name}` must be between 0 and {}", u32::MAX))
        }),
        _ => Err(wrong(node, name, "a whole number")),
    }
}

/// Texts; one may stand alone.
pub(super) fn texts(node: Node<'_>, name: &str) -> Result<Vec<Spanned<String>>, Error> {
    match node.kind() {
        Kind::Seq => node.items().map(|item| text(item, name)).collect(),
        Kind::Scalar => text(node, name).map(|text| vec![text]).map_err(|error| {
            // Of another type: what is wanted is a list.
            if error.message.ends_with("is empty") {
                error
            } else {
                wrong(node, name, "a list of texts")
            }
        }),
        Kind::Map => Err(wrong(node, name, "a list of texts")),
    }
}

/// One of some words.
pub(super) fn word(
    node: Node<'_>,
    name: &str,
    words: &[&'static str],
) -> Result<&'static str, Error> {
    // `off` is a boolean in YAML.
    let written = node.text().unwrap_or_default();
    if let Some(word) = words.iter().find(|word| word.eq_ignore_ascii_case(written.trim())) {
        return Ok(word);
    }
    let all = words.join(", ");
    if node.kind() != Kind::Scalar || node.is_null() {
        return Err(wrong(node, name, &format!("one of {all}")));
    }
    let near = spelling::nearest(written, words.iter().copied());
    Err(Error::new(node.span(), format!("`{name}` cannot be `{written}`"))
        .did_you_mean(near, format!("write one of {all}")))
}

/// The entries of a mapping that have a value.
pub(super) fn map<'t>(
    node: Node<'t>,
    name: &str,
) -> Result<impl Iterator<Item = (Spanned<String>, Node<'t>)> + use<'t>, Error> {
    if node.kind() != Kind::Map {
        return Err(wrong(node, name, "a mapping"));
    }
    let named = |(key, value): (Node<'t>, Node<'t>)| {
        let text = key.text().map_or_else(String::new, str::to_owned);
        (Spanned::new(text, key.span()), value)
    };
    Ok(node.entries().map(named))
}

/// A key that is none of `known`; `of` says whose, as in ` of a proxy`.
pub(super) fn unknown_key<'k>(
    key: &Spanned<String>,
    of: &str,
    known: impl Iterator<Item = &'k str> + Clone,
) -> Error {
    let near = spelling::nearest(key, known.clone());
    let all: Vec<&str> = known.collect();
    Error::new(key.span, format!("unknown key `{key}`{of}"))
        .did_you_mean(near, format!("keys are {}", all.join(", ")))
}

/// A value of another type.
pub(super) fn wrong(node: Node<'_>, name: &str, expected: &str) -> Error {
    let found = match (node.kind(), node.scalar()) {
        (Kind::Map, _) => "a mapping",
        (Kind::Seq, _) => "a list",
        (_, Some(Scalar::Null)) => "nothing",
        (_, Some(Scalar::Bool(_))) => "a boolean",
        (_, Some(Scalar::Int(_) | Scalar::Float(_))) => "a number",
        _ => "a text",
    };
    Error::new(node.span(), format!("`{name}` must be {expected}, not {found}"))
}
