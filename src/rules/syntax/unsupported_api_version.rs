//! GW008: an object of a kind or version that there is not.

use crate::rules::prelude::*;

rule! {
    /// ## What it reports
    /// An object of `networking.istio.io` in a version that no Istio serves or of a kind that does not exist, and
    /// objects of the groups `rbac.istio.io`, `authentication.istio.io` and `config.istio.io`, which are gone.
    ///
    /// ## Why it matters
    /// The API server knows no such kind: `kubectl apply` fails. Objects of the removed groups that older tools still
    /// write protect nothing.
    ///
    /// ## Example
    /// ```yaml
    /// apiVersion: networking.istio.io/v1alpha2
    /// kind: Gateway
    /// metadata: {name: public, namespace: infra}
    /// spec:
    ///   selector: {istio: ingressgateway}
    ///   servers:
    ///   - port: {number: 80, name: http, protocol: HTTP}
    ///     hosts: [shop.example.com]
    /// ```
    ///
    /// ## Instead
    /// ```yaml
    /// apiVersion: networking.istio.io/v1
    /// kind: Gateway
    /// metadata: {name: public, namespace: infra}
    /// spec:
    ///   selector: {istio: ingressgateway}
    ///   servers:
    ///   - port: {number: 80, name: http, protocol: HTTP}
    ///     hosts: [shop.example.com]
    /// ```
    UNSUPPORTED_API_VERSION = "GW008" "unsupported-api-version", Error, also "~IST0002"; verdicts "api-version"
}
