//! Forwarding (spec 2, section 7; mirrors istio 1.32 `route.go: applyHTTPRouteDestination, processDestination,
//! processWeightedDestination, GetRouteOperation`).

use std::borrow::Cow;

use super::{Scope, destination, hash, headers, mirror, retry, text};
use crate::envoy::route::{
    Action, ClusterName, Clusters, HashPolicy, HeaderMutations, PathMatch, RegexRewrite,
    RouteAction, WeightedCluster,
};
use crate::istio::destination_rule::ConsistentHash;
use crate::istio::duration::Duration;
use crate::istio::virtual_service::{Destination, HttpDestination};
use crate::mesh::names::fqdn;
use crate::mesh::{Rule, VirtualService};

/// A rule that forwards, and where it stands.
pub(super) struct Forward<'f> {
    pub(super) scope: &'f Scope<'f>,
    pub(super) service: &'f VirtualService,
    pub(super) rule: &'f Rule,
}

impl Forward<'_> {
    /// The action. `authority` is that of the rule's header operations, which are in `headers`; operations of a single
    /// destination join them.
    pub(super) fn translate(
        &self,
        authority: Option<String>,
        headers: &mut HeaderMutations,
    ) -> RouteAction {
        let http = &self.rule.http;
        let mut authority = authority;
        let (mut prefix_rewrite, mut regex_rewrite) = (None, None);
        if let Some(rewrite) = &http.rewrite {
            if let Some(regex) = &rewrite.uri_regex_rewrite {
                regex_rewrite = Some(Box::new(RegexRewrite {
                    pattern: text(&regex.matches).to_owned(),
                    substitution: text(&regex.rewrite).to_owned(),
                }));
            } else {
                prefix_rewrite = given(text(&rewrite.uri));
            }
            authority = given(text(&rewrite.authority)).or(authority);
        }
        let mut hash_policy = Vec::new();
        let mut is_hashed = false;
        let clusters = match http.route.as_slice() {
            [only] => {
                let hash = self.hash(only);
                is_hashed = hash.is_some();
                hash_policy.extend(hash.and_then(hash::policy));
                if let Some(operations) = &only.headers {
                    let (mutations, own) = headers::translate(operations);
                    headers.append(&mutations);
                    authority = authority.or(own);
                }
                Clusters::Single(self.cluster(only.destination.as_ref()))
            }
            several => Clusters::Weighted(self.weighted(several, &mut hash_policy)),
        };
        let mesh = &self.scope.mesh.config;
        RouteAction {
            clusters,
            timeout: http.timeout.map_or(Duration(0), |timeout| timeout.value),
            retry_policy: retry::policy(
                http.retries.as_deref(),
                mesh.default_http_retry_policy.as_ref(),
                is_hashed,
            ),
            prefix_rewrite,
            regex_rewrite,
            host_rewrite_literal: authority,
            append_x_forwarded_host: http.rewrite.is_some()
                && mesh.default_config.proxy_headers.x_forwarded_host.enabled,
            mirrors: mirror::policies(self),
            hash_policy,
        }
    }

    /// The destinations that have a weight; their header operations stay with them.
    fn weighted(
        &self,
        destinations: &[HttpDestination],
        hash_policy: &mut Vec<HashPolicy>,
    ) -> Vec<WeightedCluster> {
        let mut clusters = Vec::with_capacity(destinations.len());
        for entry in destinations {
            let weight = entry.weight.map_or(0, |weight| weight.value);
            if weight == 0 {
                continue;
            }
            hash_policy.extend(self.hash(entry).and_then(hash::policy));
            let (headers, host_rewrite_literal) = match &entry.headers {
                Some(operations) => headers::translate(operations),
                None => (HeaderMutations::default(), None),
            };
            clusters.push(WeightedCluster {
                cluster: self.cluster(entry.destination.as_ref()),
                // Go converts negative numbers, which validation rejects, by wrapping.
                weight: weight.cast_unsigned(),
                headers,
                host_rewrite_literal,
            });
        }
        clusters
    }

    /// The cluster of a destination.
    pub(super) fn cluster(&self, destination: Option<&Destination>) -> ClusterName {
        let host = destination.map_or(Cow::Borrowed(""), |destination| self.host(destination));
        let services = &self.scope.mesh.services;
        let target = services.for_http(&host, &self.service.namespace, &self.scope.proxy.namespace);
        destination::cluster(destination, &host, target, self.scope.port)
    }

    fn hash(&self, entry: &HttpDestination) -> Option<&ConsistentHash> {
        if self.scope.mesh.store.destination_rules.is_empty() {
            return None;
        }
        let destination = entry.destination.as_ref()?;
        hash::consistent_hash(self.scope, destination, &self.host(destination))
    }

    fn host<'d>(&self, destination: &'d Destination) -> Cow<'d, str> {
        complete(self.scope, text(&destination.host), &self.rule.namespace)
    }
}

/// A host, completed in a namespace.
pub(super) fn complete<'h>(scope: &Scope<'_>, host: &'h str, namespace: &str) -> Cow<'h, str> {
    if host.contains('.') {
        return Cow::Borrowed(host);
    }
    Cow::Owned(fqdn(host, namespace, &scope.mesh.domain))
}

fn given(text: &str) -> Option<String> {
    (!text.is_empty()).then(|| text.to_owned())
}

/// What the route is called in traces (R-5.10; mirrors `GetRouteOperation`): host and port of the only cluster, else
/// VirtualService and server port, then the path.
pub(super) fn operation(
    scope: &Scope<'_>,
    service: &VirtualService,
    action: &Action,
    path: &PathMatch,
) -> String {
    let (path, star) = match path {
        PathMatch::Prefix(prefix) => (prefix, "*"),
        PathMatch::Path(path) => (path, ""),
        PathMatch::SafeRegex(regex) => (regex, ""),
    };
    if let Action::Route(route) = action
        && let Clusters::Single(cluster) = &route.clusters
        && let [_, port, _, host] = cluster.name.split('|').collect::<Vec<_>>()[..]
    {
        return format!("{host}:{port}{path}{star}");
    }
    format!("{}:{}{path}{star}", service.name, scope.port)
}
