//! GW105: the port of the nodes where that of the Service is meant.

use crate::istio::Object;
use crate::istio::kubernetes::Service;
use crate::rules::hosts::distinct;
use crate::rules::prelude::*;
use crate::rules::server::ServerRef;
use crate::rules::surroundings::{NodePort, Surroundings, may_expose, named, node_port};

rule! {
    /// ## What it reports
    /// A server whose port number is a `nodePort` of the gateway's Service, and no port or target port of any of its
    /// Services.
    ///
    /// ## Why it matters
    /// A node forwards its `nodePort` to the target port of the Service, never to the same number inside of the Pod. The
    /// proxy listens on a port that nobody can reach, and the port that clients do reach has no listener.
    ///
    /// ## Example
    /// ```yaml
    /// apiVersion: v1
    /// kind: Service
    /// metadata: {name: ingress, namespace: infra}
    /// spec:
    ///   type: NodePort
    ///   selector: {app: ingress}
    ///   ports:
    ///   - {name: http, port: 80, nodePort: 31380}
    /// ---
    /// apiVersion: networking.istio.io/v1
    /// kind: Gateway
    /// metadata: {name: public, namespace: infra}
    /// spec:
    ///   selector: {app: ingress}
    ///   servers:
    ///   - port: {number: 31380, name: http, protocol: HTTP}
    ///     hosts: [shop.example.com]
    /// ```
    ///
    /// ## Instead
    /// ```yaml
    /// apiVersion: v1
    /// kind: Service
    /// metadata: {name: ingress, namespace: infra}
    /// spec:
    ///   type: NodePort
    ///   selector: {app: ingress}
    ///   ports:
    ///   - {name: http, port: 80, nodePort: 31380}
    /// ---
    /// apiVersion: networking.istio.io/v1
    /// kind: Gateway
    /// metadata: {name: public, namespace: infra}
    /// spec:
    ///   selector: {app: ingress}
    ///   servers:
    ///   - port: {number: 80, name: http, protocol: HTTP}
    ///     hosts: [shop.example.com]
    /// ```
    NODE_PORT_AS_PORT = "GW105" "node-port-as-port", Error;
}

fn check(world: &World<'_>, out: &mut Findings) {
    let around = Surroundings::new(world);
    for (at, _) in world.gateways() {
        let servers = world.servers_of_gateway(at);
        for server in distinct(&servers) {
            let mistaken: Vec<_> = servers
                .iter()
                .filter(|here| here.is_same(&server))
                .filter_map(|here| Some((*here, mistaken(&around, here)?)))
                .collect();
            let Some((server, (service, port))) = mistaken.first() else { continue };
            let (number, name) = (server.server.port_number(), named(service));
            let message = format!(
                "{number} is the node port of port {} of Service `{name}`, not a port of the Pods",
                port.own
            );
            let tables: Vec<usize> =
                mistaken.iter().map(|(server, _)| server.table_index()).collect();
            let subject = world.subject(server.object());
            out.report(&NODE_PORT_AS_PORT, subject, server.port_span(), message)
                .here("no client reaches this port")
                .label(port.node.span, format!("nodes forward it to port {}", port.own))
                .help(format!("write {}", port.own))
                .proxies(world.proxies_unless_all(server.record.gateway, &tables));
        }
    }
}

/// The Service port of which a server has the port of the nodes, and which no Service leads to.
fn mistaken<'a>(
    around: &Surroundings<'a>,
    server: &ServerRef<'_>,
) -> Option<(&'a Object<Service>, NodePort)> {
    let number = server.server.port_number();
    // What Kubernetes gives out unless told otherwise is 30000 to 32767; ports of the other kind are mostly lower.
    if number < 1024 || server.table.proxy.service_ports.is_empty() {
        return None;
    }
    let services = around.services(&server.table.proxy);
    if services.iter().any(|service| may_expose(service, number)) {
        return None;
    }
    services.into_iter().find_map(|service| Some((service, node_port(service, number)?)))
}
