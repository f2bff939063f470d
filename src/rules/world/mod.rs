//! What rules read: the mesh, the tables of its proxies and what did not reach them, with the questions that rules
//! ask. Knows no rule.

mod servers;

use std::fmt::Write as _;
use std::sync::OnceLock;

use rustc_hash::{FxHashMap, FxHashSet};

use super::destinations::Destinations;
use super::marks::AllMarks;
use super::nearest::did_you_mean;
use super::reached::Reached;
use super::{Complete, Presence, Unread, presence};
use crate::envoy::route::Outline;
use crate::envoy::{Admission, ByNamespace, DropReason, Rejected, Table, rejected_listeners};
use crate::finding::{Element, RuleOptions, Subject};
use crate::istio::Object;
use crate::istio::gateway::Gateway;
use crate::istio::virtual_service::VirtualService as Written;
use crate::manifest::Meta;
use crate::mesh::{HostIndex, Mesh, ObjectRef, Origin, Part, VirtualService};
use crate::text::{Neighbours, Str};

/// A mesh, the tables of its proxies, and what is known of the input.
#[derive(Debug)]
pub struct World<'a> {
    /// The mesh.
    pub mesh: &'a Mesh,
    /// One table for each proxy, in outline: no rule asks what routes do.
    pub tables: &'a [Table<Outline>],
    /// What the input is said to hold completely.
    pub complete: &'a Complete,
    /// What could not be read.
    pub unread: &'a Unread,
    /// The time, in seconds since 1970; none: nobody knows.
    pub now: Option<i64>,
    /// What the config file says of rules.
    pub options: RuleOptions,
    /// Which files stand together.
    pub neighbours: Neighbours<'a>,
    /// What reaches the tables; made when it is asked for.
    reached: OnceLock<Reached>,
    /// What VirtualServices have.
    marks: AllMarks,
    /// Gateways by `namespace/name`.
    by_name: FxHashMap<String, u32>,
    /// Gateways by namespace, in the order of the store.
    by_namespace: FxHashMap<&'a str, Vec<&'a Object<Gateway>>>,
    /// By index of the Gateway: table and index of the server.
    by_gateway: FxHashMap<u32, Vec<(usize, u32)>>,
    /// By index in `Mesh::virtual_services`: table and index of the binding. Sorted.
    by_virtual_service: Vec<(u32, usize, usize)>,
    /// Table and index of servers that accept a host of some VirtualService.
    bound: FxHashSet<(usize, u32)>,
    /// VirtualServices, by index in `Mesh::virtual_services`, that have a rule of an object; made when it is asked for.
    by_rule: OnceLock<FxHashMap<ObjectRef, Vec<u32>>>,
    /// The domains of all virtual hosts that answer; made when it is asked for.
    answered: OnceLock<HostIndex<()>>,
    /// By Gateway and index of the server: its hosts; made when it is asked for.
    hosts: OnceLock<FxHashMap<(u32, u32), ByNamespace>>,
    /// By index in `Mesh::virtual_services`: what becomes of the hosts; made when it is asked for.
    admissions: OnceLock<Vec<Vec<Option<Admission>>>>,
    /// Gateways with a server that no table knows; made when it is asked for.
    unrecorded: OnceLock<FxHashSet<u32>>,
    /// By table: the listeners that Envoy refuses; made when it is asked for.
    rejected: OnceLock<Vec<Vec<Rejected>>>,
    /// Gateways by name alone; made when it is asked for.
    by_short_name: OnceLock<FxHashMap<String, Vec<u32>>>,
    /// VirtualServices of the store by `namespace/name`; made when it is asked for.
    virtual_services: OnceLock<FxHashMap<String, u32>>,
    /// Where rules lead.
    destinations: Destinations<'a>,
}

/// Something that is written and missing in some table, once for all tables.
#[derive(Clone, Debug)]
pub struct Lost {
    /// What.
    pub what: Origin,
    /// What takes its place, where something does.
    pub by: Option<Origin>,
    /// The tables in which it is missing, and the server that it is left out of.
    pub places: Vec<(usize, Option<u32>)>,
}

