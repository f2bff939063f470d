//! VirtualServices with names resolved and delegates spliced in (spec 2, sections 1 to 3; mirrors istio 1.32
//! `pilot/pkg/model/virtualservice_controller.go`, `virtualservice.go`).

use std::borrow::Cow;
use std::sync::Arc;

use rustc_hash::FxHashMap;

use super::delegate::{self, Splice};
use super::names::{fqdn, gateway_name};
use super::{ExportTo, ObjectRef, Origin, Part, Store};
use crate::istio::mesh_config::MeshConfig;
use crate::istio::virtual_service::HttpRoute;
use crate::text::{Spanned, Str};

/// A VirtualService with hosts, as the gateway sees it.
#[derive(Clone, Debug)]
pub struct VirtualService {
    /// Index in `Store::virtual_services`.
    pub index: u32,
    /// Namespace.
    pub namespace: Arc<str>,
    /// Name.
    pub name: Arc<str>,
    /// `namespace/name`.
    pub key: Arc<str>,
    /// Hosts, completed.
    pub hosts: Vec<Spanned<Str>>,
    /// Gateways as `namespace/name` or `mesh`; not empty, may repeat.
    pub gateways: Vec<Spanned<Str>>,
    /// HTTP rules, delegates replaced by theirs.
    pub http: Vec<Rule>,
    /// Who sees it.
    pub export_to: ExportTo,
}

/// An HTTP rule, of the VirtualService itself or of a delegate.
#[derive(Clone, Debug)]
pub struct Rule {
    /// The rule as written, or as merged with that of the root.
    pub http: Arc<HttpRoute>,
    /// The rule's place; of the delegate where there is one.
    pub origin: Origin,
    /// The places of its matches, where they are not simply those of `origin`'s rule.
    pub matches: Option<Box<[Origin]>>,
    /// The rule of the root, where a delegate takes its place.
    pub delegated_by: Option<Box<Origin>>,
    /// Namespace in which the hosts and gateways of the rule are read.
    pub namespace: Arc<str>,
}

impl Rule {
    /// The place of match `at`.
    pub fn match_origin(&self, at: usize) -> Origin {
        if let Some(origins) = &self.matches {
            return origins[at];
        }
        let Part::Http(rule) = self.origin.part else { return self.origin };
        let at_u32 = u32::try_from(at).expect("fewer than 2^32 matches in a document");
        Origin::new(self.origin.object, Part::HttpMatch(rule, at_u32), self.http.matches[at].span)
    }

    /// The place of match `at` in the object of the rule: the rule itself where the match is that of the root alone.
    pub fn own_origin(&self, at: usize) -> Origin {
        let origin = self.match_origin(at);
        if origin.object == self.origin.object { origin } else { self.origin }
    }
}

/// What the resolution left out: the rule (of the root, or of a delegate) and why.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unspliced {
    /// The rule that has no part in any table.
    pub what: Origin,
    /// The root's rule, if that is another.
    pub root: Option<Origin>,
    /// Why.
    pub reason: UnsplicedReason,
    /// The delegate, as `namespace/name`.
    pub delegate: String,
}

/// Why a delegate's rules are not there.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum UnsplicedReason {
    /// There is no VirtualService of that name.
    Missing,
    /// There is one, but it has hosts of its own.
    HasHosts,
    /// It is not exported to the root's namespace.
    NotExported,
    /// A match of the delegate's rule contradicts every match of the root's.
    Conflict {
        /// Which match of the delegate's rule.
        at: u32,
        /// The field in which it contradicts the last one of the root.
        field: &'static str,
    },
    /// Merged with the root's rule it has more matches than are followed.
    TooManyMatches,
}

/// All VirtualServices with hosts in istiod's order, by Gateway.
#[derive(Debug, Default)]
pub struct VirtualServices {
    /// Sorted by creation time, name, namespace, as those of the store are.
    pub all: Vec<VirtualService>,
    /// By `namespace/name` of the Gateway: indices in `all`, once for each time that the Gateway is named.
    by_gateway: FxHashMap<Str, Vec<u32>>,
    /// Rules that delegation left out.
    pub unspliced: Vec<Unspliced>,
}

