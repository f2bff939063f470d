//! What routes do as JSON: forward, redirect, answer, fail on purpose, allow origins (spec 2, 21f to 21k).

use std::sync::LazyLock;

use serde::Serializer;
use serde_json::{Value, json};

use super::message::{Empty, Fields, Json, Key, Message};
use super::route::Regex;
use crate::envoy::route::{
    AbortStatus, Clusters, Cors, DirectResponseAction, Fault, FaultAbort, FaultDelay, Fraction,
    HashPolicy, MirrorPolicy, RedirectAction, RedirectPath, RegexRewrite, ResponseBody,
    RetryPolicy, RouteAction, WeightedCluster,
};
use crate::istio::duration::Duration;

impl Message for RouteAction {
    fn fields<S: Serializer>(&self, to: &mut Fields<S>) -> Result<(), S::Error> {
        self.clusters.fields(to)?;
        let timeout = self.timeout.to_string();
        to.put("timeout", &timeout)?;
        to.put("maxGrpcTimeout", &timeout)?;
        to.some("retryPolicy", self.retry_policy.as_ref().map(Json))?;
        to.plain("prefixRewrite", self.prefix_rewrite.as_deref().unwrap_or_default())?;
        to.some("regexRewrite", self.regex_rewrite.as_deref().map(Json))?;
        to.some("hostRewriteLiteral", self.host_rewrite_literal.as_ref())?;
        to.plain("appendXForwardedHost", self.append_x_forwarded_host)?;
        to.messages("requestMirrorPolicies", &self.mirrors)?;
        to.messages("hashPolicy", &self.hash_policy)
    }
}

impl Message for Clusters {
    fn fields<S: Serializer>(&self, to: &mut Fields<S>) -> Result<(), S::Error> {
        match self {
            Self::Single(cluster) => to.put("cluster", &*cluster.name),
            Self::Weighted(clusters) => {
                to.put("weightedClusters", Key("clusters", Json(&clusters[..])))
            }
        }
    }
}

impl Message for WeightedCluster {
    fn fields<S: Serializer>(&self, to: &mut Fields<S>) -> Result<(), S::Error> {
        to.put("name", &*self.cluster.name)?;
        to.put("weight", self.weight)?;
        self.headers.fields(to)?;
        to.some("hostRewriteLiteral", self.host_rewrite_literal.as_ref())
    }
}

static PREVIOUS_HOSTS: LazyLock<Value> = LazyLock::new(|| {
    let kind =
        "type.googleapis.com/envoy.extensions.retry.host.previous_hosts.v3.PreviousHostsPredicate";
    json!([{ "name": "envoy.retry_host_predicates.previous_hosts", "typedConfig": { "@type": kind } }])
});

static PREVIOUS_PRIORITIES: LazyLock<Value> = LazyLock::new(|| {
    let kind = "type.googleapis.com/envoy.extensions.retry.priority.previous_priorities.v3.PreviousPrioritiesConfig";
    let config = json!({ "@type": kind, "updateFrequency": 2 });
    json!({ "name": "envoy.retry_priorities.previous_priorities", "typedConfig": config })
});

impl Message for RetryPolicy {
    fn fields<S: Serializer>(&self, to: &mut Fields<S>) -> Result<(), S::Error> {
        let interval = self.base_interval.map(|interval| interval.to_string());
        to.put("numRetries", self.num_retries)?;
        to.put("hostSelectionRetryMaxAttempts", "5")?;
        to.plain("retryOn", &*self.retry_on)?;
        to.list("retriableStatusCodes", &self.retriable_status_codes)?;
        to.some("perTryTimeout", self.per_try_timeout.map(|timeout| timeout.to_string()))?;
        to.some("retryHostPredicate", self.previous_hosts.then_some(&*PREVIOUS_HOSTS))?;
        to.some("retryPriority", self.previous_priorities.then_some(&*PREVIOUS_PRIORITIES))?;
        to.some("retryBackOff", interval.map(|interval| Key("baseInterval", interval)))
    }
}

impl Message for RegexRewrite {
    fn fields<S: Serializer>(&self, to: &mut Fields<S>) -> Result<(), S::Error> {
        to.put("pattern", Json(&Regex(&self.pattern)))?;
        to.plain("substitution", self.substitution.as_str())
    }
}

impl Message for MirrorPolicy {
    fn fields<S: Serializer>(&self, to: &mut Fields<S>) -> Result<(), S::Error> {
        to.put("cluster", &*self.cluster.name)?;
        to.put("runtimeFraction", Key("defaultValue", Json(&self.fraction)))?;
        to.put("traceSampled", false)?;
        to.put("disableShadowHostSuffixAppend", true)
    }
}

impl Message for Fraction {
    fn fields<S: Serializer>(&self, to: &mut Fields<S>) -> Result<(), S::Error> {
        match *self {
            Self::Hundred(n) => to.plain("numerator", n),
            Self::Million(n) => {
                to.plain("numerator", n)?;
                to.put("denominator", "MILLION")
            }
        }
    }
}

