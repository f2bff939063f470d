//! Where a row stands: for certain, or by the creation times of objects, which files lack.

use crate::envoy::listener::{FilterChain, Listener};
use crate::envoy::route::{RouteConfig, VirtualHost};
use crate::envoy::{Table, Ties};
use crate::mesh::{Mesh, ObjectRef};

/// A row of a table.
#[derive(Clone, Copy, Debug)]
pub enum Row<'t> {
    /// A filter chain of a listener.
    Chain(&'t Listener, &'t FilterChain),
    /// What a virtual host answers before or without any route.
    Host(&'t RouteConfig, &'t VirtualHost),
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

/// Rows that depend on age, as [`Ties`] finds them.
#[derive(Debug)]
pub struct ByAge<'t>(Vec<(&'t Table, Ties)>);

impl<'t> ByAge<'t> {
    /// Looks into all tables.
    pub fn new(mesh: &Mesh, tables: &'t [Table]) -> Self {
        Self(tables.iter().map(|table| (table, Ties::new(mesh, table))).collect())
    }
}

impl Order for ByAge<'_> {
    fn rivals(&self, table: &Table, row: Row<'_>) -> Option<[ObjectRef; 2]> {
        let (_, ties) = self.0.iter().find(|(known, _)| std::ptr::eq(*known, table))?;
        match row {
            Row::Chain(listener, chain) => {
                let same = |known: &FilterChain| std::ptr::eq(known, chain);
                ties.chain(&listener.name, listener.filter_chains.iter().position(same)?)
            }
            Row::Host(config, host) => ties.host(&config.name, &host.name),
            Row::Route(config, host, at) => ties.route(&config.name, &host.name, at),
        }
    }
}
