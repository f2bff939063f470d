//! `outlierDetection`.

use crate::istio::decode::{duration, message, range};
use crate::istio::duration::Duration;
use crate::text::Spanned;

message! {
    /// `outlierDetection`.
    OutlierDetection {
        /// Deprecated.
        consecutive_errors: Option<Spanned<i32>> = "consecutiveErrors",
        /// Whether errors of connecting are counted apart.
        split_external_local_origin_errors: Option<Spanned<bool>> = "splitExternalLocalOriginErrors",
        /// Errors of connecting until ejection.
        consecutive_local_origin_failures: Option<Spanned<u32>> = "consecutiveLocalOriginFailures",
        /// Gateway errors until ejection.
        consecutive_gateway_errors: Option<Spanned<u32>> = "consecutiveGatewayErrors",
        /// Server errors until ejection.
        consecutive_5xx_errors: Option<Spanned<u32>> = "consecutive5xxErrors",
        /// Time between sweeps.
        interval: Option<Spanned<Duration>> = "interval" in duration(),
        /// Shortest ejection.
        base_ejection_time: Option<Spanned<Duration>> = "baseEjectionTime" in duration(),
        /// Most endpoints that are ejected.
        max_ejection_percent: Option<Spanned<i32>> = "maxEjectionPercent",
        /// Fewest healthy endpoints with which ejection is done.
        min_health_percent: Option<Spanned<i32>> = "minHealthPercent",
        /// Statuses that count as errors.
        outlier_detection_http_error_codes: Vec<Spanned<u32>> = "outlierDetectionHttpErrorCodes" in range(100, 599),
    }
}
