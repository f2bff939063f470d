//! GW538: a route for which Envoy refuses the whole route configuration.

use std::collections::BTreeMap;
use std::sync::Arc;

use rustc_hash::{FxHashMap, FxHashSet};

use crate::envoy::route::{Outline, Segment};
use crate::envoy::{Cause, Table, fault};
use crate::finding::Refusal;
use crate::mesh::{Origin, Rule, VirtualService};
use crate::rules::marks::Marks;
use crate::rules::prelude::*;
use crate::rules::refusable::{claims, may_route_be_refused, regexes, regexes_of_rule};
use crate::text::{Span, has_substitution};

rule! {
    /// ## What it reports
    /// A route that Envoy refuses although Istio takes it: a redirect code that Envoy does not know, a status outside of 200 to
    /// 599, destinations of which none has a weight, a claim of a token without value, a regular expression that RE2 refuses.
    ///
    /// ## Why it matters
    /// Envoy refuses the whole route configuration: all hosts of all VirtualServices on the port answer 404, or go on with an
    /// earlier state, and only the logs tell so.
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
    /// kind: VirtualService
    /// metadata: {name: shop, namespace: shop}
    /// spec:
    ///   hosts: [shop.example.com]
    ///   gateways: [infra/public]
    ///   http:
    ///   - directResponse: {status: 600}
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
    /// kind: VirtualService
    /// metadata: {name: shop, namespace: shop}
    /// spec:
    ///   hosts: [shop.example.com]
    ///   gateways: [infra/public]
    ///   http:
    ///   - directResponse: {status: 503}
    /// ```
    ENVOY_REFUSES_ROUTES = "GW538" "envoy-refuses-routes", Error;
}

/// A faulty rule or match.
struct Faulty {
    at: Origin,
    span: Span,
    reason: String,
    cause: Cause,
    refused: Vec<Refusal>,
}

/// A route by the VirtualService that is bound, rule and match.
type Key = (u32, u32, Option<u32>);

fn check(world: &World<'_>, out: &mut Findings) {
    let mut known_faults: FxHashMap<Key, Option<usize>> = FxHashMap::default();
    let mut all: BTreeMap<(Origin, Span), Faulty> = BTreeMap::new();
    let mut found: Vec<(Origin, Span)> = Vec::new();
    for table in world.tables {
        for config in &table.routes {
            let mut known: FxHashSet<*const Arc<Outline>> = FxHashSet::default();
            let segments = config.virtual_hosts.iter().flat_map(|host| &host.segments);
            let segments = segments.filter(|segment| {
                known.insert(segment.routes.as_ptr())
                    && world.has(segment.virtual_service, Marks::REFUSABLE)
            });
            for segment in segments {
                let service = &world.mesh.virtual_services.all[segment.virtual_service as usize];
                let is_suspect = |route: &&Arc<Outline>| {
                    let rule = route.written.rule;
                    world.marks().has_rule(segment.virtual_service, rule, Marks::REFUSABLE)
                };
                for route in segment.routes.iter().filter(is_suspect) {
                    let (at, written) = (segment.virtual_service, route.written);
                    let key = (at, written.rule, written.condition);
                    let index = *known_faults.entry(key).or_insert_with(|| {
                        let faulty = faulty(world, table, segment, service, route)?;
                        let place = (faulty.at, faulty.span);
                        all.entry(place).or_insert(faulty);
                        found.push(place);
                        Some(found.len() - 1)
                    });
                    let Some(faulty) = index.and_then(|index| all.get_mut(&found[index])) else {
                        continue;
                    };
                    let proxy = table.proxy.name.clone();
                    let refusal = Refusal { proxy, name: config.name.clone() };
                    if faulty.refused.last() != Some(&refusal) {
                        faulty.refused.push(refusal);
                    }
                }
            }
        }
    }
    for faulty in all.values() {
        report(world, out, faulty);
    }
}

fn report(world: &World<'_>, out: &mut Findings, faulty: &Faulty) {
    let mut names: Vec<&str> = faulty.refused.iter().map(|refusal| &*refusal.name).collect();
    names.dedup();
    let first = names.first().copied().unwrap_or_default();
    let names = match names.len() {
        1 => format!("`{first}`"),
        many => format!("`{first}` and {} more", many - 1),
    };
    let message = format!(
        "Envoy refuses route configuration {names}, all of its hosts answer 404: {}",
        faulty.reason
    );
    let subject = world.subject(faulty.at.object);
    out.report(&ENVOY_REFUSES_ROUTES, subject, faulty.span, message)
        .help(help(&faulty.cause))
        .refused(faulty.refused.iter().cloned());
}

fn help(cause: &Cause) -> &'static str {
    match cause {
        Cause::RedirectCode => "write 301, 302, 303, 307 or 308",
        Cause::Status => "write a status from 200 to 599",
        Cause::Weights => "give a destination a weight",
        Cause::Claim => "write the name of the claim and its value",
        _ => "write an expression that RE2 takes",
    }
}

fn faulty(
    world: &World<'_>,
    table: &Table<Outline>,
    segment: &Segment<Outline>,
    service: &VirtualService,
    route: &Outline,
) -> Option<Faulty> {
    let (rule, condition) = (route.written.rule(service), route.written.condition(service));
    if !may_route_be_refused(&rule.http, condition) {
        return None;
    }
    let server = table.servers.get(segment.server as usize)?;
    let whole = route.whole(world.mesh, &table.proxy, server, service);
    let (reason, cause) = fault(&whole)?;
    let span = match &cause {
        Cause::Regex(pattern) if has_substitution(pattern) => return None,
        Cause::Regex(pattern) => {
            let own = condition.into_iter().flat_map(regexes);
            let mut texts = own.chain(regexes_of_rule(&rule.http));
            texts.find(|text| text.value == *pattern).map(|text| text.span)
        }
        Cause::Claim => condition.and_then(|condition| claims(condition).next()),
        Cause::RedirectCode => {
            let redirect = rule.http.redirect.as_ref();
            redirect.and_then(|redirect| redirect.redirect_code).map(|code| code.span)
        }
        // One that is not written is not known.
        Cause::Status => Some(rule.http.direct_response.as_ref()?.status?.span),
        Cause::Weights => rule.http.route.iter().find_map(|to| to.weight).map(|weight| weight.span),
        _ => None,
    };
    let at = route.origin;
    let span = span.unwrap_or(at.span);
    let at = home(rule, at, span);
    Some(Faulty { at, span, reason, cause, refused: Vec::new() })
}

/// What a place of a route belongs to: the match may be the root's and the rest a delegate's, or the other way round.
fn home(rule: &Rule, condition: Origin, span: Span) -> Origin {
    let root = rule.delegated_by.as_deref().copied();
    let mut all = [Some(condition), Some(rule.origin), root].into_iter().flatten();
    all.find(|origin| origin.span.contains(span)).unwrap_or(condition)
}
