//! GW610: a subset whose labels no Pod has.

use rustc_hash::{FxHashMap, FxHashSet};

use crate::istio::Object;
use crate::istio::destination_rule::Subset;
use crate::istio::kubernetes::Workload;
use crate::mesh::{ObjectRef, Service};
use crate::rules::destinations::Servers;
use crate::rules::is_placeholder;
use crate::rules::nearest::did_you_mean;
use crate::rules::prelude::*;
use crate::text::Span;

rule! {
    /// ## What it reports
    /// A subset that a gateway uses and whose labels no Pod of its service has, where the input holds Pods (or what makes them)
    /// that the service selects. Of ServiceEntries the labels of `endpoints` count.
    ///
    /// Labels that controllers add, such as `pod-template-hash`, are left alone.
    ///
    /// ## Why it matters
    /// The cluster of the subset is there and empty: requests get 503 (flag `UH`).
    ///
    /// ## Example
    /// ```yaml
    /// apiVersion: networking.istio.io/v1
    /// kind: Gateway
    /// metadata: {name: public, namespace: infra}
    /// spec:
    ///   selector: {istio: ingressgateway}
    ///   servers:
    ///   - port: {number: 80, name: http, protocol: HTTP}
    ///     hosts: [shop.example.com]
    /// ---
    /// apiVersion: v1
    /// kind: Service
    /// metadata: {name: web, namespace: shop}
    /// spec:
    ///   selector: {app: web}
    ///   ports: [{name: http, port: 8080}]
    /// ---
    /// apiVersion: apps/v1
    /// kind: Deployment
    /// metadata: {name: web, namespace: shop}
    /// spec:
    ///   selector: {matchLabels: {app: web, version: v1}}
    ///   template:
    ///     metadata: {labels: {app: web, version: v1}}
    ///     spec: {containers: [{name: web, image: web}]}
    /// ---
    /// apiVersion: networking.istio.io/v1
    /// kind: VirtualService
    /// metadata: {name: shop, namespace: shop}
    /// spec:
    ///   hosts: [shop.example.com]
    ///   gateways: [infra/public]
    ///   http:
    ///   - route: [{destination: {host: web, subset: v2}}]
    /// ---
    /// apiVersion: networking.istio.io/v1
    /// kind: DestinationRule
    /// metadata: {name: web, namespace: shop}
    /// spec:
    ///   host: web
    ///   subsets: [{name: v2, labels: {version: v2}}]
    /// ```
    ///
    /// ## Instead
    /// ```yaml
    /// apiVersion: networking.istio.io/v1
    /// kind: Gateway
    /// metadata: {name: public, namespace: infra}
    /// spec:
    ///   selector: {istio: ingressgateway}
    ///   servers:
    ///   - port: {number: 80, name: http, protocol: HTTP}
    ///     hosts: [shop.example.com]
    /// ---
    /// apiVersion: v1
    /// kind: Service
    /// metadata: {name: web, namespace: shop}
    /// spec:
    ///   selector: {app: web}
    ///   ports: [{name: http, port: 8080}]
    /// ---
    /// apiVersion: apps/v1
    /// kind: Deployment
    /// metadata: {name: web, namespace: shop}
    /// spec:
    ///   selector: {matchLabels: {app: web, version: v1}}
    ///   template:
    ///     metadata: {labels: {app: web, version: v1}}
    ///     spec: {containers: [{name: web, image: web}]}
    /// ---
    /// apiVersion: networking.istio.io/v1
    /// kind: VirtualService
    /// metadata: {name: shop, namespace: shop}
    /// spec:
    ///   hosts: [shop.example.com]
    ///   gateways: [infra/public]
    ///   http:
    ///   - route: [{destination: {host: web, subset: v1}}]
    /// ---
    /// apiVersion: networking.istio.io/v1
    /// kind: DestinationRule
    /// metadata: {name: web, namespace: shop}
    /// spec:
    ///   host: web
    ///   subsets: [{name: v1, labels: {version: v1}}]
    /// ```
    SUBSET_SELECTS_NOTHING = "GW610" "subset-selects-nothing", Error, also "IST0173", "KIA0203";
}

/// The labels of what a service selects, and where they are written.
type Labelled<'a> = (Vec<(&'a str, &'a str)>, Span, &'a str);

type ByNamespace<'a> = FxHashMap<&'a str, Vec<&'a Object<Workload>>>;

fn check(world: &World<'_>, out: &mut Findings) {
    let mut entries = world.mesh.store.service_entries.iter();
    if world.mesh.store.workloads.is_empty() && entries.all(|one| one.spec.endpoints.is_empty()) {
        return;
    }
    let mut workloads = None;
    let mut known: FxHashSet<Span> = FxHashSet::default();
    let mut servers = Servers::default();
    // What is known of a subset on a proxy.
    let mut seen: FxHashSet<(&str, &str, usize)> = FxHashSet::default();
    for used in world.destinations().iter() {
        let Some(name) = used.subset() else { continue };
        for server in servers.of(world, used) {
            if !seen.insert((&used.host, &name.value, server.table_index())) {
                continue;
            }
            let Some(rule) = used.effective(world, &server) else { continue };
            let Some((at, subset)) = rule.definition(&name.value) else { continue };
            let scope = world.mesh.services.in_scope(&used.host, &server.table.proxy.namespace);
            let Some(service) = scope.filter(|_| known.insert(subset.span)) else { continue };
            let workloads = workloads.get_or_insert_with(|| by_namespace(world));
            let selected = selected(world, service, workloads);
            if selected.is_empty() || !is_decided(subset, &selected) {
                continue;
            }
            report(world, out, at, subset, &service.hostname, &selected)
                .label(name.span, "used here");
        }
    }
}

