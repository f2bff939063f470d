//! `GW5xx`: routes and their reachability.

mod match_shadowed_across_virtual_services;

use super::macros::rules;

rules! { Routing: match_shadowed_across_virtual_services }
