//! What of a rule Envoy may refuse, told by what is written: what GW538 looks at closer.

use crate::istio::virtual_service::{HttpMatch, HttpRoute, Pattern, StringMatch};
use crate::pattern::re2::Re2;
use crate::text::{Span, Spanned, Str};

/// Whether a rule, its matches aside, has anything that Envoy may refuse.
pub(super) fn may_rule_be_refused(rule: &HttpRoute) -> bool {
    may_action_be_refused(rule) || regexes_of_rule(rule).next().is_some()
}

/// Whether a match has. Asked of every match that is written, so what most have is looked at by itself.
pub(super) fn may_match_be_refused(condition: &HttpMatch) -> bool {
    let has_maps = !condition.headers.is_empty()
        || !condition.without_headers.is_empty()
        || !condition.query_params.is_empty();
    condition.uri.as_ref().is_some_and(|uri| uri.regex.is_some())
        || [&condition.scheme, &condition.method, &condition.authority]
            .into_iter()
            .flatten()
            .any(|value| value.regex.is_some())
        || (has_maps && (regexes(condition).next().is_some() || claims(condition).next().is_some()))
}

/// Whether Envoy may refuse the route of a rule and one of its matches: regular expressions that RE2 takes are no reason.
pub(super) fn may_route_be_refused(rule: &HttpRoute, condition: Option<&HttpMatch>) -> bool {
    let own = condition.into_iter().flat_map(regexes);
    let is_wrong = |pattern: &Spanned<Str>| Re2::check(&pattern.value).is_err();
    may_action_be_refused(rule)
        || condition.is_some_and(|condition| claims(condition).next().is_some())
        || own.chain(regexes_of_rule(rule)).any(is_wrong)
}

/// A redirect or an answer, and destinations that weigh nothing.
fn may_action_be_refused(rule: &HttpRoute) -> bool {
    let weighs_nothing = rule.route.len() > 1
        && rule.route.iter().all(|to| to.weight.is_none_or(|weight| weight.value <= 0));
    rule.redirect.is_some() || rule.direct_response.is_some() || weighs_nothing
}

fn regex(value: &StringMatch) -> Option<&Spanned<Str>> {
    match value.pattern() {
        Pattern::Regex(text) => Some(text),
        _ => None,
    }
}

/// The regular expressions of a match.
pub(super) fn regexes(condition: &HttpMatch) -> impl Iterator<Item = &Spanned<Str>> {
    let boxed = [&condition.scheme, &condition.method, &condition.authority];
    let maps = [&condition.headers, &condition.without_headers, &condition.query_params];
    let boxed = boxed.into_iter().filter_map(|value| value.as_deref());
    let entries = maps.into_iter().flat_map(|map| map.entries.iter().map(|(_, value)| value));
    condition.uri.iter().chain(boxed).chain(entries).filter_map(regex)
}

/// Those of the rest of a rule.
pub(super) fn regexes_of_rule(rule: &HttpRoute) -> impl Iterator<Item = &Spanned<Str>> {
    let rewrite = rule.rewrite.as_ref().and_then(|rewrite| rewrite.uri_regex_rewrite.as_ref());
    let rewrite = rewrite.and_then(|rewrite| rewrite.matches.as_ref());
    let cors = rule.cors_policy.iter().flat_map(|cors| &cors.allow_origins);
    rewrite.into_iter().chain(cors.filter_map(regex))
}

/// The places of claims of a token.
pub(super) fn claims(condition: &HttpMatch) -> impl Iterator<Item = Span> {
    let maps = [&condition.headers, &condition.without_headers];
    let names = maps.into_iter().flat_map(|map| map.entries.iter().map(|(name, _)| name));
    names.filter(|name| name.value.starts_with("@request.auth.claims")).map(|name| name.span)
}
