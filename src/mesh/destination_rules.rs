//! Which DestinationRule holds for a service at a proxy (spec 2, R-9.3 and ).

use std::collections::BTreeMap;

use rustc_hash::FxHashMap;

use super::host::{is_subset, is_wildcard};
use super::names::fqdn;
use super::{ExportTo, Proxy, Service, Store};
use crate::istio::destination_rule::{Subset, TrafficPolicy};
use crate::istio::mesh_config::MeshConfig;

/// DestinationRules of one namespace and host, merged (mirrors istio 1.32 `destination_rule.go:
/// mergeDestinationRule`): subsets by name, the first definition wins.
#[derive(Clone, Debug)]
pub(super) struct MergedRule {
    /// Indices in `Store::destination_rules`, the first one first.
    pub rules: Vec<u32>,
    export_to: ExportTo,
    /// Labels of the proxies that the rule is for, where it has a selector.
    selector: Option<Vec<(String, String)>>,
}

/// Rules of one namespace by completed host.
type ByHost = BTreeMap<String, Vec<MergedRule>>;

/// All DestinationRules, merged and indexed.
#[derive(Debug, Default)]
pub struct DestinationRules {
    by_namespace: FxHashMap<String, ByHost>,
    root: String,
}

/// The policy and subsets that hold for a service.
#[derive(Clone, Copy, Debug)]
pub struct Effective<'m> {
    store: &'m Store,
    rule: &'m MergedRule,
}

impl<'m> Effective<'m> {
    /// `trafficPolicy`: that of the first rule that has one.
    pub fn traffic_policy(&self) -> Option<&'m TrafficPolicy> {
        self.rule.rules.iter().find_map(|&at| self.spec(at).traffic_policy.as_deref())
    }

    /// The subset of a name.
    pub fn subset(&self, name: &str) -> Option<&'m Subset> {
        self.rule
            .rules
            .iter()
            .flat_map(|&at| &self.spec(at).subsets)
            .find(|subset| subset.name.as_ref().map_or("", |text| text.value.as_str()) == name)
    }

    /// All subsets, each name once.
    pub fn subsets(&self) -> Vec<&'m Subset> {
        let mut subsets: Vec<&'m Subset> = Vec::new();
        for subset in self.rule.rules.iter().flat_map(|&at| &self.spec(at).subsets) {
            let name = subset.name.as_ref().map(|text| text.value.as_str());
            if !subsets
                .iter()
                .any(|known| known.name.as_ref().map(|text| text.value.as_str()) == name)
            {
                subsets.push(subset);
            }
        }
        subsets
    }

    /// Indices of the rules in the store.
    pub fn rules(&self) -> &'m [u32] {
        &self.rule.rules
    }

    fn spec(&self, at: u32) -> &'m crate::istio::destination_rule::DestinationRule {
        &self.store.destination_rules[at as usize].spec
    }
}

impl DestinationRules {
    /// Merges the rules of a store.
    pub fn new(store: &Store, mesh: &MeshConfig, domain: &str) -> Self {
        let default: Vec<&str> =
            mesh.default_destination_rule_export_to.iter().map(String::as_str).collect();
        let mut order: Vec<u32> = (0..).zip(&store.destination_rules).map(|(at, _)| at).collect();
        // Rules with a selector come first (mirrors `push_context.go: setDestinationRules`).
        order.sort_by_key(|&at| {
            store.destination_rules[at as usize].spec.workload_selector.is_none()
        });
        let mut by_namespace: FxHashMap<String, ByHost> = FxHashMap::default();
        for at in order {
            let object = &store.destination_rules[at as usize];
            let namespace = object.meta.namespace();
            let host = object.spec.host.as_ref().map_or("", |host| host.value.as_str());
            let listed = object.spec.export_to.iter().map(|name| name.value.as_str());
            let rule = MergedRule {
                rules: vec![at],
                export_to: ExportTo::new(listed, default.iter().copied(), namespace),
                selector: object.spec.workload_selector.as_ref().map(|selector| {
                    let labels = selector.match_labels.iter();
                    labels.map(|(key, value)| (key.value.clone(), value.value.clone())).collect()
                }),
            };
            let host = fqdn(host, namespace, domain);
            let rules =
                by_namespace.entry(namespace.to_owned()).or_default().entry(host).or_default();
            merge(rules, rule);
        }
        Self { by_namespace, root: mesh.root_namespace().to_owned() }
    }

