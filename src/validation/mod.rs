//! What Istio's webhook would say of one object: mirrors istio 1.32 `pkg/config/validation`, check by check
//! (3-validation.md part B, whose numbers the code cites). A validator looks at one typed object and at no other.

mod destination_rule;
mod gateway;
mod header;
mod metadata;
mod names;
mod scoped_host;
mod service_entry;
mod shared;
mod sidecar;
mod strings;
mod tls;
mod virtual_service;
mod workload_entry;

use crate::istio::Resource;
use crate::istio::objection::Objections;

/// Adds what Istio's validators have against an object that can be decoded.
pub fn validate(resource: &Resource, out: &mut Objections) {
    metadata::check(resource, out);
    match resource {
        Resource::Gateway(object) => gateway::check(object, out),
        Resource::VirtualService(object) => virtual_service::check(object, out),
        Resource::DestinationRule(object) => destination_rule::check(object, out),
        Resource::ServiceEntry(object) => service_entry::check(object, out),
        Resource::WorkloadEntry(object) => workload_entry::check(object, out),
        Resource::Sidecar(object) => sidecar::check(object, out),
        _ => {}
    }
}
