//! Rows of cells: one for each filter chain, one for each route, one for each thing that Envoy refuses.

use super::cells;
use super::extras::{Extras, extras};
use super::order::Row;
use super::unknown;
use super::view::View;
use crate::envoy::listener::{FilterChain, Listener, Terminal};
use crate::envoy::route::{Route, RouteConfig, VirtualHost};
use crate::mesh::Origin;
use crate::report::printable;

/// The cells of a filter chain.
pub(super) struct ChainRow {
    pub listener: String,
    pub matcher: String,
    pub tls: String,
    pub destination: String,
    pub source: String,
    /// The objects whose creation times decide the row.
    pub rivals: Option<[String; 2]>,
    pub is_unknown: bool,
}

/// The cells of a route, or of a virtual host without routes.
pub(super) struct RouteRow {
    pub name: String,
    pub virtual_host: String,
    pub domains: String,
    /// Which route of the virtual host, from 1; `-` for what comes before or instead of routes.
    pub position: String,
    pub matcher: String,
    pub virtual_service: String,
    pub destination: String,
    pub extras: Extras,
    pub source: String,
    /// The objects whose creation times decide the row.
    pub rivals: Option<[String; 2]>,
    pub is_unknown: bool,
}

/// Which cells are made besides those that every format has.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Detail {
    pub extras: bool,
    pub source: bool,
}

impl View<'_> {
    /// One row for each filter chain.
    pub(super) fn chain_rows(&self, detail: Detail) -> Vec<ChainRow> {
        let row = |(listener, chain): (&Listener, &FilterChain)| ChainRow {
            listener: clean(cells::listener(listener, self.unknown_targets(listener))),
            matcher: clean(cells::chain_match(&chain.matcher)),
            tls: clean(cells::tls(chain, &self.secrets(chain))),
            destination: clean(self.destinations().of_chain(&chain.terminal)),
            source: self.source(detail, chain_origins(chain)),
            rivals: self.rivals(Row::Chain(listener, chain)),
            is_unknown: unknown::chain(self.routes.mesh, chain)
                || !self.unknown_targets(listener).is_empty(),
        };
        self.chains().map(row).collect()
    }

    /// One row for each route.
    pub(super) fn route_rows(&self, detail: Detail) -> Vec<RouteRow> {
        let mut rows = Vec::new();
        for config in self.configs() {
            for host in self.hosts_of(config) {
                self.rows_of(config, host, detail, &mut rows);
            }
        }
        rows
    }

    /// What a virtual host answers, in order.
    fn rows_of(
        &self,
        config: &RouteConfig,
        host: &VirtualHost,
        detail: Detail,
        rows: &mut Vec<RouteRow>,
    ) {
        let domains: Vec<_> = host.domains.iter().map(|domain| domain.name.as_str()).collect();
        let domains = clean(domains.join(", "));
        let is_unknown = unknown::host(host);
        let without_route = |destination: &str, source: String| RouteRow {
            name: clean(config.name.clone()),
            virtual_host: clean(host.name.clone()),
            domains: domains.clone(),
            position: "-".into(),
            matcher: "*".into(),
            virtual_service: "-".into(),
            destination: destination.into(),
            extras: if detail.extras { Extras::none() } else { Extras::default() },
            source,
            rivals: self.rivals(Row::Host(config, host)),
            is_unknown,
        };
        if host.requires_tls() {
            // Envoy looks at `requireTls` before any route.
            let source = self.source(detail, host.require_tls.iter().copied());
            rows.push(without_route("301 https://", source));
        } else if host.routes.is_empty() {
            let origins = host.domains.iter().flat_map(|domain| domain.origins.iter().copied());
            rows.push(without_route("404", self.source(detail, origins)));
        }
        for (at, route) in host.routes.iter().enumerate() {
            rows.push(RouteRow {
                position: (at + 1).to_string(),
                matcher: clean(cells::conditions(&route.matcher)),
                virtual_service: clean(cells::virtual_service(&route.virtual_service)),
                extras: if detail.extras { self.extras(route) } else { Extras::default() },
                rivals: self.rivals(Row::Route(config, host, at)),
                is_unknown: is_unknown || unknown::route(self.routes.mesh, route),
                ..without_route(
                    &clean(self.destinations().of_route(&route.action)),
                    self.source(detail, route_origins(route)),
                )
            });
        }
    }

    fn source(&self, detail: Detail, origins: impl Iterator<Item = Origin>) -> String {
        if detail.source { clean(self.places().lines(origins)) } else { String::new() }
    }

    fn extras(&self, route: &Route) -> Extras {
        extras(route, self.destinations()).map(clean)
    }

    /// What Envoy refuses: name, why, and where that is written.
    pub(super) fn refused_rows(&self) -> Vec<[String; 3]> {
        let refused = self.refused().into_iter();
        refused
            .map(|rejected| {
                let places = self.places().lines(rejected.origins.iter().copied());
                [rejected.name.clone(), rejected.reason.clone(), places].map(clean)
            })
            .collect()
    }
}

/// Where a filter chain is written: its servers, and the rule of a TCP proxy.
pub(super) fn chain_origins(chain: &FilterChain) -> impl Iterator<Item = Origin> {
    let rule = match &chain.terminal {
        Terminal::Tcp(proxy) => proxy.origin,
        Terminal::Http(_) => None,
    };
    chain.origins.iter().copied().chain(rule)
}

/// Where a route is written: its match or rule, and the rule that delegates to it.
pub(super) fn route_origins(route: &Route) -> impl Iterator<Item = Origin> {
    [route.origin].into_iter().chain(route.delegated_by)
}

fn clean(cell: String) -> String {
    match printable(&cell) {
        std::borrow::Cow::Borrowed(_) => cell,
        std::borrow::Cow::Owned(cell) => cell,
    }
}
