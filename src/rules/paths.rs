//! The paths that matches of VirtualServices ask for, as written.

use rustc_hash::FxHashSet;

use super::World;
use super::marks::Marks;
use crate::finding::Subject;
use crate::istio::virtual_service::{HttpRoute, Pattern};
use crate::text::{Spanned, Str, has_substitution};

/// How a path is compared.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// Equal.
    Exact,
    /// Starts with.
    Prefix,
    /// Matches as a whole.
    Regex,
}

/// A path of a match.
#[derive(Clone, Copy, Debug)]
pub(super) struct Path<'a> {
    pub(super) subject: &'a Subject,
    pub(super) kind: Kind,
    pub(super) text: &'a Spanned<Str>,
}

/// All paths that are odd, and others of VirtualServices with such ones; those of delegates and of the mesh are among them.
pub(super) fn odd<'a>(world: &World<'a>) -> impl Iterator<Item = Path<'a>> {
    world.written_having(Marks::ODD_PATH).flat_map(|(_, object)| {
        let subject = &object.meta.subject;
        object.spec.http.iter().flat_map(move |rule| of_rule(subject, rule))
    })
}

/// Whether a path does not begin with `/`, or has what patterns and queries are written with.
pub(super) fn is_odd(path: Pattern<'_>) -> bool {
    match path {
        Pattern::Exact(text) | Pattern::Prefix(text) => {
            !text.value.starts_with('/')
                || has_pattern_sign(&text.value)
                || text.value.contains(['?', '#'])
        }
        Pattern::Regex(text) => has_query_sign(&text.value),
        Pattern::Empty => false,
    }
}

/// Whether a text has a sign that patterns are written with.
pub(super) fn has_pattern_sign(text: &str) -> bool {
    text.contains(['*', '^', '$', '\\', '{'])
}

/// Whether a regular expression has a sign that queries begin with, or fragments, and that stands for itself.
pub(super) fn has_query_sign(pattern: &str) -> bool {
    pattern.contains('#') || pattern.contains(r"\?") || pattern.contains("[?]")
}

/// Whether more letters may follow where a prefix ends; one like `/v` or `/static-` is meant to be gone on with.
pub(super) fn is_within_name(prefix: &str) -> bool {
    let name = prefix.rsplit('/').next().unwrap_or_default();
    name.len() > 1 && name.ends_with(|end: char| end.is_ascii_alphanumeric())
}

/// The paths of a rule.
fn of_rule<'a>(subject: &'a Subject, rule: &'a HttpRoute) -> impl Iterator<Item = Path<'a>> {
    rule.matches.iter().filter_map(move |condition| {
        let (kind, text) = match condition.uri.as_ref()?.pattern() {
            Pattern::Exact(text) => (Kind::Exact, text),
            Pattern::Prefix(text) => (Kind::Prefix, text),
            Pattern::Regex(text) => (Kind::Regex, text),
            Pattern::Empty => return None,
        };
        Some(Path { subject, kind, text })
    })
}

/// Those that are compared letter by letter.
pub(super) fn odd_literals<'a>(world: &World<'a>) -> impl Iterator<Item = Path<'a>> {
    odd(world).filter(|path| path.kind != Kind::Regex)
}

/// A prefix and the text that takes its place.
pub(super) struct Rewritten<'a> {
    pub(super) subject: &'a Subject,
    pub(super) prefix: &'a Spanned<Str>,
    pub(super) to: &'a Spanned<Str>,
}

/// The first prefix of each rule that is rewritten in a way that is asked for, unless an earlier match of the rule takes all
/// paths with a `/` behind it.
pub(super) fn rewritten<'a>(
    world: &World<'a>,
    is_wanted: impl Fn(&str, &str) -> bool,
) -> Vec<Rewritten<'a>> {
    let mut all = Vec::new();
    for (_, object) in world.written_having(Marks::REWRITTEN) {
        let subject = &object.meta.subject;
        for rule in &object.spec.http {
            let Some(to) = rule.rewrite.as_ref().and_then(|rewrite| rewrite.uri.as_ref()) else {
                continue;
            };
            if to.value.is_empty() || has_substitution(&to.value) {
                continue;
            }
            let mut known: FxHashSet<&str> = FxHashSet::default();
            for path in of_rule(subject, rule).filter(|path| path.kind == Kind::Prefix) {
                let prefix = &path.text.value;
                let is_taken = known.contains(format!("{prefix}/").as_str());
                let is_known = !has_substitution(prefix);
                if is_known && !is_taken && is_wanted(prefix, &to.value) {
                    all.push(Rewritten { subject, prefix: path.text, to });
                    break;
                }
                known.insert(prefix);
            }
        }
    }
    all
}
