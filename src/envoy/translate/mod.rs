//! From rules to what Envoy does: the routes of a VirtualService on one server, and TCP proxies (spec 2, sections 5 to
//! 11; mirrors istio 1.32 `pilot/pkg/networking/core/route/route.go: BuildHTTPRoutesForVirtualService,
//! TranslateRoute`). Knows nothing of hosts, virtual hosts and how servers are merged.

mod action;
mod clusters;
mod cors;
mod destination;
mod direct_response;
mod fault;
mod hash;
mod headers;
pub(super) mod matches;
mod mirror;
mod redirect;
mod retry;
mod tcp;

use std::sync::Arc;

use super::detail::Translate;
use super::route::{Action, HeaderMutations, Route, RouteMatch, Written};
use super::table::DropReason;
use crate::istio::virtual_service::{HttpMatch, RareText, Text};
use crate::mesh::names::gateway_name;
use crate::mesh::{Mesh, Origin, Proxy, Rule, VirtualService};

pub use clusters::ClusterKey;
pub(super) use clusters::cluster_exists;
pub(super) use tcp::{auto_passthrough_proxy, tcp_proxy};

/// The server that rules are translated for.
#[derive(Clone, Copy, Debug)]
pub(super) struct Scope<'m> {
    pub mesh: &'m Mesh,
    pub proxy: &'m Proxy,
    /// `namespace/name` of the Gateway.
    pub gateway: &'m str,
    /// The declared `port.number` of the server.
    pub port: u32,
    /// Whether the server has a `tls` block.
    pub has_tls: bool,
}

/// A rule or match without route: which, why, and the catch-all before it where that is why.
pub(super) type Lost = (Origin, DropReason, Option<Origin>);

/// The routes of a VirtualService, and what of it has none.
#[derive(Debug)]
pub(super) struct HttpRoutes<R> {
    pub routes: Vec<Arc<R>>,
    pub dropped: Vec<Lost>,
}

/// The routes of a VirtualService on a server (R-5.1, R-5.2): one for each match that applies, up to the first that
/// catches all.
pub(super) fn http_routes<R: Translate>(
    scope: &Scope<'_>,
    service: &VirtualService,
) -> HttpRoutes<R> {
    let routes = Vec::with_capacity(service.http.len());
    let mut out = HttpRoutes { routes, dropped: Vec::new() };
    let mut catch_all = None;
    for (index, rule) in (0..).zip(&service.http) {
        let written = Written { rule: index, condition: None };
        if rule.http.matches.is_empty() {
            match catch_all {
                None => {
                    out.routes.push(Arc::new(R::route(scope, service, written)));
                    catch_all = Some(rule.origin);
                }
                cut => out.dropped.push((rule.origin, DropReason::BehindCatchAll, cut)),
            }
        } else {
            by_match(scope, service, written, &mut catch_all, &mut out);
        }
    }
    out
}

/// The routes of a rule with matches. Matches that do not apply are left out and cut nothing (R-5.5).
fn by_match<R: Translate>(
    scope: &Scope<'_>,
    service: &VirtualService,
    written: Written,
    catch_all: &mut Option<Origin>,
    out: &mut HttpRoutes<R>,
) {
    let rule = written.rule(service);
    let before = *catch_all;
    let mut is_cut = false;
    for (at, condition) in (0..).zip(&rule.http.matches) {
        let written = Written { condition: Some(at), ..written };
        let origin = written.origin(service);
        if let Err(reason) = applies(scope, rule, condition) {
            out.dropped.push((origin, reason, None));
        } else if before.is_some() {
            is_cut = true;
        } else if catch_all.is_some() {
            out.dropped.push((origin, DropReason::BehindCatchAll, *catch_all));
        } else {
            let route = R::route(scope, service, written);
            if route.is_catch_all() {
                *catch_all = Some(origin);
            }
            out.routes.push(Arc::new(route));
        }
    }
    if is_cut {
        out.dropped.push((rule.origin, DropReason::BehindCatchAll, before));
    }
}

/// Whether a match is for this server and proxy (R-5.3; mirrors `sourceMatchHTTP`).
fn applies(scope: &Scope<'_>, rule: &Rule, condition: &HttpMatch) -> Result<(), DropReason> {
    if condition.port.is_some_and(|port| port.value != 0 && port.value != scope.port) {
        return Err(DropReason::MatchPort);
    }
    if !condition.gateways.is_empty() {
        let is_this = |name: &str| {
            name == scope.gateway || gateway_name(name, &rule.namespace) == scope.gateway
        };
        let is_named = condition.gateways.iter().any(|name| is_this(&name.value));
        return if is_named { Ok(()) } else { Err(DropReason::MatchGateways) };
    }
    let has = |key: &str, value: &str| scope.proxy.labels.get(key).is_some_and(|own| own == value);
    let namespace = rare_text(&condition.source_namespace);
    let is_source = condition.source_labels.iter().all(|(key, value)| has(key, value))
        && (namespace.is_empty() || namespace == scope.proxy.namespace);
    if is_source { Ok(()) } else { Err(DropReason::MatchSource) }
}

/// One route (mirrors `TranslateRoute`).
pub(super) fn route(scope: &Scope<'_>, service: &VirtualService, written: Written) -> Route {
    let (rule, condition) = (written.rule(service), written.condition(service));
    let http = &rule.http;
    let matcher = condition.map_or_else(RouteMatch::any, matches::route_match);
    let (mut headers, authority) = match &http.headers {
        Some(operations) => headers::translate(operations),
        None => (HeaderMutations::default(), None),
    };
    let action = if let Some(redirect) = &http.redirect {
        redirect::translate(scope, redirect)
    } else if let Some(answer) = &http.direct_response {
        Action::DirectResponse(Box::new(direct_response::translate(answer)))
    } else {
        let forward = action::Forward { scope, service, rule };
        Action::Route(Box::new(forward.translate(authority, &mut headers)))
    };
    Route {
        name: route_name(
            rare_text(&http.name),
            condition.map_or("", |condition| rare_text(&condition.name)),
        ),
        stat_prefix: condition
            .map(|condition| rare_text(&condition.stat_prefix))
            .filter(|prefix| !prefix.is_empty())
            .map(str::to_owned),
        virtual_service: Arc::clone(&service.key),
        decorator: action::operation(scope, service, &action, &matcher.path),
        fault: http.fault.as_deref().map(fault::translate),
        cors: http.cors_policy.as_deref().map(cors::translate).map(Box::new),
        matcher,
        action,
        headers,
        origin: written.origin(service),
        delegated_by: rule.delegated_by.as_deref().copied(),
    }
}

/// R-5.9.
fn route_name(rule: &str, condition: &str) -> String {
    if condition.is_empty() { rule.to_owned() } else { format!("{rule}.{condition}") }
}

/// A text, or the empty one that an absent field is in protobuf.
fn text(text: &Text) -> &str {
    text.as_ref().map_or("", |text| text.value.as_str())
}

/// As [`text`].
fn rare_text(text: &RareText) -> &str {
    text.as_ref().map_or("", |text| text.value.as_str())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_matches_follow_a_dot() {
        assert_eq!(route_name("r", "m"), "r.m");
        assert_eq!(route_name("", "m"), ".m");
        assert_eq!(route_name("r", ""), "r");
    }
}
