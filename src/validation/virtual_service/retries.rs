//! Retries (H-69 to H-73).

use crate::finding::Edit;
use crate::istio::objection::{Objections, text};
use crate::istio::virtual_service::Retry;
use crate::text::{Spanned, Str, distance};
use crate::validation::shared::{duration_if, part_of};

const POLICIES: &[&str] = &[
    "5xx",
    "gateway-error",
    "reset",
    "reset-before-request",
    "connect-failure",
    "retriable-4xx",
    "refused-stream",
    "retriable-status-codes",
    "retriable-headers",
    "envoy-ratelimited",
    "http3-post-connect-failure",
    "cancelled",
    "deadline-exceeded",
    "internal",
    "resource-exhausted",
    "unavailable",
];

/// Mirrors istio 1.32 `pkg/config/validation/agent: ValidateHTTPRetry`.
pub(super) fn check(retries: &Retry, out: &mut Objections) {
    let attempts = retries.attempts.map_or(0, |attempts| attempts.value);
    if let Some(written) = retries.attempts.filter(|_| attempts < 0) {
        out.reject("H-69", written.span, format!("{attempts} attempts: the least is 0"));
    }
    let is_configured = retries.per_try_timeout.is_some()
        || !text(&retries.retry_on).is_empty()
        || retries.retry_remote_localities.is_some();
    if attempts == 0 && is_configured {
        let message = "retries are configured, and disabled by `attempts` being 0 or absent";
        out.lacks("H-70", retries.span, message).field("attempts").help("add `attempts: 2`");
    }
    duration_if(retries.per_try_timeout, out);
    if let Some(list) = retries.retry_on.as_ref().filter(|list| !list.value.is_empty()) {
        check_policies(list, out);
    }
    duration_if(retries.backoff, out);
}

/// H-72: a list without blanks.
fn check_policies(list: &Spanned<Str>, out: &mut Objections) {
    let mut at = 0;
    for policy in list.value.split(',') {
        let range = at..at + policy.len();
        at = range.end + 1;
        if is_policy(policy) {
            continue;
        }
        let span = part_of(list, range);
        let trimmed = policy.trim();
        if is_policy(trimmed) {
            let message = format!("`{policy}` is not a retry policy, because of the blank in it");
            let objection = out.reject("H-72", span, message);
            objection.help("remove the blanks");
            if span != list.span {
                objection.fix = Some(Edit { span, text: trimmed.to_owned() });
            }
            continue;
        }
        let objection = out.reject("H-72", span, format!("`{policy}` is not a retry policy"));
        let lower = trimmed.to_lowercase();
        let edits = |known: &'static str| Some((distance(&lower, known, 3)?, known));
        match POLICIES.iter().copied().filter_map(edits).min() {
            Some((_, near)) if !trimmed.is_empty() => objection.help(format!("write `{near}`")),
            _ => objection.help("write names such as `5xx` or codes such as `503`, with commas"),
        };
    }
}

fn is_policy(policy: &str) -> bool {
    POLICIES.contains(&policy) || policy.parse::<i64>().is_ok_and(has_status_text)
}

/// Whether Go knows a text for a status (mirrors Go 1.26 `net/http: StatusText`).
fn has_status_text(code: i64) -> bool {
    matches!(code,
        100..=103 | 200..=208 | 226 | 300..=305 | 307 | 308 | 400..=418 | 421..=426 | 428 | 429 | 431
        | 451 | 500..=508 | 510 | 511)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::{SourceId, Span};

    #[test]
    fn policies_are_names_and_codes_between_bare_commas() {
        let table: &[(&str, &[&str])] = &[
            ("5xx,reset,503,+429", &[]),
            ("5xx, reset", &[" reset"]),
            ("5xx,", &[""]),
            ("5XX,506,509", &["5XX", "509"]),
            ("connect_failure", &["connect_failure"]),
        ];
        for (value, expected) in table {
            let length = u32::try_from(value.len()).unwrap_or_default();
            let list = Spanned::new((*value).into(), Span::new(SourceId::new(0), 0, length));
            let mut out = Objections::default();
            check_policies(&list, &mut out);
            let got: Vec<_> = out
                .into_vec()
                .iter()
                .map(|o| o.message.split('`').nth(1).unwrap_or_default().to_owned())
                .collect();
            assert_eq!(got, *expected, "{value}");
        }
    }
}
