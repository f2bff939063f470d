//! `GW4xx`: hosts that are claimed twice.

mod passthrough_sni_duplicate;
mod tcp_port_shared;
mod tls_host_claimed_twice;

use super::macros::rules;

rules! {
    Conflict:
    tls_host_claimed_twice,
    tcp_port_shared,
    passthrough_sni_duplicate,
}
