//! Which routes can never be the answer, because every request that they match is matched before.
//!
//! A route asks for values of several dimensions of a request: path, method, scheme, authority, headers and query
//! parameters. A request that shows that a route is reached is found step by step: a request that meets the route; the
//! route that takes it before; a request that meets the first and not the second; and so on, until none takes it before,
//! or there is no such request, and those that took the others shadow the route. What a placeholder, a claim or a very
//! large pattern hides makes a route neither shadow another nor, by that part, be free of shadow.

mod budget;
mod choices;
mod conditions;
mod index;
mod literal;
mod meeting;
mod schemes;
mod search;
mod suspects;
mod text;
mod values;
mod witness;

use choices::Around;
use conditions::{Condition, Conditions, Dimension};
use index::Index;
use search::{Found, search};
use text::{Languages, Text};

use super::matching::{Alone, Read, Request};
use super::route::RouteMatch;

pub use budget::Budget;
pub use meeting::Neighbours;
pub use schemes::Schemes;
pub use suspects::{Suspects, any_suspect_of_few};
pub use witness::Witness;

/// What becomes of a route.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Reach {
    /// It is the answer to this request (placeholders of earlier routes taken as they are written).
    Reached(Witness),
    /// Every request that it matches is matched before.
    Shadowed(Shadow),
    /// It matches no request.
    Never,
    /// Not known: it asks for what is not known, or it takes too long.
    Unknown,
}

/// What shadows a route.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Shadow {
    /// Routes that together match all that it matches, by index in their order; few of many that would do.
    pub by: Vec<usize>,
    /// The one of them that takes `request`, and a plain request where none is known.
    pub taker: usize,
    /// A request that both match; none where a placeholder or a claim hides what the route matches.
    pub request: Option<Witness>,
}

impl Shadow {
    /// The same where the routes are some of others: `all` has their indices among those.
    #[must_use]
    pub fn renumbered(mut self, all: &[usize]) -> Self {
        self.by.iter_mut().for_each(|by| *by = all[*by]);
        self.taker = all[self.taker];
        self
    }
}

/// The routes of a virtual host in their order, prepared.
#[derive(Debug)]
pub struct Routes<'t> {
    conditions: Vec<Conditions<'t>>,
    matches: Alone<'t>,
    index: Index<'t>,
    host: String,
    schemes: Schemes,
    authorities: Option<Text<'t>>,
    languages: Languages<'t>,
}

/// The most routes that together shadow one.
const MOST: usize = 64;

