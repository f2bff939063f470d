//! What a matched route does with a request, in the order of Istio's filters: fault, CORS, router.
//!
//! Mirrors `source/extensions/filters/http/fault/fault_filter.cc`, `cors/cors_filter.cc`: `CorsFilter::decodeHeaders`,
//! `isOriginAllowed`, and `source/common/router/router.cc`: `Filter::decodeHeaders` (1.40).

use super::answer::{Answer, ClusterShare, Outcome, Reason, Upstream};
use super::incoming::Incoming;
use super::rewrite;
use super::text::{Patterns, Text};
use crate::envoy::Table;
use crate::envoy::route::{
    AbortStatus, Action, Clusters, Cors, Fault, ResponseBody, Route, RouteAction,
};
use crate::pattern::re2::Re2;

/// Completes the answer of a matched route.
pub(super) fn run(table: &Table, route: &Route, incoming: &Incoming<'_>, answer: &mut Answer) {
    if let Action::Route(action) = &route.action {
        answer.clusters = shares(table, &action.clusters, incoming.random());
    }
    let fault = route.fault.as_ref();
    if let Some(status) = fault.and_then(|fault| abort(fault, incoming.random())) {
        answer.status = Some(status);
        answer.body = Some("fault filter abort".to_owned());
        answer.reason = Reason::FaultAbort;
        return;
    }
    match &route.action {
        Action::Route(action) => {
            if route.cors.as_ref().is_some_and(|cors| is_answered_preflight(cors, incoming)) {
                answer.status = Some(200);
                answer.reason = Reason::CorsPreflight;
            } else {
                forward(route, action, incoming, answer);
            }
        }
        Action::Redirect(redirect) => {
            answer.status = Some(redirect.code);
            answer.location = Some(rewrite::location(incoming, &route.matcher.path, redirect));
            answer.reason = Reason::Redirect;
        }
        Action::DirectResponse(response) => {
            answer.status = Some(response.status);
            answer.body = response.body.as_ref().map(|body| match body {
                ResponseBody::Text(text) => text.clone(),
                ResponseBody::Bytes(bytes) => String::from_utf8_lossy(bytes).into_owned(),
            });
            answer.reason = Reason::DirectResponse;
        }
        // Envoy refuses tables with such a route.
        Action::None => answer.reason = Reason::TableRejected,
    }
}

/// The clusters that may be chosen; with a random value, the one that is (mirrors
/// `source/common/router/weighted_cluster_specifier.cc`: `WeightedClusterEntry`).
pub(super) fn shares(table: &Table, clusters: &Clusters, random: Option<u64>) -> Vec<ClusterShare> {
    let all = all_shares(table, clusters);
    let Some(random) = random else { return all };
    let total: u64 = all.iter().map(|share| u64::from(share.weight)).sum();
    let selected = random.checked_rem(total).unwrap_or_default();
    let mut end = 0;
    let chosen = all.iter().find(|share| {
        end += u64::from(share.weight);
        selected < end
    });
    chosen.cloned().into_iter().collect()
}

fn all_shares(table: &Table, clusters: &Clusters) -> Vec<ClusterShare> {
    match clusters {
        Clusters::Single(cluster) => vec![ClusterShare {
            name: cluster.name.clone(),
            weight: 100,
            exists: table.cluster_exists(&cluster.name),
        }],
        Clusters::Weighted(all) => all
            .iter()
            .filter(|one| one.weight > 0)
            .map(|one| ClusterShare {
                name: one.cluster.name.clone(),
                weight: one.weight,
                exists: table.cluster_exists(&one.cluster.name),
            })
            .collect(),
    }
}

/// Whether it is likelier that a cluster is chosen that exists.
pub(super) fn likely_exists(clusters: &[ClusterShare]) -> bool {
    let sum = |exists| -> u64 {
        clusters.iter().filter(|c| c.exists == exists).map(|c| u64::from(c.weight)).sum()
    };
    let existing = sum(true);
    existing > 0 && existing >= sum(false)
}

