//! What a route does to a request besides choosing a destination: copies, headers, limits, retries, faults, CORS.
//!
//! Mirrors what `source/common/router/router.cc` and the fault and CORS filters take from a route (Envoy 1.40).

use super::Context;
use super::document::Line;
use super::words;
use crate::envoy::matching::{Answer, Reason};
use crate::envoy::route::{
    AbortStatus, Action, Clusters, Fault, Fraction, HeaderMutations, HeaderValueOption,
    RetryPolicy, Route, RouteAction, StringMatcher,
};
use crate::text::Span;

/// What Istio retries where nothing is written: no line is worth it.
const DEFAULT_RETRY_ON: &str =
    "connect-failure,refused-stream,unavailable,cancelled,retriable-status-codes";

/// The lines of a route that answers; `random` decides about shares of requests.
pub(super) fn effects(
    context: Context<'_>,
    route: &Route,
    answer: &Answer,
    random: Option<u64>,
) -> Vec<Line> {
    let at = Some(route.origin.span);
    let mut lines = Vec::new();
    if let Action::Route(action) = &route.action
        && matches!(answer.reason, Reason::Forwarded | Reason::NoCluster)
    {
        mirrors(context, action, random, &mut lines);
        limits(action, at, &mut lines);
    }
    if answer.reason != Reason::FaultAbort {
        headers(context, route, answer, &mut lines);
    }
    lines.extend(route.fault.iter().flat_map(|fault| faults(fault, answer, random, at)));
    if let Some(cors) = &route.cors {
        let origins = cors.allow_origins.iter().flatten().map(text).collect::<Vec<_>>();
        let origins = if origins.is_empty() { "none".to_owned() } else { origins.join(", ") };
        let preflights = if cors.forward_not_matching_preflights {
            ""
        } else {
            "preflights of others are not forwarded"
        };
        lines.push(Line::new("cors", format!("origins {origins}"), preflights, at));
    }
    lines
}

fn mirrors(context: Context<'_>, action: &RouteAction, random: Option<u64>, lines: &mut Vec<Line>) {
    for mirror in &action.mirrors {
        let name = words::cluster(&mirror.cluster.name, &context.mesh.domain);
        let why = format!("{}, answers ignored", of_requests(Some(mirror.fraction), random));
        lines.push(Line::new("mirror", name, why, mirror.cluster.span));
    }
}

fn limits(action: &RouteAction, at: Option<Span>, lines: &mut Vec<Line>) {
    if action.timeout.0 != 0 {
        lines.push(Line::new("timeout", action.timeout.to_string(), "then 504", at));
    }
    match action.retry_policy.as_deref() {
        None => lines.push(Line::new("retries", "none", "", at)),
        Some(policy) if is_default(policy) => {}
        Some(policy) => {
            let codes = policy.retriable_status_codes.iter().map(ToString::to_string);
            let named = policy.retry_on.split(',').filter(|name| !name.is_empty());
            let on: Vec<String> = named.map(str::to_owned).chain(codes).collect();
            let each = policy.per_try_timeout.map(|limit| format!(", {limit} for each try"));
            let why = format!("on {}{}", on.join(","), each.unwrap_or_default());
            lines.push(Line::new("retries", format!("up to {}", policy.num_retries), why, at));
        }
    }
}

fn is_default(policy: &RetryPolicy) -> bool {
    policy.num_retries == 2
        && policy.per_try_timeout.is_none()
        && policy.retriable_status_codes.is_empty()
        && policy.retry_on == DEFAULT_RETRY_ON
}

/// Header operations of the route, then those of the destinations that may be chosen.
fn headers(context: Context<'_>, route: &Route, answer: &Answer, lines: &mut Vec<Line>) {
    let is_forwarded = answer.upstream.is_some();
    operations(&route.headers, "", is_forwarded, Some(route.origin.span), lines);
    let Action::Route(action) = &route.action else { return };
    let Clusters::Weighted(all) = &action.clusters else { return };
    for one in all {
        let is_chosen = answer.clusters.iter().any(|share| share.name == one.cluster.name);
        if is_chosen && is_forwarded {
            let name = words::cluster(&one.cluster.name, &context.mesh.domain);
            let whose = format!(", to {name}");
            if let Some(host) = &one.host_rewrite_literal {
                let what = format!("request{whose}");
                lines.push(Line::new(
                    "headers",
                    what,
                    format!("set Host: {host}"),
                    one.cluster.span,
                ));
            }
            operations(&one.headers, &whose, is_forwarded, one.cluster.span, lines);
        }
    }
}

fn operations(
    headers: &HeaderMutations,
    whose: &str,
    is_forwarded: bool,
    at: Option<Span>,
    lines: &mut Vec<Line>,
) {
    let mut direction = |name: &str, add: &[HeaderValueOption], remove: &[String]| {
        let added = add.iter().map(|option| {
            let verb = if option.overwrite { "set" } else { "add" };
            format!("{verb} {}: {}", option.key, option.value)
        });
        let all: Vec<_> = added.chain(remove.iter().map(|name| format!("remove {name}"))).collect();
        if !all.is_empty() {
            lines.push(Line::new("headers", format!("{name}{whose}"), all.join(", "), at));
        }
    };
    if is_forwarded {
        direction("request", &headers.request_add, &headers.request_remove);
    }
    direction("response", &headers.response_add, &headers.response_remove);
}

fn faults(fault: &Fault, answer: &Answer, random: Option<u64>, at: Option<Span>) -> Vec<Line> {
    let mut lines = Vec::new();
    let counts = |share: Option<Fraction>| share.is_some_and(|share| share.share() > 0.0);
    if let Some(delay) = fault.delay.as_ref().filter(|delay| counts(delay.percentage)) {
        let what = format!("delay {}", delay.fixed_delay);
        lines.push(Line::new("fault", what, of_requests(delay.percentage, random), at));
    }
    if let Some(abort) = fault.abort.as_ref().filter(|abort| counts(abort.percentage)) {
        let what = match abort.status {
            AbortStatus::Http(status) => format!("abort {status}"),
            AbortStatus::Grpc(status) => format!("abort 200, grpc-status {status}"),
        };
        let others = if random.is_none()
            && answer.reason == Reason::FaultAbort
            && abort.percentage.is_some_and(|share| share.share() < 1.0)
        {
            ", the others go on"
        } else {
            ""
        };
        lines.push(Line::new("fault", what, of_requests(abort.percentage, random) + others, at));
    }
    lines
}

/// `10% of requests`; with a random value, whether this one is among them.
fn of_requests(fraction: Option<Fraction>, random: Option<u64>) -> String {
    let share = fraction.map_or(0.0, Fraction::share) * 100.0;
    // Shares are written with four digits at most.
    let share = format!("{share:.4}");
    let share = share.trim_end_matches('0').trim_end_matches('.');
    let is_taken = random.map(|random| fraction.is_some_and(|fraction| fraction.takes(random)));
    let this = match is_taken {
        None => "",
        Some(true) => ", this one too",
        Some(false) => ", not this one",
    };
    format!("{share}% of requests{this}")
}

fn text(matcher: &StringMatcher) -> String {
    match matcher {
        StringMatcher::Exact(text) => text.clone(),
        StringMatcher::Prefix(text) => format!("{text}*"),
        StringMatcher::SafeRegex(regex) => format!("~ {regex}"),
    }
}