impl<'t> Routes<'t> {
    /// Prepares the routes of a virtual host with these domains; `host`: the host of requests that show something.
    pub fn new(matchers: &[&'t RouteMatch], domains: &[&str], host: &str, budget: Budget) -> Self {
        Self::prepare(matchers, domains, host, Languages::new(budget))
    }

    fn prepare(
        matchers: &[&'t RouteMatch],
        domains: &[&str],
        host: &str,
        mut languages: Languages<'t>,
    ) -> Self {
        let mut index = Index::default();
        let mut conditions = Vec::with_capacity(matchers.len());
        for (at, matcher) in matchers.iter().enumerate() {
            let own = Conditions::new(matcher, &mut languages);
            index.add(at, &own);
            conditions.push(own);
        }
        let is_authority = |one: &Condition<'_>| one.dimension == Dimension::Authority;
        let asks = conditions.iter().any(|own| own.all.iter().any(is_authority));
        let authorities = if asks { languages.of_hosts(domains).map(Text::Regex) } else { None };
        Self {
            conditions,
            matches: Alone::new(matchers, &mut languages.patterns),
            index,
            host: host.to_owned(),
            schemes: Schemes::default(),
            authorities,
            languages,
        }
    }

    /// The same for requests of these schemes alone.
    #[must_use]
    pub fn over(self, schemes: Schemes) -> Self {
        Self { schemes, ..self }
    }

    /// What is left of the work that may be done.
    pub fn budget(&self) -> Budget {
        self.languages.budget
    }

    /// What becomes of each route.
    pub fn all(&mut self) -> Vec<Reach> {
        (0..self.conditions.len()).map(|at| self.reach(at, |_| true)).collect()
    }

    /// What becomes of route `at`, if of the routes before it those count alone that `counts`.
    pub fn reach(&mut self, at: usize, counts: impl Fn(usize) -> bool) -> Reach {
        self.languages.budget.next_route();
        let mut takers: Vec<(usize, Witness)> = Vec::new();
        while takers.len() < MOST {
            let against: Vec<usize> = takers.iter().map(|(taker, _)| *taker).collect();
            let witness = match self.free_of(at, &against) {
                Found::Witness(witness) => *witness,
                Found::Nothing if takers.is_empty() => return Reach::Never,
                Found::Nothing => return self.shadowed(at, takers),
                Found::Unknown => return Reach::Unknown,
            };
            match self.taker(at, &witness, &counts) {
                Taken::Free => return Reach::Reached(witness),
                // A request that Envoy sees in another way than it was meant.
                Taken::By(taker) if against.contains(&taker) => return Reach::Unknown,
                Taken::By(taker) => takers.push((taker, witness)),
                Taken::Unknown => return Reach::Unknown,
            }
        }
        Reach::Unknown
    }

    /// A request that meets route `at` and none of the others.
    fn free_of(&mut self, at: usize, others: &[usize]) -> Found {
        let all: Vec<&Conditions<'_>> = others.iter().map(|&at| &self.conditions[at]).collect();
        let mut around = Around {
            host: &self.host,
            schemes: self.schemes,
            authorities: self.authorities.as_ref(),
            is_asterisk: false,
        };
        match search(&self.conditions[at], &all, around, &mut self.languages.budget) {
            Found::Nothing => {}
            found => return found,
        }
        around.is_asterisk = true;
        search(&self.conditions[at], &all, around, &mut self.languages.budget)
    }

    /// A request as it comes to the routes.
    fn request(&self, witness: &Witness) -> Request {
        let request = witness.to_request(80);
        Request { tls: request.tls || self.schemes == Schemes::Https, ..request }
    }

    /// The first route before `at` that matches a request: it answers.
    pub fn answer(&self, at: usize, witness: &Witness) -> Option<usize> {
        let request = self.request(witness);
        let read = Read::new(&request)?;
        let lists = self.index.candidates(read.path(), witness).into_iter();
        let first = |list: &[usize]| {
            let mut before = list.iter().copied().take_while(|&other| other < at);
            before.find(|&other| self.matches.holds(other, &read))
        };
        lists.filter_map(first).min()
    }

    /// A shadow of route `at` with a request that one of the routes that make it answers, whatever else comes before it.
    #[must_use]
    pub fn answered(&mut self, at: usize, shadow: Shadow) -> Shadow {
        let taker = |routes: &Self, witness: &Witness| {
            routes.answer(at, witness).filter(|taker| shadow.by.contains(taker))
        };
        if shadow.request.as_ref().and_then(|known| taker(self, known)) == Some(shadow.taker) {
            return shadow;
        }
        if let Reach::Reached(witness) = self.reach(at, |other| !shadow.by.contains(&other))
            && let Some(taker) = taker(self, &witness)
        {
            return Shadow { taker, request: Some(witness), ..shadow };
        }
        Shadow { request: None, ..shadow }
    }

    /// The first route before `at` that takes a request, of those that count.
    fn taker(&mut self, at: usize, witness: &Witness, counts: &impl Fn(usize) -> bool) -> Taken {
        let request = self.request(witness);
        let Some(read) = Read::new(&request) else { return Taken::Unknown };
        // The first of those whose conditions are all known, and whether another one is before it.
        let (mut whole, mut is_any_other) = (at, false);
        for list in self.index.candidates(read.path(), witness) {
            for &other in list.iter().take_while(|&&other| other < whole) {
                if !self.languages.budget.spend(8) {
                    return Taken::Unknown;
                }
                if counts(other) && self.matches.holds(other, &read) {
                    if self.conditions[other].is_whole {
                        whole = other;
                        break;
                    }
                    is_any_other = true;
                }
            }
        }
        if whole < at {
            Taken::By(whole)
        } else if is_any_other || !self.matches.holds(at, &read) {
            Taken::Unknown
        } else {
            Taken::Free
        }
    }

    /// Leaves out of the routes that shadow route `at` what is not needed.
    fn shadowed(&mut self, at: usize, mut takers: Vec<(usize, Witness)>) -> Reach {
        let mut single = None;
        for (index, &(taker, _)) in takers.iter().enumerate() {
            if takers.len() > 1 && matches!(self.free_of(at, &[taker]), Found::Nothing) {
                single = single.filter(|&(known, _)| known < taker).or(Some((taker, index)));
            }
        }
        if let Some((_, index)) = single {
            takers = vec![takers.swap_remove(index)];
        }
        let mut from = 0;
        while takers.len() > 1 && from < takers.len() {
            let others = takers.iter().enumerate().filter(|(index, _)| *index != from);
            let others: Vec<usize> = others.map(|(_, (taker, _))| *taker).collect();
            if matches!(self.free_of(at, &others), Found::Nothing) {
                takers.remove(from);
            } else {
                from += 1;
            }
        }
        let mut by: Vec<usize> = takers.iter().map(|(taker, _)| *taker).collect();
        by.sort_unstable();
        let Some((taker, witness)) = takers.into_iter().next() else { return Reach::Never };
        let is_met = self.both_take(at, taker, &witness);
        Reach::Shadowed(Shadow { by, taker, request: is_met.then_some(witness) })
    }

    /// Whether two routes match a request.
    fn both_take(&self, one: usize, other: usize, witness: &Witness) -> bool {
        let request = self.request(witness);
        let holds = |read: Read<'_>| [one, other].iter().all(|&at| self.matches.holds(at, &read));
        Read::new(&request).is_some_and(holds)
    }
}

/// Which route takes a request.
enum Taken {
    /// None before the own.
    Free,
    /// This one.
    By(usize),
    /// It is not known.
    Unknown,
}

#[cfg(test)]
mod tests;
