//! Unknown is not missing (cli.md 22.5): whether the input says that an object is not there.

use std::collections::BTreeSet;

use super::hosts::bare;
use super::server::ServerRef;
use super::{World, is_placeholder};
use crate::finding::ObjectName;
use crate::istio::policy::PolicyKind;
use crate::mesh::host::overlaps;
use crate::mesh::names::{fqdn, gateway_name};
use crate::mesh::{Mesh, Proxy, Refused};
use crate::text::{Spanned, Str};

/// What the input says of an object that another one names.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Presence {
    /// It is there.
    Known,
    /// It is not there, and the input holds others of its kind and namespace or is said to be complete.
    Missing,
    /// Nobody knows.
    Unknown,
}

/// Kinds of which the input holds every object: `Kind` or `Kind@namespace`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Complete {
    entries: BTreeSet<(String, Option<String>)>,
}

impl Complete {
    /// Reads a list of `Kind` and `Kind@namespace`.
    pub fn new<'a>(list: impl IntoIterator<Item = &'a str>) -> Self {
        let entries = list.into_iter().map(str::trim).filter(|entry| !entry.is_empty());
        let entry = |text: &str| match text.split_once('@') {
            Some((kind, namespace)) => (kind.to_owned(), Some(namespace.to_owned())),
            None => (text.to_owned(), None),
        };
        Self { entries: entries.map(entry).collect() }
    }

    /// Whether the input holds every `kind` of `namespace`.
    pub fn covers(&self, kind: &str, namespace: &str) -> bool {
        self.entries
            .iter()
            .any(|(k, ns)| k == kind && ns.as_ref().is_none_or(|known| known == namespace))
    }

    /// Whether the input holds every `kind` of some namespace.
    pub fn names(&self, kind: &str) -> bool {
        self.entries.iter().any(|(known, _)| known == kind)
    }

    /// Whether the input holds every `kind` of all namespaces.
    pub fn covers_all(&self, kind: &str) -> bool {
        self.entries.contains(&(kind.to_owned(), None))
    }
}

/// What was written and could not be read, so that nothing may be said to be missing because of it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Unread {
    /// Objects that could not be decoded.
    pub objects: Vec<ObjectName>,
    /// Kinds that documents name which could not be read at all (broken, or with template actions).
    pub kinds: BTreeSet<String>,
}

/// Why an object of a kind may be there that is not among those that take part, as a sentence: one that `is_it` is refused
/// or cannot be read, or a document cannot be read at all. None: all of them take part.
pub(super) fn unread(
    world: &World<'_>,
    kind: &str,
    is_it: impl Fn(&ObjectName) -> bool,
) -> Option<String> {
    let mut objects = world.unread.objects.iter();
    let object = objects.find(|object| object.kind == kind && is_it(object));
    object.map(|object| unread_object(world, object)).or_else(|| {
        let is_kind_unread = world.unread.kinds.contains(kind);
        is_kind_unread.then(|| format!("documents that cannot be read may hold the {kind}"))
    })
}

/// The same for an object of which the name is known.
pub(super) fn unread_named(
    world: &World<'_>,
    kind: &str,
    namespace: &str,
    name: &str,
) -> Option<String> {
    unread(world, kind, |object| object.namespace == namespace && object.name == name)
}

fn unread_object(world: &World<'_>, object: &ObjectName) -> String {
    let ObjectName { kind, namespace, name, .. } = object;
    let fate = if is_refused(world, object) { "is refused" } else { "cannot be read" };
    format!("{kind} `{namespace}/{name}` {fate}")
}

/// Whether an object that has no part is refused, which is to say that it could be read.
pub(super) fn is_refused(world: &World<'_>, object: &ObjectName) -> bool {
    let mut refused = world.mesh.store.refused.iter();
    refused.any(|refused| refused.meta.subject.object.as_ref() == Some(object))
}

