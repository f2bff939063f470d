//! The routes of a virtual host as its VirtualServices give them, and which of them others shadow (see
//! [`reach`](crate::envoy::reach)).

use rustc_hash::{FxHashMap, FxHashSet};

use super::{World, is_placeholder};
use crate::envoy::Table;
use crate::envoy::listener::{FilterChain, Terminal};
use crate::envoy::reach::{Budget, Reach, Routes, Schemes, Shadow, Suspects, Witness};
use crate::envoy::route::{Outline, RouteConfig, RouteMatch, Segment, VirtualHost, Written};
use crate::mesh::{ObjectRef, Origin};

/// A virtual host, and who gives which of its routes.
#[derive(Clone, Copy)]
pub(super) struct Shared<'a> {
    pub(super) world: &'a World<'a>,
    pub(super) table: &'a Table<Outline>,
    pub(super) config: &'a RouteConfig<Outline>,
    pub(super) host: &'a VirtualHost<Outline>,
}

/// Who gives a route.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Giver {
    /// Index in `Mesh::virtual_services`.
    pub(super) service: u32,
    /// Index in [`Table::servers`].
    pub(super) server: u32,
}

/// Asks for a request that shows what becomes of a route of a VirtualService, by index in `Mesh::virtual_services`, that
/// other ones of it shadow.
#[derive(Debug)]
pub(super) struct Question {
    pub(super) service: u32,
    pub(super) route: Written,
    pub(super) by: Vec<Written>,
}

/// The request, and the route that answers it.
#[derive(Debug)]
pub(super) struct Answer {
    pub(super) service: u32,
    pub(super) route: Written,
    pub(super) request: Witness,
}

/// A route that a virtual host never answers with.
#[derive(Debug)]
pub(super) struct Shadowed {
    /// Index in the routes of the virtual host.
    pub(super) at: usize,
    /// The VirtualService that gives it, and that which gives the route that takes the request, by index in
    /// `Mesh::virtual_services`.
    pub(super) services: [u32; 2],
    /// What shadows it, by such indices.
    pub(super) shadow: Shadow,
}

impl<'a> Shared<'a> {
    /// Whether several VirtualServices give routes.
    pub(super) fn is_shared(&self) -> bool {
        let mut services = self.host.segments.iter().map(|segment| segment.virtual_service);
        let first = services.next();
        services.any(|service| Some(service) != first)
    }

    /// Who gives each route: those of the segments in order, the catch-alls last.
    pub(super) fn givers(&self) -> Vec<Giver> {
        let giver = |segment: &Segment<Outline>| Giver {
            service: segment.virtual_service,
            server: segment.server,
        };
        let segments = || self.host.segments.iter();
        // Catch-alls come last: if the last route is none, there are none.
        if self.host.routes.last().is_none_or(|last| !last.is_catch_all) {
            let of = |segment| std::iter::repeat_n(giver(segment), segment.routes.len());
            return segments().flat_map(of).collect();
        }
        let of_kind = |is_catch_all: bool| {
            segments().flat_map(move |segment| {
                let routes = segment.routes.iter();
                let own = routes.filter(move |route| route.is_catch_all == is_catch_all);
                own.map(move |_| giver(segment))
            })
        };
        of_kind(false).chain(of_kind(true)).collect()
    }

    /// What some routes ask for.
    pub(super) fn matchers(&self, givers: &[Giver], some: &[usize]) -> Vec<RouteMatch> {
        let all = &self.world.mesh.virtual_services.all;
        let matcher = |&at: &usize| self.host.routes[at].matcher(&all[givers[at].service as usize]);
        some.iter().map(matcher).collect()
    }

