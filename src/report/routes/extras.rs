//! Cells: what a route does besides choosing a destination. Never cut short.

use std::borrow::Cow;

use super::destinations::Destinations;
use crate::envoy::route::{
    AbortStatus, Action, Clusters, Cors, Fault, Fraction, HeaderMutations, HeaderValueOption,
    MirrorPolicy, RetryPolicy, Route, RouteAction, StringMatcher,
};

/// The cells of a route.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Extras {
    pub timeout: String,
    pub retries: String,
    pub rewrite: String,
    pub headers: String,
    pub cors: String,
    pub fault: String,
    pub mirrors: String,
}

impl Extras {
    /// The cells of what is no route.
    pub(super) fn none() -> Self {
        Self::default().map(|_| "-".to_owned())
    }

    /// The cells, each as `f` makes it.
    pub(super) fn map(self, f: impl Fn(String) -> String) -> Self {
        Self {
            timeout: f(self.timeout),
            retries: f(self.retries),
            rewrite: f(self.rewrite),
            headers: f(self.headers),
            cors: f(self.cors),
            fault: f(self.fault),
            mirrors: f(self.mirrors),
        }
    }
}

/// The cells of a route.
pub(super) fn extras(route: &Route, destinations: Destinations<'_>) -> Extras {
    let forward = match &route.action {
        Action::Route(action) => Some(&**action),
        _ => None,
    };
    let dash = |text: Option<String>| {
        text.filter(|text| !text.is_empty()).unwrap_or_else(|| "-".to_owned())
    };
    let timeout = |action: &RouteAction| match action.timeout.0 {
        0 => "none".to_owned(),
        _ => action.timeout.to_string(),
    };
    Extras {
        timeout: dash(forward.map(timeout)),
        retries: dash(forward.and_then(|action| action.retry_policy.as_deref()).map(retries)),
        rewrite: dash(forward.map(rewrite)),
        headers: dash(Some(headers(route, forward))),
        cors: dash(route.cors.as_deref().map(cors)),
        fault: dash(route.fault.as_ref().map(fault)),
        mirrors: dash(forward.map(|action| mirrors(action, destinations))),
    }
}

/// `2 on 5xx,reset within 0.500s after 0.025s`.
fn retries(policy: &RetryPolicy) -> String {
    let named = Some(policy.retry_on.clone()).filter(|names| !names.is_empty());
    let codes = policy.retriable_status_codes.iter().map(ToString::to_string);
    let conditions: Vec<String> = named.into_iter().map(Cow::into_owned).chain(codes).collect();
    let mut parts = vec![policy.num_retries.to_string()];
    if !conditions.is_empty() {
        parts.push(format!("on {}", conditions.join(",")));
    }
    parts.extend(policy.per_try_timeout.map(|limit| format!("within {limit}")));
    parts.extend(policy.base_interval.map(|wait| format!("after {wait}")));
    parts.join(" ")
}

/// `path: /v1  host: b.com`.
fn rewrite(action: &RouteAction) -> String {
    let mut parts = Vec::new();
    if let Some(prefix) = &action.prefix_rewrite {
        parts.push(format!("path: {prefix}"));
    }
    if let Some(regex) = &action.regex_rewrite {
        parts.push(format!("path: {} -> {}", regex.pattern, regex.substitution));
    }
    if let Some(host) = &action.host_rewrite_literal {
        parts.push(format!("host: {host}"));
    }
    parts.join("  ")
}

/// `request: a=1 +b=2 -c  response: -d`, then those of the destinations; `+` appends, the others overwrite or remove.
fn headers(route: &Route, forward: Option<&RouteAction>) -> String {
    let mut parts = operations(&route.headers, "");
    if let Some(RouteAction { clusters: Clusters::Weighted(clusters), .. }) = forward {
        for (at, cluster) in clusters.iter().enumerate() {
            let whose = format!("destination {} ", at + 1);
            parts.extend(operations(&cluster.headers, &whose));
            if let Some(host) = &cluster.host_rewrite_literal {
                parts.push(format!("{whose}host: {host}"));
            }
        }
    }
    parts.join("  ")
}

fn operations(headers: &HeaderMutations, whose: &str) -> Vec<String> {
    let direction = |name: &str, add: &[HeaderValueOption], remove: &[String]| {
        let added = add.iter().map(|option| {
            let sign = if option.overwrite { "" } else { "+" };
            format!("{sign}{}={}", option.key, option.value)
        });
        let all: Vec<_> = added.chain(remove.iter().map(|name| format!("-{name}"))).collect();
        (!all.is_empty()).then(|| format!("{whose}{name}: {}", all.join(" ")))
    };
    let request = direction("request", &headers.request_add, &headers.request_remove);
    let response = direction("response", &headers.response_add, &headers.response_remove);
    request.into_iter().chain(response).collect()
}