impl<'a> World<'a> {
    /// Indexes the tables.
    pub fn new(
        mesh: &'a Mesh,
        tables: &'a [Table<Outline>],
        complete: &'a Complete,
        unread: &'a Unread,
    ) -> Self {
        Self::with_marks(mesh, tables, complete, unread, AllMarks::new(mesh))
    }

    /// The same where every VirtualService may have all that rules look for.
    #[cfg(test)]
    pub(crate) fn without_marks(
        mesh: &'a Mesh,
        tables: &'a [Table<Outline>],
        complete: &'a Complete,
        unread: &'a Unread,
    ) -> Self {
        Self::with_marks(mesh, tables, complete, unread, AllMarks::new(mesh).all_for_all())
    }

    fn with_marks(
        mesh: &'a Mesh,
        tables: &'a [Table<Outline>],
        complete: &'a Complete,
        unread: &'a Unread,
        marks: AllMarks,
    ) -> Self {
        let mut by_gateway: FxHashMap<u32, Vec<(usize, u32)>> = FxHashMap::default();
        let bindings = tables.iter().map(|table| table.bindings.len()).sum();
        let mut by_virtual_service = Vec::with_capacity(bindings);
        let mut bound = FxHashSet::default();
        for (at, table) in tables.iter().enumerate() {
            for (server, record) in (0..).zip(&table.servers) {
                by_gateway.entry(record.gateway).or_default().push((at, server));
            }
            for (index, binding) in table.bindings.iter().enumerate() {
                by_virtual_service.push((binding.virtual_service, at, index));
                if binding.hosts.contains(&Admission::Served) {
                    bound.insert((at, binding.server));
                }
            }
        }
        by_virtual_service.sort_unstable();
        let key = |gateway: &Object<Gateway>| {
            format!("{}/{}", gateway.meta.namespace(), gateway.meta.name())
        };
        let by_name =
            (0..).zip(&mesh.store.gateways).map(|(at, gateway)| (key(gateway), at)).collect();
        let mut by_namespace: FxHashMap<&str, Vec<&Object<Gateway>>> = FxHashMap::default();
        for gateway in &mesh.store.gateways {
            by_namespace.entry(gateway.meta.namespace()).or_default().push(gateway);
        }
        Self {
            mesh,
            tables,
            complete,
            unread,
            now: None,
            options: RuleOptions::default(),
            neighbours: Neighbours::default(),
            reached: OnceLock::new(),
            destinations: Destinations::new(mesh, &marks, complete, unread),
            marks,
            by_name,
            by_namespace,
            by_gateway,
            by_virtual_service,
            bound,
            by_rule: OnceLock::new(),
            answered: OnceLock::new(),
            hosts: OnceLock::new(),
            admissions: OnceLock::new(),
            unrecorded: OnceLock::new(),
            rejected: OnceLock::new(),
            by_short_name: OnceLock::new(),
            virtual_services: OnceLock::new(),
        }
    }

    /// The same at a time, in seconds since 1970.
    #[must_use]
    pub fn at(self, now: Option<i64>) -> Self {
        Self { now, ..self }
    }

    /// The same, where not all files stand together.
    #[must_use]
    pub fn beside(self, neighbours: Neighbours<'a>) -> Self {
        Self { neighbours, ..self }
    }

    /// The same with what the config file says of rules.
    #[must_use]
    pub fn with(self, options: RuleOptions) -> Self {
        Self { options, ..self }
    }

    /// What the builders left out for a reason: each part of an object once.
    pub fn dropped(&self, reason: DropReason) -> Vec<Lost> {
        let mut all: Vec<Lost> = Vec::new();
        let mut known: FxHashMap<(ObjectRef, Part), usize> = FxHashMap::default();
        for (at, table) in self.tables.iter().enumerate() {
            for dropped in table.dropped.iter().filter(|dropped| dropped.reason == reason) {
                let index =
                    *known.entry((dropped.what.object, dropped.what.part)).or_insert_with(|| {
                        all.push(Lost { what: dropped.what, by: dropped.by, places: Vec::new() });
                        all.len() - 1
                    });
                all[index].places.push((at, dropped.server));
            }
        }
        all
    }

