//! GW223: a redirect to https behind a load balancer that takes TLS off.

use crate::istio::Object;
use crate::istio::gateway::Server;
use crate::istio::kubernetes::Service;
use crate::mesh::ObjectRef;
use crate::rules::hosts::distinct;
use crate::rules::kinds::Use;
use crate::rules::prelude::*;
use crate::rules::server::ServerRef;
use crate::text::Span;

rule! {
    /// ## What it reports
    /// A server with `httpsRedirect` to which port 443 of a Service leads that has a certificate for its load balancer
    /// (`service.beta.kubernetes.io/aws-load-balancer-ssl-cert`, with a plain backend protocol).
    ///
    /// The rule is silent where the mesh trusts proxies in front (`gatewayTopology.numTrustedProxies`): then the
    /// gateway goes by `X-Forwarded-Proto`.
    ///
    /// ## Why it matters
    /// The load balancer takes TLS off, and the gateway sees plain HTTP whatever the client speaks: it answers with a
    /// redirect to where the client already is, without end.
    ///
    /// ## Example
    /// ```yaml
    /// apiVersion: v1
    /// kind: Service
    /// metadata:
    ///   name: edge
    ///   namespace: infra
    ///   annotations:
    ///     service.beta.kubernetes.io/aws-load-balancer-ssl-cert: arn:aws:acm:eu-west-1:1:certificate/1
    ///     service.beta.kubernetes.io/aws-load-balancer-ssl-ports: https
    /// spec:
    ///   type: LoadBalancer
    ///   selector: {istio: ingressgateway}
    ///   ports:
    ///   - {name: http, port: 80, targetPort: 8080}
    ///   - {name: https, port: 443, targetPort: 8080}
    /// ---
    /// apiVersion: networking.istio.io/v1
    /// kind: Gateway
    /// metadata: {name: public, namespace: infra}
    /// spec:
    ///   selector: {istio: ingressgateway}
    ///   servers:
    ///   - port: {number: 80, name: http, protocol: HTTP}
    ///     hosts: [shop.example.com]
    ///     tls: {httpsRedirect: true}
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
    ///
    /// ## Instead
    /// Let the load balancer redirect, or forward port 443 as it is to a server with TLS.
    /// ```yaml
    /// apiVersion: v1
    /// kind: Service
    /// metadata:
    ///   name: edge
    ///   namespace: infra
    ///   annotations:
    ///     service.beta.kubernetes.io/aws-load-balancer-ssl-cert: arn:aws:acm:eu-west-1:1:certificate/1
    ///     service.beta.kubernetes.io/aws-load-balancer-ssl-ports: https
    /// spec:
    ///   type: LoadBalancer
    ///   selector: {istio: ingressgateway}
    ///   ports:
    ///   - {name: http, port: 80, targetPort: 8080}
    ///   - {name: https, port: 443, targetPort: 8080}
    /// ---
    /// apiVersion: networking.istio.io/v1
    /// kind: Gateway
    /// metadata: {name: public, namespace: infra}
    /// spec:
    ///   selector: {istio: ingressgateway}
    ///   servers:
    ///   - port: {number: 80, name: http, protocol: HTTP}
    ///     hosts: [shop.example.com]
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
    REDIRECT_BEHIND_TLS_LB = "GW223" "redirect-behind-tls-lb", Warning;
}

/// Whose value is a certificate for the load balancer.
const CERTIFICATE: &str = "service.beta.kubernetes.io/aws-load-balancer-ssl-cert";
/// Ports with TLS, by name or number; absent: all.
const PORTS: &str = "service.beta.kubernetes.io/aws-load-balancer-ssl-ports";
/// What the load balancer speaks to the Pods; absent: `tcp`, or `http` for listeners of that kind.
const BACKEND: &str = "service.beta.kubernetes.io/aws-load-balancer-backend-protocol";

fn check(world: &World<'_>, out: &mut Findings) {
    if world.mesh.config.default_config.gateway_topology.num_trusted_proxies > 0 {
        return;
    }
    for (at, gateway) in world.gateways() {
        if !gateway.spec.servers.iter().any(Server::redirects_to_https) {
            continue;
        }
        for server in distinct(&world.servers_of_gateway(at)) {
            let is_plain = Use::of(&server) == Some(Use::PlainHttp) && server.record.is_live;
            let redirect = server.server.tls.as_ref().and_then(|tls| tls.https_redirect);
            let Some(redirect) = redirect.filter(|redirect| redirect.value && is_plain) else {
                continue;
            };
            let Some((service, port, annotation)) = unwrapping(world, &server) else { continue };
            let message = format!(
                "the load balancer of Service `{}/{}` takes TLS off port 443 and speaks HTTP to port {}: endless redirect",
                service.meta.namespace(),
                service.meta.name(),
                server.record.port
            );
            let subject = world.subject(server.object());
            out.report(&REDIRECT_BEHIND_TLS_LB, subject, redirect.span, message)
                .label(annotation, "TLS ends at the load balancer")
                .label(port, "leads here")
                .help("remove `httpsRedirect` and let the load balancer redirect, or forward TLS to a server of its own");
        }
    }
}

/// The Service whose load balancer takes TLS off connections to a server, its port, and the annotation that says so.
fn unwrapping<'a>(
    world: &World<'a>,
    server: &ServerRef<'a>,
) -> Option<(&'a Object<Service>, Span, Span)> {
    server.table.proxy.service_ports.iter().find_map(|port| {
        let origin = port.origin?;
        let ObjectRef::Service(index) = origin.object else { return None };
        let service = &world.mesh.store.services[index as usize];
        let is_here = port.port == 443 && port.target == Some(server.record.port);
        let mut annotations = service.meta.annotations.iter();
        let (key, _) = annotations.find(|(key, _)| key.value == CERTIFICATE)?;
        let is_plain = !matches!(service.meta.annotation(BACKEND), Some("https" | "ssl"));
        (is_here && is_plain && has_tls(service)).then_some((service, origin.span, key.span))
    })
}

/// Whether port 443 is among those with TLS.
fn has_tls(service: &Object<Service>) -> bool {
    let Some(list) = service.meta.annotation(PORTS) else { return true };
    let names: Vec<&str> = service
        .spec
        .ports
        .iter()
        .filter(|port| port.port.is_some_and(|number| number.value == 443))
        .filter_map(|port| port.name.as_ref())
        .map(|name| name.as_str())
        .collect();
    list.split(',').map(str::trim).any(|one| one == "443" || one == "*" || names.contains(&one))
}
