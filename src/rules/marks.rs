//! What VirtualServices have, by one look at each. Most rules are about what few have: they ask here which those are, so
//! that not every rule reads all matches of all VirtualServices. A mark may be given to more than have what a rule looks
//! for, never to fewer.

use std::ops::{BitOr, BitOrAssign};

use super::World;
use super::paths::{is_odd, is_within_name};
use super::refusable::{may_match_be_refused, may_rule_be_refused};
use super::shadowed::{asks_nothing, is_scoped, may_shadow};
use crate::envoy::catches_all;
use crate::istio::Object;
use crate::istio::virtual_service::{HttpRoute, Pattern, StringMatch, VirtualService as Written};
use crate::mesh::{Mesh, Rule, VirtualService};

/// A set of marks.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Marks(u16);

impl Marks {
    /// A path that may be meant as a pattern, has a query, or does not begin with `/`.
    pub(super) const ODD_PATH: Self = Self(1);
    /// What Envoy may refuse: a redirect, an answer, destinations without weight, a claim, a regular expression.
    pub(super) const REFUSABLE: Self = Self(1 << 1);
    /// A match that asks for nothing.
    pub(super) const BLANK: Self = Self(1 << 2);
    /// A match that names Gateways.
    pub(super) const GATEWAYS: Self = Self(1 << 3);
    /// A rule of a delegate.
    pub(super) const DELEGATED: Self = Self(1 << 4);
    /// A match that takes every request where it applies.
    const CATCH_ALL: Self = Self(1 << 5);
    /// A match that takes every request where it applies, and others behind it.
    pub(super) const EARLY_CATCH_ALL: Self = Self(1 << 6);
    /// A match that depends on the server or the proxy.
    pub(super) const SCOPED: Self = Self(1 << 7);
    /// Matches that others before them may leave nothing to.
    pub(super) const SHADOW: Self = Self(1 << 8);
    /// A prefix that ends within a name.
    pub(super) const CUT_NAME: Self = Self(1 << 9);
    /// A prefix that ends within a name, and a path of another rule that begins with it.
    pub(super) const LONGER_NAME: Self = Self(1 << 10);
    /// A path that is rewritten.
    pub(super) const REWRITTEN: Self = Self(1 << 11);

    /// Those that only a VirtualService as a whole has, delegates put in.
    const OF_WHOLE: Self =
        Self(Self::DELEGATED.0 | Self::EARLY_CATCH_ALL.0 | Self::SHADOW.0 | Self::LONGER_NAME.0);

    fn meets(self, other: Self) -> bool {
        self.0 & other.0 != 0
    }

    fn when(self, has: bool) -> Self {
        if has { self } else { Self::default() }
    }
}

impl BitOr for Marks {
    type Output = Self;
    fn bitor(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }
}

impl BitOrAssign for Marks {
    fn bitor_assign(&mut self, other: Self) {
        self.0 |= other.0;
    }
}

/// The marks of all VirtualServices.
#[derive(Debug, Default)]
pub(super) struct AllMarks {
    /// As written, by index in the store.
    written: Vec<Marks>,
    /// With the rules of delegates in the place of those that delegate, by index in `Mesh::virtual_services`.
    whole: Vec<Marks>,
    /// Of each rule of these by itself, of one VirtualService after the other.
    rules: Vec<Marks>,
    /// Where those of each VirtualService begin.
    first_rules: Vec<u32>,
}

impl AllMarks {
    /// Looks at each VirtualService of a mesh.
    pub(super) fn new(mesh: &Mesh) -> Self {
        let objects = &mesh.store.virtual_services;
        let mut written: Vec<Option<Marks>> = vec![None; objects.len()];
        let services = &mesh.virtual_services.all;
        let mut whole = Vec::with_capacity(services.len());
        let mut first_rules = Vec::with_capacity(services.len());
        let mut rules = Vec::with_capacity(services.iter().map(|service| service.http.len()).sum());
        for service in services {
            let first = rules.len();
            first_rules.push(u32::try_from(first).expect("fewer than 2^32 rules in texts"));
            rules.extend(service.http.iter().map(|rule| of_rule(&rule.http)));
            let spec = &objects[service.index as usize].spec;
            let all = rules[first..].iter().copied().fold(of_l4(spec), BitOr::bitor);
            // Without delegates the rules are the very ones that are written.
            if spec.http.iter().all(|rule| rule.delegate.is_none()) {
                written[service.index as usize] = Some(all);
            }
            let is_delegated = service.http.iter().any(|rule| rule.delegated_by.is_some());
            let of_order = of_order(&service.http, &rules[first..]);
            whole.push(all | of_order | Marks::DELEGATED.when(is_delegated));
        }
        let written = written.into_iter().zip(objects).map(|(known, object)| {
            known.unwrap_or_else(|| {
                let rules = object.spec.http.iter().map(|rule| of_rule(rule));
                rules.fold(of_l4(&object.spec), BitOr::bitor)
            })
        });
        Self { written: written.collect(), whole, rules, first_rules }
    }

    /// Whether a rule of a VirtualService has one of some marks by itself.
    pub(super) fn has_rule(&self, service: u32, rule: u32, some: Marks) -> bool {
        debug_assert!(!some.meets(Marks::OF_WHOLE), "{some:?} is no mark of a rule");
        let at = self.first_rules[service as usize] + rule;
        self.rules[at as usize].meets(some)
    }

