//! GW103: one Gateway on gateways that are not one.

use crate::mesh::{Found, ObjectRef, Origin, Proxy};
use crate::rules::hosts::{bare, list};
use crate::rules::prelude::*;

rule! {
    /// ## What it reports
    /// A Gateway whose `selector` fits several gateways: workloads with other names, or of other namespaces.
    ///
    /// ## Why it matters
    /// All of them open its ports and serve its hosts. Where one gateway is public and another private, both mostly have
    /// a label like `istio: ingressgateway`, and what is meant for one is served by the other, too.
    ///
    /// Workloads that share a Service count as one gateway: a new version beside the old one is no mistake.
    ///
    /// ## Example
    /// ```yaml
    /// apiVersion: v1
    /// kind: Service
    /// metadata: {name: public, namespace: infra}
    /// spec:
    ///   selector: {istio: ingress, access: public}
    ///   ports: [{name: http, port: 80}]
    /// ---
    /// apiVersion: v1
    /// kind: Service
    /// metadata: {name: private, namespace: infra}
    /// spec:
    ///   selector: {istio: ingress, access: private}
    ///   ports: [{name: http, port: 80}]
    /// ---
    /// apiVersion: networking.istio.io/v1
    /// kind: Gateway
    /// metadata: {name: admin, namespace: infra}
    /// spec:
    ///   selector: {istio: ingress}
    ///   servers:
    ///   - port: {number: 80, name: http, protocol: HTTP}
    ///     hosts: [admin.example.com]
    /// ```
    ///
    /// ## Instead
    /// ```yaml
    /// apiVersion: v1
    /// kind: Service
    /// metadata: {name: public, namespace: infra}
    /// spec:
    ///   selector: {istio: ingress, access: public}
    ///   ports: [{name: http, port: 80}]
    /// ---
    /// apiVersion: v1
    /// kind: Service
    /// metadata: {name: private, namespace: infra}
    /// spec:
    ///   selector: {istio: ingress, access: private}
    ///   ports: [{name: http, port: 80}]
    /// ---
    /// apiVersion: networking.istio.io/v1
    /// kind: Gateway
    /// metadata: {name: admin, namespace: infra}
    /// spec:
    ///   selector: {istio: ingress, access: private}
    ///   servers:
    ///   - port: {number: 80, name: http, protocol: HTTP}
    ///     hosts: [admin.example.com]
    /// ```
    SELECTOR_SPANS_WORKLOADS = "GW103" "selector-spans-workloads", Warning;
}

/// How many gateways are told apart.
const TOLD: usize = 8;

fn check(world: &World<'_>, out: &mut Findings) {
    for (at, gateway) in world.gateways() {
        let Some((_, first)) = gateway.spec.selector.entries.first() else { continue };
        let proxies = distinct(world, at);
        if proxies.len() < 2 {
            continue;
        }
        let names = list(proxies.iter().map(|(proxy, _)| proxy.name.as_str()));
        let hosts = gateway.spec.servers.iter().flat_map(|server| &server.hosts).map(bare);
        let message = format!(
            "the selector fits {} gateways, {names}: {} open on all of them",
            proxies.len(),
            are(&list(hosts))
        );
        let subject = world.subject(ObjectRef::Gateway(at));
        let report = out.report(&SELECTOR_SPANS_WORKLOADS, subject, first.span, message);
        report.here("not narrow enough for one gateway");
        for (proxy, origin) in proxies.iter().take(4) {
            report.label(origin.span, format!("`{}` has these labels", proxy.name));
        }
        report.help("add a label to `selector` that only the gateway has that is meant");
    }
}

/// `x is`, `x, y are`.
fn are(names: &str) -> String {
    let verb = if names.contains(", ") { "are" } else { "is" };
    format!("{names} {verb}")
}

/// The gateways of a Gateway that are surely others, with the place of what they were found by.
fn distinct<'a>(world: &World<'a>, gateway: u32) -> Vec<(&'a Proxy, Origin)> {
    let mut known: Vec<(&Proxy, Origin)> = Vec::new();
    for server in world.servers_of_gateway(gateway) {
        let proxy: &Proxy = &server.table.proxy;
        let (Found::Workload(origin) | Found::Service(origin)) = proxy.found else { continue };
        if known.len() < TOLD && known.iter().all(|(other, _)| are_others(proxy, other)) {
            known.push((proxy, origin));
        }
    }
    known
}

/// Whether two proxies are surely two gateways. What was found by Services may be the same Pods.
fn are_others(a: &Proxy, b: &Proxy) -> bool {
    let shares_service = || {
        let mut ports = a.service_ports.iter().filter(|port| port.origin.is_some());
        ports.any(|port| b.service_ports.iter().any(|other| other.hostname == port.hostname))
    };
    let contradicts = || {
        a.labels.iter().any(|(key, value)| b.labels.get(key).is_some_and(|other| other != value))
    };
    let are_workloads = matches!((a.found, b.found), (Found::Workload(_), Found::Workload(_)));
    a.namespace != b.namespace
        || ((are_workloads || contradicts()) && !shares_service() && a.name != b.name)
}
