//! What the resolution of a ServiceEntry asks of its other fields.

use rustc_hash::FxHashSet;

use crate::istio::Object;
use crate::istio::gateway::Protocol;
use crate::istio::objection::{Objections, text};
use crate::istio::service_entry::{Location, Resolution, ServiceEntry};
use crate::validation::names::check_fqdn;
use crate::validation::shared::labels;
use crate::validation::workload_entry::{check_entry, check_known, check_name_or_ip, check_port};

/// S-19 to S-37.
pub(super) fn check(object: &Object<ServiceEntry>, resolution: Resolution, out: &mut Objections) {
    let spec = &object.spec;
    match resolution {
        Resolution::None => none(spec, out),
        Resolution::Static => {
            let ports = port_names(spec);
            for endpoint in &spec.endpoints {
                check_entry(endpoint, Some(&ports), out);
            }
        }
        Resolution::Dns => dns(spec, out),
        Resolution::DnsRoundRobin => {
            if let Some(second) = spec.endpoints.get(1) {
                let message = "the resolution DNS_ROUND_ROBIN takes one endpoint";
                out.reject("S-24", second.span, message);
            }
            dns(spec, out);
        }
        Resolution::DynamicDns => dynamic_dns(object, out),
        Resolution::Other(number) => {
            let span = spec.resolution.map_or(spec.span, |resolution| resolution.span);
            out.reject("S-34", span, format!("`{number}` is no resolution"));
        }
    }
    if resolution != Resolution::None {
        told_apart(spec, out);
    }
}

fn port_names(spec: &ServiceEntry) -> FxHashSet<&str> {
    spec.ports.iter().map(|port| text(&port.name)).collect()
}

/// S-19 and S-20.
fn none(spec: &ServiceEntry, out: &mut Objections) {
    if let Some(endpoint) = spec.endpoints.first() {
        out.reject("S-19", endpoint.span, "the resolution NONE takes no endpoints")
            .help("set `resolution: STATIC`, or `DNS` for hostnames");
    }
    if let Some(selector) = &spec.workload_selector {
        out.warn("S-20", selector.span, "the resolution NONE takes no `workloadSelector`");
    }
}

/// S-23, S-25 to S-28.
fn dns(spec: &ServiceEntry, out: &mut Objections) {
    if spec.endpoints.is_empty()
        && let Some((host, flaw)) =
            spec.hosts.iter().find_map(|host| Some((host, check_fqdn(&host.value).err()?)))
    {
        let message = format!("`{host}` cannot be resolved by DNS: {flaw}");
        out.reject("S-23", host.span, message).help("list `endpoints`, or use DYNAMIC_DNS");
    }
    let ports = port_names(spec);
    for endpoint in &spec.endpoints {
        match &endpoint.address {
            Some(address) if !address.value.is_empty() => {
                check_name_or_ip("S-25", address, out);
            }
            _ => {
                let message = "an endpoint needs a hostname or an IP address here";
                out.lacks("S-25", endpoint.span, message).field("address");
            }
        }
        labels("S-26", &endpoint.labels, out);
        for (name, number) in endpoint.ports.iter() {
            check_known("S-27", name, &ports, out);
            check_port("S-27", name, *number, out);
        }
    }
    // TLS and HTTPS count as well.
    let is_tcp = |protocol: Protocol| {
        let of_databases = matches!(protocol, Protocol::Mongo | Protocol::Redis | Protocol::MySql);
        protocol == Protocol::Tcp || protocol.is_tls() || of_databases
    };
    let has_tcp = spec.ports.iter().any(|port| is_tcp(Protocol::parse(text(&port.protocol))));
    if let ([_, second, ..], [address, ..], true) = (&spec.hosts[..], &spec.addresses[..], has_tcp)
    {
        let message = "TCP to an address cannot tell several hosts apart: the first one is served";
        out.warn("S-28", second.span, message).related(address.span, "addresses of all hosts");
    }
}

/// S-29 to S-33 and S-37.
fn dynamic_dns(object: &Object<ServiceEntry>, out: &mut Objections) {
    let spec = &object.spec;
    for host in spec.hosts.iter().filter(|host| !host.value.starts_with('*')) {
        out.reject(
            "S-29",
            host.span,
            format!("the resolution DYNAMIC_DNS takes wildcards, not `{host}`"),
        )
        .help("use the resolution DNS");
    }
    if let Some(address) = spec.addresses.first() {
        out.reject("S-30", address.span, "the resolution DYNAMIC_DNS takes no addresses");
    }
    if let Some(endpoint) = spec.endpoints.first() {
        out.reject("S-31", endpoint.span, "the resolution DYNAMIC_DNS takes no endpoints");
    }
    for port in &spec.ports {
        let protocol = text(&port.protocol);
        let is_taken = matches!(
            Protocol::parse(protocol),
            Protocol::Http | Protocol::Http2 | Protocol::Grpc | Protocol::Tls
        );
        if !is_taken {
            let message = "the resolution DYNAMIC_DNS takes HTTP, HTTP2, GRPC and TLS";
            let span = port.protocol.as_ref().map_or(port.span, |protocol| protocol.span);
            out.reject("S-32", span, message);
        }
    }
    let Some(location) = spec.location else { return };
    let waypoint = object.meta.label("istio.io/use-waypoint");
    match (location.value, waypoint) {
        (Location::MeshInternal, Some(waypoint)) if !matches!(waypoint, "" | "none") => {
            let message = format!(
                "DYNAMIC_DNS inside of the mesh does not go with the waypoint `{waypoint}`"
            );
            out.reject("S-33", location.span, message);
        }
        (Location::Other(number), _) => {
            out.reject("S-37", location.span, format!("`{number}` is no location"));
        }
        _ => {}
    }
}

/// S-35: hosts of opaque ports cannot be told apart.
fn told_apart(spec: &ServiceEntry, out: &mut Objections) {
    let [_, second, ..] = &spec.hosts[..] else { return };
    let is_told = |protocol: Protocol| protocol.is_http() || protocol.is_tls();
    if let Some(port) =
        spec.ports.iter().find(|port| !is_told(Protocol::parse(text(&port.protocol))))
    {
        let message = "connections to this port do not name their host, and there are several";
        out.reject("S-35", port.span, message)
            .related(second.span, "the second host")
            .help("write one ServiceEntry for each host, or a protocol of HTTP or TLS");
    }
}
