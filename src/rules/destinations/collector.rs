//! Destinations as they are met, put together by object and host. Each host is completed once.

use rustc_hash::{FxBuildHasher, FxHashMap};

use super::{Used, Way};
use crate::istio::virtual_service::Destination;
use crate::mesh::ObjectRef;
use crate::mesh::names::fqdn;
use crate::rules::is_placeholder;
use crate::text::{Spanned, Str};

/// Whose rule has a destination.
pub(super) struct By<'a> {
    /// The VirtualService in which it is written; a delegate, where the rule is one's.
    pub(super) object: ObjectRef,
    /// The VirtualService that is bound to Gateways, by index in `Mesh::virtual_services`.
    pub(super) service: u32,
    /// The namespace in which hosts are read.
    pub(super) namespace: &'a str,
}

/// The destinations so far.
pub(super) struct Collector<'a> {
    domain: &'a str,
    all: Vec<Used<'a>>,
    groups: Groups,
    /// By namespace and host as written: the host, where it is known what that is.
    hosts: FxHashMap<(&'a str, &'a str), Option<Str>>,
    group_of: FxHashMap<(ObjectRef, Str), u32>,
    /// What was looked up first of the last VirtualService: mostly its rules lead to few hosts. It is forgotten with the next
    /// one to stay small, not to stay right.
    recent: Vec<Recent<'a>>,
    recent_of: u32,
}

/// What came of looking a host up.
struct Recent<'a> {
    object: ObjectRef,
    namespace: &'a str,
    text: &'a str,
    found: Option<(Str, u32)>,
}

/// So many hosts of a VirtualService are remembered.
const MOST_RECENT: usize = 8;

/// The members of groups, chained in their order.
#[derive(Debug, Default)]
pub(super) struct Groups {
    /// The first and the last member of each group.
    ends: Vec<(u32, u32)>,
    /// For each member the next one of its group; of a last one itself.
    next: Vec<u32>,
}

impl<'a> Collector<'a> {
    /// For about so many destinations of so many VirtualServices.
    pub(super) fn new(domain: &'a str, destinations: usize, services: usize) -> Self {
        Self {
            domain,
            all: Vec::with_capacity(destinations),
            groups: Groups {
                ends: Vec::with_capacity(services),
                next: Vec::with_capacity(destinations),
            },
            hosts: FxHashMap::with_capacity_and_hasher(services, FxBuildHasher),
            group_of: FxHashMap::with_capacity_and_hasher(services, FxBuildHasher),
            recent: Vec::new(),
            recent_of: 0,
        }
    }

    /// Adds a destination with its host as written, unless that is not known.
    pub(super) fn add(
        &mut self,
        by: &By<'a>,
        written: &'a Destination,
        text: &'a Spanned<Str>,
        way: Way<'a>,
    ) {
        let &By { object, service, namespace } = by;
        if self.recent_of != service {
            self.recent.clear();
            self.recent_of = service;
        }
        let is_same = |recent: &&Recent<'_>| {
            recent.object == object && recent.text == text.value && recent.namespace == namespace
        };
        let found = match self.recent.iter().find(is_same) {
            Some(recent) => recent.found.clone(),
            None => self.look_up(object, namespace, text),
        };
        let Some((host, group)) = found else { return };
        self.groups.add(group);
        self.all.push(Used { written, text, host, namespace, object, service, way });
    }

    /// The host that a text means, and the group of destinations that it leads to.
    fn look_up(
        &mut self,
        object: ObjectRef,
        namespace: &'a str,
        text: &'a Spanned<Str>,
    ) -> Option<(Str, u32)> {
        let host = self.hosts.entry((namespace, &text.value));
        let host = host.or_insert_with(|| completed(&text.value, namespace, self.domain));
        let groups = &mut self.groups;
        let found = host.as_ref().map(|host| {
            let group = self.group_of.entry((object, host.clone()));
            (host.clone(), *group.or_insert_with(|| groups.open()))
        });
        if self.recent.len() < MOST_RECENT {
            let (text, found) = (text.value.as_str(), found.clone());
            self.recent.push(Recent { object, namespace, text, found });
        }
        found
    }

    /// All destinations in order, and those of each object and host.
    pub(super) fn into_parts(self) -> (Vec<Used<'a>>, Groups) {
        (self.all, self.groups)
    }
}

impl Groups {
    /// A group without members, which gets the next one.
    fn open(&mut self) -> u32 {
        let next = self.following();
        self.ends.push((next, next));
        u32::try_from(self.ends.len() - 1).expect("not more than destinations")
    }

    /// Puts the next member into a group.
    fn add(&mut self, group: u32) {
        let new = self.following();
        self.next.push(new);
        let (_, last) = &mut self.ends[group as usize];
        self.next[*last as usize] = new;
        *last = new;
    }

    fn following(&self) -> u32 {
        u32::try_from(self.next.len()).expect("fewer than 2^32 destinations in texts")
    }

    /// The first member of each group.
    pub(super) fn firsts(&self) -> impl Iterator<Item = u32> {
        self.ends.iter().map(|(first, _)| *first)
    }

    /// A member and those behind it, of one group.
    pub(super) fn from(&self, first: u32) -> impl Iterator<Item = u32> {
        std::iter::successors(Some(first), |&at| {
            Some(self.next[at as usize]).filter(|&next| next != at)
        })
    }
}

/// The host that a text means; none where nobody knows.
fn completed(text: &Str, namespace: &str, domain: &str) -> Option<Str> {
    let is_known = !text.is_empty()
        && !text.contains('*')
        && !is_placeholder(text)
        && !is_placeholder(namespace);
    is_known.then(|| match fqdn(text, namespace, domain) {
        whole if whole == *text => text.clone(),
        whole => whole.into(),
    })
}
