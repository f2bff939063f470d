//! `networking.istio.io` DestinationRule, as written.

mod connection_pool;
mod load_balancer;
mod outlier_detection;

use super::Version;
use super::decode::{Decoder, Map, enumeration, items, message, range, required, since};
use super::duration::Duration;
use super::objection::Weight;
use super::virtual_service::{PortSelector, Text};
use crate::text::{Spanned, Str};
use crate::yaml::Node;

pub use connection_pool::{ConnectionPool, H2UpgradePolicy, HttpSettings, KeepAlive, TcpSettings};
pub use load_balancer::{
    ConsistentHash, Distribute, Failover, HttpCookie, LoadBalancer, LocalityLb, MagLev, SimpleLb,
    Warmup, ZoneAwareLb,
};
pub use outlier_detection::OutlierDetection;

message! {
    /// `spec` of a DestinationRule.
    DestinationRule {
        /// Host of the service, may be a wildcard.
        host: Text = "host" in required(),
        /// Policy of all subsets and ports.
        traffic_policy: Option<Box<TrafficPolicy>> = "trafficPolicy",
        /// Named parts of the service.
        subsets: Vec<Subset> = "subsets",
        /// Namespaces that see this rule.
        export_to: Vec<Spanned<Str>> = "exportTo",
        /// Proxies that this rule is for.
        workload_selector: Option<WorkloadSelector> = "workloadSelector",
    }
}

message! {
    /// `workloadSelector` of a DestinationRule.
    WorkloadSelector {
        /// Labels of the proxies.
        match_labels: Map<Spanned<Str>> = "matchLabels" in items(0, 4096).item_length(63),
    }
    cel selector_rules
}

message! {
    /// An entry of `subsets`.
    Subset {
        /// Name.
        name: Text = "name" in required(),
        /// Labels of the endpoints.
        labels: Map<Spanned<Str>> = "labels",
        /// Policy of the subset.
        traffic_policy: Option<Box<TrafficPolicy>> = "trafficPolicy",
    }
}

message! {
    /// `trafficPolicy`.
    TrafficPolicy {
        /// Load balancing.
        load_balancer: Option<Box<LoadBalancer>> = "loadBalancer",
        /// Connections.
        connection_pool: Option<Box<ConnectionPool>> = "connectionPool",
        /// Ejection of bad endpoints.
        outlier_detection: Option<Box<OutlierDetection>> = "outlierDetection",
        /// TLS towards the endpoints.
        tls: Option<Box<ClientTls>> = "tls",
        /// Policies of single ports.
        port_level_settings: Vec<PortTrafficPolicy> = "portLevelSettings" in items(0, 4096),
        /// Tunnel for TCP.
        tunnel: Option<Box<Tunnel>> = "tunnel",
        /// PROXY protocol towards the endpoints.
        proxy_protocol: Option<Box<ProxyProtocol>> = "proxyProtocol",
        /// Limit of retries.
        retry_budget: Option<Box<RetryBudget>> = "retryBudget",
    }
}

message! {
    /// An entry of `portLevelSettings`.
    PortTrafficPolicy {
        /// Port of the service.
        port: Option<PortSelector> = "port",
        /// Load balancing.
        load_balancer: Option<Box<LoadBalancer>> = "loadBalancer",
        /// Connections.
        connection_pool: Option<Box<ConnectionPool>> = "connectionPool",
        /// Ejection of bad endpoints.
        outlier_detection: Option<Box<OutlierDetection>> = "outlierDetection",
        /// TLS towards the endpoints.
        tls: Option<Box<ClientTls>> = "tls",
    }
}

message! {
    /// `tls` of a policy.
    ClientTls {
        /// Absent means DISABLE.
        mode: Option<Spanned<ClientTlsMode>> = "mode",
        /// File of the client's certificate.
        client_certificate: Text = "clientCertificate",
        /// File of its key.
        private_key: Text = "privateKey",
        /// File of the CA for servers.
        ca_certificates: Text = "caCertificates",
        /// Secret with all of these.
        credential_name: Text = "credentialName",
        /// Accepted names of servers.
        subject_alt_names: Vec<Spanned<Str>> = "subjectAltNames",
        /// Name that the client asks for.
        sni: Text = "sni",
        /// Servers are not checked.
        insecure_skip_verify: Option<Spanned<bool>> = "insecureSkipVerify",
        /// File of revoked certificates.
        ca_crl: Text = "caCrl",
    }
}

enumeration! {
    /// `tls.mode` of a policy.
    ClientTlsMode {
        /// Plaintext.
        Disable = "DISABLE" / 0,
        /// TLS.
        Simple = "SIMPLE" / 1,
        /// TLS with a certificate of the client.
        Mutual = "MUTUAL" / 2,
        /// As MUTUAL, with the mesh's certificates.
        IstioMutual = "ISTIO_MUTUAL" / 3,
    }
}

message! {
    /// `tunnel`.
    Tunnel {
        /// CONNECT or POST.
        protocol: Text = "protocol",
        /// Host.
        target_host: Text = "targetHost" in required(),
        /// Port.
        target_port: Option<Spanned<u32>> = "targetPort" in required(),
    }
}

message! {
    /// `proxyProtocol`.
    ProxyProtocol {
        /// Absent means V1.
        version: Option<Spanned<ProxyProtocolVersion>> = "version",
    }
}

enumeration! {
    /// `proxyProtocol.version`.
    ProxyProtocolVersion {
        /// Text.
        V1 = "V1" / 0,
        /// Binary.
        V2 = "V2" / 1,
    }
}

message! {
    /// `retryBudget`.
    RetryBudget {
        /// Percentage of active requests.
        percent: Option<Spanned<f64>> = "percent" in range(0, 100),
        /// Retries that are always allowed.
        min_retry_concurrency: Option<Spanned<u32>> = "minRetryConcurrency",
        /// Time over which requests are counted.
        budget_interval: Option<Spanned<Duration>> = "budgetInterval" in since(Version::V1_31),
    }
}

/// D-8 and D-9 as CEL rules of the schema: no empty key, no `*`.
fn selector_rules(selector: Node<'_>, cx: &mut Decoder<'_>) {
    for (key, value) in selector.get("matchLabels").into_iter().flat_map(Node::entries) {
        let name = key.key();
        if name.is_empty() {
            cx.object(Weight::SCHEMA, "D-8", key, "a label has no key");
        }
        if name.contains('*') {
            cx.object(Weight::SCHEMA, "D-9", key, "a selector takes no wildcards");
        }
        if value.text().is_some_and(|text| text.contains('*')) {
            cx.object(Weight::SCHEMA, "D-9", value, "a selector takes no wildcards");
        }
    }
}
