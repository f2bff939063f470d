//! Route configurations in the format `json`: virtual hosts, domains, routes.

use serde::Serializer;

use super::json::order;
use super::order::Row;
use super::sources::List;
use super::unknown;
use super::view::View;
use crate::envoy::route::{RouteConfig, VirtualHost};
use crate::report::envoy::message::{Fields, Json, Message};
use crate::report::envoy::route::Extras;

impl<'a> View<'a> {
    /// The route configurations that are shown and have something to show.
    pub(super) fn config_wires(&'a self) -> impl Iterator<Item = ConfigWire<'a>> {
        self.configs()
            .map(|config| ConfigWire { view: self, config })
            .filter(|wire| self.filter.is_off() || self.hosts_of(wire.config).next().is_some())
    }
}

pub(super) struct ConfigWire<'a> {
    view: &'a View<'a>,
    config: &'a RouteConfig,
}

impl Message for ConfigWire<'_> {
    fn fields<S: Serializer>(&self, to: &mut Fields<S>) -> Result<(), S::Error> {
        let Self { view, config } = *self;
        let hosts: Vec<_> =
            view.hosts_of(config).map(|host| HostWire { view, config, host }).collect();
        to.put("name", &config.name)?;
        to.put("virtualHosts", Json(&hosts[..]))
    }
}

struct HostWire<'a> {
    view: &'a View<'a>,
    config: &'a RouteConfig,
    host: &'a VirtualHost,
}

impl Message for HostWire<'_> {
    fn fields<S: Serializer>(&self, to: &mut Fields<S>) -> Result<(), S::Error> {
        let Self { view, config, host } = *self;
        let places = view.places();
        let domains: Vec<_> = host.domains.iter().map(|domain| &domain.name).collect();
        let routes: Vec<_> =
            (0..host.routes.len()).map(|at| RouteWire { view, config, host, at }).collect();
        to.put("name", &host.name)?;
        to.put("domains", &domains)?;
        if host.requires_tls() {
            to.put("requireTls", "ALL")?;
            to.put("requireTlsSources", places.all(&host.require_tls))?;
        }
        to.put("routes", Json(&routes[..]))?;
        to.plain("unknown", unknown::host(host))?;
        to.put("sources", places.all(host.domains.iter().flat_map(|domain| &domain.origins)))?;
        to.put("domainSources", Json(&DomainSources { view, host }))
    }
}

/// The places of each domain, by its name.
struct DomainSources<'a> {
    view: &'a View<'a>,
    host: &'a VirtualHost,
}

impl Message for DomainSources<'_> {
    fn fields<S: Serializer>(&self, to: &mut Fields<S>) -> Result<(), S::Error> {
        for domain in &self.host.domains {
            let sources: List<'_> = self.view.places().all(&domain.origins);
            to.put(&domain.name, sources)?;
        }
        Ok(())
    }
}

struct RouteWire<'a> {
    view: &'a View<'a>,
    config: &'a RouteConfig,
    host: &'a VirtualHost,
    at: usize,
}

impl Message for RouteWire<'_> {
    fn fields<S: Serializer>(&self, to: &mut Fields<S>) -> Result<(), S::Error> {
        let Self { view, config, host, at } = *self;
        let route = &host.routes[at];
        let places = view.places();
        to.plain("name", route.name.as_str())?;
        to.put("position", at + 1)?;
        to.put("match", Json(&route.matcher))?;
        to.put("action", Json(&route.action))?;
        Extras(route).fields(to)?;
        to.put("virtualService", &*route.virtual_service)?;
        to.put("source", Json(&places.of(route.origin)))?;
        let root = route.delegated_by.map(|origin| places.of(origin));
        to.some("delegatedBy", root.as_ref().map(Json))?;
        let rivals = view.rivals(Row::Route(config, host, at));
        order(rivals.as_ref(), to)?;
        to.plain("unknown", unknown::host(host) || unknown::route(view.routes.mesh, route))
    }
}
