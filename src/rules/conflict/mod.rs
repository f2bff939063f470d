//! `GW4xx`: hosts that are claimed twice.

mod host_captured_by_specific_server;
mod host_owned_by_several_namespaces;
mod merge_order_decides;
mod mesh_host_conflict;
mod passthrough_sni_duplicate;
mod sni_duplicate_across_namespaces;
mod specific_host_hides_wildcard;
mod tcp_port_shared;
mod tls_host_claimed_twice;
mod two_catch_alls;

use super::macros::rules;

rules! {
    Conflict:
    tls_host_claimed_twice,
    sni_duplicate_across_namespaces,
    host_captured_by_specific_server,
    merge_order_decides,
    two_catch_alls,
    specific_host_hides_wildcard,
    mesh_host_conflict,
    tcp_port_shared,
    passthrough_sni_duplicate,
    host_owned_by_several_namespaces,
}
