//! GW101: a selector that no gateway has.

use std::cell::OnceCell;

use rustc_hash::FxHashMap;

use crate::istio::decode::Map;
use crate::istio::kubernetes::{Service, TargetPort};
use crate::istio::{Object, Unmodelled};
use crate::mesh::{Found, ObjectRef, Origin, Part};
use crate::rules::hosts::list;
use crate::rules::nearest::did_you_mean;
use crate::rules::prelude::*;
use crate::rules::{is_placeholder, presence};
use crate::text::{Span, Spanned, Str};

rule! {
    /// ## What it reports
    /// A Gateway whose `selector` fits no workload and no Service of the input, though it nearly fits a gateway; and one
    /// that names its Services by annotation, all of them in other namespaces.
    ///
    /// ## Why it matters
    /// No proxy gets its servers: ports are closed, and hosts of VirtualServices that name the Gateway are served
    /// nowhere. Labels differ between ways to install Istio: `istio: ingressgateway` of its profiles is `istio: ingress`
    /// where the Helm release is called `istio-ingress`.
    ///
    /// Files rarely hold every gateway. The rule speaks only where one of the input has the same keys with values that are
    /// spelled alike, or the input is said to be complete (`--complete Deployment,DaemonSet`); it is silent where an
    /// `IstioOperator` may install others.
    ///
    /// ## Example
    /// ```yaml
    /// apiVersion: v1
    /// kind: Service
    /// metadata: {name: ingress, namespace: infra}
    /// spec:
    ///   selector: {istio: ingress}
    ///   ports:
    ///   - {name: status-port, port: 15021}
    ///   - {name: http, port: 80}
    /// ---
    /// apiVersion: networking.istio.io/v1
    /// kind: Gateway
    /// metadata: {name: public, namespace: infra}
    /// spec:
    ///   selector: {istio: ingressgateway}
    ///   servers:
    ///   - port: {number: 80, name: http, protocol: HTTP}
    ///     hosts: [shop.example.com]
    /// ```
    ///
    /// ## Instead
    /// ```yaml
    /// apiVersion: v1
    /// kind: Service
    /// metadata: {name: ingress, namespace: infra}
    /// spec:
    ///   selector: {istio: ingress}
    ///   ports:
    ///   - {name: status-port, port: 15021}
    ///   - {name: http, port: 80}
    /// ---
    /// apiVersion: networking.istio.io/v1
    /// kind: Gateway
    /// metadata: {name: public, namespace: infra}
    /// spec:
    ///   selector: {istio: ingress}
    ///   servers:
    ///   - port: {number: 80, name: http, protocol: HTTP}
    ///     hosts: [shop.example.com]
    /// ```
    SELECTOR_MATCHES_NO_WORKLOAD = "GW101" "selector-matches-no-workload", Warning,
        also "IST0101", "KIA0302";
}

/// Kinds that may be a gateway, or make one.
const MAKERS: [&str; 7] =
    ["Deployment", "DaemonSet", "StatefulSet", "Rollout", "Pod", "Service", "IstioOperator"];

fn check(world: &World<'_>, out: &mut Findings) {
    by_services(world, out);
    by_labels(world, out);
}

/// The annotation by which a Gateway names its Services.
const BY_SERVICE: &str = "internal.istio.io/gateway-service";

