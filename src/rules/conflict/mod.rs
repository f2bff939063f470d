//! `GW4xx`: hosts that are claimed twice.

mod tls_host_claimed_twice;

use super::macros::rules;

rules! { Conflict: tls_host_claimed_twice }
