//! What is WRITTEN: the typed reading of manifests. Istio's names, unchanged; every value with its place.
//! Knows nothing of other objects, of defaults or of Envoy.

pub mod decode;
pub mod destination_rule;
pub mod duration;
mod envelope;
pub mod gateway;
pub mod ingress;
pub mod kubernetes;
pub mod mesh_config;
mod object_names;
pub mod objection;
pub mod policy;
mod resource;
pub mod secret;
mod served;
pub mod service_entry;
pub mod sidecar;
mod version;
pub mod virtual_service;
pub mod workload_entry;

pub use resource::{Object, Read, Resource, Unmodelled, is_complete, read};
pub use version::Version;
