//! Unknown is not missing, for clusters: why a cluster that a table refers to is not there, and whether the input can
//! tell at all.

use rustc_hash::FxHashSet;

use super::is_placeholder;
use super::presence::{Complete, Unread};
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
}

impl<'a> ClusterPresences<'a> {
    /// What the objects of `mesh` say; `complete`: kinds of which the input holds every object, `unread`: what could
    /// not be read.
    pub fn new(mesh: &'a Mesh, complete: &'a Complete, unread: &'a Unread) -> Self {
        let store = &mesh.store;
        Self {
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
            return decided(self.is_service_missing(key.host), Absent::Service);
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
        decided(is_missing && !self.is_unread("DestinationRule", None), Absent::Subset)
    }

    /// Whether the input would have the service of a host that it does not have.
    fn is_service_missing(&self, host: &str) -> bool {
        let store = &self.mesh.store;
        let suffix = format!(".svc.{}", self.mesh.domain);
        let name = host.strip_suffix(&suffix).and_then(|name| name.split_once('.'));
        if let Some((name, namespace)) = name {
            let is_covered = self.with_services.contains(namespace)
                || self.complete.covers("Service", namespace);
            return is_covered && !self.is_unread("Service", Some((namespace, name)));
        }
        // A ServiceEntry of any namespace could have the host.
        let is_covered =
            !store.service_entries.is_empty() || self.complete.covers_all("ServiceEntry");
        is_covered && !self.is_unread("ServiceEntry", None)
    }

    /// Whether the input holds the DestinationRules of a namespace.
    fn has_rules(&self, namespace: &str) -> bool {
        self.with_rules.contains(namespace) || self.complete.covers("DestinationRule", namespace)
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
