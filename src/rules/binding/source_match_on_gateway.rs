//! GW313: a match for clients that means the gateway.

use rustc_hash::FxHashSet;

use crate::finding::Severity;
use crate::istio::virtual_service::HttpMatch;
use crate::mesh::names::gateway_name;
use crate::mesh::{Found, ObjectRef, Origin, Part, Proxy, VirtualService};
use crate::rules::delegates::match_of_root;
use crate::rules::hosts::{self, binds_mesh};
use crate::rules::is_placeholder;
use crate::rules::prelude::*;
use crate::text::Span;

rule! {
    /// ## What it reports
    /// `sourceLabels` or `sourceNamespace` in a match for gateways which the gateway's Pods do not meet.
    ///
    /// It is info where the match is for sidecars, too (`mesh`), where it does what it says. Where no rule of the VirtualService is left,
    /// `no-http-rule-survives` says so, and shows the match.
    ///
    /// ## Why it matters
    /// These fields choose the proxy that gets the rule, and not the client of a request. On a gateway they ask for
    /// labels and namespace of the gateway's own Pods: a match that these do not meet is left out there.
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
    ///   gateways: [infra/public]
    ///   http:
    ///   - match: [{sourceLabels: {app: client}}]
    ///     route: [{destination: {host: web}}]
    /// ```
    ///
    /// ## Instead
    /// Tell clients apart by what a request brings:
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
    ///   - match: [{headers: {x-client: {exact: app}}}]
    ///     route: [{destination: {host: web}}]
    /// ```
    SOURCE_MATCH_ON_GATEWAY = "GW313" "source-match-on-gateway", Warning;
}

fn check(world: &World<'_>, out: &mut Findings) {
    let mut known = FxHashSet::default();
    for lost in world.dropped(DropReason::MatchSource) {
        let is_own = written(world, lost.what).is_some_and(|(wanted, _)| source(wanted).is_some());
        let root = if is_own { None } else { match_of_root(world, lost.what, source) };
        let what = root.unwrap_or(lost.what);
        let roots = world.with_rules_of(what.object);
        if roots.is_empty() || world.is_reached(what) || !known.insert(what) {
            continue;
        }
        let Some((wanted, namespace)) = written(world, what) else { continue };
        let is_for_mesh = roots.iter().any(|(_, root)| is_for_mesh(root, wanted, namespace));
        let mut proxies = lost.places.iter().map(|&(table, _)| &*world.tables[table].proxy);
        let Some(proxy) = proxies.next() else { continue };
        let Some((span, field)) = field(wanted, proxy) else { continue };
        let names: Vec<String> = roots
            .iter()
            .flat_map(|(_, root)| &root.gateways)
            .map(|name| name.value.to_string())
            .filter(|name| name != "mesh")
            .collect();
        let gateways = hosts::list(names.iter().map(String::as_str));
        let is_certain = matches!(proxy.found, Found::Given | Found::Workload(_));
        let consequence = if is_certain {
            format!("the match never applies on {gateways}")
        } else {
            format!("on {gateways} the match applies only if its Pods have that")
        };
        let message = format!("{field} means the gateway itself, not the client: {consequence}");
        let (severity, help) = if is_for_mesh {
            (Severity::Info, "that is right if the match is meant for clients in the mesh alone")
        } else {
            (Severity::Warning, "match by headers, or refuse clients with an AuthorizationPolicy")
        };
        let subject = world.subject(what.object);
        out.report(&SOURCE_MATCH_ON_GATEWAY, subject, span, message)
            .severity(severity)
            .help(help)
            .about(wanted.span)
            .about(lost.what.span)
            .unreached(world.elements(world.lost_with_rule(what, &roots)));
    }
}

/// A match as written, and the namespace of its object.
fn written<'a>(world: &World<'a>, origin: Origin) -> Option<(&'a HttpMatch, &'a str)> {
    let (ObjectRef::VirtualService(index), Part::HttpMatch(i, j)) = (origin.object, origin.part)
    else {
        return None;
    };
    let object = &world.mesh.store.virtual_services[index as usize];
    let wanted = object.spec.http.get(i as usize)?.matches.get(j as usize)?;
    Some((wanted, object.meta.namespace()))
}

/// Where a match asks for a source.
fn source(wanted: &HttpMatch) -> Option<Span> {
    let label = wanted.source_labels.iter().next().map(|(key, _)| key.span);
    label.or(wanted.source_namespace.as_ref().map(|name| name.span))
}

/// Whether sidecars get the match, too.
fn is_for_mesh(root: &VirtualService, wanted: &HttpMatch, namespace: &str) -> bool {
    let mut gateways = wanted.gateways.iter();
    let is_meant = wanted.gateways.is_empty()
        || gateways.any(|name| gateway_name(&name.value, namespace) == "mesh");
    binds_mesh(root) && is_meant
}

/// The field that a proxy does not meet, and where it is written; a match that is merged with that of a root may have it
/// from there.
fn field(wanted: &HttpMatch, proxy: &Proxy) -> Option<(Span, &'static str)> {
    let has = |key: &str, value: &str| proxy.labels.get(key).is_some_and(|own| own == value);
    let mut labels = wanted.source_labels.iter();
    if let Some((key, value)) = labels.find(|(key, value)| !has(key, value)) {
        return (!is_placeholder(value)).then_some((key.span, "sourceLabels"));
    }
    match &wanted.source_namespace {
        Some(name) if is_placeholder(name) => None,
        Some(name) => Some((name.span, "sourceNamespace")),
        None => Some((wanted.span, "sourceLabels or sourceNamespace of the match that delegates")),
    }
}
