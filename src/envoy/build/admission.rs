//! Which VirtualService meets which server, and with which hosts. The only place that decides it.

use std::collections::BTreeSet;

use rustc_hash::FxHashMap;

use super::Build;
use super::hosts::{open_to, without_namespace};
use crate::envoy::table::{Admission, Binding, DropReason, Dropped};
use crate::istio::gateway::Server;
use crate::mesh::host::{intersection, overlaps};
use crate::mesh::{HostIndex, Mesh, ObjectRef, Origin, Part, UnsplicedReason, VirtualService};
use crate::text::{Spanned, Str};

/// What a server makes of a host of a VirtualService: HTTP servers intersect hosts (7.8), others ask whether they
/// overlap (8.2).
pub fn admits(hosts: &[String], service: &VirtualService, host: &str) -> Admission {
    // An intersection of two hosts exists exactly where one covers the other, so one test serves both.
    let meets = |name: &str| overlaps(name, host);
    if hosts.iter().filter_map(|own| open_to(own, &service.namespace)).any(meets) {
        Admission::Served
    } else if hosts.iter().map(|own| without_namespace(own)).any(meets) {
        Admission::OtherNamespace
    } else {
        Admission::Unserved
    }
}

/// The domains that a VirtualService gets through a server, lower-cased, each with the hosts that it comes from (7.8,
/// 7.11; mirrors istio 1.32 `host/names.go: Intersection`, server hosts first).
pub(super) fn domains(
    hosts: &[String],
    server: &Server,
    at: Origin,
    service: &VirtualService,
) -> Vec<(String, Vec<Origin>)> {
    let mut found: Vec<(&str, Vec<Origin>)> = Vec::new();
    for (i, own) in (0..).zip(hosts) {
        let Some(name) = open_to(own, &service.namespace) else { continue };
        for (j, wanted) in (0..).zip(&service.hosts) {
            let Some(domain) = intersection(name, &wanted.value) else { continue };
            if found.iter().any(|(known, _)| *known == domain) {
                continue;
            }
            let this = ObjectRef::VirtualService(service.index);
            let mut origins = vec![Origin::new(this, Part::Host(j), wanted.span)];
            // `*/*` makes one host of many: then there is no single place.
            if let (Part::Server(index), true) = (at.part, hosts.len() == server.hosts.len()) {
                let span = server.hosts[i as usize].span;
                origins.push(Origin::new(at.object, Part::ServerHost(index, i), span));
            }
            found.push((domain, origins));
        }
    }
    // Lower-casing comes after the intersection, so equal domains may remain; they are merged by the caller.
    found.into_iter().map(|(domain, origins)| (domain.to_lowercase(), origins)).collect()
}

/// Records for every server, dropped ones included, the VirtualServices that name its Gateway, are seen here and have
/// a host that it serves or would serve.
pub(super) fn bind(build: &mut Build<'_>) {
    let mesh = build.mesh;
    let mut views: FxHashMap<u32, View> = FxHashMap::default();
    let mut bindings = Vec::new();
    for (id, record) in (0..).zip(&build.servers) {
        let view = views
            .entry(record.gateway)
            .or_insert_with(|| View::new(mesh, &build.gateway_key(id), &build.proxy.namespace));
        for at in view.meeting(&record.hosts) {
            let service = &mesh.virtual_services.all[at as usize];
            let admits = |host: &Spanned<Str>| admits(&record.hosts, service, &host.value);
            bindings.push(Binding {
                virtual_service: at,
                server: id,
                hosts: service.hosts.iter().map(admits).collect(),
            });
        }
    }
    build.bindings = bindings;
    let (mut met, mut hidden) = (BTreeSet::new(), BTreeSet::new());
    for view in views.into_values() {
        met.extend(view.seen);
        hidden.extend(view.hidden);
    }
    build.met = met.into_iter().collect();
    for what in hidden {
        build.drop(what, None, DropReason::NotExported, None);
    }
    unspliced(build);
}

/// The VirtualServices that name a Gateway.
struct View {
    /// Those that are seen, in istiod's order.
    seen: Vec<u32>,
    /// Places in `seen` by host.
    by_host: HostIndex<u32>,
    /// Those that are not exported to the proxy.
    hidden: Vec<Origin>,
}

impl View {
    fn new(mesh: &Mesh, gateway: &str, namespace: &str) -> Self {
        let mut view = Self { seen: Vec::new(), by_host: HostIndex::default(), hidden: Vec::new() };
        for &at in mesh.virtual_services.naming(gateway) {
            let service = &mesh.virtual_services.all[at as usize];
            let object = ObjectRef::VirtualService(service.index);
            if !service.export_to.includes(namespace) {
                let span = mesh.store.meta(object).name_span;
                view.hidden.push(Origin::new(object, Part::Whole, span));
            } else if view.seen.last() != Some(&at) {
                // Named twice, bound twice; one record tells it.
                let place = u32::try_from(view.seen.len()).expect("fewer than 2^32 objects");
                service.hosts.iter().for_each(|host| view.by_host.insert(&host.value, place));
                view.seen.push(at);
            }
        }
        view
    }

    /// Those with a host that meets one of a server's, whichever namespaces that is open to, in istiod's order.
    fn meeting(&self, hosts: &[String]) -> Vec<u32> {
        let names = hosts.iter().map(|own| without_namespace(own));
        let mut places: Vec<u32> = names.flat_map(|name| self.by_host.overlapping(name)).collect();
        places.sort_unstable();
        places.dedup();
        places.into_iter().map(|place| self.seen[place as usize]).collect()
    }
}

/// Records what delegation left out of the VirtualServices that are bound here (spec 2, R-2.2, R-2.3, R-2.9).
fn unspliced(build: &mut Build<'_>) {
    let all = &build.mesh.virtual_services;
    let is_met = |root| all.of_object(root).is_some_and(|at| build.met.binary_search(&at).is_ok());
    let mut left_out = Vec::new();
    for lost in &all.unspliced {
        let ObjectRef::VirtualService(root) = lost.root.unwrap_or(lost.what).object else {
            continue;
        };
        if !is_met(root) {
            continue;
        }
        let reason = match lost.reason {
            UnsplicedReason::Missing => DropReason::DelegateMissing,
            UnsplicedReason::HasHosts => DropReason::DelegateHasHosts,
            UnsplicedReason::NotExported => DropReason::DelegateNotExported,
            UnsplicedReason::Conflict { .. } => DropReason::DelegateConflict,
            UnsplicedReason::TooManyMatches => DropReason::DelegateTooLarge,
        };
        left_out.push(Dropped { what: lost.what, server: None, reason, by: lost.root });
    }
    build.dropped.append(&mut left_out);
}
