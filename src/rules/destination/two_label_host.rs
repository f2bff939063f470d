//! GW603: a host of two labels, which istiod does not complete.

use rustc_hash::FxHashSet;

use crate::finding::Severity;
use crate::mesh::ObjectRef;
use crate::rules::destinations::places;
use crate::rules::is_placeholder;
use crate::rules::prelude::*;

rule! {
    /// ## What it reports
    /// A host of a destination or DestinationRule such as `web.shop` or `web.shop.svc`, which no ServiceEntry of the input has.
    /// It is an error where the input knows the namespace `shop`; other names of two labels are left alone where the last one is a
    /// top-level domain in common use.
    ///
    /// ## Why it matters
    /// istiod completes names without any dot only. `web.shop` is taken for a host outside of the cluster, for which there is
    /// no cluster: requests get 503 (flag `NC`), and a DestinationRule holds for nothing.
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
    ///   ports: [{name: http, port: 8080}]
    /// ---
    /// apiVersion: networking.istio.io/v1
    /// kind: VirtualService
    /// metadata: {name: shop, namespace: shop}
    /// spec:
    ///   hosts: [shop.example.com]
    ///   gateways: [infra/public]
    ///   http:
    ///   - route: [{destination: {host: web.shop}}]
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
    ///   ports: [{name: http, port: 8080}]
    /// ---
    /// apiVersion: networking.istio.io/v1
    /// kind: VirtualService
    /// metadata: {name: shop, namespace: shop}
    /// spec:
    ///   hosts: [shop.example.com]
    ///   gateways: [infra/public]
    ///   http:
    ///   - route: [{destination: {host: web.shop.svc.cluster.local}}]
    /// ```
    TWO_LABEL_HOST = "GW603" "two-label-host", Error;
}

/// Last labels of hosts outside of clusters. Those of two letters are countries.
const TOP_LEVEL: [&str; 26] = [
    "aero",
    "app",
    "arpa",
    "biz",
    "cloud",
    "com",
    "corp",
    "dev",
    "edu",
    "gov",
    "home",
    "info",
    "int",
    "internal",
    "invalid",
    "lan",
    "local",
    "localdomain",
    "localhost",
    "mil",
    "name",
    "net",
    "org",
    "pro",
    "test",
    "xyz",
];

fn check(world: &World<'_>, out: &mut Findings) {
    let destinations = world.destinations();
    if !destinations.presences.has_all_entries() {
        return;
    }
    let mut namespaces = None;
    for group in destinations.groups() {
        let host = &group.first().host;
        let Some(severity) = severity(world, host, &mut namespaces) else { continue };
        for (used, span) in places(group.iter(), |used| used.text.span) {
            let message = format!(
                "`{}` is not completed, as it has a dot: {}",
                used.text.value,
                used.consequence()
            );
            out.report(&TWO_LABEL_HOST, world.subject(used.object), span, message)
                .severity(severity)
                .help(remedy(world, &used.host));
        }
    }
    for (at, rule) in (0..).zip(&world.mesh.store.destination_rules) {
        let Some(host) = rule.spec.host.as_ref().filter(|host| !is_placeholder(&host.value)) else {
            continue;
        };
        let Some(severity) = severity(world, &host.value, &mut namespaces) else { continue };
        let message = format!(
            "`{}` is not completed, as it has a dot: this DestinationRule holds for no service",
            host.value
        );
        let subject = world.subject(ObjectRef::DestinationRule(at));
        let report = out.report(&TWO_LABEL_HOST, subject, host.span, message);
        report.severity(severity).help(remedy(world, &host.value));
    }
}

/// How bad a host is; none: it is not of the form, or something has it.
fn severity<'a>(
    world: &World<'a>,
    host: &str,
    namespaces: &mut Option<FxHashSet<&'a str>>,
) -> Option<Severity> {
    let (_, namespace) = parts(host)?;
    let services = &world.mesh.services;
    let wildcard = format!("*.{namespace}");
    if [host, &wildcard].iter().any(|host| services.named(host).next().is_some()) {
        return None;
    }
    if namespaces.get_or_insert_with(|| all_namespaces(world)).contains(namespace) {
        return Some(Severity::Error);
    }
    let is_domain = namespace.len() == 2
        || namespace.starts_with("xn--")
        || TOP_LEVEL.binary_search(&namespace).is_ok();
    (host.strip_suffix(".svc").is_some() || !is_domain).then_some(Severity::Warning)
}

/// Name and namespace of `web.shop` and `web.shop.svc`.
fn parts(host: &str) -> Option<(&str, &str)> {
    let (name, namespace) = host.strip_suffix(".svc").unwrap_or(host).split_once('.')?;
    let is_label = |text: &str| {
        text.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-') && !text.is_empty()
    };
    let is_number = namespace.bytes().all(|b| b.is_ascii_digit());
    (is_label(name) && is_label(namespace) && !is_number).then_some((name, namespace))
}

fn all_namespaces<'a>(world: &World<'a>) -> FxHashSet<&'a str> {
    let store = &world.mesh.store;
    let named = store.namespaces.iter().map(|object| object.meta.name());
    let services = store.services.iter().map(|object| object.meta.namespace());
    let workloads = store.workloads.iter().map(|object| object.meta.namespace());
    let routes = store.virtual_services.iter().map(|object| object.meta.namespace());
    let gateways = store.gateways.iter().map(|object| object.meta.namespace());
    named.chain(services).chain(workloads).chain(routes).chain(gateways).collect()
}

fn remedy(world: &World<'_>, host: &str) -> String {
    let whole = host.strip_suffix(".svc").unwrap_or(host);
    format!("write `{whole}.svc.{}` for the Service", world.mesh.domain)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn top_level_domains_are_sorted() {
        assert!(TOP_LEVEL.is_sorted());
    }

    #[test]
    fn two_labels_are_a_name_and_a_namespace() {
        assert_eq!(parts("web.shop"), Some(("web", "shop")));
        assert_eq!(parts("web.shop.svc"), Some(("web", "shop")));
        for other in ["web", "web.shop.svc.cluster.local", "*.shop", "1.2", "a.b.c", ".shop"] {
            assert_eq!(parts(other), None, "{other}");
        }
    }
}
