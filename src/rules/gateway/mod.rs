//! `GW1xx`: Gateways and their servers.

mod protocol_clash_on_port;
mod server_without_routes;

use super::macros::rules;

rules! { Gateway: protocol_clash_on_port, server_without_routes }
