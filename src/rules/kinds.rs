//! Which kind of rules (`http`, `tls`, `tcp`) a server takes, and the rules of a VirtualService for which none of its
//! servers is of their kind: what GW219, GW220 and GW314 share.

use super::World;
use super::findings::Report;
use super::hosts::{binds_mesh, distinct};
use super::server::ServerRef;
use crate::envoy::Admission;
use crate::finding::Severity;
use crate::istio::gateway::{Protocol, TlsMode};
use crate::mesh::names::gateway_name;
use crate::mesh::{ObjectRef, Origin, Part, VirtualService};
use crate::text::{Span, Spanned, Str};

/// How many servers a finding shows.
pub(super) const SHOWN: usize = 3;

/// A block of rules of a VirtualService.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    Http,
    Tls,
    Tcp,
}

impl Kind {
    /// As it is written.
    pub(super) fn as_str(self) -> &'static str {
        match self {
            Self::Http => "http",
            Self::Tls => "tls",
            Self::Tcp => "tcp",
        }
    }
}

/// What a server does with connections.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Use {
    /// Speaks HTTP in plain text.
    PlainHttp,
    /// Terminates TLS and speaks HTTP.
    Https,
    /// Terminates TLS and forwards what is inside.
    TerminatedTls,
    /// Forwards TLS by server name.
    Passthrough,
    /// Forwards TLS to what the server name says, without rules.
    AutoPassthrough,
    /// Forwards bytes.
    PlainTcp,
}

impl Use {
    /// That of a server; none where Istio refuses it (HTTPS without `tls`).
    pub(super) fn of(server: &ServerRef<'_>) -> Option<Self> {
        let server = server.server;
        let is_https = server.protocol() == Protocol::Https;
        match server.tls_mode() {
            _ if server.protocol().is_http() => Some(Self::PlainHttp),
            None if is_https => None,
            None => Some(Self::PlainTcp),
            Some(TlsMode::AutoPassthrough) => Some(Self::AutoPassthrough),
            Some(TlsMode::Passthrough) => Some(Self::Passthrough),
            Some(_) if is_https => Some(Self::Https),
            Some(_) => Some(Self::TerminatedTls),
        }
    }

    /// The rules that such a server takes.
    fn takes(self) -> Option<Kind> {
        match self {
            Self::PlainHttp | Self::Https => Some(Kind::Http),
            Self::Passthrough => Some(Kind::Tls),
            Self::TerminatedTls | Self::PlainTcp => Some(Kind::Tcp),
            Self::AutoPassthrough => None,
        }
    }

    /// Whether TLS ends at such a server.
    pub(super) fn terminates(self) -> bool {
        matches!(self, Self::Https | Self::TerminatedTls)
    }

    /// What such a server is, for a label.
    pub(super) fn words(self) -> &'static str {
        match self {
            Self::PlainHttp => "plain HTTP: takes `http` rules",
            Self::Https => "terminates TLS and speaks HTTP: takes `http` rules",
            Self::TerminatedTls => "terminates TLS and forwards what is inside: takes `tcp` rules",
            Self::Passthrough => "forwards TLS as it is: takes `tls` rules",
            Self::AutoPassthrough => "forwards TLS by its server name: takes no rules",
            Self::PlainTcp => "forwards bytes: takes `tcp` rules",
        }
    }
}

/// Rules of one kind that no server takes.
pub(super) struct Misfit<'a> {
    pub(super) kind: Kind,
    /// The rules.
    pub(super) rules: Vec<Origin>,
    /// The servers that accept a host and are meant by the rules; not empty.
    pub(super) servers: Vec<ServerRef<'a>>,
    /// What they do with connections.
    pub(super) uses: Vec<Use>,
}

