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

/// Checks of one value alone, whatever else is written: they hold as well where another value cannot be decoded.
const OF_ONE_VALUE: &[&str] = &[
    "C-12", "C-24", "C-25", "D-1", "D-5", "D-6", "G-1", "G-7", "G-8", "G-9", "G-10", "G-11",
    "G-12", "G-13", "G-15", "G-17", "G-21", "H-14", "H-22", "H-23", "H-25", "H-26", "H-27", "H-28",
    "H-29", "H-30", "H-31", "H-38", "H-39", "H-40", "H-42", "H-47", "H-48", "H-52", "H-53", "H-54",
    "H-63", "H-64", "H-65", "H-68", "H-72", "P-2", "P-3", "P-4", "S-7", "S-9", "S-14", "S-16",
    "S-17", "S-18", "T-7", "T-8", "T-9", "V-8", "V-9", "X-3",
];

/// Whether a check looks at one value alone.
pub fn is_of_one_value(check: &str) -> bool {
    OF_ONE_VALUE.contains(&check)
}

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
