//! How much a table says of each route: all that Envoy gets, or where it is written alone.

use std::collections::BTreeSet;
use std::fmt::Debug;
use std::sync::Arc;

use rustc_hash::FxHashSet;

use super::listener::{Listener, Terminal};
use super::rejected;
use super::route::{Action, Clusters, Outline, Route, RouteConfig, RouteMatch, Written};
use super::table::{Rejected, ServerRecord};
use super::translate::{self, Scope, matches};
use crate::istio::virtual_service::HttpMatch;
use crate::mesh::{Mesh, Origin, Proxy, Rule, VirtualService};

/// How much a table says of each route.
pub trait Detail: Clone + Debug {
    /// What can be told of Envoy by that much.
    type Verdict: Clone + Debug;
}

/// What Envoy makes of a table.
#[derive(Clone, Debug, Default)]
pub struct Verdict {
    /// Clusters that the table refers to and that do not exist: Envoy answers 503 there.
    pub missing_clusters: BTreeSet<Arc<str>>,
    /// What Envoy refuses of it.
    pub rejected: Vec<Rejected>,
}

/// What the builder makes of rules.
pub(super) trait Translate: Detail + PartialEq + Send + Sync {
    /// The route of a rule, or of one of its matches.
    fn route(scope: &Scope<'_>, service: &VirtualService, written: Written) -> Self;

    /// Whether it matches every request.
    fn is_catch_all(&self) -> bool;

    /// What Envoy makes of the whole.
    fn verdict(
        mesh: &Mesh,
        proxy: &Proxy,
        listeners: &[Listener],
        routes: &[RouteConfig<Self>],
    ) -> Self::Verdict;
}

impl Detail for Route {
    type Verdict = Verdict;
}

impl Translate for Route {
    fn route(scope: &Scope<'_>, service: &VirtualService, written: Written) -> Self {
        translate::route(scope, service, written)
    }

    fn is_catch_all(&self) -> bool {
        self.matcher.is_catch_all()
    }

    fn verdict(
        mesh: &Mesh,
        proxy: &Proxy,
        listeners: &[Listener],
        routes: &[RouteConfig],
    ) -> Verdict {
        Verdict {
            missing_clusters: missing_clusters(mesh, proxy, listeners, routes),
            rejected: rejected::rejected(mesh, proxy, listeners, routes),
        }
    }
}

impl Detail for Outline {
    type Verdict = ();
}

impl Translate for Outline {
    fn route(_: &Scope<'_>, service: &VirtualService, written: Written) -> Self {
        let (rule, condition) = (written.rule(service), written.condition(service));
        Self {
            origin: written.origin(service),
            delegated_by: rule.delegated_by.as_deref().copied(),
            is_catch_all: condition.is_none_or(matches::is_catch_all),
            written,
        }
    }

    fn is_catch_all(&self) -> bool {
        self.is_catch_all
    }

    fn verdict(_: &Mesh, _: &Proxy, _: &[Listener], _: &[RouteConfig<Self>]) {}
}

impl Outline {
    /// What it matches; `service`: the VirtualService that gives it.
    pub fn matcher(&self, service: &VirtualService) -> RouteMatch {
        self.written.condition(service).map_or_else(RouteMatch::any, matches::route_match)
    }

    /// All that it does; `server`: the server through which `service` gives it.
    pub fn whole(
        &self,
        mesh: &Mesh,
        proxy: &Proxy,
        server: &ServerRecord,
        service: &VirtualService,
    ) -> Route {
        let gateway = &mesh.store.gateways[server.gateway as usize];
        let written = &gateway.spec.servers[server.index as usize];
        let key = format!("{}/{}", gateway.meta.namespace(), gateway.meta.name());
        let scope = Scope {
            mesh,
            proxy,
            gateway: &key,
            port: written.port_number(),
            has_tls: written.tls.is_some(),
        };
        translate::route(&scope, service, self.written)
    }
}

impl Written {
    /// The rule.
    pub fn rule(self, service: &VirtualService) -> &Rule {
        &service.http[self.rule as usize]
    }

    /// The match.
    pub fn condition(self, service: &VirtualService) -> Option<&HttpMatch> {
        Some(&self.rule(service).http.matches[self.condition? as usize])
    }

    /// The place of the match, or of the rule where there is none.
    pub fn origin(self, service: &VirtualService) -> Origin {
        let rule = self.rule(service);
        self.condition.map_or(rule.origin, |at| rule.match_origin(at as usize))
    }
}

/// Clusters that the table refers to and that do not exist.
fn missing_clusters(
    mesh: &Mesh,
    proxy: &Proxy,
    listeners: &[Listener],
    routes: &[RouteConfig],
) -> BTreeSet<Arc<str>> {
    let mut names: FxHashSet<&Arc<str>> = FxHashSet::default();
    let chains = listeners.iter().flat_map(|listener| &listener.filter_chains);
    for chain in chains {
        if let Terminal::Tcp(tcp) = &chain.terminal {
            names.extend(clusters(&tcp.clusters));
        }
    }
    let hosts = routes.iter().flat_map(|config| &config.virtual_hosts);
    for route in hosts.flat_map(|host| &host.routes) {
        if let Action::Route(action) = &route.action {
            names.extend(clusters(&action.clusters));
            names.extend(action.mirrors.iter().map(|mirror| &mirror.cluster.name));
        }
    }
    let missing = names.into_iter().filter(|name| !translate::cluster_exists(mesh, proxy, name));
    missing.cloned().collect()
}

fn clusters(clusters: &Clusters) -> Vec<&Arc<str>> {
    match clusters {
        Clusters::Single(cluster) => vec![&cluster.name],
        Clusters::Weighted(all) => all.iter().map(|entry| &entry.cluster.name).collect(),
    }
}
