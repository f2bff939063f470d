//! GW214: servers with one certificate whose hosts browsers ask for over one connection.

use std::cell::OnceCell;

use rustc_hash::{FxHashMap, FxHashSet};

use crate::certificate::covers;
use crate::mesh::HostIndex;
use crate::mesh::host::{is_subset, lower_cased};
use crate::rules::SecretPresences;
use crate::rules::credentials::{Shown, shown};
use crate::rules::hosts::{bare, hosts_span, list};
use crate::rules::kinds::Use;
use crate::rules::prelude::*;
use crate::rules::server::ServerRef;
use crate::text::{Spanned, Str};

rule! {
    /// ## What it reports
    /// A host of an HTTPS server for which the certificate of another server of the port is valid, too, where that one does
    /// not serve the host with the same VirtualServices. The names are those of the certificate in the Secret, or the
    /// `dnsNames` of a Certificate; where the input does not tell them, two servers with one Secret or one file are reported.
    ///
    /// ## Why it matters
    /// A browser with an HTTP/2 connection to one host uses it for any other host that the certificate is valid for and
    /// that has the same address. Each server has a filter chain and a route table of its own, and the connection stays
    /// with the one that it was opened for: requests to the other host get 404 (NR), depending on what was visited
    /// first.
    ///
    /// ## Example
    /// ```yaml
    /// apiVersion: networking.istio.io/v1
    /// kind: Gateway
    /// metadata: {name: public, namespace: infra}
    /// spec:
    ///   selector: {istio: ingressgateway}
    ///   servers:
    ///   - port: {number: 443, name: https, protocol: HTTPS}
    ///     hosts: [shop.example.com]
    ///     tls: {mode: SIMPLE, credentialName: example-com}
    ///   - port: {number: 443, name: https-pay, protocol: HTTPS}
    ///     hosts: [pay.example.com]
    ///     tls: {mode: SIMPLE, credentialName: example-com}
    /// ---
    /// apiVersion: networking.istio.io/v1
    /// kind: VirtualService
    /// metadata: {name: shop, namespace: shop}
    /// spec:
    ///   hosts: [shop.example.com]
    ///   gateways: [infra/public]
    ///   http:
    ///   - route: [{destination: {host: web}}]
    /// ---
    /// apiVersion: networking.istio.io/v1
    /// kind: VirtualService
    /// metadata: {name: pay, namespace: shop}
    /// spec:
    ///   hosts: [pay.example.com]
    ///   gateways: [infra/public]
    ///   http:
    ///   - route: [{destination: {host: web}}]
    /// ```
    ///
    /// ## Instead
    /// Let one server have both hosts, or give each its own certificate and Secret:
    /// ```yaml
    /// apiVersion: networking.istio.io/v1
    /// kind: Gateway
    /// metadata: {name: public, namespace: infra}
    /// spec:
    ///   selector: {istio: ingressgateway}
    ///   servers:
    ///   - port: {number: 443, name: https, protocol: HTTPS}
    ///     hosts: [shop.example.com, pay.example.com]
    ///     tls: {mode: SIMPLE, credentialName: example-com}
    /// ---
    /// apiVersion: networking.istio.io/v1
    /// kind: VirtualService
    /// metadata: {name: shop, namespace: shop}
    /// spec:
    ///   hosts: [shop.example.com]
    ///   gateways: [infra/public]
    ///   http:
    ///   - route: [{destination: {host: web}}]
    /// ---
    /// apiVersion: networking.istio.io/v1
    /// kind: VirtualService
    /// metadata: {name: pay, namespace: shop}
    /// spec:
    ///   hosts: [pay.example.com]
    ///   gateways: [infra/public]
    ///   http:
    ///   - route: [{destination: {host: web}}]
    /// ```
    HTTP2_COALESCING = "GW214" "http2-coalescing", Warning, also "~IST0138";
}

/// An HTTPS server with the certificates that it shows.
struct Candidate<'a> {
    server: ServerRef<'a>,
    certificates: Vec<Shown<'a>>,
    /// The virtual hosts of its route configuration by domain, with its length; made when it is asked for.
    domains: OnceCell<HostIndex<(usize, usize)>>,
}

/// A host that is asked for over connections to another server.
struct Misled<'s, 'a> {
    /// The server that has the host.
    victim: &'s Candidate<'a>,
    /// The server of the connections.
    other: &'s Candidate<'a>,
    /// The certificate of the latter.
    certificate: &'s Shown<'a>,
    host: &'a Spanned<Str>,
    /// The host, or a narrower one that the certificate is valid for.
    name: String,
}

