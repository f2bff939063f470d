//! Rules that delegate, and what is lost where they come to nothing: what GW315, GW316, GW317 and GW319 share.

use super::World;
use super::findings::Report;
use crate::istio::Object;
use crate::istio::virtual_service::{Delegate, HttpMatch, HttpRoute, VirtualService as Written};
use crate::mesh::{ObjectRef, Origin, Part, Unspliced, VirtualService};
use crate::text::Span;

/// A rule of a VirtualService that names a Gateway, which delegates in vain.
pub(super) struct Delegation<'a> {
    /// What was left out, and why.
    pub(super) lost: &'a Unspliced,
    /// The root.
    pub(super) root: &'a VirtualService,
    /// The root's rule.
    pub(super) origin: Origin,
    /// The root's rule as written.
    pub(super) rule: &'a HttpRoute,
    wanted: &'a Delegate,
}

impl Delegation<'_> {
    /// Where the delegate is named.
    pub(super) fn span(&self) -> Span {
        self.wanted.name.as_ref().map_or(self.wanted.span, |name| name.span)
    }

    /// Adds what all findings say: what is lost.
    pub(super) fn tell(&self, world: &World<'_>, report: &mut Report, others: Vec<Origin>) {
        let mut lost = world.unless_reached(self.origin);
        lost.extend(others);
        lost.extend(world.lost_without_rules(self.root));
        report.unreached(world.elements(lost));
    }
}

/// Delegations that came to nothing.
pub(super) fn delegations<'a>(world: &World<'a>) -> impl Iterator<Item = Delegation<'a>> {
    let (mesh, all) = (world.mesh, &world.mesh.virtual_services);
    all.unspliced.iter().filter_map(|lost| {
        let origin = lost.root.unwrap_or(lost.what);
        let (ObjectRef::VirtualService(index), Part::Http(i)) = (origin.object, origin.part) else {
            return None;
        };
        let at = all.of_object(index)?;
        let root = &all.all[at as usize];
        if root.gateways.iter().all(|name| name.value == "mesh") {
            return None;
        }
        let rule = mesh.store.virtual_services[index as usize].spec.http.get(i as usize)?;
        let wanted = rule.delegate.as_deref()?;
        Some(Delegation { lost, root, origin, rule, wanted })
    })
}

/// The rules of a delegate that reach no table.
pub(super) fn unreached_rules(
    world: &World<'_>,
    index: u32,
    object: &Object<Written>,
) -> Vec<Origin> {
    let this = ObjectRef::VirtualService(index);
    let rules = (0..).zip(&object.spec.http);
    let origins = rules.map(|(i, rule)| Origin::new(this, Part::Http(i), rule.span));
    origins.filter(|&origin| !world.is_reached(origin)).collect()
}

/// Where a field of a delegate's match is written that it has from the root: that match of the root.
pub(super) fn match_of_root(
    world: &World<'_>,
    origin: Origin,
    field: impl Fn(&HttpMatch) -> Option<Span>,
) -> Option<Origin> {
    let rule = Origin { part: origin.part.rule(), ..origin };
    let roots = world.with_rules_of(origin.object);
    let rules = roots.iter().flat_map(|(_, root)| &root.http);
    let merged =
        rules.filter(|one| (one.origin.object, one.origin.part) == (rule.object, rule.part));
    merged.into_iter().find_map(|merged| {
        let by = merged.delegated_by.as_deref()?;
        let (ObjectRef::VirtualService(index), Part::Http(i)) = (by.object, by.part) else {
            return None;
        };
        let mut matches = (0..).zip(&merged.http.matches);
        let span = matches
            .find_map(|(at, one)| field(one).filter(|_| merged.match_origin(at) == origin))?;
        let root = &world.mesh.store.virtual_services[index as usize].spec.http[i as usize];
        let mut written = (0..).zip(&root.matches);
        let (j, one) = written.find(|(_, one)| one.span.contains(span))?;
        Some(Origin::new(by.object, Part::HttpMatch(i, j), one.span))
    })
}
