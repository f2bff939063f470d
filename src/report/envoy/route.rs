//! `envoy.config.route.v3` as JSON: route configurations, virtual hosts, routes and matchers (spec 2, 21b to 21e).

use serde::Serializer;

use super::message::{Fields, Json, Key, List, Message};
use crate::envoy::route::{
    Action, ClaimMatcher, Cors, Fault, HeaderMatcher, HeaderMutations, HeaderValueOption,
    PathMatch, QueryParameterMatcher, Route, RouteConfig, RouteMatch, StringMatcher, VirtualHost,
};

impl Message for RouteConfig {
    fn fields<S: Serializer>(&self, to: &mut Fields<S>) -> Result<(), S::Error> {
        to.put("name", &self.name)?;
        to.messages("virtualHosts", &self.virtual_hosts)?;
        to.put("validateClusters", false)?;
        to.put("ignorePortInHostMatching", true)?;
        to.put("maxDirectResponseBodySizeBytes", 1_048_576)
    }
}

impl Message for VirtualHost {
    fn fields<S: Serializer>(&self, to: &mut Fields<S>) -> Result<(), S::Error> {
        to.put("name", &self.name)?;
        to.list("domains", self.domains.iter().map(|domain| &domain.name))?;
        to.messages("routes", &self.routes)?;
        to.plain("includeRequestAttemptCount", self.include_attempt_count)?;
        to.some("requireTls", self.requires_tls().then_some("ALL"))
    }
}

impl Message for Route {
    fn fields<S: Serializer>(&self, to: &mut Fields<S>) -> Result<(), S::Error> {
        to.plain("name", self.name.as_str())?;
        to.put("match", Json(&self.matcher))?;
        to.plain("statPrefix", self.stat_prefix.as_deref().unwrap_or_default())?;
        let (namespace, name) = self.virtual_service.split_once('/').unwrap_or_default();
        let config =
            format!("/apis/networking.istio.io/v1/namespaces/{namespace}/virtual-service/{name}");
        to.put("metadata", Key("filterMetadata", Key("istio", Key("config", config))))?;
        to.put("decorator", Key("operation", &self.decorator))?;
        self.action.fields(to)?;
        Extras(self).fields(to)
    }
}

/// The member of the oneof `action`.
impl Message for Action {
    fn fields<S: Serializer>(&self, to: &mut Fields<S>) -> Result<(), S::Error> {
        match self {
            Self::Route(route) => to.put("route", Json(&**route)),
            Self::Redirect(redirect) => to.put("redirect", Json(&**redirect)),
            Self::DirectResponse(response) => to.put("directResponse", Json(&**response)),
            Self::None => Ok(()),
        }
    }
}

/// What a route does besides its action: header operations, `typedPerFilterConfig`.
pub(in crate::report) struct Extras<'r>(pub &'r Route);

impl Message for Extras<'_> {
    fn fields<S: Serializer>(&self, to: &mut Fields<S>) -> Result<(), S::Error> {
        let Route { headers, fault, cors, .. } = self.0;
        headers.fields(to)?;
        if fault.is_none() && cors.is_none() {
            return Ok(());
        }
        let filters = PerFilter { fault: fault.as_ref(), cors: cors.as_deref() };
        to.put("typedPerFilterConfig", Json(&filters))
    }
}

/// `typedPerFilterConfig`.
struct PerFilter<'a> {
    fault: Option<&'a Fault>,
    cors: Option<&'a Cors>,
}

impl Message for PerFilter<'_> {
    fn fields<S: Serializer>(&self, to: &mut Fields<S>) -> Result<(), S::Error> {
        to.some("envoy.filters.http.fault", self.fault.map(Json))?;
        to.some("envoy.filters.http.cors", self.cors.map(Json))
    }
}

impl Message for HeaderMutations {
    fn fields<S: Serializer>(&self, to: &mut Fields<S>) -> Result<(), S::Error> {
        to.messages("requestHeadersToAdd", &self.request_add)?;
        to.list("requestHeadersToRemove", &self.request_remove)?;
        to.messages("responseHeadersToAdd", &self.response_add)?;
        to.list("responseHeadersToRemove", &self.response_remove)
    }
}

