//! Conditions on one text, and on the path.

use crate::istio::virtual_service::{HttpMatch, Pattern, StringMatch};

/// Whether every text that `narrow` matches is matched by `wide`; both are asked of a text that is there.
pub(super) fn contains(wide: &StringMatch, narrow: Option<&StringMatch>) -> bool {
    let narrow = narrow.map_or(Pattern::Empty, StringMatch::pattern);
    match (wide.pattern(), narrow) {
        (Pattern::Empty, _) => true,
        // Means that the text is there.
        (Pattern::Regex(regex), _) if regex.value == "*" => true,
        (Pattern::Exact(wide), Pattern::Exact(narrow))
        | (Pattern::Regex(wide), Pattern::Regex(narrow)) => wide.value == narrow.value,
        (Pattern::Prefix(wide), Pattern::Prefix(narrow) | Pattern::Exact(narrow)) => {
            narrow.value.starts_with(wide.value.as_str())
        }
        _ => false,
    }
}

/// What a condition asks of the path.
#[derive(Clone, Copy)]
pub(super) enum Path<'v> {
    Exact(&'v str),
    Prefix(&'v str),
    Regex(&'v str),
}

impl<'v> Path<'v> {
    /// Without `uri`, or with an empty one, it is the prefix `/`.
    pub(super) fn of(condition: &'v HttpMatch) -> Self {
        match condition.uri.as_ref().map(StringMatch::pattern) {
            Some(Pattern::Exact(text)) => Self::Exact(&text.value),
            Some(Pattern::Prefix(text)) => Self::Prefix(&text.value),
            Some(Pattern::Regex(text)) => Self::Regex(&text.value),
            Some(Pattern::Empty) | None => Self::Prefix("/"),
        }
    }
}

/// Whether the case of exact paths and of prefixes does not count.
pub(super) fn ignores_case(condition: &HttpMatch) -> bool {
    condition.ignore_uri_case.is_some_and(|ignores| ignores.value)
}

/// Whether every path that `narrow` matches is matched by `wide`.
pub(super) fn contains_path(wide: &HttpMatch, narrow: &HttpMatch) -> bool {
    let folds = ignores_case(wide);
    let read = |text: &str| if folds { text.to_ascii_lowercase() } else { text.to_owned() };
    let begins = |text: &str, prefix: &str| read(text).starts_with(&read(prefix));
    match (Path::of(wide), Path::of(narrow)) {
        (Path::Prefix("" | "/"), Path::Prefix(text)) if text.starts_with('/') => true,
        (Path::Exact(_) | Path::Prefix(_), Path::Exact(_) | Path::Prefix(_))
            if ignores_case(narrow) && !folds =>
        {
            false
        }
        (Path::Exact(wide), Path::Exact(narrow)) => read(wide) == read(narrow),
        (Path::Prefix(wide), Path::Prefix(narrow) | Path::Exact(narrow)) => begins(narrow, wide),
        (Path::Regex(wide), Path::Regex(narrow)) => wide == narrow,
        _ => false,
    }
}
