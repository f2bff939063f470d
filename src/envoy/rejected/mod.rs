//! What istiod generates and Envoy refuses (spec 1, E3 to E5; spec 2, section 16). Measured on Envoy 1.40.

pub use listeners::rejected as rejected_listeners;
pub use routes::fault;

mod listeners;
mod routes;

use super::listener::Listener;
use super::route::RouteConfig;
use super::table::Rejected;
use crate::mesh::{Mesh, Proxy};

/// The listeners and route configurations that Envoy refuses, each with its first fault.
pub(super) fn rejected(
    mesh: &Mesh,
    proxy: &Proxy,
    listeners: &[Listener],
    routes: &[RouteConfig],
) -> Vec<Rejected> {
    let mut all = listeners::rejected(mesh, proxy, listeners);
    all.extend(routes.iter().filter_map(routes::rejected));
    all
}
