//! `networking.istio.io` DestinationRule, as written: the fields that show in routes and listeners.

use super::decode::{Map, message};
use super::duration::Duration;
use super::virtual_service::{PortSelector, Text};
use crate::text::Spanned;

message! {
    /// `spec` of a DestinationRule.
    DestinationRule {
        /// Host of the service, may be a wildcard.
        host: Text = "host",
        /// Policy of all subsets and ports.
        traffic_policy: Option<Box<TrafficPolicy>> = "trafficPolicy",
        /// Named parts of the service.
        subsets: Vec<Subset> = "subsets",
        /// Namespaces that see this rule.
        export_to: Vec<Spanned<String>> = "exportTo",
        /// Proxies that this rule is for.
        workload_selector: Option<WorkloadSelector> = "workloadSelector",
    }
}

message! {
    /// `workloadSelector` of a DestinationRule.
    WorkloadSelector {
        /// Labels of the proxies.
        match_labels: Map<Spanned<String>> = "matchLabels",
    }
}

message! {
    /// An entry of `subsets`.
    Subset {
        /// Name.
        name: Text = "name",
        /// Labels of the endpoints.
        labels: Map<Spanned<String>> = "labels",
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
        /// Policies of single ports.
        port_level_settings: Vec<PortTrafficPolicy> = "portLevelSettings",
        /// Tunnel for TCP.
        tunnel: Option<Box<Tunnel>> = "tunnel",
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
    }
}

message! {
    /// `loadBalancer`.
    LoadBalancer {
        /// Algorithm by name.
        simple: Text = "simple",
        /// Hashing.
        consistent_hash: Option<ConsistentHash> = "consistentHash",
    }
}

message! {
    /// `consistentHash`. Of several keys the one declared last counts.
    ConsistentHash {
        /// Header.
        http_header_name: Text = "httpHeaderName",
        /// Cookie.
        http_cookie: Option<HttpCookie> = "httpCookie",
        /// Address of the client.
        use_source_ip: Option<Spanned<bool>> = "useSourceIp",
        /// Query parameter.
        http_query_parameter_name: Text = "httpQueryParameterName",
    }
}

message! {
    /// `httpCookie`.
    HttpCookie {
        /// Name.
        name: Text = "name",
        /// Path.
        path: Text = "path",
        /// Lifetime.
        ttl: Option<Spanned<Duration>> = "ttl",
        /// Attributes.
        attributes: Vec<CookieAttribute> = "attributes",
    }
}

message! {
    /// An entry of `attributes`.
    CookieAttribute {
        /// Name.
        name: Text = "name",
        /// Value.
        value: Text = "value",
    }
}

message! {
    /// `connectionPool`.
    ConnectionPool {
        /// TCP settings.
        tcp: Option<TcpSettings> = "tcp",
    }
}

message! {
    /// `connectionPool.tcp`.
    TcpSettings {
        /// Idle time.
        idle_timeout: Option<Spanned<Duration>> = "idleTimeout",
    }
}

message! {
    /// `tunnel`.
    Tunnel {
        /// CONNECT or POST.
        protocol: Text = "protocol",
        /// Host.
        target_host: Text = "targetHost",
        /// Port.
        target_port: Option<Spanned<u32>> = "targetPort",
    }
}
