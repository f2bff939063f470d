//! Hosts that a VirtualService wants and no server accepts: the words that GW304, GW305 and GW307 share.

use rustc_hash::FxHashSet;
use thin_vec::ThinVec;

use super::findings::{Findings, Report, add_new};
use super::nearest::{Comparisons, OF_FINDING, nearest_of};
use super::server::{ByServer, ServerRef};
use super::{Presence, World, is_placeholder, presence};
use crate::envoy::Admission;
use crate::finding::Rule;
use crate::mesh::host::is_wildcard;
use crate::mesh::{ObjectRef, Origin, Part, VirtualService};
use crate::text::{Span, Spanned, Str, Word};

/// How many servers a finding shows.
const SHOWN: usize = 3;

/// Among how many hosts of servers a finding looks for those that are meant.
const SEEN: usize = 2 * OF_FINDING;

/// `spec.hosts[at]`.
pub(super) fn host_origin(service: &VirtualService, at: usize) -> Origin {
    let part = Part::Host(u32::try_from(at).expect("fewer than 2^32 hosts in a document"));
    Origin::new(ObjectRef::VirtualService(service.index), part, service.hosts[at].span)
}

/// The hosts of a VirtualService by what becomes of them.
pub(super) struct Hosts {
    /// Accepted by some server.
    pub(super) accepted: Vec<usize>,
    /// Accepted by none, also for want of the right namespace.
    pub(super) others: Vec<usize>,
    /// Whether nobody knows about some host.
    pub(super) is_any_unknown: bool,
}

/// Sorts the hosts of a VirtualService by what becomes of them.
pub(super) fn unaccepted(world: &World<'_>, at: u32) -> Hosts {
    let mut hosts = Hosts { accepted: Vec::new(), others: Vec::new(), is_any_unknown: false };
    for (index, admission) in world.admissions(at).iter().enumerate() {
        match admission {
            Some(Admission::Served) => hosts.accepted.push(index),
            Some(Admission::OtherNamespace | Admission::Unserved) => hosts.others.push(index),
            None => hosts.is_any_unknown = true,
        }
    }
    hosts
}

/// What is lost with hosts of a VirtualService.
#[derive(Debug)]
pub(super) struct Losses {
    /// Where no host is left, the rules that have no other way in.
    rules: Vec<Origin>,
}

impl Losses {
    /// Asked once for all hosts.
    pub(super) fn of(world: &World<'_>, service: &VirtualService) -> Self {
        let mut hosts = (0..service.hosts.len()).map(|at| host_origin(service, at));
        let is_none_left = !hosts.any(|host| world.is_reached(host));
        let rules = if is_none_left { world.unreached_rules(service) } else { Vec::new() };
        Self { rules }
    }

    /// Elements that are lost with a host: itself, and the rules.
    pub(super) fn with(&self, world: &World<'_>, host: Origin) -> Vec<Origin> {
        let mut lost = world.unless_reached(host);
        lost.extend(&self.rules);
        lost
    }
}

/// Counts a check that is not made because nobody knows a Gateway that a VirtualService names.
pub(super) fn skip_for_gateways(
    world: &World<'_>,
    out: &mut Findings,
    rule: &'static Rule,
    service: &VirtualService,
) {
    let own = world.mesh.store.meta(ObjectRef::VirtualService(service.index));
    let mut namespaces: Vec<&str> = Vec::new();
    let mut unread = None;
    for name in service.gateways.iter().filter(|name| !is_placeholder(name)) {
        let Some((namespace, short)) = name.split_once('/') else { continue };
        let is_unknown = world.presence_of_gateway(own, namespace, short) == Presence::Unknown;
        if is_unknown && !namespaces.contains(&namespace) {
            namespaces.push(namespace);
        }
        if is_unknown && unread.is_none() {
            unread = presence::unread_named(world, "Gateway", namespace, short);
        }
    }
    if !namespaces.is_empty() {
        let missing = || format!("Gateway of namespace {}", namespaces.join(" and "));
        out.skip_unread(rule, unread, missing);
    }
}

/// Whether a VirtualService also applies to sidecars.
pub(super) fn binds_mesh(service: &VirtualService) -> bool {
    service.gateways.iter().any(|name| name.value == "mesh")
}

/// What clients of hosts of a VirtualService that no server accepts see.
#[derive(Debug)]
pub(super) struct Consequence {
    /// Whether the VirtualService has rules for HTTP.
    is_http: bool,
    /// Where nothing answers; none: nobody knows, as an Ingress or an object of the Gateway API may answer.
    unanswered: Option<&'static str>,
}

impl Consequence {
    /// Of a VirtualService and the servers of its Gateways.
    pub(super) fn new(
        world: &World<'_>,
        service: &VirtualService,
        servers: &[ServerRef<'_>],
    ) -> Self {
        let is_open = |server: &ServerRef<'_>| {
            let mut listeners = server.table.listeners.iter();
            listeners.any(|listener| listener.address.port() == server.record.port)
        };
        let unanswered = if !world.mesh.store.unmodelled.is_empty() {
            None
        } else if servers.iter().any(|s| s.record.is_live && s.server.protocol().is_http()) {
            Some("requests for it get 404 (NR)")
        } else if servers.iter().any(is_open) {
            Some("connections for it are closed")
        } else {
            Some("connections for it are refused")
        };
        Self { is_http: !service.http.is_empty(), unanswered }
    }

