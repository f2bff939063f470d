//! Chains of servers that do not speak HTTP (spec 1, section 8; mirrors istio 1.32 `gateway.go:
//! createGatewayTCPFilterChainOpts`).

use super::hosts::{server_names, without_namespace};
use super::listeners::{SniHosts, chain_match};
use super::{Build, connection_manager, tls};
use crate::envoy::listener::{FilterChain, FilterChainMatch, TcpProxy, Terminal};
use crate::envoy::table::DropReason;
use crate::envoy::translate::{self, Scope};
use crate::istio::gateway::{Protocol, Server, TlsMode};
use crate::istio::policy::PolicyKind;
use crate::istio::virtual_service::VirtualService as Written;
use crate::mesh::host::is_subset;
use crate::mesh::names::gateway_name;
use crate::mesh::{ObjectRef, Origin, Part, VirtualService};
use crate::text::{Spanned, Str};

/// ALPN values by which Istio's own proxies are told from others.
const ISTIO_ALPN: [&str; 5] =
    ["istio", "istio-peer-exchange", "istio-http/1.0", "istio-http/1.1", "istio-h2"];

/// The VirtualServices whose hosts meet those of a server, in istiod's order (8.1, 8.2).
fn candidates<'m>(build: &Build<'m>, id: u32) -> Vec<&'m VirtualService> {
    let all = &build.mesh.virtual_services.all;
    // A VirtualService that names the Gateway twice must not compete with itself.
    build.served(id).into_iter().map(|at| &all[at as usize]).collect()
}

/// Whether a condition with this port and these gateways holds on a server (8.3, 8.4; mirrors `l4MultiMatch`).
fn applies(
    port: Option<Spanned<u32>>,
    gateways: &[Spanned<Str>],
    scope: &Scope<'_>,
    service: &VirtualService,
) -> Result<(), DropReason> {
    if port.is_some_and(|port| port.value != 0 && port.value != scope.port) {
        return Err(DropReason::MatchPort);
    }
    let named =
        |name: &Spanned<Str>| gateway_name(&name.value, &service.namespace) == scope.gateway;
    if !gateways.is_empty() && !gateways.iter().any(named) {
        return Err(DropReason::MatchGateways);
    }
    Ok(())
}

/// The chain of a plain TCP or a TLS-terminating server (8.3): the first `tcp` rule that applies.
pub(super) fn opaque(build: &mut Build<'_>, id: u32) -> Option<FilterChain> {
    let server = build.server(id);
    let gateway = build.gateway_key(id);
    let scope = scope(build, &gateway, server);
    let mut chosen: Option<(Origin, TcpProxy)> = None;
    for service in candidates(build, id) {
        let written = &build.mesh.store.virtual_services[service.index as usize].spec;
        let this = ObjectRef::VirtualService(service.index);
        for (i, rule) in (0..).zip(&written.tcp) {
            let origin = Origin::new(this, Part::Tcp(i), rule.span);
            if rule.route.is_empty() {
                build.drop(origin, Some(id), DropReason::NoDestinations, None);
                continue;
            }
            let mut is_match = rule.matches.is_empty();
            for (j, condition) in (0..).zip(&rule.matches) {
                match applies(condition.port, &condition.gateways, &scope, service) {
                    Ok(()) => is_match = true,
                    Err(reason) => {
                        let at = Origin::new(this, Part::TcpMatch(i, j), condition.span);
                        build.drop(at, Some(id), reason, None);
                    }
                }
            }
            match &chosen {
                _ if !is_match => {}
                Some((winner, _)) => {
                    let winner = *winner;
                    build.drop(origin, Some(id), DropReason::TcpTaken, Some(winner));
                }
                None => {
                    chosen =
                        Some((origin, translate::tcp_proxy(&scope, service, &rule.route, origin)));
                }
            }
        }
        wrong_kind(build, id, service, written, "tcp");
    }
    let (_, proxy) = chosen?;
    let record = &build.servers[id as usize];
    let matcher = match &server.tls {
        Some(_) => chain_match(server_names(&record.hosts)),
        None => FilterChainMatch::default(),
    };
    Some(FilterChain {
        matcher,
        inspects_tls: server.tls.is_some(),
        tls: tls::context(server, build.mesh),
        network_filters: network_filters(build, server, server.protocol()),
        terminal: Terminal::Tcp(proxy),
        origins: vec![record.origin],
    })
}