/// `origins https://a.com, https://b*  methods GET,PUT  credentials`.
fn cors(cors: &Cors) -> String {
    let origins: Vec<String> = cors
        .allow_origins
        .iter()
        .map(|matcher| match matcher {
            Some(StringMatcher::Exact(text)) => text.clone(),
            Some(StringMatcher::Prefix(text)) => format!("{text}*"),
            Some(StringMatcher::SafeRegex(regex)) => format!("~{regex}"),
            None => "\"\"".to_owned(),
        })
        .collect();
    let mut parts = vec![format!("origins {}", origins.join(", "))];
    let mut add = |name: &str, value: &str| {
        if !value.is_empty() {
            parts.push(format!("{name} {value}"));
        }
    };
    add("methods", &cors.allow_methods);
    add("headers", &cors.allow_headers);
    add("exposes", &cors.expose_headers);
    add("max-age", cors.max_age.as_deref().unwrap_or_default());
    if cors.allow_credentials == Some(true) {
        parts.push("credentials".to_owned());
    }
    if !cors.forward_not_matching_preflights {
        parts.push("answers other preflights".to_owned());
    }
    parts.join("  ")
}

/// `delay 5s 10%  abort 503 1%`.
fn fault(fault: &Fault) -> String {
    let mut parts = Vec::new();
    if let Some(delay) = &fault.delay {
        parts.push(format!("delay {} {}", delay.fixed_delay, percent(delay.percentage)));
    }
    if let Some(abort) = &fault.abort {
        let status = match abort.status {
            AbortStatus::Http(status) => status.to_string(),
            AbortStatus::Grpc(status) => format!("grpc {status}"),
        };
        parts.push(format!("abort {status} {}", percent(abort.percentage)));
    }
    parts.join("  ")
}

/// `10% shadow.shop:80`.
fn mirrors(action: &RouteAction, destinations: Destinations<'_>) -> String {
    let one = |mirror: &MirrorPolicy| {
        format!("{} {}", percent(Some(mirror.fraction)), destinations.of_cluster(&mirror.cluster))
    };
    action.mirrors.iter().map(one).collect::<Vec<_>>().join("  ")
}

/// A share; absent: none.
fn percent(fraction: Option<Fraction>) -> String {
    match fraction {
        None => "0%".to_owned(),
        Some(Fraction::Hundred(n)) => format!("{n}%"),
        Some(Fraction::Million(n)) => {
            let (whole, rest) = (n / 10_000, n % 10_000);
            let digits = format!("{rest:04}");
            match digits.trim_end_matches('0') {
                "" => format!("{whole}%"),
                digits => format!("{whole}.{digits}%"),
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::envoy::route::RegexRewrite;
    use crate::istio::duration::Duration;
    use crate::report::sample::{forward, single};

    #[test]
    fn retries_name_conditions_and_times() {
        let policy = RetryPolicy {
            num_retries: 3,
            retry_on: "5xx".into(),
            retriable_status_codes: vec![429, 503],
            per_try_timeout: Some(Duration(500_000_000)),
            previous_hosts: true,
            previous_priorities: false,
            base_interval: Some(Duration(25_000_000)),
        };
        assert_eq!(retries(&policy), "3 on 5xx,429,503 within 0.500s after 0.025s");
        let bare = RetryPolicy {
            retry_on: "".into(),
            retriable_status_codes: Vec::new(),
            per_try_timeout: None,
            base_interval: None,
            ..policy
        };
        assert_eq!(retries(&bare), "3");
    }

    #[test]
    fn rewrites_and_header_operations_are_written_in_a_few_words() {
        let mut action = forward(single("outbound|80||a"));
        assert_eq!(rewrite(&action), "");
        action.regex_rewrite = Some(Box::new(RegexRewrite {
            pattern: "^/a(.*)".into(),
            substitution: "/b\\1".into(),
        }));
        action.host_rewrite_literal = Some("b.com".into());
        assert_eq!(rewrite(&action), "path: ^/a(.*) -> /b\\1  host: b.com");
        let option = |key: &str, overwrite| HeaderValueOption {
            key: key.into(),
            value: "1".into(),
            overwrite,
        };
        let mut headers = HeaderMutations::default();
        headers.lists().request_add = vec![option("a", true), option("b", false)];
        headers.lists().response_remove = vec!["c".into()];
        assert_eq!(operations(&headers, "").join("  "), "request: a=1 +b=1  response: -c");
    }

    #[test]
    fn shares_keep_their_digits() {
        let table = [
            (None, "0%"),
            (Some(Fraction::Hundred(100)), "100%"),
            (Some(Fraction::Million(5_000)), "0.5%"),
            (Some(Fraction::Million(1)), "0.0001%"),
            (Some(Fraction::Million(250_000)), "25%"),
        ];
        for (fraction, expected) in table {
            assert_eq!(percent(fraction), expected);
        }
    }
}