fn check(world: &World<'_>, out: &mut Findings) {
    let presences = SecretPresences::new(world.mesh, world.complete, world.unread);
    let (mut victims, mut pairs) = (FxHashSet::default(), FxHashSet::default());
    for at in 0..world.tables.len() {
        let servers = candidates(world, &presences, at);
        for misled in by_names(&servers).into_iter().chain(by_certificate(&servers)) {
            let [victim, other] = [misled.victim, misled.other].map(Candidate::key);
            // Of two servers that mislead each other one is enough.
            if pairs.insert([victim.min(other), victim.max(other)]) && victims.insert(victim) {
                report(world, out, &misled);
            }
        }
    }
}

/// The HTTPS servers of a table whose certificates are known by name.
fn candidates<'a>(
    world: &World<'a>,
    presences: &SecretPresences<'_>,
    table: usize,
) -> Vec<Candidate<'a>> {
    let count = u32::try_from(world.tables[table].servers.len()).unwrap_or(u32::MAX);
    let all = (0..count).filter_map(|at| world.server(table, at));
    let is_meant = |server: &ServerRef<'_>| {
        server.record.is_live && Use::of(server) == Some(Use::Https) && server.is_known()
    };
    all.filter(is_meant)
        .map(|server| {
            let (certificates, domains) = (shown(presences, &server), OnceCell::new());
            Candidate { server, certificates, domains }
        })
        .filter(|candidate| !candidate.certificates.is_empty())
        .collect()
}

impl Candidate<'_> {
    fn key(&self) -> (u32, u32) {
        (self.server.record.gateway, self.server.record.index)
    }

    /// The VirtualServices that give routes to what answers for a host; none where nothing does.
    fn serving(&self, host: &str) -> Option<Vec<u32>> {
        let ServerRef { table, record, .. } = self.server;
        let hosts = &table.route_config(&record.route_config)?.virtual_hosts;
        let domains = self.domains.get_or_init(|| {
            let mut index = HostIndex::default();
            for (at, host) in hosts.iter().enumerate() {
                let domains = host.domains.iter().map(|domain| &domain.name);
                domains.for_each(|name| index.insert(name, (name.len(), at)));
            }
            index
        });
        let (_, at) = domains.covering(host).max()?;
        Some(hosts[at].segments.iter().map(|segment| segment.virtual_service).collect())
    }

    /// A certificate of the server with a key.
    fn certificate(&self, key: &str) -> Option<&Shown<'_>> {
        self.certificates.iter().find(|one| one.key == key)
    }
}

/// Servers that show the same certificate, of which nobody knows what it is valid for: each with the first that does.
fn by_certificate<'s, 'a>(servers: &'s [Candidate<'a>]) -> Vec<Misled<'s, 'a>> {
    let mut first: FxHashMap<(String, &str), &Candidate<'a>> = FxHashMap::default();
    let mut found = Vec::new();
    for server in servers {
        for certificate in server.certificates.iter().filter(|one| one.names.is_none()) {
            let key = (server.server.record.listener(), certificate.key.as_str());
            let other = *first.entry(key).or_insert(server);
            if std::ptr::eq(other, server) {
                continue;
            }
            let pairs = [(server, other), (other, server)];
            found.extend(pairs.into_iter().find_map(|(victim, other)| {
                let host = unserved(victim, other)?;
                let certificate =
                    other.certificates.iter().find(|one| one.key == certificate.key)?;
                let name = bare(host).to_lowercase();
                Some(Misled { victim, other, certificate, host, name })
            }));
        }
    }
    found
}

/// A name of a certificate, with the numbers of its server and of the certificate there.
struct Valid<'s> {
    name: &'s str,
    server: usize,
    certificate: usize,
}

/// What is known of the certificates and hosts of a listener.
#[derive(Default)]
struct Known<'s> {
    names: Vec<Valid<'s>>,
    index: HostIndex<u32>,
    hosts: HostIndex<u32>,
    texts: Vec<String>,
}

/// Of the servers whose certificate has one name as many are looked at: one is the server itself.
const OF_ONE_NAME: usize = 2;
/// And of the names that meet a host as many.
const OF_ONE_HOST: usize = 50;

/// Servers with a host for which the certificate of another one is valid, by the names of the latter.
fn by_names<'s, 'a>(servers: &'s [Candidate<'a>]) -> Vec<Misled<'s, 'a>> {
    let mut certificates = servers.iter().flat_map(|server| &server.certificates);
    if certificates.all(|one| one.names.is_none()) {
        return Vec::new();
    }
    let mut listeners: FxHashMap<String, Known<'s>> = FxHashMap::default();
    let mut counts: FxHashMap<(String, &str), usize> = FxHashMap::default();
    for (server, candidate) in servers.iter().enumerate() {
        let listener = candidate.server.record.listener();
        let known = listeners.entry(listener.clone()).or_default();
        for host in &candidate.server.server.hosts {
            let host = bare(host).to_lowercase();
            known.hosts.insert(&host, number(known.texts.len()));
            known.texts.push(host);
        }
        for (certificate, shown) in candidate.certificates.iter().enumerate() {
            for name in shown.names.iter().flatten() {
                let count = counts.entry((listener.clone(), name)).or_default();
                if *count < OF_ONE_NAME {
                    *count += 1;
                    known.index.insert(name, number(known.names.len()));
                    known.names.push(Valid { name, server, certificate });
                }
            }
        }
    }
    let mut found = Vec::new();
    // Of two that mislead each other the later one is the victim.
    for (at, victim) in servers.iter().enumerate().rev() {
        let Some(known) = listeners.get(&victim.server.record.listener()) else { continue };
        let hosts = victim.server.server.hosts.iter();
        found.extend(hosts.filter_map(|host| known.misled(servers, at, host)));
    }
    found
}

