//! GW618: TLS to a backend whose name nobody checks.

use rustc_hash::FxHashSet;

use crate::istio::destination_rule::{ClientTls, ClientTlsMode, DestinationRule};
use crate::istio::service_entry::Resolution;
use crate::istio::virtual_service::Text;
use crate::istio::workload_entry::WorkloadEntry;
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
    /// Without a CA of its own, the gateway checks the certificate against the CAs of the operating system, and its name against
    /// the host of the request: that is safe, whatever `istioctl analyze` says (IST0128, IST0129). Where `sni` is set, nothing
    /// checks the name: a certificate of any public CA for any host is accepted. So it is in Istio 1.29 to 1.32.
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
    let rules = &world.mesh.store.destination_rules;
    let unchecked_rules: FxHashSet<u32> =
        (0..).zip(rules).filter(|(_, rule)| has_unchecked(&rule.spec)).map(|(at, _)| at).collect();
    if unchecked_rules.is_empty() {
        return;
    }
    let mut known: FxHashSet<Span> = FxHashSet::default();
    for used in world.destinations().iter() {
        // Without requests there is no host that the name could be checked against.
        let is_l4 = matches!(used.way, Way::L4);
        if is_l4
            || !world.destinations().covering(&used.host).any(|at| unchecked_rules.contains(&at))
        {
            continue;
        }
        for server in used.servers(world) {
            let Some((service, port)) = used.target(world, &server) else { continue };
            let subset = used.subset().map_or("", |subset| subset.value.as_str());
            let tls = used.effective(world, &server).and_then(|rule| rule.tls(subset, port));
            let Some((at, tls)) = tls else { continue };
            let Some(sni) = unchecked(tls).filter(|_| !is_checked_otherwise(world, service)) else {
                continue;
            };
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

/// Whether any TLS settings of a DestinationRule leave the name unchecked.
fn has_unchecked(rule: &DestinationRule) -> bool {
    let of_subsets = rule.subsets.iter().filter_map(|subset| subset.traffic_policy.as_deref());
    rule.traffic_policy.as_deref().into_iter().chain(of_subsets).any(|policy| {
        let of_ports = policy.port_level_settings.iter().filter_map(|port| port.tls.as_deref());
        policy.tls.as_deref().into_iter().chain(of_ports).any(|tls| unchecked(tls).is_some())
    })
}

/// Whether a ServiceEntry gives the names that certificates may have: by `subjectAltNames`, by the service accounts of its
/// endpoints, or because each request names its own (`DYNAMIC_DNS`).
fn is_checked_otherwise(world: &World<'_>, service: &Service) -> bool {
    let ObjectRef::ServiceEntry(at) = service.object else { return false };
    let entry = &world.mesh.store.service_entries[at as usize].spec;
    let has_account = |endpoint: &WorkloadEntry| {
        endpoint.service_account.as_ref().is_some_and(|account| !account.value.is_empty())
    };
    !entry.subject_alt_names.is_empty()
        || entry.workload_selector.is_some()
        || entry.endpoints.iter().any(has_account)
        || entry.resolution.is_some_and(|way| way.value == Resolution::DynamicDns)
}
