//! All objects of a cluster, by kind, in istiod's order.

use std::sync::Arc;

use rustc_hash::FxHashMap;

use crate::istio::destination_rule::DestinationRule;
use crate::istio::gateway::Gateway;
use crate::istio::kubernetes::{Service, Workload};
use crate::istio::mesh_config::MeshConfig;
use crate::istio::policy::{Policy, PolicyKind};
use crate::istio::secret::Secret;
use crate::istio::service_entry::ServiceEntry;
use crate::istio::virtual_service::VirtualService;
use crate::istio::{Object, Resource, Unmodelled};
use crate::manifest::{GeneratedSecret, Meta};
use crate::text::is_placeholder;

use super::{ObjectRef, Refused};

/// Where istiod looks for its ConfigMap, unless it was installed elsewhere.
const MESH_CONFIG_NAMESPACE: &str = "istio-system";

/// All objects of a cluster. Each list is sorted by creation time, name and namespace (mirrors istio 1.32
/// `pilot/pkg/model/config.go: configCompareByCreationTime`).
#[derive(Debug, Default)]
pub struct Store {
    /// Gateways.
    pub gateways: Vec<Object<Gateway>>,
    /// VirtualServices.
    pub virtual_services: Vec<Object<VirtualService>>,
    /// DestinationRules.
    pub destination_rules: Vec<Object<DestinationRule>>,
    /// ServiceEntries.
    pub service_entries: Vec<Object<ServiceEntry>>,
    /// Services.
    pub services: Vec<Object<Service>>,
    /// Deployments, StatefulSets, DaemonSets, Pods.
    pub workloads: Vec<Object<Workload>>,
    /// Secrets.
    pub secrets: Vec<Object<Secret>>,
    /// Secrets that kustomize generates.
    pub generated_secrets: Vec<GeneratedSecret>,
    /// Namespaces.
    pub namespaces: Vec<Object<()>>,
    /// Policies.
    pub policies: Vec<Object<(PolicyKind, Policy)>>,
    /// ConfigMaps `istio`.
    pub mesh_configs: Vec<Object<Box<MeshConfig>>>,
    /// Kinds that may change a gateway and are not modelled.
    pub unmodelled: Vec<Object<Unmodelled>>,
    /// Other kinds of Istio.
    pub known: Vec<Object<()>>,
    /// Objects that are written and never admitted.
    pub refused: Vec<Refused>,
    /// Objects that others of the same name replace, in the order in which they came.
    pub replaced: Vec<Resource>,
}

/// An object that is defined twice: the later definition replaces the earlier one.
#[derive(Clone, Debug)]
pub struct Duplicate {
    /// The one that counts.
    pub later: Arc<Meta>,
    /// The one that it replaces.
    pub earlier: Arc<Meta>,
}

impl Store {
    /// Sorts objects, which come in the order of files and documents. Of several with the same group, kind,
    /// namespace and name the last one counts, as with `kubectl apply`.
    pub fn new(resources: Vec<Resource>) -> (Self, Vec<Duplicate>) {
        let mut latest: FxHashMap<[&str; 4], usize> = FxHashMap::default();
        latest.reserve(resources.len());
        let mut duplicates = Vec::new();
        let mut replaced = vec![false; resources.len()];
        for (at, resource) in resources.iter().enumerate() {
            let meta = resource.meta();
            // Without a name that anybody knows there is no identity.
            if meta.name().is_empty()
                || is_placeholder(meta.name())
                || is_placeholder(meta.namespace())
            {
                continue;
            }
            let identity = [meta.group(), meta.kind(), meta.namespace(), meta.name()];
            if let Some(earlier) = latest.insert(identity, at) {
                replaced[earlier] = true;
                let earlier = Arc::clone(resources[earlier].meta());
                duplicates.push(Duplicate { later: Arc::clone(meta), earlier });
            }
        }
        let mut store = Self::default();
        for (resource, replaced) in resources.into_iter().zip(replaced) {
            if replaced {
                store.replaced.push(resource);
            } else {
                store.push(resource);
            }
        }
        store.sort();
        (store, duplicates)
    }

