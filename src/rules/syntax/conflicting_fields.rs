//! GW032: fields of which one may be set.

use crate::rules::prelude::*;

rule! {
    /// ## What it reports
    /// Two fields that the schema allows one of, such as `exact` and `prefix` of one match, or `simple` and `consistentHash` of
    /// one load balancer.
    ///
    /// ## Why it matters
    /// The API server rejects the object. Istio's own checks do not: istiod reads the field that its format declares last and
    /// ignores the other, whichever stands first in the file.
    ///
    /// ## Example
    /// ```yaml
    /// apiVersion: networking.istio.io/v1
    /// kind: DestinationRule
    /// metadata: {name: web, namespace: shop}
    /// spec:
    ///   host: web.shop.svc.cluster.local
    ///   trafficPolicy:
    ///     loadBalancer:
    ///       simple: LEAST_REQUEST
    ///       consistentHash: {httpHeaderName: x-user}
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
    ///     loadBalancer:
    ///       consistentHash: {httpHeaderName: x-user}
    /// ```
    CONFLICTING_FIELDS = "GW032" "conflicting-fields", Error; verdicts "one-of"
}
