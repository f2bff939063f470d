//! `GW1xx`: Gateways and their servers.

mod port_name_duplicate;
mod protocol_clash_on_port;
mod server_without_routes;

use super::macros::rules;

rules! {
    Gateway:
    protocol_clash_on_port,
    port_name_duplicate,
    server_without_routes,
}