    /// All objects, those that are replaced and have no part among them, in no order that counts.
    pub fn resources(&self) -> Vec<Resource> {
        fn all<T: Clone>(
            objects: &[Object<T>],
            kind: fn(Object<T>) -> Resource,
        ) -> impl Iterator<Item = Resource> {
            objects.iter().cloned().map(kind)
        }
        all(&self.gateways, Resource::Gateway)
            .chain(all(&self.virtual_services, Resource::VirtualService))
            .chain(all(&self.destination_rules, Resource::DestinationRule))
            .chain(all(&self.service_entries, Resource::ServiceEntry))
            .chain(all(&self.services, Resource::Service))
            .chain(all(&self.workloads, Resource::Workload))
            .chain(all(&self.secrets, Resource::Secret))
            .chain(all(&self.namespaces, Resource::Namespace))
            .chain(all(&self.policies, Resource::Policy))
            .chain(all(&self.mesh_configs, Resource::MeshConfig))
            .chain(all(&self.unmodelled, Resource::Unmodelled))
            .chain(all(&self.known, Resource::Known))
            .chain(self.replaced.iter().cloned())
            .collect()
    }

    fn push(&mut self, resource: Resource) {
        match resource {
            Resource::Gateway(object) => self.gateways.push(object),
            Resource::VirtualService(object) => self.virtual_services.push(object),
            Resource::DestinationRule(object) => self.destination_rules.push(object),
            Resource::ServiceEntry(object) => self.service_entries.push(object),
            Resource::Service(object) => self.services.push(object),
            Resource::Workload(object) => self.workloads.push(object),
            Resource::Secret(object) => self.secrets.push(object),
            Resource::Namespace(object) => self.namespaces.push(object),
            Resource::Policy(object) => self.policies.push(object),
            Resource::MeshConfig(object) => self.mesh_configs.push(object),
            Resource::Unmodelled(object) => self.unmodelled.push(object),
            Resource::WorkloadEntry(object) => {
                self.known.push(object.without_spec());
            }
            Resource::Sidecar(object) => {
                self.known.push(object.without_spec());
            }
            Resource::Known(object) => self.known.push(object),
        }
    }

    fn sort(&mut self) {
        sort(&mut self.gateways);
        sort(&mut self.virtual_services);
        sort(&mut self.destination_rules);
        sort(&mut self.service_entries);
        sort(&mut self.services);
        sort(&mut self.workloads);
        sort(&mut self.secrets);
        sort(&mut self.namespaces);
        sort(&mut self.policies);
        sort(&mut self.mesh_configs);
        sort(&mut self.unmodelled);
        sort(&mut self.known);
    }

    /// Who an object is.
    pub fn meta(&self, object: ObjectRef) -> &Arc<Meta> {
        match object {
            ObjectRef::Gateway(at) => &self.gateways[at as usize].meta,
            ObjectRef::VirtualService(at) => &self.virtual_services[at as usize].meta,
            ObjectRef::DestinationRule(at) => &self.destination_rules[at as usize].meta,
            ObjectRef::ServiceEntry(at) => &self.service_entries[at as usize].meta,
            ObjectRef::Service(at) => &self.services[at as usize].meta,
            ObjectRef::Workload(at) => &self.workloads[at as usize].meta,
            ObjectRef::Policy(at) => &self.policies[at as usize].meta,
        }
    }

    /// The ConfigMap that holds the mesh's settings.
    pub fn mesh_config(&self) -> Option<&Object<Box<MeshConfig>>> {
        self.mesh_configs.iter().find(|object| object.meta.namespace() == MESH_CONFIG_NAMESPACE)
    }

    /// The index of the Gateway `namespace/name`.
    pub fn gateway(&self, namespace: &str, name: &str) -> Option<u32> {
        let at = self.gateways.iter().position(|gateway| {
            gateway.meta.name() == name && gateway.meta.namespace() == namespace
        })?;
        u32::try_from(at).ok()
    }
}

fn sort<T>(objects: &mut Vec<Object<T>>) {
    objects.shrink_to_fit();
    objects.sort_by(|a, b| compare(&a.meta, &b.meta));
}

/// Creation time, then name, then namespace (mirrors `configCompareByCreationTime`).
fn compare(a: &Meta, b: &Meta) -> std::cmp::Ordering {
    (a.age(), a.name(), a.namespace()).cmp(&(b.age(), b.name(), b.namespace()))
}
