//! TCP proxies (spec 2, sections 10, 11 and 21l; mirrors istio 1.32 `networkfilter.go: buildOutboundNetworkFilters`,
//! `tunnelingconfig/apply.go`).

use super::clusters::ClusterKey;
use super::{Scope, action, destination, hash, text};
use crate::envoy::listener::{TcpProxy, Tunneling};
use crate::envoy::route::{ClusterName, Clusters, HashPolicy, HeaderMutations, WeightedCluster};
use crate::istio::destination_rule::{LoadBalancer, Tunnel};
use crate::istio::duration::Duration;
use crate::istio::virtual_service::RouteDestination;
use crate::mesh::{Effective, Origin, VirtualService};

/// The proxy to the destinations of a TCP or TLS rule. The DestinationRule of the first one decides; its subset counts
/// where it is the only one.
pub(in crate::envoy) fn tcp_proxy(
    scope: &Scope<'_>,
    service: &VirtualService,
    destinations: &[RouteDestination],
    origin: Origin,
) -> TcpProxy {
    let first = destinations.first().and_then(|entry| entry.destination.as_ref());
    let host = first.map_or("", |destination| text(&destination.host));
    let host = action::complete(scope, host, &service.namespace);
    let rule = hash::effective(scope, &host);
    let (clusters, subset) = match destinations {
        [only] => {
            let subset = first.map_or("", |destination| text(&destination.subset));
            (Clusters::Single(cluster(scope, service, only)), subset)
        }
        several => (Clusters::Weighted(weighted(scope, service, several)), ""),
    };
    TcpProxy {
        clusters,
        idle_timeout: rule.and_then(idle_timeout),
        hash_source_ip: rule.is_some_and(|rule| hashes_source_ip(rule, subset)),
        tunneling: rule.and_then(|rule| tunnel(rule, subset)).map(tunneling),
        origin: Some(origin),
        virtual_service: Some(service.key.to_string()),
    }
}

/// The proxy of an `AUTO_PASSTHROUGH` chain to the cluster that the SNI names, `outbound_.8080_.v1_.web.app.svc...`
/// (mirrors `gateway.go: builtAutoPassthroughFilterChains`).
pub(in crate::envoy) fn auto_passthrough_proxy(scope: &Scope<'_>, name: &str) -> TcpProxy {
    let key = ClusterKey::parse(name);
    let rule = key.and_then(|key| hash::effective(scope, key.host));
    let subset = key.map_or("", |key| key.subset);
    TcpProxy {
        clusters: Clusters::Single(ClusterName { name: name.into(), span: None }),
        idle_timeout: rule.and_then(idle_timeout),
        hash_source_ip: rule.is_some_and(|rule| hashes_source_ip(rule, subset)),
        tunneling: None,
        origin: None,
        virtual_service: None,
    }
}

/// The destinations whose weight is above 0.
fn weighted(
    scope: &Scope<'_>,
    service: &VirtualService,
    destinations: &[RouteDestination],
) -> Vec<WeightedCluster> {
    let weight = |entry: &RouteDestination| {
        let weight = entry.weight.map_or(0, |weight| weight.value);
        u32::try_from(weight).ok().filter(|&weight| weight > 0)
    };
    destinations
        .iter()
        .filter_map(|entry| {
            Some(WeightedCluster {
                weight: weight(entry)?,
                cluster: cluster(scope, service, entry),
                headers: HeaderMutations::default(),
                host_rewrite_literal: None,
            })
        })
        .collect()
}

fn cluster(scope: &Scope<'_>, service: &VirtualService, entry: &RouteDestination) -> ClusterName {
    let destination = entry.destination.as_ref();
    let host = destination.map_or("", |destination| text(&destination.host));
    let host = action::complete(scope, host, &service.namespace);
    let target = scope.mesh.services.for_tcp(&host, &scope.proxy.namespace);
    destination::cluster(destination, &host, target, scope.port)
}

/// That of the top level; a subset's or port's does not count.
fn idle_timeout(rule: Effective<'_>) -> Option<Duration> {
    let pool = rule.traffic_policy()?.connection_pool.as_ref()?;
    pool.tcp.as_ref()?.idle_timeout.map(|timeout| timeout.value)
}

/// Whether connections are spread by source address: as the subset's load balancer says, if it has one, else as that
/// of the top level (mirrors `maybeSetHashPolicy`).
fn hashes_source_ip(rule: Effective<'_>, subset: &str) -> bool {
    let by_source = |balancer: &LoadBalancer| {
        balancer.consistent_hash.as_deref().and_then(hash::policy)
            == Some(HashPolicy::SourceIp(true))
    };
    let of_subset = rule
        .subset(subset)
        .and_then(|subset| subset.traffic_policy.as_ref()?.load_balancer.as_deref());
    let general = rule.traffic_policy().and_then(|policy| policy.load_balancer.as_deref());
    of_subset.or(general).is_some_and(by_source)
}

/// The tunnel of the subset, if the destination has one, else of the top level.
fn tunnel<'m>(rule: Effective<'m>, subset: &str) -> Option<&'m Tunnel> {
    let policy = match subset {
        "" => rule.traffic_policy(),
        name => rule.subset(name).and_then(|subset| subset.traffic_policy.as_deref()),
    };
    policy?.tunnel.as_deref()
}

fn tunneling(tunnel: &Tunnel) -> Tunneling {
    let host = text(&tunnel.target_host);
    let port = tunnel.target_port.map_or(0, |port| port.value);
    Tunneling {
        hostname: if host.contains(':') {
            format!("[{host}]:{port}")
        } else {
            format!("{host}:{port}")
        },
        use_post: text(&tunnel.protocol) == "POST",
    }
}
