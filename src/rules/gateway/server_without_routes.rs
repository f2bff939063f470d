//! GW112: an HTTP server for which there is no route.

use crate::envoy::Table;
use crate::envoy::route::Outline;
use crate::istio::policy::PolicyKind;
use crate::mesh::host::overlaps;
use crate::mesh::{Found, HostIndex, ObjectRef, Part, VirtualService};
use crate::rules::hosts::{self, bare, distinct, namespace};
use crate::rules::nearest::{Comparisons, OF_FINDING, did_you_mean, nearest_of};
use crate::rules::prelude::*;
use crate::rules::server::ServerRef;
use crate::rules::{is_placeholder, presence};
use crate::text::{Spanned, Str, Word};

rule! {
    /// ## What it reports
    /// An HTTP server (also one that terminates TLS) with hosts that no VirtualService of its Gateway serves: none has
    /// them, the server keeps them for another namespace, or the VirtualService is not exported to the gateway's.
    ///
    /// ## Why it matters
    /// The port is open and every request to these hosts is answered with 404 (NR). Mostly the VirtualService names
    /// another Gateway, or a host is spelled in two ways.
    ///
    /// The rule is silent where no VirtualService of the input names the Gateway, where a Kubernetes Ingress or an object
    /// of the Gateway API could serve the hosts, and where `exportTo` alone is in the way and the namespace of the
    /// gateway's Pods is only assumed.
    ///
    /// ## Example
    /// ```yaml
    /// apiVersion: networking.istio.io/v1
    /// kind: Gateway
    /// metadata: {name: public, namespace: infra}
    /// spec:
    ///   selector: {istio: ingressgateway}
    ///   servers:
    ///   - port: {number: 80, name: http, protocol: HTTP}
    ///     hosts: [shop.example.com]
    ///   - port: {number: 8080, name: http-pay, protocol: HTTP}
    ///     hosts: [pay.example.com]
    /// ---
    /// apiVersion: networking.istio.io/v1
    /// kind: VirtualService
    /// metadata: {name: shop, namespace: shop}
    /// spec:
    ///   hosts: [shop.example.com]
    ///   gateways: [infra/public]
    ///   http:
    ///   - route: [{destination: {host: web}}]
    /// ```
    ///
    /// ## Instead
    /// Bind a VirtualService for the host, or remove the server.
    /// ```yaml
    /// apiVersion: networking.istio.io/v1
    /// kind: Gateway
    /// metadata: {name: public, namespace: infra}
    /// spec:
    ///   selector: {istio: ingressgateway}
    ///   servers:
    ///   - port: {number: 80, name: http, protocol: HTTP}
    ///     hosts: [shop.example.com]
    /// ---
    /// apiVersion: networking.istio.io/v1
    /// kind: VirtualService
    /// metadata: {name: shop, namespace: shop}
    /// spec:
    ///   hosts: [shop.example.com]
    ///   gateways: [infra/public]
    ///   http:
    ///   - route: [{destination: {host: web}}]
    /// ```
    SERVER_WITHOUT_ROUTES = "GW112" "server-without-routes", Warning;
}

fn check(world: &World<'_>, out: &mut Findings) {
    // Ingress and Gateway API make virtual hosts that are not modelled.
    if !world.mesh.store.unmodelled.is_empty() {
        return;
    }
    for (at, _) in world.gateways() {
        let servers = world.servers_of_gateway(at);
        for server in distinct(&servers) {
            let dead: Vec<ServerRef<'_>> = servers
                .iter()
                .filter(|here| here.is_same(&server) && answers_nothing(world, here))
                .filter(|here| !obstacles(world, here).any(|obstacle| obstacle.is_unsure(here)))
                .copied()
                .collect();
            if dead.is_empty() {
                continue;
            }
            // One that has no part may be the one that is wanted.
            let unread = presence::unread_virtual_service(world, &server);
            if unread.is_none() && is_covered(world, &server) {
                report(world, out, &server, &dead);
            } else {
                out.skip_unread(&SERVER_WITHOUT_ROUTES, unread, || uncovered(&server));
            }
        }
    }
}

