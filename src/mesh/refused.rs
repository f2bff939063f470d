//! Objects that are written and never get into the cluster.

use std::sync::Arc;

use crate::istio::Resource;
use crate::istio::objection::{Objection, Stance};
use crate::manifest::Meta;
use crate::text::{Span, Spanned, Str};

/// An object that can be read, and that Istio or the API server would refuse.
#[derive(Clone, Debug)]
pub struct Refused {
    /// Who it is.
    pub meta: Arc<Meta>,
    /// The value that is refused, the first of several.
    pub span: Span,
    /// Why.
    pub reason: String,
    /// Whether Istio refuses it.
    pub by_istio: bool,
    /// Whether the API server does, by the schema.
    pub by_schema: bool,
    /// The hosts that it would serve.
    pub hosts: Vec<Spanned<Str>>,
    /// The Gateways that a VirtualService names, as written.
    pub gateways: Vec<Spanned<Str>>,
    /// Whether hosts and Gateways are what they will be once it is mended: it is not for one of these that it is refused,
    /// and no hosts are missing. A delegate has neither.
    pub is_bound_as_written: bool,
}

impl Refused {
    /// What becomes of an object by what stands against it: none if it is admitted.
    pub fn new(resource: &Resource, objections: &[Objection]) -> Option<Self> {
        let first = objections.iter().find(|objection| objection.weight.rejects())?;
        let (hosts, gateways) = (hosts(resource), gateways(resource));
        let mut rejecting = objections.iter().filter(|objection| objection.weight.rejects());
        let is_of_binding = |objection: &Objection| {
            let mut places = hosts.iter().chain(&gateways).map(|name| name.span);
            places.any(|place| place.contains(objection.span))
                || objection.field.is_some_and(|field| ["hosts", "gateways"].contains(&field))
        };
        Some(Self {
            meta: Arc::clone(resource.meta()),
            span: first.span,
            reason: first.message.clone(),
            by_istio: objections.iter().any(|one| one.weight.istio == Stance::Rejects),
            by_schema: objections.iter().any(|one| one.weight.schema),
            is_bound_as_written: (!hosts.is_empty() || gateways.is_empty())
                && !rejecting.any(is_of_binding),
            hosts,
            gateways,
        })
    }

    /// `VirtualService shop/web`.
    pub fn name(&self) -> String {
        format!("{} {}/{}", self.meta.kind(), self.meta.namespace(), self.meta.name())
    }

    /// Who refuses it: `Istio and the API server`.
    pub fn judges(&self) -> &'static str {
        match (self.by_istio, self.by_schema) {
            (true, true) => "Istio and the API server",
            (false, true) => "the API server",
            _ => "Istio",
        }
    }
}

fn gateways(resource: &Resource) -> Vec<Spanned<Str>> {
    match resource {
        Resource::VirtualService(object) => object.spec.gateways.clone(),
        _ => Vec::new(),
    }
}

fn hosts(resource: &Resource) -> Vec<Spanned<Str>> {
    match resource {
        Resource::VirtualService(object) => object.spec.hosts.clone(),
        Resource::Gateway(object) => {
            object.spec.servers.iter().flat_map(|server| &server.hosts).cloned().collect()
        }
        _ => Vec::new(),
    }
}
