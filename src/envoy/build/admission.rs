//! Which VirtualService meets which server, and with which hosts. The only place that decides it.

use std::collections::BTreeSet;

use super::Build;
use super::hosts::{open_to, without_namespace};
use crate::envoy::table::{Admission, Binding, DropReason};
use crate::istio::gateway::Server;
use crate::mesh::host::{intersection, overlaps};
use crate::mesh::{ObjectRef, Origin, Part, UnsplicedReason, VirtualService};

/// What a server makes of a host of a VirtualService: HTTP servers intersect hosts (7.8), others ask whether they
/// overlap (8.2).
fn admits(hosts: &[String], service: &VirtualService, host: &str) -> Admission {
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

/// Records for every server, dropped ones included, the VirtualServices that name its Gateway and are seen here.
pub(super) fn bind(build: &mut Build<'_>) {
    let mesh = build.mesh;
    let namespace = &build.proxy.namespace;
    let mut hidden: BTreeSet<Origin> = BTreeSet::new();
    for id in 0..build.servers.len() {
        let id = u32::try_from(id).expect("fewer than 2^32 servers");
        let gateway = build.gateway_key(id);
        let record = &build.servers[id as usize];
        let mut before: Option<u32> = None;
        for &at in mesh.virtual_services.naming(&gateway) {
            let service = &mesh.virtual_services.all[at as usize];
            if !service.export_to.includes(namespace) {
                let meta = mesh.store.meta(ObjectRef::VirtualService(service.index));
                let what = Origin::new(
                    ObjectRef::VirtualService(service.index),
                    Part::Whole,
                    meta.name_span,
                );
                hidden.insert(what);
                continue;
            }
            // Named twice, bound twice; one record tells it.
            if before == Some(at) {
                continue;
            }
            before = Some(at);
            build.bindings.push(Binding {
                virtual_service: at,
                server: id,
                hosts: service
                    .hosts
                    .iter()
                    .map(|host| admits(&record.hosts, service, &host.value))
                    .collect(),
                has_routes: false,
            });
        }
    }
    for what in hidden {
        build.drop(what, None, DropReason::NotExported, None);
    }
    unspliced(build);
}

/// Records what delegation left out of the VirtualServices that are bound here (spec 2, R-2.2, R-2.3, R-2.9).
fn unspliced(build: &mut Build<'_>) {
    let all = &build.mesh.virtual_services.all;
    let bound: BTreeSet<u32> =
        build.bindings.iter().map(|binding| all[binding.virtual_service as usize].index).collect();
    for lost in &build.mesh.virtual_services.unspliced {
        let ObjectRef::VirtualService(root) = lost.root.unwrap_or(lost.what).object else {
            continue;
        };
        if !bound.contains(&root) {
            continue;
        }
        let reason = match lost.reason {
            UnsplicedReason::Missing => DropReason::DelegateMissing,
            UnsplicedReason::HasHosts => DropReason::DelegateHasHosts,
            UnsplicedReason::NotExported => DropReason::DelegateNotExported,
            UnsplicedReason::Conflict => DropReason::DelegateConflict,
        };
        build.drop(lost.what, None, reason, lost.root);
    }
}
