//! Hashing by DestinationRules (spec 2, R-7.20; mirrors istio 1.32 `route.go: HashForHTTPDestination,
//! ConsistentHashToHashPolicy`).

use super::{Scope, text};
use crate::envoy::route::HashPolicy;
use crate::istio::destination_rule::{ConsistentHash, PortTrafficPolicy, TrafficPolicy};
use crate::istio::virtual_service::Destination;
use crate::mesh::Effective;

/// The hash of a destination whose completed host is `host`: of the subset for the port, else of the subset, else for
/// the port, else of all.
pub(super) fn consistent_hash<'m>(
    scope: &Scope<'m>,
    destination: &Destination,
    host: &str,
) -> Option<&'m ConsistentHash> {
    let rule = effective(scope, host)?;
    let policy = rule.traffic_policy();
    let of_subset =
        rule.subset(text(&destination.subset)).and_then(|subset| subset.traffic_policy.as_deref());
    of_subset
        .and_then(|policy| for_port(destination, &policy.port_level_settings))
        .or_else(|| of_subset.and_then(of_policy))
        .or_else(|| policy.and_then(|policy| for_port(destination, &policy.port_level_settings)))
        .or_else(|| policy.and_then(of_policy))
}

/// The DestinationRule of the service of a host, in the scope of the proxy.
pub(super) fn effective<'m>(scope: &Scope<'m>, host: &str) -> Option<Effective<'m>> {
    let mesh = scope.mesh;
    if mesh.store.destination_rules.is_empty() {
        return None;
    }
    let service = mesh.services.in_scope(host, &scope.proxy.namespace)?;
    mesh.destination_rules.effective(&mesh.store, service, scope.proxy)
}

fn of_policy(policy: &TrafficPolicy) -> Option<&ConsistentHash> {
    policy.load_balancer.as_ref()?.consistent_hash.as_deref()
}

/// The hash for the port that the destination names (mirrors `portLevelSettingsConsistentHash`).
fn for_port<'m>(
    destination: &Destination,
    settings: &'m [PortTrafficPolicy],
) -> Option<&'m ConsistentHash> {
    let number = |number: Option<crate::text::Spanned<u32>>| number.map_or(0, |n| n.value);
    let wanted = number(destination.port.as_ref()?.number);
    let of_port = |setting: &&PortTrafficPolicy| {
        setting.port.as_ref().map_or(0, |port| number(port.number)) == wanted
    };
    let setting = settings.iter().find(of_port)?;
    setting.load_balancer.as_ref()?.consistent_hash.as_deref()
}

/// The policy of a hash; of several keys the one that is declared last counts.
pub(super) fn policy(hash: &ConsistentHash) -> Option<HashPolicy> {
    if let Some(name) = &hash.http_query_parameter_name {
        return Some(HashPolicy::QueryParameter(name.value.to_string()));
    }
    if let Some(flag) = hash.use_source_ip {
        return Some(HashPolicy::SourceIp(flag.value));
    }
    if let Some(cookie) = &hash.http_cookie {
        return Some(HashPolicy::Cookie {
            name: text(&cookie.name).to_owned(),
            ttl: cookie.ttl.map(|ttl| ttl.value),
            path: text(&cookie.path).to_owned(),
            attributes: cookie
                .attributes
                .iter()
                .map(|one| (text(&one.name).to_owned(), text(&one.value).to_owned()))
                .collect(),
        });
    }
    hash.http_header_name.as_ref().map(|name| HashPolicy::Header(name.value.to_string()))
}
