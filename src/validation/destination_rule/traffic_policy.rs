//! `trafficPolicy` as a whole, its ports, tunnel and PROXY protocol.

use super::{Place, connection_pool, load_balancer, outlier_detection, tls};
use crate::istio::destination_rule::{
    PortTrafficPolicy, ProxyProtocolVersion, TrafficPolicy, Tunnel,
};
use crate::istio::objection::{Objections, text};
use crate::validation::names::{check_fqdn, is_ip, is_port};

/// D-11, D-12, and the parts: mirrors istio 1.32 `pkg/config/validation: validateTrafficPolicy`.
pub(super) fn check(policy: &TrafficPolicy, place: Place<'_>, out: &mut Objections) {
    let is_empty = policy.load_balancer.is_none()
        && policy.connection_pool.is_none()
        && policy.outlier_detection.is_none()
        && policy.tls.is_none()
        && policy.port_level_settings.is_empty()
        && policy.tunnel.is_none()
        && policy.proxy_protocol.is_none()
        && policy.retry_budget.is_none();
    if is_empty {
        out.lacks("D-11", policy.span, "`trafficPolicy` sets nothing")
            .help("set one of its fields, or remove it");
        return;
    }
    if let (Some(tunnel), Some(protocol)) = (&policy.tunnel, &policy.proxy_protocol) {
        out.reject("D-12", policy.span, "`tunnel` and `proxyProtocol` exclude each other")
            .related(tunnel.span, "one")
            .related(protocol.span, "the other")
            .help("remove one of the two");
        return;
    }
    if let Some(detection) = &policy.outlier_detection {
        outlier_detection::check(detection, place, out);
    }
    if let Some(pool) = &policy.connection_pool {
        connection_pool::check(pool, out);
    }
    if let Some(balancer) = &policy.load_balancer {
        let has_outliers = policy.outlier_detection.is_some();
        load_balancer::check(balancer, has_outliers, place, out);
    }
    if let Some(settings) = &policy.tls {
        tls::check(settings, place, out);
    }
    for port in &policy.port_level_settings {
        port_level(port, place.losing_warnings(), out);
    }
    if let Some(settings) = &policy.tunnel {
        tunnel(settings, out);
    }
    let version = policy.proxy_protocol.as_ref().and_then(|protocol| protocol.version);
    if let Some(version) = version
        && let ProxyProtocolVersion::Other(number) = version.value
    {
        out.reject("D-13", version.span, format!("`{number}` is no version of the PROXY protocol"));
    }
}

/// D-69, D-70, and the parts: mirrors `validatePortTrafficPolicies`.
fn port_level(setting: &PortTrafficPolicy, place: Place<'_>, out: &mut Objections) {
    if setting.port.is_none() {
        out.lacks("D-69", setting.span, "the settings of a port need a `port`");
    }
    let is_empty = setting.load_balancer.is_none()
        && setting.connection_pool.is_none()
        && setting.outlier_detection.is_none()
        && setting.tls.is_none();
    if is_empty {
        out.lacks("D-70", setting.span, "the settings of a port set nothing")
            .help("set one of `loadBalancer`, `connectionPool`, `outlierDetection` and `tls`");
        return;
    }
    if let Some(detection) = &setting.outlier_detection {
        outlier_detection::check(detection, place, out);
    }
    if let Some(pool) = &setting.connection_pool {
        connection_pool::check(pool, out);
    }
    if let Some(balancer) = &setting.load_balancer {
        load_balancer::check(balancer, setting.outlier_detection.is_some(), place, out);
    }
    if let Some(settings) = &setting.tls {
        tls::check(settings, place, out);
    }
}

/// D-14 to D-16: mirrors `validateTunnelSettings`.
fn tunnel(tunnel: &Tunnel, out: &mut Objections) {
    if let Some(protocol) = &tunnel.protocol
        && !matches!(protocol.value.as_str(), "" | "CONNECT" | "POST")
    {
        let objection = out.reject(
            "D-14",
            protocol.span,
            format!("`{protocol}` is no protocol of a tunnel, expected CONNECT or POST"),
        );
        let upper = protocol.value.to_ascii_uppercase();
        if matches!(upper.as_str(), "CONNECT" | "POST") {
            objection.fix(upper);
        }
    }
    let host = text(&tunnel.target_host);
    if host.is_empty() {
        out.lacks("required", tunnel.span, "a tunnel needs a `targetHost`").field("targetHost");
    } else if let (Err(flaw), false, Some(field)) =
        (check_fqdn(host), is_ip(host), &tunnel.target_host)
    {
        let message = format!("`{host}` is neither a hostname nor an address: {flaw}");
        out.reject("D-15", field.span, message);
    }
    match tunnel.target_port {
        None => {
            out.lacks("required", tunnel.span, "a tunnel needs a `targetPort`");
        }
        Some(port) if !is_port(port.value) => {
            out.reject("D-16", port.span, format!("`{port}` is not a port from 1 to 65535"));
        }
        Some(_) => {}
    }
}
