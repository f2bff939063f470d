//! One cluster, resolved: names, hosts, services, delegates, proxies. Knows nothing of Envoy; says nothing about
//! which server admits which VirtualService, which the builder of the table alone decides.

mod ages;
mod delegate;
mod destination_rules;
mod export;
pub mod host;
mod host_index;
pub mod names;
mod origin;
mod proxies;
mod refused;
mod services;
mod store;
mod virtual_services;

use std::sync::Arc;

use crate::istio::Version;
use crate::istio::mesh_config::MeshConfig;

pub use ages::Ranks;
pub use delegate::MERGED_MATCHES;
pub use destination_rules::{DestinationRules, Effective};
pub use export::ExportTo;
pub use host_index::HostIndex;
pub use origin::{ObjectRef, Origin, Part};
pub use proxies::{Found, Front, Proxy, ProxySpec, ServicePort, proxies};
pub use refused::Refused;
pub use services::{Port, Service, Services, Target};
pub use store::{Duplicate, Store};
pub use virtual_services::{Rule, Unspliced, UnsplicedReason, VirtualService, VirtualServices};

/// Domain of cluster-local names.
pub const DOMAIN: &str = "cluster.local";

/// What is said of a cluster beside its objects.
#[derive(Clone, Debug, Default)]
pub struct Settings {
    /// The MeshConfig; without one the ConfigMap `istio` of `istio-system` counts, if the input has it.
    pub config: Option<MeshConfig>,
    /// The proxies; they end discovery.
    pub proxies: Vec<ProxySpec>,
    /// Release of Istio to follow.
    pub version: Version,
    /// Namespace of mesh-wide objects where the MeshConfig names none.
    pub root_namespace: Option<String>,
    /// Domain of cluster-local names, if it is another than usual.
    pub domain: Option<String>,
}

/// One cluster, resolved.
#[derive(Debug)]
pub struct Mesh {
    /// All objects.
    pub store: Arc<Store>,
    /// Release of Istio to follow.
    pub version: Version,
    /// Settings of the mesh.
    pub config: MeshConfig,
    /// Domain of cluster-local names.
    pub domain: String,
    /// VirtualServices with hosts.
    pub virtual_services: Arc<VirtualServices>,
    /// Services.
    pub services: Services,
    /// DestinationRules.
    pub destination_rules: DestinationRules,
    /// Ingress proxies.
    pub proxies: Vec<Arc<Proxy>>,
}

impl Mesh {
    /// Resolves a store.
    pub fn new(store: Store, settings: Settings) -> Self {
        let Settings { config, proxies: given, version, root_namespace, domain } = settings;
        let mut config = config
            .or_else(|| store.mesh_config().map(|object| (*object.spec).clone()))
            .unwrap_or_default();
        config.root_namespace = config.root_namespace.or(root_namespace);
        let domain = domain.unwrap_or_else(|| DOMAIN.to_owned());
        let (virtual_services, (services, destination_rules)) = rayon::join(
            || VirtualServices::new(&store, &config, &domain),
            || {
                (
                    Services::new(&store, &config, &domain),
                    DestinationRules::new(&store, &config, &domain),
                )
            },
        );
        let proxies = proxies(&store, &given, &domain);
        Self {
            store: Arc::new(store),
            version,
            config,
            domain,
            virtual_services: Arc::new(virtual_services),
            services,
            destination_rules,
            proxies,
        }
    }

    /// Where an object's part is written, as `Kind namespace/name`.
    pub fn name(&self, object: ObjectRef) -> String {
        let meta = self.store.meta(object);
        format!("{} {}/{}", meta.kind(), meta.namespace(), meta.name())
    }
}