    /// Those of a host; none: nobody knows.
    pub(super) fn of(&self, world: &World<'_>, host: &str) -> Option<&'static str> {
        if !self.is_http || world.is_answered(host) {
            Some("the rules for it are never used there")
        } else {
            self.unanswered
        }
    }
}

/// Each server once, whichever the proxy and port.
pub(super) fn distinct<'a>(servers: &[ServerRef<'a>]) -> Vec<ServerRef<'a>> {
    if servers.len() < 2 {
        return servers.to_vec();
    }
    let mut known = FxHashSet::default();
    servers.iter().filter(|server| known.insert(server.number())).copied().collect()
}

/// A list of names in backquotes, shortened.
pub(super) fn list<'t>(names: impl IntoIterator<Item = &'t str>) -> String {
    let mut distinct: ThinVec<&str> = ThinVec::new();
    add_new(&mut distinct, names);
    let shown = distinct.iter().take(4).map(|name| format!("`{name}`")).collect::<Vec<_>>();
    let shown = shown.join(", ");
    if distinct.len() > 4 { format!("{shown} and {} more", distinct.len() - 4) } else { shown }
}

/// Names of the Gateways of servers.
pub(super) fn gateways(servers: &[ServerRef<'_>]) -> String {
    let mut known = FxHashSet::default();
    let once = servers.iter().filter(|server| known.insert(server.record.gateway));
    let names: Vec<String> = once.map(ServerRef::name).collect();
    list(names.iter().map(String::as_str))
}

/// Where the hosts of a server begin.
pub(super) fn hosts_span(server: &ServerRef<'_>) -> Span {
    server.server.hosts.first().map_or(server.server.span, |host| host.span)
}

/// The servers that come nearest to hosts that none accepts, for all findings of a check.
#[derive(Debug)]
pub(super) struct NearServers<'a> {
    comparisons: Comparisons,
    /// What servers accept, in words.
    accepted: ByServer<String>,
    /// The hosts of servers, of each as many as a finding looks through, and whether they are wildcards.
    words: ByServer<Vec<(Word<'a>, bool)>>,
}

impl<'a> NearServers<'a> {
    /// For a check.
    pub(super) fn new() -> Self {
        let (accepted, words) = (ByServer::default(), ByServer::default());
        Self { comparisons: Comparisons::of_check(), accepted, words }
    }

    /// Adds the servers that come nearest to a host, of some that differ, and help where a host of one is near enough to
    /// be meant. Where the comparisons are used up, the first servers stand for the nearest.
    pub(super) fn show(&mut self, report: &mut Report, host: &str, servers: &[ServerRef<'a>]) {
        let nearest = self.nearest(host, servers);
        for server in nearest {
            let port = server.server.port_number();
            let text = self.accepted.of(&server, || {
                let (name, hosts) = (server.name(), list(texts(&server)));
                format!("`{name}` accepts only {hosts} on port {port}")
            });
            report.label(hosts_span(&server), text);
        }
        report.help(match self.meant(host, servers) {
            Some(meant) => format!(
                "write `{meant}` if that is what is meant, or add `{host}` to the hosts of a server"
            ),
            None => format!("add `{host}` to the hosts of a server, or bind a Gateway that has it"),
        });
    }

    fn nearest(&mut self, host: &str, servers: &[ServerRef<'a>]) -> Vec<ServerRef<'a>> {
        if servers.len() == 1 {
            return servers.to_vec();
        }
        let Self { comparisons, words, .. } = self;
        let (word, some) = (Word::new(host), servers.iter().copied().take(OF_FINDING));
        comparisons.for_finding(|few| {
            nearest_of(some, SHOWN, |server, limit| {
                let words = words.of(&server, || words_of(&server)).iter().map(|(word, _)| *word);
                few.nearest(&word, words, limit).map(|(_, edits)| edits)
            })
        })
    }

    /// The host of a server that is near enough to be meant.
    fn meant(&mut self, host: &str, servers: &[ServerRef<'a>]) -> Option<&'a str> {
        let Self { comparisons, words, .. } = self;
        if comparisons.are_used_up() {
            return None;
        }
        let mut left = SEEN;
        for server in servers.iter().take(SEEN) {
            left = left.saturating_sub(words.of(server, || words_of(server)).len());
            if left == 0 {
                break;
            }
        }
        let words = servers.iter().filter_map(|server| words.get(server)).flatten().take(SEEN);
        // A wildcard is no other spelling of a name.
        let is_own_wild = is_wildcard(host);
        let alike = words.filter(|(_, is_wild)| *is_wild == is_own_wild).map(|(word, _)| *word);
        comparisons.for_finding(|few| few.did_you_mean(host, alike))
    }
}

/// The hosts of a server, as many as a finding looks through.
fn words_of<'a>(server: &ServerRef<'a>) -> Vec<(Word<'a>, bool)> {
    texts(server).take(SEEN).map(|host| (Word::new(host), is_wildcard(host))).collect()
}

/// The hosts of a server without their namespaces.
fn texts<'a>(server: &ServerRef<'a>) -> impl Iterator<Item = &'a str> {
    server.server.hosts.iter().map(bare)
}

/// A server's host without its namespace.
pub(super) fn bare(host: &Spanned<Str>) -> &str {
    host.value.split_once('/').map_or(host.value.as_str(), |(_, name)| name)
}

/// The namespace that a host of a server is for: none before it, or `*`, is all of them.
pub(super) fn namespace<'s>(server: &ServerRef<'s>, host: &'s Spanned<Str>) -> &'s str {
    match host.value.split_once('/') {
        Some((".", _)) => server.gateway.meta.namespace(),
        Some((namespace, _)) => namespace,
        None => "*",
    }
}
