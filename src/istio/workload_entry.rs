//! `networking.istio.io` `WorkloadEntry`, as written: an object of its own, or an entry of `endpoints`.

use super::decode::{Decoder, Map, items, length, message};
use super::objection::Weight;
use super::virtual_service::Text;
use crate::text::{Spanned, Str};
use crate::yaml::{Node, Scalar};

message! {
    /// `spec` of a `WorkloadEntry`, or an entry of `endpoints` of a ServiceEntry.
    WorkloadEntry {
        /// Address, hostname or `unix://` path.
        address: Text = "address" in length(256),
        /// Ports by name.
        ports: Map<Spanned<u32>> = "ports" in items(0, 128),
        /// Labels.
        labels: Map<Spanned<Str>> = "labels" in items(0, 256),
        /// Network; gateways of it are used where there is no address.
        network: Text = "network" in length(2048),
        /// Region, zone and subzone.
        locality: Text = "locality" in length(2048),
        /// Share of requests.
        weight: Option<Spanned<u32>> = "weight",
        /// Service account.
        service_account: Text = "serviceAccount" in length(253),
    }
    cel entry_rules
}

/// W-1, W-3, W-4 and W-7 as CEL rules of the schema.
fn entry_rules(entry: Node<'_>, cx: &mut Decoder<'_>) {
    let field = |name| entry.get(name).filter(|value: &Node<'_>| !value.is_null());
    if field("address").is_none() && field("network").is_none() {
        cx.object(Weight::SCHEMA, "W-1", entry, "has neither `address` nor `network`");
        cx.last_is_absence();
    }
    let address = field("address");
    if let Some((node, Scalar::Str(text))) = address.and_then(|node| Some((node, node.scalar()?)))
        && let Some(path) = text.strip_prefix("unix://")
    {
        let is_path = path.starts_with(['/', '@']) && !path.ends_with('/');
        if !is_path {
            let why = "expected an absolute path of a file, or a name that begins with `@`, after `unix://`";
            cx.object(Weight::SCHEMA, "W-3", node, why);
        }
        if let Some(ports) = field("ports") {
            let place = ports.entries().next().map_or(ports, |(key, _)| key);
            cx.object(Weight::SCHEMA, "W-4", place, "a unix socket has no ports");
        }
    }
    for (key, value) in field("ports").into_iter().flat_map(Node::entries) {
        if !is_port_name(&key.key()) {
            cx.object(Weight::SCHEMA, "W-7", key, "expected a DNS label of at most 62 characters");
        }
        if let Some(Scalar::Int(number)) = value.scalar()
            && !(1..=65535).contains(&number)
        {
            cx.object(Weight::SCHEMA, "W-7", value, "expected a port from 1 to 65535");
        }
    }
}

/// Whether the schema takes a name of a port: a DNS label, letters of either case, one character shorter than usual.
fn is_port_name(name: &str) -> bool {
    let is_edge = |edge: Option<char>| edge.is_some_and(|c| c.is_ascii_alphanumeric());
    name.len() < 63
        && is_edge(name.chars().next())
        && is_edge(name.chars().next_back())
        && name.chars().all(|c| c.is_ascii_alphanumeric() || c == '-')
}