/// The status of an abort: with a random value, where it is within the share; else where half of the requests or more
/// get one.
fn abort(fault: &Fault, random: Option<u64>) -> Option<u32> {
    let abort = fault.abort.as_ref()?;
    let share = abort.percentage?;
    let is_aborted = random.map_or(share.share() >= 0.5, |random| share.takes(random));
    is_aborted.then_some(match abort.status {
        AbortStatus::Http(status) => status,
        // The gRPC status is in a header.
        AbortStatus::Grpc(_) => 200,
    })
}

fn is_answered_preflight(cors: &Cors, incoming: &Incoming<'_>) -> bool {
    let origin = incoming.value("origin").unwrap_or_default();
    let asked = incoming.value("access-control-request-method").unwrap_or_default();
    if incoming.method != "OPTIONS" || origin.is_empty() || asked.is_empty() {
        return false;
    }
    let mut patterns = Patterns::default();
    let is_allowed = cors.allow_origins.iter().flatten().any(|matcher| {
        let matcher = Text::new(matcher, &mut patterns);
        matcher.holds("*") || matcher.holds(origin)
    });
    is_allowed || !cors.forward_not_matching_preflights
}

fn forward(route: &Route, action: &RouteAction, incoming: &Incoming<'_>, answer: &mut Answer) {
    if !likely_exists(&answer.clusters) {
        answer.reason = Reason::NoCluster;
        answer.status = answer.clusters.iter().all(|cluster| !cluster.exists).then_some(503);
        return;
    }
    let path = match (&action.prefix_rewrite, &action.regex_rewrite) {
        (Some(prefix), _) if !prefix.is_empty() => {
            rewrite::replace_matched(incoming, &route.matcher.path, prefix)
        }
        (_, Some(regex)) => match Re2::new(&regex.pattern) {
            Ok(pattern) => rewrite::replace_pattern(incoming, &pattern, &regex.substitution),
            Err(_) => incoming.path.clone().unwrap_or_default(),
        },
        _ => incoming.path.clone().unwrap_or_default(),
    };
    answer.reason = Reason::Forwarded;
    answer.upstream = Some(Upstream {
        method: incoming.method.to_owned(),
        path,
        host: new_host(action, &answer.clusters).unwrap_or(&incoming.authority).to_owned(),
    });
}

/// The host that the route sets, else that of the first weighted cluster that exists.
fn new_host<'a>(action: &'a RouteAction, shares: &[ClusterShare]) -> Option<&'a str> {
    if let Some(host) = &action.host_rewrite_literal {
        return Some(host);
    }
    let Clusters::Weighted(all) = &action.clusters else { return None };
    let chosen = shares.iter().find(|share| share.exists)?;
    let chosen = all.iter().find(|one| one.weight > 0 && one.cluster.name == chosen.name)?;
    chosen.host_rewrite_literal.as_deref()
}

/// What a TCP proxy does with a connection.
pub(super) fn tcp(answer: &mut Answer, is_tls_passed: bool) {
    if likely_exists(&answer.clusters) {
        answer.outcome = if is_tls_passed { Outcome::Passthrough } else { Outcome::Tcp };
        answer.reason = Reason::Forwarded;
    } else {
        answer.outcome = Outcome::Closed;
        answer.reason = Reason::NoCluster;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::envoy::route::{FaultAbort, Fraction};

    #[test]
    fn a_random_value_decides_about_aborts() {
        let fault = |percentage| Fault {
            delay: None,
            abort: Some(FaultAbort { percentage, status: AbortStatus::Http(503) }),
        };
        let half_percent = fault(Some(Fraction::Million(5_000)));
        let ten = fault(Some(Fraction::Hundred(10)));
        let table = [
            (&half_percent, None, None),
            (&half_percent, Some(4_999), Some(503)),
            (&half_percent, Some(5_000), None),
            (&half_percent, Some(1_004_999), Some(503)),
            (&ten, Some(109), Some(503)),
            (&ten, Some(110), None),
            (&fault(None), Some(0), None),
        ];
        for (fault, random, expected) in table {
            assert_eq!(abort(fault, random), expected, "{fault:?} {random:?}");
        }
    }
}
