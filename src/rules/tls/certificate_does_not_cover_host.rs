//! GW213: a host that the certificate is not for.

use rustc_hash::{FxHashMap, FxHashSet};

use crate::certificate::covers;
use crate::rules::credentials::{Names, Need, needs};
use crate::rules::hosts::{bare, list};
use crate::rules::prelude::*;
use crate::rules::{SecretPresences, is_placeholder};

rule! {
    /// ## What it reports
    /// A host of a server for which none of its certificates is: neither the names of the certificate in the Secret nor
    /// `dnsNames` of the Certificate that makes the Secret cover it. `*` in such a name stands for one label. The common name
    /// of a certificate does not count: clients have long stopped looking at it.
    ///
    /// ## Why it matters
    /// Clients refuse the connection (`NET::ERR_CERT_COMMON_NAME_INVALID`, `no alternative certificate subject name
    /// matches`).
    ///
    /// Of a host with `*` it suffices that one name below it is covered; `*` alone is never reported.
    ///
    /// ## Example
    /// ```yaml
    /// apiVersion: cert-manager.io/v1
    /// kind: Certificate
    /// metadata: {name: shop, namespace: istio-system}
    /// spec:
    ///   secretName: shop-example-com
    ///   dnsNames: ["*.example.com"]
    /// ---
    /// apiVersion: networking.istio.io/v1
    /// kind: Gateway
    /// metadata: {name: public, namespace: infra}
    /// spec:
    ///   selector: {istio: ingressgateway}
    ///   servers:
    ///   - port: {number: 443, name: https, protocol: HTTPS}
    ///     hosts: [eu.shop.example.com]
    ///     tls: {mode: SIMPLE, credentialName: shop-example-com}
    /// ```
    ///
    /// ## Instead
    /// ```yaml
    /// apiVersion: cert-manager.io/v1
    /// kind: Certificate
    /// metadata: {name: shop, namespace: istio-system}
    /// spec:
    ///   secretName: shop-example-com
    ///   dnsNames: ["*.example.com", "*.shop.example.com"]
    /// ---
    /// apiVersion: networking.istio.io/v1
    /// kind: Gateway
    /// metadata: {name: public, namespace: infra}
    /// spec:
    ///   selector: {istio: ingressgateway}
    ///   servers:
    ///   - port: {number: 443, name: https, protocol: HTTPS}
    ///     hosts: [eu.shop.example.com]
    ///     tls: {mode: SIMPLE, credentialName: shop-example-com}
    /// ```
    CERTIFICATE_DOES_NOT_COVER_HOST = "GW213" "certificate-does-not-cover-host", Error;
}

fn check(world: &World<'_>, out: &mut Findings) {
    let presences = SecretPresences::new(world.mesh, world.complete, world.unread);
    let needs = needs(world, &presences);
    let mut by_server: FxHashMap<(u32, u32), Vec<&Need<'_>>> = FxHashMap::default();
    for need in needs.iter().filter(|need| !need.secret.is_ca) {
        let key = (need.server.record.gateway, need.server.record.index);
        by_server.entry(key).or_default().push(need);
    }
    let mut known: FxHashMap<(&str, &str), Option<Names>> = FxHashMap::default();
    let mut done = FxHashSet::default();
    for first in needs.iter().filter(|need| !need.secret.is_ca) {
        let key = (first.server.record.gateway, first.server.record.index);
        if !done.insert(key) {
            continue;
        }
        let of_server = &by_server[&key];
        for need in of_server {
            let (namespace, name) = (need.secret.namespace.as_str(), need.secret.name.as_str());
            known
                .entry((namespace, name))
                .or_insert_with(|| Names::of(&presences, namespace, name));
        }
        let names: Option<Vec<&Names>> = of_server
            .iter()
            .map(|need| {
                known[&(need.secret.namespace.as_str(), need.secret.name.as_str())].as_ref()
            })
            .collect();
        // A server takes credentials that are no Secrets, too.
        let wanted =
            first.server.server.tls.as_ref().map_or(0, |tls| tls.credential_names.len().max(1));
        if let Some(names) = names.filter(|names| names.len() >= wanted) {
            report(world, out, first, &names);
        }
    }
}

fn report(world: &World<'_>, out: &mut Findings, need: &Need<'_>, names: &[&Names]) {
    let covered: Vec<&str> = names.iter().flat_map(|of| &of.dns).map(String::as_str).collect();
    for host in &need.server.server.hosts {
        let name = bare(host).to_ascii_lowercase();
        let is_judged = name != "*" && !is_placeholder(&host.value) && name.contains('.');
        if !is_judged || covers(covered.iter().copied(), &name) {
            continue;
        }
        let common_name = names.iter().find_map(|of| of.common_name.as_deref());
        let message = format!(
            "the certificate in Secret `{}` is for {}, not for `{name}`: clients refuse the connection",
            need.name(),
            match (covered.as_slice(), common_name) {
                ([], Some(common)) => {
                    format!("no host (its common name `{common}` does not count)")
                }
                ([], None) => "no host".to_owned(),
                (covered, _) => list(covered.iter().copied()),
            },
        );
        let report = need.report(world, out, &CERTIFICATE_DOES_NOT_COVER_HOST, host.span, message);
        report.here("not covered").label(need.named.span, "the certificate");
        for names in names {
            report.label(names.span, "what it is for");
        }
        report.help(format!(
            "add `{name}` to the names of the certificate, or use another one for it"
        ));
    }
}
