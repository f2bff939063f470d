//! GW223: a redirect to https behind a load balancer that takes TLS off.

use crate::istio::decode::Map;
use crate::istio::gateway::Server;
use crate::istio::virtual_service::{HttpMatch, Redirect, StringMatch};
use crate::mesh::names::gateway_name;
use crate::mesh::{Rule, VirtualService};
use crate::rules::balancers::{Balancer, Balancers};
use crate::rules::hosts::distinct;
use crate::rules::kinds::Use;
use crate::rules::prelude::*;
use crate::rules::server::ServerRef;
use crate::text::Span;

rule! {
    /// ## What it reports
    /// A server with `httpsRedirect` behind a load balancer that takes TLS off: to which port 443 of a Service leads that has
    /// a certificate for its load balancer (`service.beta.kubernetes.io/aws-load-balancer-ssl-cert`, with a plain backend
    /// protocol), or an Ingress of class `alb`, `gce` or `gce-internal` with `tls`. Also a rule of a VirtualService that
    /// redirects to `https` on such a server, whatever the headers say.
    ///
    /// Of `httpsRedirect` the rule is silent where the mesh trusts proxies in front
    /// (`gatewayTopology.numTrustedProxies`): then the gateway goes by `X-Forwarded-Proto`. Of rules it is silent where the
    /// VirtualService asks for a header that tells the protocol.
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

fn check(world: &World<'_>, out: &mut Findings) {
    let Some(balancers) = Balancers::new(world) else { return };
    if world.mesh.config.default_config.gateway_topology.num_trusted_proxies == 0 {
        servers(world, &balancers, out);
    }
    rules(world, &balancers, out);
}

/// Servers that redirect what comes without TLS.
fn servers(world: &World<'_>, balancers: &Balancers<'_>, out: &mut Findings) {
    for (at, gateway) in world.gateways() {
        if !gateway.spec.servers.iter().any(Server::redirects_to_https) {
            continue;
        }
        for server in distinct(&world.servers_of_gateway(at)) {
            let redirect = server.server.tls.as_ref().and_then(|tls| tls.https_redirect);
            let Some(redirect) = redirect.filter(|redirect| redirect.value && is_plain(&server))
            else {
                continue;
            };
            let Some(balancer) = balancers.of(&server) else { continue };
            let subject = world.subject(server.object());
            report(out, subject, redirect.span, &balancer, &server)
                .help("remove `httpsRedirect` and let the load balancer redirect, or forward TLS to a server of its own");
        }
    }
}

/// Rules that redirect, on servers that do not know whether a client speaks TLS.
fn rules(world: &World<'_>, balancers: &Balancers<'_>, out: &mut Findings) {
    let mut known = rustc_hash::FxHashSet::default();
    for (at, service) in world.virtual_services() {
        let is_loop = |rule: &&Rule| {
            rule.http.redirect.as_deref().is_some_and(leads_back) && world.is_reached(rule.origin)
        };
        let mut loops = service.http.iter().filter(is_loop).peekable();
        if loops.peek().is_none() || asks_for_protocol(service) {
            continue;
        }
        let servers = world.servers_accepting(at);
        let behind: Vec<(&ServerRef<'_>, Balancer)> = servers
            .iter()
            .filter(|server| is_plain(server))
            .filter_map(|server| Some((server, balancers.of(server)?)))
            .collect();
        for rule in loops {
            let mut here = behind.iter().filter(|(server, _)| takes_all(rule, server));
            let Some((server, balancer)) = here.next() else { continue };
            let Some(redirect) = &rule.http.redirect else { continue };
            if known.insert(redirect.span) {
                let subject = world.subject(rule.origin.object);
                report(out, subject, redirect.span, balancer, server)
                    .help("let the load balancer redirect, or forward TLS to a server of its own");
            }
        }
    }
}

fn report<'o>(
    out: &'o mut Findings,
    subject: &crate::finding::Subject,
    span: Span,
    balancer: &Balancer,
    server: &ServerRef<'_>,
) -> &'o mut crate::rules::Report {
    let message = format!(
        "the load balancer of {} takes TLS off port 443 and speaks HTTP to port {}: endless redirect",
        balancer.of, server.record.port
    );
    let report = out.report(&REDIRECT_BEHIND_TLS_LB, subject, span, message);
    report.label(balancer.tls, "TLS ends at the load balancer").label(balancer.leads, "leads here")
}

fn is_plain(server: &ServerRef<'_>) -> bool {
    Use::of(server) == Some(Use::PlainHttp) && server.record.is_live
}

/// Whether a redirect leads to the same host and path, by https.
fn leads_back(redirect: &Redirect) -> bool {
    let text = |field: &crate::istio::virtual_service::Text| {
        field.as_ref().map_or(String::new(), |text| text.value.to_string())
    };
    text(&redirect.scheme) == "https"
        && redirect.port.is_none_or(|port| matches!(port.value, 0 | 443))
        && [&redirect.authority, &redirect.uri, &redirect.prefix_rewrite]
            .into_iter()
            .all(|field| text(field).is_empty())
}

/// Whether some rule goes by what the load balancer says of the protocol, as `x-forwarded-proto` does.
fn asks_for_protocol(service: &VirtualService) -> bool {
    let tells = |map: &Map<StringMatch>| {
        let mut names = map.iter().map(|(name, _)| name.value.to_ascii_lowercase());
        names.any(|name| ["proto", "https", "ssl", "scheme"].iter().any(|word| name.contains(word)))
    };
    let mut matches = service.http.iter().flat_map(|rule| &rule.http.matches);
    matches.any(|one| one.scheme.is_some() || tells(&one.headers) || tells(&one.without_headers))
}

/// Whether a rule takes requests on a server by their path alone.
fn takes_all(rule: &Rule, server: &ServerRef<'_>) -> bool {
    let port = server.server.port_number();
    let is_this = |name: &str| gateway_name(name, &rule.namespace) == server.name();
    let holds = |one: &HttpMatch| {
        one.port.is_none_or(|own| matches!(own.value, 0) || own.value == port)
            && (one.gateways.is_empty() || one.gateways.iter().any(|name| is_this(&name.value)))
            && one.method.is_none()
            && one.authority.is_none()
            && one.headers.entries.is_empty()
            && one.without_headers.entries.is_empty()
            && one.query_params.entries.is_empty()
            && one.source_labels.entries.is_empty()
            && one.source_namespace.is_none()
    };
    let matches = &rule.http.matches;
    matches.is_empty() || matches.iter().any(holds)
}
