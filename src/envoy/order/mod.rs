//! Which rows of a table depend on the age of objects that files do not tell: rows that would be others had the
//! objects been created in another order. Found by making the other orders, not by a guess.
//!
//! Two objects are tied where one of them has no creation time. Up to [`MOST`] tied objects on a proxy are tried in every
//! order, with the whole table made anew: exact, however they meet ([`exact`]). Of more, those that meet in one place are
//! looked at: [`MOST`] of them in every order, longer lists in time that grows with their length ([`blocks`]). That
//! finds what one kind of objects decides in one place; it does not follow several places into each other.
//!
//! Besides Gateways and VirtualServices those Services, ServiceEntries and DestinationRules count that compete with each
//! other ([`contests`]): among few tied objects together with the others, else each group of them by itself. The proxies
//! are those that were found.
//!
//! What remains: among many tied objects a row is not marked that only another order in two places together changes, such
//! as one whose virtual host is folded with another; nor one that competes in a group so large that trying it would cost
//! more than the table is worth.

mod blocks;
mod chains;
mod contests;
mod exact;
mod gateways;
mod permutations;
mod rows;
mod virtual_hosts;

use rustc_hash::FxHashMap;

use super::Table;
use crate::manifest::Meta;
use crate::mesh::{Mesh, ObjectRef};

/// How many tied objects are tried in every order.
const MOST: usize = 5;

/// Two objects of which the older one decides a row.
pub type Rivals = [ObjectRef; 2];

/// Looks at a table that was made in another order; by the VirtualService of a row (`namespace/name`) the second
/// argument tells which objects changed places for it.
pub type See<'a> = dyn FnMut(Table, &dyn Fn(Option<&str>) -> Rivals) + 'a;

/// Makes the tables that there would be had the objects been created in other orders, those that change least first;
/// false: there are too many, and none was made.
pub fn other_tables(mesh: &Mesh, table: &Table, see: &mut See<'_>) -> bool {
    exact::others(mesh, table, see)
}

/// The rows of one table that depend on age.
#[derive(Debug, Default)]
pub struct Ties {
    /// By listener name and index of the filter chain.
    chains: FxHashMap<(String, usize), Rivals>,
    /// By names of route configuration and virtual host.
    hosts: FxHashMap<(String, String), Rivals>,
    /// By names of route configuration and virtual host, and index of the route.
    routes: FxHashMap<(String, String, usize), Rivals>,
}

impl Ties {
    /// Finds the rows of `table` that depend on age.
    pub fn new(mesh: &Mesh, table: &Table) -> Self {
        let mut ties = Self::default();
        if exact::find(mesh, table, true, &mut ties) {
            return ties;
        }
        if !exact::find(mesh, table, false, &mut ties) {
            virtual_hosts::find(mesh, table, &mut ties);
            chains::find(mesh, table, &mut ties);
            gateways::find(mesh, table, &mut ties);
        }
        exact::find_contests(mesh, table, &mut ties);
        ties
    }

    /// The rivals of a filter chain.
    pub fn chain(&self, listener: &str, at: usize) -> Option<Rivals> {
        self.chains.get(&(listener.to_owned(), at)).copied()
    }

    /// The rivals of a virtual host: in another order it is not there, or requires TLS where it does not.
    pub fn host(&self, config: &str, host: &str) -> Option<Rivals> {
        self.hosts.get(&(config.to_owned(), host.to_owned())).copied()
    }

    /// The rivals of a route.
    pub fn route(&self, config: &str, host: &str, at: usize) -> Option<Rivals> {
        self.routes.get(&(config.to_owned(), host.to_owned(), at)).copied()
    }

    /// Takes over what is known of virtual hosts and routes.
    fn add_routes(&mut self, other: Self) {
        let Self { hosts, routes, .. } = other;
        // What was known before counts.
        self.hosts = hosts.into_iter().chain(self.hosts.drain()).collect();
        self.routes = routes.into_iter().chain(self.routes.drain()).collect();
    }

    fn add_chain(&mut self, listener: &str, at: usize, rivals: Rivals) {
        self.chains.entry((listener.to_owned(), at)).or_insert(sorted(rivals));
    }

    fn add_host(&mut self, config: &str, host: &str, rivals: Rivals) {
        self.hosts.entry((config.to_owned(), host.to_owned())).or_insert(sorted(rivals));
    }

    fn add_route(&mut self, config: &str, host: &str, at: usize, rivals: Rivals) {
        self.routes.entry((config.to_owned(), host.to_owned(), at)).or_insert(sorted(rivals));
    }
}

/// The same pair is told in one way.
fn sorted(mut rivals: Rivals) -> Rivals {
    rivals.sort_unstable();
    rivals
}

/// Whether nobody knows which of two objects is older. Equal times are no tie: then names decide.
pub fn is_tied(a: &Meta, b: &Meta) -> bool {
    a.created.is_none() || b.created.is_none()
}
