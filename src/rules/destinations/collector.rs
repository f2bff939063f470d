//! Destinations as they are met, put together by object and host. Each host is completed once.

use rustc_hash::FxHashMap;

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
    groups: Vec<Vec<u32>>,
    /// By namespace and host as written: the host, where it is known what that is.
    hosts: FxHashMap<(&'a str, &'a str), Option<Str>>,
    group_of: FxHashMap<(ObjectRef, Str), usize>,
}

impl<'a> Collector<'a> {
    /// For about so many destinations.
    pub(super) fn new(domain: &'a str, expected: usize) -> Self {
        Self {
            domain,
            all: Vec::with_capacity(expected),
            groups: Vec::new(),
            hosts: FxHashMap::default(),
            group_of: FxHashMap::default(),
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
        let host = self.hosts.entry((namespace, &text.value));
        let host = host.or_insert_with(|| completed(&text.value, namespace, self.domain));
        let Some(host) = host.clone() else { return };
        let group = *self.group_of.entry((object, host.clone())).or_insert_with(|| {
            self.groups.push(Vec::new());
            self.groups.len() - 1
        });
        let at = u32::try_from(self.all.len()).expect("fewer than 2^32 destinations in texts");
        self.groups[group].push(at);
        self.all.push(Used { written, text, host, namespace, object, service, way });
    }

    /// All destinations in order, and the indices of those of each object and host.
    pub(super) fn into_parts(self) -> (Vec<Used<'a>>, Vec<Vec<u32>>) {
        (self.all, self.groups)
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