impl Message for HeaderValueOption {
    fn fields<S: Serializer>(&self, to: &mut Fields<S>) -> Result<(), S::Error> {
        to.put("header", Json(&HeaderValue { key: &self.key, value: &self.value }))?;
        to.some("appendAction", self.overwrite.then_some("OVERWRITE_IF_EXISTS_OR_ADD"))
    }
}

struct HeaderValue<'a> {
    key: &'a str,
    value: &'a str,
}

impl Message for HeaderValue<'_> {
    fn fields<S: Serializer>(&self, to: &mut Fields<S>) -> Result<(), S::Error> {
        to.plain("key", self.key)?;
        to.plain("value", self.value)
    }
}

impl Message for RouteMatch {
    fn fields<S: Serializer>(&self, to: &mut Fields<S>) -> Result<(), S::Error> {
        match &self.path {
            PathMatch::Prefix(prefix) => to.put("prefix", prefix)?,
            PathMatch::Path(path) => to.put("path", path)?,
            PathMatch::SafeRegex(regex) => to.put("safeRegex", Json(&Regex(regex)))?,
        }
        to.some("caseSensitive", self.case_sensitive)?;
        to.messages("headers", &self.headers)?;
        to.messages("queryParameters", &self.query_parameters)?;
        to.messages("dynamicMetadata", &self.claims)
    }
}

impl Message for HeaderMatcher {
    fn fields<S: Serializer>(&self, to: &mut Fields<S>) -> Result<(), S::Error> {
        to.plain("name", self.name.as_str())?;
        match &self.value {
            Some(value) => to.put("stringMatch", Json(value))?,
            None => to.put("presentMatch", true)?,
        }
        to.plain("invertMatch", self.invert)?;
        to.plain("treatMissingHeaderAsEmpty", self.invert && self.value.is_some())
    }
}

impl Message for QueryParameterMatcher {
    fn fields<S: Serializer>(&self, to: &mut Fields<S>) -> Result<(), S::Error> {
        to.plain("name", self.name.as_str())?;
        match &self.value {
            Some(value) => to.put("stringMatch", Json(value)),
            None => to.put("presentMatch", true),
        }
    }
}

impl Message for ClaimMatcher {
    fn fields<S: Serializer>(&self, to: &mut Fields<S>) -> Result<(), S::Error> {
        let value = Json(&self.value);
        let matchers = [ValueMatcher::InList(&value), ValueMatcher::Itself(&value)];
        to.put("filter", "envoy.filters.http.jwt_authn")?;
        to.put("path", List(self.path.iter().map(|key| Key("key", key))))?;
        to.put("value", Key("orMatch", Key("valueMatchers", Json(&matchers[..]))))?;
        to.plain("invert", self.invert)
    }
}

/// How the value of a claim is compared.
enum ValueMatcher<'a> {
    /// A member of a list.
    InList(&'a Json<'a, Option<StringMatcher>>),
    /// A text.
    Itself(&'a Json<'a, Option<StringMatcher>>),
}

impl Message for ValueMatcher<'_> {
    fn fields<S: Serializer>(&self, to: &mut Fields<S>) -> Result<(), S::Error> {
        match self {
            Self::InList(value) => to.put("listMatch", Key("oneOf", Key("stringMatch", value))),
            Self::Itself(value) => to.put("stringMatch", value),
        }
    }
}

impl Message for StringMatcher {
    fn fields<S: Serializer>(&self, to: &mut Fields<S>) -> Result<(), S::Error> {
        match self {
            Self::Exact(text) => to.put("exact", text),
            Self::Prefix(text) => to.put("prefix", text),
            Self::SafeRegex(regex) => to.put("safeRegex", Json(&Regex(regex))),
        }
    }
}

/// A matcher without anything to match is an empty message.
impl Message for Option<StringMatcher> {
    fn fields<S: Serializer>(&self, to: &mut Fields<S>) -> Result<(), S::Error> {
        self.as_ref().map_or(Ok(()), |matcher| matcher.fields(to))
    }
}

/// A `RegexMatcher`.
pub(super) struct Regex<'a>(pub &'a str);

impl Message for Regex<'_> {
    fn fields<S: Serializer>(&self, to: &mut Fields<S>) -> Result<(), S::Error> {
        to.plain("regex", self.0)
    }
}
