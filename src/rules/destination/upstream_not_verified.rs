//! GW618: TLS to a backend whose name nobody checks.

use rustc_hash::FxHashSet;

use crate::istio::destination_rule::{ClientTls, ClientTlsMode};
use crate::istio::virtual_service::Text;
use crate::mesh::{ObjectRef, Service};
use crate::rules::destinations::Way;
use crate::rules::prelude::*;
use crate::text::{Span, Spanned, Str};

rule! {
    /// ## What it reports
    /// TLS towards a backend (`SIMPLE` or `MUTUAL` in a DestinationRule that a gateway uses) with `sni` and without
    /// `subjectAltNames`, `caCertificates` and `credentialName`. With `insecureSkipVerify: true` it is meant.
    ///
    /// ## Why it matters
    /// Without a CA of its own, the certificate is checked against the CAs of the operating system, and its name against the
    /// host of the request. Where `sni` is set, nothing checks the name: a certificate of any public CA for any host is accepted.
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
    /// apiVersion: networking.istio.io/v1
    /// kind: ServiceEntry
    /// metadata: {name: api, namespace: shop}
    /// spec:
    ///   hosts: [api.example.net]
    ///   ports: [{number: 443, name: https, protocol: HTTPS}]
    ///   resolution: DNS
    /// ---
    /// apiVersion: networking.istio.io/v1
    /// kind: VirtualService
    /// metadata: {name: shop, namespace: shop}
    /// spec:
    ///   hosts: [shop.example.com]
    ///   gateways: [infra/public]
    ///   http:
    ///   - route: [{destination: {host: api.example.net, port: {number: 443}}}]
    /// ---
    /// apiVersion: networking.istio.io/v1
    /// kind: DestinationRule
    /// metadata: {name: web, namespace: shop}
    /// spec:
    ///   host: api.example.net
    ///   trafficPolicy: {tls: {mode: SIMPLE, sni: api.example.net}}
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
    /// apiVersion: networking.istio.io/v1
    /// kind: ServiceEntry
    /// metadata: {name: api, namespace: shop}
    /// spec:
    ///   hosts: [api.example.net]
    ///   ports: [{number: 443, name: https, protocol: HTTPS}]
    ///   resolution: DNS
    /// ---
    /// apiVersion: networking.istio.io/v1
    /// kind: VirtualService
    /// metadata: {name: shop, namespace: shop}
    /// spec:
    ///   hosts: [shop.example.com]
    ///   gateways: [infra/public]
    ///   http:
    ///   - route: [{destination: {host: api.example.net, port: {number: 443}}}]
    /// ---
    /// apiVersion: networking.istio.io/v1
    /// kind: DestinationRule
    /// metadata: {name: web, namespace: shop}
    /// spec:
    ///   host: api.example.net
    ///   trafficPolicy:
    ///     tls: {mode: SIMPLE, sni: api.example.net, subjectAltNames: [api.example.net]}
    /// ```
    UPSTREAM_NOT_VERIFIED = "GW618" "upstream-not-verified", Warning, also "IST0128", "IST0129";
}

fn check(world: &World<'_>, out: &mut Findings) {
    if world.mesh.store.destination_rules.is_empty() {
        return;
    }
    let mut known: FxHashSet<Span> = FxHashSet::default();
    for used in world.destinations().iter() {
        // Without requests there is no host that the name could be checked against.
        if matches!(used.way, Way::L4) {
            continue;
        }
        for server in used.servers(world) {
            let Some((service, port)) = used.target(world, &server) else { continue };
            let subset = used.subset().map_or("", |subset| subset.value.as_str());
            let tls = used.effective(world, &server).and_then(|rule| rule.tls(subset, port));
            let Some((at, tls)) = tls else { continue };
            let Some(sni) = unchecked(tls).filter(|_| !has_names(world, service)) else { continue };
            if !known.insert(tls.span) {
                continue;
            }
            let span = tls.mode.map_or(tls.span, |mode| mode.span);
            let message = format!(
                "nothing checks the name in the certificate of `{}`: `sni` is set and `subjectAltNames` is not",
                used.host
            );
            let subject = world.subject(ObjectRef::DestinationRule(at));
            out.report(&UPSTREAM_NOT_VERIFIED, subject, span, message)
                .label(sni.span, "this is sent, not checked")
                .label(used.text.span, "used here")
                .help(format!("add `subjectAltNames: [{}]`", sni.value));
        }
    }
}

/// The `sni` of settings that check a certificate against public CAs, and not its name (mirrors istio 1.32
/// `cluster_tls.go: constructUpstreamTLS, setAutoSniAndAutoSanValidation`).
fn unchecked(tls: &ClientTls) -> Option<&Spanned<Str>> {
    let mode = tls.mode.map(|mode| mode.value);
    let is_set = |text: &Text| text.as_ref().is_some_and(|text| !text.value.is_empty());
    let is_meant = tls.insecure_skip_verify.is_some_and(|skip| skip.value);
    let is_unchecked = matches!(mode, Some(ClientTlsMode::Simple | ClientTlsMode::Mutual))
        && tls.subject_alt_names.is_empty()
        && !is_set(&tls.ca_certificates)
        && !is_set(&tls.credential_name)
        && !is_meant;
    tls.sni.as_ref().filter(|sni| is_unchecked && !sni.value.is_empty())
}

/// Whether a ServiceEntry gives the names that certificates may have.
fn has_names(world: &World<'_>, service: &Service) -> bool {
    let ObjectRef::ServiceEntry(at) = service.object else { return false };
    !world.mesh.store.service_entries[at as usize].spec.subject_alt_names.is_empty()
}
