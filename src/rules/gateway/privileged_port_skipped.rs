//! GW106: a port that Pods without privileges do not open.

use crate::mesh::{ObjectRef, Origin, Part};
use crate::rules::prelude::*;
use crate::rules::server::ServerRef;
use crate::rules::surroundings::Surroundings;

rule! {
    /// ## What it reports
    /// A server on a port below 1024 of Pods that say that they may not open such ports: the environment of
    /// `istio-proxy` has `ISTIO_META_UNPRIVILEGED_POD` with the value `true`. What counts is the port after translation
    /// by the Service.
    ///
    /// ## Why it matters
    /// istiod leaves the listener out, and only its log says so. Connections are refused.
    ///
    /// ## Example
    /// ```yaml
    /// apiVersion: apps/v1
    /// kind: Deployment
    /// metadata: {name: ingress, namespace: infra}
    /// spec:
    ///   template:
    ///     metadata: {labels: {app: ingress}}
    ///     spec:
    ///       containers:
    ///       - name: istio-proxy
    ///         args: [proxy, router]
    ///         env: [{name: ISTIO_META_UNPRIVILEGED_POD, value: "true"}]
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
    ///
    /// ## Instead
    /// Let the Service lead to a port from 1024 on; the server keeps the port of the Service.
    /// ```yaml
    /// apiVersion: apps/v1
    /// kind: Deployment
    /// metadata: {name: ingress, namespace: infra}
    /// spec:
    ///   template:
    ///     metadata: {labels: {app: ingress}}
    ///     spec:
    ///       containers:
    ///       - name: istio-proxy
    ///         args: [proxy, router]
    ///         env: [{name: ISTIO_META_UNPRIVILEGED_POD, value: "true"}]
    /// ---
    /// apiVersion: v1
    /// kind: Service
    /// metadata: {name: ingress, namespace: infra}
    /// spec:
    ///   selector: {app: ingress}
    ///   ports: [{name: http, port: 80, targetPort: 8080}]
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
    PRIVILEGED_PORT_SKIPPED = "GW106" "privileged-port-skipped", Warning;
}

fn check(world: &World<'_>, out: &mut Findings) {
    let mut around = None;
    for lost in world.dropped(DropReason::Privileged) {
        let Some(&(table, _)) = lost.places.first() else { continue };
        let Some(server) = world.server_at(table, lost.what) else { continue };
        // The builder takes 0 for a container port of which nobody knows the number.
        if server.record.unknown_target.is_some() {
            continue;
        }
        let around = around.get_or_insert_with(|| Surroundings::new(world));
        let tables: Vec<usize> = lost.places.iter().map(|(table, _)| *table).collect();
        let unreached = unreached(world, &server);
        let (port, number) = (server.record.port, server.server.port_number());
        let place =
            if port == number { String::new() } else { format!(" (port {number} of the Service)") };
        let message = format!(
            "istiod skips port {port}{place} for Pods without privileges: there is no listener"
        );
        let subject = world.subject(server.object());
        let report = out.report(&PRIVILEGED_PORT_SKIPPED, subject, server.port_span(), message);
        report
            .here("not opened")
            .help("let the Service lead to a port from 1024 on (`targetPort: 8080`); the server keeps its port")
            .unreached(world.elements(unreached))
            .proxies(world.proxies_unless_all(server.record.gateway, &tables));
        let proxy = &server.table.proxy;
        let says_so = around.workloads(proxy).iter().find_map(|pod| pod.spec.unprivileged_span());
        if let Some(span) = says_so {
            report.label(span, "these Pods may not open ports below 1024");
        }
        let from = proxy.service_ports.iter().find(|from| from.port == number);
        if let Some(origin) = from.and_then(|from| from.origin) {
            report.label(origin.span, format!("leads to port {port}"));
        }
    }
}

/// What reaches no table without the server.
fn unreached(world: &World<'_>, server: &ServerRef<'_>) -> Vec<Origin> {
    let ObjectRef::Gateway(_) = server.object() else { return Vec::new() };
    let own = Origin::new(server.object(), Part::Server(server.record.index), server.server.span);
    let mut unreached = world.unless_reached(own);
    unreached.extend(world.unreached_without(server));
    unreached
}
