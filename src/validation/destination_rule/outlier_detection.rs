//! `outlierDetection`.

use super::Place;
use crate::istio::destination_rule::OutlierDetection;
use crate::istio::objection::Objections;
use crate::text::Spanned;
use crate::validation::shared::duration_if;

/// D-17 to D-22: mirrors istio 1.32 `pkg/config/validation: validateOutlierDetection`.
pub(super) fn check(detection: &OutlierDetection, place: Place<'_>, out: &mut Objections) {
    duration_if(detection.base_ejection_time, out);
    if let Some(errors) = detection.consecutive_errors.filter(|errors| errors.value != 0) {
        place
            .warn("D-18", errors.span, "`consecutiveErrors` is deprecated", out)
            .help("use `consecutive5xxErrors` or `consecutiveGatewayErrors`");
    }
    let is_split = detection.split_external_local_origin_errors.is_some_and(|split| split.value);
    let failures = detection.consecutive_local_origin_failures.filter(|count| count.value > 0);
    if let Some(failures) = failures.filter(|_| !is_split && !place.is_unknown(detection.span)) {
        let message =
            "`consecutiveLocalOriginFailures` needs `splitExternalLocalOriginErrors: true`";
        out.reject("D-19", failures.span, message)
            .help("add `splitExternalLocalOriginErrors: true`");
    }
    duration_if(detection.interval, out);
    percent("D-21", detection.max_ejection_percent, out);
    percent("D-22", detection.min_health_percent, out);
}

/// C-13: mirrors `ValidatePercent`.
fn percent(check: &'static str, field: Option<Spanned<i32>>, out: &mut Objections) {
    if let Some(percent) = field.filter(|percent| !(0..=100).contains(&percent.value)) {
        out.reject(check, percent.span, format!("`{percent}` is not a percentage from 0 to 100"));
    }
}
