//! Which written parts reach a table (cli.md 22.7, `unreached`): read off the tables, never derived.

mod parts;
mod without;

use std::sync::Arc;

use rustc_hash::FxHashSet;

use self::parts::Parts;
use super::World;
use crate::envoy::listener::Terminal;
use crate::envoy::route::{Outline, Segment};
use crate::envoy::{Admission, DropReason, Table};
use crate::mesh::{Mesh, ObjectRef, Origin, Part, Rule, VirtualService};

/// All parts of objects that reach some table.
#[derive(Debug, Default)]
pub(super) struct Reached {
    parts: Parts,
    /// What some table lacks for a reason that has nothing to do with a server.
    own_faults: FxHashSet<(ObjectRef, Part)>,
}

impl Reached {
    /// Reads what the parts of the tables come from.
    pub(super) fn new(mesh: &Mesh, tables: &[Table<Outline>]) -> Self {
        let mut reached = Self { parts: Parts::new(mesh), ..Self::default() };
        for table in tables {
            let own = table.dropped.iter().filter(|lost| OWN_FAULT.contains(&lost.reason));
            reached.own_faults.extend(own.map(|lost| (lost.what.object, lost.what.part)));
            reached.add_routes(mesh, table);
            reached.add_servers(table);
        }
        for (object, part) in reached.hosts_of_l4(mesh, tables) {
            reached.parts.insert(object, part);
        }
        reached
    }

    /// The domains of virtual hosts, and what they answer with.
    fn add_routes(&mut self, mesh: &Mesh, table: &Table<Outline>) {
        let mut known: FxHashSet<*const Arc<Outline>> = FxHashSet::default();
        for host in table.routes.iter().flat_map(|config| &config.virtual_hosts) {
            let origins = host.domains.iter().flat_map(|domain| &domain.origins);
            origins.for_each(|&origin| self.add(origin));
            // Virtual hosts share what a VirtualService gives them.
            let new = |segment: &&Segment<Outline>| known.insert(segment.routes.as_ptr());
            for segment in host.segments.iter().filter(new) {
                let rules = &mesh.virtual_services.all[segment.virtual_service as usize].http;
                for route in &*segment.routes {
                    self.add(route.origin);
                    if let Some(root) = route.delegated_by {
                        self.add(root);
                        // The match may be that of the root, and the rule the delegate's all the same.
                        self.add(rules[route.written.rule as usize].origin);
                    }
                }
            }
        }
    }

    /// Servers that take part, and what filter chains are made of.
    fn add_servers(&mut self, table: &Table<Outline>) {
        let live = table.servers.iter().filter(|record| record.is_live && !record.is_displaced);
        live.for_each(|record| self.add(record.origin));
        // A chain of a displaced server leads to the routes of others.
        let displaced = table.servers.iter().filter(|record| record.is_displaced);
        let displaced: FxHashSet<Origin> = displaced.map(|record| record.origin).collect();
        for chain in table.listeners.iter().flat_map(|listener| &listener.filter_chains) {
            let origins = chain.origins.iter().filter(|origin| !displaced.contains(origin));
            origins.for_each(|&origin| self.add(origin));
            if let Terminal::Tcp(proxy) = &chain.terminal {
                proxy.origin.into_iter().for_each(|origin| self.add(origin));
            }
        }
    }

    /// Hosts of VirtualServices without http rules, which are no domains: they let the other rules in.
    fn hosts_of_l4(&self, mesh: &Mesh, tables: &[Table<Outline>]) -> Vec<(ObjectRef, Part)> {
        let mut hosts = Vec::new();
        for binding in tables.iter().flat_map(|table| &table.bindings) {
            let service = &mesh.virtual_services.all[binding.virtual_service as usize];
            let object = ObjectRef::VirtualService(service.index);
            let spec = &mesh.store.virtual_services[service.index as usize].spec;
            let rules = (0..).zip(&spec.tls).map(|(i, _)| Part::Tls(i));
            let mut rules = rules.chain((0..).zip(&spec.tcp).map(|(i, _)| Part::Tcp(i)));
            if spec.http.is_empty() && rules.any(|part| self.has(object, part)) {
                let served = (0..).zip(&binding.hosts).filter(|(_, a)| **a == Admission::Served);
                hosts.extend(served.map(|(i, _)| (object, Part::Host(i))));
            }
        }
        hosts
    }

    fn add(&mut self, origin: Origin) {
        let rule = origin.part.rule();
        if rule != origin.part {
            self.parts.insert(origin.object, rule);
        }
        self.parts.insert(origin.object, origin.part);
    }

    fn has(&self, object: ObjectRef, part: Part) -> bool {
        self.parts.has(object, part)
    }
}

