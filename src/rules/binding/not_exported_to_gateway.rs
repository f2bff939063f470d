//! GW308: a VirtualService that the gateway does not see.

use rustc_hash::FxHashSet;

use crate::envoy::{Admission, admits};
use crate::finding::Severity;
use crate::mesh::{Found, ObjectRef, Origin, Part, VirtualService};
use crate::rules::hosts::{self, binds_mesh};
use crate::rules::is_placeholder;
use crate::rules::prelude::*;
use crate::rules::server::ServerRef;

rule! {
    /// ## What it reports
    /// A VirtualService whose `exportTo` (or the mesh's default for it) leaves out the namespace in which the Pods of
    /// its Gateway run. The namespace of the Gateway object does not count.
    ///
    /// The rule is silent where nothing in the input tells where these Pods run. It is info where the VirtualService
    /// also applies to sidecars (`mesh`), for which `exportTo` may be meant.
    ///
    /// ## Why it matters
    /// The gateway does not see the VirtualService: its hosts get 404 (NR), or their connections are closed.
    ///
    /// ## Example
    /// ```yaml
    /// apiVersion: v1
    /// kind: Service
    /// metadata: {name: edge, namespace: infra}
    /// spec:
    ///   selector: {istio: ingressgateway}
    ///   ports:
    ///   - {name: http, port: 80}
    /// ---
    /// apiVersion: networking.istio.io/v1
    /// kind: Gateway
    /// metadata: {name: public, namespace: infra}
    /// spec:
    ///   selector: {istio: ingressgateway}
    ///   servers:
    ///   - port: {number: 80, name: http, protocol: HTTP}
    ///     hosts: ["*.example.com"]
    /// ---
    /// apiVersion: networking.istio.io/v1
    /// kind: VirtualService
    /// metadata: {name: shop, namespace: shop}
    /// spec:
    ///   hosts: [shop.example.com]
    ///   gateways: [infra/public]
    ///   exportTo: ["."]
    ///   http:
    ///   - route: [{destination: {host: web}}]
    /// ```
    ///
    /// ## Instead
    /// ```yaml
    /// apiVersion: v1
    /// kind: Service
    /// metadata: {name: edge, namespace: infra}
    /// spec:
    ///   selector: {istio: ingressgateway}
    ///   ports:
    ///   - {name: http, port: 80}
    /// ---
    /// apiVersion: networking.istio.io/v1
    /// kind: Gateway
    /// metadata: {name: public, namespace: infra}
    /// spec:
    ///   selector: {istio: ingressgateway}
    ///   servers:
    ///   - port: {number: 80, name: http, protocol: HTTP}
    ///     hosts: ["*.example.com"]
    /// ---
    /// apiVersion: networking.istio.io/v1
    /// kind: VirtualService
    /// metadata: {name: shop, namespace: shop}
    /// spec:
    ///   hosts: [shop.example.com]
    ///   gateways: [infra/public]
    ///   exportTo: [".", infra]
    ///   http:
    ///   - route: [{destination: {host: web}}]
    /// ```
    NOT_EXPORTED_TO_GATEWAY = "GW308" "not-exported-to-gateway", Error;
}

fn check(world: &World<'_>, out: &mut Findings) {
    for lost in world.dropped(DropReason::NotExported) {
        let ObjectRef::VirtualService(index) = lost.what.object else { continue };
        let all = &world.mesh.virtual_services;
        let Some(at) = all.of_object(index) else { continue };
        let service = &all.all[at as usize];
        if is_placeholder(&service.namespace)
            || service.export_to.entries().iter().any(|entry| is_placeholder(entry))
        {
            continue;
        }
        let hiding: FxHashSet<usize> = lost.places.iter().map(|(table, _)| *table).collect();
        let (servers, is_any_assumed) = blind(world, service, &hiding);
        let Some(first) = servers.first() else {
            if is_any_assumed {
                let gateways = hosts::list(service.gateways.iter().map(|name| name.value.as_str()));
                out.skip(&NOT_EXPORTED_TO_GATEWAY, format!("workload of Gateway {gateways}"));
            }
            continue;
        };
        let entries = &world.mesh.store.virtual_services[index as usize].spec.export_to;
        let namespace = &first.table.proxy.namespace;
        let (span, why) = match entries.first() {
            Some(entry) => {
                let list = hosts::list(entries.iter().map(|entry| entry.value.as_str()));
                (entry.span, format!("exportTo {list} hides it"))
            }
            None => (lost.what.span, "the mesh's default of exportTo hides it".to_owned()),
        };
        let message =
            format!("{why} from `{}`, which runs in namespace `{namespace}`", first.name());
        let subject = world.subject(lost.what.object);
        let report = out.report(&NOT_EXPORTED_TO_GATEWAY, subject, span, message);
        report
            .label(first.gateway.meta.name_span, format!("runs in namespace `{namespace}`"))
            .help(format!("add `{namespace}` to `exportTo`"));
        let lost = if world.tables.iter().all(|table| !table.is_met(at)) {
            unreached(world, service)
        } else {
            hidden_hosts(world, at, service)
        };
        report.unreached(world.elements(lost));
        if binds_mesh(service) {
            report.severity(Severity::Info);
        }
    }
}

/// A server of each Gateway none of whose proxies sees the VirtualService; and whether there are others of which nobody
/// knows the namespace.
fn blind<'a>(
    world: &World<'a>,
    service: &VirtualService,
    hiding: &FxHashSet<usize>,
) -> (Vec<ServerRef<'a>>, bool) {
    let mut seeing: FxHashSet<u32> = FxHashSet::default();
    let mut assumed: FxHashSet<u32> = FxHashSet::default();
    let mut first: Vec<ServerRef<'a>> = Vec::new();
    for server in world.servers_of(service) {
        let gateway = server.record.gateway;
        if !hiding.contains(&server.table_index()) {
            seeing.insert(gateway);
        } else if server.table.proxy.found == Found::Assumed {
            assumed.insert(gateway);
        } else if first.iter().all(|known| known.record.gateway != gateway) {
            first.push(server);
        }
    }
    first.retain(|server| {
        !seeing.contains(&server.record.gateway) && !assumed.contains(&server.record.gateway)
    });
    (first, !assumed.is_empty())
}

fn unreached(world: &World<'_>, service: &VirtualService) -> Vec<Origin> {
    let mut lost = world.unreached_hosts(service);
    lost.extend(world.unreached_rules(service));
    lost
}

/// Hosts that a server would accept if it saw the VirtualService, and none does that sees it.
fn hidden_hosts(world: &World<'_>, at: u32, service: &VirtualService) -> Vec<Origin> {
    let unmet = world.unmet_servers_of(at, service);
    let seeing = world.servers_accepting(at);
    let accepts = |servers: &[ServerRef<'_>], host: &str| {
        let mut servers = servers.iter();
        servers.any(|one| admits(&one.record.hosts, service, host) == Admission::Served)
    };
    let mut hosts = world.unreached_hosts(service);
    hosts.retain(|origin| match origin.part {
        Part::Host(i) => {
            let host = &service.hosts[i as usize].value;
            !accepts(&seeing, host) && accepts(&unmet, host)
        }
        _ => false,
    });
    hosts
}
