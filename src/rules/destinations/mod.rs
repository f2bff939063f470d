//! Where the rules of VirtualServices send requests and connections: the destinations as they are written, and what the
//! input says of the services and DestinationRules behind them. Knows no rule.

mod collector;
mod homes;
pub(super) mod ports;
pub(super) mod proof;
pub(super) mod subsets;

use std::hash::Hash;

use rustc_hash::{FxHashMap, FxHashSet};

use self::collector::{By, Collector, Groups};
use self::homes::Homes;
use super::marks::{AllMarks, Marks};
use super::server::ServerRef;
use super::world::virtual_services;
use super::{ClusterPresences, Complete, Unread, World};
use crate::istio::virtual_service::{Destination, HttpRoute, VirtualService as Written};
use crate::mesh::names::{fqdn, gateway_name};
use crate::mesh::{Effective, Mesh, ObjectRef, Rule, Service};
use crate::text::{Span, Spanned, Str};

/// The destinations of all rules that are for gateways.
#[derive(Debug)]
pub(super) struct Destinations<'a> {
    /// In the order of the VirtualServices. A delegate's are there for each of its roots.
    all: Vec<Used<'a>>,
    /// Those of each object and host.
    groups: Groups,
    /// What the input says of services.
    pub(super) presences: ClusterPresences<'a>,
    /// What its Services prove; made when it is asked for.
    proof: proof::Proof,
    /// DestinationRules by completed host, by index in the store; of wildcards, by what follows the `*`.
    by_host: FxHashMap<String, Vec<u32>>,
    by_tail: FxHashMap<String, Vec<u32>>,
}

/// A destination of a rule.
#[derive(Clone, Debug)]
pub(super) struct Used<'a> {
    /// As written.
    pub(super) written: &'a Destination,
    /// The host as written.
    pub(super) text: &'a Spanned<Str>,
    /// The host, completed.
    pub(super) host: Str,
    /// The namespace in which the host is read.
    pub(super) namespace: &'a str,
    /// The VirtualService in which it is written; a delegate, where the rule is one's.
    pub(super) object: ObjectRef,
    /// The VirtualService that is bound to Gateways, by index in `Mesh::virtual_services`.
    pub(super) service: u32,
    /// What is sent there.
    pub(super) way: Way<'a>,
}

/// What is sent to a destination.
#[derive(Clone, Copy, Debug)]
pub(super) enum Way<'a> {
    /// Requests.
    Http(&'a Rule),
    /// Copies of requests.
    Mirror(&'a Rule),
    /// Connections.
    L4,
}

impl<'a> Destinations<'a> {
    /// Those of a mesh; `complete`: kinds of which the input holds every object, `unread`: what could not be read.
    pub(super) fn new(
        mesh: &'a Mesh,
        marks: &AllMarks,
        complete: &'a Complete,
        unread: &'a Unread,
    ) -> Self {
        let services = &mesh.virtual_services.all;
        // Mostly a rule leads to one host.
        let rules = services.iter().map(|service| service.http.len()).sum();
        let mut collector = Collector::new(&mesh.domain, rules, services.len());
        let homes = Homes::new(mesh);
        for (at, service) in virtual_services(mesh) {
            let written = &mesh.store.virtual_services[service.index as usize].spec;
            let is_any_for_gateways = |(number, rule): &(u32, &Rule)| {
                !marks.has_rule(at, *number, Marks::GATEWAYS) || is_for_gateways(rule)
            };
            for (_, rule) in (0..).zip(&service.http).filter(is_any_for_gateways) {
                let mut add = |to: &'a Destination, way| {
                    let Some((home, text)) = homes.of(rule, to) else { return };
                    let by = By { object: home.object, service: at, namespace: home.namespace };
                    collector.add(&by, to, text, way);
                };
                forwarded(&rule.http).for_each(|to| add(to, Way::Http(rule)));
                mirrored(&rule.http).for_each(|to| add(to, Way::Mirror(rule)));
            }
            let object = ObjectRef::VirtualService(service.index);
            let by = By { object, service: at, namespace: &service.namespace };
            add_l4(&mut collector, &by, written);
        }
        let (all, groups) = collector.into_parts();
        let (by_host, by_tail) = rules_by_host(mesh);
        let presences = ClusterPresences::new(mesh, complete, unread);
        Self { all, groups, presences, proof: proof::Proof::default(), by_host, by_tail }
    }

    /// The destinations, in the order in which they are written.
    pub(super) fn iter(&self) -> impl Iterator<Item = &Used<'a>> {
        self.all.iter()
    }

    /// The destinations, those of one object and host together.
    pub(super) fn groups(&self) -> impl Iterator<Item = Group<'_, 'a>> {
        self.groups.firsts().map(|first| Group { all: &self.all, groups: &self.groups, first })
    }

    /// DestinationRules of any namespace whose host covers a host.
    pub(super) fn covering(&self, host: &str) -> impl Iterator<Item = u32> {
        let named = self.by_host.get(host).into_iter().flatten();
        // Mostly there is no wildcard.
        let host = if self.by_tail.is_empty() { "" } else { host };
        let tails = host.char_indices().map(|(at, _)| &host[at..]);
        let wild = tails.chain([""]).filter_map(|tail| self.by_tail.get(tail)).flatten();
        named.chain(wild).copied()
    }

    /// DestinationRules of any namespace for the very host.
    pub(super) fn of_host(&self, host: &str) -> &[u32] {
        self.by_host.get(host).map_or(&[], Vec::as_slice)
    }
}