fn number(at: usize) -> u32 {
    u32::try_from(at).unwrap_or(u32::MAX)
}

impl<'s> Known<'s> {
    /// The first certificate of another server that is valid for a host of a server, if connections to that one come to
    /// nothing.
    fn misled<'a>(
        &self,
        servers: &'s [Candidate<'a>],
        at: usize,
        host: &'a Spanned<Str>,
    ) -> Option<Misled<'s, 'a>> {
        let victim = &servers[at];
        let own = lower_cased(bare(host));
        let mut met: Vec<u32> = self.index.overlapping(&own).collect();
        met.sort_unstable();
        let met = met.into_iter().filter_map(|one| self.names.get(one as usize));
        met.filter(|one| one.server != at).take(OF_ONE_HOST).find_map(|one| {
            let other = &servers[one.server];
            let name = meeting(one.name, &own)?;
            let certificate = &other.certificates[one.certificate];
            let is_misled = self.is_of(name, &own)
                && is_unserved(name, victim, other)
                && self.opens(other, certificate);
            let name = name.to_owned();
            is_misled.then_some(Misled { victim, other, certificate, host, name })
        })
    }

    /// Whether a client keeps a connection to a server: its certificate is valid for a host there.
    fn opens(&self, server: &Candidate<'_>, certificate: &Shown<'_>) -> bool {
        let mut hosts = server.server.server.hosts.iter().map(|host| bare(host).to_lowercase());
        hosts.any(|host| {
            let mut names = certificate.names.iter().flatten();
            names.any(|name| meeting(name, &host).is_some_and(|name| self.is_of(name, &host)))
        })
    }

    /// Whether connections for a name come to the server of a host that covers it, and to none with a narrower one.
    fn is_of(&self, name: &str, host: &str) -> bool {
        let mut covering =
            self.hosts.overlapping(name).filter_map(|at| self.texts.get(at as usize));
        name == host
            || !covering.any(|one| one != host && is_subset(name, one) && is_subset(one, host))
    }
}

/// What a name of a certificate is valid for of a host: `*` in it stands for one label.
fn meeting<'n>(name: &'n str, host: &'n str) -> Option<&'n str> {
    if is_subset(name, host) {
        return Some(name);
    }
    (!host.starts_with('*') && covers([name], host)).then_some(host)
}

fn report(world: &World<'_>, out: &mut Findings, misled: &Misled<'_, '_>) {
    let Misled { victim, other, certificate, host, name } = misled;
    let shared = victim.certificate(&certificate.key);
    let own = shared.unwrap_or(&victim.certificates[0]);
    let whose = if shared.is_some() {
        format!("certificate `{}` is that of two servers", certificate.named.value)
    } else {
        format!("certificate `{}` is valid for a host of another server", certificate.named.value)
    };
    let wanted = if *name == bare(host).to_lowercase() { bare(host) } else { name.as_str() };
    let message = format!(
        "{whose}: browsers reuse connections to {} for `{wanted}` and get 404 (NR)",
        list(other.server.server.hosts.iter().map(bare)),
    );
    let subject = world.subject(victim.server.object());
    let report = out.report(&HTTP2_COALESCING, subject, hosts_span(&victim.server), message);
    report.label(hosts_span(&other.server), format!("hosts of `{}`", other.server.name()));
    if shared.is_some() {
        report.label(own.named.span, "the same certificate");
        report.label(certificate.named.span, "the same certificate");
    } else {
        report.label(own.named.span, "another certificate");
        report.label(certificate.named.span, format!("valid for `{wanted}`, too"));
    }
    report
        .help("let one server have all hosts of the certificate, or give each its own certificate");
}

/// The first host of a server that the route table of another does not serve with the same VirtualServices.
fn unserved<'a>(server: &Candidate<'a>, other: &Candidate<'_>) -> Option<&'a Spanned<Str>> {
    let mut hosts = server.server.server.hosts.iter();
    hosts.find(|host| is_unserved(&lower_cased(bare(host)), server, other))
}

/// Whether the route table of another server does not serve a host with the same VirtualServices.
fn is_unserved(host: &str, server: &Candidate<'_>, other: &Candidate<'_>) -> bool {
    let own = server.serving(host).filter(|own| !own.is_empty());
    own.is_some() && own != other.serving(host)
}
