//! GW501: a rule behind one that takes everything.

use crate::finding::Severity;
use crate::mesh::Part;
use crate::rules::behind::{Behind, behind_catch_alls, unreached};
use crate::rules::prelude::*;

rule! {
    /// ## What it reports
    /// A rule or match behind one that takes every request: one without `match`, or with a match of all paths (`/` as
    /// prefix, `.*`) and nothing else. It is info where sidecars (`mesh`) may use it all the same.
    ///
    /// ## Why it matters
    /// The rule is never reached, and istiod leaves it out.
    ///
    /// ## Example
    /// ```yaml
    /// apiVersion: networking.istio.io/v1
    /// kind: VirtualService
    /// metadata: {name: shop, namespace: shop}
    /// spec:
    ///   hosts: [shop.example.com]
    ///   gateways: [infra/public]
    ///   http:
    ///   - route: [{destination: {host: web}}]
    ///   - match: [{uri: {prefix: /api}}]
    ///     route: [{destination: {host: api}}]
    /// ```
    ///
    /// ## Instead
    /// ```yaml
    /// apiVersion: networking.istio.io/v1
    /// kind: VirtualService
    /// metadata: {name: shop, namespace: shop}
    /// spec:
    ///   hosts: [shop.example.com]
    ///   gateways: [infra/public]
    ///   http:
    ///   - match: [{uri: {prefix: /api}}]
    ///     route: [{destination: {host: api}}]
    ///   - route: [{destination: {host: web}}]
    /// ```
    ROUTE_AFTER_CATCH_ALL = "GW501" "route-after-catch-all", Warning, also "IST0130"; verdicts "U-1", "U-2"; and check
}

fn check(world: &World<'_>, out: &mut Findings) {
    for Behind { what, by, is_at_gateways } in behind_catch_alls(world) {
        let subject = world.subject(what.object);
        let taken = match by.part {
            Part::Http(_) | Part::HttpMatch(..) => "request",
            _ => "connection",
        };
        let at = if is_at_gateways { " at a gateway" } else { "" };
        let message = format!("never reached{at}: a rule before takes every {taken}");
        let report = out.report(&ROUTE_AFTER_CATCH_ALL, subject, what.span, message);
        report
            .label(by.span, format!("takes every {taken}"))
            .help(format!("move what takes every {taken} to the end"))
            .unreached(world.elements(unreached(world, what)));
        if is_at_gateways {
            report.severity(Severity::Info);
        }
    }
}
