//! GW608: a subset that no DestinationRule defines.

use crate::rules::destinations::subsets::{Definitions, definitions, names};
use crate::rules::destinations::{Used, places};
use crate::rules::hosts::list;
use crate::rules::nearest::did_you_mean;
use crate::rules::prelude::*;
use crate::rules::presence;

rule! {
    /// ## What it reports
    /// A destination with a subset that no DestinationRule for its host defines, in whatever namespace.
    ///
    /// The rule speaks where the input holds a DestinationRule for the host, or others of the service's namespace, or is said to
    /// hold all (`--complete DestinationRule`).
    ///
    /// ## Why it matters
    /// There is no cluster for the subset: requests get 503 (flag `NC`), though the service is there.
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
    ///   - route: [{destination: {host: web, subset: v2}}]
    /// ---
    /// apiVersion: networking.istio.io/v1
    /// kind: DestinationRule
    /// metadata: {name: web, namespace: shop}
    /// spec:
    ///   host: web
    ///   subsets: [{name: v1, labels: {version: v1}}]
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
    ///   - route: [{destination: {host: web, subset: v1}}]
    /// ---
    /// apiVersion: networking.istio.io/v1
    /// kind: DestinationRule
    /// metadata: {name: web, namespace: shop}
    /// spec:
    ///   host: web
    ///   subsets: [{name: v1, labels: {version: v1}}]
    /// ```
    SUBSET_NOT_FOUND = "GW608" "subset-not-found", Error, also "IST0101", "KIA1107";
}

fn check(world: &World<'_>, out: &mut Findings) {
    let destinations = world.destinations();
    let rules = &world.mesh.store.destination_rules;
    let by_subset = destinations.groups().flat_map(|group| group.by(Used::subset_name));
    for group in by_subset {
        let used = group[0];
        let Some(subset) = used.subset() else { continue };
        match definitions(world, used) {
            Definitions::Missing => {}
            Definitions::Unknown(namespace) if !namespace.is_empty() => {
                let unread = presence::unread(world, "DestinationRule", |_| true);
                let missing = || format!("DestinationRule of namespace {namespace}");
                out.skip_unread(&SUBSET_NOT_FOUND, unread, missing);
                continue;
            }
            _ => continue,
        }
        let covering: Vec<u32> = destinations.covering(&used.host).take(100).collect();
        let all = || covering.iter().map(|&at| &rules[at as usize]);
        let known: Vec<&str> = all().flat_map(|rule| names(&rule.spec)).collect();
        let help = match did_you_mean(&subset.value, known) {
            Some(meant) => format!("write `{meant}` if that is what is meant"),
            None => "define the subset in a DestinationRule of the service's namespace".to_owned(),
        };
        for (used, span) in places(group, Used::subset_span) {
            let message = format!(
                "no DestinationRule defines subset `{}` of `{}`: {}",
                subset.value,
                used.host,
                used.consequence()
            );
            let subject = world.subject(used.object);
            let report = out.report(&SUBSET_NOT_FOUND, subject, span, message);
            for rule in all().take(3) {
                let place = rule.spec.subsets.first().and_then(|one| one.name.as_ref());
                let place = place.map_or(rule.meta.name_span, |name| name.span);
                let what = match list(names(&rule.spec)) {
                    none if none.is_empty() => "has no subsets".to_owned(),
                    known => format!("has {known}"),
                };
                let name = format!("{}/{}", rule.meta.namespace(), rule.meta.name());
                report.label(place, format!("`{name}` {what}"));
            }
            report.help(help.as_str());
        }
    }
}
