//! GW503: a condition that an earlier one covers.

use crate::envoy::reach::Budget;
use crate::mesh::Origin;
use crate::rules::prelude::*;
use crate::rules::shadowed::{Everywhere, by_matches, entries};

rule! {
    /// ## What it reports
    /// A match that earlier ones of the same VirtualService leave nothing to, one of them or several together: path,
    /// method, headers, query parameters, host, scheme, port, gateways and labels are compared. Regular expressions are
    /// compared as far as they are not too large; what is not known is not reported.
    ///
    /// ## Why it matters
    /// The first rule that matches takes the request, so the later condition is never reached.
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
    ///   - match: [{uri: {prefix: /api}}]
    ///     route: [{destination: {host: api}}]
    ///   - match: [{uri: {prefix: /api/v2}}]
    ///     route: [{destination: {host: api-next}}]
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
    ///   - match: [{uri: {prefix: /api/v2}}]
    ///     route: [{destination: {host: api-next}}]
    ///   - match: [{uri: {prefix: /api}}]
    ///     route: [{destination: {host: api}}]
    /// ```
    MATCH_SHADOWED = "GW503" "match-shadowed", Warning, also "~IST0131"; verdicts "U-5"; and check
}

/// What shadows a match: the one that takes the request, the others, the request.
type Cover = (Origin, Vec<Origin>, Option<String>);

fn check(world: &World<'_>, out: &mut Findings) {
    let mut budget = Budget::default();
    let mut all: Everywhere<Cover> = Everywhere::default();
    for service in &world.mesh.virtual_services.all {
        let entries = entries(service);
        let mut found = by_matches(service, &entries, &mut budget).into_iter().peekable();
        for (at, entry) in entries.iter().enumerate() {
            let shadow = found.next_if(|(own, _)| *own == at).map(|(_, shadow)| {
                let others = shadow.by.iter().filter(|&&by| by != shadow.taker);
                let others = others.map(|&by| entries[by].origin).collect();
                let request = shadow.request.map(|request| request.to_string());
                (entries[shadow.taker].origin, others, request)
            });
            all.add(entry, shadow);
        }
    }
    for (what, (by, others, request)) in all.into_dead() {
        let who = match others.len() {
            0 => "an earlier match takes every request that matches here".to_owned(),
            more => format!(
                "{} earlier matches together take every request that matches here",
                more + 1
            ),
        };
        let example = request.map_or(String::new(), |request| format!(", as `{request}`"));
        let subject = world.subject(what.object);
        let message = format!("never reached: {who}{example}");
        let report = out.report(&MATCH_SHADOWED, subject, what.span, message);
        report.label(by.span, "takes them");
        for other in others {
            report.label(other.span, "takes others");
        }
        report.help("move this match before the other one, or remove it");
    }
}
