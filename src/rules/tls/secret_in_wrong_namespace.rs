//! GW210: a Secret beside the Gateway, where it is wanted beside the Pods.

use crate::istio::Object;
use crate::istio::secret::Secret;
use crate::rules::credentials::{Need, needs};
use crate::rules::prelude::*;
use crate::rules::{Presence, SecretPresences};

rule! {
    /// ## What it reports
    /// A `credentialName` of which the Secret (or the SealedSecret, ExternalSecret or Certificate that makes it) is in
    /// another namespace than the gateway's Pods, mostly in that of the Gateway. Also one that names another namespace than
    /// that of the Pods (`shop/cert`), wherever the Secret is.
    ///
    /// ## Why it matters
    /// Secrets are read from the namespace in which the gateway's Pods run; that of the Gateway does not count, and those of a
    /// namespace that is named are given to Pods of that namespace alone. Envoy waits for a certificate that never comes, and
    /// resets every TLS handshake.
    ///
    /// The rule is silent where annotations say that something copies the Secret to other namespaces, and where the
    /// namespace of the Pods is only assumed.
    ///
    /// ## Example
    /// ```yaml
    /// apiVersion: v1
    /// kind: Service
    /// metadata: {name: ingress, namespace: infra}
    /// spec:
    ///   selector: {app: ingress}
    ///   ports: [{name: https, port: 443}]
    /// ---
    /// apiVersion: cert-manager.io/v1
    /// kind: Certificate
    /// metadata: {name: shop, namespace: shop}
    /// spec:
    ///   secretName: shop-example-com
    ///   dnsNames: [shop.example.com]
    /// ---
    /// apiVersion: networking.istio.io/v1
    /// kind: Gateway
    /// metadata: {name: shop, namespace: shop}
    /// spec:
    ///   selector: {app: ingress}
    ///   servers:
    ///   - port: {number: 443, name: https, protocol: HTTPS}
    ///     hosts: [shop.example.com]
    ///     tls: {mode: SIMPLE, credentialName: shop-example-com}
    /// ```
    ///
    /// ## Instead
    /// ```yaml
    /// apiVersion: v1
    /// kind: Service
    /// metadata: {name: ingress, namespace: infra}
    /// spec:
    ///   selector: {app: ingress}
    ///   ports: [{name: https, port: 443}]
    /// ---
    /// apiVersion: cert-manager.io/v1
    /// kind: Certificate
    /// metadata: {name: shop, namespace: infra}
    /// spec:
    ///   secretName: shop-example-com
    ///   dnsNames: [shop.example.com]
    /// ---
    /// apiVersion: networking.istio.io/v1
    /// kind: Gateway
    /// metadata: {name: shop, namespace: shop}
    /// spec:
    ///   selector: {app: ingress}
    ///   servers:
    ///   - port: {number: 443, name: https, protocol: HTTPS}
    ///     hosts: [shop.example.com]
    ///     tls: {mode: SIMPLE, credentialName: shop-example-com}
    /// ```
    SECRET_IN_WRONG_NAMESPACE = "GW210" "secret-in-wrong-namespace", Error, also "~IST0101";
}

fn check(world: &World<'_>, out: &mut Findings) {
    let presences = SecretPresences::new(world.mesh, world.complete, world.unread);
    for need in needs(world, &presences) {
        if need.secret.is_foreign {
            if need.is_named() {
                kept(world, out, &presences, &need);
            }
            continue;
        }
        let (namespace, name) = (&need.secret.namespace, &need.secret.name);
        let is_absent = presences.is_absent(namespace, name);
        if !is_absent || !need.is_named() || !need.is_namespace_known() {
            continue;
        }
        let Some(elsewhere) = elsewhere(world, &presences, &need) else { continue };
        let other = elsewhere.meta.namespace();
        let message = format!(
            "Secret `{name}` is in namespace `{other}`, but the gateway's Pods are in `{namespace}`: TLS handshakes are reset"
        );
        let report = need.report(world, out, &SECRET_IN_WRONG_NAMESPACE, need.named.span, message);
        let span = elsewhere.meta.namespace_span.unwrap_or(elsewhere.meta.name_span);
        report.here(format!("not in `{namespace}`")).label(span, "the Secret is here");
        need.show_pods(report);
        report.help(format!("move the {} to namespace `{namespace}`", elsewhere.meta.kind()));
    }
}

/// Reports a Secret of a namespace that is named and is not that of the Pods.
fn kept<'a>(
    world: &World<'a>,
    out: &mut Findings,
    presences: &SecretPresences<'a>,
    need: &Need<'_>,
) {
    let (other, name) = (&need.secret.namespace, &need.secret.name);
    let namespace = &need.server.table.proxy.namespace;
    let message = format!(
        "Secret `{name}` is named in namespace `{other}`, but the gateway's Pods are in `{namespace}` and get none of others: TLS handshakes are reset"
    );
    let report = need.report(world, out, &SECRET_IN_WRONG_NAMESPACE, need.named.span, message);
    report.here(format!("not of `{namespace}`"));
    if let Some(secret) = presences.known(other, name).first() {
        let span = secret.meta.namespace_span.unwrap_or(secret.meta.name_span);
        report.label(span, "the Secret is here");
    }
    need.show_pods(report);
    report.help(if presences.is_absent(namespace, name) {
        format!("put the Secret into namespace `{namespace}`, and write `{name}`")
    } else {
        format!("write `{name}`")
    });
}

/// The Secret of that name in another namespace, and nothing that copies it. Where the input has no Secret of the Pods'
/// namespace, that of the Gateway alone counts.
fn elsewhere<'a>(
    world: &World<'a>,
    presences: &SecretPresences<'a>,
    need: &Need<'_>,
) -> Option<&'a Object<Secret>> {
    let name = &need.secret.name;
    let is_known =
        |secret: &&Object<Secret>| !crate::rules::is_placeholder(secret.meta.namespace());
    let beside = presences.known(need.server.gateway.meta.namespace(), name);
    let mut found: Vec<&Object<Secret>> = beside.iter().copied().filter(is_known).collect();
    if found.is_empty() && need.secret.presence == Presence::Missing {
        let has_name = |secret: &&Object<Secret>| secret.spec.names.contains(name);
        found = world.mesh.store.secrets.iter().filter(has_name).filter(is_known).collect();
    }
    let is_copied = found.iter().any(|secret| secret.spec.is_managed);
    found.first().copied().filter(|_| !is_copied)
}