    /// The rule for a service at a proxy (mirrors istio 1.32 `push_context.go: destinationRule`): of the proxy's
    /// namespace, else the service's, else the root's; the first of these that has one decides.
    pub fn effective<'m>(
        &'m self,
        store: &'m Store,
        service: &Service,
        proxy: &Proxy,
    ) -> Option<Effective<'m>> {
        let rule = self.find(service, proxy)?;
        Some(Effective { store, rule })
    }

    fn find(&self, service: &Service, proxy: &Proxy) -> Option<&MergedRule> {
        let own = proxy.namespace.as_str();
        let host = service.hostname.as_str();
        // 1. Rules of the proxy's namespace that are visible there; in the root namespace private ones alone.
        let local = |rule: &MergedRule| {
            rule.applies(proxy, own)
                && if own == self.root {
                    rule.export_to.entries().len() == 1 && rule.export_to.names(own)
                } else {
                    rule.export_to.is_public() || rule.export_to.names(own)
                }
        };
        if let Some(rule) = self.most_specific(own, host, Some(&local)) {
            return rule.iter().find(|rule| local(rule));
        }
        // 2. and 3. Rules that the service's and the root namespace export here: only the most specific host counts.
        for namespace in [service.namespace.as_str(), self.root.as_str()] {
            if let Some(rules) = self.most_specific(namespace, host, None) {
                let visible = |rule: &&MergedRule| {
                    rule.applies(proxy, namespace) && rule.export_to.includes(own)
                };
                if let Some(rule) = rules.iter().find(visible) {
                    return Some(rule);
                }
            }
        }
        None
    }

    /// The rules of the most specific host of a namespace that covers `host` (mirrors istio 1.32 `config.go:
    /// MostSpecificHostMatch`): the host itself, else the longest wildcard.
    fn most_specific(
        &self,
        namespace: &str,
        host: &str,
        usable: Option<&dyn Fn(&MergedRule) -> bool>,
    ) -> Option<&Vec<MergedRule>> {
        let rules = self.by_namespace.get(namespace)?;
        let fits = |list: &&Vec<MergedRule>| usable.is_none_or(|usable| list.iter().any(usable));
        if let Some(exact) = rules.get(host).filter(fits) {
            return Some(exact);
        }
        rules
            .iter()
            .filter(|(pattern, list)| {
                is_wildcard(pattern) && is_subset(host, pattern) && fits(list)
            })
            .max_by(|a, b| a.0.len().cmp(&b.0.len()).then_with(|| b.0.cmp(a.0)))
            .map(|(_, list)| list)
    }
}

impl MergedRule {
    /// Whether the rule is for this proxy: without a selector for all, with one in its own namespace alone.
    fn applies(&self, proxy: &Proxy, namespace: &str) -> bool {
        self.selector.as_ref().is_none_or(|selector| {
            namespace == proxy.namespace
                && selector.iter().all(|(key, value)| proxy.labels.get(key) == Some(value))
        })
    }
}

/// Adds a rule to those of its host: merged into one with an equal selector whose `exportTo` it covers.
fn merge(rules: &mut Vec<MergedRule>, rule: MergedRule) {
    for known in rules.iter_mut() {
        let superset = known.export_to.entries().iter().all(|name| rule.export_to.names(name));
        if known.selector == rule.selector && (rule.export_to.is_public() || superset) {
            known.rules.extend(&rule.rules);
            return;
        }
    }
    rules.push(rule);
}