/// The destinations of one object and host; at least one.
#[derive(Clone, Copy, Debug)]
pub(super) struct Group<'s, 'a> {
    all: &'s [Used<'a>],
    groups: &'s Groups,
    first: u32,
}

impl<'s, 'a> Group<'s, 'a> {
    /// The first one.
    pub(super) fn first(self) -> &'s Used<'a> {
        &self.all[self.first as usize]
    }

    /// All of them, in the order in which they are written.
    pub(super) fn iter(self) -> impl Iterator<Item = &'s Used<'a>> {
        self.groups.from(self.first).map(move |at| &self.all[at as usize])
    }

    /// Those that have a key, by it.
    pub(super) fn by<K: Hash + Eq>(
        self,
        key: impl Fn(&'s Used<'a>) -> Option<K>,
    ) -> Vec<Vec<&'s Used<'a>>> {
        let mut groups: Vec<Vec<&Used<'a>>> = Vec::new();
        let mut known: FxHashMap<K, usize> = FxHashMap::default();
        for used in self.iter() {
            let Some(key) = key(used) else { continue };
            let at = *known.entry(key).or_insert_with(|| {
                groups.push(Vec::new());
                groups.len() - 1
            });
            groups[at].push(used);
        }
        groups
    }
}

impl<'a> Used<'a> {
    /// The subset, where one is written.
    pub(super) fn subset(&self) -> Option<&'a Spanned<Str>> {
        self.written.subset.as_ref().filter(|subset| !subset.value.is_empty())
    }

    /// The name of the subset, where one is written.
    pub(super) fn subset_name(&self) -> Option<&'a str> {
        self.subset().map(|subset| subset.value.as_str())
    }

    /// The port, where one is written.
    pub(super) fn port(&self) -> Option<Spanned<u32>> {
        self.written.port.as_ref()?.number.filter(|number| number.value != 0)
    }

    /// The port, where one is written, else the destination.
    pub(super) fn port_span(&self) -> Span {
        self.port().map_or(self.written.span, |port| port.span)
    }

    /// The subset, where one is written, else the destination.
    pub(super) fn subset_span(&self) -> Span {
        self.subset().map_or(self.written.span, |subset| subset.span)
    }

    /// What becomes of what is sent to a cluster that does not exist.
    pub(super) fn consequence(&self) -> &'static str {
        match self.way {
            Way::Http(_) => "requests get 503 (NC)",
            Way::Mirror(_) => "the copies are lost",
            Way::L4 => "connections are closed",
        }
    }

    /// The servers through which it is reached.
    pub(super) fn servers<'w>(&self, world: &World<'w>) -> Vec<ServerRef<'w>> {
        Servers::default().of(world, self)
    }

    /// Whether it is reached through a server that accepts its VirtualService.
    pub(super) fn is_behind(&self, server: &ServerRef<'_>) -> bool {
        let (Way::Http(rule) | Way::Mirror(rule)) = self.way else {
            return !server.server.is_http();
        };
        let port = server.server.port_number();
        let fits = |wanted: &crate::istio::virtual_service::HttpMatch| {
            let is_this = |gateway: &Spanned<Str>| {
                gateway_name(&gateway.value, &rule.namespace) == server.name()
            };
            (wanted.gateways.is_empty() || wanted.gateways.iter().any(is_this))
                && wanted
                    .port
                    .is_none_or(|number| matches!(number.value, 0) || number.value == port)
        };
        let matches = &rule.http.matches;
        server.server.is_http() && (matches.is_empty() || matches.iter().any(fits))
    }

    /// The service that it means on the proxy of a server, and the port there, if that is known.
    pub(super) fn target<'w>(
        &self,
        world: &World<'w>,
        server: &ServerRef<'_>,
    ) -> Option<(&'w Service, u32)> {
        let (services, proxy) = (&world.mesh.services, &server.table.proxy.namespace);
        let root = &world.mesh.virtual_services.all[self.service as usize].namespace;
        let target = match self.way {
            Way::L4 => services.for_tcp(&self.host, proxy),
            _ => services.for_http(&self.host, root, proxy),
        }?;
        let port = match (self.port(), target.ports) {
            (Some(port), _) => port.value,
            (None, [only]) => only.number,
            (None, _) => server.server.port_number(),
        };
        Some((target.service, port))
    }

    /// The DestinationRule that holds for it on the proxy of a server (spec 2, R-9.3).
    pub(super) fn effective<'w>(
        &self,
        world: &World<'w>,
        server: &ServerRef<'_>,
    ) -> Option<Effective<'w>> {
        let (mesh, proxy) = (world.mesh, &server.table.proxy);
        let service = mesh.services.in_scope(&self.host, &proxy.namespace)?;
        mesh.destination_rules.effective(&mesh.store, service, proxy)
    }
}

