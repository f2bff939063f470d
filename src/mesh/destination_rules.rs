//! Which DestinationRule holds for a service at a proxy (spec 2, R-9.3 and; mirrors istio 1.32
//! `pilot/pkg/model/push_context.go: setDestinationRules, destinationRule`, `destination_rule.go`).

use std::collections::BTreeSet;

use rustc_hash::FxHashMap;

use super::names::fqdn;
use super::{ObjectRef, Proxy, Service, Store};
use crate::istio::Object;
use crate::istio::destination_rule::{
    ClientTls, DestinationRule, PortTrafficPolicy, Subset, TrafficPolicy,
};
use crate::istio::mesh_config::MeshConfig;

/// DestinationRules of one namespace and host, merged: subsets by name, the first definition wins.
#[derive(Clone, Debug)]
struct MergedRule {
    /// Indices in `Store::destination_rules`, the first one first.
    rules: Vec<u32>,
    /// `exportTo` of the first one, as written.
    export_to: BTreeSet<String>,
}

/// Rules of one namespace, by completed host.
#[derive(Debug, Default)]
struct ByHost {
    names: FxHashMap<String, Vec<MergedRule>>,
    /// By what follows the `*`.
    wildcards: FxHashMap<String, Vec<MergedRule>>,
}

/// All DestinationRules, merged and indexed.
#[derive(Debug, Default)]
pub struct DestinationRules {
    /// What proxies of a namespace find in it.
    local: FxHashMap<String, ByHost>,
    /// What proxies of other namespaces find in a namespace.
    exported: FxHashMap<String, ByHost>,
    /// What is private to the root namespace.
    private_to_root: ByHost,
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
        self.specs().find_map(|spec| spec.traffic_policy.as_deref())
    }

    /// The subset of a name.
    pub fn subset(&self, name: &str) -> Option<&'m Subset> {
        self.definition(name).map(|(_, subset)| subset)
    }

    /// The subset of a name, and the index of the rule that defines it.
    pub fn definition(&self, name: &str) -> Option<(u32, &'m Subset)> {
        self.rule.rules.iter().copied().zip(self.specs()).find_map(|(at, spec)| {
            Some((at, spec.subsets.iter().find(|subset| subset_name(subset) == name)?))
        })
    }

    /// All subsets; a later rule adds those whose names the earlier ones do not have.
    pub fn subsets(&self) -> Vec<&'m Subset> {
        let mut subsets: Vec<&'m Subset> = Vec::new();
        for spec in self.specs() {
            let known = subsets.len();
            for subset in &spec.subsets {
                if !subsets[..known].iter().any(|one| subset_name(one) == subset_name(subset)) {
                    subsets.push(subset);
                }
            }
        }
        subsets
    }

    /// The TLS settings towards a port of a service, or of a subset of it, and the index of the rule that has them
    /// (mirrors istio 1.32 `pilot/pkg/networking/util/util.go: MergeSubsetTrafficPolicy`, `model/destination_rule.go: MergeTrafficPolicy`): what a
    /// port has of its own does not inherit.
    pub fn tls(&self, subset: &str, port: u32) -> Option<(u32, &'m ClientTls)> {
        let of_port = |at: u32, policy: &'m TrafficPolicy, inherited| {
            let is_port = |one: &&PortTrafficPolicy| {
                let number = one.port.as_ref().and_then(|port| port.number);
                number.is_some_and(|number| number.value == port)
            };
            match policy.port_level_settings.iter().find(is_port) {
                Some(own) => own.tls.as_deref().map(|tls| (at, tls)),
                None => policy.tls.as_deref().map(|tls| (at, tls)).or(inherited),
            }
        };
        let rules = || self.rule.rules.iter().copied().zip(self.specs());
        let top = rules().find_map(|(at, spec)| Some((at, spec.traffic_policy.as_deref()?)));
        let top = top.and_then(|(at, policy)| of_port(at, policy, None));
        match self
            .definition(subset)
            .and_then(|(at, subset)| Some((at, subset.traffic_policy.as_deref()?)))
        {
            Some((at, policy)) => of_port(at, policy, top),
            None => top,
        }
    }

    /// Indices of the rules in the store.
    pub fn rules(&self) -> &'m [u32] {
        &self.rule.rules
    }

    fn specs(&self) -> impl Iterator<Item = &'m DestinationRule> + use<'m> {
        let store = self.store;
        self.rule.rules.iter().map(move |&at| &store.destination_rules[at as usize].spec)
    }
}

