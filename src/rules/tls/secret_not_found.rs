//! GW209: a Secret that is not there.

use crate::finding::ObjectName;
use crate::istio::gateway::ServerTls;
use crate::rules::credentials::needs;
use crate::rules::nearest::did_you_mean;
use crate::rules::prelude::*;
use crate::rules::{Presence, SecretPresences, presence};

rule! {
    /// ## What it reports
    /// A `credentialName` (or `caCertCredentialName`) of which there is no Secret in the namespace of the gateway's Pods.
    /// SealedSecrets, ExternalSecrets, SopsSecrets and Certificates of cert-manager count as the Secrets that are made of
    /// them.
    ///
    /// ## Why it matters
    /// Envoy waits for a certificate that never comes, and resets every TLS handshake. Nothing but istiod's log says why.
    ///
    /// The rule is silent where the input has no Secret of that namespace (unless `--complete Secret` says that there is
    /// none), and where the namespace of the Pods is only assumed.
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
    /// apiVersion: bitnami.com/v1alpha1
    /// kind: SealedSecret
    /// metadata: {name: shop-example-com, namespace: infra}
    /// ---
    /// apiVersion: networking.istio.io/v1
    /// kind: Gateway
    /// metadata: {name: public, namespace: infra}
    /// spec:
    ///   selector: {app: ingress}
    ///   servers:
    ///   - port: {number: 443, name: https, protocol: HTTPS}
    ///     hosts: [shop.example.com]
    ///     tls: {mode: SIMPLE, credentialName: shop-exmaple-com}
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
    /// apiVersion: bitnami.com/v1alpha1
    /// kind: SealedSecret
    /// metadata: {name: shop-example-com, namespace: infra}
    /// ---
    /// apiVersion: networking.istio.io/v1
    /// kind: Gateway
    /// metadata: {name: public, namespace: infra}
    /// spec:
    ///   selector: {app: ingress}
    ///   servers:
    ///   - port: {number: 443, name: https, protocol: HTTPS}
    ///     hosts: [shop.example.com]
    ///     tls: {mode: SIMPLE, credentialName: shop-example-com}
    /// ```
    SECRET_NOT_FOUND = "GW209" "secret-not-found", Error, also "IST0101";
}

fn check(world: &World<'_>, out: &mut Findings) {
    let presences = SecretPresences::new(world.mesh, world.complete, world.unread);
    if presences.is_empty() {
        let mut servers = world.gateways().flat_map(|(_, gateway)| &gateway.spec.servers);
        let names_one = |tls: &ServerTls| tls.credential_name.is_some();
        if servers.any(|server| server.tls.as_deref().is_some_and(names_one)) {
            out.skip(&SECRET_NOT_FOUND, "Secret");
        }
        return;
    }
    for need in needs(world, &presences) {
        let namespace = &need.secret.namespace;
        match need.secret.presence {
            // The namespace that it names is not that of the Pods, which is another matter.
            _ if need.secret.is_foreign => continue,
            Presence::Missing if need.is_named() && need.is_namespace_known() => {}
            Presence::Unknown => {
                let is_it = |object: &ObjectName| *object.namespace == *namespace;
                let unread = presence::unread(world, "Secret", is_it);
                let missing = || format!("Secret of namespace {namespace}");
                out.skip_unread(&SECRET_NOT_FOUND, unread, missing);
                continue;
            }
            _ => continue,
        }
        let name = &need.secret.name;
        let message = format!(
            "there is no Secret `{name}` in namespace `{namespace}`, where the gateway's Pods are: TLS handshakes are reset"
        );
        let here =
            world.mesh.store.secrets.iter().filter(|secret| secret.meta.namespace() == namespace);
        let near =
            did_you_mean(name, here.flat_map(|secret| &secret.spec.names).map(String::as_str));
        let report = need.report(world, out, &SECRET_NOT_FOUND, need.named.span, message);
        report.here("no such Secret");
        need.show_pods(report);
        report.help(match near {
            Some(near) => format!("write `{near}` if that is what is meant"),
            None => format!("add the Secret to namespace `{namespace}`"),
        });
    }
}