/// The servers of destinations, of which those of one VirtualService follow each other.
#[derive(Debug, Default)]
pub(super) struct Servers<'w> {
    /// Those that take part and accept the last VirtualService.
    accepting: Option<(u32, Vec<ServerRef<'w>>)>,
}

impl<'w> Servers<'w> {
    /// The servers through which a destination is reached.
    pub(super) fn of(&mut self, world: &World<'w>, used: &Used<'_>) -> Vec<ServerRef<'w>> {
        let all = self.accepting(world, used.service).iter();
        all.filter(|server| used.is_behind(server)).copied().collect()
    }

    /// Those that take part and accept a VirtualService.
    pub(super) fn accepting(&mut self, world: &World<'w>, service: u32) -> &[ServerRef<'w>] {
        let same = self.accepting.take().filter(|(known, _)| *known == service);
        let (_, all) = self.accepting.insert(same.unwrap_or_else(|| {
            let mut all = world.servers_accepting(service);
            all.retain(|server| server.record.is_live);
            (service, all)
        }));
        all
    }
}

/// The places of a mistake that destinations share, each once and with the destination that makes it there: a delegate's
/// destinations are there for each of its roots. Each place is a finding, as one may be known and another new; those that
/// say the same are drawn together (`report::fold`).
pub(super) fn places<'s, 'a: 's>(
    group: impl IntoIterator<Item = &'s Used<'a>>,
    place: impl Fn(&Used<'a>) -> Span,
) -> Vec<(&'s Used<'a>, Span)> {
    mistaken(group, place, |_| Some(())).into_iter().map(|(used, span, ())| (used, span)).collect()
}

