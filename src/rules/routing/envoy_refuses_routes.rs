//! GW538: a route for which Envoy refuses the whole route configuration.

use std::collections::BTreeMap;
use std::sync::Arc;

use rustc_hash::{FxHashMap, FxHashSet};

use crate::envoy::route::{Outline, Segment};
use crate::envoy::{Cause, Table, fault};
use crate::finding::Refusal;
use crate::istio::virtual_service::{HttpMatch, HttpRoute, Pattern, StringMatch};
use crate::mesh::{Origin, Rule, VirtualService};
use crate::rules::prelude::*;
use crate::text::{Span, Spanned, Str, has_substitution};

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
    let services = world.mesh.virtual_services.all.iter();
    let suspects: Vec<bool> = services.map(has_suspect).collect();
    let mut all: BTreeMap<(Origin, Span), Faulty> = BTreeMap::new();
    let mut found: Vec<(Origin, Span)> = Vec::new();
    for table in world.tables {
        for config in &table.routes {
            let mut known: FxHashSet<*const Arc<Outline>> = FxHashSet::default();
            let segments = config.virtual_hosts.iter().flat_map(|host| &host.segments);
            let segments = segments.filter(|segment| suspects[segment.virtual_service as usize]);
            for segment in segments.filter(|segment| known.insert(segment.routes.as_ptr())) {
                let service = &world.mesh.virtual_services.all[segment.virtual_service as usize];
                let is_suspect =
                    |route: &&Arc<Outline>| may_be_refused(&route.written.rule(service).http);
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

fn has_suspect(service: &VirtualService) -> bool {
    service.http.iter().any(|rule| may_be_refused(&rule.http))
}

/// Whether a rule has anything that Envoy may refuse.
fn may_be_refused(rule: &HttpRoute) -> bool {
    let weighs_nothing = rule.route.len() > 1
        && rule.route.iter().all(|to| to.weight.is_none_or(|weight| weight.value <= 0));
    rule.redirect.is_some()
        || rule.direct_response.is_some()
        || weighs_nothing
        || regexes_of_rule(rule).next().is_some()
        || rule.matches.iter().any(|condition| {
            regexes(condition).next().is_some() || claims(condition).next().is_some()
        })
}

fn faulty(
    world: &World<'_>,
    table: &Table<Outline>,
    segment: &Segment<Outline>,
    service: &VirtualService,
    route: &Outline,
) -> Option<Faulty> {
    let server = table.servers.get(segment.server as usize)?;
    let whole = route.whole(world.mesh, &table.proxy, server, service);
    let (reason, cause) = fault(&whole)?;
    let rule = &route.written.rule(service).http;
    let condition = route.written.condition(service);
    let span = match &cause {
        Cause::Regex(pattern) if has_substitution(pattern) => return None,
        Cause::Regex(pattern) => {
            let own = condition.into_iter().flat_map(regexes);
            let mut texts = own.chain(regexes_of_rule(rule));
            texts.find(|text| text.value == *pattern).map(|text| text.span)
        }
        Cause::Claim => condition.and_then(|condition| claims(condition).next()),
        Cause::RedirectCode => {
            let redirect = rule.redirect.as_ref();
            redirect.and_then(|redirect| redirect.redirect_code).map(|code| code.span)
        }
        // One that is not written is not known.
        Cause::Status => Some(rule.direct_response.as_ref()?.status?.span),
        Cause::Weights => rule.route.iter().find_map(|to| to.weight).map(|weight| weight.span),
        _ => None,
    };
    let at = route.origin;
    let span = span.unwrap_or(at.span);
    let at = home(route.written.rule(service), at, span);
    Some(Faulty { at, span, reason, cause, refused: Vec::new() })
}

/// What a place of a route belongs to: the match may be the root's and the rest a delegate's, or the other way round.
fn home(rule: &Rule, condition: Origin, span: Span) -> Origin {
    let root = rule.delegated_by.as_deref().copied();
    let mut all = [Some(condition), Some(rule.origin), root].into_iter().flatten();
    all.find(|origin| origin.span.contains(span)).unwrap_or(condition)
}

fn regex(value: &StringMatch) -> Option<&Spanned<Str>> {
    match value.pattern() {
        Pattern::Regex(text) => Some(text),
        _ => None,
    }
}

/// The regular expressions of a match.
fn regexes(condition: &HttpMatch) -> impl Iterator<Item = &Spanned<Str>> {
    let boxed = [&condition.scheme, &condition.method, &condition.authority];
    let maps = [&condition.headers, &condition.without_headers, &condition.query_params];
    let boxed = boxed.into_iter().filter_map(|value| value.as_deref());
    let entries = maps.into_iter().flat_map(|map| map.entries.iter().map(|(_, value)| value));
    condition.uri.iter().chain(boxed).chain(entries).filter_map(regex)
}

/// Those of the rest of a rule.
fn regexes_of_rule(rule: &HttpRoute) -> impl Iterator<Item = &Spanned<Str>> {
    let rewrite = rule.rewrite.as_ref().and_then(|rewrite| rewrite.uri_regex_rewrite.as_ref());
    let rewrite = rewrite.and_then(|rewrite| rewrite.matches.as_ref());
    let cors = rule.cors_policy.iter().flat_map(|cors| &cors.allow_origins);
    rewrite.into_iter().chain(cors.filter_map(regex))
}

/// The places of claims of a token.
fn claims(condition: &HttpMatch) -> impl Iterator<Item = Span> {
    let maps = [&condition.headers, &condition.without_headers];
    let names = maps.into_iter().flat_map(|map| map.entries.iter().map(|(name, _)| name));
    names.filter(|name| name.value.starts_with("@request.auth.claims")).map(|name| name.span)
}