fn subset_name(subset: &Subset) -> &str {
    subset.name.as_ref().map_or("", |name| name.value.as_str())
}

impl DestinationRules {
    /// Merges the rules of a store (mirrors `setDestinationRules`).
    pub fn new(store: &Store, mesh: &MeshConfig, domain: &str) -> Self {
        let natural: Vec<u32> = (0..).zip(&store.destination_rules).map(|(at, _)| at).collect();
        Self::in_order(store, mesh, domain, &natural)
    }

    /// Merges the rules of a store, by index in it, the oldest first.
    pub(super) fn in_order(store: &Store, mesh: &MeshConfig, domain: &str, ages: &[u32]) -> Self {
        let is_private_by_default =
            mesh.default_destination_rule_export_to.iter().any(|name| name == ".");
        let mut order: Vec<(u32, &Object<DestinationRule>)> =
            ages.iter().map(|&at| (at, &store.destination_rules[at as usize])).collect();
        // Those with a selector come first; each kind keeps the order of creation.
        order.sort_by_key(|(_, object)| object.spec.workload_selector.is_none());
        let mut all = Self { root: mesh.root_namespace().to_owned(), ..Self::default() };
        for (at, object) in order {
            let (spec, namespace) = (&object.spec, object.meta.namespace());
            let host = spec.host.as_ref().map_or("", |host| host.value.as_str());
            let host = fqdn(host, namespace, domain);
            let export_to: BTreeSet<String> = match spec.workload_selector {
                Some(_) => BTreeSet::from([".".to_owned()]),
                None => spec.export_to.iter().map(|name| name.value.to_string()).collect(),
            };
            let names_itself = export_to.contains(".") || export_to.contains(namespace);
            let is_private = match export_to.len() {
                0 => is_private_by_default,
                1 => names_itself,
                _ => false,
            };
            if export_to.is_empty() || export_to.contains("*") || names_itself {
                let rules = all.local.entry(namespace.to_owned()).or_default();
                rules.add(store, &host, at, &export_to);
            }
            if !is_private {
                let rules = all.exported.entry(namespace.to_owned()).or_default();
                rules.add(store, &host, at, &export_to);
            } else if namespace == all.root {
                all.private_to_root.add(store, &host, at, &export_to);
            }
        }
        all
    }

    /// Several rules of one namespace for one host, or for one wildcard: in creation order, those with a selector first.
    /// `is_wanted` is asked of hosts.
    pub fn contested(&self, is_wanted: impl Fn(&str) -> bool) -> Vec<Vec<ObjectRef>> {
        let namespaces = self.local.values().chain(self.exported.values());
        let mut all: Vec<Vec<ObjectRef>> = Vec::new();
        for rules in namespaces.chain([&self.private_to_root]) {
            let names =
                rules.names.iter().filter(|(host, _)| is_wanted(host)).map(|(_, list)| list);
            for list in names.chain(rules.wildcards.values()) {
                let mut objects: Vec<ObjectRef> = list
                    .iter()
                    .flat_map(|merged| &merged.rules)
                    .map(|&at| ObjectRef::DestinationRule(at))
                    .collect();
                objects.dedup();
                all.push(objects);
            }
        }
        all.retain(|objects| objects.len() > 1);
        all.sort_unstable();
        all.dedup();
        all
    }

