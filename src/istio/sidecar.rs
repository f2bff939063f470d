//! `networking.istio.io` Sidecar, as written. It never programs a gateway.

use super::decode::{Decoder, Map, enumeration, items, message, required};
use super::destination_rule::ConnectionPool;
use super::gateway::ServerTls;
use super::objection::Weight;
use super::virtual_service::{Destination, Text};
use crate::text::{Spanned, Str};
use crate::yaml::Node;

message! {
    /// `spec` of a Sidecar.
    Sidecar {
        /// Labels of the workloads that the Sidecar applies to.
        workload_selector: Option<WorkloadSelector> = "workloadSelector",
        /// What the workload serves.
        ingress: Vec<Ingress> = "ingress",
        /// What the workload may call.
        egress: Vec<Egress> = "egress",
        /// Connections to the workload.
        inbound_connection_pool: Option<Box<ConnectionPool>> = "inboundConnectionPool",
        /// What becomes of calls to unknown hosts.
        outbound_traffic_policy: Option<OutboundTrafficPolicy> = "outboundTrafficPolicy",
    }
}

message! {
    /// `workloadSelector`.
    WorkloadSelector {
        /// Labels.
        labels: Map<Spanned<Str>> = "labels" in items(0, 256).item_length(63),
    }
    cel no_wildcards
}

/// Mirrors the CEL rule of `workloadSelector.labels`.
fn no_wildcards(selector: Node<'_>, cx: &mut Decoder<'_>) {
    let Some(labels) = selector.get("labels") else { return };
    for (_, value) in labels.last_entries() {
        if value.text().is_some_and(|text| text.contains('*')) {
            cx.object(Weight::SCHEMA, "K-1", value, "a selector takes no wildcards");
        }
    }
}

message! {
    /// An entry of `ingress`.
    Ingress {
        /// Port.
        port: Option<SidecarPort> = "port" in required(),
        /// Address to bind.
        bind: Text = "bind",
        /// How traffic gets to the listener.
        capture_mode: Option<Spanned<CaptureMode>> = "captureMode",
        /// Where the workload listens.
        default_endpoint: Text = "defaultEndpoint",
        /// TLS settings.
        tls: Option<Box<ServerTls>> = "tls",
        /// Connections to the port.
        connection_pool: Option<Box<ConnectionPool>> = "connectionPool",
    }
}

message! {
    /// An entry of `egress`.
    Egress {
        /// Port; one listener without a port takes the rest.
        port: Option<SidecarPort> = "port",
        /// Address or `unix://` path to bind.
        bind: Text = "bind",
        /// How traffic gets to the listener.
        capture_mode: Option<Spanned<CaptureMode>> = "captureMode",
        /// Hosts with a namespace before them.
        hosts: Vec<Spanned<Str>> = "hosts" in required(),
    }
}

message! {
    /// `port` of a listener.
    SidecarPort {
        /// Number.
        number: Option<Spanned<u32>> = "number",
        /// Protocol; empty: found out by looking at the traffic.
        protocol: Text = "protocol",
        /// Name.
        name: Text = "name",
        /// Not allowed.
        target_port: Option<Spanned<u32>> = "targetPort",
    }
}

message! {
    /// `outboundTrafficPolicy`.
    OutboundTrafficPolicy {
        /// Mode.
        mode: Option<Spanned<OutboundMode>> = "mode",
        /// Where calls to unknown hosts are sent.
        egress_proxy: Option<Box<Destination>> = "egressProxy",
    }
}

enumeration! {
    /// `captureMode`.
    CaptureMode {
        /// As the environment wants it.
        Default = "DEFAULT" / 0,
        /// By redirection.
        Iptables = "IPTABLES" / 1,
        /// None.
        None = "NONE" / 2,
    }
}

enumeration! {
    /// `outboundTrafficPolicy.mode`.
    OutboundMode {
        /// Unknown hosts are refused.
        RegistryOnly = "REGISTRY_ONLY" / 0,
        /// Unknown hosts are passed on.
        AllowAny = "ALLOW_ANY" / 1,
    }
}