impl<'a> Misfit<'a> {
    /// Whether this is about a server that terminates TLS and forwards what is inside, of a VirtualService without a
    /// rule for it: GW220.
    pub(super) fn wants_tcp(&self, all: &[Misfit<'a>], has_tcp: bool) -> bool {
        let is_terminated = |one: &Use| *one == Use::TerminatedTls;
        self.kind != Kind::Tcp
            && !has_tcp
            && all.iter().all(|misfit| misfit.uses.iter().all(is_terminated))
    }

    /// Whether every server forwards TLS as it is: GW218, of `http` rules.
    pub(super) fn is_passthrough(&self) -> bool {
        let forwards = |one: &Use| matches!(one, Use::Passthrough | Use::AutoPassthrough);
        self.uses.iter().all(forwards)
    }

    /// The kind of rules that a server takes.
    pub(super) fn taken(&self) -> Option<Kind> {
        self.uses.iter().find_map(|used| used.takes())
    }

    /// The names and ports of the servers.
    pub(super) fn places(&self) -> String {
        let place = |server: &ServerRef<'_>| {
            format!("`{}` on port {}", server.name(), server.server.port_number())
        };
        let shown: Vec<String> = self.servers.iter().take(SHOWN).map(place).collect();
        match self.servers.len() - shown.len() {
            0 => shown.join(" and "),
            more => format!("{} and {more} more", shown.join(", ")),
        }
    }

    /// Adds what all findings about such rules say: the servers, what is lost, and that the mesh may use the rules.
    pub(super) fn tell(
        &self,
        world: &World<'_>,
        at: u32,
        service: &VirtualService,
        report: &mut Report,
    ) {
        report.here("never used");
        for server in &self.servers {
            report.about(server.server.span);
        }
        for server in self.servers.iter().take(SHOWN) {
            if let Some(used) = Use::of(server) {
                report.label(kind_span(server), used.words());
            }
        }
        report.unreached(world.elements(self.lost(world, at, service)));
        if binds_mesh(service) {
            report.severity(Severity::Info);
        }
    }

    /// Without any rule that is used, the hosts are lost, too.
    fn lost(&self, world: &World<'_>, at: u32, service: &VirtualService) -> Vec<Origin> {
        let mut lost = Vec::new();
        if self.kind != Kind::Http {
            lost.extend(self.rules.iter().flat_map(|&rule| world.unless_reached(rule)));
        }
        if self.kind == Kind::Http || service.http.is_empty() {
            lost.extend(world.unreached_accepted(at, service));
        }
        if self.kind == Kind::Http {
            lost.extend(world.unreached_delegated(service, |_| true));
        }
        lost
    }
}

/// The rules of a VirtualService that no server takes which accepts a host of it, by kind; none where nobody knows: a
/// Gateway or what a server is.
pub(super) fn misfits<'a>(
    world: &World<'a>,
    at: u32,
    service: &VirtualService,
) -> Option<Vec<Misfit<'a>>> {
    if is_plain(world, at, service) {
        return Some(Vec::new());
    }
    let servers = distinct(&world.servers_accepting(at));
    let known: Option<Vec<Candidate<'a>>> = servers.into_iter().map(Candidate::new).collect();
    let known = known.filter(|_| !world.is_any_server_unrecorded(service))?;
    let mut found = Vec::new();
    for kind in [Kind::Http, Kind::Tls, Kind::Tcp] {
        let mut lost = Vec::new();
        let mut is_meant = vec![false; known.len()];
        for rule in rules(world, service, kind) {
            let meant = |one: &Candidate<'_>| rule.is_for(one, service);
            if known.iter().any(|one| one.used.takes() == Some(kind) && meant(one)) {
                continue;
            }
            let is_of_kind = |one: &Candidate<'_>| one.used.takes() == Some(kind);
            let is_any_of_kind =
                known.iter().any(|one| one.server.record.is_live && is_of_kind(one));
            // Where no server is of the kind, another port in the match would change nothing.
            let is_any_meant = is_any_of_kind || known.iter().any(meant);
            let concerns = |one: &Candidate<'_>| {
                if is_any_meant { meant(one) } else { !is_of_kind(one) && rule.names(one, service) }
            };
            let mut is_lost = false;
            for (_, is_meant) in known.iter().zip(&mut is_meant).filter(|(one, _)| concerns(one)) {
                *is_meant = true;
                is_lost = true;
            }
            if is_lost {
                lost.push(rule.origin);
            }
        }
        // Other `http` rules may well be used, and those of delegates: then it is no matter of kinds.
        let is_taken = known.iter().any(|one| one.used.takes() == Some(Kind::Http));
        if lost.is_empty() || (kind == Kind::Http && is_taken) {
            continue;
        }
        let meant =
            known.iter().zip(is_meant).filter_map(|(one, is_meant)| is_meant.then_some(one));
        let (servers, uses) = meant.map(|one| (one.server, one.used)).unzip();
        found.push(Misfit { kind, rules: lost, servers, uses });
    }
    (found.is_empty() || world.knows_gateways_of(service)).then_some(found)
}