impl Message for HashPolicy {
    fn fields<S: Serializer>(&self, to: &mut Fields<S>) -> Result<(), S::Error> {
        match self {
            Self::Header(name) => to.put("header", Key("headerName", name)),
            Self::Cookie { name, ttl, path, attributes } => {
                to.put("cookie", Json(&Cookie { name, ttl: *ttl, path, attributes }))
            }
            Self::SourceIp(true) => to.put("connectionProperties", Key("sourceIp", true)),
            Self::SourceIp(false) => to.put("connectionProperties", Json(&Empty)),
            Self::QueryParameter(name) => to.put("queryParameter", Key("name", name)),
        }
    }
}

struct Cookie<'a> {
    name: &'a str,
    ttl: Option<Duration>,
    path: &'a str,
    attributes: &'a [(String, String)],
}

impl Message for Cookie<'_> {
    fn fields<S: Serializer>(&self, to: &mut Fields<S>) -> Result<(), S::Error> {
        to.plain("name", self.name)?;
        to.some("ttl", self.ttl.map(|ttl| ttl.to_string()))?;
        to.plain("path", self.path)?;
        to.messages("attributes", self.attributes)
    }
}

/// An attribute of a cookie.
impl Message for (String, String) {
    fn fields<S: Serializer>(&self, to: &mut Fields<S>) -> Result<(), S::Error> {
        to.plain("name", self.0.as_str())?;
        to.plain("value", self.1.as_str())
    }
}

impl Message for RedirectAction {
    fn fields<S: Serializer>(&self, to: &mut Fields<S>) -> Result<(), S::Error> {
        to.plain("hostRedirect", self.host.as_deref().unwrap_or_default())?;
        match &self.path {
            RedirectPath::Path(path) => to.put("pathRedirect", path)?,
            RedirectPath::Prefix(prefix) => to.put("prefixRewrite", prefix)?,
        }
        to.some("schemeRedirect", self.scheme.as_ref())?;
        to.plain("portRedirect", self.port)?;
        match self.code {
            302 => to.put("responseCode", "FOUND"),
            303 => to.put("responseCode", "SEE_OTHER"),
            307 => to.put("responseCode", "TEMPORARY_REDIRECT"),
            308 => to.put("responseCode", "PERMANENT_REDIRECT"),
            _ => Ok(()),
        }
    }
}

impl Message for DirectResponseAction {
    fn fields<S: Serializer>(&self, to: &mut Fields<S>) -> Result<(), S::Error> {
        to.plain("status", self.status)?;
        match &self.body {
            Some(ResponseBody::Text(text)) => to.put("body", Key("inlineString", text)),
            Some(ResponseBody::Bytes(bytes)) => to.put("body", Key("inlineBytes", base64(bytes))),
            None => Ok(()),
        }
    }
}

impl Message for Fault {
    fn fields<S: Serializer>(&self, to: &mut Fields<S>) -> Result<(), S::Error> {
        to.put("@type", "type.googleapis.com/envoy.extensions.filters.http.fault.v3.HTTPFault")?;
        to.some("delay", self.delay.as_ref().map(Json))?;
        to.some("abort", self.abort.as_ref().map(Json))
    }
}

impl Message for FaultDelay {
    fn fields<S: Serializer>(&self, to: &mut Fields<S>) -> Result<(), S::Error> {
        to.put("percentage", Json(&self.percentage.unwrap_or(Fraction::Hundred(0))))?;
        to.put("fixedDelay", self.fixed_delay.to_string())
    }
}

impl Message for FaultAbort {
    fn fields<S: Serializer>(&self, to: &mut Fields<S>) -> Result<(), S::Error> {
        to.some("percentage", self.percentage.as_ref().map(Json))?;
        match self.status {
            AbortStatus::Http(status) => to.put("httpStatus", status),
            AbortStatus::Grpc(status) => to.put("grpcStatus", status),
        }
    }
}

impl Message for Cors {
    fn fields<S: Serializer>(&self, to: &mut Fields<S>) -> Result<(), S::Error> {
        to.put("@type", "type.googleapis.com/envoy.extensions.filters.http.cors.v3.CorsPolicy")?;
        to.put("filterEnabled", Key("defaultValue", Json(&Fraction::Hundred(100))))?;
        to.messages("allowOriginStringMatch", &self.allow_origins)?;
        to.plain("allowMethods", self.allow_methods.as_str())?;
        to.plain("allowHeaders", self.allow_headers.as_str())?;
        to.plain("exposeHeaders", self.expose_headers.as_str())?;
        to.plain("maxAge", self.max_age.as_deref().unwrap_or_default())?;
        to.some("allowCredentials", self.allow_credentials)?;
        to.put("forwardNotMatchingPreflights", self.forward_not_matching_preflights)
    }
}

/// Standard base64 with padding.
fn base64(bytes: &[u8]) -> String {
    const ALPHABET: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let mut out = String::with_capacity(bytes.len().div_ceil(3) * 4);
    for chunk in bytes.chunks(3) {
        let mut word = [0; 4];
        word[1..=chunk.len()].copy_from_slice(chunk);
        let word = u32::from_be_bytes(word);
        for at in 0..4 {
            let sextet = (word >> (18 - 6 * at)) as usize & 63;
            out.push(if at <= chunk.len() { char::from(ALPHABET[sextet]) } else { '=' });
        }
    }
    out
}