/// A VirtualService that has a host of a server and still does not serve it there.
struct Obstacle<'a> {
    service: &'a VirtualService,
    host: &'a Spanned<Str>,
    /// The namespaces that the server keeps the host for; none: the proxy does not see the VirtualService.
    kept: Vec<&'a str>,
}

impl Obstacle<'_> {
    /// Whether it may be none: where the gateway's Pods really run, the VirtualService may well be seen.
    fn is_unsure(&self, server: &ServerRef<'_>) -> bool {
        let is_assumed = server.table.proxy.found == Found::Assumed;
        let mut entries = self.service.export_to.entries().iter();
        let is_hidden = self.kept.is_empty();
        is_hidden && (is_assumed || entries.any(|entry| is_placeholder(entry)))
    }
}

/// What keeps VirtualServices with hosts of a server from serving it.
fn obstacles<'a>(
    world: &World<'a>,
    server: &ServerRef<'a>,
) -> impl Iterator<Item = Obstacle<'a>> + use<'a> {
    let (server, all) = (*server, &world.mesh.virtual_services);
    let naming = all.naming(&server.name());
    // Nobody asks where no VirtualService names the Gateway.
    let asked = if naming.is_empty() { &[] } else { server.server.hosts.as_slice() };
    let naming = naming.iter().map(|&at| &all.all[at as usize]);
    let hosts = naming.flat_map(|service| service.hosts.iter().map(move |host| (service, host)));
    let mut own = HostIndex::default();
    for host in asked {
        own.insert(bare(host), namespace(&server, host));
    }
    hosts.filter_map(move |(service, host)| {
        let mut kept: Vec<&str> = own.overlapping(host).collect();
        kept.sort_unstable();
        kept.dedup();
        if kept.is_empty() {
            return None;
        }
        if kept.iter().any(|&kept| kept == "*" || kept == &*service.namespace) {
            kept.clear();
        }
        Some(Obstacle { service, host, kept })
    })
}

