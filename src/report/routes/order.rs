//! Where a row stands: for certain, or by the creation times of objects, which files lack.

use crate::envoy::Table;
use crate::envoy::listener::{FilterChain, Listener};
use crate::envoy::route::{RouteConfig, VirtualHost};
use crate::mesh::ObjectRef;

/// A row of a table.
#[derive(Clone, Copy, Debug)]
pub enum Row<'t> {
    /// A filter chain of a listener.
    Chain(&'t Listener, &'t FilterChain),
    /// A route, by its index in a virtual host.
    Route(&'t RouteConfig, &'t VirtualHost, usize),
}

/// Says which rows would be others if objects had been created in another order.
pub trait Order {
    /// The two objects of which the older one decides a row, where the input does not say which one that is.
    fn rivals(&self, table: &Table, row: Row<'_>) -> Option<[ObjectRef; 2]>;
}

/// No row depends on creation time.
#[derive(Clone, Copy, Debug, Default)]
pub struct Certain;

impl Order for Certain {
    fn rivals(&self, _: &Table, _: Row<'_>) -> Option<[ObjectRef; 2]> {
        None
    }
}
