//! `GW3xx`: which VirtualService is bound to which server.

mod delegate_malformed;
mod delegate_match_conflict;
mod delegate_not_exported;
mod delegate_not_found;
mod delegate_orphan;
mod gateway_not_found;
mod host_not_in_any_gateway;
mod host_partly_unbound;
mod legacy_gateway_name;
mod match_port_not_served;
mod namespace_not_allowed;
mod route_kind_not_served;
mod wildcard_on_mesh;

use super::macros::rules;

rules! {
    Binding:
    gateway_not_found,
    legacy_gateway_name,
    host_not_in_any_gateway,
    host_partly_unbound,
    namespace_not_allowed,
    wildcard_on_mesh,
    match_port_not_served,
    route_kind_not_served,
    delegate_not_found,
    delegate_match_conflict,
    delegate_malformed,
    delegate_orphan,
    delegate_not_exported,
}
