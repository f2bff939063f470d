//! One table as it is shown: what the filter leaves of it, and what is said of its proxy.

use std::collections::BTreeMap;

use super::Routes;
use super::destinations::Destinations;
use super::filter::Filter;
use super::order::Row;
use super::sources::Places;
use crate::envoy::listener::{FilterChain, Listener};
use crate::envoy::route::{RouteConfig, VirtualHost};
use crate::envoy::{Rejected, Table};
use crate::mesh::{Found, Origin};
use crate::rules::NeededSecret;

/// One table as it is shown.
pub(super) struct View<'a> {
    pub routes: &'a Routes<'a>,
    pub table: &'a Table,
    pub filter: Filter<'a>,
    /// By listener, where nobody knows its port.
    unknown_targets: BTreeMap<String, Vec<&'a str>>,
}

/// The tables of which the filter leaves something.
pub(super) fn views<'a>(routes: &'a Routes<'a>) -> impl Iterator<Item = View<'a>> {
    routes
        .tables
        .iter()
        .map(move |table| {
            let filter = Filter::new(table, routes.mesh, routes.options);
            View { routes, table, filter, unknown_targets: table.unknown_targets() }
        })
        .filter(View::has_something)
}

impl<'a> View<'a> {
    fn has_something(&self) -> bool {
        let options = self.routes.options;
        self.filter.is_off()
            || (options.listeners && self.chains().next().is_some())
            || (options.routes && self.hosts().next().is_some())
            || self.table.dropped.iter().any(|dropped| self.filter.shows_dropped(dropped))
    }

    /// The filter chains that are shown.
    pub(super) fn chains(&self) -> impl Iterator<Item = (&'a Listener, &'a FilterChain)> {
        let chains =
            self.table.listeners.iter().flat_map(|listener| {
                listener.filter_chains.iter().map(move |chain| (listener, chain))
            });
        chains.filter(|(listener, chain)| self.filter.shows_chain(listener, chain))
    }

    /// The route configurations that are shown.
    pub(super) fn configs(&self) -> impl Iterator<Item = &'a RouteConfig> {
        self.table.routes.iter().filter(|config| self.filter.shows_config(config))
    }

    /// The virtual hosts of a route configuration that are shown.
    pub(super) fn hosts_of(
        &self,
        config: &'a RouteConfig,
    ) -> impl Iterator<Item = &'a VirtualHost> {
        config.virtual_hosts.iter().filter(|host| self.filter.shows_host(host))
    }

    /// All virtual hosts that are shown.
    fn hosts(&self) -> impl Iterator<Item = &'a VirtualHost> {
        self.configs().flat_map(|config| self.hosts_of(config))
    }

    /// `istio=ingressgateway,app=edge`.
    pub(super) fn labels(&self) -> String {
        let labels = self.table.proxy.labels.iter();
        labels.map(|(key, value)| format!("{key}={value}")).collect::<Vec<_>>().join(",")
    }

    /// How the proxy was found.
    pub(super) fn found(&self) -> String {
        let proxy = &self.table.proxy;
        let by = |origin: Origin| {
            let name = self.routes.mesh.name(origin.object);
            format!("found by {name} at {}", self.routes.sources.file_line(origin.span))
        };
        match proxy.found {
            Found::Given => "given".into(),
            Found::Workload(origin) | Found::Service(origin) => by(origin),
            Found::Assumed => format!("assumed in namespace {}", proxy.namespace),
        }
    }

    /// Two objects whose creation times decide a row, by name; where files do not say which is older.
    pub(super) fn rivals(&self, row: Row<'_>) -> Option<[String; 2]> {
        let rivals = self.routes.order.rivals(self.table, row)?;
        Some(rivals.map(|object| self.routes.mesh.name(object)))
    }

    /// What Envoy refuses, as far as it is shown. What is refused is refused whole: a part of it says nothing. Servers
    /// that meet where nobody knows the port may not meet at all.
    pub(super) fn refused(&self) -> Vec<&'a Rejected> {
        if !self.filter.is_off() {
            return Vec::new();
        }
        let is_known = |rejected: &&Rejected| !self.unknown_targets.contains_key(&rejected.name);
        self.table.verdict.rejected.iter().filter(is_known).collect()
    }

    /// The container ports of which one is the port of a listener, where nobody knows its number.
    pub(super) fn unknown_targets(&self, listener: &Listener) -> &[&'a str] {
        self.unknown_targets.get(&listener.name).map_or(&[], Vec::as_slice)
    }

    /// The Secrets that a chain needs.
    pub(super) fn secrets(&self, chain: &FilterChain) -> Vec<NeededSecret> {
        let of = |tls| self.routes.secrets.of(self.table, tls);
        chain.tls.as_ref().map_or_else(Vec::new, of)
    }

    pub(super) fn places(&self) -> Places<'a> {
        Places { mesh: self.routes.mesh, sources: self.routes.sources }
    }

    pub(super) fn destinations(&self) -> Destinations<'a> {
        let routes = self.routes;
        Destinations { table: self.table, clusters: routes.clusters, domain: &routes.mesh.domain }
    }
}
