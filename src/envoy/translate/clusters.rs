//! Which clusters exist on a gateway (spec 2, R-9.1; mirrors istio 1.32 `cluster.go: buildOutboundClusters,
//! buildOutboundSniDnatClusters`, `cluster_builder.go: buildSubsetCluster`).

use crate::istio::destination_rule::{SimpleLb, Subset};
use crate::istio::gateway::Protocol;
use crate::istio::service_entry::Resolution;
use crate::mesh::{Mesh, Port, Proxy, Service};

/// The parts of a cluster's name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ClusterKey<'k> {
    /// Port of the service.
    pub port: u32,
    /// Subset; empty: none.
    pub subset: &'k str,
    /// Hostname of the service.
    pub host: &'k str,
    /// The form that doubles as SNI, `outbound_.8080_.v1_.web...`.
    pub is_sni: bool,
}

impl<'k> ClusterKey<'k> {
    /// Reads `outbound|8080|v1|web.app.svc.cluster.local` (mirrors istio 1.32 `service.go: ParseSubsetKey`).
    pub fn parse(name: &'k str) -> Option<Self> {
        let separator = if name.starts_with("outbound_.") { "_." } else { "|" };
        let mut parts = name.splitn(4, separator);
        let (direction, port) = (parts.next()?, parts.next()?.parse().ok()?);
        let (subset, host) = (parts.next()?, parts.next()?);
        let is_whole = direction == "outbound" && !host.contains(separator);
        is_whole.then_some(Self { port, subset, host, is_sni: separator == "_." })
    }
}

/// Whether a proxy has the cluster of a name.
pub(in crate::envoy) fn cluster_exists(mesh: &Mesh, proxy: &Proxy, name: &str) -> bool {
    let Some(key) = ClusterKey::parse(name) else { return false };
    let Some(service) = mesh.services.in_scope(key.host, &proxy.namespace) else { return false };
    if service.external_name.is_some() || (key.is_sni && service.is_external) {
        return false;
    }
    let is_dynamic = service.resolution == Some(Resolution::DynamicDns)
        && service.hostname.starts_with('*')
        && !key.is_sni;
    let has_cluster = |port: &Port| {
        port.number == key.port && port.protocol != Protocol::Udp && (!is_dynamic || forwards(port))
    };
    if !service.scope_ports.iter().any(has_cluster) || !has_endpoint(mesh, service, &key, None) {
        return false;
    }
    if key.subset.is_empty() {
        return true;
    }
    let rule = mesh.destination_rules.effective(&mesh.store, service, proxy);
    let subset = rule.and_then(|rule| rule.subset(key.subset)).filter(|_| !is_dynamic);
    subset.is_some_and(|subset| {
        keeps_destination(subset) || has_endpoint(mesh, service, &key, Some(subset))
    })
}

/// Whether a dynamic forward proxy takes the protocol of a port.
fn forwards(port: &Port) -> bool {
    matches!(port.protocol, Protocol::Http | Protocol::Http2 | Protocol::Grpc | Protocol::Tls)
}

/// Whether a subset sends connections where they were going, without endpoints.
fn keeps_destination(subset: &Subset) -> bool {
    let policy = subset.traffic_policy.as_ref();
    let balancer = policy.and_then(|policy| policy.load_balancer.as_ref());
    balancer
        .filter(|balancer| {
            balancer.consistent_hash.is_none() && balancer.backend_utilization.is_none()
        })
        .and_then(|balancer| balancer.simple)
        .is_some_and(|simple| simple.value == SimpleLb::Passthrough)
}

/// Whether a cluster of a port has an endpoint, where it needs one: a DNS cluster without any is not made. Endpoints
/// belong to the hostname in its namespace, whichever object lists them.
fn has_endpoint(
    mesh: &Mesh,
    service: &Service,
    key: &ClusterKey<'_>,
    subset: Option<&Subset>,
) -> bool {
    if !matches!(service.resolution, Some(Resolution::Dns | Resolution::DnsRoundRobin)) {
        return true;
    }
    let is_in_subset = |labels: &[(String, String)]| {
        subset.is_none_or(|subset| {
            subset.labels.iter().all(|(key, value)| {
                labels.iter().any(|(k, v)| *k == key.value && *v == value.value)
            })
        })
    };
    mesh.services
        .named(&service.hostname)
        .filter(|other| other.namespace == service.namespace)
        .filter(|other| other.ports.iter().any(|port| port.number == key.port))
        .any(|other| other.endpoints.iter().any(|labels| is_in_subset(labels)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_clusters_are_taken_apart() {
        let key = |port, subset, host, is_sni| Some(ClusterKey { port, subset, host, is_sni });
        let table = [
            ("outbound|8080|v1|a.b", key(8080, "v1", "a.b", false)),
            ("outbound|80||a.b", key(80, "", "a.b", false)),
            ("outbound_.80_.v1_.a.b", key(80, "v1", "a.b", true)),
            ("UnknownService", None),
            ("outbound|80|a.b", None),
            ("outbound|80||a|b", None),
            ("inbound|80||a", None),
        ];
        for (name, expected) in table {
            assert_eq!(ClusterKey::parse(name), expected, "{name}");
        }
    }
}
