//! CORS (spec 2, R-7.16; mirrors istio 1.32 `route.go: TranslateCORSPolicy`).

use super::matches::string;
use crate::envoy::route::{Cors, StringMatcher};
use crate::istio::virtual_service::{CorsPolicy, UnmatchedPreflights};
use crate::text::{Spanned, Str};

/// The configuration of the CORS filter.
pub(super) fn translate(policy: &CorsPolicy) -> Cors {
    let origins: Vec<StringMatcher> = if policy.allow_origins.is_empty() {
        let exact = |origin: &Spanned<Str>| StringMatcher::Exact(origin.value.to_string());
        policy.allow_origin.iter().map(exact).collect()
    } else {
        policy.allow_origins.iter().filter_map(string).collect()
    };
    Cors {
        allow_origins: origins.into_iter().map(Some).collect(),
        allow_methods: join(&policy.allow_methods),
        allow_headers: join(&policy.allow_headers),
        expose_headers: join(&policy.expose_headers),
        max_age: policy.max_age.map(|age| (age.value.0 / 1_000_000_000).to_string()),
        allow_credentials: policy.allow_credentials.map(|flag| flag.value),
        forward_not_matching_preflights: policy
            .unmatched_preflights
            .is_none_or(|choice| choice.value != UnmatchedPreflights::Ignore),
    }
}

fn join(texts: &[Spanned<Str>]) -> String {
    texts.iter().map(|text| text.value.as_str()).collect::<Vec<_>>().join(",")
}