    /// The rule for a service in scope at a proxy (mirrors `destinationRule`): of the proxy's namespace, else the
    /// service's, else the root's; the first of these that has one decides. A proxy in the root namespace begins with
    /// rules that are private to it.
    pub fn effective<'m>(
        &'m self,
        store: &'m Store,
        service: &Service,
        proxy: &Proxy,
    ) -> Option<Effective<'m>> {
        if store.destination_rules.is_empty() {
            return None;
        }
        let (own, host) = (proxy.namespace.as_str(), service.hostname.as_str());
        let local =
            if own == self.root { Some(&self.private_to_root) } else { self.local.get(own) };
        if let Some(rules) = local.and_then(|rules| rules.most_specific(host)) {
            return pick(store, rules.iter(), proxy);
        }
        let visible = |rule: &&MergedRule| {
            let to = &rule.export_to;
            to.is_empty() || to.contains("*") || to.contains(own)
        };
        [service.namespace.as_str(), &self.root].into_iter().find_map(|namespace| {
            let rules = self.exported.get(namespace)?.most_specific(host)?;
            let mut visible = rules.iter().filter(visible).peekable();
            visible.peek()?;
            Some(pick(store, visible, proxy))
        })?
    }
}

/// The rule of a list that a proxy gets (mirrors istio 1.32 `sidecar.go: SidecarScope.DestinationRule`): the first
/// whose selector fits, else the last without a selector.
fn pick<'m>(
    store: &'m Store,
    rules: impl Iterator<Item = &'m MergedRule>,
    proxy: &Proxy,
) -> Option<Effective<'m>> {
    let mut general = None;
    for rule in rules {
        let object = &store.destination_rules[rule.rules[0] as usize];
        let Some(selector) = &object.spec.workload_selector else {
            general = Some(Effective { store, rule });
            continue;
        };
        let has = |key: &str, value: &str| proxy.labels.get(key).is_some_and(|own| own == value);
        let is_selected = selector.match_labels.iter().all(|(key, value)| has(key, value));
        if object.meta.namespace() == proxy.namespace && is_selected {
            return Some(Effective { store, rule });
        }
    }
    general
}

impl ByHost {
    /// Adds a rule to those of its host (mirrors `mergeDestinationRule`): into each one whose `exportTo` it covers, and
    /// as one of its own where the selectors differ.
    fn add(&mut self, store: &Store, host: &str, at: u32, export_to: &BTreeSet<String>) {
        let list = match host.strip_prefix('*') {
            Some(tail) => self.wildcards.entry(tail.to_owned()).or_default(),
            None => self.names.entry(host.to_owned()).or_default(),
        };
        let selector = |at: u32| {
            let selector = store.destination_rules[at as usize].spec.workload_selector.as_ref()?;
            let labels = selector.match_labels.iter();
            Some(labels.map(|(k, v)| (k.value.as_str(), v.value.as_str())).collect::<BTreeSet<_>>())
        };
        let new = selector(at);
        let mut is_separate = true;
        for rule in list.iter_mut() {
            let covers = !rule.export_to.is_empty() && export_to.is_superset(&rule.export_to);
            is_separate = *export_to != rule.export_to;
            if is_separate && !covers {
                continue;
            }
            match (selector(rule.rules[0]), &new) {
                (Some(known), Some(new)) if known != *new => {
                    is_separate = true;
                    continue;
                }
                (Some(_), Some(_)) | (None, None) => is_separate = false,
                _ => {}
            }
            rule.rules.push(at);
        }
        if is_separate {
            // Mostly it is the only one.
            list.reserve_exact(usize::from(list.is_empty()));
            list.push(MergedRule { rules: vec![at], export_to: export_to.clone() });
        }
    }

    /// The rules of the most specific host that covers `host` (mirrors istio 1.32 `config.go: MostSpecificHostMatch`):
    /// the host itself, else the longest wildcard.
    fn most_specific(&self, host: &str) -> Option<&Vec<MergedRule>> {
        let tail = host.strip_prefix('*');
        if tail.is_none()
            && let Some(rules) = self.names.get(host)
        {
            return Some(rules);
        }
        if self.wildcards.is_empty() {
            return None;
        }
        let tail = tail.unwrap_or(host);
        let tails = tail.char_indices().map(|(at, _)| &tail[at..]).chain([""]);
        tails.into_iter().find_map(|tail| self.wildcards.get(tail))
    }
}
