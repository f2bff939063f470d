//! GW003: a value of a type that its field does not take.

use crate::rules::prelude::*;

rule! {
    /// ## What it reports
    /// A text where a list is expected, an unknown word of an enumeration (also one in the wrong case), a duration
    /// without unit, and their like; also numbers in quotes and numbers for words of an enumeration, which istiod reads and
    /// the API server refuses.
    ///
    /// ## Why it matters
    /// The API server rejects such an object, so `kubectl apply` fails, and most of them istiod cannot read either.
    ///
    /// ## Example
    /// ```yaml
    /// apiVersion: networking.istio.io/v1
    /// kind: Gateway
    /// metadata:
    ///   name: public
    ///   namespace: infra
    /// spec:
    ///   selector: {istio: ingressgateway}
    ///   servers:
    ///   - port: {number: 443, name: https, protocol: HTTPS}
    ///     hosts: ["*.example.com"]
    ///     tls: {mode: simple, credentialName: example-com}
    /// ```
    ///
    /// ## Instead
    /// ```yaml
    /// apiVersion: networking.istio.io/v1
    /// kind: Gateway
    /// metadata:
    ///   name: public
    ///   namespace: infra
    /// spec:
    ///   selector: {istio: ingressgateway}
    ///   servers:
    ///   - port: {number: 443, name: https, protocol: HTTPS}
    ///     hosts: ["*.example.com"]
    ///     tls: {mode: SIMPLE, credentialName: example-com}
    /// ```
    WRONG_TYPE_OR_ENUM = "GW003" "wrong-type-or-enum", Error, also "IST0106"; verdicts "type", "schema-type"
}
