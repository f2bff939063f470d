//! Which findings rest on what files do not tell: which of several objects a cluster holds, which files belong to one
//! cluster, which ones are applied at all, which namespace a file gets that names none. Rules do not ask for it; what is
//! doubtful is left out after them.

use std::cell::OnceCell;

use rustc_hash::{FxHashMap, FxHashSet};

use super::Loaded;
use super::alternatives::{Alternatives, document};
use super::environments::Split;
use crate::envoy::Detail;
use crate::finding::{Category, Finding, Severity, Subject};
use crate::manifest::Meta;
use crate::mesh::Mesh;
use crate::rules::rests_on_gateways;
use crate::text::{Neighbours, SourceId, Sources};

/// What is not certain.
pub(super) struct Doubt<'a> {
    pub(super) split: Option<Split>,
    alternatives: Option<Alternatives<'a>>,
    /// Files that no kustomization names where they stand beside one, and that the user does not name either.
    left_out: FxHashSet<SourceId>,
    /// Whether some VirtualService gets its namespace from whoever applies it.
    is_any_assumed: bool,
    neighbours: Neighbours<'a>,
    mesh: &'a Mesh,
    by_name: OnceCell<ByName<'a>>,
}

/// VirtualServices by what they are, Gateways by `namespace/name`; by index in the store.
struct ByName<'a> {
    services: FxHashMap<&'a Subject, u32>,
    gateways: FxHashMap<(&'a str, &'a str), &'a Meta>,
}

impl<'a> Doubt<'a> {
    pub(super) fn of<R: Detail>(loaded: &'a Loaded<R>) -> Self {
        let split = Split::of(loaded);
        Self {
            alternatives: Alternatives::of(loaded, split.as_ref()),
            split,
            left_out: left_out(loaded),
            is_any_assumed: {
                let mut services = loaded.mesh.store.virtual_services.iter();
                services.any(|service| service.meta.namespace_span.is_none())
            },
            neighbours: neighbours(loaded),
            mesh: &loaded.mesh,
            by_name: OnceCell::new(),
        }
    }

    /// Whether a finding rests on what is not certain.
    pub(super) fn is_about(&self, finding: &Finding) -> bool {
        // Each test below needs one of these.
        let is_any_contested = self.split.is_some() || self.alternatives.is_some();
        if self.left_out.is_empty() && !is_any_contested && !self.is_any_assumed {
            return false;
        }
        let gateways = self.gateways(finding);
        let mut sources: Vec<SourceId> = vec![finding.subject.source];
        sources.extend(finding.labels.iter().map(|label| label.span.source));
        sources.extend(finding.unreached.iter().map(|element| element.source));
        sources.extend(gateways.iter().map(|gateway| gateway.subject.source));
        sources.sort_unstable();
        sources.dedup();
        // What one file says together is applied together.
        if sources.len() < 2 {
            return false;
        }
        sources.iter().any(|source| self.left_out.contains(source))
            || self.split.as_ref().is_some_and(|split| split.crosses(&sources))
            || self.is_contested(finding, &gateways)
            || self.is_of_variants(&sources)
            || self.is_assumed(finding, &gateways)
    }

    /// Says of a conflict that it is one in one cluster only, where the input has several and nobody says which files are of
    /// which.
    pub(super) fn qualify(&self, finding: &mut Finding, sources: &Sources) {
        let Some(split) = &self.split else { return };
        let mut files: Vec<SourceId> = finding.labels.iter().map(|l| l.span.source).collect();
        files.sort_unstable();
        files.dedup();
        if finding.rule.category == Category::Conflict && split.may_cross(&files, sources) {
            finding.message =
                format!("if all of it is applied to one cluster: {}", finding.message);
            finding.severity = Severity::Info;
        }
    }

    /// Whether one of the objects stands elsewhere with another text.
    fn is_contested(&self, finding: &Finding, gateways: &[&Meta]) -> bool {
        let Some(alternatives) = &self.alternatives else { return false };
        let mut elements = finding.unreached.iter();
        finding.labels.iter().any(|label| alternatives.is_contested(label.span))
            || elements.any(|one| alternatives.is_document_contested((one.source, one.document)))
            || alternatives.is_document_contested(document(&finding.subject))
            || gateways.iter().any(|gateway| alternatives.is_contested(gateway.span))
    }

    /// Whether two of the files are variants of each other.
    fn is_of_variants(&self, sources: &[SourceId]) -> bool {
        let Some(alternatives) = &self.alternatives else { return false };
        sources
            .iter()
            .enumerate()
            .any(|(at, a)| sources[..at].iter().any(|b| alternatives.differ(*a, *b)))
    }

    /// Whether a VirtualService finds its Gateway in another folder, and only if it gets the namespace that we assume.
    fn is_assumed(&self, finding: &Finding, gateways: &[&Meta]) -> bool {
        let subject = &finding.subject;
        let own =
            self.service(subject).map(|at| &self.mesh.store.virtual_services[at as usize].meta);
        let Some(own) = own.filter(|own| own.namespace_span.is_none()) else { return false };
        gateways.iter().any(|gateway| {
            gateway.namespace() == own.namespace()
                && !self.neighbours.are_near(subject.source, gateway.subject.source)
        })
    }

    /// The Gateways that a finding rests on, whether it names them or not.
    fn gateways(&self, finding: &Finding) -> Vec<&'a Meta> {
        if !rests_on_gateways(finding) {
            return Vec::new();
        }
        let services = &self.mesh.virtual_services;
        let at = self.service(&finding.subject).and_then(|at| services.of_object(at));
        let Some(service) = at.map(|at| &services.all[at as usize]) else { return Vec::new() };
        let names = service.gateways.iter().filter_map(|name| name.value.split_once('/'));
        names.filter_map(|name| self.by_name().gateways.get(&name).copied()).collect()
    }

    fn service(&self, subject: &Subject) -> Option<u32> {
        self.by_name().services.get(subject).copied()
    }

    fn by_name(&self) -> &ByName<'a> {
        self.by_name.get_or_init(|| {
            let store = &self.mesh.store;
            let services = (0..).zip(&store.virtual_services);
            let gateways = store.gateways.iter().map(|gateway| &*gateway.meta);
            ByName {
                services: services.map(|(at, object)| (&object.meta.subject, at)).collect(),
                gateways: gateways.map(|meta| ((meta.namespace(), meta.name()), meta)).collect(),
            }
        })
    }
}

/// Files that may not be applied with any other one.
fn left_out<R: Detail>(loaded: &Loaded<R>) -> FxHashSet<SourceId> {
    if loaded.is_cluster {
        return FxHashSet::default();
    }
    let sources = loaded.sources.iter().filter(|(_, source)| !source.is_named);
    sources.filter(|(_, source)| loaded.built.leave_out(&source.name)).map(|(id, _)| id).collect()
}

/// Which files stand together: all of them where the input is said to be one cluster.
pub(super) fn neighbours<R: Detail>(loaded: &Loaded<R>) -> Neighbours<'_> {
    if loaded.is_cluster { Neighbours::default() } else { Neighbours::of(&loaded.sources) }
}
