//! GW120: hosts of a server that make istiod panic.

use crate::istio::gateway::Server;
use crate::mesh::ObjectRef;
use crate::rules::prelude::*;
use crate::text::{Spanned, Str};

rule! {
    /// ## What it reports
    /// A server with `*/*` among its hosts and, behind it, a host that begins with `./` or `*/`.
    ///
    /// ## Why it matters
    /// istiod makes one host `*` of the whole list when it meets `*/*`, and then writes the later host to its old place,
    /// which is no longer there. It panics whenever it looks for the Gateways of a proxy that this one selects, and no
    /// proxy gets its configuration any more. Istio's validation lets such a Gateway pass. All releases that gwctl knows
    /// do this.
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
    ///     hosts: ["*/*", "./shop.example.com"]
    /// ```
    ///
    /// ## Instead
    /// `*/*` has every other host in it already.
    /// ```yaml
    /// apiVersion: networking.istio.io/v1
    /// kind: Gateway
    /// metadata: {name: public, namespace: infra}
    /// spec:
    ///   selector: {istio: ingressgateway}
    ///   servers:
    ///   - port: {number: 80, name: http, protocol: HTTP}
    ///     hosts: ["*/*"]
    /// ```
    CRASHES_ISTIOD = "GW120" "crashes-istiod", Error;
}

fn check(world: &World<'_>, out: &mut Findings) {
    for (at, gateway) in world.gateways() {
        for server in &gateway.spec.servers {
            let Some((everything, later)) = fatal(server) else { continue };
            let subject = world.subject(ObjectRef::Gateway(at));
            let message = format!(
                "istiod panics on `{}` behind `*/*`: no proxy is configured any more",
                later.value
            );
            out.report(&CRASHES_ISTIOD, subject, later.span, message)
                .here("istiod writes beyond the end of the list")
                .label(everything.span, "makes `*` of the whole list")
                .help("remove it: `*/*` has every host in it");
        }
    }
}

/// `*/*` and a later host that istiod rewrites (4.4; mirrors istio 1.32 `pilot/pkg/model/gateway.go:
/// sanitizeServerHostNamespace`).
fn fatal(server: &Server) -> Option<(&Spanned<Str>, &Spanned<Str>)> {
    let at = server.hosts.iter().position(|host| host.value == "*/*")?;
    let is_rewritten = |host: &&Spanned<Str>| {
        host.value != "*/*" && (host.value.starts_with("./") || host.value.starts_with("*/"))
    };
    let later = server.hosts[at + 1..].iter().find(is_rewritten)?;
    Some((&server.hosts[at], later))
}