    /// The same objects with all marks: what rules find must not change by that.
    #[cfg(test)]
    pub(super) fn all_for_all(mut self) -> Self {
        for all in [&mut self.written, &mut self.whole, &mut self.rules] {
            all.fill(Marks(u16::MAX));
        }
        self
    }
}

impl<'a> World<'a> {
    /// VirtualServices that have one of some marks, delegates put in, by index in `Mesh::virtual_services`; those for
    /// sidecars alone are among them.
    pub(super) fn having(&self, some: Marks) -> impl Iterator<Item = (u32, &'a VirtualService)> {
        let all = (0..).zip(&self.mesh.virtual_services.all).zip(&self.marks().whole);
        all.filter(move |(_, marks)| marks.meets(some)).map(|(service, _)| service)
    }

    /// The same as they are written, delegates among them, by index in the store.
    pub(super) fn written_having(
        &self,
        some: Marks,
    ) -> impl Iterator<Item = (u32, &'a Object<Written>)> {
        debug_assert!(!some.meets(Marks::OF_WHOLE), "{some:?} is no mark of what is written");
        let all = (0..).zip(&self.mesh.store.virtual_services).zip(&self.marks().written);
        all.filter(move |(_, marks)| marks.meets(some)).map(|(object, _)| object)
    }

    /// Whether a VirtualService has one of some marks as it is written; by index in the store.
    pub(super) fn has_written(&self, object: u32, some: Marks) -> bool {
        debug_assert!(!some.meets(Marks::OF_WHOLE), "{some:?} is no mark of what is written");
        self.marks().written[object as usize].meets(some)
    }

    /// The same with delegates put in; by index in `Mesh::virtual_services`.
    pub(super) fn has(&self, service: u32, some: Marks) -> bool {
        self.marks().whole[service as usize].meets(some)
    }
}

fn of_rule(rule: &HttpRoute) -> Marks {
    let rewrite = rule.rewrite.as_deref();
    let mut all = Marks::REFUSABLE.when(may_rule_be_refused(rule))
        | Marks::REWRITTEN.when(rewrite.is_some_and(|rewrite| rewrite.uri.is_some()))
        | Marks::CATCH_ALL.when(rule.matches.is_empty());
    for condition in &rule.matches {
        all |= Marks::GATEWAYS.when(!condition.gateways.is_empty())
            | Marks::REFUSABLE.when(may_match_be_refused(condition))
            | Marks::BLANK.when(asks_nothing(condition))
            | Marks::CATCH_ALL.when(catches_all(condition))
            | Marks::SCOPED.when(is_scoped(condition));
        let uri = condition.uri.as_ref().map_or(Pattern::Empty, StringMatch::pattern);
        all |= Marks::ODD_PATH.when(is_odd(uri));
        if let Pattern::Prefix(text) = uri {
            all |= Marks::CUT_NAME.when(is_within_name(&text.value));
        }
    }
    all
}

fn of_l4(spec: &Written) -> Marks {
    let tls = spec.tls.iter().flat_map(|rule| &rule.matches).any(|one| !one.gateways.is_empty());
    let tcp = spec.tcp.iter().flat_map(|rule| &rule.matches).any(|one| !one.gateways.is_empty());
    Marks::GATEWAYS.when(tls || tcp)
}

/// What depends on which rule comes before which; `each`: what each has by itself.
fn of_order(rules: &[Rule], each: &[Marks]) -> Marks {
    let is_one = matches!(rules, [] | [_]) && rules.iter().all(|one| one.http.matches.len() < 2);
    let is_early = |(at, own): (usize, &Marks)| {
        own.meets(Marks::CATCH_ALL) && (at + 1 < rules.len() || rules[at].http.matches.len() > 1)
    };
    Marks::EARLY_CATCH_ALL.when(each.iter().enumerate().any(is_early))
        | Marks::SHADOW.when(!is_one && may_shadow(rules))
        | Marks::LONGER_NAME
            .when(each.iter().any(|own| own.meets(Marks::CUT_NAME)) && has_longer_name(rules))
}

/// Whether a path of another rule begins with a prefix that ends within a name.
fn has_longer_name(rules: &[Rule]) -> bool {
    let is_cut = |one: &Literal<'_>| one.is_prefix && is_within_name(one.text);
    let cut: Vec<Literal<'_>> = literals(rules).filter(is_cut).collect();
    let goes_on = |one: Literal<'_>| {
        let begins_with = |cut: &Literal<'_>| {
            let start = one.text.as_bytes().get(..cut.text.len());
            start.is_some_and(|start| start.eq_ignore_ascii_case(cut.text.as_bytes()))
        };
        cut.iter().any(|cut| cut.rule != one.rule && begins_with(cut))
    };
    // More are not compared with each other, but taken for such.
    cut.len() > MOST_COMPARED || literals(rules).any(goes_on)
}

/// So many prefixes are compared with all paths.
const MOST_COMPARED: usize = 16;

/// A path that is compared letter by letter.
struct Literal<'a> {
    text: &'a str,
    is_prefix: bool,
    /// Which rule's.
    rule: usize,
}

fn literals(rules: &[Rule]) -> impl Iterator<Item = Literal<'_>> {
    rules.iter().enumerate().flat_map(|(rule, own)| {
        own.http.matches.iter().filter_map(move |condition| {
            let (text, is_prefix) = match condition.uri.as_ref()?.pattern() {
                Pattern::Exact(text) => (text, false),
                Pattern::Prefix(text) => (text, true),
                Pattern::Regex(_) | Pattern::Empty => return None,
            };
            Some(Literal { text: &text.value, is_prefix, rule })
        })
    })
}
