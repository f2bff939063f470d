//! Matches that earlier ones of the same VirtualService leave nothing to wherever servers take them, and the requests that
//! are shown for matches that are shadowed: what GW503 reads in the tables.

use std::collections::BTreeMap;
use std::collections::btree_map::Entry;

use indexmap::IndexMap;
use rustc_hash::{FxBuildHasher, FxHashMap, FxHashSet};

use super::hosts::binds_mesh;
use super::marks::Marks;
use super::server::ServerRef;
use super::shadowed::{Entry as Match, by_matches, entries};
use super::shadows::{Question, Shared};
use super::{World, is_placeholder, presence};
use crate::envoy::reach::{Budget, Reach, Routes, Schemes, Shadow, Suspects};
use crate::envoy::route::{Outline, RouteMatch, Segment, VirtualHost, Written};
use crate::envoy::{DropReason, Table};
use crate::istio::policy::PolicyKind;
use crate::mesh::names::gateway_name;
use crate::mesh::{Found, ObjectRef, Part, VirtualService};

/// The matches of a VirtualService, and those that are shadowed.
pub(super) struct Shadowing<'a> {
    pub(super) entries: Vec<Match<'a>>,
    pub(super) dead: Vec<Dead>,
}

/// A match that others of its VirtualService shadow.
pub(super) struct Dead {
    /// By index in the entries, also those of the shadow.
    pub(super) at: usize,
    pub(super) shadow: Shadow,
    /// Who answers the request that is shown, where that is another VirtualService: its index, and its route.
    pub(super) answer: Option<(u32, Written)>,
}

/// A virtual host that has routes of a VirtualService and answers by them.
#[derive(Clone, Copy)]
struct Place<'a> {
    host: Shared<'a>,
    segment: &'a Segment<Outline>,
    schemes: Schemes,
}

/// Where VirtualServices have routes, each list of routes once.
#[derive(Default)]
struct Places<'a> {
    all: FxHashMap<u32, Vec<Place<'a>>>,
}

