//! Checks of a ServiceEntry (3-validation.md B.6).

mod ports;
mod resolution;

use super::names::{check_wildcard_domain, is_subnet};
use super::shared::{Exported, export_to};
use crate::istio::Object;
use crate::istio::objection::Objections;
use crate::istio::service_entry::{Resolution, ServiceEntry, WorkloadSelector};

/// Mirrors istio 1.32 `pkg/config/validation: ValidateServiceEntry`.
pub(super) fn check(object: &Object<ServiceEntry>, out: &mut Objections) {
    let spec = &object.spec;
    if let Some(selector) = &spec.workload_selector
        && !workload_selector(selector, out)
    {
        return;
    }
    if let (Some(selector), Some(endpoint)) = (&spec.workload_selector, spec.endpoints.first()) {
        let message = "`endpoints` and `workloadSelector` exclude each other";
        out.reject("S-4", selector.span, message)
            .related(endpoint.span, "endpoints are listed here")
            .help("remove one of the two");
    }
    let resolution = known_resolution(object);
    hosts(spec, resolution, out);
    addresses(spec, resolution, out);
    ports::check(object, resolution, out);
    if let Some(resolution) = resolution {
        resolution::check(object, resolution, out);
    }
    export_to(&spec.export_to, object.meta.namespace(), Exported::ServiceEntry, out);
}

/// How endpoints are found; none where that is put in later, maybe.
fn known_resolution(object: &Object<ServiceEntry>) -> Option<Resolution> {
    match object.spec.resolution {
        Some(resolution) => Some(resolution.value),
        None => object.unknown.is_empty().then_some(Resolution::None),
    }
}

/// S-1 to S-3: mirrors `ValidateAlphaWorkloadSelector`. Whether the checks go on.
fn workload_selector(selector: &WorkloadSelector, out: &mut Objections) -> bool {
    let mut is_good = true;
    for (key, value) in selector.labels.iter() {
        if key.value.is_empty() {
            out.reject("S-1", key.span, "a label has no key");
            is_good = false;
        }
        for text in [key, value] {
            if text.value.contains('*') {
                out.reject("S-2", text.span, format!("`{text}`: a selector takes no wildcards"));
                is_good = false;
            }
        }
    }
    if selector.labels.is_empty() {
        let message = "the selector has no labels and selects all workloads of the namespace";
        out.warn("S-3", selector.span, message);
    }
    is_good
}

/// S-5 to S-8.
fn hosts(spec: &ServiceEntry, resolution: Option<Resolution>, out: &mut Objections) {
    if spec.hosts.is_empty() {
        out.lacks("required", spec.span, "a ServiceEntry needs at least one host").field("hosts");
    }
    for host in &spec.hosts {
        if host.value == "*" {
            out.reject("S-6", host.span, "`*` alone is not allowed here")
                .help("write a wildcard such as `*.example.com`");
            continue;
        }
        if let Err(flaw) = check_wildcard_domain(&host.value) {
            out.reject("S-7", host.span, format!("`{host}` is not a host: {flaw}"));
        }
        let is_partial = host.value.contains('*') && !host.value.starts_with("*.");
        if is_partial && resolution.is_some_and(|one| one != Resolution::DynamicDns) {
            let message = format!("`{host}`: a wildcard stands for whole labels");
            out.warn("S-8", host.span, message).help("write `*.` and the rest of the host");
        }
    }
}

/// S-9 and S-10.
fn addresses(spec: &ServiceEntry, resolution: Option<Resolution>, out: &mut Objections) {
    let takes_ranges = matches!(resolution, None | Some(Resolution::None | Resolution::Static));
    for address in &spec.addresses {
        if !is_subnet(&address.value) {
            let message =
                format!("`{address}` is neither an IP address nor a range `address/bits`");
            out.reject("S-9", address.span, message);
        }
        if address.value.contains('/') && !takes_ranges {
            let message = "ranges of addresses need the resolution NONE or STATIC";
            out.reject("S-10", address.span, message);
        }
    }
}