/// The chains of a PASSTHROUGH server (8.6): one for each `tls` match that applies.
pub(super) fn passthrough(
    build: &mut Build<'_>,
    id: u32,
    sni_hosts: &mut SniHosts,
) -> Vec<FilterChain> {
    let server = build.server(id);
    let gateway = build.gateway_key(id);
    let scope = scope(build, &gateway, server);
    let record = build.servers[id as usize].origin;
    let (port, bind) = {
        let record = &build.servers[id as usize];
        (record.port, record.bind.clone())
    };
    let mut chains = Vec::new();
    for service in candidates(build, id) {
        let written = &build.mesh.store.virtual_services[service.index as usize].spec;
        let this = ObjectRef::VirtualService(service.index);
        for (i, rule) in (0..).zip(&written.tls) {
            let origin = Origin::new(this, Part::Tls(i), rule.span);
            if rule.route.is_empty() {
                build.drop(origin, Some(id), DropReason::NoDestinations, None);
                continue;
            }
            for (j, condition) in (0..).zip(&rule.matches) {
                let at = Origin::new(this, Part::TlsMatch(i, j), condition.span);
                if let Err(reason) = applies(condition.port, &condition.gateways, &scope, service) {
                    build.drop(at, Some(id), reason, None);
                    continue;
                }
                let taken = condition.sni_hosts.iter().find_map(|host| {
                    sni_hosts
                        .get(&(port, host.value.to_string()))
                        .filter(|(known, _)| *known == bind)
                        .map(|(_, winner)| *winner)
                });
                if let Some(winner) = taken {
                    build.drop(at, Some(id), DropReason::DuplicateSni, Some(winner));
                    continue;
                }
                for host in &condition.sni_hosts {
                    sni_hosts.insert((port, host.value.to_string()), (bind.clone(), at));
                }
                let mut names: Vec<String> =
                    condition.sni_hosts.iter().map(|host| host.value.to_string()).collect();
                names.sort();
                chains.push(FilterChain {
                    inspects_tls: !names.is_empty(),
                    matcher: chain_match(names),
                    tls: None,
                    network_filters: network_filters(build, server, server.protocol()),
                    terminal: Terminal::Tcp(translate::tcp_proxy(
                        &scope,
                        service,
                        &rule.route,
                        origin,
                    )),
                    origins: vec![record, at],
                });
            }
        }
        wrong_kind(build, id, service, written, "tls");
    }
    chains
}

/// The chains of an AUTO_PASSTHROUGH server (8.10; mirrors `builtAutoPassthroughFilterChains`): one for each port and
/// subset of every service inside the mesh whose name one of the server's hosts covers.
pub(super) fn auto_passthrough(build: &mut Build<'_>, id: u32) -> Vec<FilterChain> {
    let mesh = build.mesh;
    for service in candidates(build, id) {
        let written = &mesh.store.virtual_services[service.index as usize].spec;
        wrong_kind(build, id, service, written, "");
    }
    let server = build.server(id);
    let gateway = build.gateway_key(id);
    let scope = scope(build, &gateway, server);
    let record = &build.servers[id as usize];
    let hosts: Vec<&str> = record.hosts.iter().map(|host| without_namespace(host)).collect();
    let mut chains = Vec::new();
    for service in mesh.services.scope(&build.proxy.namespace) {
        if service.is_external || !hosts.iter().any(|host| is_subset(&service.hostname, host)) {
            continue;
        }
        let rule = mesh.destination_rules.effective(&mesh.store, service, build.proxy);
        let subsets = rule.map(|rule| rule.subsets()).unwrap_or_default();
        for port in &service.scope_ports {
            if port.protocol == Protocol::Udp {
                continue;
            }
            let named =
                subsets.iter().map(|s| s.name.as_ref().map_or("", |name| name.value.as_str()));
            for subset in std::iter::once("").chain(named) {
                let name = format!("outbound_.{}_.{subset}_.{}", port.number, service.hostname);
                chains.push(FilterChain {
                    matcher: FilterChainMatch {
                        server_names: vec![name.clone()],
                        application_protocols: ISTIO_ALPN.to_vec(),
                    },
                    inspects_tls: true,
                    tls: None,
                    network_filters: network_filters(build, server, port.protocol),
                    terminal: Terminal::Tcp(translate::auto_passthrough_proxy(&scope, &name)),
                    origins: vec![record.origin],
                });
            }
        }
    }
    chains
}

fn scope<'b>(build: &Build<'b>, gateway: &'b str, server: &Server) -> Scope<'b> {
    Scope {
        mesh: build.mesh,
        proxy: build.proxy,
        gateway,
        port: server.port_number(),
        has_tls: server.tls.is_some(),
    }
}

/// Names of the filters before the TCP proxy (spec 2, 21l; mirrors istio 1.32 `networkfilter.go:
/// buildNetworkFiltersStack`). `protocol` is that of the server; of an AUTO_PASSTHROUGH chain that of the service port.
fn network_filters(build: &Build<'_>, server: &Server, protocol: Protocol) -> Vec<&'static str> {
    let mut filters = Vec::new();
    if server.tls_mode() == Some(TlsMode::IstioMutual) {
        filters.push("istio.metadata_exchange");
    }
    if connection_manager::has_policy(build.mesh, build.proxy, PolicyKind::Authorization) {
        filters.push("envoy.filters.network.rbac");
    }
    if protocol == Protocol::Mongo {
        filters.push("envoy.filters.network.mongo_proxy");
    }
    filters
}

/// Records the rules of the kinds that a server does not serve (8.5).
pub(super) fn wrong_kind(
    build: &mut Build<'_>,
    id: u32,
    service: &VirtualService,
    written: &Written,
    served: &str,
) {
    let this = ObjectRef::VirtualService(service.index);
    let mut drop = |part: Part, span| {
        build.drop(Origin::new(this, part, span), Some(id), DropReason::WrongKind, None);
    };
    if served != "http" {
        (0..).zip(&written.http).for_each(|(at, rule)| drop(Part::Http(at), rule.span));
    }
    if served != "tls" {
        (0..).zip(&written.tls).for_each(|(at, rule)| drop(Part::Tls(at), rule.span));
    }
    if served != "tcp" {
        (0..).zip(&written.tcp).for_each(|(at, rule)| drop(Part::Tcp(at), rule.span));
    }
}
