//! The clusters that the rows refer to: whether they exist, and which destinations mean them.

use std::collections::BTreeMap;

use rustc_hash::FxHashSet;
use serde::Serializer;

use super::sources::{List, Place, Places};
use crate::envoy::Table;
use crate::envoy::listener::{TcpProxy, Terminal};
use crate::envoy::route::{Action, ClusterName, Clusters, Route};
use crate::istio::virtual_service::{Destination, VirtualService};
use crate::mesh::{ObjectRef, Origin, Part};
use crate::report::envoy::message::{Fields, Message};
use crate::rules::{Absent, ClusterPresence, ClusterPresences};
use crate::text::Span;

/// The words for a cluster that is not there, or may not be there; none for one that is.
pub(super) fn mark(presence: ClusterPresence) -> Option<&'static str> {
    match presence {
        ClusterPresence::Exists => None,
        ClusterPresence::Missing(_) => Some("no such cluster"),
        ClusterPresence::Unknown(Absent::Value) => Some("placeholder"),
        ClusterPresence::Unknown(Absent::Subset) => Some("subset not in the input"),
        ClusterPresence::Unknown(_) => Some("service not in the input"),
    }
}

/// Why it is not there, in more words.
fn reason(presence: ClusterPresence) -> Option<&'static str> {
    match presence {
        ClusterPresence::Missing(Absent::Service) => Some("no such service"),
        ClusterPresence::Missing(Absent::Port) => Some("the service has no such port"),
        ClusterPresence::Missing(Absent::Subset) => Some("no DestinationRule has the subset"),
        ClusterPresence::Missing(_) => Some("istiod makes no such cluster for this proxy"),
        ClusterPresence::Unknown(Absent::Value) => Some("the name holds a placeholder"),
        other => mark(other),
    }
}

/// The clusters of a table, by name, as far as rows that refer to them were added.
pub(super) struct Referred<'a> {
    places: Places<'a>,
    table: &'a Table,
    presences: &'a ClusterPresences<'a>,
    all: BTreeMap<&'a str, Vec<(Origin, Span)>>,
    seen: FxHashSet<(&'a str, Span)>,
}

impl<'a> Referred<'a> {
    pub(super) fn new(
        places: Places<'a>,
        table: &'a Table,
        presences: &'a ClusterPresences<'a>,
    ) -> Self {
        Self { places, table, presences, all: BTreeMap::new(), seen: FxHashSet::default() }
    }

    /// Adds the clusters of a route.
    pub(super) fn add_route(&mut self, route: &'a Route) {
        if let Action::Route(action) = &route.action {
            self.add(&action.clusters, Some(route.origin));
            for mirror in &action.mirrors {
                self.add_one(&mirror.cluster, Some(route.origin));
            }
        }
    }

    /// Adds the clusters of a filter chain.
    pub(super) fn add_terminal(&mut self, terminal: &'a Terminal) {
        if let Terminal::Tcp(TcpProxy { clusters, origin, .. }) = terminal {
            self.add(clusters, *origin);
        }
    }

    fn add(&mut self, clusters: &'a Clusters, origin: Option<Origin>) {
        match clusters {
            Clusters::Single(cluster) => self.add_one(cluster, origin),
            Clusters::Weighted(all) => {
                for part in all {
                    self.add_one(&part.cluster, origin);
                }
            }
        }
    }

    fn add_one(&mut self, cluster: &'a ClusterName, origin: Option<Origin>) {
        let places = self.all.entry(&cluster.name).or_default();
        if let (Some(origin), Some(span)) = (origin, cluster.span) {
            // A rule with several matches, or on several servers, refers to it more than once.
            if self.seen.insert((&cluster.name, span)) {
                places.push((origin, span));
            }
        }
    }

