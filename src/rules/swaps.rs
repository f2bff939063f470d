//! Requests of a virtual host whose answer depends on which of two VirtualServices was created first, where files do not
//! tell. Two VirtualServices that one server takes are looked at: `istiod` puts their routes into one list in the order of
//! their creation. Of two of unknown age the later one is moved before the earlier one, all else as it is; where that one
//! alone has a time, the earlier one is moved behind it. Either order is possible, whatever is known of the others.

use std::sync::Arc;

use rustc_hash::FxHashMap;

use super::shadows::{Giver, Shared};
use crate::envoy::listener::Terminal;
use crate::envoy::reach::{Budget, Routes, Witness};
use crate::envoy::route::{Outline, Route, RouteMatch};
use crate::mesh::ObjectRef;

/// Two routes of which either may be the answer to a request.
#[derive(Debug)]
pub(super) struct Swap {
    /// Indices in the routes of the virtual host, as they come without creation times.
    pub(super) routes: [usize; 2],
    /// Their VirtualServices, by index in `Mesh::virtual_services`.
    pub(super) services: [u32; 2],
    pub(super) request: Witness,
}

/// How many requests are shown for two VirtualServices, and for all of a virtual host.
const MOST_OF_PAIR: usize = 3;
const MOST_OF_HOST: usize = 100;
/// How many routes one is compared with.
const MOST_NEIGHBOURS: usize = 64;

/// The routes of a virtual host but those that come last in any order, and what is made of them.
struct Swaps<'s, 'a, 't> {
    host: &'s Shared<'a>,
    givers: &'s [Giver],
    reach: Routes<'t>,
    /// Whole routes, as far as they were asked for.
    whole: FxHashMap<usize, Route>,
    is_tls: bool,
    port: u32,
}

impl Shared<'_> {
    /// Requests of which it is not known which of two routes answers.
    pub(super) fn swaps(&self, budget: &mut Budget) -> Vec<Swap> {
        let (Some((port, is_tls)), false) = (self.listener(), self.host.requires_tls()) else {
            return Vec::new();
        };
        let givers = self.givers();
        let specific = self.host.routes.iter().take_while(|route| !route.is_catch_all).count();
        let givers = &givers[..specific.min(givers.len())];
        if !self.is_any_order_open(givers) {
            return Vec::new();
        }
        let all: Vec<usize> = (0..givers.len()).collect();
        let matchers = self.matchers(givers, &all);
        let references: Vec<&RouteMatch> = matchers.iter().collect();
        let domains: Vec<&str> = self.host.domains.iter().map(|domain| &*domain.name).collect();
        let reach = Routes::new(&references, &domains, &self.example(), *budget);
        let whole = FxHashMap::default();
        let mut swaps = Swaps { host: self, givers, reach, whole, is_tls, port };
        let found = swaps.find();
        *budget = swaps.reach.budget();
        found
    }

    /// The port of a listener that answers by the routes, and whether it ends TLS.
    fn listener(&self) -> Option<(u32, bool)> {
        let listeners = self.table.listeners.iter();
        let mut chains = listeners.flat_map(|one| one.filter_chains.iter().map(move |c| (one, c)));
        chains.find_map(|(listener, chain)| match &chain.terminal {
            Terminal::Http(manager) if manager.route_config == self.config.name => {
                Some((listener.address.port(), chain.tls.is_some()))
            }
            _ => None,
        })
    }

    /// Whether some two neighbours may change places.
    fn is_any_order_open(&self, givers: &[Giver]) -> bool {
        let mut pairs = givers.windows(2);
        pairs.any(|pair| pair[0].service != pair[1].service && self.may_swap(pair[0], pair[1]))
    }

    /// Whether it is the age of the two VirtualServices that decides, and not known.
    fn may_swap(&self, a: Giver, b: Giver) -> bool {
        a.server == b.server && !self.is_order_of_services_known(a.service, b.service)
    }
}

impl Swaps<'_, '_, '_> {
    fn find(&mut self) -> Vec<Swap> {
        let neighbours = self.reach.neighbours();
        let mut found: Vec<Swap> = Vec::new();
        let mut of_pair: FxHashMap<[u32; 2], usize> = FxHashMap::default();
        for second in 0..self.givers.len() {
            for first in neighbours.before(second, MOST_NEIGHBOURS) {
                if found.len() == MOST_OF_HOST || self.reach.budget().is_spent() {
                    return found;
                }
                let [a, b] = [first, second].map(|at| self.givers[at]);
                let services = [a.service, b.service];
                if a.service == b.service
                    || !self.host.may_swap(a, b)
                    || of_pair.get(&services).is_some_and(|&known| known >= MOST_OF_PAIR)
                    || self.is_same_effect(first, second)
                {
                    continue;
                }
                if let Some(request) = self.witness(first, second) {
                    *of_pair.entry(services).or_default() += 1;
                    found.push(Swap { routes: [first, second], services, request });
                }
            }
        }
        found
    }

    /// Whether two routes do the same with what both match.
    fn is_same_effect(&mut self, first: usize, second: usize) -> bool {
        for at in [first, second] {
            if !self.whole.contains_key(&at) {
                self.whole.insert(at, self.whole_route(at));
            }
        }
        self.whole[&first].does_as(&self.whole[&second])
    }

    fn whole_route(&self, at: usize) -> Route {
        let (Shared { world, table, host, .. }, giver) = (self.host, self.givers[at]);
        let route: &Arc<Outline> = &host.routes[at];
        let service = &world.mesh.virtual_services.all[giver.service as usize];
        route.whole(world.mesh, &table.proxy, &table.servers[giver.server as usize], service)
    }

    /// A request that the first of two routes answers, and the second one where their VirtualServices change places.
    fn witness(&mut self, first: usize, second: usize) -> Option<Witness> {
        let [a, b] = [first, second].map(|at| self.givers[at]);
        let is_later_moved = !self.host.is_dated(b.service);
        let givers = self.givers;
        // Those before the first, and those that are before the second one then.
        let counts = |at: usize| {
            at < first
                || at < second && if is_later_moved { givers[at] == b } else { givers[at] != a }
        };
        let witness = *self.reach.meet([first, second], counts)?;
        let mut request = witness.to_request(self.port);
        request.tls = self.is_tls;
        let is_plain = !self.host.host.domains[0].name.starts_with('*');
        if !is_plain && witness.host != self.host.example() {
            return None;
        }
        let all = 0..givers.len();
        let is_first = self.reach.first(all.clone(), &request) == Some(first);
        let start = givers.iter().position(|giver| *giver == a)?;
        let end = givers.iter().rposition(|giver| *giver == b)? + 1;
        let moved = if is_later_moved { b } else { a };
        let middle =
            |is_moved: bool| (start..end).filter(move |&at| (givers[at] == moved) == is_moved);
        let other = (0..start)
            .chain(middle(is_later_moved))
            .chain(middle(!is_later_moved))
            .chain(end..givers.len());
        let is_second = self.reach.first(other, &request) == Some(second);
        (is_first && is_second).then_some(witness)
    }
}

impl Shared<'_> {
    fn is_dated(&self, service: u32) -> bool {
        let index = self.world.mesh.virtual_services.all[service as usize].index;
        self.world.mesh.store.meta(ObjectRef::VirtualService(index)).created.is_some()
    }
}
