//! Where destinations are written: where a delegate's rules stand for the root's, their hosts are completed, and copies may
//! be the root's (spec 2, R-2.9).

use std::collections::BTreeSet;

use rustc_hash::FxHashMap;

use crate::istio::virtual_service::{Destination, HttpRoute};
use crate::mesh::{Mesh, ObjectRef, Rule};
use crate::text::{Span, Spanned, Str};

/// The VirtualService in which a destination is written.
#[derive(Clone, Copy)]
pub(super) struct Home<'a> {
    pub(super) object: ObjectRef,
    pub(super) namespace: &'a str,
}

/// Those of the destinations of roots and delegates, by the place of the host, with the host as written.
pub(super) struct Homes<'a>(FxHashMap<Span, (Home<'a>, &'a Spanned<Str>)>);

impl<'a> Homes<'a> {
    pub(super) fn new(mesh: &'a Mesh) -> Self {
        let rules = mesh.virtual_services.all.iter().flat_map(|service| &service.http);
        let delegated = rules.filter_map(|rule| Some((rule, rule.delegated_by.as_ref()?)));
        let objects: BTreeSet<ObjectRef> =
            delegated.flat_map(|(rule, root)| [rule.origin.object, root.object]).collect();
        let mut homes = FxHashMap::default();
        for object in objects {
            let ObjectRef::VirtualService(at) = object else { continue };
            let service = &mesh.store.virtual_services[at as usize];
            let home = Home { object, namespace: service.meta.namespace() };
            let destinations = service.spec.http.iter().flat_map(|rule| destinations(rule));
            for host in destinations.filter_map(|destination| destination.host.as_ref()) {
                homes.insert(host.span, (home, host));
            }
        }
        Self(homes)
    }

    /// Where a destination of a rule is written, and its host as written; none: it has no host.
    pub(super) fn of(
        &self,
        rule: &'a Rule,
        destination: &'a Destination,
    ) -> Option<(Home<'a>, &'a Spanned<Str>)> {
        let host = destination.host.as_ref()?;
        let written = rule.delegated_by.as_ref().and_then(|_| self.0.get(&host.span));
        let own = Home { object: rule.origin.object, namespace: &rule.namespace };
        Some(written.copied().unwrap_or((own, host)))
    }
}

/// The destinations of a rule.
fn destinations(rule: &HttpRoute) -> impl Iterator<Item = &Destination> {
    let routed = rule.route.iter().filter_map(|entry| entry.destination.as_ref());
    let copied = rule.mirrors.iter().filter_map(|mirror| mirror.destination.as_ref());
    routed.chain(rule.mirror.as_deref()).chain(copied)
}
