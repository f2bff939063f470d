//! What stands around a proxy, as written: the Services in front of it and the workloads that it is made of.

use std::collections::BTreeMap;

use rustc_hash::FxHashMap;

use super::World;
use crate::istio::Object;
use crate::istio::decode::Map;
use crate::istio::kubernetes::{Service, TargetPort, Workload};
use crate::mesh::{Front, Proxy};
use crate::text::{Spanned, Str};

/// Services and workloads by namespace.
pub(super) struct Surroundings<'a> {
    services: FxHashMap<&'a str, Vec<&'a Object<Service>>>,
    workloads: FxHashMap<&'a str, Vec<&'a Object<Workload>>>,
}

impl<'a> Surroundings<'a> {
    /// Indexes the objects of a mesh.
    pub(super) fn new(world: &World<'a>) -> Self {
        let store = &world.mesh.store;
        Self { services: by_namespace(&store.services), workloads: by_namespace(&store.workloads) }
    }

    /// The Services in front of a proxy: that which the config file names, else those whose selector its labels contain.
    pub(super) fn services(&self, proxy: &Proxy) -> Vec<&'a Object<Service>> {
        let namespace = match &proxy.front {
            Front::Ports(_) => return Vec::new(),
            Front::Service { namespace, .. } => namespace,
            Front::Selecting => &proxy.namespace,
        };
        let all = self.services.get(namespace.as_str()).map_or(&[][..], Vec::as_slice);
        let is_in_front = |service: &&&Object<Service>| {
            if let Front::Service { name, .. } = &proxy.front {
                return service.meta.name() == name;
            }
            let selector = &service.spec.selector;
            !selector.entries.is_empty() && contains(&proxy.labels, selector)
        };
        all.iter().filter(is_in_front).copied().collect()
    }

    /// Services with such a selector in other namespaces: the proxy may well run there, too.
    pub(super) fn elsewhere(&self, proxy: &Proxy) -> impl Iterator<Item = &'a Object<Service>> {
        let others = self.services.iter().filter(|(namespace, _)| **namespace != proxy.namespace);
        let selects = |service: &&Object<Service>| {
            let selector = &service.spec.selector;
            !selector.entries.is_empty() && contains(&proxy.labels, selector)
        };
        others.flat_map(|(_, services)| services.iter().copied()).filter(selects)
    }

    /// What makes the Pods of a proxy.
    pub(super) fn workloads(&self, proxy: &Proxy) -> Vec<&'a Object<Workload>> {
        let all = self.workloads.get(proxy.namespace.as_str()).map_or(&[][..], Vec::as_slice);
        let is_own = |workload: &&&Object<Workload>| {
            let labels = &workload.spec.labels;
            labels.entries.len() == proxy.labels.len() && contains(&proxy.labels, labels)
        };
        all.iter().filter(is_own).copied().collect()
    }
}

fn by_namespace<T>(objects: &[Object<T>]) -> FxHashMap<&str, Vec<&Object<T>>> {
    let mut all: FxHashMap<&str, Vec<&Object<T>>> = FxHashMap::default();
    for object in objects {
        all.entry(object.meta.namespace()).or_default().push(object);
    }
    all
}

/// Whether `labels` has all of `wanted`.
fn contains(labels: &BTreeMap<String, String>, wanted: &Map<Spanned<Str>>) -> bool {
    let mut entries = wanted.entries.iter();
    entries.all(|(key, value)| labels.get(key.as_str()).is_some_and(|own| *own == value.value))
}

/// Whether a Service has a port of that number, or leads to one; also where a name hides what it leads to.
pub(super) fn may_expose(service: &Object<Service>, number: u32) -> bool {
    service.spec.ports.iter().any(|port| {
        let leads_to = match port.target_port.as_ref().map(|target| &target.value) {
            Some(TargetPort::Number(target)) => *target == number,
            Some(TargetPort::Name(_)) => true,
            None => false,
        };
        leads_to || port.port.is_some_and(|own| own.value == number)
    })
}

/// A port of a Service that nodes open, too.
pub(super) struct NodePort {
    /// The port of the nodes.
    pub(super) node: Spanned<u32>,
    /// The port of the Service.
    pub(super) own: u32,
}

/// The port of a Service with that `nodePort`.
pub(super) fn node_port(service: &Object<Service>, number: u32) -> Option<NodePort> {
    service.spec.ports.iter().find_map(|port| {
        let node = port.node_port.filter(|node| node.value == number)?;
        Some(NodePort { node, own: port.port?.value })
    })
}

/// `namespace/name` of an object.
pub(super) fn named<T>(object: &Object<T>) -> String {
    format!("{}/{}", object.meta.namespace(), object.meta.name())
}
