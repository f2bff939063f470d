//! Checks of a DestinationRule (3-validation.md B.5).

pub(super) mod connection_pool;
mod load_balancer;
mod locality;
mod outlier_detection;
mod tls;
mod traffic_policy;

use rustc_hash::FxHashMap;

use super::names::{check_wildcard_domain, is_label};
use super::shared::{Exported, export_to, labels};
use crate::istio::Object;
use crate::istio::destination_rule::{DestinationRule, Subset, WorkloadSelector};
use crate::istio::objection::{Objection, Objections, Stance, Weight, text};
use crate::text::Span;

/// What a policy stands in.
#[derive(Clone, Copy)]
struct Place<'o> {
    /// The namespace of the object.
    namespace: &'o str,
    /// Values that are put in later.
    unknown: &'o [Span],
    /// Whether Istio's warnings are lost here: it keeps the errors alone of subsets and of single ports.
    loses_warnings: bool,
}

impl Place<'_> {
    /// The same, where warnings are lost.
    fn losing_warnings(self) -> Self {
        Self { loses_warnings: true, ..self }
    }

    /// Whether something inside of `span` is put in later.
    fn is_unknown(self, span: Span) -> bool {
        self.unknown.iter().any(|unknown| span.contains(*unknown))
    }

    /// A warning of Istio, shown or lost.
    fn warn<'out>(
        self,
        check: &'static str,
        span: Span,
        message: &str,
        out: &'out mut Objections,
    ) -> &'out mut Objection {
        let istio = if self.loses_warnings { Stance::Loses } else { Stance::Warns };
        out.add(Weight { istio, schema: false }, check, span, message)
    }
}

/// Mirrors istio 1.32 `pkg/config/validation: ValidateDestinationRule`.
pub(super) fn check(object: &Object<DestinationRule>, out: &mut Objections) {
    let spec = &object.spec;
    let namespace = object.meta.namespace();
    let place = Place { namespace, unknown: &object.unknown, loses_warnings: false };
    host(spec, out);
    if let Some(policy) = &spec.traffic_policy {
        traffic_policy::check(policy, place, out);
    }
    subsets(&spec.subsets, place.losing_warnings(), out);
    let selector = spec.workload_selector.as_ref();
    let exported = if selector.is_some() { Exported::Selecting } else { Exported::Plain };
    export_to(&spec.export_to, namespace, exported, out);
    if let Some(selector) = selector {
        workload_selector(selector, out);
    }
}

/// D-1.
fn host(spec: &DestinationRule, out: &mut Objections) {
    let host = text(&spec.host);
    if host.is_empty() {
        out.lacks("required", spec.span, "`host` is required").field("host");
    } else if let (Err(flaw), Some(field)) = (check_wildcard_domain(host), &spec.host) {
        out.reject("D-1", field.span, format!("`{host}` is not a host: {flaw}"));
    }
}

/// D-3, and each subset (mirrors `validateSubset`).
fn subsets(subsets: &[Subset], place: Place<'_>, out: &mut Objections) {
    let mut seen: FxHashMap<&str, Span> = FxHashMap::default();
    for subset in subsets {
        let name = text(&subset.name);
        let span = subset.name.as_ref().map_or(subset.span, |name| name.span);
        match seen.get(name) {
            Some(first) => {
                let message = format!("another subset has the name `{name}`");
                out.reject("D-3", span, message).related(*first, "first");
            }
            None => {
                seen.insert(name, span);
            }
        }
        subset_name(subset, out);
        labels("D-6", &subset.labels, out);
        if let Some(policy) = &subset.traffic_policy {
            traffic_policy::check(policy, place, out);
        }
    }
}

/// D-4 and D-5: mirrors `validateSubsetName`.
fn subset_name(subset: &Subset, out: &mut Objections) {
    let name = text(&subset.name);
    if name.is_empty() {
        out.lacks("required", subset.span, "a subset needs a `name`").field("name");
    } else if let (false, Some(field)) = (is_label(name), &subset.name) {
        out.reject("D-5", field.span, format!("`{name}` is not a DNS label"))
            .help("use letters, digits and `-` only, at most 63");
    }
}

/// D-8 to D-10: mirrors `validateWorkloadSelector`.
fn workload_selector(selector: &WorkloadSelector, out: &mut Objections) {
    for (key, value) in selector.match_labels.iter() {
        if key.value.is_empty() {
            out.reject("D-8", key.span, "a label has no key");
        }
        for text in [key, value] {
            if text.value.contains('*') {
                let message = format!("`{}`: a selector takes no wildcards", text.value);
                out.reject("D-9", text.span, message);
            }
        }
    }
    if selector.match_labels.is_empty() {
        let message = "the selector has no labels and selects all proxies of the namespace";
        out.warn("D-10", selector.span, message);
    }
}
