//! `GW3xx`: which VirtualService is bound to which server.

mod delegate_malformed;
mod delegate_match_conflict;
mod delegate_not_exported;
mod delegate_not_found;
mod delegate_orphan;
mod forgot_gateways;
mod gateway_namespace_missing;
mod gateway_not_found;
mod host_case_or_dot;
mod host_not_in_any_gateway;
mod host_partly_unbound;
mod legacy_gateway_name;
mod match_gateway_not_bound;
mod match_port_not_served;
mod namespace_not_allowed;
mod not_exported_to_gateway;
mod route_kind_not_served;
mod short_host_on_gateway;
mod source_match_on_gateway;
mod wildcard_on_mesh;

use super::macros::rules;

rules! {
    Binding:
    gateway_not_found,
    gateway_namespace_missing,
    legacy_gateway_name,
    host_not_in_any_gateway,
    host_partly_unbound,
    namespace_not_allowed,
    not_exported_to_gateway,
    forgot_gateways,
    wildcard_on_mesh,
    match_gateway_not_bound,
    match_port_not_served,
    source_match_on_gateway,
    route_kind_not_served,
    delegate_not_found,
    delegate_match_conflict,
    delegate_malformed,
    delegate_orphan,
    delegate_not_exported,
    host_case_or_dot,
    short_host_on_gateway,
}