    /// Gateways that some proxy runs, by index in the store. Rules are silent about others.
    pub(super) fn gateways(&self) -> impl Iterator<Item = (u32, &'a Object<Gateway>)> {
        (0..).zip(&self.mesh.store.gateways).filter(|(at, _)| self.by_gateway.contains_key(at))
    }

    /// VirtualServices that name a Gateway, by index in `Mesh::virtual_services`.
    pub(super) fn virtual_services(&self) -> impl Iterator<Item = (u32, &'a VirtualService)> {
        virtual_services(self.mesh)
    }

    /// The index of the Gateway `namespace/name`.
    pub(super) fn gateway_named(&self, key: &str) -> Option<u32> {
        self.by_name.get(key).copied()
    }

    /// What the input says of the Gateway `namespace/name`, which an object names. A Gateway of the Gateway API counts,
    /// too: a VirtualService may name one.
    pub(super) fn presence_of_gateway(&self, by: &Meta, namespace: &str, name: &str) -> Presence {
        if self.gateway_named(&format!("{namespace}/{name}")).is_some() {
            return Presence::Known;
        }
        let proves = |gateway: &&Object<Gateway>| self.is_proof(by, &gateway.meta, namespace);
        let others = self.by_namespace.get(namespace).map_or(&[][..], Vec::as_slice);
        presence::other_gateway(self, others.iter().any(proves), namespace, name)
    }

    /// Whether an object of `namespace` shows that the input holds others of its kind and namespace, one of which `by`
    /// names. Where nobody wrote the namespace, whoever applies the files gives it to them, to each folder its own.
    pub(super) fn is_proof(&self, by: &Meta, other: &Meta, namespace: &str) -> bool {
        let is_placed = by.namespace_span.is_some() || by.namespace() != namespace;
        (is_placed && other.namespace_span.is_some())
            || self.neighbours.are_near(by.subject.source, other.subject.source)
    }