/// The places, each once, at which something is found to be wrong.
pub(super) fn mistaken<'s, 'a: 's, T>(
    group: impl IntoIterator<Item = &'s Used<'a>>,
    place: impl Fn(&Used<'a>) -> Span,
    mut wrong: impl FnMut(&Used<'a>) -> Option<T>,
) -> Vec<(&'s Used<'a>, Span, T)> {
    let mut known: FxHashSet<Span> = FxHashSet::default();
    let mut all = Vec::new();
    for used in group {
        let span = place(used);
        if known.contains(&span) {
            continue;
        }
        if let Some(what) = wrong(used) {
            known.insert(span);
            all.push((used, span, what));
        }
    }
    all
}

/// The destinations of a rule that get a share of the requests (spec 2, R-7.19).
fn forwarded(rule: &HttpRoute) -> impl Iterator<Item = &Destination> {
    let forwards = rule.redirect.is_none() && rule.direct_response.is_none();
    let count = rule.route.len();
    let entries = rule.route.iter().filter(move |_| forwards);
    let entries = entries.filter(move |entry| has_share(count, entry.weight));
    entries.filter_map(|entry| entry.destination.as_ref())
}

/// The destinations of copies, those that get none aside.
fn mirrored(rule: &HttpRoute) -> impl Iterator<Item = &Destination> {
    let forwards = rule.redirect.is_none() && rule.direct_response.is_none();
    let is_none = match (&rule.mirror_percentage, rule.mirror_percent) {
        (Some(percentage), _) => percentage.number() <= 0.0,
        (None, percent) => percent.is_some_and(|percent| percent.value == 0),
    };
    let single = rule.mirror.as_deref().filter(|_| !is_none);
    let several = rule.mirrors.iter().filter(|mirror| {
        mirror.percentage.as_ref().is_none_or(|percentage| percentage.number() > 0.0)
    });
    let all = single.into_iter().chain(several.filter_map(|mirror| mirror.destination.as_ref()));
    all.filter(move |_| forwards)
}

/// Whether one of `count` destinations gets anything: of several, those without weight get nothing.
fn has_share(count: usize, weight: Option<Spanned<i32>>) -> bool {
    count == 1 || weight.is_some_and(|weight| weight.value > 0)
}

/// Adds the destinations of `tls` and `tcp` rules that are not for sidecars alone.
fn add_l4<'a>(collector: &mut Collector<'a>, by: &By<'a>, written: &'a Written) {
    let tls = written.tls.iter().filter(|rule| {
        rule.matches.is_empty() || rule.matches.iter().any(|one| is_meant(&one.gateways))
    });
    let tcp = written.tcp.iter().filter(|rule| {
        rule.matches.is_empty() || rule.matches.iter().any(|one| is_meant(&one.gateways))
    });
    for route in tls.map(|rule| &rule.route).chain(tcp.map(|rule| &rule.route)) {
        let entries = route.iter().filter(|entry| has_share(route.len(), entry.weight));
        for to in entries.filter_map(|entry| entry.destination.as_ref()) {
            if let Some(text) = &to.host {
                collector.add(by, to, text, Way::L4);
            }
        }
    }
}

/// Whether a rule is not for sidecars alone.
fn is_for_gateways(rule: &Rule) -> bool {
    let matches = &rule.http.matches;
    matches.is_empty() || matches.iter().any(|wanted| is_meant(&wanted.gateways))
}

/// Whether what is for some Gateways, or for all, is not for sidecars alone.
fn is_meant(gateways: &[Spanned<Str>]) -> bool {
    gateways.is_empty() || gateways.iter().any(|name| name.value != "mesh")
}

type ByHost = FxHashMap<String, Vec<u32>>;

/// The DestinationRules by host, and by what follows the `*` of it.
fn rules_by_host(mesh: &Mesh) -> (ByHost, ByHost) {
    let (mut by_host, mut by_tail) = (ByHost::default(), ByHost::default());
    for (at, object) in (0..).zip(&mesh.store.destination_rules) {
        let host = object.spec.host.as_ref().map_or("", |host| host.value.as_str());
        let host = fqdn(host, object.meta.namespace(), &mesh.domain);
        match host.strip_prefix('*') {
            Some(tail) => by_tail.entry(tail.to_owned()).or_default().push(at),
            None => by_host.entry(host).or_default().push(at),
        }
    }
    (by_host, by_tail)
}
