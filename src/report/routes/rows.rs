//! Rows of the tables: one for each filter chain, one for each route. The first row holds the titles.

use std::mem::take;

use super::cells;
use super::destinations::Destinations;
use super::filter::Filter;
use crate::envoy::listener::Terminal;
use crate::envoy::route::{Route, VirtualHost};
use crate::envoy::{Rejected, Table};
use crate::mesh::{Mesh, Origin};
use crate::report::printable;
use crate::text::Sources;

/// What rows are made from.
pub(super) struct Rows<'a> {
    pub table: &'a Table,
    pub mesh: &'a Mesh,
    pub sources: &'a Sources,
    pub filter: &'a Filter<'a>,
    /// Whether the last column says where a row is written; else it is empty, and so not there.
    pub show_source: bool,
}

impl Rows<'_> {
    /// One row for each filter chain.
    pub(super) fn listeners(&self) -> Vec<[String; 5]> {
        let mut rows = vec![self.titles(["LISTENER", "MATCH", "TLS", "DESTINATION", "SOURCE"])];
        for listener in &self.table.listeners {
            for chain in &listener.filter_chains {
                if !self.filter.shows_chain(listener, chain) {
                    continue;
                }
                let rule = match &chain.terminal {
                    Terminal::Tcp(proxy) => proxy.origin,
                    Terminal::Http(_) => None,
                };
                rows.push(clean([
                    cells::address(&listener.address),
                    cells::chain_match(&chain.matcher),
                    cells::tls(chain),
                    self.destinations().of_chain(&chain.terminal),
                    self.places(chain.origins.iter().copied().chain(rule)),
                ]));
            }
        }
        rows
    }

    /// One row for each route; what is as in the row above is left blank.
    pub(super) fn routes(&self) -> Vec<[String; 7]> {
        let titles =
            ["NAME", "VHOST", "DOMAINS", "MATCH", "VIRTUAL SERVICE", "DESTINATION", "SOURCE"];
        let mut rows = vec![self.titles(titles)];
        for config in self.table.routes.iter().filter(|config| self.filter.shows_config(config)) {
            let mut name = config.name.clone();
            for host in config.virtual_hosts.iter().filter(|host| self.filter.shows_host(host)) {
                let domains: Vec<_> = host.domains.iter().map(|d| d.name.as_str()).collect();
                let (mut vhost, mut domains) = (host.name.clone(), domains.join(", "));
                for [matcher, service, destination, source] in self.routes_of(host) {
                    let (vhost, domains) = (take(&mut vhost), take(&mut domains));
                    let row =
                        [take(&mut name), vhost, domains, matcher, service, destination, source];
                    rows.push(clean(row));
                }
            }
        }
        rows
    }

    /// What Envoy refuses: name, why, and where that is written.
    pub(super) fn refused(&self) -> Vec<[String; 3]> {
        let row = |rejected: &Rejected| {
            let places = join(self.sources, rejected.origins.iter().copied());
            clean([format!("  {}", rejected.name), rejected.reason.clone(), places])
        };
        self.table.rejected.iter().map(row).collect()
    }

    /// Match, VirtualService, destination and source of what a virtual host answers, in order.
    fn routes_of(&self, host: &VirtualHost) -> Vec<[String; 4]> {
        let mut rows = Vec::with_capacity(host.routes.len() + 1);
        if host.requires_tls() {
            // Envoy looks at `requireTls` before any route.
            let source = self.places(host.require_tls.iter().copied());
            rows.push(["*".into(), "-".into(), "301 https://".into(), source]);
        } else if host.routes.is_empty() {
            rows.push(["*".into(), "-".into(), "404".into(), String::new()]);
        }
        rows.extend(host.routes.iter().map(|route| self.route(route)));
        rows
    }

    fn route(&self, route: &Route) -> [String; 4] {
        [
            cells::conditions(&route.matcher),
            cells::virtual_service(&route.virtual_service),
            self.destinations().of_route(&route.action),
            self.places([route.origin].into_iter().chain(route.delegated_by)),
        ]
    }

    fn destinations(&self) -> Destinations<'_> {
        Destinations { table: self.table, domain: &self.mesh.domain }
    }

    fn titles<const N: usize>(&self, titles: [&str; N]) -> [String; N] {
        titles.map(|title| match title {
            "SOURCE" if !self.show_source => String::new(),
            title => title.to_owned(),
        })
    }

    /// The places of a row, where they are wanted.
    fn places(&self, origins: impl Iterator<Item = Origin>) -> String {
        if self.show_source { join(self.sources, origins) } else { String::new() }
    }
}

/// `a.yaml:3, b.yaml:7`, each place once.
fn join(sources: &Sources, origins: impl Iterator<Item = Origin>) -> String {
    let mut places: Vec<String> = Vec::new();
    for origin in origins {
        let place = sources.file_line(origin.span);
        if !places.contains(&place) {
            places.push(place);
        }
    }
    places.join(", ")
}

fn clean<const N: usize>(cells: [String; N]) -> [String; N] {
    cells.map(|cell| printable(&cell).into_owned())
}
