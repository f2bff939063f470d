//! GW503: a condition that an earlier one covers.

use crate::envoy::reach::Budget;
use crate::mesh::Origin;
use crate::rules::places::{Dead, shadowing};
use crate::rules::prelude::*;
use crate::rules::shadowed::{Entry, Everywhere};

rule! {
    /// ## What it reports
    /// A match that earlier ones of the same VirtualService leave nothing to, one of them or several together: path,
    /// method, headers, query parameters, host, scheme, port, gateways and labels are compared. Regular expressions are
    /// compared as far as they are not too large; what is not known is not reported. Where the Gateways are in the input
    /// it is their servers that decide what an earlier match with `port`, `gateways`, `scheme` or labels takes.
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

/// What shadows a match, and a request that shows it.
struct Cover<'a> {
    by: Vec<Origin>,
    request: Option<String>,
    /// The route that answers the request, and whose it is where it is another VirtualService's.
    answer: Origin,
    other: Option<&'a str>,
}

fn check(world: &World<'_>, out: &mut Findings) {
    let mut budget = Budget::default();
    let mut all: Everywhere<Cover<'_>> = Everywhere::default();
    for own in shadowing(world, &mut budget) {
        let mut dead = own.dead.iter().peekable();
        for (at, entry) in own.entries.iter().enumerate() {
            let dead = dead.next_if(|dead| dead.at == at);
            all.add(entry, dead.map(|dead| Cover::new(world, &own.entries, dead)));
        }
    }
    for (what, cover) in all.into_dead() {
        report(world, out, what, &cover);
    }
}

impl<'a> Cover<'a> {
    fn new(world: &World<'a>, entries: &[Entry<'_>], dead: &Dead) -> Self {
        let services = &world.mesh.virtual_services.all;
        let other = dead.answer.map(|(at, route)| (&services[at as usize], route));
        Self {
            by: dead.shadow.by.iter().map(|&by| entries[by].origin).collect(),
            request: dead.shadow.request.as_ref().map(ToString::to_string),
            answer: other.map_or(entries[dead.shadow.taker].origin, |(of, route)| route.origin(of)),
            other: other.map(|(of, _)| &*of.key),
        }
    }
}

fn report(world: &World<'_>, out: &mut Findings, what: Origin, cover: &Cover<'_>) {
    let who = match cover.by.len() {
        1 => "an earlier match takes every request that matches here".to_owned(),
        more => format!("{more} earlier matches together take every request that matches here"),
    };
    let example = match (&cover.request, cover.other) {
        (None, _) => String::new(),
        (Some(request), None) => format!(", as `{request}`"),
        (Some(request), Some(other)) => format!("; `{request}` goes to `{other}`"),
    };
    let subject = world.subject(what.object);
    let message = format!("never reached: {who}{example}");
    let report = out.report(&MATCH_SHADOWED, subject, what.span, message);
    let is_one_of_them = cover.by.contains(&cover.answer);
    report.label(cover.answer.span, if is_one_of_them { "takes them" } else { "takes it" });
    for by in cover.by.iter().filter(|&&by| by != cover.answer) {
        report.label(by.span, if is_one_of_them { "takes others" } else { "takes them" });
    }
    report.help("move this match before the other one, or remove it");
}
