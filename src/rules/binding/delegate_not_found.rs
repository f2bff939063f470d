//! GW315: a delegate that is not there.

use crate::finding::Severity;
use crate::mesh::{Refused, UnsplicedReason};
use crate::rules::delegates::{Delegation, delegations};
use crate::rules::nearest::did_you_mean;
use crate::rules::prelude::*;
use crate::rules::{is_placeholder, presence};

rule! {
    /// ## What it reports
    /// A rule that delegates to a VirtualService which is not there, or which Istio refuses. Without `namespace` the
    /// delegate is looked for in the namespace of the VirtualService that names it.
    ///
    /// The rule speaks where the input holds other VirtualServices of the namespace in question, or is said to hold all
    /// (`--complete VirtualService`). Where it does not, the finding is info: the table lacks the rules of a delegate
    /// that nobody knows.
    ///
    /// ## Why it matters
    /// istiod leaves the whole rule out and reports nothing: requests go on to the next rule, or get 404 (NR).
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
    ///     delegate: {name: pya, namespace: pay}
    ///   - route: [{destination: {host: web}}]
    /// ---
    /// apiVersion: networking.istio.io/v1
    /// kind: VirtualService
    /// metadata: {name: pay, namespace: pay}
    /// spec:
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
    ///   http:
    ///   - route: [{destination: {host: pay}}]
    /// ```
    DELEGATE_NOT_FOUND = "GW315" "delegate-not-found", Error;
}

fn check(world: &World<'_>, out: &mut Findings) {
    for delegation in delegations(world) {
        let key = delegation.lost.delegate.as_str();
        if delegation.lost.reason != UnsplicedReason::Missing || is_placeholder(key) {
            continue;
        }
        let state = state(world, &delegation);
        let (message, severity) = match state {
            State::Missing => {
                (format!("delegate `{key}` not found: the rule is left out"), Severity::Error)
            }
            State::Refused(refused) => (
                format!(
                    "delegate `{key}` is refused by {}: the rule is left out",
                    refused.judges()
                ),
                Severity::Error,
            ),
            State::Unread => (
                format!(
                    "delegate `{key}` is not in what can be read of the input: the table lacks its rules"
                ),
                Severity::Info,
            ),
            State::Unknown => (
                format!("delegate `{key}` is not in the input: the table lacks its rules"),
                Severity::Info,
            ),
        };
        let subject = world.subject(delegation.origin.object);
        let report = out.report(&DELEGATE_NOT_FOUND, subject, delegation.span(), message);
        report.severity(severity);
        delegation.tell(world, report, Vec::new());
        if let State::Refused(refused) = state {
            report.label(refused.span, "refused");
            report.help(format!("mend the delegate: {}", refused.reason));
        } else if severity == Severity::Error {
            match meant(world, key) {
                Some(meant) => report.help(format!("write `{meant}` if that is what is meant")),
                None => report.help("add the VirtualService, without `hosts`, or route here"),
            };
        } else {
            report.help(match state {
                State::Unread => "correct what cannot be read",
                _ => "add the VirtualService to the input",
            });
        }
    }
}

/// What the input says of a delegate.
enum State<'a> {
    /// It is not there, and the input holds others of its namespace.
    Missing,
    /// It is there and never admitted.
    Refused(&'a Refused),
    /// It may be there, in what cannot be read.
    Unread,
    /// Nobody knows.
    Unknown,
}

fn state<'a>(world: &World<'a>, delegation: &Delegation<'_>) -> State<'a> {
    let Some((namespace, name)) = delegation.lost.delegate.split_once('/') else {
        return State::Unknown;
    };
    let store = &world.mesh.store;
    let refused = store.refused.iter().find(|refused| {
        let meta = &refused.meta;
        (meta.kind(), meta.namespace(), meta.name()) == ("VirtualService", namespace, name)
    });
    if let Some(refused) = refused {
        return State::Refused(refused);
    }
    let is_unread = presence::unread_named(world, "VirtualService", namespace, name).is_some();
    // The one that delegates says nothing of others.
    let others = (0..).zip(&store.virtual_services).filter(|(at, _)| *at != delegation.root.index);
    let is_covered = others.into_iter().any(|(_, other)| other.meta.namespace() == namespace)
        || world.complete.covers("VirtualService", namespace);
    match (is_covered, is_unread) {
        (true, false) => State::Missing,
        (_, true) => State::Unread,
        _ => State::Unknown,
    }
}

/// A delegate that is spelled alike, of the same namespace, or has the name in another.
fn meant(world: &World<'_>, key: &str) -> Option<String> {
    let (namespace, name) = key.split_once('/')?;
    let all = world.mesh.store.virtual_services.iter();
    let delegates: Vec<_> = all.filter(|object| object.spec.hosts.is_empty()).collect();
    let here = delegates.iter().filter(|object| object.meta.namespace() == namespace);
    if let Some(near) = did_you_mean(name, here.map(|object| object.meta.name())) {
        return Some(format!("{namespace}/{near}"));
    }
    let elsewhere = delegates.iter().find(|object| object.meta.name() == name)?;
    Some(format!("{}/{name}", elsewhere.meta.namespace()))
}
