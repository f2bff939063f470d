//! The HTTP connection manager (spec 1, 6.9; spec 2, 21l; mirrors istio 1.32 `listener_builder.go:
//! buildHTTPConnectionManager`).

use crate::envoy::listener::HttpConnectionManager;
use crate::istio::mesh_config::Normalization;
use crate::istio::policy::PolicyKind;
use crate::mesh::{Mesh, Proxy};

/// Makes the connection manager for a route configuration.
pub(super) fn build(
    mesh: &Mesh,
    proxy: &Proxy,
    route_config: &str,
    is_grpc_web: bool,
) -> HttpConnectionManager {
    let normalization = mesh.config.path_normalization.normalization;
    let topology = &mesh.config.default_config.gateway_topology;
    let details = topology.forward_client_cert_details.as_deref();
    HttpConnectionManager {
        route_config: route_config.to_owned(),
        http_filters: http_filters(mesh, proxy, is_grpc_web),
        normalize_path: normalization != Normalization::None,
        merge_slashes: matches!(
            normalization,
            Normalization::MergeSlashes | Normalization::DecodeAndMergeSlashes
        ),
        unescape_slashes: normalization == Normalization::DecodeAndMergeSlashes,
        xff_num_trusted_hops: topology.num_trusted_proxies,
        forward_client_cert_details: match details {
            None | Some("UNDEFINED") => "SANITIZE_SET".to_owned(),
            Some(name) => name.to_owned(),
        },
    }
}

fn http_filters(mesh: &Mesh, proxy: &Proxy, is_grpc_web: bool) -> Vec<&'static str> {
    let mut filters = vec!["istio.metadata_exchange"];
    if has_policy(mesh, proxy, PolicyKind::RequestAuthentication) {
        filters.push("envoy.filters.http.jwt_authn");
    }
    if has_policy(mesh, proxy, PolicyKind::Authorization) {
        filters.push("envoy.filters.http.rbac");
    }
    if is_grpc_web {
        filters.push("envoy.filters.http.grpc_web");
    }
    filters.extend([
        "envoy.filters.http.grpc_stats",
        "istio.alpn",
        "envoy.filters.http.fault",
        "envoy.filters.http.cors",
    ]);
    if has_policy(mesh, proxy, PolicyKind::Telemetry) {
        filters.push("istio.stats");
    }
    filters.push("envoy.filters.http.router");
    filters
}

/// Whether a policy is on a proxy (cli.md 22.19): in the proxy's or the root namespace, and its selector is absent or
/// contained in the labels. Of Telemetry only metrics of prometheus change the filters.
pub(super) fn has_policy(mesh: &Mesh, proxy: &Proxy, wanted: PolicyKind) -> bool {
    mesh.store.policies.iter().any(|object| {
        let (kind, policy) = &object.spec;
        let at = (proxy.namespace.as_str(), &proxy.labels);
        *kind == wanted
            && policy.is_on(object.meta.namespace(), at, mesh.config.root_namespace())
            && (*kind != PolicyKind::Telemetry || policy.has_prometheus_metrics())
    })
}
