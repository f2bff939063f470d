//! GW602: a short name that means a Service of another namespace than the one that has it.

use rustc_hash::FxHashMap;

use crate::istio::Object;
use crate::istio::kubernetes::Service;
use crate::rules::Presence;
use crate::rules::destinations::proof::is_placed;
use crate::rules::destinations::{Used, places};
use crate::rules::prelude::*;

rule! {
    /// ## What it reports
    /// A destination without dots whose namespace has no Service of that name, where one other namespace of the input has it.
    ///
    /// ## Why it matters
    /// A short name is a Service of the namespace of the VirtualService (or of the delegate that has the rule), not of the one
    /// in which the gateway runs or the request ends. There is no such Service: requests get 503 (flag `NC`).
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
    /// metadata: {name: cart, namespace: shop}
    /// spec:
    ///   ports: [{name: http, port: 8080}]
    /// ---
    /// apiVersion: v1
    /// kind: Service
    /// metadata: {name: web, namespace: front}
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
    /// metadata: {name: cart, namespace: shop}
    /// spec:
    ///   ports: [{name: http, port: 8080}]
    /// ---
    /// apiVersion: v1
    /// kind: Service
    /// metadata: {name: web, namespace: front}
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
    ///   - route: [{destination: {host: web.front.svc.cluster.local}}]
    /// ```
    SHORT_NAME_WRONG_NAMESPACE = "GW602" "short-name-wrong-namespace", Error, also "~IST0101";
}

fn check(world: &World<'_>, out: &mut Findings) {
    let destinations = world.destinations();
    let mut services = None;
    let is_short =
        |used: &&Used<'_>| !used.text.value.contains('.') && used.host != used.text.value;
    for group in destinations.groups() {
        let Some(used) = group.iter().find(is_short) else { continue };
        let is_missing = || destinations.presences.service(&used.host) == Presence::Missing;
        let is_proven = || {
            is_placed(world.mesh, used)
                || destinations.presence(world.mesh, used) == Presence::Missing
        };
        if !is_missing() || !is_proven() {
            continue;
        }
        let short = used.text.value.as_str();
        let services = services.get_or_insert_with(|| by_name(world));
        let Some([service]) = services.get(short).map(Vec::as_slice) else { continue };
        let (namespace, own) = (service.meta.namespace(), used.namespace);
        for (used, span) in places(group.iter().filter(is_short), |used| used.text.span) {
            let message = format!(
                "`{short}` means `{short}.{own}`, but the Service is in `{namespace}`: {}",
                used.consequence()
            );
            out.report(&SHORT_NAME_WRONG_NAMESPACE, world.subject(used.object), span, message)
                .label(service.meta.name_span, "this one")
                .help(format!("write `{short}.{namespace}.svc.{}`", world.mesh.domain));
        }
    }
}

fn by_name<'a>(world: &World<'a>) -> FxHashMap<&'a str, Vec<&'a Object<Service>>> {
    let mut services: FxHashMap<&str, Vec<&Object<Service>>> = FxHashMap::default();
    for service in &world.mesh.store.services {
        services.entry(service.meta.name()).or_default().push(service);
    }
    services
}
