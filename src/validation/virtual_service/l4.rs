//! TLS and TCP routes (3-validation.md B.4.3, B.4.4).

use super::hosts::Covers;
use super::matches::check_port;
use super::{Scope, destinations, gateways};
use crate::istio::objection::Objections;
use crate::istio::virtual_service::{L4Match, TcpRoute, TlsMatch, TlsRoute, VirtualService};
use crate::text::{Spanned, Str};
use crate::validation::names::{check_gateway_domain, check_wildcard_domain, is_ip, is_subnet};
use crate::validation::shared::labels;

/// What server names are held against.
struct Names<'v> {
    hosts: Covers<'v>,
    is_mesh: bool,
}

/// Mirrors istio 1.32 `pkg/config/validation: validateTLSRoute`, `validateTCPRoute`.
pub(super) fn check(spec: &VirtualService, scope: &Scope, out: &mut Objections) {
    if !spec.tls.is_empty() {
        let is_mesh = spec.gateways.iter().any(|name| name.value == "mesh");
        let names = Names { hosts: Covers::new(&spec.hosts), is_mesh };
        for route in &spec.tls {
            check_tls(route, &names, scope, out);
        }
    }
    for route in &spec.tcp {
        check_tcp(route, scope, out);
    }
}

fn check_tls<'v>(route: &'v TlsRoute, names: &Names<'v>, scope: &Scope, out: &mut Objections) {
    if route.matches.is_empty() {
        out.lacks("T-1", route.span, "`match` is required: a TLS route needs server names")
            .field("match");
    }
    for condition in &route.matches {
        check_tls_match(condition, names, out);
    }
    if route.route.is_empty() {
        out.lacks("T-11", route.span, "`route` is required").field("route");
    }
    destinations::check_l4(&route.route, ("T-13", "T-14"), scope.is_generated, out);
}

fn check_tls_match<'v>(condition: &'v TlsMatch, names: &Names<'v>, out: &mut Objections) {
    if condition.sni_hosts.is_empty() {
        out.lacks("T-3", condition.span, "`sniHosts` is required").field("sniHosts");
    }
    for name in &condition.sni_hosts {
        check_server_name(name, names, out);
    }
    check_subnets("T-7", &condition.destination_subnets, out);
    check_port("T-8", condition.port, out);
    labels("T-9", &condition.source_labels, out);
    gateways::check_tls(&condition.gateways, out);
}

/// T-4 to T-6: mirrors `validateSniHost`.
fn check_server_name<'v>(name: &'v Spanned<Str>, names: &Names<'v>, out: &mut Objections) {
    let text = name.value.as_str();
    let domain =
        if names.is_mesh { check_wildcard_domain(text) } else { check_gateway_domain(text, true) };
    match domain {
        Err(_) if is_ip(text) => {
            out.warn("T-5", name.span, format!("`{text}` is an address, and never a server name"))
                .help("write the name that clients ask for");
        }
        Err(flaw) => {
            out.reject("T-4", name.span, format!("`{text}` is not a server name: {flaw}"));
        }
        Ok(()) if names.hosts.of(text).next().is_none() => {
            out.reject(
                "T-6",
                name.span,
                format!("server name `{text}` is outside of `spec.hosts`"),
            )
            .help("add it to `spec.hosts`");
        }
        Ok(()) => {}
    }
}

fn check_tcp(route: &TcpRoute, scope: &Scope, out: &mut Objections) {
    for condition in &route.matches {
        check_tcp_match(condition, out);
    }
    if route.route.is_empty() {
        out.lacks("P-6", route.span, "`route` is required").field("route");
    }
    destinations::check_l4(&route.route, ("P-8", "P-9"), scope.is_generated, out);
}

fn check_tcp_match(condition: &L4Match, out: &mut Objections) {
    check_subnets("P-2", &condition.destination_subnets, out);
    check_port("P-3", condition.port, out);
    labels("P-4", &condition.source_labels, out);
    gateways::check_match(&condition.gateways, out);
}

fn check_subnets(check: &'static str, subnets: &[Spanned<Str>], out: &mut Objections) {
    for subnet in subnets.iter().filter(|subnet| !is_subnet(&subnet.value)) {
        let message = format!("`{}` is neither an address nor a network", subnet.value);
        out.reject(check, subnet.span, message).help("write an address such as `10.0.0.0/8`");
    }
}
