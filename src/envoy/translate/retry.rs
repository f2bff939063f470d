//! Retries (spec 2, R-7.14; mirrors istio 1.32 `pilot/pkg/networking/core/route/retry/retry.go: ConvertPolicy`).

use std::borrow::Cow;
use std::sync::{Arc, LazyLock};

use crate::envoy::route::RetryPolicy;
use crate::istio::duration::Duration;
use crate::istio::mesh_config;
use crate::istio::virtual_service::Retry;

/// When a route without anything else retries.
const DEFAULT_RETRY_ON: &str =
    "connect-failure,refused-stream,unavailable,cancelled,retriable-status-codes";
const STATUS_CODES: &str = "retriable-status-codes";

/// What a rule or the mesh says of retries.
struct Wanted<'w> {
    attempts: i32,
    per_try_timeout: Option<Duration>,
    retry_on: &'w str,
    remote_localities: Option<bool>,
    ignore_previous_hosts: Option<bool>,
    backoff: Option<Duration>,
}

impl<'w> From<&'w Retry> for Wanted<'w> {
    fn from(retry: &'w Retry) -> Self {
        Self {
            attempts: retry.attempts.map_or(0, |attempts| attempts.value),
            per_try_timeout: retry.per_try_timeout.map(|timeout| timeout.value),
            retry_on: super::rare_text(&retry.retry_on),
            remote_localities: retry.retry_remote_localities.map(|flag| flag.value),
            ignore_previous_hosts: retry.retry_ignore_previous_hosts.map(|flag| flag.value),
            backoff: retry.backoff.map(|wait| wait.value),
        }
    }
}

impl<'w> From<&'w mesh_config::RetryPolicy> for Wanted<'w> {
    fn from(retry: &'w mesh_config::RetryPolicy) -> Self {
        Self {
            attempts: retry.attempts,
            per_try_timeout: retry.per_try_timeout.map(|timeout| timeout.0),
            retry_on: &retry.retry_on,
            remote_localities: retry.retry_remote_localities,
            ignore_previous_hosts: retry.retry_ignore_previous_hosts,
            backoff: retry.backoff.map(|wait| wait.0),
        }
    }
}

/// Istio's own policy.
fn default(is_hashed: bool) -> RetryPolicy {
    RetryPolicy {
        num_retries: 2,
        retry_on: Cow::Borrowed(DEFAULT_RETRY_ON),
        retriable_status_codes: Vec::new(),
        per_try_timeout: None,
        previous_hosts: !is_hashed,
        previous_priorities: false,
        base_interval: None,
    }
}

/// The policy of the rule, else of the mesh, else Istio's own; none where that is to try once. `is_hashed`: the only
/// destination has a hash, so another host is no use.
pub(super) fn policy(
    rule: Option<&Retry>,
    mesh: Option<&mesh_config::RetryPolicy>,
    is_hashed: bool,
) -> Option<Arc<RetryPolicy>> {
    let wanted = rule.map(Wanted::from).or_else(|| mesh.map(Wanted::from));
    if wanted.is_none() && !is_hashed {
        // Most routes have just this one.
        static DEFAULT: LazyLock<Arc<RetryPolicy>> = LazyLock::new(|| Arc::new(default(false)));
        return Some(Arc::clone(&DEFAULT));
    }
    let mut out = default(is_hashed);
    let Some(wanted) = wanted else { return Some(Arc::new(out)) };
    out.num_retries = u32::try_from(wanted.attempts).ok().filter(|&attempts| attempts > 0)?;
    if !wanted.retry_on.is_empty() {
        let (mut retry_on, codes) = parse(wanted.retry_on);
        if !codes.is_empty() && !retry_on.contains(STATUS_CODES) {
            retry_on.push(',');
            retry_on.push_str(STATUS_CODES);
        }
        (out.retry_on, out.retriable_status_codes) = (retry_on.into(), codes);
    }
    out.per_try_timeout = wanted.per_try_timeout;
    out.previous_hosts = wanted.ignore_previous_hosts.unwrap_or(out.previous_hosts);
    out.previous_priorities = wanted.remote_localities == Some(true);
    out.base_interval = wanted.backoff;
    Some(Arc::new(out))
}

/// Tells status codes from the other items (mirrors `parseRetryOn`).
fn parse(retry_on: &str) -> (String, Vec<u32>) {
    let (mut codes, mut others) = (Vec::new(), Vec::new());
    for item in retry_on.split(',').map(str::trim).filter(|item| !item.is_empty()) {
        match item.parse() {
            Ok(code) if has_status_text(code) => codes.push(code),
            _ => others.push(item),
        }
    }
    (others.join(","), codes)
}

/// Whether Go 1.26 `http.StatusText` knows a code.
fn has_status_text(code: u32) -> bool {
    matches!(code, 100..=103 | 200..=208 | 226 | 300..=305 | 307 | 308 | 400..=418 | 421..=426)
        || matches!(code, 428 | 429 | 431 | 451 | 500..=508 | 510 | 511)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::{SourceId, Span, Spanned};

    fn retries(attempts: i32, retry_on: &str) -> Retry {
        let span = Span::new(SourceId::new(0), 0, 0);
        Retry {
            attempts: Some(Spanned::new(attempts, span)),
            retry_on: Some(Box::new(Spanned::new(retry_on.into(), span))),
            ..Retry::empty(span)
        }
    }

    #[test]
    fn codes_are_told_from_conditions() {
        let table: [(&str, &str, &[u32]); 8] = [
            ("", DEFAULT_RETRY_ON, &[]),
            ("5xx", "5xx", &[]),
            ("503", ",retriable-status-codes", &[503]),
            ("gateway-error,503,429", "gateway-error,retriable-status-codes", &[503, 429]),
            ("retriable-status-codes,503", "retriable-status-codes", &[503]),
            ("503,503", ",retriable-status-codes", &[503, 503]),
            (" reset , ,+404", "reset,retriable-status-codes", &[404]),
            ("599,306,-1", "599,306,-1", &[]),
        ];
        for (text, retry_on, codes) in table {
            let policy = policy(Some(&retries(3, text)), None, false).unwrap();
            assert_eq!(policy.retry_on, retry_on, "{text:?}");
            assert_eq!(policy.retriable_status_codes, codes, "{text:?}");
            assert_eq!(policy.num_retries, 3);
        }
    }

    #[test]
    fn no_attempts_are_no_policy() {
        let mesh = mesh_config::RetryPolicy { attempts: 4, ..Default::default() };
        assert_eq!(policy(Some(&retries(0, "")), Some(&mesh), false), None);
        assert_eq!(policy(Some(&retries(-1, "")), None, false), None);
        assert_eq!(policy(None, Some(&mesh), false).unwrap().num_retries, 4);
        assert_eq!(policy(None, Some(&mesh_config::RetryPolicy::default()), false), None);
        assert_eq!(policy(None, None, false).unwrap().num_retries, 2);
    }

    #[test]
    fn a_hash_keeps_the_host() {
        assert!(policy(None, None, false).unwrap().previous_hosts);
        assert!(!policy(None, None, true).unwrap().previous_hosts);
        let mut rule = retries(1, "");
        rule.retry_ignore_previous_hosts = Some(Spanned::new(true, rule.span));
        assert!(policy(Some(&rule), None, true).unwrap().previous_hosts);
    }
}
