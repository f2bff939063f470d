//! GW606: the port of the Pods instead of that of the Service.

use crate::istio::Object;
use crate::istio::kubernetes::{Service, ServicePort, TargetPort};
use crate::mesh::ObjectRef;
use crate::rules::destinations::ports::{WrongPort, wrong_ports};
use crate::rules::destinations::{Used, places};
use crate::rules::prelude::*;

rule! {
    /// ## What it reports
    /// A destination with a port that is not one of its service, but the one to which the service forwards (`targetPort`).
    ///
    /// ## Why it matters
    /// Destinations name the port of the Service, not that of the container. There is no cluster for the other one: requests
    /// get 503 (flag `NC`).
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
    ///   ports: [{name: http, port: 80, targetPort: 8080}]
    /// ---
    /// apiVersion: networking.istio.io/v1
    /// kind: VirtualService
    /// metadata: {name: shop, namespace: shop}
    /// spec:
    ///   hosts: [shop.example.com]
    ///   gateways: [infra/public]
    ///   http:
    ///   - route: [{destination: {host: web, port: {number: 8080}}}]
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
    ///   ports: [{name: http, port: 80, targetPort: 8080}]
    /// ---
    /// apiVersion: networking.istio.io/v1
    /// kind: VirtualService
    /// metadata: {name: shop, namespace: shop}
    /// spec:
    ///   hosts: [shop.example.com]
    ///   gateways: [infra/public]
    ///   http:
    ///   - route: [{destination: {host: web, port: {number: 80}}}]
    /// ```
    TARGET_PORT_USED = "GW606" "target-port-used", Error, also "~IST0101";
}

fn check(world: &World<'_>, out: &mut Findings) {
    for WrongPort { group, port, .. } in wrong_ports(world) {
        let used = group[0];
        let mut services = world.mesh.services.named(&used.host);
        let Some(meant) = services.find_map(|service| {
            let ObjectRef::Service(at) = service.object else { return None };
            let service = &world.mesh.store.services[at as usize];
            service.spec.ports.iter().find(|one| leads_to(world, service, one, port.value))
        }) else {
            continue;
        };
        let own = meant.port.map_or(0, |number| number.value);
        let target = meant.target_port.as_ref().map_or(meant.span, |target| target.span);
        for (used, span) in places(group, Used::port_span) {
            let message = format!(
                "{} is the targetPort of port {own} of `{}`: {}",
                port.value,
                used.host,
                used.consequence()
            );
            out.report(&TARGET_PORT_USED, world.subject(used.object), span, message)
                .label(target, "the port of the Pods")
                .help(format!("write {own}"));
        }
    }
}

/// Whether a port of a Service leads to a port of its Pods.
fn leads_to(world: &World<'_>, service: &Object<Service>, port: &ServicePort, number: u32) -> bool {
    match port.target_port.as_ref().map(|target| &target.value) {
        None => false,
        Some(TargetPort::Number(target)) => *target == number,
        Some(TargetPort::Name(name)) => {
            let protocol = port.protocol.as_ref().map_or("TCP", |protocol| protocol.value.as_str());
            let selector = &service.spec.selector;
            let mut workloads = world.mesh.store.workloads.iter().filter(|workload| {
                let has = |key: &str, value: &str| {
                    workload.spec.labels.get(key).is_some_and(|own| own.value == value)
                };
                workload.meta.namespace() == service.meta.namespace()
                    && !selector.is_empty()
                    && selector.iter().all(|(key, value)| has(key, value))
            });
            workloads.any(|workload| workload.spec.container_port(name, protocol) == Some(number))
        }
    }
}
