//! Gateways by the name that a user gives, and whether a proxy has them.

use crate::envoy::Table;
use crate::mesh::Mesh;

/// The Gateways called `namespace/name`, or `name` in any namespace.
pub fn gateways_named(mesh: &Mesh, wanted: &str) -> Vec<u32> {
    let (namespace, name) =
        wanted.split_once('/').map_or((None, wanted), |(namespace, name)| (Some(namespace), name));
    (0..)
        .zip(&mesh.store.gateways)
        .filter(|(_, gateway)| gateway.meta.name() == name)
        .filter(|(_, gateway)| namespace.is_none_or(|own| own == gateway.meta.namespace()))
        .map(|(at, _)| at)
        .collect()
}

/// Whether a server of one of the Gateways is on the proxy of a table.
pub(super) fn serves(table: &Table, gateways: &[u32]) -> bool {
    table.servers.iter().any(|server| gateways.contains(&server.gateway))
}

/// Whether a server of one of the Gateways is on a listener port.
pub(super) fn has_port(table: &Table, gateways: &[u32], port: u32) -> bool {
    let mut servers = table.servers.iter();
    servers.any(|server| server.port == port && gateways.contains(&server.gateway))
}
