//! `GW3xx`: which VirtualService is bound to which server.

mod gateway_not_found;
mod host_not_in_any_gateway;
mod host_partly_unbound;
mod match_port_not_served;
mod namespace_not_allowed;

use super::macros::rules;

rules! {
    Binding:
    gateway_not_found,
    host_not_in_any_gateway,
    host_partly_unbound,
    namespace_not_allowed,
    match_port_not_served,
}