fn report(world: &World<'_>, out: &mut Findings, server: &ServerRef<'_>, dead: &[ServerRef<'_>]) {
    let texts: Vec<&str> = server.server.hosts.iter().map(bare).collect();
    let port = server.server.port_number();
    let hosts = hosts::list(texts.iter().copied());
    let name = server.name();
    let obstacle = dead.first().and_then(|here| Some((obstacles(world, here).next()?, here)));
    let why = match &obstacle {
        None => format!("no VirtualService of `{name}` has such a host"),
        Some((Obstacle { service, host, kept }, here)) if kept.is_empty() => format!(
            "VirtualService `{}` has `{}`, but is not exported to namespace `{}`",
            service.key, host.value, here.table.proxy.namespace
        ),
        Some((Obstacle { service, host, kept }, _)) => format!(
            "VirtualService `{}` has `{}`, but only namespace {} may use it",
            service.key,
            host.value,
            hosts::list(kept.iter().copied())
        ),
    };
    let message = format!("{hosts} on port {port}: every request gets 404 ({why})");
    let subject = world.subject(server.object());
    let span = server.server.span;
    let report = out.report(&SERVER_WITHOUT_ROUTES, subject, span, message);
    let help = match &obstacle {
        None => {
            let all = &world.mesh.virtual_services;
            let naming = all.naming(&name).iter();
            let wanted = naming.flat_map(|&at| &all.all[at as usize].hosts);
            let words: Vec<Word<'_>> =
                texts.iter().take(OF_FINDING).copied().map(Word::new).collect();
            let mut comparisons = Comparisons::new();
            let near = nearest_of(wanted.take(OF_FINDING), 1, |host, limit| {
                let nearest = comparisons.nearest(&Word::new(host), words.iter().copied(), limit);
                nearest.map(|(_, edits)| edits)
            });
            // The nearest one of all may still be a far one.
            if let [host] = near[..]
                && did_you_mean(host, texts.iter().copied()).is_some()
            {
                let text = "the nearest host of a VirtualService that names the Gateway";
                report.label(host.span, text);
            }
            format!("bind a VirtualService for {hosts}, or remove the server")
        }
        Some((Obstacle { service, host, kept }, here)) => {
            report.label(host.span, "has no effect on this server");
            if kept.is_empty() {
                let namespace = &here.table.proxy.namespace;
                format!("add `{namespace}` to `exportTo` of the VirtualService")
            } else {
                format!("add `{}/{}` to the hosts of the server", service.namespace, host.value)
            }
        }
    };
    let tables: Vec<usize> = dead.iter().map(ServerRef::table_index).collect();
    report
        .here("answers with 404")
        .help(help)
        .proxies(world.proxies_unless_all(server.record.gateway, &tables));
}

/// Whether a server is in its table, speaks HTTP, and no VirtualService and no other server answers for its hosts.
fn answers_nothing(world: &World<'_>, server: &ServerRef<'_>) -> bool {
    let is_http = server.record.is_live && server.server.is_http();
    let has_hosts = !server.server.hosts.is_empty();
    if !is_http || !has_hosts || server.server.redirects_to_https() || !server.is_known() {
        return false;
    }
    if world.is_bound(server) || is_patched(world, server.table) {
        return false;
    }
    let hosts: Vec<String> =
        server.server.hosts.iter().map(|host| bare(host).to_ascii_lowercase()).collect();
    if is_shadowed(world, server, &hosts) {
        return false;
    }
    let config = server.table.route_config(&server.record.route_config);
    config.is_none_or(|config| {
        config
            .virtual_hosts
            .iter()
            .filter(|host| !host.routes.is_empty() || host.requires_tls())
            .flat_map(|host| &host.domains)
            .all(|domain| hosts.iter().all(|host| !overlaps(host, &domain.name)))
    })
}

/// Whether a server that a placeholder leaves out of the table may answer for one of these hosts.
fn is_shadowed(world: &World<'_>, server: &ServerRef<'_>, hosts: &[String]) -> bool {
    let unknown = server.table.dropped.iter().filter(|dropped| dropped.reason.is_unknown());
    let mut others = unknown.filter_map(|dropped| {
        let (ObjectRef::Gateway(at), Part::Server(index)) =
            (dropped.what.object, dropped.what.part)
        else {
            return None;
        };
        world.mesh.store.gateways[at as usize].spec.servers.get(index as usize)
    });
    let may_answer = |host: &Spanned<Str>| {
        let name = bare(host).to_ascii_lowercase();
        is_placeholder(&name) || hosts.iter().any(|own| overlaps(own, &name))
    };
    others.any(|other| other.hosts.iter().any(may_answer))
}

/// Whether the input says enough: a VirtualService names the Gateway, and all that do are known.
pub(in crate::rules) fn is_covered(world: &World<'_>, server: &ServerRef<'_>) -> bool {
    let all = &world.mesh.virtual_services;
    let naming = all.naming(&server.name());
    let is_known =
        |service: &VirtualService| service.gateways.iter().all(|name| !is_placeholder(&name.value));
    let has_known_hosts = |&at: &u32| {
        let service = &all.all[at as usize];
        !is_placeholder(&service.namespace)
            && service.hosts.iter().all(|host| !is_placeholder(&host.value))
    };
    (!naming.is_empty() || world.complete.covers_all("VirtualService"))
        && naming.iter().all(has_known_hosts)
        && all.all.iter().all(is_known)
}

/// What the input lacks where it does not say enough of a server.
pub(in crate::rules) fn uncovered(server: &ServerRef<'_>) -> String {
    format!("VirtualService of known hosts for Gateway {}", server.name())
}

/// Whether an `EnvoyFilter` or `WasmPlugin` may answer on the proxy of a table.
pub(super) fn is_patched(world: &World<'_>, table: &Table<Outline>) -> bool {
    let kinds = [PolicyKind::EnvoyFilter, PolicyKind::WasmPlugin];
    presence::is_patched(world.mesh, &table.proxy, &kinds)
}
