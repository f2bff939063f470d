//! An HTTP route (3-validation.md B.4.2).

use super::{
    Scope, actions, conflicts, destinations, headers, matches, policies, redirect, retries,
};
use crate::istio::objection::Objections;
use crate::istio::virtual_service::HttpRoute;
use crate::validation::shared::duration_if;

/// Mirrors istio 1.32 `pkg/config/validation: validateHTTPRoute`.
pub(super) fn check(route: &HttpRoute, scope: &Scope, out: &mut Objections) {
    conflicts::check(route, scope.is_delegate, out);
    for condition in &route.matches {
        matches::check(condition, scope, out);
    }
    if let Some(operations) = &route.headers {
        headers::check(operations, out);
    }
    policies::check_cors(route.cors_policy.as_deref(), out);
    policies::check_fault(route.fault.as_deref(), out);
    actions::check_mirrors(route, out);
    if let Some(redirect) = &route.redirect {
        redirect::check(redirect, &route.matches, out);
    }
    actions::check_direct_response(route.direct_response.as_deref(), out);
    if let Some(policy) = &route.retries {
        retries::check(policy, out);
    }
    actions::check_rewrite(route.rewrite.as_deref(), out);
    headers::check_authority(route, out);
    destinations::check_http(route, scope.is_generated, out);
    duration_if(route.timeout, out);
}