    /// What is to be said of each.
    pub(super) fn rows(&self) -> Vec<ClusterRow<'a>> {
        self.all.iter().map(|(name, destinations)| self.row(name, destinations)).collect()
    }

    fn row(&self, name: &'a str, destinations: &[(Origin, Span)]) -> ClusterRow<'a> {
        let presence = self.presences.of(self.table, name);
        let mut has_inferred_port = false;
        let mut sources: Vec<Place<'a>> = Vec::new();
        for &(origin, span) in destinations {
            let written = self.written(origin, span);
            let path = match written {
                Some((path, destination)) => {
                    has_inferred_port |= destination.port.is_none();
                    path
                }
                None => origin.part.to_string(),
            };
            sources.push(self.places.at(origin, span, path));
        }
        let lacks_service = matches!(
            presence,
            ClusterPresence::Missing(Absent::Service) | ClusterPresence::Unknown(Absent::Service)
        );
        let is_port_inferred = lacks_service && has_inferred_port;
        ClusterRow { name, presence, is_port_inferred, sources: List(sources) }
    }

    /// The destination that is written at a place, and its field path.
    fn written(&self, origin: Origin, span: Span) -> Option<(String, &'a Destination)> {
        let ObjectRef::VirtualService(at) = origin.object else { return None };
        let object = self.places.mesh.store.virtual_services.get(at as usize)?;
        destinations(&object.spec, origin.part).into_iter().find(|(_, one)| one.span == span)
    }
}

/// The destinations of a rule with their field paths.
fn destinations(spec: &VirtualService, part: Part) -> Vec<(String, &Destination)> {
    match part {
        Part::Http(at) | Part::HttpMatch(at, _) => {
            spec.http.get(at as usize).map_or_else(Vec::new, |rule| {
                let rule_path = format!("spec.http[{at}]");
                let routes = rule.route.iter().map(|route| route.destination.as_ref());
                let mirrors = rule.mirrors.iter().map(|mirror| mirror.destination.as_ref());
                let mirror = rule.mirror.as_deref();
                let mirror = mirror.map(|one| (format!("{rule_path}.mirror"), one));
                let mut all = listed(&format!("{rule_path}.route"), routes);
                all.extend(listed(&format!("{rule_path}.mirrors"), mirrors));
                all.extend(mirror);
                all
            })
        }
        Part::Tls(at) | Part::TlsMatch(at, _) => {
            spec.tls.get(at as usize).map_or_else(Vec::new, |rule| {
                let routes = rule.route.iter().map(|route| route.destination.as_ref());
                listed(&format!("spec.tls[{at}].route"), routes)
            })
        }
        Part::Tcp(at) | Part::TcpMatch(at, _) => {
            spec.tcp.get(at as usize).map_or_else(Vec::new, |rule| {
                let routes = rule.route.iter().map(|route| route.destination.as_ref());
                listed(&format!("spec.tcp[{at}].route"), routes)
            })
        }
        _ => Vec::new(),
    }
}

/// The destinations of a list, with their field paths.
fn listed<'d>(
    list: &str,
    destinations: impl Iterator<Item = Option<&'d Destination>>,
) -> Vec<(String, &'d Destination)> {
    destinations
        .enumerate()
        .filter_map(|(at, one)| Some((format!("{list}[{at}].destination"), one?)))
        .collect()
}

/// What is to be said of a cluster.
pub(super) struct ClusterRow<'a> {
    pub name: &'a str,
    pub presence: ClusterPresence,
    /// Its port is that of the server, for want of a service.
    is_port_inferred: bool,
    sources: List<'a>,
}

impl Message for ClusterRow<'_> {
    fn fields<S: Serializer>(&self, to: &mut Fields<S>) -> Result<(), S::Error> {
        let exists = match self.presence {
            ClusterPresence::Exists => Some(true),
            ClusterPresence::Missing(_) => Some(false),
            ClusterPresence::Unknown(_) => None,
        };
        to.put("name", self.name)?;
        to.put("exists", exists)?;
        to.some("reason", reason(self.presence))?;
        to.plain("portInferred", self.is_port_inferred)?;
        to.put("sources", &self.sources)
    }
}
