//! `networking.istio.io` ServiceEntry, as written.

use rustc_hash::FxHashMap;

use super::decode::{Decoder, Map, enumeration, items, length, message, required};
use super::objection::Weight;
use super::virtual_service::Text;
use super::workload_entry::WorkloadEntry;
use crate::text::{Span, Spanned, Str};
use crate::yaml::{Kind, Node, Scalar};

message! {
    /// `spec` of a ServiceEntry.
    ServiceEntry {
        /// Hosts.
        hosts: Vec<Spanned<Str>> = "hosts" in items(1, 256).required(),
        /// Virtual addresses.
        addresses: Vec<Spanned<Str>> = "addresses" in items(0, 256).item_length(64),
        /// Ports.
        ports: Vec<ServicePort> = "ports" in items(0, 256),
        /// Inside or outside of the mesh.
        location: Option<Spanned<Location>> = "location",
        /// How endpoints are found.
        resolution: Option<Spanned<Resolution>> = "resolution",
        /// Endpoints.
        endpoints: Vec<WorkloadEntry> = "endpoints" in items(0, 4096),
        /// Endpoints by labels.
        workload_selector: Option<WorkloadSelector> = "workloadSelector",
        /// Namespaces that see this entry.
        export_to: Vec<Spanned<Str>> = "exportTo",
        /// Accepted names of the servers.
        subject_alt_names: Vec<Spanned<Str>> = "subjectAltNames",
    }
    cel spec_rules
}

message! {
    /// An entry of `ports`.
    ServicePort {
        /// Number.
        number: Option<Spanned<u32>> = "number" in required(),
        /// Protocol.
        protocol: Text = "protocol" in length(256),
        /// Name.
        name: Text = "name" in required().length(256),
        /// Port of the endpoints.
        target_port: Option<Spanned<u32>> = "targetPort",
    }
    cel port_rules
}

message! {
    /// `workloadSelector`.
    WorkloadSelector {
        /// Labels.
        labels: Map<Spanned<Str>> = "labels" in items(0, 256).item_length(63),
    }
    cel selector_rules
}

enumeration! {
    /// `location`.
    Location {
        /// Outside.
        MeshExternal = "MESH_EXTERNAL" / 0,
        /// Inside.
        MeshInternal = "MESH_INTERNAL" / 1,
    }
}

enumeration! {
    /// `resolution`.
    Resolution {
        /// Not at all.
        None = "NONE" / 0,
        /// By `endpoints`.
        Static = "STATIC" / 1,
        /// By DNS.
        Dns = "DNS" / 2,
        /// By DNS, one address at a time.
        DnsRoundRobin = "DNS_ROUND_ROBIN" / 3,
        /// By DNS of the requested name.
        DynamicDns = "DYNAMIC_DNS" / 4,
    }
}

/// A field of a message that is there.
fn field<'t>(message: Node<'t>, name: &str) -> Option<Node<'t>> {
    message.get(name).filter(|value| !value.is_null())
}

/// The CEL rules of the whole, and the list of ports, which is a map by name.
fn spec_rules(spec: Node<'_>, cx: &mut Decoder<'_>) {
    let resolution = field(spec, "resolution");
    let resolution = resolution.and_then(Node::text).unwrap_or("NONE");
    let endpoints = field(spec, "endpoints");
    for host in field(spec, "hosts").into_iter().flat_map(Node::items) {
        if host.text() == Some("*") {
            cx.object(Weight::SCHEMA, "S-6", host, "`*` alone is not allowed here");
        }
    }
    if let (Some(selector), Some(_)) = (field(spec, "workloadSelector"), endpoints) {
        let why = "only one of `endpoints` and `workloadSelector` may be set";
        cx.object(Weight::SCHEMA, "S-4", selector, why);
    }
    if !crate::text::is_placeholder(resolution) {
        resolution_rules(resolution, endpoints, field(spec, "addresses"), cx);
    }
    let ports = field(spec, "ports").filter(|ports| ports.kind() == Kind::Seq);
    let ports: Vec<Node<'_>> = ports.into_iter().flat_map(Node::items).collect();
    let named = ports.iter().filter_map(|port| port.get("name"));
    twice(named.filter_map(|name| Some((name.text()?.to_owned(), name))), "S-12", "name", cx);
    let numbered = ports.iter().filter_map(|port| port.get("number"));
    let number = |node: Node<'_>| match node.scalar() {
        Some(Scalar::Int(number)) => Some(number),
        _ => None,
    };
    twice(numbered.filter_map(|node| Some((number(node)?, node))), "S-13", "number", cx);
}

/// What depends on how endpoints are found.
fn resolution_rules(
    resolution: &str,
    endpoints: Option<Node<'_>>,
    addresses: Option<Node<'_>>,
    cx: &mut Decoder<'_>,
) {
    let is_fixed = matches!(resolution, "NONE" | "STATIC");
    for address in addresses.into_iter().flat_map(Node::items) {
        if !is_fixed && address.text().is_some_and(|text| text.contains('/')) {
            let why = "ranges of addresses need the resolution NONE or STATIC";
            cx.object(Weight::SCHEMA, "S-10", address, why);
        }
    }
    let Some(endpoints) = endpoints else { return };
    if resolution == "NONE" {
        let why = "the resolution NONE takes no endpoints";
        cx.object(Weight::SCHEMA, "S-19", endpoints.items().next().unwrap_or(endpoints), why);
    }
    if let (true, Some(second)) = (resolution == "DNS_ROUND_ROBIN", endpoints.items().nth(1)) {
        let why = "the resolution DNS_ROUND_ROBIN takes one endpoint";
        cx.object(Weight::SCHEMA, "S-24", second, why);
    }
}

/// Objects to values that occur twice.
fn twice<'t, K: std::hash::Hash + Eq>(
    values: impl Iterator<Item = (K, Node<'t>)>,
    check: &'static str,
    what: &str,
    cx: &mut Decoder<'_>,
) {
    let mut seen: FxHashMap<K, Span> = FxHashMap::default();
    for (value, node) in values {
        if let Some(first) = seen.get(&value) {
            let why = format!("another port has this {what}");
            cx.object(Weight::SCHEMA, check, node, &why);
            if let Some(last) = cx.objections().last() {
                last.related(*first, "first");
            }
        } else {
            seen.insert(value, node.span());
        }
    }
}

/// S-14 and S-18 as CEL rules of the schema; they also refuse a `targetPort` of 0.
fn port_rules(port: Node<'_>, cx: &mut Decoder<'_>) {
    for (name, check) in [("number", "S-18"), ("targetPort", "S-14")] {
        if let Some(node) = port.get(name)
            && let Some(Scalar::Int(number)) = node.scalar()
            && !(1..=65535).contains(&number)
        {
            cx.object(Weight::SCHEMA, check, node, "expected a port from 1 to 65535");
        }
    }
}

/// S-2 as a CEL rule of the schema: no `*` in a value.
fn selector_rules(selector: Node<'_>, cx: &mut Decoder<'_>) {
    for (_, value) in field(selector, "labels").into_iter().flat_map(Node::entries) {
        if value.text().is_some_and(|text| text.contains('*')) {
            cx.object(Weight::SCHEMA, "S-2", value, "a selector takes no wildcards");
        }
    }
}
