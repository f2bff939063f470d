//! Route configurations that Envoy refuses.

use crate::envoy::route::{
    Action, ClaimMatcher, Clusters, PathMatch, Route, RouteConfig, StringMatcher,
};
use crate::envoy::table::{Cause, Rejected};
use crate::pattern::re2::{Re2, Re2ErrorKind};

/// The first fault of a route configuration that Envoy refuses.
pub(super) fn rejected(config: &RouteConfig) -> Option<Rejected> {
    let routes = config.virtual_hosts.iter().flat_map(|host| &host.routes);
    let (route, (reason, cause)) = routes
        .map(|route| (route, fault(route)))
        .find_map(|(route, fault)| Some((route, fault?)))?;
    let mut origins = vec![route.origin];
    origins.extend(route.delegated_by);
    Some(Rejected { name: config.name.clone(), reason, cause, origins })
}

/// Why Envoy refuses a route, and with it the whole route configuration.
pub fn fault(route: &Route) -> Option<(String, Cause)> {
    action(&route.action)
        .or_else(|| route.matcher.claims.iter().find_map(claim))
        .or_else(|| regexes(route).find_map(regex))
}

/// Section 16, 1, 2 and 6.
fn action(action: &Action) -> Option<(String, Cause)> {
    match action {
        Action::None => {
            let reason = "a route has no action: Envoy does not know its redirect code";
            Some((reason.to_owned(), Cause::RedirectCode))
        }
        Action::DirectResponse(response) if !(200..600).contains(&response.status) => {
            let reason = format!("status {} is outside of 200 to 599", response.status);
            Some((reason, Cause::Status))
        }
        Action::Route(action) => match &action.clusters {
            Clusters::Weighted(all) if all.is_empty() => {
                let reason = "a route has no destination with a weight above 0";
                Some((reason.to_owned(), Cause::Weights))
            }
            _ => None,
        },
        _ => None,
    }
}

/// Section 16, 3: claims without a value or with an empty segment.
fn claim(claim: &ClaimMatcher) -> Option<(String, Cause)> {
    if claim.value.is_none() {
        return Some(("a claim has nothing to be compared with".to_owned(), Cause::Claim));
    }
    claim
        .path
        .iter()
        .any(String::is_empty)
        .then(|| ("the name of a claim has an empty part".to_owned(), Cause::Claim))
}

/// The regular expressions of a route.
fn regexes(route: &Route) -> impl Iterator<Item = &str> {
    let matcher = &route.matcher;
    let path = match &matcher.path {
        PathMatch::SafeRegex(regex) => Some(regex.as_str()),
        _ => None,
    };
    let rewrite = match &route.action {
        Action::Route(action) => {
            action.regex_rewrite.as_ref().map(|rewrite| rewrite.pattern.as_str())
        }
        _ => None,
    };
    let headers = matcher.headers.iter().filter_map(|header| header.value.as_ref());
    let query = matcher.query_parameters.iter().filter_map(|parameter| parameter.value.as_ref());
    let claims = matcher.claims.iter().filter_map(|claim| claim.value.as_ref());
    let origins = route.cors.iter().flat_map(|cors| cors.allow_origins.iter().flatten());
    let texts = headers.chain(query).chain(claims).chain(origins).filter_map(|value| match value {
        StringMatcher::SafeRegex(regex) => Some(regex.as_str()),
        _ => None,
    });
    path.into_iter().chain(rewrite).chain(texts)
}

/// Section 16, 7: an expression that RE2 refuses.
fn regex(pattern: &str) -> Option<(String, Cause)> {
    let error = Re2::check(pattern).err()?;
    (error.kind != Re2ErrorKind::Unsupported).then(|| {
        let reason = format!("RE2 refuses the regular expression `{pattern}`: {}", error.message);
        (reason, Cause::Regex(pattern.to_owned()))
    })
}