/// Why a rule or match is not in the table although a server takes it, whichever server that is.
const OWN_FAULT: [DropReason; 8] = [
    DropReason::BehindCatchAll,
    DropReason::MatchSource,
    DropReason::NoDestinations,
    DropReason::DelegateMissing,
    DropReason::DelegateHasHosts,
    DropReason::DelegateNotExported,
    DropReason::DelegateConflict,
    DropReason::DelegateTooLarge,
];

/// Whether two origins stand for one part of one object.
fn is_same(a: &Origin, b: &Origin) -> bool {
    (a.object, a.part) == (b.object, b.part)
}

impl World<'_> {
    /// Whether a part of an object reaches some table.
    pub(super) fn is_reached(&self, origin: Origin) -> bool {
        self.reached().has(origin.object, origin.part)
    }

    /// The part itself, unless it reaches some table.
    pub(super) fn unless_reached(&self, origin: Origin) -> Vec<Origin> {
        if self.is_reached(origin) { Vec::new() } else { vec![origin] }
    }

    /// Hosts of a VirtualService that reach no table.
    pub(super) fn unreached_hosts(&self, service: &VirtualService) -> Vec<Origin> {
        let object = ObjectRef::VirtualService(service.index);
        let hosts = (0..).zip(&service.hosts);
        let origins = hosts.map(|(i, host)| Origin::new(object, Part::Host(i), host.span));
        origins.filter(|&origin| !self.is_reached(origin)).collect()
    }

    /// Hosts of a VirtualService that some server accepts and that reach no table.
    pub(super) fn unreached_accepted(&self, at: u32, service: &VirtualService) -> Vec<Origin> {
        let mut hosts = self.unreached_hosts(service);
        hosts.retain(|origin| match origin.part {
            Part::Host(i) => self.is_accepted(at, i as usize),
            _ => false,
        });
        hosts
    }

    /// Hosts that some server accepts, and rules of delegates, of a VirtualService none of whose hosts reaches a table.
    pub(super) fn lost_without_rules(&self, service: &VirtualService) -> Vec<Origin> {
        let at = self.mesh.virtual_services.of_object(service.index);
        match at {
            Some(at) if self.unreached_hosts(service).len() == service.hosts.len() => {
                let mut lost = self.unreached_accepted(at, service);
                lost.extend(self.unreached_delegated(service, |_| true));
                lost
            }
            _ => Vec::new(),
        }
    }

    /// A rule or match, unless it reaches a table, its rule where no match of that does, what a delegate has for it, and
    /// the hosts of the VirtualServices that have the rule where nothing is left of them.
    pub(super) fn lost_with_rule(
        &self,
        origin: Origin,
        roots: &[(u32, &VirtualService)],
    ) -> Vec<Origin> {
        let rule = Origin { part: origin.part.rule(), ..origin };
        let mut lost = self.unless_reached(rule);
        if matches!(origin.part, Part::HttpMatch(..)) {
            lost.extend(self.unless_reached(origin));
        }
        for (_, root) in roots {
            lost.extend(self.unreached_delegated(root, |by| is_same(by, &rule)));
            lost.extend(self.lost_without_rules(root));
        }
        lost
    }

    /// Rules `tls` and `tcp` of a VirtualService that reach no table.
    pub(super) fn unreached_l4(&self, service: &VirtualService) -> Vec<Origin> {
        let object = ObjectRef::VirtualService(service.index);
        let spec = &self.mesh.store.virtual_services[service.index as usize].spec;
        let tls = (0..).zip(&spec.tls).map(|(i, rule)| (Part::Tls(i), rule.span));
        let tcp = (0..).zip(&spec.tcp).map(|(i, rule)| (Part::Tcp(i), rule.span));
        let origins = tls.chain(tcp).map(|(part, span)| Origin::new(object, part, span));
        origins.filter(|&origin| !self.is_reached(origin)).collect()
    }

    /// Whether a `tls` or `tcp` rule of a VirtualService reaches a table.
    pub(super) fn has_used_l4(&self, service: &VirtualService) -> bool {
        let spec = &self.mesh.store.virtual_services[service.index as usize].spec;
        self.unreached_l4(service).len() < spec.tls.len() + spec.tcp.len()
    }

    /// Rules of a VirtualService that reach no table, where none of its hosts does: `tls`, `tcp`, and those of its
    /// delegates.
    pub(super) fn unreached_rules(&self, service: &VirtualService) -> Vec<Origin> {
        let mut lost = self.unreached_l4(service);
        lost.extend(self.unreached_delegated(service, |_| true));
        lost
    }

    /// Rules of delegates that reach no table, of the rules of a VirtualService that delegate.
    pub(super) fn unreached_delegated(
        &self,
        service: &VirtualService,
        mut by: impl FnMut(&Origin) -> bool,
    ) -> Vec<Origin> {
        let is_delegated = |rule: &&Rule| rule.delegated_by.as_deref().is_some_and(&mut by);
        let delegated = service.http.iter().filter(is_delegated);
        delegated.flat_map(|rule| self.unless_reached(rule.origin)).collect()
    }
}
