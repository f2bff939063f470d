//! Which VirtualService meets which server, and with which hosts. The only place that decides it.

use std::collections::BTreeSet;

use rustc_hash::{FxHashMap, FxHashSet};

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

/// Up to how many hosts are looked through one by one.
const FEW: usize = 8;

/// The hosts of a server, found by the hosts that they overlap with where they are many.
pub(super) struct ServerHosts<'h> {
    hosts: &'h [String],
    index: Option<ByNamespace>,
}

/// Hosts of a server by the namespace that they are kept for; each once, by its first place in the list.
#[derive(Debug, Default)]
pub struct ByNamespace {
    /// Those for all namespaces.
    common: HostIndex<u32>,
    kept: FxHashMap<String, HostIndex<u32>>,
    /// All of them.
    any: HostIndex<()>,
}

impl<'h> ServerHosts<'h> {
    pub(super) fn new(hosts: &'h [String]) -> Self {
        let index = (hosts.len() > FEW).then(|| ByNamespace::new(hosts));
        Self { hosts, index }
    }

    /// What the server makes of a host of a VirtualService, as [`admits`] says.
    fn admits(&self, service: &VirtualService, host: &str) -> Admission {
        match &self.index {
            Some(index) => index.admits(service, host),
            None => admits(self.hosts, service, host),
        }
    }

    /// The hosts of the server and those of a VirtualService that may bind to them and meet them, by their places in
    /// the two lists, sorted. What says the same again may be left out.
    fn meetings(&self, service: &VirtualService) -> Vec<(u32, u32)> {
        let wanted = (0..).zip(&service.hosts);
        let mut meetings = Vec::new();
        if let Some(index) = &self.index {
            let mut known: FxHashSet<&str> = FxHashSet::default();
            for (j, wanted) in wanted.filter(|(_, wanted)| known.insert(&wanted.value)) {
                for open in index.open_to(&service.namespace) {
                    meetings.extend(open.overlapping(&wanted.value).map(|i| (i, j)));
                }
            }
            meetings.sort_unstable();
            return meetings;
        }
        for (i, own) in (0..).zip(self.hosts) {
            let Some(name) = open_to(own, &service.namespace) else { continue };
            let met = wanted.clone().filter(|(_, wanted)| overlaps(name, &wanted.value));
            meetings.extend(met.map(|(j, _)| (i, j)));
        }
        meetings
    }
}

impl ByNamespace {
    /// Hosts as [`ServerRecord`](crate::envoy::ServerRecord) has them.
    pub fn new(hosts: &[String]) -> Self {
        let mut all = Self::default();
        let (mut known, mut names) = (FxHashSet::default(), FxHashSet::default());
        for (at, host) in (0..).zip(hosts) {
            let name = without_namespace(host);
            if names.insert(name) {
                all.any.insert(name, ());
            }
            if known.insert(host.as_str()) {
                match host.split_once('/') {
                    Some((owner, _)) => {
                        let kept = all.kept.entry(owner.to_owned()).or_default();
                        kept.insert(name, at);
                    }
                    None => all.common.insert(name, at),
                }
            }
        }
        all
    }

    /// What the server makes of a host of a VirtualService, as [`admits`] says.
    pub fn admits(&self, service: &VirtualService, host: &str) -> Admission {
        if self.open_to(&service.namespace).any(|open| open.overlapping(host).next().is_some()) {
            Admission::Served
        } else if self.any.overlapping(host).next().is_some() {
            Admission::OtherNamespace
        } else {
            Admission::Unserved
        }
    }

    /// Those to which VirtualServices of a namespace may bind.
    fn open_to(&self, namespace: &str) -> impl Iterator<Item = &HostIndex<u32>> {
        std::iter::once(&self.common).chain(self.kept.get(namespace))
    }
}