    /// Which of the routes others may shadow.
    fn suspects(&self, givers: &[Giver]) -> Suspects<'a> {
        let all = &self.world.mesh.virtual_services.all;
        Suspects::new(self.host.routes.iter().zip(givers).map(|(route, giver)| {
            (route.written.condition(&all[giver.service as usize]), giver.service)
        }))
    }

    /// The schemes of requests that come here.
    pub(super) fn schemes(&self) -> Schemes {
        let chains = self.table.listeners.iter().flat_map(|listener| &listener.filter_chains);
        let of_chain = |chain: &FilterChain| match &chain.terminal {
            Terminal::Http(manager) if manager.route_config == self.config.name => {
                // Of others the client's `X-Forwarded-Proto` counts.
                let is_edge = manager.xff_num_trusted_hops == 0;
                Some(match (is_edge, &chain.tls) {
                    (false, _) => Schemes::Any,
                    (true, None) => Schemes::Http,
                    (true, Some(_)) => Schemes::Https,
                })
            }
            _ => None,
        };
        let join = |a, b| if a == b { a } else { Schemes::Any };
        chains.filter_map(of_chain).reduce(join).unwrap_or_default()
    }

    /// Whether whatever comes here is redirected before routes are looked at.
    pub(super) fn redirects(&self) -> bool {
        self.host.requires_tls() && self.redirects_over(self.schemes())
    }

    /// The same, where it is known already which schemes come here.
    pub(super) fn redirects_over(&self, schemes: Schemes) -> bool {
        schemes == Schemes::Http && self.host.requires_tls()
    }

    /// For routes that others of their VirtualServices shadow: a request, and which route answers it. One of those that
    /// shadow it, if they leave it any; else some other one that is before it in any order.
    pub(super) fn answers(
        &self,
        questions: &[Question],
        budget: &mut Budget,
    ) -> Vec<Option<Answer>> {
        let givers = self.givers();
        let services: FxHashSet<u32> = questions.iter().map(|question| question.service).collect();
        let mut places: FxHashMap<(u32, u32, Option<u32>), usize> = FxHashMap::default();
        for (at, (route, giver)) in self.host.routes.iter().zip(&givers).enumerate() {
            if services.contains(&giver.service) {
                let Written { rule, condition } = route.written;
                places.entry((giver.service, rule, condition)).or_insert(at);
            }
        }
        let place = |service: u32, Written { rule, condition }: Written| {
            places.get(&(service, rule, condition)).copied()
        };
        let asked: Vec<Option<usize>> =
            questions.iter().map(|question| place(question.service, question.route)).collect();
        let all: Vec<usize> = asked.iter().flatten().copied().collect();
        let related = self.suspects(&givers).related(&all);
        let matchers = self.matchers(&givers, &related);
        let references: Vec<&RouteMatch> = matchers.iter().collect();
        let domains: Vec<&str> = self.host.domains.iter().map(|domain| &*domain.name).collect();
        let routes = Routes::new(&references, &domains, &self.example(), *budget);
        let mut routes = routes.over(self.schemes());
        let index = |at: usize| related.binary_search(&at).ok();
        let mut answer = |question: &Question, at: Option<usize>| {
            let at = index(at?)?;
            let by = question.by.iter();
            let by = by.filter_map(|&by| index(place(question.service, by)?)).collect();
            let is_before = |other: usize| self.is_before(&givers, related[other], related[at]);
            let (taker, request) = shown(&mut routes, at, by, is_before)?;
            let taker = related[taker];
            let (service, route) = (givers[taker].service, self.host.routes[taker].written);
            Some(Answer { service, route, request })
        };
        let answers = questions.iter().zip(asked).map(|(one, at)| answer(one, at)).collect();
        *budget = routes.budget();
        answers
    }

    /// Whether a VirtualService gives its routes through several servers.
    fn is_any_service_twice(&self) -> bool {
        let mut known: FxHashSet<u32> = FxHashSet::default();
        let mut services = self.host.segments.iter().map(|segment| segment.virtual_service);
        services.any(|service| !known.insert(service))
    }

    /// The routes that others of other VirtualServices shadow, in whatever order the objects were created, where those
    /// of its own do not.
    pub(super) fn shadowed_by_others(&self, budget: &mut Budget) -> Vec<Shadowed> {
        let givers = self.givers();
        let is_sure = self.is_some_order_known();
        // Where no order is known, only what is moved behind the others is surely behind them.
        let routes = &self.host.routes;
        let asked = |at: &usize| is_sure || routes[*at].is_catch_all;
        let asked: Vec<usize> = (0..routes.len().min(givers.len())).filter(asked).collect();
        if asked.is_empty() {
            return Vec::new();
        }
        let suspects = self.suspects(&givers);
        let suspect: Vec<usize> = asked.iter().copied().filter(|&at| suspects.has(at)).collect();
        if suspect.is_empty() {
            return Vec::new();
        }
        let related = suspects.related(&suspect);
        let is_any_twice = self.is_any_service_twice();
        let matchers = self.matchers(&givers, &related);
        let references: Vec<&RouteMatch> = matchers.iter().collect();
        let domains: Vec<&str> = self.host.domains.iter().map(|domain| &*domain.name).collect();
        let reach = Routes::new(&references, &domains, &self.example(), *budget);
        let mut reach = reach.over(self.schemes());
        let mut known: FxHashSet<(Origin, Option<Origin>)> = FxHashSet::default();
        let mut shadowed = Vec::new();
        for at in if is_any_twice { asked } else { suspect } {
            let route = &routes[at];
            // A VirtualService may give its routes through several servers.
            if is_any_twice && !known.insert((route.origin, route.delegated_by)) {
                continue;
            }
            let index = match related.binary_search(&at) {
                Ok(index) if suspects.has(at) => index,
                _ => continue,
            };
            let is_own = |other: usize| givers[related[other]].service == givers[at].service;
            let Reach::Shadowed(shadow) =
                reach.reach(index, |other| self.is_before(&givers, related[other], at))
            else {
                continue;
            };
            let is_any_other = !shadow.by.iter().all(|&by| is_own(by));
            if is_any_other && !matches!(reach.reach(index, is_own), Reach::Shadowed(_)) {
                let shadow = reach.answered(index, shadow).renumbered(&related);
                let services = [at, shadow.taker].map(|at| givers[at].service);
                shadowed.push(Shadowed { at, services, shadow });
            }
        }
        *budget = reach.budget();
        shadowed
    }

    /// Whether a route that comes before another one does so in whatever order the objects were created.
    fn is_before(&self, givers: &[Giver], other: usize, at: usize) -> bool {
        let routes = &self.host.routes;
        if routes[at].is_catch_all && !routes[other].is_catch_all {
            return true;
        }
        let (first, second) = (givers[other], givers[at]);
        first.service == second.service || self.is_order_known(first, second)
    }

    /// Whether it is known which of two givers comes first.
    fn is_order_known(&self, a: Giver, b: Giver) -> bool {
        if a.server == b.server {
            return self.is_order_of_services_known(a.service, b.service);
        }
        let [one, other] = [a, b].map(|giver| self.table.servers[giver.server as usize].gateway);
        self.world.knows_order(ObjectRef::Gateway(one), ObjectRef::Gateway(other))
    }

    pub(super) fn is_order_of_services_known(&self, a: u32, b: u32) -> bool {
        let services = &self.world.mesh.virtual_services;
        let proxy = &self.table.proxy.namespace;
        let object = |at: u32| ObjectRef::VirtualService(services.all[at as usize].index);
        services.group(a, proxy) != services.group(b, proxy)
            || self.world.knows_order(object(a), object(b))
    }

    /// Whether the order of some two neighbours is known.
    fn is_some_order_known(&self) -> bool {
        let mut pairs = self.host.segments.windows(2);
        pairs.any(|pair| {
            let [a, b] = [&pair[0], &pair[1]]
                .map(|segment| Giver { service: segment.virtual_service, server: segment.server });
            a.service != b.service && self.is_order_known(a, b)
        })
    }

    /// The domains that no placeholder hides: two equal ones may be two hosts.
    pub(super) fn domains(&self) -> impl Iterator<Item = &'a str> + use<'a> {
        let names = self.host.domains.iter().map(|domain| domain.name.as_str());
        names.filter(|name| !is_placeholder(name))
    }

    /// A host that leads to the virtual host.
    pub(super) fn example(&self) -> String {
        let first = self.domains().next().unwrap_or_default();
        let Some(suffix) = first.strip_prefix('*') else { return first.to_owned() };
        if suffix.is_empty() {
            return "example.com".to_owned();
        }
        let mut hosts = self.config.virtual_hosts.iter().flat_map(|host| &host.domains);
        let www = format!("www{suffix}");
        let is_taken = hosts.any(|domain| domain.name == www);
        format!("{}{suffix}", if is_taken { "any" } else { "www" })
    }
}

/// A request of route `at`, which is shadowed, and what answers it: one of `by` or, where these get none, what is surely
/// before it.
fn shown(
    routes: &mut Routes<'_>,
    at: usize,
    by: Vec<usize>,
    is_before: impl Fn(usize) -> bool,
) -> Option<(usize, Witness)> {
    let taker = *by.first()?;
    let shadow = routes.answered(at, Shadow { by, taker, request: None });
    if let Some(request) = shadow.request {
        return Some((shadow.taker, request));
    }
    let Reach::Shadowed(Shadow { request: Some(request), .. }) = routes.reach(at, |_| true) else {
        return None;
    };
    let taker = routes.answer(at, &request).filter(|&taker| is_before(taker))?;
    Some((taker, request))
}
