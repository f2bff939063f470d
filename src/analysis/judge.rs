//! What Istio and the API server would say of one object.

use crate::finding::Subject;
use crate::istio::objection::{AsItStands, Objection, Objections, Weight};
use crate::istio::{self, Resource, Version};
use crate::manifest::Meta;
use crate::text::{Span, has_substitution, may_be_put_in};
use crate::validation::{is_of_one_value, validate};
use crate::yaml::{self, Node, Tree};

/// What stands against an object, before any other object is looked at.
#[derive(Clone, Debug)]
pub struct Objected {
    /// The object.
    pub subject: Subject,
    /// What stands against it, at least one thing.
    pub objections: Vec<Objection>,
}

/// Where an object is written.
pub(super) struct Written<'t> {
    pub(super) node: Node<'t>,
    pub(super) tree: &'t Tree<'t>,
    /// The text of the file.
    pub(super) text: &'t str,
    /// Values in whose place others are put.
    pub(super) replaced: Vec<Span>,
    /// Whether a kustomization patches it.
    pub(super) is_patched: bool,
}

/// An object and what stands against it.
pub(super) struct Judged {
    pub(super) subject: Subject,
    /// None for a kind that does not matter, and where the object cannot be decoded.
    pub(super) resource: Option<Resource>,
    pub(super) objections: Vec<Objection>,
    /// Whether it can be decoded.
    pub(super) is_readable: bool,
}

/// Reads one object as `version` does, and judges it; `flaws` are what is wrong in its header.
pub(super) fn judge(
    meta: Meta,
    flaws: Vec<(Span, String)>,
    written: &Written<'_>,
    version: Version,
) -> Judged {
    let (subject, is_partial) = (meta.subject.clone(), meta.is_partial);
    let istio::Read { resource, mut objections, is_undecodable } =
        istio::read(meta, written.node, written.tree, version);
    let is_readable = !is_undecodable && flaws.is_empty();
    for (span, message) in flaws {
        objections.add(Weight::BOTH, "type", span, message);
    }
    // Istio says nothing more of what it cannot decode; whoever mends that wants to know the rest at once. Of several
    // values nothing is said, as one of them may be what cannot be decoded.
    let unreadable = sorted(objections.places_of("type"));
    if let Some(resource) = &resource {
        let mut more = Objections::default();
        validate(resource, &mut more);
        objections.append_unless(more, |objection| {
            is_undecodable
                && (!is_of_one_value(objection.check) || holds_any(objection.span, &unreadable))
        });
    }
    let unknown = resource.as_ref().map_or(&[][..], Resource::unknown);
    let objections = without_spec(placed(objections, written.node), written.node);
    let mut objections = known(objections, unknown, written.text);
    for one in &mut objections {
        one.as_it_stands = as_it_stands(one, written, is_partial);
    }
    let resource = resource.filter(|_| is_readable);
    Judged { subject, resource, objections, is_readable }
}

/// Objections to an empty field, with the place of the field where it is written.
fn placed(objections: Objections, root: Node<'_>) -> Vec<Objection> {
    let mut all = objections.into_vec();
    for objection in &mut all {
        let Some(field) = objection.field else { continue };
        let value = yaml::node_at(root, objection.span).and_then(|node| node.get(field));
        if let Some(value) = value.filter(|value| !value.is_null()) {
            objection.span = value.span();
        }
    }
    all
}

/// What an object without `spec` lacks is one thing.
fn without_spec(all: Vec<Objection>, root: Node<'_>) -> Vec<Objection> {
    if root.get("spec").is_some_and(|spec| !spec.is_null()) {
        return all;
    }
    let is_of_spec = |one: &Objection| one.is_absence && one.span == root.span();
    let (absences, mut others): (Vec<_>, Vec<_>) = all.into_iter().partition(is_of_spec);
    let weight = absences.iter().fold(Weight::NONE, |all, one| all.and(one.weight));
    let Some(mut first) = absences.into_iter().find(|one| one.weight.rejects()) else {
        return others;
    };
    first.check = "required";
    "`spec` is required".clone_into(&mut first.message);
    first.field = Some("spec");
    first.weight = weight;
    others.insert(0, first);
    others
}

/// Why an objection holds only as long as nothing is put into the object, if that is so.
fn as_it_stands(one: &Objection, written: &Written<'_>, is_partial: bool) -> Option<AsItStands> {
    if one.is_absence || one.check == "required" {
        let why = if written.is_patched { AsItStands::Kustomized } else { AsItStands::CutShort };
        return is_partial.then_some(why);
    }
    let text = |span: Span| &written.text[span.start as usize..span.end as usize];
    let is_replaced = |span: Span| written.replaced.iter().any(|value| value.contains(span));
    let why = |span: Span| match span {
        _ if is_replaced(span) => Some(AsItStands::Kustomized),
        _ => may_be_put_in(text(span)).then_some(AsItStands::Value),
    };
    // A warning is about the form of a value: it holds whatever a label is.
    let own = if one.weight.rejects() { why(one.span) } else { None };
    own.or_else(|| one.related.iter().find_map(|(span, _)| why(*span)))
}

/// Objections that do not rest on a value which is put in later.
fn known(mut all: Vec<Objection>, unknown: &[Span], text: &str) -> Vec<Objection> {
    let unknown = sorted(unknown.to_vec());
    let holds_unknown = |within: Span| holds_any(within, &unknown);
    let is_later = |span: Span| has_substitution(&text[span.start as usize..span.end as usize]);
    all.retain(|objection| {
        let own = if objection.is_absence {
            holds_unknown(objection.span)
        } else {
            is_later(objection.span)
        };
        !own && !objection.rests_on.is_some_and(holds_unknown)
            && (objection.is_absence || !objection.related.iter().any(|(span, _)| is_later(*span)))
    });
    all
}

fn sorted(mut spans: Vec<Span>) -> Vec<Span> {
    spans.sort_unstable();
    spans
}

/// Whether one of `spans` lies within a place. They are sorted, and none holds another: the first that begins there tells.
fn holds_any(within: Span, spans: &[Span]) -> bool {
    let first = spans.partition_point(|span| span.start < within.start);
    spans.get(first).is_some_and(|span| within.contains(*span))
}
