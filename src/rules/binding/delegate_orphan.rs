//! GW318: a delegate that nobody names.

use rustc_hash::FxHashSet;

use crate::istio::virtual_service::Text;
use crate::mesh::ObjectRef;
use crate::rules::delegates::unreached_rules;
use crate::rules::prelude::*;
use crate::rules::{is_placeholder, presence};

rule! {
    /// ## What it reports
    /// A VirtualService without `hosts` to which no VirtualService of the input delegates, leaving out those that are
    /// refused. Where the input has none with `hosts`, which alone can delegate, the finding is conditional.
    ///
    /// ## Why it matters
    /// Such a VirtualService is a delegate: its rules are used where another one names it, and nowhere else. If it was
    /// meant to stand alone, its `hosts` are missing.
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
    DELEGATE_ORPHAN = "GW318" "delegate-orphan", Info;
}

fn check(world: &World<'_>, out: &mut Findings) {
    let all = &world.mesh.store.virtual_services;
    if all.iter().all(|object| !object.spec.hosts.is_empty()) {
        return;
    }
    // One that is refused delegates to nobody.
    let unread = presence::unread(world, "VirtualService", |one| !presence::is_refused(world, one));
    let Some(named) = named(world) else { return };
    // Without any that could, nothing is known of those that do.
    let may_delegate = all.iter().any(|object| !object.spec.hosts.is_empty())
        || world.complete.covers_all("VirtualService");
    for (index, object) in (0..).zip(all) {
        let key = format!("{}/{}", object.meta.namespace(), object.meta.name());
        if !object.spec.hosts.is_empty() || named.contains(&key) || is_placeholder(&key) {
            continue;
        }
        if unread.is_some() {
            out.skip_unread(&DELEGATE_ORPHAN, unread.clone(), String::new);
            continue;
        }
        let subject = world.subject(ObjectRef::VirtualService(index));
        let fate = if may_delegate {
            "its rules are not used"
        } else {
            "its rules are used only if one that is not in the input does"
        };
        let message = format!("no VirtualService of the input delegates to `{key}`: {fate}");
        let rules = unreached_rules(world, index, object);
        out.report(&DELEGATE_ORPHAN, subject, object.meta.name_span, message)
            .help("name it in a `delegate`, add `hosts`, or remove it")
            .unreached(world.elements(rules));
    }
}

/// The delegates that are named somewhere, as `namespace/name`; none: a name holds a placeholder.
fn named(world: &World<'_>) -> Option<FxHashSet<String>> {
    let text = |text: &Text| text.as_ref().map_or(String::new(), |text| text.value.to_string());
    let mut named = FxHashSet::default();
    for object in &world.mesh.store.virtual_services {
        for delegate in object.spec.http.iter().filter_map(|rule| rule.delegate.as_ref()) {
            let (namespace, name) = (text(&delegate.namespace), text(&delegate.name));
            let own = if namespace.is_empty() { object.meta.namespace() } else { &namespace };
            let key = format!("{own}/{name}");
            if is_placeholder(&key) {
                return None;
            }
            named.insert(key);
        }
    }
    Some(named)
}
