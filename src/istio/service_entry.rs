//! `networking.istio.io` ServiceEntry, as written.

use super::decode::{Map, enumeration, message};
use super::virtual_service::Text;
use crate::text::Spanned;

message! {
    /// `spec` of a ServiceEntry.
    ServiceEntry {
        /// Hosts.
        hosts: Vec<Spanned<String>> = "hosts",
        /// Virtual addresses.
        addresses: Vec<Spanned<String>> = "addresses",
        /// Ports.
        ports: Vec<ServicePort> = "ports",
        /// Inside or outside of the mesh.
        location: Option<Spanned<Location>> = "location",
        /// How endpoints are found.
        resolution: Option<Spanned<Resolution>> = "resolution",
        /// Endpoints.
        endpoints: Vec<WorkloadEntry> = "endpoints",
        /// Endpoints by labels.
        workload_selector: Option<WorkloadSelector> = "workloadSelector",
        /// Namespaces that see this entry.
        export_to: Vec<Spanned<String>> = "exportTo",
    }
}

message! {
    /// An entry of `ports`.
    ServicePort {
        /// Number.
        number: Option<Spanned<u32>> = "number",
        /// Protocol.
        protocol: Text = "protocol",
        /// Name.
        name: Text = "name",
        /// Port of the endpoints.
        target_port: Option<Spanned<u32>> = "targetPort",
    }
}

message! {
    /// An entry of `endpoints`.
    WorkloadEntry {
        /// Address.
        address: Text = "address",
        /// Ports by name.
        ports: Map<Spanned<u32>> = "ports",
        /// Labels.
        labels: Map<Spanned<String>> = "labels",
    }
}

message! {
    /// `workloadSelector`.
    WorkloadSelector {
        /// Labels.
        labels: Map<Spanned<String>> = "labels",
    }
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