/// Gateways that name their Services, all of which are of other namespaces: istiod takes those of the Gateway's own alone
/// (spec 1, 2.4).
fn by_services(world: &World<'_>, out: &mut Findings) {
    for (at, gateway) in (0..).zip(&world.mesh.store.gateways) {
        let mut annotations = gateway.meta.annotations.iter();
        let Some((key, names)) = annotations.find(|(key, _)| key.value == BY_SERVICE) else {
            continue;
        };
        let own = gateway.meta.namespace();
        let is_foreign = |name: &str| {
            let mut labels = name.split('.').skip(1);
            labels.next().is_some_and(|namespace| namespace != own) && labels.next() == Some("svc")
        };
        let is_unknown = is_placeholder(names) || is_placeholder(own);
        if is_unknown || !names.split(',').all(is_foreign) {
            continue;
        }
        let message = format!(
            "no Service of namespace `{own}` is named: no proxy gets these servers, as a Gateway may name Services of its own namespace alone"
        );
        let object = ObjectRef::Gateway(at);
        let servers = (0..).zip(&gateway.spec.servers);
        let servers = servers.map(|(i, server)| Origin::new(object, Part::Server(i), server.span));
        out.report(&SELECTOR_MATCHES_NO_WORKLOAD, world.subject(object), key.span, message)
            .here(format!("names {}", list(names.split(','))))
            .help("put the Gateway into the namespace of the Service")
            .unreached(world.elements(servers.collect()));
    }
}

fn by_labels(world: &World<'_>, out: &mut Findings) {
    let labelled = OnceCell::new();
    for (at, gateway) in world.gateways() {
        let selector = &gateway.spec.selector;
        let servers = world.servers_of_gateway(at);
        let is_assumed = servers.iter().all(|server| server.table.proxy.found == Found::Assumed);
        if !is_assumed
            || selector.entries.is_empty()
            || is_unknown(gateway.spec.span, selector, &gateway.unknown)
        {
            continue;
        }
        let labelled = labelled.get_or_init(|| Labelled::new(world));
        if may_be_elsewhere(world, selector) || labelled.has(selector) {
            continue;
        }
        let meant = meant(selector, &labelled.gateways);
        let unread = MAKERS.iter().find_map(|kind| presence::unread(world, kind, |_| true));
        if unread.is_none() && (meant.is_some() || is_complete(world)) {
            report(world, out, at, selector, meant);
        } else {
            let missing = || "every Deployment and DaemonSet".to_owned();
            out.skip_unread(&SELECTOR_MATCHES_NO_WORKLOAD, unread, missing);
        }
    }
}

fn report(
    world: &World<'_>,
    out: &mut Findings,
    at: u32,
    selector: &Map<Spanned<Str>>,
    meant: Option<Labels<'_>>,
) {
    let is_met = |key: &str, value: &str| {
        meant.is_some_and(|labels| labels.entries.get(key).is_some_and(|own| own.value == value))
    };
    let wrong = selector.entries.iter().find(|(key, value)| !is_met(&key.value, &value.value));
    let Some((key, value)) = wrong.or(selector.entries.first()) else { return };
    let wanted = text(selector);
    let message = format!(
        "no workload and no Service of the input has labels `{wanted}`: no proxy gets these servers"
    );
    let subject = world.subject(ObjectRef::Gateway(at));
    let report = out.report(&SELECTOR_MATCHES_NO_WORKLOAD, subject, value.span, message);
    report.here("nothing has this label");
    match meant.and_then(|labels| Some((labels.name, labels.entries.get(&key.value)?))) {
        Some((name, own)) => {
            let here = format!("`{name}` is a gateway and has this one");
            report.label(own.span, here).help(format!("write `{key}: {own}` if `{name}` is meant"));
        }
        None => {
            report.help("write labels of the gateway that is meant");
        }
    }
}

/// The gateway that a selector means, if one has its keys with values that are nearly the same.
fn meant<'a>(selector: &Map<Spanned<Str>>, gateways: &[Labels<'a>]) -> Option<Labels<'a>> {
    let is_meant = |labels: &&Labels<'_>| {
        let mut wanted = selector.entries.iter();
        wanted.all(|(key, value)| {
            labels.entries.get(&key.value).is_some_and(|own| are_alike(&own.value, &value.value))
        })
    };
    // More are not compared: that would take longer than it is worth.
    gateways.iter().take(100).find(is_meant).copied()
}

