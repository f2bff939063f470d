//! `GW5xx`: routes and their reachability.

mod duplicate_match;
mod envoy_refuses_routes;
mod jwt_claim_on_mesh;
mod match_shadowed;
mod match_shadowed_across_virtual_services;
mod no_http_rule_survives;
mod path_without_slash;
mod pattern_in_literal;
mod prefix_not_at_segment;
mod query_in_path;
mod rewrite_drops_slash;
mod rewrite_makes_double_slash;
mod route_after_catch_all;

use super::macros::rules;

rules! {
    Routing:
    route_after_catch_all,
    duplicate_match,
    match_shadowed,
    match_shadowed_across_virtual_services,
    prefix_not_at_segment,
    path_without_slash,
    pattern_in_literal,
    query_in_path,
    rewrite_makes_double_slash,
    rewrite_drops_slash,
    jwt_claim_on_mesh,
    no_http_rule_survives,
    envoy_refuses_routes,
}