fn report<'o>(
    world: &World<'_>,
    out: &'o mut Findings,
    at: u32,
    subset: &Subset,
    host: &str,
    selected: &[Labelled<'_>],
) -> &'o mut crate::rules::Report {
    let has = |(labels, ..): &Labelled<'_>, key: &str, value: &str| labels.contains(&(key, value));
    // The label that is wrong: one that nothing has, else all of them together.
    let mut labels = subset.labels.iter();
    let alone = labels.find(|(key, value)| !selected.iter().any(|one| has(one, key, value)));
    let first = alone.or_else(|| subset.labels.iter().next());
    let span = first.map_or(subset.span, |(_, value)| value.span);
    let name = subset.name.as_ref().map_or("", |name| name.value.as_str());
    let message = format!("subset `{name}` of `{host}` selects no Pod: requests get 503 (UH)");
    let subject = world.subject(ObjectRef::DestinationRule(at));
    let report = out.report(&SUBSET_SELECTS_NOTHING, subject, span, message);
    let Some((key, wanted)) = first else { return report };
    let value = |labels: &[(&str, &str)]| {
        labels.iter().find(|(own, _)| *own == key.value).map(|(_, value)| (*value).to_owned())
    };
    let values: Vec<String> = selected.iter().filter_map(|(labels, ..)| value(labels)).collect();
    for (labels, span, name) in selected.iter().take(3) {
        let what = match value(labels) {
            Some(value) => format!("`{name}` has `{}: {value}`", key.value),
            None => format!("`{name}` has no label `{}`", key.value),
        };
        report.label(*span, what);
    }
    report.help(match did_you_mean(&wanted.value, values.iter().map(String::as_str)) {
        Some(meant) => format!("write `{meant}` if that is what is meant"),
        None => "write labels that the Pods have".to_owned(),
    })
}

/// Whether it is certain that nothing has the labels of a subset.
fn is_decided(subset: &Subset, selected: &[Labelled<'_>]) -> bool {
    let is_added = |key: &str| {
        key.contains("pod-template-hash")
            || key.contains("kubernetes.io/")
            || key.contains("istio.io/")
    };
    let is_hidden = |text: &str| is_placeholder(text);
    let mut labels = subset.labels.iter();
    let is_known = !labels.any(|(key, value)| is_added(key) || is_hidden(key) || is_hidden(value));
    let has_all = |(labels, ..): &Labelled<'_>| {
        subset.labels.iter().all(|(key, value)| labels.contains(&(key.as_str(), value.as_str())))
    };
    let may_have = |(labels, ..): &Labelled<'_>| {
        labels.iter().any(|(key, value)| is_hidden(key) || is_hidden(value))
    };
    is_known && !selected.iter().any(|one| has_all(one) || may_have(one))
}

/// What a service selects: Pods, or its endpoints.
fn selected<'a>(
    world: &World<'a>,
    service: &'a Service,
    workloads: &ByNamespace<'a>,
) -> Vec<Labelled<'a>> {
    let store = &world.mesh.store;
    match service.object {
        ObjectRef::Service(at) => {
            let selector = &store.services[at as usize].spec.selector;
            let here = workloads.get(service.namespace.as_str()).into_iter().flatten();
            let labels = |workload: &&'a Object<Workload>| -> Labelled<'a> {
                let labels = workload.spec.labels.iter();
                let labels = labels.map(|(key, value)| (key.as_str(), value.as_str())).collect();
                (labels, workload.meta.name_span, workload.meta.name())
            };
            let is_selected = |(labels, ..): &Labelled<'_>| {
                let mut wanted = selector.iter();
                wanted.all(|(key, value)| labels.contains(&(key.as_str(), value.as_str())))
            };
            here.map(labels).filter(|one| !selector.is_empty() && is_selected(one)).collect()
        }
        ObjectRef::ServiceEntry(at) => {
            let entry = &store.service_entries[at as usize];
            let is_alone = world.mesh.services.named(&service.hostname).count() == 1;
            let endpoints = entry.spec.endpoints.iter().filter(|_| is_alone);
            endpoints
                .map(|endpoint| {
                    let labels = endpoint.labels.iter();
                    let labels = labels.map(|(key, value)| (key.as_str(), value.as_str()));
                    (labels.collect(), endpoint.span, "this endpoint")
                })
                .collect()
        }
        _ => Vec::new(),
    }
}

fn by_namespace<'a>(world: &World<'a>) -> ByNamespace<'a> {
    let mut workloads = ByNamespace::default();
    for workload in &world.mesh.store.workloads {
        workloads.entry(workload.meta.namespace()).or_default().push(workload);
    }
    workloads
}