/// All VirtualServices that have shadowed matches or rules of delegates.
pub(super) fn shadowing<'a>(world: &'a World<'a>, budget: &mut Budget) -> Vec<Shadowing<'a>> {
    let mut all: Vec<(u32, Shadowing<'a>)> = Vec::new();
    let mut scoped: FxHashSet<u32> = FxHashSet::default();
    let mut patched: Option<Vec<bool>> = None;
    let some = Marks::SHADOW | Marks::SCOPED | Marks::DELEGATED;
    for (at, service) in world.having(some) {
        let entries = entries(service);
        let may_shadow = world.has(at, Marks::SHADOW);
        let found = may_shadow.then(|| by_matches(service, &entries, budget));
        let dead: Vec<Dead> = found
            .into_iter()
            .flatten()
            .map(|(at, shadow)| Dead { at, shadow, answer: None })
            .collect();
        let is_scoped = entries.len() > 1
            && entries.iter().any(Match::is_scoped)
            && knows_servers_of(
                world,
                at,
                &entries,
                patched.get_or_insert_with(|| of_tables(world)),
            );
        if is_scoped {
            scoped.insert(at);
        }
        let is_any_delegated = entries.iter().any(|entry| entry.rule.delegated_by.is_some());
        if is_scoped || is_any_delegated || !dead.is_empty() {
            all.push((at, Shadowing { entries, dead }));
        }
    }
    let wanted = all.iter().filter(|(at, own)| scoped.contains(at) || !own.dead.is_empty());
    let places = Places::new(world, &wanted.map(|(at, _)| *at).collect());
    for (at, own) in all.iter_mut().filter(|(at, _)| scoped.contains(at)) {
        let found = places.shadowed(*at, own, budget);
        own.dead.extend(found.into_iter().map(|(at, shadow)| Dead { at, shadow, answer: None }));
        own.dead.sort_by_key(|dead| dead.at);
    }
    places.show(world, &mut all, budget);
    all.into_iter().map(|(_, own)| own).collect()
}

impl<'a> Places<'a> {
    fn new(world: &'a World<'a>, wanted: &FxHashSet<u32>) -> Self {
        let mut places = Self::default();
        if wanted.is_empty() {
            return places;
        }
        let mut known: FxHashSet<(u32, *const _, Schemes)> = FxHashSet::default();
        let tables: &'a [Table<Outline>] = world.tables;
        for table in tables {
            for config in &table.routes {
                let mut of_config = None;
                for host in &config.virtual_hosts {
                    let own = host.segments.iter();
                    for segment in own.filter(|one| wanted.contains(&one.virtual_service)) {
                        let shared = Shared { world, table, config, host };
                        let schemes = *of_config.get_or_insert_with(|| shared.schemes());
                        if shared.redirects_over(schemes) {
                            continue;
                        }
                        let service = segment.virtual_service;
                        if known.insert((service, segment.routes.as_ptr(), schemes)) {
                            let place = Place { host: shared, segment, schemes };
                            places.all.entry(service).or_default().push(place);
                        }
                    }
                }
            }
        }
        places
    }

    fn of(&self, service: u32) -> &[Place<'a>] {
        self.all.get(&service).map_or(&[][..], Vec::as_slice)
    }

    /// Matches that are shadowed wherever they are, and that are not known to be.
    fn shadowed(&self, at: u32, own: &Shadowing<'a>, budget: &mut Budget) -> Vec<(usize, Shadow)> {
        let places = self.of(at);
        let Some(first) = places.first() else { return Vec::new() };
        let service = &first.host.world.mesh.virtual_services.all[at as usize];
        let known: FxHashSet<usize> = own.dead.iter().map(|dead| dead.at).collect();
        let is_asked = |at: usize| !known.contains(&at) && !is_for_mesh(service, &own.entries[at]);
        let by_written: FxHashMap<Key, usize> = (0..).zip(written(service)).map(swap).collect();
        let here: Vec<Vec<usize>> = places.iter().map(|place| place.present(&by_written)).collect();
        let mut found: BTreeMap<usize, Shadow> = BTreeMap::new();
        let mut alive: FxHashSet<usize> = FxHashSet::default();
        for (place, here) in places.iter().zip(&here) {
            let shadowed = place.shadowed(&own.entries, here, is_asked, budget);
            let is_alive = |at: &usize| shadowed.binary_search_by_key(at, |(at, _)| *at).is_err();
            alive.extend(here.iter().copied().filter(is_alive));
            for (at, shadow) in shadowed {
                match found.entry(at) {
                    Entry::Vacant(free) => drop(free.insert(shadow)),
                    Entry::Occupied(known) => known.into_mut().by.extend(shadow.by),
                }
            }
        }
        found.retain(|at, _| !alive.contains(at));
        for (place, here) in places.iter().zip(&here) {
            place.add_catch_all(&own.entries, here, &mut found);
        }
        for shadow in found.values_mut() {
            shadow.by.sort_unstable();
            shadow.by.dedup();
        }
        found.into_iter().collect()
    }

    /// Finds for each shadowed match a request that the table answers by what shadows it, or what answers instead.
    fn show(&self, world: &World<'a>, all: &mut [(u32, Shadowing<'a>)], budget: &mut Budget) {
        let mut asked: IndexMap<*const VirtualHost<Outline>, Asked<'a>, FxBuildHasher> =
            IndexMap::default();
        for (number, (at, own)) in all.iter_mut().enumerate() {
            let service = &world.mesh.virtual_services.all[*at as usize];
            let places = self.of(*at);
            let is_for_gateways = service.gateways.iter().any(|name| name.value != "mesh");
            if places.is_empty() && !(is_for_gateways && world.knows_gateways_of(service)) {
                continue;
            }
            let written: Vec<Written> = written(service).collect();
            let here: Vec<FxHashSet<Key>> = places.iter().map(Place::keys).collect();
            for (index, dead) in own.dead.iter_mut().enumerate() {
                dead.shadow.request = None;
                let route = written[dead.at];
                let mut with = places.iter().zip(&here);
                let Some((place, _)) = with.find(|(_, here)| here.contains(&key(route))) else {
                    continue;
                };
                let by = dead.shadow.by.iter().map(|&by| written[by]).collect();
                let asked = asked.entry(std::ptr::from_ref(place.host.host));
                let asked = asked.or_insert_with(|| (place.host, Vec::new(), Vec::new()));
                asked.1.push(Question { service: *at, route, by });
                asked.2.push((number, index));
            }
        }
        for (host, questions, of) in asked.into_values() {
            for ((number, index), answer) in of.into_iter().zip(host.answers(&questions, budget)) {
                let (at, own) = &mut all[number];
                let Some(answer) = answer else { continue };
                let dead = &mut own.dead[index];
                dead.shadow.request = Some(answer.request);
                if answer.service == *at {
                    let service = &world.mesh.virtual_services.all[*at as usize];
                    let mut all = written(service);
                    dead.shadow.taker = all.position(|one| one == answer.route).expect("its own");
                } else {
                    dead.answer = Some((answer.service, answer.route));
                }
            }
        }
    }
}

/// A virtual host, what is asked of it, and the shadowed matches that this is about.
type Asked<'a> = (Shared<'a>, Vec<Question>, Vec<(usize, usize)>);

