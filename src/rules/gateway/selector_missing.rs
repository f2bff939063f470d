//! GW102: a Gateway for every proxy.

use crate::istio::Object;
use crate::istio::gateway::Gateway;
use crate::mesh::ObjectRef;
use crate::rules::prelude::*;

rule! {
    /// ## What it reports
    /// A Gateway without `selector`.
    ///
    /// ## Why it matters
    /// It applies to every gateway of the mesh: public and private ingress and egress gateways all open its ports and
    /// serve its hosts. A Gateway of another team is among those that may conflict with it.
    ///
    /// ## Example
    /// ```yaml
    /// apiVersion: networking.istio.io/v1
    /// kind: Gateway
    /// metadata: {name: public, namespace: infra}
    /// spec:
    ///   servers:
    ///   - port: {number: 80, name: http, protocol: HTTP}
    ///     hosts: [shop.example.com]
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
    /// ```
    SELECTOR_MISSING = "GW102" "selector-missing", Warning;
}

fn check(world: &World<'_>, out: &mut Findings) {
    for (at, gateway) in world.gateways() {
        let has_selector = !gateway.spec.selector.entries.is_empty();
        if has_selector || gateway.meta.is_partial || is_selector_hidden(gateway) {
            continue;
        }
        let subject = world.subject(ObjectRef::Gateway(at));
        let message = "no `selector`: this Gateway applies to every gateway of the mesh";
        out.report(&SELECTOR_MISSING, subject, gateway.spec.span, message)
            .here("no `selector`")
            .help("add the labels of the gateway that is meant, as in `selector: {istio: ingressgateway}`");
    }
}

/// Whether it is an annotation that selects proxies, or a placeholder that stands for the selector.
fn is_selector_hidden(gateway: &Object<Gateway>) -> bool {
    let by_services = gateway.meta.annotation("internal.istio.io/gateway-service").is_some();
    let is_in_server = |span| gateway.spec.servers.iter().any(|server| server.span.contains(span));
    by_services || gateway.unknown.iter().any(|&span| !is_in_server(span))
}