/// Whether one value is the other with a slip, or begins with it: `ingress` and `ingressgateway`.
fn are_alike(a: &str, b: &str) -> bool {
    let is_part = |part: &str, whole: &str| part.len() > 3 && whole.starts_with(part);
    a == b || did_you_mean(a, [b]).is_some() || is_part(a, b) || is_part(b, a)
}

/// Labels of something.
#[derive(Clone, Copy)]
struct Labels<'a> {
    name: &'a str,
    entries: &'a Map<Spanned<Str>>,
}

/// What is labelled: everything by each label, and the gateways.
struct Labelled<'a> {
    by_label: FxHashMap<(&'a str, &'a str), Vec<&'a Map<Spanned<Str>>>>,
    gateways: Vec<Labels<'a>>,
}

impl<'a> Labelled<'a> {
    fn new(world: &World<'a>) -> Self {
        let store = &world.mesh.store;
        let mut all = Self { by_label: FxHashMap::default(), gateways: Vec::new() };
        for workload in &store.workloads {
            let entries = &workload.spec.labels;
            all.add(entries);
            if workload.spec.is_gateway() {
                all.gateways.push(Labels { name: workload.meta.name(), entries });
            }
        }
        for service in &store.services {
            let entries = &service.spec.selector;
            all.add(entries);
            if is_of_gateway(service) {
                all.gateways.push(Labels { name: service.meta.name(), entries });
            }
        }
        all
    }

    fn add(&mut self, labels: &'a Map<Spanned<Str>>) {
        for (key, value) in &labels.entries {
            self.by_label.entry((&key.value, &value.value)).or_default().push(labels);
        }
    }

    /// Whether something has all labels of a selector.
    fn has(&self, selector: &Map<Spanned<Str>>) -> bool {
        let Some((key, value)) = selector.entries.first() else { return true };
        let with = self.by_label.get(&(key.value.as_str(), value.value.as_str()));
        let has_all = |labels: &&Map<Spanned<Str>>| {
            let mut wanted = selector.entries.iter();
            wanted.all(|(key, value)| {
                labels.get(&key.value).is_some_and(|own| own.value == value.value)
            })
        };
        with.is_some_and(|with| with.iter().any(has_all))
    }
}

/// Whether a Service is one of a gateway: it has the port of the health check.
fn is_of_gateway(service: &Object<Service>) -> bool {
    !service.spec.selector.entries.is_empty()
        && service.spec.ports.iter().any(|port| {
            let target = port.target_port.as_ref().map(|target| &target.value);
            port.port.is_some_and(|port| port.value == 15021)
                || target == Some(&TargetPort::Number(15021))
        })
}

/// Whether something that gwctl does not look into may have the labels.
fn may_be_elsewhere(world: &World<'_>, selector: &Map<Spanned<Str>>) -> bool {
    let World { mesh, .. } = world;
    // A controller makes Pods for objects of the Gateway API.
    let is_made = mesh.store.unmodelled.iter().any(|object| object.spec == Unmodelled::GatewayApi);
    let asks_for_made =
        selector.entries.iter().any(|(key, _)| key.value.starts_with("gateway.networking.k8s.io/"));
    (is_made && asks_for_made)
        || mesh.store.known.iter().any(|object| object.meta.kind() == "IstioOperator")
}

fn is_complete(world: &World<'_>) -> bool {
    ["Deployment", "DaemonSet"].into_iter().all(|kind| world.complete.covers_all(kind))
}

fn is_unknown(spec: Span, selector: &Map<Spanned<Str>>, unknown: &[Span]) -> bool {
    let mut entries = selector.entries.iter();
    let within = |span: &Span| selector.entries.iter().any(|(_, value)| value.span.contains(*span));
    entries.any(|(key, value)| is_placeholder(&key.value) || is_placeholder(&value.value))
        || unknown.iter().any(|span| spec.contains(*span) && within(span))
}

fn text(labels: &Map<Spanned<Str>>) -> String {
    let all: Vec<String> =
        labels.entries.iter().map(|(key, value)| format!("{key}={value}")).collect();
    all.join(",")
}
