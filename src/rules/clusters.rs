//! Unknown is not missing, for clusters: why a cluster that a table refers to is not there, and whether the input can
//! tell at all.

use rustc_hash::FxHashSet;

use super::is_placeholder;
use super::presence::{Complete, Presence, Unread};
use crate::envoy::{ClusterKey, Table};
use crate::mesh::Mesh;

/// Whether a cluster that a table refers to exists.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ClusterPresence {
    /// It does.
    Exists,
    /// It does not: Envoy answers 503.
    Missing(Absent),
    /// It does not as far as the input goes, and the input does not hold what decides that.
    Unknown(Absent),
}

/// What a cluster lacks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Absent {
    /// The service.
    Service,
    /// The port of the service.
    Port,
    /// The subset: no DestinationRule that holds for the service has it.
    Subset,
    /// A value: the name holds a placeholder.
    Value,
    /// Something else: the service is not visible to the proxy, is a mere alias, has no endpoint.
    Other,
}

/// What an input says of the clusters of its tables.
#[derive(Clone, Debug)]
pub struct ClusterPresences<'a> {
    mesh: &'a Mesh,
    complete: &'a Complete,
    unread: &'a Unread,
    /// Namespaces of Services.
    with_services: FxHashSet<&'a str>,
    /// Namespaces of DestinationRules.
    with_rules: FxHashSet<&'a str>,
    /// Namespaces that DestinationRules state.
    with_placed_rules: FxHashSet<&'a str>,
    /// Names of Services that state no namespace: whoever applies them may give another one than we assume.
    unplaced: FxHashSet<&'a str>,
}

impl<'a> ClusterPresences<'a> {
    /// What the objects of `mesh` say; `complete`: kinds of which the input holds every object, `unread`: what could
    /// not be read.
    pub fn new(mesh: &'a Mesh, complete: &'a Complete, unread: &'a Unread) -> Self {
        let store = &mesh.store;
        let placed = store.destination_rules.iter().map(|object| &object.meta);
        let placed = placed.filter(|meta| meta.namespace_span.is_some());
        let unplaced = store.services.iter().filter(|object| object.meta.namespace_span.is_none());
        Self {
            with_placed_rules: placed.map(|meta| meta.namespace()).collect(),
            unplaced: unplaced.map(|object| object.meta.name()).collect(),
            mesh,
            complete,
            unread,
            with_services: store.services.iter().map(|object| object.meta.namespace()).collect(),
            with_rules: store
                .destination_rules
                .iter()
                .map(|object| object.meta.namespace())
                .collect(),
        }
    }

    /// Whether a cluster of a table exists.
    pub fn of(&self, table: &Table, name: &str) -> ClusterPresence {
        if table.cluster_exists(name) {
            return ClusterPresence::Exists;
        }
        if is_placeholder(name) {
            return ClusterPresence::Unknown(Absent::Value);
        }
        let Some(key) = ClusterKey::parse(name) else {
            return ClusterPresence::Missing(Absent::Other);
        };
        let services = &self.mesh.services;
        if services.named(key.host).next().is_none() {
            let is_missing = self.service(key.host) == Presence::Missing;
            return decided(is_missing, Absent::Service);
        }
        let Some(service) = services.in_scope(key.host, &table.proxy.namespace) else {
            return ClusterPresence::Missing(Absent::Other);
        };
        if !service.scope_ports.iter().any(|port| port.number == key.port) {
            let is_alias = service.external_name.is_some();
            return ClusterPresence::Missing(if is_alias { Absent::Other } else { Absent::Port });
        }
        let rule = self.mesh.destination_rules.effective(&self.mesh.store, service, &table.proxy);
        let has_subset = rule.is_some_and(|rule| rule.subset(key.subset).is_some());
        if key.subset.is_empty() || service.external_name.is_some() || has_subset {
            return ClusterPresence::Missing(Absent::Other);
        }
        let is_missing = rule.is_some() || self.has_rules(&service.namespace);
        decided(is_missing && self.has_all_rules(), Absent::Subset)
    }

    /// What the input says of the service of a host.
    pub(super) fn service(&self, host: &str) -> Presence {
        if self.mesh.services.named(host).next().is_some() {
            return Presence::Known;
        }
        let store = &self.mesh.store;
        let is_missing = if let Some((name, namespace)) = self.split(host) {
            let is_covered = self.with_services.contains(namespace)
                || self.complete.covers("Service", namespace);
            is_covered
                && !self.unplaced.contains(name)
                && !self.is_installed(name, namespace)
                && !self.is_unread("Service", Some((namespace, name)))
        } else {
            // A ServiceEntry of any namespace could have the host, a ServiceExport those of a set of clusters.
            let is_covered =
                !store.service_entries.is_empty() || self.complete.covers_all("ServiceEntry");
            is_covered && self.has_all_entries() && !host.ends_with(".svc.clusterset.local")
        };
        if is_missing { Presence::Missing } else { Presence::Unknown }
    }

    /// Whether a Service comes with Kubernetes or with an installation of Istio, and so seldom stands among manifests.
    fn is_installed(&self, name: &str, namespace: &str) -> bool {
        (name, namespace) == ("kubernetes", "default")
            || namespace == "kube-system"
            || (namespace == self.mesh.config.root_namespace() && name.starts_with("istio"))
    }

    /// Name and namespace of the Service that a host means, unless it is none of the cluster.
    pub(super) fn split<'h>(&self, host: &'h str) -> Option<(&'h str, &'h str)> {
        let name = host.strip_suffix(self.mesh.domain.as_str())?.strip_suffix(".svc.")?;
        name.split_once('.')
    }

    /// Whether the input is said to hold all Services of a namespace.
    pub(super) fn is_complete(&self, namespace: &str) -> bool {
        self.complete.covers("Service", namespace)
    }

    /// Whether no ServiceEntry of the input could not be read.
    pub(super) fn has_all_entries(&self) -> bool {
        !self.is_unread("ServiceEntry", None)
    }

    /// Whether no DestinationRule of the input could not be read.
    pub(super) fn has_all_rules(&self) -> bool {
        !self.is_unread("DestinationRule", None)
    }

    /// Whether the input holds the DestinationRules of a namespace.
    fn has_rules(&self, namespace: &str) -> bool {
        self.with_rules.contains(namespace) || self.complete.covers("DestinationRule", namespace)
    }

    /// The same, where files themselves say of which namespace they are.
    pub(super) fn has_placed_rules(&self, namespace: &str) -> bool {
        self.with_placed_rules.contains(namespace)
            || self.complete.covers("DestinationRule", namespace)
    }

    /// Whether an object of the kind, of that namespace and name where given, could not be read.
    fn is_unread(&self, kind: &str, name: Option<(&str, &str)>) -> bool {
        self.unread.kinds.contains(kind)
            || self.unread.objects.iter().any(|object| {
                let (own, given) = ((&*object.namespace, &*object.name), name);
                object.kind == kind && given.is_none_or(|given| given == own)
            })
    }
}

fn decided(is_missing: bool, absent: Absent) -> ClusterPresence {
    if is_missing { ClusterPresence::Missing(absent) } else { ClusterPresence::Unknown(absent) }
}
