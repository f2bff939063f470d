//! The format `json`: one document of its own published form (`schema/routes.schema.json`), with Envoy's names for
//! matches and actions, and the places where all of it is written.

use std::io::{self, BufWriter, Write};

use serde::{Serialize, Serializer};

use super::Routes;
use super::cells;
use super::clusters::Referred;
use super::dropped::{self, Lost};
use super::order::Row;
use super::rows::chain_origins;
use super::sources::{List, Places};
use super::unknown;
use super::view::{View, views};
use crate::envoy::listener::{Address, DownstreamTls, FilterChain, Listener, Terminal};
use crate::envoy::{Rejected, Table};
use crate::finding::Judge;
use crate::manifest::Meta;
use crate::mesh::{Found, Origin};
use crate::report::envoy::message::{Fields, Json, Message};
use crate::rules::{ClusterPresence, NeededSecret, Presence};
use crate::text::Sources;

/// Writes the tables of all proxies.
pub(super) fn write(routes: &Routes<'_>, out: &mut dyn Write) -> io::Result<()> {
    let mut out = BufWriter::new(out);
    serde_json::to_writer_pretty(&mut out, &Document(routes))?;
    writeln!(out)?;
    out.flush()
}

/// The document.
pub(super) struct Document<'a>(pub &'a Routes<'a>);

impl Serialize for Document<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let views: Vec<View<'_>> = views(self.0).collect();
        Fields::write(serializer, |to| {
            to.put("schema", "gwctl/routes/v1")?;
            to.put("gwctl", env!("CARGO_PKG_VERSION"))?;
            to.put("istio", self.0.mesh.version.as_str())?;
            to.put("proxies", Json(&views[..]))?;
            let sources = self.0.sources;
            let refused = self.0.mesh.store.refused.iter();
            let refused: Vec<_> =
                refused.map(|refused| NeverAdmitted { refused, sources }).collect();
            to.put("refused", Json(&refused[..]))?;
            let contested = self.0.contested.iter();
            let contested: Vec<_> =
                contested.map(|one| ContestedWire { places: &one.places, sources }).collect();
            if contested.is_empty() { Ok(()) } else { to.put("variants", Json(&contested[..])) }
        })
    }
}

impl Message for View<'_> {
    fn fields<S: Serializer>(&self, to: &mut Fields<S>) -> Result<(), S::Error> {
        let Table { proxy, .. } = self.table;
        let options = self.routes.options;
        to.put("name", &proxy.name)?;
        to.put("namespace", &proxy.namespace)?;
        to.put("labels", &proxy.labels)?;
        to.put("found", Json(&FoundBy { found: proxy.found, places: self.places() }))?;
        if options.listeners {
            to.put("listeners", Json(&self.listeners()[..]))?;
        }
        if options.routes {
            let configs: Vec<_> = self.config_wires().collect();
            to.put("routes", Json(&configs[..]))?;
        }
        let lost: Vec<_> =
            dropped::lost(self).into_iter().map(|lost| LostWire { lost, view: self }).collect();
        to.put("dropped", Json(&lost[..]))?;
        let refused = self.refused().into_iter();
        let refused: Vec<_> = refused.map(|rejected| Refused { rejected, view: self }).collect();
        to.put("rejected", Json(&refused[..]))?;
        let clusters = self.referred();
        let clusters = clusters.rows();
        let missing = clusters
            .iter()
            .filter(|cluster| matches!(cluster.presence, ClusterPresence::Missing(_)))
            .map(|cluster| cluster.name);
        to.put("missingClusters", missing.collect::<Vec<_>>())?;
        to.put("clusters", Json(&clusters[..]))
    }
}

impl<'a> View<'a> {
    fn listeners(&self) -> Vec<ListenerWire<'_>> {
        let mut all: Vec<ListenerWire<'_>> = Vec::new();
        for (listener, chain) in self.chains() {
            let chain = ChainWire { view: self, listener, chain };
            match all.last_mut().filter(|last| std::ptr::eq(last.listener, listener)) {
                Some(last) => last.chains.push(chain),
                None => all.push(ListenerWire { listener, chains: vec![chain] }),
            }
        }
        all
    }

    /// The clusters behind what is shown.
    fn referred(&self) -> Referred<'a> {
        let mut referred = Referred::new(self.places(), self.table, self.routes.clusters);
        if self.routes.options.listeners {
            self.chains().for_each(|(_, chain)| referred.add_terminal(&chain.terminal));
        }
        if self.routes.options.routes {
            let hosts = self.configs().flat_map(|config| self.hosts_of(config));
            for route in hosts.flat_map(|host| &host.routes) {
                referred.add_route(route);
            }
        }
        referred
    }
}

