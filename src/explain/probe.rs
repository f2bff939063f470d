//! From a question to the requests that reach one proxy.

use super::gateways;
use super::target::{Question, Scheme};
use crate::envoy::Table;
use crate::envoy::listener::{FilterChain, Listener, Terminal};
use crate::envoy::matching::{ClientCertificate, Request, authority};
use crate::istio::gateway::Protocol;
use crate::mesh::ServicePort;

/// A request to one proxy, and the way it takes there.
#[derive(Clone, Debug)]
pub(super) struct Probe<'a> {
    /// How the client begins.
    pub(super) scheme: Scheme,
    /// The port that the client dials.
    pub(super) client_port: u32,
    /// The port of the Service that translates it.
    pub(super) service_port: Option<&'a ServicePort>,
    /// What reaches the proxy.
    pub(super) request: Request,
}

impl<'a> Probe<'a> {
    /// The Service port, where nobody knows the number of the container port that it leads to.
    pub(super) fn unknown_target(&self) -> Option<&'a ServicePort> {
        self.service_port.filter(|service| service.target.is_none())
    }
}

/// The listener port behind a Service port; 0, as for istiod, where nobody knows.
fn target(service: &ServicePort) -> u32 {
    service.target.unwrap_or(0)
}

/// The requests that a question means on one proxy.
pub(super) fn probes<'a>(question: &Question, table: &'a Table) -> Vec<Probe<'a>> {
    let port = question.port.or_else(|| question.scheme.and_then(Scheme::default_port));
    if let Some(port) = port {
        let ways = ways(table, port);
        return ways
            .into_iter()
            .map(|(target, service)| {
                let unknown = service.filter(|service| service.target.is_none());
                let scheme = question.scheme.unwrap_or_else(|| match unknown {
                    Some(service) => spoken_by(service),
                    None => spoken_on(table, target, port),
                });
                probe(question, table, scheme, (port, target, service))
            })
            .collect();
    }
    let known = known_ports(question, table);
    let unknown = unknown_ports(question, table);
    if known.is_empty() && unknown.is_empty() {
        let scheme = question.scheme.unwrap_or(Scheme::Http);
        let port = scheme.default_port().unwrap_or(80);
        let mut ways = ways(table, port);
        ways.truncate(1);
        let to_probe = |(target, service)| probe(question, table, scheme, (port, target, service));
        return ways.into_iter().map(to_probe).collect();
    }
    let known = known.into_iter().map(|(scheme, target)| {
        let service = service_to(table, target);
        let dialled = service.map_or(target, |service| service.port);
        probe(question, table, scheme, (dialled, target, service))
    });
    let unknown = unknown.into_iter().map(|(scheme, service)| {
        probe(question, table, scheme, (service.port, target(service), Some(service)))
    });
    known.chain(unknown).collect()
}

/// The listener ports behind a port that clients dial. Without a Service it is the same.
fn ways(table: &Table, port: u32) -> Vec<(u32, Option<&ServicePort>)> {
    let mut ways: Vec<(u32, Option<&ServicePort>)> = Vec::new();
    let proxy = &table.proxy;
    for service in proxy.service_ports.iter().chain(&proxy.confused_ports) {
        let target = target(service);
        if service.port == port && !ways.iter().any(|(known, _)| *known == target) {
            ways.push((target, Some(service)));
        }
    }
    if ways.is_empty() {
        ways.push((port, None));
    }
    ways
}

/// The Service port whose traffic reaches a listener port.
pub(super) fn service_to(table: &Table, target: u32) -> Option<&ServicePort> {
    table.proxy.service_ports.iter().find(|service| service.target == Some(target))
}

/// The listener ports that know a host, and how to speak to them.
fn known_ports(question: &Question, table: &Table) -> Vec<(Scheme, u32)> {
    let host = authority::host(question.authority.as_deref().unwrap_or(&question.host));
    let sni = question.sni.clone().unwrap_or_else(|| authority::host(&question.host));
    let mut known = Vec::new();
    let unknown = table.unknown_targets();
    let is_known = |listener: &&Listener| !unknown.contains_key(&listener.name);
    for listener in table.listeners.iter().filter(is_known) {
        for chain in &listener.filter_chains {
            let scheme = scheme_of(chain);
            let covers_sni = chain.matcher.server_names.iter().any(|name| covers(name, &sni));
            let fits = match &chain.terminal {
                // Where TLS is terminated the server name decides first.
                Terminal::Http(_) if !chain.matcher.server_names.is_empty() => covers_sni,
                Terminal::Http(manager) => {
                    let config = table.route_config(&manager.route_config);
                    let mut hosts = config.into_iter().flat_map(|config| &config.virtual_hosts);
                    hosts.any(|known| {
                        let is_written = |origins: &[_]| !origins.is_empty();
                        known.domains.iter().any(|domain| {
                            covers(&domain.name, &host) && is_written(&domain.origins)
                        })
                    })
                }
                Terminal::Tcp(_) => covers_sni,
            };
            let port = listener.address.port();
            let wanted = question.scheme.is_none_or(|wanted| wanted == scheme);
            let of_gateway = question
                .gateways
                .as_ref()
                .is_none_or(|gateways| gateways::has_port(table, gateways, port));
            if fits && wanted && of_gateway && !known.contains(&(scheme, port)) {
                known.push((scheme, port));
            }
        }
    }
    known
}

