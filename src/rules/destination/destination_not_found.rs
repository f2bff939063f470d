//! GW601: a destination that is not there.

use rustc_hash::FxHashMap;

use crate::istio::Object;
use crate::istio::kubernetes::Service;
use crate::rules::destinations::places;
use crate::rules::nearest::did_you_mean;
use crate::rules::prelude::*;
use crate::rules::{Presence, presence};

rule! {
    /// ## What it reports
    /// A destination, also one of a copy, whose host is no Service of the cluster and no host of a ServiceEntry.
    ///
    /// Many Services come from charts, operators or other repositories, and so one is missing only where the input shows that it
    /// holds the Services of the namespace: the file of the route has some of them, another route leads to one of them, or one is
    /// spelled alike. `--complete Service` says so for all; elsewhere the check counts as skipped. For other hosts the input must have ServiceEntries. A Service of that
    /// name without a namespace may be the one; those of an installation of Istio are left alone.
    ///
    /// ## Why it matters
    /// istiod makes the route all the same, to a cluster that does not exist: requests get 503 with `cluster_not_found` (flag
    /// `NC`), connections are closed. Of several destinations, the share of this one fails.
    ///
    /// ## Example
    /// ```yaml
    /// apiVersion: networking.istio.io/v1
    /// kind: Gateway
    /// metadata: {name: public, namespace: infra}
    /// spec:
    ///   selector: {istio: ingressgateway}
    ///   servers:
    ///   - port: {number: 80, name: http, protocol: HTTP}
    ///     hosts: [shop.example.com]
    /// ---
    /// apiVersion: v1
    /// kind: Service
    /// metadata: {name: web, namespace: shop}
    /// spec:
    ///   ports: [{name: http, port: 8080}]
    /// ---
    /// apiVersion: networking.istio.io/v1
    /// kind: VirtualService
    /// metadata: {name: shop, namespace: shop}
    /// spec:
    ///   hosts: [shop.example.com]
    ///   gateways: [infra/public]
    ///   http:
    ///   - route: [{destination: {host: wbe}}]
    /// ```
    ///
    /// ## Instead
    /// ```yaml
    /// apiVersion: networking.istio.io/v1
    /// kind: Gateway
    /// metadata: {name: public, namespace: infra}
    /// spec:
    ///   selector: {istio: ingressgateway}
    ///   servers:
    ///   - port: {number: 80, name: http, protocol: HTTP}
    ///     hosts: [shop.example.com]
    /// ---
    /// apiVersion: v1
    /// kind: Service
    /// metadata: {name: web, namespace: shop}
    /// spec:
    ///   ports: [{name: http, port: 8080}]
    /// ---
    /// apiVersion: networking.istio.io/v1
    /// kind: VirtualService
    /// metadata: {name: shop, namespace: shop}
    /// spec:
    ///   hosts: [shop.example.com]
    ///   gateways: [infra/public]
    ///   http:
    ///   - route: [{destination: {host: web}}]
    /// ```
    DESTINATION_NOT_FOUND = "GW601" "destination-not-found", Error, also "IST0101", "KIA1101";
}

fn check(world: &World<'_>, out: &mut Findings) {
    let destinations = world.destinations();
    let mut services = None;
    for group in destinations.groups() {
        let used = group.first();
        let owner = destinations.presences.split(&used.host);
        match destinations.presence(world.mesh, used) {
            Presence::Known => continue,
            Presence::Unknown => {
                // Of a namespace of which some are there, others may come from elsewhere.
                let is_any_known = destinations.presences.service(&used.host) == Presence::Missing;
                let services =
                    if is_any_known { "proven complete list of Services" } else { "Service" };
                let (unread, missing) = match owner {
                    Some((name, namespace)) => (
                        presence::unread_named(world, "Service", namespace, name),
                        format!("{services} of namespace {namespace}"),
                    ),
                    None => (
                        presence::unread(world, "ServiceEntry", |_| true),
                        "ServiceEntry".to_owned(),
                    ),
                };
                out.skip_unread(&DESTINATION_NOT_FOUND, unread, || missing);
                continue;
            }
            Presence::Missing => {}
        }
        if is_in_wildcard(world, &used.host) {
            continue;
        }
        let kind = if owner.is_some() { "Service" } else { "ServiceEntry for" };
        let meant = owner.and_then(|(name, namespace)| {
            let near = services.get_or_insert_with(|| by_namespace(world)).get(namespace)?;
            let meant = did_you_mean(name, near.iter().map(|service| service.meta.name()))?;
            near.iter().find(|service| service.meta.name() == meant).map(|service| &service.meta)
        });
        let help = match (owner, meant) {
            (None, _) => {
                "add a ServiceEntry for the host, or name a service that is there".to_owned()
            }
            (_, Some(meant)) => format!("write `{}` if that is what is meant", meant.name()),
            _ => "add the Service to the input, or name one that is there".to_owned(),
        };
        for (used, span) in places(group.iter(), |used| used.text.span) {
            let message = format!("{kind} `{}` not found: {}", used.host, used.consequence());
            let subject = world.subject(used.object);
            let report = out.report(&DESTINATION_NOT_FOUND, subject, span, message);
            if let Some(meant) = meant {
                report.label(meant.name_span, format!("there is `{}`", meant.name()));
            }
            report.help(help.as_str());
        }
    }
}

fn by_namespace<'a>(world: &World<'a>) -> FxHashMap<&'a str, Vec<&'a Object<Service>>> {
    let mut services: FxHashMap<&str, Vec<&Object<Service>>> = FxHashMap::default();
    for service in &world.mesh.store.services {
        services.entry(service.meta.namespace()).or_default().push(service);
    }
    services
}

/// Whether the wildcard of a ServiceEntry covers a host. It makes no cluster for the host, but another object may rely on
/// it, and so nothing is said.
fn is_in_wildcard(world: &World<'_>, host: &str) -> bool {
    let labels = host.match_indices('.').map(|(at, _)| &host[at..]);
    labels.into_iter().any(|tail| world.mesh.services.named(&format!("*{tail}")).next().is_some())
}
