//! GW302: a Gateway of another namespace that is named without it.

use crate::istio::Object;
use crate::istio::gateway::Gateway;
use crate::istio::virtual_service::VirtualService;
use crate::mesh::ObjectRef;
use crate::mesh::host::overlaps;
use crate::mesh::names::{fqdn, gateway_name};
use crate::rules::binding::gateway_not_found::lost_without_gateway;
use crate::rules::hosts::{self, bare};
use crate::rules::prelude::*;
use crate::rules::{Presence, is_placeholder, presence};

rule! {
    /// ## What it reports
    /// A Gateway that is named without its namespace in `gateways` of a VirtualService of another one, where the VirtualService's own
    /// namespace has no Gateway of that name.
    ///
    /// Where the input holds no Gateway at all of the VirtualService's namespace, the rule speaks only if the Gateway
    /// of the other namespace has a server for one of its hosts.
    ///
    /// ## Why it matters
    /// A name without namespace means the VirtualService's own namespace, whatever other Gateways there are. istiod
    /// does not complain: nothing is served through this entry, and the hosts get 404 (NR) or nothing at all.
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
    ///   gateways: [public]
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
    GATEWAY_NAMESPACE_MISSING = "GW302" "gateway-namespace-missing", Error, also "~IST0101";
}

fn check(world: &World<'_>, out: &mut Findings) {
    for (index, object) in (0..).zip(&world.mesh.store.virtual_services) {
        let namespace = object.meta.namespace();
        for entry in &object.spec.gateways {
            let short = entry.value.as_str();
            if short == "mesh" || short.contains(['/', '.']) || is_placeholder(short) {
                continue;
            }
            let others = match meant(world, object, short) {
                Meant::Certainly(others) => others,
                Meant::Unless(unread) => {
                    out.skip_unread(&GATEWAY_NAMESPACE_MISSING, Some(unread), String::new);
                    continue;
                }
            };
            let Some(first) = others.first() else { continue };
            let name = gateway_name(short, namespace);
            let names: Vec<String> = others.iter().map(|gateway| full_name(gateway)).collect();
            let message = format!(
                "`{short}` means `{name}`, which is not there: is {} meant?",
                hosts::list(names.iter().map(String::as_str))
            );
            let subject = world.subject(ObjectRef::VirtualService(index));
            let report = out.report(&GATEWAY_NAMESPACE_MISSING, subject, entry.span, message);
            for other in others.iter().take(3) {
                report.label(other.meta.name_span, format!("this is `{}`", full_name(other)));
            }
            report.help(format!("write `{}`", full_name(first)));
            if others.len() == 1 {
                report.fix(entry.span, full_name(first));
            }
            for host in &object.spec.hosts {
                report.about(host.span);
            }
            report.unreached(world.elements(lost_without_gateway(world, index)));
        }
    }
}

fn full_name(gateway: &Object<Gateway>) -> String {
    format!("{}/{}", gateway.meta.namespace(), gateway.meta.name())
}

/// Gateways of other namespaces that may be meant by a name.
enum Meant<'a> {
    /// These, if there are any: the VirtualService's own namespace has none.
    Certainly(Vec<&'a Object<Gateway>>),
    /// It may have one in what has no part: why.
    Unless(String),
}

/// The Gateways of a name that the VirtualService's own namespace does not have.
fn meant<'a>(world: &World<'a>, service: &Object<VirtualService>, name: &str) -> Meant<'a> {
    let namespace = service.meta.namespace();
    let others = world.gateways_called(name);
    if others.is_empty() || is_placeholder(namespace) || name.contains("istio-autogenerated") {
        return Meant::Certainly(Vec::new());
    }
    match world.presence_of_gateway(&service.meta, namespace, name) {
        Presence::Known => Meant::Certainly(Vec::new()),
        Presence::Missing => Meant::Certainly(others),
        // Another one may well be there: then the hosts must tell.
        Presence::Unknown => {
            let is_told = service.meta.namespace_span.is_some();
            let fits = |gateway: &&Object<Gateway>| is_told && serves(gateway, service, world);
            let fitting: Vec<_> = others.into_iter().filter(fits).collect();
            match presence::unread_named(world, "Gateway", namespace, name) {
                Some(unread) if !fitting.is_empty() => Meant::Unless(unread),
                Some(_) => Meant::Certainly(Vec::new()),
                None => Meant::Certainly(fitting),
            }
        }
    }
}

/// Whether a Gateway has a server for a host of the VirtualService.
fn serves(gateway: &Object<Gateway>, service: &Object<VirtualService>, world: &World<'_>) -> bool {
    let own = gateway.spec.servers.iter().flat_map(|server| &server.hosts);
    let mut hosts = service.spec.hosts.iter();
    let namespace = service.meta.namespace();
    let is_served = |host: &str| {
        let whole = fqdn(host, namespace, &world.mesh.domain);
        !is_placeholder(host) && own.clone().any(|server| overlaps(bare(server), &whole))
    };
    gateway.meta.namespace_span.is_some() && hosts.any(|host| is_served(host))
}
