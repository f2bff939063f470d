//! GW319: a delegate that is not exported to the VirtualService that names it.

use crate::mesh::ObjectRef;
use crate::mesh::UnsplicedReason;
use crate::rules::delegates::{delegations, unreached_rules};
use crate::rules::prelude::*;
use crate::rules::{hosts, is_placeholder};

rule! {
    /// ## What it reports
    /// A delegate whose `exportTo` leaves out the namespace of a VirtualService that delegates to it.
    ///
    /// ## Why it matters
    /// istiod leaves out the rule that delegates and reports nothing: requests go on to the next rule, or get 404 (NR).
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
    ///   - match: [{uri: {prefix: /pay}}]
    ///     delegate: {name: pay, namespace: pay}
    ///   - route: [{destination: {host: web}}]
    /// ---
    /// apiVersion: networking.istio.io/v1
    /// kind: VirtualService
    /// metadata: {name: pay, namespace: pay}
    /// spec:
    ///   exportTo: ["."]
    ///   http:
    ///   - route: [{destination: {host: pay}}]
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
    ///   - match: [{uri: {prefix: /pay}}]
    ///     delegate: {name: pay, namespace: pay}
    ///   - route: [{destination: {host: web}}]
    /// ---
    /// apiVersion: networking.istio.io/v1
    /// kind: VirtualService
    /// metadata: {name: pay, namespace: pay}
    /// spec:
    ///   exportTo: [shop]
    ///   http:
    ///   - route: [{destination: {host: pay}}]
    /// ```
    DELEGATE_NOT_EXPORTED = "GW319" "delegate-not-exported", Error;
}

fn check(world: &World<'_>, out: &mut Findings) {
    for delegation in delegations(world) {
        let key = delegation.lost.delegate.as_str();
        if delegation.lost.reason != UnsplicedReason::NotExported {
            continue;
        }
        let Some((index, object)) = world.virtual_service_named(key) else { continue };
        let entries = &object.spec.export_to;
        let namespace = &delegation.root.namespace;
        if is_placeholder(namespace) || entries.iter().any(|entry| is_placeholder(entry)) {
            continue;
        }
        let message = match entries.first() {
            Some(_) => format!(
                "exportTo {} hides the delegate from namespace `{namespace}`: the rule of `{}` is left out",
                hosts::list(entries.iter().map(|entry| entry.value.as_str())),
                delegation.root.key
            ),
            None => format!(
                "by default delegates are not exported to namespace `{namespace}`: the rule of `{}` is left out",
                delegation.root.key
            ),
        };
        let span = entries.first().map_or(object.meta.name_span, |entry| entry.span);
        let subject = world.subject(ObjectRef::VirtualService(index));
        let report = out.report(&DELEGATE_NOT_EXPORTED, subject, span, message);
        report
            .label(delegation.span(), "delegates to it")
            .help(format!("add `{namespace}` to `exportTo` of the delegate"));
        let rules = unreached_rules(world, index, object);
        delegation.tell(world, report, rules);
    }
}
