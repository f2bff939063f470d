//! Policies that change the filters of a proxy by their presence.

use std::collections::BTreeMap;

use super::decode::{Map, message};
use super::virtual_service::Text;
use crate::text::{Spanned, Str};

/// The kinds of [`Policy`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum PolicyKind {
    /// `security.istio.io` AuthorizationPolicy.
    Authorization,
    /// `security.istio.io` RequestAuthentication.
    RequestAuthentication,
    /// `telemetry.istio.io` Telemetry.
    Telemetry,
    /// `networking.istio.io` EnvoyFilter: not modelled.
    EnvoyFilter,
    /// `extensions.istio.io` WasmPlugin: not modelled.
    WasmPlugin,
}

message! {
    /// `spec` of a policy, as far as it decides about the table.
    Policy {
        /// Proxies by labels.
        selector: Option<Selector> = "selector",
        /// Proxies by labels, in an EnvoyFilter.
        workload_selector: Option<WorkloadSelector> = "workloadSelector",
        /// Metrics of a Telemetry.
        metrics: Vec<Metrics> = "metrics",
        /// Objects that the policy is attached to instead.
        target_refs: Vec<TargetRef> = "targetRefs",
        /// Issuers of a RequestAuthentication.
        jwt_rules: Vec<JwtRule> = "jwtRules",
        /// ALLOW, DENY, AUDIT, CUSTOM.
        action: Text = "action",
    }
}

message! {
    /// `selector`.
    Selector {
        /// Labels.
        match_labels: Map<Spanned<Str>> = "matchLabels",
    }
}

message! {
    /// `workloadSelector` of an EnvoyFilter.
    WorkloadSelector {
        /// Labels.
        labels: Map<Spanned<Str>> = "labels",
    }
}

message! {
    /// An entry of `targetRefs`.
    TargetRef {
        /// Kind.
        kind: Text = "kind",
        /// Name.
        name: Text = "name",
    }
}

message! {
    /// An entry of `metrics` of a Telemetry.
    Metrics {
        /// Providers.
        providers: Vec<Provider> = "providers",
    }
}

message! {
    /// An entry of `jwtRules`.
    JwtRule {
        /// Issuer.
        issuer: Text = "issuer",
        /// Keys, inline.
        jwks: Text = "jwks",
    }
}

message! {
    /// A provider.
    Provider {
        /// Name.
        name: Text = "name",
    }
}

impl Policy {
    /// Whether the policy, of `namespace`, is on a proxy (its namespace and labels): of the proxy's or the root
    /// namespace, and its selector is absent or contained in the labels.
    pub fn is_on(
        &self,
        namespace: &str,
        proxy: (&str, &BTreeMap<String, String>),
        root: &str,
    ) -> bool {
        let (own, labels) = proxy;
        (namespace == own || namespace == root)
            && self.target_refs.is_empty()
            && self
                .labels()
                .iter()
                .all(|(key, value)| labels.get(*key).is_some_and(|label| label == value))
    }

    /// The labels that a proxy must have.
    pub fn labels(&self) -> Vec<(&str, &str)> {
        let selector = self.selector.as_ref().map(|selector| &selector.match_labels);
        let workloads = self.workload_selector.as_ref().map(|selector| &selector.labels);
        selector
            .into_iter()
            .chain(workloads)
            .flat_map(Map::iter)
            .map(|(key, value)| (key.value.as_str(), value.value.as_str()))
            .collect()
    }

    /// Whether a metrics entry names the provider `prometheus`.
    pub fn has_prometheus_metrics(&self) -> bool {
        self.metrics
            .iter()
            .flat_map(|metrics| &metrics.providers)
            .any(|provider| provider.name.as_ref().is_some_and(|name| name.value == "prometheus"))
    }
}