/// The Service ports of servers that know a host, where nobody knows the port that they listen on.
fn unknown_ports<'a>(question: &Question, table: &'a Table) -> Vec<(Scheme, &'a ServicePort)> {
    let host = authority::host(question.authority.as_deref().unwrap_or(&question.host));
    let proxy = &table.proxy;
    let mut unknown: Vec<(Scheme, &ServicePort)> = Vec::new();
    for server in &table.servers {
        let Some(name) = server.unknown_target.as_deref() else { continue };
        let mut ports = proxy.service_ports.iter().chain(&proxy.confused_ports);
        let named = |port: &&ServicePort| port.target_name.as_deref() == Some(name);
        let Some(service) = ports.find(named) else { continue };
        let scheme = spoken_by(service);
        let fits = server
            .hosts
            .iter()
            .any(|own| covers(own.split_once('/').map_or(own.as_str(), |(_, own)| own), &host));
        let wanted = question.scheme.is_none_or(|wanted| wanted == scheme);
        let gateways = question.gateways.as_ref();
        let of_gateway = gateways.is_none_or(|gateways| gateways.contains(&server.gateway));
        let is_new = unknown.iter().all(|(_, known)| known.port != service.port);
        if fits && wanted && of_gateway && is_new {
            unknown.push((scheme, service));
        }
    }
    unknown
}

/// Whether a domain or server name covers a host in lower case.
pub(super) fn covers(domain: &str, host: &str) -> bool {
    let domain = domain.to_ascii_lowercase();
    match domain.strip_prefix('*') {
        Some(suffix) => suffix.is_empty() || (host.len() > suffix.len() && host.ends_with(suffix)),
        None => domain == host,
    }
}

fn scheme_of(chain: &FilterChain) -> Scheme {
    match &chain.terminal {
        Terminal::Http(_) if chain.tls.is_some() => Scheme::Https,
        Terminal::Http(_) => Scheme::Http,
        Terminal::Tcp(_) if chain.tls.is_some() || chain.inspects_tls => Scheme::Tls,
        Terminal::Tcp(_) => Scheme::Tcp,
    }
}

/// What a Service port speaks, where its listener is not known.
fn spoken_by(service: &ServicePort) -> Scheme {
    match service.protocol {
        Protocol::Https => Scheme::Https,
        Protocol::Tls => Scheme::Tls,
        protocol if protocol.is_http() => Scheme::Http,
        _ if matches!(service.port, 443 | 8443) => Scheme::Https,
        _ if service.port == 80 => Scheme::Http,
        _ => Scheme::Tcp,
    }
}

/// What a listener port speaks: plain HTTP if any chain does, else what the first chain does.
fn spoken_on(table: &Table, target: u32, client_port: u32) -> Scheme {
    let on_port = |listener: &&Listener| listener.address.port() == target;
    let mut schemes: Vec<Scheme> = table
        .listeners
        .iter()
        .filter(on_port)
        .flat_map(|listener| &listener.filter_chains)
        .map(scheme_of)
        .collect();
    schemes.sort_by_key(|scheme| *scheme != Scheme::Http);
    match schemes.first() {
        Some(scheme) => *scheme,
        None if matches!(client_port, 443 | 8443) => Scheme::Https,
        None => Scheme::Http,
    }
}

fn probe<'a>(
    question: &Question,
    table: &Table,
    scheme: Scheme,
    (client_port, target, service_port): (u32, u32, Option<&'a ServicePort>),
) -> Probe<'a> {
    let host = &question.host;
    let authority = question.authority.clone().unwrap_or_else(|| {
        if scheme.default_port() == Some(client_port) {
            host.clone()
        } else {
            format!("{host}:{client_port}")
        }
    });
    let is_address = host.starts_with('[') || host.parse::<std::net::IpAddr>().is_ok();
    // Clients leave out the dot at the end of a name.
    let name = host.strip_suffix('.').unwrap_or(host);
    let sni = question.sni.clone().or_else(|| (!is_address).then(|| name.to_owned()));
    let sni = sni.filter(|name| scheme.is_tls() && !name.is_empty());
    let alpn: &[&str] = match &sni {
        // Only sidecars ask for such names, and they offer the mesh's protocol.
        Some(name) if name.starts_with("outbound_.") => &["istio"],
        _ if scheme == Scheme::Https => &["h2", "http/1.1"],
        _ => &[],
    };
    let listeners = table.listeners.iter().filter(|listener| listener.address.port() == target);
    let proxy_protocol = listeners
        .flat_map(|listener| &listener.listener_filters)
        .any(|filter| filter.ends_with("proxy_protocol"));
    let request = Request {
        address: question.address.clone(),
        port: target,
        tls: scheme.is_tls(),
        sni,
        client_certificate: ClientCertificate::Fitting,
        alpn: alpn.iter().map(|&protocol| protocol.to_owned()).collect(),
        proxy_protocol,
        method: scheme.is_http().then(|| question.method.clone()),
        host: Some(authority),
        path: question.path.clone(),
        headers: question.headers.clone(),
        client_ip: question.client_ip.clone(),
        random: question.random,
    };
    Probe { scheme, client_port, service_port, request }
}