/// How a proxy was found.
struct FoundBy<'a> {
    found: Found,
    places: Places<'a>,
}

impl Message for FoundBy<'_> {
    fn fields<S: Serializer>(&self, to: &mut Fields<S>) -> Result<(), S::Error> {
        let (by, origin) = match self.found {
            Found::Given => ("given", None),
            Found::Workload(origin) => ("workload", Some(origin)),
            Found::Service(origin) => ("service", Some(origin)),
            Found::Assumed => ("assumed", None),
        };
        to.put("by", by)?;
        to.some("source", origin.map(|origin| self.places.of(origin)).as_ref().map(Json))
    }
}

struct ListenerWire<'a> {
    listener: &'a Listener,
    chains: Vec<ChainWire<'a>>,
}

impl Message for ListenerWire<'_> {
    fn fields<S: Serializer>(&self, to: &mut Fields<S>) -> Result<(), S::Error> {
        to.put("name", &self.listener.name)?;
        let chain = self.chains.first();
        let targets = chain.map_or(&[][..], |chain| chain.view.unknown_targets(self.listener));
        match &self.listener.address {
            address if !targets.is_empty() => {
                to.put("address", cells::bind(address))?;
                to.put("unknownTargetPorts", targets)?;
            }
            Address::Socket { address, port } => {
                to.put("address", address)?;
                to.put("port", port)?;
            }
            Address::Pipe(path) => to.put("address", format!("unix:{path}"))?,
        }
        to.put("filterChains", Json(&self.chains[..]))?;
        let origins = self.chains.iter().flat_map(|chain| chain.chain.origins.iter());
        let sources = self.chains.first().map(|chain| chain.view.places().all(origins));
        to.put("sources", sources.unwrap_or(List(Vec::new())))
    }
}

struct ChainWire<'a> {
    view: &'a View<'a>,
    listener: &'a Listener,
    chain: &'a FilterChain,
}

impl Message for ChainWire<'_> {
    fn fields<S: Serializer>(&self, to: &mut Fields<S>) -> Result<(), S::Error> {
        let Self { view, chain, listener } = self;
        to.put("filterChainMatch", Json(&chain.matcher))?;
        let secrets = view.secrets(chain);
        let terminated = chain.tls.as_ref();
        let tls = cells::tls_mode(chain).map(|mode| Tls { mode, terminated, secrets: &secrets });
        to.some("tls", tls.as_ref().map(Json))?;
        match &chain.terminal {
            Terminal::Http(manager) => to.put("routeConfigName", &manager.route_config)?,
            Terminal::Tcp(proxy) => {
                to.put("tcpProxy", Json(proxy))?;
                to.some("virtualService", proxy.virtual_service.as_ref())?;
            }
        }
        let rivals = view.rivals(Row::Chain(listener, chain));
        order(rivals.as_ref(), to)?;
        let is_port_unknown = !view.unknown_targets(listener).is_empty();
        to.plain("unknown", is_port_unknown || unknown::chain(view.routes.mesh, chain))?;
        let origins: Vec<Origin> = chain_origins(chain).collect();
        to.put("sources", view.places().all(&origins))
    }
}

/// `order` and `rivals` of a row.
pub(super) fn order<S: Serializer>(
    rivals: Option<&[String; 2]>,
    to: &mut Fields<S>,
) -> Result<(), S::Error> {
    to.put("order", if rivals.is_some() { "creation-time" } else { "certain" })?;
    to.some("rivals", rivals)
}

struct Tls<'a> {
    mode: &'static str,
    terminated: Option<&'a DownstreamTls>,
    secrets: &'a [NeededSecret],
}

