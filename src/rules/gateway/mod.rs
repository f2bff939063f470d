//! `GW1xx`: Gateways and their servers.

mod crashes_istiod;
mod envoy_refuses_listener;
mod node_port_as_port;
mod plain_protocol_on_https_port;
mod port_name_duplicate;
mod port_not_on_service;
mod ports_merge_on_target;
mod privileged_port_skipped;
mod protocol_clash_on_port;
mod selector_matches_no_workload;
mod selector_missing;
mod selector_spans_workloads;
pub(super) mod server_without_routes;
mod tcp_server_without_tcp_route;

use super::macros::rules;

rules! {
    Gateway:
    selector_matches_no_workload,
    selector_missing,
    selector_spans_workloads,
    port_not_on_service,
    node_port_as_port,
    privileged_port_skipped,
    protocol_clash_on_port,
    port_name_duplicate,
    ports_merge_on_target,
    plain_protocol_on_https_port,
    server_without_routes,
    tcp_server_without_tcp_route,
    crashes_istiod,
    envoy_refuses_listener,
}