/// Whether a VirtualService is what nearly all are: `http` rules and a server that speaks HTTP.
fn is_plain(world: &World<'_>, at: u32, service: &VirtualService) -> bool {
    let spec = &world.mesh.store.virtual_services[service.index as usize].spec;
    let accepting =
        world.bindings_of(at).filter(|(_, binding)| binding.hosts.contains(&Admission::Served));
    let mut servers = accepting.filter_map(|(table, binding)| world.server(table, binding.server));
    spec.tls.is_empty() && spec.tcp.is_empty() && servers.any(|server| server.server.is_http())
}

/// A server that accepts a host.
struct Candidate<'a> {
    server: ServerRef<'a>,
    used: Use,
    name: String,
    port: u32,
}

impl<'a> Candidate<'a> {
    fn new(server: ServerRef<'a>) -> Option<Self> {
        let (name, port) = (server.name(), server.server.port_number());
        Use::of(&server).map(|used| Self { server, used, name, port })
    }
}

/// Port and Gateways that a match is for.
type Condition<'a> = (Option<Spanned<u32>>, &'a [Spanned<Str>]);

/// A rule as written, with the conditions that choose among servers.
struct Written<'a> {
    origin: Origin,
    /// One for each match; without matches the rule is for all servers.
    conditions: Vec<Condition<'a>>,
}

impl Written<'_> {
    fn is_for(&self, server: &Candidate<'_>, service: &VirtualService) -> bool {
        let holds = |(port, gateways): &Condition<'_>| {
            port.is_none_or(|port| port.value == 0 || port.value == server.port)
                && is_named(gateways, server, service)
        };
        self.conditions.is_empty() || self.conditions.iter().any(holds)
    }

    /// Whether the rule is for the Gateway of a server, whatever the port.
    fn names(&self, server: &Candidate<'_>, service: &VirtualService) -> bool {
        let mut conditions = self.conditions.iter();
        self.conditions.is_empty()
            || conditions.any(|(_, gateways)| is_named(gateways, server, service))
    }
}

/// Whether a list of Gateways has that of a server, or none at all.
fn is_named(gateways: &[Spanned<Str>], server: &Candidate<'_>, service: &VirtualService) -> bool {
    let named = |one: &Spanned<Str>| gateway_name(&one.value, &service.namespace) == server.name;
    gateways.is_empty() || gateways.iter().any(named)
}

/// The rules of a VirtualService of one kind, as they are written.
fn rules<'a>(world: &World<'a>, service: &VirtualService, kind: Kind) -> Vec<Written<'a>> {
    let this = ObjectRef::VirtualService(service.index);
    let spec = &world.mesh.store.virtual_services[service.index as usize].spec;
    macro_rules! written {
        ($rules:expr, $part:path) => {
            (0..)
                .zip($rules)
                .map(|(i, rule)| Written {
                    origin: Origin::new(this, $part(i), rule.span),
                    conditions: rule
                        .matches
                        .iter()
                        .map(|wanted| (wanted.port, wanted.gateways.as_slice()))
                        .collect(),
                })
                .collect()
        };
    }
    match kind {
        Kind::Http => written!(&spec.http, Part::Http),
        Kind::Tls => written!(&spec.tls, Part::Tls),
        Kind::Tcp => written!(&spec.tcp, Part::Tcp),
    }
}

/// Where a server says what it does with connections.
pub(super) fn kind_span(server: &ServerRef<'_>) -> Span {
    let tls = server.server.tls.as_ref();
    let mode = tls.map(|tls| tls.mode.map_or(tls.span, |mode| mode.span));
    let port = server.server.port.as_ref();
    let protocol = port.and_then(|port| port.protocol.as_ref()).map(|text| text.span);
    match Use::of(server) {
        Some(Use::Passthrough | Use::AutoPassthrough) => mode,
        _ => protocol.or(mode),
    }
    .unwrap_or(server.server.span)
}