/// Why a VirtualService that has no part may be meant to serve a host of a server, as a sentence. Of one that is refused
/// Gateways and hosts are known, unless it is refused for these.
pub(super) fn unread_virtual_service(world: &World<'_>, server: &ServerRef<'_>) -> Option<String> {
    let mut refused =
        world.mesh.store.refused.iter().filter(|one| one.meta.kind() == "VirtualService");
    let for_server = refused.find(|refused| may_be_for(world, refused, server));
    let object = for_server.and_then(|refused| refused.meta.subject.object.as_ref());
    object
        .map(|object| unread_object(world, object))
        .or_else(|| unread(world, "VirtualService", |object| !is_refused(world, object)))
}

fn may_be_for(world: &World<'_>, refused: &Refused, server: &ServerRef<'_>) -> bool {
    let namespace = refused.meta.namespace();
    let is_named = |name: &Spanned<Str>| {
        is_placeholder(name) || gateway_name(name, namespace) == server.name()
    };
    let is_wanted = |host: &Spanned<Str>| {
        let whole = fqdn(host, namespace, &world.mesh.domain).to_lowercase();
        let meets = |own: &Spanned<Str>| overlaps(&bare(own).to_lowercase(), &whole);
        is_placeholder(host) || server.server.hosts.iter().any(meets)
    };
    !refused.is_bound_as_written
        || is_placeholder(namespace)
        || (refused.gateways.iter().any(is_named) && refused.hosts.iter().any(is_wanted))
}

/// What the input says of the Gateway `namespace/name`, which is none of Istio's kind.
pub(super) fn other_gateway(
    world: &World<'_>,
    has_others: bool,
    namespace: &str,
    name: &str,
) -> Presence {
    let World { mesh, complete, .. } = world;
    let is_other = mesh.store.unmodelled.iter().any(|object| {
        object.meta.kind() == "Gateway"
            && object.meta.namespace() == namespace
            && object.meta.name() == name
    });
    if is_other {
        return Presence::Known;
    }
    // istiod makes Gateways of its own for Ingress and Gateway API.
    if unread_named(world, "Gateway", namespace, name).is_some()
        || name.contains("istio-autogenerated")
    {
        return Presence::Unknown;
    }
    if has_others || complete.covers("Gateway", namespace) {
        Presence::Missing
    } else {
        Presence::Unknown
    }
}

/// Whether the input would have the VirtualService `namespace/name` that another one names, and has it not. The other one,
/// by index in the store, says nothing of its own namespace.
pub(super) fn is_virtual_service_missing(
    world: &World<'_>,
    named_by: u32,
    namespace: &str,
    name: &str,
) -> bool {
    let World { mesh, complete, .. } = world;
    let own = &mesh.store.virtual_services[named_by as usize].meta;
    let mut others = (0..).zip(&mesh.store.virtual_services);
    let is_covered = complete.covers("VirtualService", namespace)
        || others.any(|(at, other)| {
            at != named_by
                && other.meta.namespace() == namespace
                && world.is_proof(own, &other.meta, namespace)
        });
    is_covered
        && !is_placeholder(namespace)
        && !is_placeholder(name)
        && unread_named(world, "VirtualService", namespace, name).is_none()
}

/// Whether policies of `kinds` apply to a proxy (cli.md 22.19): of its namespace or the root namespace, with a
/// selector that its labels contain.
pub(super) fn is_patched(mesh: &Mesh, proxy: &Proxy, kinds: &[PolicyKind]) -> bool {
    mesh.store.policies.iter().any(|object| {
        let (kind, policy) = &object.spec;
        let namespace = object.meta.namespace();
        let has = |(key, value): (&str, &str)| proxy.labels.get(key).is_some_and(|v| v == value);
        kinds.contains(kind)
            && (namespace == proxy.namespace || namespace == mesh.config.root_namespace())
            && policy.labels().into_iter().all(has)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn complete_takes_kinds_and_kinds_of_a_namespace() {
        let complete = Complete::new(["Service", " Gateway@infra"]);
        assert!(complete.covers("Service", "shop") && complete.covers_all("Service"));
        assert!(complete.covers("Gateway", "infra") && !complete.covers_all("Gateway"));
        assert!(!complete.covers("Gateway", "shop"));
    }
}