impl Message for Tls<'_> {
    fn fields<S: Serializer>(&self, to: &mut Fields<S>) -> Result<(), S::Error> {
        to.put("mode", self.mode)?;
        to.some("context", self.terminated.map(Json))?;
        if self.secrets.is_empty() { Ok(()) } else { to.put("secrets", Json(self.secrets)) }
    }
}

impl Message for NeededSecret {
    fn fields<S: Serializer>(&self, to: &mut Fields<S>) -> Result<(), S::Error> {
        let exists = match self.presence {
            Presence::Known => Some(true),
            Presence::Missing => Some(false),
            Presence::Unknown => None,
        };
        to.put("name", format!("{}/{}", self.namespace, self.name))?;
        to.put("for", if self.is_ca { "ca" } else { "certificate" })?;
        to.put("exists", exists)?;
        to.some("reason", cells::secret_mark(self))
    }
}

/// An object that Istio or the API server would refuse.
struct NeverAdmitted<'a> {
    refused: &'a crate::mesh::Refused,
    sources: &'a Sources,
}

impl Message for NeverAdmitted<'_> {
    fn fields<S: Serializer>(&self, to: &mut Fields<S>) -> Result<(), S::Error> {
        let (refused, sources) = (self.refused, self.sources);
        to.put("kind", refused.meta.kind())?;
        to.put("namespace", refused.meta.namespace())?;
        to.put("name", refused.meta.name())?;
        let judges = [(refused.by_istio, Judge::Istio), (refused.by_schema, Judge::Schema)];
        let judges = judges.into_iter().filter(|(rejects, _)| *rejects);
        to.put("rejectedBy", judges.map(|(_, judge)| judge.as_str()).collect::<Vec<_>>())?;
        to.put("reason", &refused.reason)?;
        to.put("file", &sources.get(refused.span.source).name)?;
        to.put("line", sources.place(refused.span).line)
    }
}

/// An object that stands in several files with different text.
struct ContestedWire<'a> {
    places: &'a [&'a Meta],
    sources: &'a Sources,
}

impl<'a> Message for ContestedWire<'a> {
    fn fields<S: Serializer>(&self, to: &mut Fields<S>) -> Result<(), S::Error> {
        let [others @ .., taken] = self.places else { return Ok(()) };
        let place = |meta: &&'a Meta| Text { meta, sources: self.sources };
        to.put("kind", taken.kind())?;
        to.put("namespace", taken.namespace())?;
        to.put("name", taken.name())?;
        to.put("taken", Json(&place(taken)))?;
        let others: Vec<_> = others.iter().map(place).collect();
        to.put("others", Json(&others[..]))
    }
}

/// Where a text of an object stands.
struct Text<'a> {
    meta: &'a Meta,
    sources: &'a Sources,
}

impl Message for Text<'_> {
    fn fields<S: Serializer>(&self, to: &mut Fields<S>) -> Result<(), S::Error> {
        let span = self.meta.name_span;
        to.put("file", &self.sources.get(span.source).name)?;
        to.put("line", self.sources.place(span).line)
    }
}

/// Something that is written and not in the table.
struct LostWire<'a> {
    lost: Lost<'a>,
    view: &'a View<'a>,
}

impl Message for LostWire<'_> {
    fn fields<S: Serializer>(&self, to: &mut Fields<S>) -> Result<(), S::Error> {
        let (lost, places) = (&self.lost, self.view.places());
        let server = lost.server.map(|server| server.origin);
        let server = server.filter(|server| *server != lost.what);
        to.put("what", Json(&places.of(lost.what)))?;
        to.put("reason", lost.word)?;
        to.put("why", &lost.why)?;
        to.some("by", lost.by.map(|by| places.of(by)).as_ref().map(Json))?;
        to.some("server", server.map(|server| places.of(server)).as_ref().map(Json))?;
        to.plain("unknown", lost.is_unknown)
    }
}

/// What Envoy refuses.
struct Refused<'a> {
    rejected: &'a Rejected,
    view: &'a View<'a>,
}

impl Message for Refused<'_> {
    fn fields<S: Serializer>(&self, to: &mut Fields<S>) -> Result<(), S::Error> {
        self.rejected.fields(to)?;
        to.put("sources", self.view.places().all(&self.rejected.origins))
    }
}