/// A name completed, in the memory of the one that is written if that is whole.
fn shared(whole: String, written: &Str) -> Str {
    if whole == *written { written.clone() } else { whole.into() }
}

impl VirtualServices {
    /// Resolves the VirtualServices of a store.
    pub fn new(store: &Store, mesh: &MeshConfig, domain: &str) -> Self {
        let default: Vec<&str> =
            mesh.default_virtual_service_export_to.iter().map(String::as_str).collect();
        let mut result = Self::default();
        let with_hosts =
            store.virtual_services.iter().filter(|object| !object.spec.hosts.is_empty());
        result.all.reserve_exact(with_hosts.count());
        let by_name: FxHashMap<(&str, &str), u32> = (0..)
            .zip(&store.virtual_services)
            .map(|(at, object)| ((object.meta.namespace(), object.meta.name()), at))
            .collect();
        let mut budget = delegate::Budget::default();
        for (index, object) in (0..).zip(&store.virtual_services) {
            if object.spec.hosts.is_empty() {
                continue;
            }
            let spec = &object.spec;
            let namespace: Arc<str> = object.meta.namespace().into();
            let this = ObjectRef::VirtualService(index);
            let mut http = Vec::with_capacity(spec.http.len());
            for (at, rule) in (0..).zip(&spec.http) {
                let origin = Origin::new(this, Part::Http(at), rule.span);
                let Some(wanted) = &rule.delegate else {
                    http.push(Rule {
                        http: Arc::clone(rule),
                        origin,
                        matches: None,
                        delegated_by: None,
                        namespace: Arc::clone(&namespace),
                    });
                    continue;
                };
                let splice = Splice { store, domain, default: &default, by_name: &by_name };
                let root = delegate::Root { rule, origin, namespace: &namespace };
                let unspliced = &mut result.unspliced;
                delegate::splice(&splice, &root, wanted, &mut budget, &mut http, unspliced);
            }
            let complete = |host: &Spanned<Str>| {
                Spanned::new(shared(fqdn(&host.value, &namespace, domain), &host.value), host.span)
            };
            let mut gateways: Vec<Spanned<Str>> = spec
                .gateways
                .iter()
                .map(|name| {
                    let whole = match gateway_name(&name.value, &namespace) {
                        Cow::Borrowed(_) => name.value.clone(),
                        Cow::Owned(whole) => whole.into(),
                    };
                    Spanned::new(whole, name.span)
                })
                .collect();
            if gateways.is_empty() {
                gateways.push(Spanned::new("mesh".into(), object.meta.name_span));
            }
            let exported = spec.export_to.iter().map(|name| name.value.as_str());
            result.all.push(VirtualService {
                index,
                name: object.meta.name().into(),
                key: [&*namespace, "/", object.meta.name()].concat().into(),
                hosts: spec.hosts.iter().map(complete).collect(),
                gateways,
                http,
                export_to: ExportTo::new(exported, default.iter().copied(), &namespace),
                namespace,
            });
        }
        for (at, service) in (0..).zip(&result.all) {
            for gateway in &service.gateways {
                result.by_gateway.entry(gateway.value.clone()).or_default().push(at);
            }
        }
        result
    }

    /// The index in [`Self::all`] of a VirtualService of the store, if it has hosts.
    pub fn of_object(&self, index: u32) -> Option<u32> {
        let at = self.all.binary_search_by_key(&index, |service| service.index).ok()?;
        u32::try_from(at).ok()
    }

    /// VirtualServices that name a Gateway, in istiod's order and as often as they name it, seen or not.
    pub fn naming(&self, gateway: &str) -> &[u32] {
        self.by_gateway.get(gateway).map_or(&[], Vec::as_slice)
    }

    /// Which of the groups a VirtualService is in by which istiod orders those of a Gateway on a proxy: private ones of
    /// the proxy's namespace, ones exported to it by name, public ones; none: it is not seen.
    pub fn group(&self, at: u32, proxy: &str) -> Option<u8> {
        let service = &self.all[at as usize];
        if service.export_to.is_public() {
            Some(2)
        } else if !service.export_to.includes(proxy) {
            None
        } else if &*service.namespace == proxy {
            Some(0)
        } else {
            Some(1)
        }
    }
}
