//! GW104: a port of a server that no Service opens.

use crate::envoy::DropReason;
use crate::istio::Object;
use crate::istio::kubernetes::{Service, Workload};
use crate::mesh::{ObjectRef, Origin, Part};
use crate::rules::hosts::{distinct, list};
use crate::rules::prelude::*;
use crate::rules::server::ServerRef;
use crate::rules::surroundings::{Surroundings, may_expose, named, node_port};

rule! {
    /// ## What it reports
    /// A server whose port number is neither a port nor a target port of any Service of the gateway's Pods.
    ///
    /// ## Why it matters
    /// The proxy listens there, but nothing outside of the Pod network gets to it: the load balancer and the Service do
    /// not have the port, and connections are refused or time out.
    ///
    /// The rule is silent where the input has no Service of the gateway, where one of another namespace has its selector and
    /// the port, where a port leads to a container port by name,
    /// and where Pods open ports of their nodes.
    ///
    /// ## Example
    /// ```yaml
    /// apiVersion: v1
    /// kind: Service
    /// metadata: {name: ingress, namespace: infra}
    /// spec:
    ///   selector: {app: ingress}
    ///   ports:
    ///   - {name: http, port: 80}
    /// ---
    /// apiVersion: networking.istio.io/v1
    /// kind: Gateway
    /// metadata: {name: public, namespace: infra}
    /// spec:
    ///   selector: {app: ingress}
    ///   servers:
    ///   - port: {number: 9000, name: http, protocol: HTTP}
    ///     hosts: [shop.example.com]
    /// ```
    ///
    /// ## Instead
    /// Use a port of the Service, or add the port to it.
    /// ```yaml
    /// apiVersion: v1
    /// kind: Service
    /// metadata: {name: ingress, namespace: infra}
    /// spec:
    ///   selector: {app: ingress}
    ///   ports:
    ///   - {name: http, port: 80}
    ///   - {name: http-shop, port: 9000}
    /// ---
    /// apiVersion: networking.istio.io/v1
    /// kind: Gateway
    /// metadata: {name: public, namespace: infra}
    /// spec:
    ///   selector: {app: ingress}
    ///   servers:
    ///   - port: {number: 9000, name: http, protocol: HTTP}
    ///     hosts: [shop.example.com]
    /// ```
    PORT_NOT_ON_SERVICE = "GW104" "port-not-on-service", Warning, also "IST0162";
}

fn check(world: &World<'_>, out: &mut Findings) {
    let around = Surroundings::new(world);
    for (at, _) in world.gateways() {
        let servers = world.servers_of_gateway(at);
        for server in distinct(&servers) {
            let closed: Vec<ServerRef<'_>> = servers
                .iter()
                .filter(|here| here.is_same(&server) && is_closed(&around, here))
                .copied()
                .collect();
            if !closed.is_empty() {
                report(world, out, &around, &closed);
            }
        }
    }
    for lost in world.dropped(DropReason::NoServicePort) {
        without_listener(world, out, lost.what);
    }
}

/// A server of a Gateway that names its Services, none of which has the port: istiod makes no listener.
fn without_listener(world: &World<'_>, out: &mut Findings, what: Origin) {
    let (ObjectRef::Gateway(at), Part::Server(index)) = (what.object, what.part) else { return };
    let gateway = &world.mesh.store.gateways[at as usize];
    let Some(server) = gateway.spec.servers.get(index as usize) else { return };
    let names = gateway.meta.annotation("internal.istio.io/gateway-service").unwrap_or_default();
    let number = server.port_number();
    let span = server.port.as_ref().and_then(|port| port.number).map_or(what.span, |one| one.span);
    let message = format!(
        "port {number} is not a port of Service {}, which the Gateway names: there is no listener",
        list(names.split(','))
    );
    out.report(&PORT_NOT_ON_SERVICE, world.subject(what.object), span, message)
        .here("no port of the Service")
        .help(format!("add port {number} to the Service, or use one that it has"))
        .unreached(world.elements(world.unless_reached(what)));
}

fn report(
    world: &World<'_>,
    out: &mut Findings,
    around: &Surroundings<'_>,
    closed: &[ServerRef<'_>],
) {
    let first = &closed[0];
    let services = around.services(&first.table.proxy);
    let names: Vec<String> = services.iter().map(|service| named(service)).collect();
    let number = first.server.port_number();
    let message = format!(
        "port {number} is not exposed by Service {}: nothing outside of the Pod network reaches it",
        list(names.iter().map(String::as_str))
    );
    let tables: Vec<usize> = closed.iter().map(ServerRef::table_index).collect();
    let subject = world.subject(first.object());
    let report = out.report(&PORT_NOT_ON_SERVICE, subject, first.port_span(), message);
    report
        .here("no port of the Service")
        .proxies(world.proxies_unless_all(first.record.gateway, &tables));
    for service in services.iter().take(3) {
        let numbers = service.spec.ports.iter().filter_map(|port| port.port);
        let numbers: Vec<String> = numbers.map(|number| number.value.to_string()).collect();
        let text = match numbers.as_slice() {
            [] => "has no ports".to_owned(),
            numbers => format!("has only {}", list(numbers.iter().map(String::as_str))),
        };
        report.label(service.meta.name_span, text);
    }
    report.help(format!("add port {number} to the Service, or use one that it has"));
}

/// Whether the Services of a proxy are there and none of them has the port of a server.
fn is_closed(around: &Surroundings<'_>, server: &ServerRef<'_>) -> bool {
    let number = server.server.port_number();
    let proxy = &server.table.proxy;
    let is_exposed = |port: &crate::mesh::ServicePort| port.port == number;
    // Most servers end here.
    if number == 0 || proxy.service_ports.is_empty() || proxy.service_ports.iter().any(is_exposed) {
        return false;
    }
    let services = around.services(proxy);
    let is_reached = |service: &&Object<Service>| {
        may_expose(service, number) || is_unknown(service) || node_port(service, number).is_some()
    };
    let is_on_node = |workload: &&Object<Workload>| workload.spec.opens_node_ports();
    // Ports that the config file lists need not be all.
    !services.is_empty()
        && !server.record.bind.starts_with("unix://")
        && !services.iter().any(is_reached)
        && !around.elsewhere(proxy).any(|service| is_reached(&service))
        && !around.workloads(proxy).iter().any(is_on_node)
}

/// Whether a placeholder hides a port.
fn is_unknown(service: &Object<Service>) -> bool {
    !service.unknown.is_empty()
}