    /// The Gateways of a name, of whatever namespace.
    pub(super) fn gateways_called(&self, name: &str) -> Vec<&'a Object<Gateway>> {
        let by_short = self.by_short_name.get_or_init(|| {
            let mut by_short: FxHashMap<String, Vec<u32>> = FxHashMap::default();
            for (at, gateway) in (0..).zip(&self.mesh.store.gateways) {
                by_short.entry(gateway.meta.name().to_owned()).or_default().push(at);
            }
            by_short
        });
        let all = by_short.get(name).map_or(&[][..], Vec::as_slice);
        all.iter().map(|&at| &self.mesh.store.gateways[at as usize]).collect()
    }

    /// The Gateway that may be meant by `namespace/name`, which is not there: one of the namespace that is spelled
    /// alike, or of that name in another.
    pub(super) fn gateway_meant(&self, namespace: &str, name: &str) -> Option<&'a Object<Gateway>> {
        let here = self.by_namespace.get(namespace).map_or(&[][..], Vec::as_slice);
        let near = did_you_mean(name, here.iter().map(|gateway| gateway.meta.name()));
        match near {
            Some(near) => here.iter().find(|gateway| gateway.meta.name() == near).copied(),
            None => self.gateways_called(name).first().copied(),
        }
    }

    /// The VirtualService `namespace/name`, with its index in the store.
    pub(super) fn virtual_service_named(&self, key: &str) -> Option<(u32, &'a Object<Written>)> {
        let all = &self.mesh.store.virtual_services;
        let by_name = self.virtual_services.get_or_init(|| {
            let name = |object: &Object<Written>| {
                format!("{}/{}", object.meta.namespace(), object.meta.name())
            };
            (0..).zip(all).map(|(at, object)| (name(object), at)).collect()
        });
        let &at = by_name.get(key)?;
        Some((at, &all[at as usize]))
    }

    /// VirtualServices that name a Gateway and have a rule of an object: its own, or those that delegate to it.
    pub(super) fn with_rules_of(&self, object: ObjectRef) -> Vec<(u32, &'a VirtualService)> {
        let by_rule = self.by_rule.get_or_init(|| by_rule(self.mesh));
        let all = by_rule.get(&object).map_or(&[][..], Vec::as_slice);
        let all = all.iter().map(|&at| (at, &self.mesh.virtual_services.all[at as usize]));
        all.filter(|(_, service)| names_gateway(service)).collect()
    }

    /// Whether some virtual host answers for a host, whosever it is.
    pub(super) fn is_answered(&self, host: &str) -> bool {
        let domains = self.answered.get_or_init(|| {
            let mut index = HostIndex::default();
            let configs = self.tables.iter().flat_map(|table| &table.routes);
            configs
                .flat_map(|config| &config.virtual_hosts)
                .filter(|host| !host.routes.is_empty() || host.requires_tls())
                .flat_map(|host| &host.domains)
                .for_each(|domain| index.insert(&domain.name, ()));
            index
        });
        domains.overlapping(&host.to_ascii_lowercase()).next().is_some()
    }

    /// The listeners that Envoy refuses, by table.
    pub(super) fn rejected_listeners(&self) -> &[Vec<Rejected>] {
        self.rejected.get_or_init(|| {
            let tables = self.tables.iter();
            let of =
                |table: &Table<_>| rejected_listeners(self.mesh, &table.proxy, &table.listeners);
            tables.map(of).collect()
        })
    }

    /// Where the rules of VirtualServices lead.
    pub(super) fn destinations(&self) -> &Destinations<'a> {
        &self.destinations
    }

    /// What reaches the tables.
    pub(super) fn reached(&self) -> &Reached {
        self.reached.get_or_init(|| Reached::new(self.mesh, self.tables))
    }

    /// What VirtualServices have.
    pub(super) fn marks(&self) -> &AllMarks {
        &self.marks
    }

    /// Who an object is.
    pub(super) fn subject(&self, object: ObjectRef) -> &'a Subject {
        &self.mesh.store.meta(object).subject
    }

    /// A part of an object as an element of a document.
    pub(super) fn element(&self, origin: Origin) -> Element {
        let subject = self.subject(origin.object);
        let mut path = Str::new();
        write!(path, "{}", origin.part).expect("a text takes all");
        Element { source: subject.source, document: subject.document, path }
    }

    /// Elements for parts of objects.
    pub(super) fn elements(&self, origins: Vec<Origin>) -> impl Iterator<Item = Element> {
        origins.into_iter().map(|origin| self.element(origin))
    }

    /// Whether files tell that two objects may well be of one cluster: both name their namespace, or they stand near each
    /// other. Others get their namespaces from whoever applies them, and are as likely samples of which one is applied.
    pub(super) fn are_together(&self, a: ObjectRef, b: ObjectRef) -> bool {
        let [a, b] = [a, b].map(|object| self.mesh.store.meta(object));
        (a.namespace_span.is_some() && b.namespace_span.is_some())
            || self.neighbours.are_near(a.subject.source, b.subject.source)
    }

    /// Whether files tell which of two objects istiod sees first (cli.md 22.19): the objects are one, or both have a
    /// creation time.
    pub(super) fn knows_order(&self, a: ObjectRef, b: ObjectRef) -> bool {
        let is_dated = |object| self.mesh.store.meta(object).created.is_some();
        a == b || (is_dated(a) && is_dated(b))
    }
}

/// The VirtualServices that have a rule of an object: their own, or of a delegate.
fn by_rule(mesh: &Mesh) -> FxHashMap<ObjectRef, Vec<u32>> {
    let mut by_rule: FxHashMap<ObjectRef, Vec<u32>> = FxHashMap::default();
    for (at, service) in (0..).zip(&mesh.virtual_services.all) {
        let own = ObjectRef::VirtualService(service.index);
        let objects = service.http.iter().map(|rule| rule.origin.object);
        for object in std::iter::once(own).chain(objects) {
            let known = by_rule.entry(object).or_default();
            if known.last() != Some(&at) {
                known.push(at);
            }
        }
    }
    by_rule
}

/// VirtualServices that name a Gateway, by index in `Mesh::virtual_services`.
pub(super) fn virtual_services(mesh: &Mesh) -> impl Iterator<Item = (u32, &VirtualService)> {
    (0..).zip(&mesh.virtual_services.all).filter(|(_, service)| names_gateway(service))
}

/// Whether a VirtualService is for a gateway, and not for sidecars alone.
fn names_gateway(service: &VirtualService) -> bool {
    service.gateways.iter().any(|name| name.value != "mesh")
}
