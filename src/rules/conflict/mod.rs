//! `GW4xx`: hosts that are claimed twice.

mod mesh_host_conflict;
mod passthrough_sni_duplicate;
mod sni_duplicate_across_namespaces;
mod tcp_port_shared;
mod tls_host_claimed_twice;

use super::macros::rules;

rules! {
    Conflict:
    tls_host_claimed_twice,
    sni_duplicate_across_namespaces,
    mesh_host_conflict,
    tcp_port_shared,
    passthrough_sni_duplicate,
}
