//! GW324: a host without a dot at a gateway.

use crate::finding::Severity;
use crate::rules::hosts::{binds_mesh, host_origin};
use crate::rules::prelude::*;

rule! {
    /// ## What it reports
    /// A host without a dot of a VirtualService with `http` rules, where a server of a gateway accepts it. It is info where
    /// the VirtualService also applies to sidecars (`mesh`), where such hosts are common.
    ///
    /// ## Why it matters
    /// istiod completes the host by the namespace, to `web.shop.svc.cluster.local`, and the gateway answers for that name
    /// alone. Clients of a gateway ask for other names, mostly: `http://web/` gets 404.
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
    ///     hosts: ["*"]
    /// ---
    /// apiVersion: networking.istio.io/v1
    /// kind: VirtualService
    /// metadata: {name: shop, namespace: shop}
    /// spec:
    ///   hosts: [web]
    ///   gateways: [infra/public]
    ///   http:
    ///   - route: [{destination: {host: web}}]
    /// ```
    ///
    /// ## Instead
    /// Write the name that clients use.
    /// ```yaml
    /// apiVersion: networking.istio.io/v1
    /// kind: Gateway
    /// metadata: {name: public, namespace: infra}
    /// spec:
    ///   selector: {istio: ingressgateway}
    ///   servers:
    ///   - port: {number: 80, name: http, protocol: HTTP}
    ///     hosts: ["*"]
    /// ---
    /// apiVersion: networking.istio.io/v1
    /// kind: VirtualService
    /// metadata: {name: shop, namespace: shop}
    /// spec:
    ///   hosts: [shop.example.com]
    ///   gateways: [infra/public]
    ///   http:
    ///   - route: [{destination: {host: web}}]
    /// ```
    SHORT_HOST_ON_GATEWAY = "GW324" "short-host-on-gateway", Warning;
}

fn check(world: &World<'_>, out: &mut Findings) {
    for (at, service) in world.virtual_services().filter(|(_, service)| !service.http.is_empty()) {
        let object = &world.mesh.store.virtual_services[service.index as usize];
        for (index, (written, whole)) in object.spec.hosts.iter().zip(&service.hosts).enumerate() {
            let is_completed = written.value != whole.value;
            if !is_completed || !world.is_accepted(at, index) {
                continue;
            }
            let message = format!(
                "`{}` is `{}` for the gateway: requests for `{}` itself are not answered by it",
                written.value, whole.value, written.value
            );
            let origin = host_origin(service, index);
            let report = out.report(
                &SHORT_HOST_ON_GATEWAY,
                world.subject(origin.object),
                written.span,
                message,
            );
            report
                .here("completed by the namespace")
                .help("write the name that clients use")
                .unreached(world.elements(vec![origin]));
            if binds_mesh(service) {
                report.severity(Severity::Info);
            }
        }
    }
}
