//! Checks that several kinds share: durations, labels, destinations' namespaces.

use rustc_hash::FxHashMap;

use crate::finding::Edit;
use crate::istio::decode::Map;
use crate::istio::duration::Duration;
use crate::istio::objection::Objections;
use crate::text::{Span, Spanned, Str};

use super::names::{is_label, label_flaw};

const MILLISECOND: i64 = 1_000_000;

/// C-12: mirrors `pkg/config/validation/agent: ValidateDuration`.
pub(super) fn duration(duration: Spanned<Duration>, out: &mut Objections) {
    let Duration(nanoseconds) = duration.value;
    if nanoseconds < MILLISECOND {
        out.reject("C-12", duration.span, format!("`{duration}` is shorter than a millisecond"));
    } else if nanoseconds % MILLISECOND != 0 {
        out.reject(
            "C-12",
            duration.span,
            format!("`{duration}` is not a whole number of milliseconds"),
        );
    }
}

/// C-12 of a field that may be absent.
pub(super) fn duration_if(field: Option<Spanned<Duration>>, out: &mut Objections) {
    if let Some(field) = field {
        duration(field, out);
    }
}

/// C-16: labels of `check`.
pub(super) fn labels(check: &'static str, labels: &Map<Spanned<Str>>, out: &mut Objections) {
    for (key, value) in labels.iter() {
        if let Some(flaw) = label_flaw(&key.value, &value.value) {
            let span = if label_flaw(&key.value, "").is_some() { key.span } else { value.span };
            out.reject(check, span, flaw);
        }
    }
}

/// What an `exportTo` belongs to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Exported {
    /// A VirtualService, or a DestinationRule without a selector.
    Plain,
    /// A DestinationRule with a selector.
    Selecting,
    /// A ServiceEntry.
    ServiceEntry,
}

/// mirrors `pkg/config/validation: validateExportTo`; `namespace` is the object's, which `.` stands for.
pub(super) fn export_to(
    entries: &[Spanned<Str>],
    namespace: &str,
    exported: Exported,
    out: &mut Objections,
) {
    // The namespaces that count, and the entry of each.
    let mut kept: FxHashMap<&str, &Spanned<Str>> = FxHashMap::default();
    let mut before = None;
    for entry in entries {
        let name = if entry.value == "." { namespace } else { entry.value.as_str() };
        if let Some(&earlier) = kept.get(name) {
            let message = if earlier.value == entry.value {
                format!("`{}` stands twice", entry.value)
            } else {
                format!("`.` and `{namespace}` are the same namespace, which may stand once")
            };
            let check = if entry.value == "." { "X-2" } else { "X-1" };
            let objection = out.reject(check, entry.span, message);
            objection.here("again").related(earlier.span, "is here already");
            objection.help("remove one of the two").fix = entry_removal(before, entry.span);
        } else if is_visibility(name, exported, entry, out) {
            kept.insert(name, entry);
        }
        before = Some(entry.span);
    }
    if exported == Exported::Selecting && !kept.is_empty() {
        own_namespace_only(entries, &kept, namespace, out);
    }
    if entries.len() < 2 {
        return;
    }
    if let Some(&all) = kept.get("*") {
        out.reject("X-5", all.span, "`*` exports to every namespace, and cannot stand with others")
            .help("remove `*`, or everything else");
    }
    if let Some(&nobody) = kept.get("~") {
        out.reject("X-6", nobody.span, "`~` exports to nobody, and cannot stand with others")
            .help("remove `~`, or everything else");
    }
}

/// whether an entry may be there: mirrors `pkg/config/visibility: Instance.Validate`.
fn is_visibility(
    name: &str,
    exported: Exported,
    entry: &Spanned<Str>,
    out: &mut Objections,
) -> bool {
    match name {
        "*" => true,
        "~" if exported == Exported::ServiceEntry => true,
        "~" => {
            out.reject("X-4", entry.span, "`~` (nobody) is for a ServiceEntry alone")
                .help("write `.` for the own namespace");
            false
        }
        name if is_label(name) => true,
        _ => {
            let message = format!("`{}` is neither `.`, `*` nor a namespace", entry.value);
            out.reject("X-3", entry.span, message)
                .help("write `.`, `*`, or the names of namespaces");
            false
        }
    }
}

