//! Unknown is not missing, for destinations (cli.md 22.5): where a Service that no file has is missing, and where it may
//! come from a chart, an operator or another repository.

use std::sync::OnceLock;

use rustc_hash::{FxHashMap, FxHashSet};

use super::{Destinations, Used};
use crate::mesh::{Mesh, ObjectRef};
use crate::rules::Presence;
use crate::rules::nearest::did_you_mean;
use crate::text::SourceId;

/// What the Services of an input prove about others.
#[derive(Debug, Default)]
pub(super) struct Proof(OnceLock<Facts>);

#[derive(Debug, Default)]
struct Facts {
    /// Files with Services, and the namespaces of these.
    files: FxHashSet<(SourceId, String)>,
    /// Namespaces with a Service that some route leads to.
    routed: FxHashSet<String>,
    /// Services by namespace, by index in the store.
    services: FxHashMap<String, Vec<u32>>,
}

impl Destinations<'_> {
    /// What the input says of the service of a destination. One Service of a namespace does not prove that all of them are
    /// there, as many come from charts. What does: the Services of a file that has the route, too; one that another route
    /// leads to; one that is spelled alike.
    pub(in crate::rules) fn presence(&self, mesh: &Mesh, used: &Used<'_>) -> Presence {
        let presence = self.presences.service(&used.host);
        let Some((name, namespace)) = self.presences.split(&used.host) else { return presence };
        if presence != Presence::Missing || self.presences.is_complete(namespace) {
            return presence;
        }
        let facts = self.proof.0.get_or_init(|| self.facts(mesh));
        let is_alike = || {
            let all = facts.services.get(namespace).map_or(&[][..], Vec::as_slice);
            let names = all.iter().map(|&at| mesh.store.services[at as usize].meta.name());
            did_you_mean(name, names).is_some()
        };
        let is_proven = facts.files.contains(&(source(mesh, used), namespace.to_owned()))
            || is_placed(mesh, used) && (facts.routed.contains(namespace) || is_alike());
        if is_proven { presence } else { Presence::Unknown }
    }

    fn facts(&self, mesh: &Mesh) -> Facts {
        let mut facts = Facts::default();
        for (at, service) in (0..).zip(&mesh.store.services) {
            let namespace = service.meta.namespace().to_owned();
            facts.files.insert((service.meta.subject.source, namespace.clone()));
            facts.services.entry(namespace).or_default().push(at);
        }
        for used in self.iter() {
            let found = mesh.services.named(&used.host);
            let services = found.filter(|one| matches!(one.object, ObjectRef::Service(_)));
            facts.routed.extend(services.map(|service| service.namespace.clone()));
        }
        facts
    }
}

/// Whether the namespace of a destination is written, with its VirtualService or in its host.
pub(in crate::rules) fn is_placed(mesh: &Mesh, used: &Used<'_>) -> bool {
    used.text.value.contains('.') || mesh.store.meta(used.object).namespace_span.is_some()
}

/// The file of a destination.
pub(in crate::rules) fn source(mesh: &Mesh, used: &Used<'_>) -> SourceId {
    mesh.store.meta(used.object).subject.source
}