/// The domains that a VirtualService gets through a server, lower-cased, each with the hosts that it comes from (7.8,
/// 7.11; mirrors istio 1.32 `host/names.go: Intersection`, server hosts first).
pub(super) fn domains(
    hosts: &ServerHosts<'_>,
    server: &Server,
    at: Origin,
    service: &VirtualService,
) -> Vec<(String, Vec<Origin>)> {
    let mut found: Vec<(&str, Vec<Origin>)> = Vec::new();
    let meetings = hosts.meetings(service);
    let mut known: FxHashSet<&str> = FxHashSet::default();
    let is_short = meetings.len() <= FEW;
    let mut is_new = |domain, found: &[(&str, Vec<Origin>)]| {
        if is_short {
            found.iter().all(|(known, _)| *known != domain)
        } else {
            known.insert(domain)
        }
    };
    for (i, j) in meetings {
        let own = without_namespace(&hosts.hosts[i as usize]);
        let wanted = &service.hosts[j as usize];
        let Some(domain) = intersection(own, &wanted.value) else { continue };
        if !is_new(domain, &found) {
            continue;
        }
        let this = ObjectRef::VirtualService(service.index);
        let mut origins = vec![Origin::new(this, Part::Host(j), wanted.span)];
        // `*/*` makes one host of many: then there is no single place.
        if let (Part::Server(index), true) = (at.part, hosts.hosts.len() == server.hosts.len()) {
            let span = server.hosts[i as usize].span;
            origins.push(Origin::new(at.object, Part::ServerHost(index, i), span));
        }
        found.push((domain, origins));
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
        let hosts = ServerHosts::new(&record.hosts);
        for at in view.meeting(&record.hosts) {
            let service = &mesh.virtual_services.all[at as usize];
            let admits = |host: &Spanned<Str>| hosts.admits(service, &host.value);
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::mesh::ExportTo;
    use crate::text::{SourceId, Span};

    /// A VirtualService of `namespace` with these hosts.
    fn service(namespace: &str, hosts: &[&str]) -> VirtualService {
        let span = Span::new(SourceId::new(0), 0, 0);
        VirtualService {
            index: 0,
            namespace: namespace.into(),
            name: "a".into(),
            key: format!("{namespace}/a").into(),
            hosts: hosts.iter().map(|host| Spanned::new((*host).into(), span)).collect(),
            gateways: Vec::new(),
            http: Vec::new(),
            export_to: ExportTo::new([], [], namespace),
        }
    }

    /// What comes of a server and a VirtualService: what becomes of each host, and the hosts that meet.
    fn outcome(
        own: &ServerHosts<'_>,
        service: &VirtualService,
    ) -> (Vec<Admission>, Vec<[String; 2]>) {
        let admissions = service.hosts.iter().map(|host| own.admits(service, &host.value));
        let mut met: Vec<[String; 2]> = Vec::new();
        for (i, j) in own.meetings(service) {
            let pair = [own.hosts[i as usize].clone(), service.hosts[j as usize].to_string()];
            if !met.contains(&pair) {
                met.push(pair);
            }
        }
        (admissions.collect(), met)
    }

    #[test]
    fn many_hosts_admit_what_a_few_would() {
        let hosts: Vec<String> = [
            "*",
            "a.com",
            "*.a.com",
            "x.a.com",
            "shop/x.a.com",
            "shop/*.b.com",
            "blog/b.com",
            "a.com",
            "other/*",
            "shop/y.b.com",
            "A.com",
            "blog/y.b.com",
        ]
        .map(str::to_owned)
        .into();
        let wanted =
            ["x.a.com", "*.a.com", "b.com", "y.b.com", "*", "A.com", "a.com", "a.com", "c.org"];
        for from in 0..hosts.len() {
            let hosts = &hosts[from..];
            let few = ServerHosts { hosts, index: None };
            let many = ServerHosts { hosts, index: Some(ByNamespace::new(hosts)) };
            for namespace in ["shop", "blog", "infra"] {
                let service = service(namespace, &wanted);
                assert_eq!(outcome(&many, &service), outcome(&few, &service), "{hosts:?}");
            }
        }
    }
}