impl Place<'_> {
    fn keys(&self) -> FxHashSet<Key> {
        self.segment.routes.iter().map(|route| key(route.written)).collect()
    }

    /// The entries that have a route here, in order.
    fn present(&self, by_written: &FxHashMap<Key, usize>) -> Vec<usize> {
        let routes = self.segment.routes.iter();
        routes.filter_map(|route| by_written.get(&key(route.written)).copied()).collect()
    }

    /// Entries that others that are `here` shadow.
    fn shadowed(
        &self,
        entries: &[Match<'_>],
        here: &[usize],
        is_asked: impl Fn(usize) -> bool,
        budget: &mut Budget,
    ) -> Vec<(usize, Shadow)> {
        let suspects = Suspects::new((0..).zip(here).map(|(by, &at)| (entries[at].condition, by)));
        let asked = (0..here.len()).filter(|&at| is_asked(here[at]) && suspects.has(at));
        let asked: Vec<usize> = asked.collect();
        if asked.is_empty() {
            return Vec::new();
        }
        let related = suspects.related(&asked);
        let matcher = |&at: &usize| entries[here[at]].matcher();
        let matchers: Vec<RouteMatch> = related.iter().map(matcher).collect();
        let references: Vec<&RouteMatch> = matchers.iter().collect();
        let domains: Vec<&str> = self.host.host.domains.iter().map(|one| &*one.name).collect();
        let routes = Routes::new(&references, &domains, &self.host.example(), *budget);
        let mut routes = routes.over(self.schemes);
        let mut found = Vec::new();
        for (index, at) in related.iter().enumerate() {
            if asked.binary_search(at).is_ok()
                && let Reach::Shadowed(shadow) = routes.reach(index, |_| true)
            {
                found.push((here[*at], shadow.renumbered(&related).renumbered(here)));
            }
        }
        *budget = routes.budget();
        found
    }

    /// Adds the last route here to the shadows of entries that istiod leaves out behind it.
    fn add_catch_all(
        &self,
        entries: &[Match<'_>],
        here: &[usize],
        found: &mut BTreeMap<usize, Shadow>,
    ) {
        let Some(&last) = here.last().filter(|&&last| entries[last].is_catch_all()) else { return };
        let mut later = found.range_mut(last + 1..).peekable();
        if later.peek().is_none() {
            return;
        }
        let table = self.host.table;
        let gateway = table.servers[self.segment.server as usize].gateway;
        let is_here = |server: u32| {
            let record = &table.servers[server as usize];
            record.gateway == gateway && record.route_config == self.host.config.name
        };
        let cut = table.dropped.iter().filter(|lost| {
            lost.reason == DropReason::BehindCatchAll && lost.server.is_some_and(is_here)
        });
        let cut: FxHashSet<(ObjectRef, Part)> =
            cut.map(|lost| (lost.what.object, lost.what.part)).collect();
        for (at, shadow) in later {
            let parts = [entries[*at].origin, entries[*at].rule.origin];
            if parts.iter().any(|part| cut.contains(&(part.object, part.part))) {
                shadow.by.push(last);
            }
        }
    }
}

/// A [`Written`] that can be looked up.
type Key = (u32, Option<u32>);

fn key(written: Written) -> Key {
    (written.rule, written.condition)
}

fn swap((at, written): (usize, Written)) -> (Key, usize) {
    (key(written), at)
}

/// The parts of a VirtualService, as [`entries`] lists them.
fn written(service: &VirtualService) -> impl Iterator<Item = Written> {
    (0..).zip(&service.http).flat_map(|(rule, own)| {
        let conditions = (0..).zip(&own.http.matches).map(|(at, _)| Some(at));
        let none = own.http.matches.is_empty().then_some(None);
        conditions.chain(none).map(move |condition| Written { rule, condition })
    })
}

/// Whether sidecars get a match, too.
fn is_for_mesh(service: &VirtualService, entry: &Match<'_>) -> bool {
    let is_mesh = |name: &str| gateway_name(name, &entry.rule.namespace) == "mesh";
    binds_mesh(service)
        && entry.condition.is_none_or(|condition| {
            let mut names = condition.gateways.iter();
            condition.gateways.is_empty() || names.any(|name| is_mesh(&name.value))
        })
}

/// Which tables an `EnvoyFilter` may change.
fn of_tables(world: &World<'_>) -> Vec<bool> {
    let proxies = world.tables.iter().map(|table| &table.proxy);
    let kinds = [PolicyKind::EnvoyFilter];
    proxies.map(|proxy| presence::is_patched(world.mesh, proxy, &kinds)).collect()
}

/// Whether it is known which servers take which of the matches of a VirtualService, sidecars aside; `patched`: the tables
/// that an `EnvoyFilter` may change.
fn knows_servers_of(world: &World<'_>, at: u32, entries: &[Match<'_>], patched: &[bool]) -> bool {
    let service = &world.mesh.virtual_services.all[at as usize];
    let is_any_for_source = entries.iter().any(Match::is_for_source);
    let is_plain = |server: &ServerRef<'_>| {
        let record = server.record;
        let found = server.table.proxy.found;
        server.is_known()
            && (!server.server.is_http() || (record.is_live && !record.is_displaced))
            && (!is_any_for_source || matches!(found, Found::Given | Found::Workload(_)))
            && !patched[server.table_index()]
    };
    world.knows_gateways_of(service)
        && !service.hosts.iter().any(|host| is_placeholder(host))
        && !world.is_any_server_unrecorded(service)
        && world.unmet_servers_of(at, service).is_empty()
        && world.servers_of(service).iter().all(is_plain)
}
