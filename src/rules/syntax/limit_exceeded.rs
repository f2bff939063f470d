//! GW033: more, longer or greater than the schema allows.

use crate::rules::prelude::*;

rule! {
    /// ## What it reports
    /// Lists with too many or too few entries, texts that are too long, numbers out of the range of the schema.
    ///
    /// ## Why it matters
    /// The API server rejects the object, while most of these limits are unknown to `istioctl validate` and to Istio's
    /// webhook.
    ///
    /// ## Example
    /// ```yaml
    /// apiVersion: networking.istio.io/v1
    /// kind: DestinationRule
    /// metadata: {name: web, namespace: shop}
    /// spec:
    ///   host: web.shop.svc.cluster.local
    ///   trafficPolicy:
    ///     retryBudget: {percent: 120}
    /// ```
    ///
    /// ## Instead
    /// ```yaml
    /// apiVersion: networking.istio.io/v1
    /// kind: DestinationRule
    /// metadata: {name: web, namespace: shop}
    /// spec:
    ///   host: web.shop.svc.cluster.local
    ///   trafficPolicy:
    ///     retryBudget: {percent: 20}
    /// ```
    LIMIT_EXCEEDED = "GW033" "limit-exceeded", Error; verdicts "limit"
}
