//! The paths that matches of VirtualServices ask for, as written.

use super::World;
use crate::finding::Subject;
use crate::istio::virtual_service::{HttpMatch, HttpRoute, Pattern};
use crate::text::Spanned;

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
    pub(super) rule: &'a HttpRoute,
    pub(super) condition: &'a HttpMatch,
    pub(super) kind: Kind,
    pub(super) text: &'a Spanned<String>,
}

/// All paths of all VirtualServices, delegates and those of the mesh included.
pub(super) fn all<'a>(world: &World<'a>) -> impl Iterator<Item = Path<'a>> + use<'a> {
    let objects = world.mesh.store.virtual_services.iter();
    objects.flat_map(|object| {
        let subject = &object.meta.subject;
        object.spec.http.iter().flat_map(move |rule| of_rule(subject, rule))
    })
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
        Some(Path { subject, rule, condition, kind, text })
    })
}

/// Those that are compared letter by letter.
pub(super) fn literals<'a>(world: &World<'a>) -> impl Iterator<Item = Path<'a>> + use<'a> {
    all(world).filter(|path| path.kind != Kind::Regex)
}