/// a DestinationRule with a selector holds in its own namespace alone.
fn own_namespace_only(
    entries: &[Spanned<Str>],
    kept: &FxHashMap<&str, &Spanned<Str>>,
    namespace: &str,
    out: &mut Objections,
) {
    let is_own = |entry: &&Spanned<Str>| entry.value == "." || entry.value == namespace;
    let check = if kept.contains_key(namespace) { "X-7" } else { "X-8" };
    if check == "X-7" && kept.len() == 1 {
        return;
    }
    let Some(other) = entries.iter().find(|entry| !is_own(entry)) else { return };
    let message = format!(
        "a DestinationRule with a selector holds in its own namespace alone, not in `{}`",
        other.value
    );
    out.reject(check, other.span, message).help("write `exportTo: [.]`, or leave it out");
}

/// The edit that removes an entry of a list in brackets, after `before`. Of other lists comments could be lost.
pub(super) fn entry_removal(before: Option<Span>, entry: Span) -> Option<Edit> {
    let before = before.filter(|before| before.source == entry.source)?;
    let is_in_brackets = matches!(entry.start.checked_sub(before.end), Some(1 | 2));
    let span = Span::new(entry.source, before.end, entry.end);
    is_in_brackets.then(|| Edit { span, text: String::new() })
}

/// The part `range` of a text, where the text stands as it is written; else all of it.
pub(super) fn part_of(text: &Spanned<Str>, range: std::ops::Range<usize>) -> Span {
    let whole = text.span;
    let quotes = match ((whole.end - whole.start) as usize).checked_sub(text.value.len()) {
        Some(quotes @ (0 | 2)) if range.start < range.end && range.end <= text.value.len() => {
            quotes
        }
        _ => return whole,
    };
    let at = |offset: usize| u32::try_from(offset).map_or(whole.end, |offset| whole.start + offset);
    Span::new(whole.source, at(quotes / 2 + range.start), at(quotes / 2 + range.end))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::SourceId;

    #[test]
    fn export_to_lists_each_namespace_once() {
        let table: &[(&[&str], Exported, &[&str])] = &[
            (&[], Exported::Plain, &[]),
            (&["."], Exported::Plain, &[]),
            (&["*"], Exported::Plain, &[]),
            (&["shop", "Pay"], Exported::Plain, &[]),
            (&["shop", "shop"], Exported::Plain, &["X-1"]),
            (&[".", "own"], Exported::Plain, &["X-1"]),
            (&["own", "."], Exported::Plain, &["X-2"]),
            (&["a_b"], Exported::Plain, &["X-3"]),
            (&[""], Exported::Plain, &["X-3"]),
            (&["~"], Exported::Plain, &["X-4"]),
            (&["~"], Exported::ServiceEntry, &[]),
            (&["*", "*"], Exported::Plain, &["X-1", "X-5"]),
            (&["*", "a_b"], Exported::Plain, &["X-3", "X-5"]),
            (&["~", "."], Exported::ServiceEntry, &["X-6"]),
            (&["."], Exported::Selecting, &[]),
            (&["own"], Exported::Selecting, &[]),
            (&[".", "shop"], Exported::Selecting, &["X-7"]),
            (&["*"], Exported::Selecting, &["X-8"]),
            (&["~"], Exported::Selecting, &["X-4"]),
        ];
        let span = Span::new(SourceId::new(0), 0, 0);
        for (entries, exported, expected) in table {
            let entries: Vec<_> =
                entries.iter().map(|entry| Spanned::new((*entry).into(), span)).collect();
            let mut out = Objections::default();
            export_to(&entries, "own", *exported, &mut out);
            let got: Vec<_> = out.into_vec().iter().map(|objection| objection.check).collect();
            assert_eq!(got, *expected, "{entries:?}");
        }
    }

    #[test]
    fn a_part_of_a_text_stands_where_it_is_written() {
        let text =
            |length: u32| Spanned::new("ab,c".into(), Span::new(SourceId::new(0), 10, 10 + length));
        for (length, expected) in [(4, (13, 14)), (6, (14, 15)), (9, (10, 19))] {
            let part = part_of(&text(length), 3..4);
            assert_eq!((part.start, part.end), expected, "{length}");
        }
    }
}
