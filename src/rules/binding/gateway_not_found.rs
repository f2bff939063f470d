//! GW301: a VirtualService that names a Gateway which is not there.

use rustc_hash::FxHashMap;

use crate::istio::Object;
use crate::istio::gateway::Gateway;
use crate::istio::virtual_service::VirtualService;
use crate::mesh::names::gateway_name;
use crate::mesh::{ObjectRef, Origin};
use crate::rules::marks::Marks;
use crate::rules::prelude::*;
use crate::rules::{Presence, is_placeholder, presence};
use crate::text::{Spanned, Str};

rule! {
    /// ## What it reports
    /// An entry of `gateways`, of a VirtualService or of a match, that names no Gateway of Istio or of the Gateway API.
    ///
    /// The rule speaks where the input holds other Gateways of the namespace in question, or is said to hold all
    /// (`--complete Gateway`).
    ///
    /// ## Why it matters
    /// istiod does not complain: the VirtualService takes no part in any gateway by this name, and its hosts answer
    /// with 404 or not at all. A name without namespace means the VirtualService's own namespace.
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
    ///     hosts: ["*.example.com"]
    /// ---
    /// apiVersion: networking.istio.io/v1
    /// kind: VirtualService
    /// metadata: {name: shop, namespace: shop}
    /// spec:
    ///   hosts: [shop.example.com]
    ///   gateways: [infra/pulbic]
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
    ///     hosts: ["*.example.com"]
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
    GATEWAY_NOT_FOUND = "GW301" "gateway-not-found", Error, also "IST0101", "KIA1102";
}

fn check(world: &World<'_>, out: &mut Findings) {
    for (index, object) in (0..).zip(&world.mesh.store.virtual_services) {
        let namespace = object.meta.namespace();
        let mut meant: FxHashMap<String, Option<&Object<Gateway>>> = FxHashMap::default();
        let own = object.spec.gateways.iter().map(|name| (name, true));
        let is_any_other = world.has_written(index, Marks::GATEWAYS);
        let others = is_any_other.then(|| of_matches(&object.spec).map(|name| (name, false)));
        for (entry, is_own) in own.chain(others.into_iter().flatten()) {
            let name = gateway_name(&entry.value, namespace);
            let is_known = name == "mesh" || world.gateway_named(&name).is_some();
            if is_known || is_placeholder(&name) {
                continue;
            }
            let Some((wanted, short)) = name.split_once('/') else { continue };
            match world.presence_of_gateway(&object.meta, wanted, short) {
                Presence::Missing => {}
                Presence::Known => continue,
                Presence::Unknown => {
                    let unread = presence::unread_named(world, "Gateway", wanted, short);
                    let missing = || format!("Gateway of namespace {wanted}");
                    out.skip_unread(&GATEWAY_NOT_FOUND, unread, missing);
                    continue;
                }
            }
            let subject = world.subject(ObjectRef::VirtualService(index));
            let message = format!("Gateway `{name}` not found: nothing is served through it");
            let report = out.report(&GATEWAY_NOT_FOUND, subject, entry.span, message);
            let meant = meant.entry(name.to_string());
            match meant.or_insert_with(|| world.gateway_meant(wanted, short)) {
                Some(gateway) => {
                    let full = format!("{}/{}", gateway.meta.namespace(), gateway.meta.name());
                    report
                        .label(gateway.meta.name_span, format!("there is `{full}`"))
                        .help(format!("write `{full}` if that is what is meant"));
                }
                None => {
                    report.help("add the Gateway to the input, or name one that is there");
                }
            }
            if is_own {
                report.unreached(world.elements(lost_without_gateway(world, index)));
            }
        }
    }
}

/// The names of Gateways in matches.
fn of_matches(spec: &VirtualService) -> impl Iterator<Item = &Spanned<Str>> {
    let http = spec.http.iter().flat_map(|rule| &rule.matches).flat_map(|m| &m.gateways);
    let tls = spec.tls.iter().flat_map(|rule| &rule.matches).flat_map(|m| &m.gateways);
    let tcp = spec.tcp.iter().flat_map(|rule| &rule.matches).flat_map(|m| &m.gateways);
    http.chain(tls).chain(tcp)
}

/// What a VirtualService loses with a Gateway that is not there.
pub(super) fn lost_without_gateway(world: &World<'_>, index: u32) -> Vec<Origin> {
    let all = &world.mesh.virtual_services;
    let Some(service) = all.of_object(index).map(|at| &all.all[at as usize]) else {
        return Vec::new();
    };
    let mut lost = world.unreached_hosts(service);
    lost.extend(world.unreached_rules(service));
    lost
}
