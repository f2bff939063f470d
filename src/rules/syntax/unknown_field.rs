//! GW002: a field that its message does not have.

use crate::rules::prelude::*;

rule! {
    /// ## What it reports
    /// A key of an Istio object that names no field: misspelled, in the wrong case, in the wrong place, or of a field that no
    /// longer exists. `exact`, `prefix` and `regex` beside an empty `uri` are told as what they are: one level too far out.
    ///
    /// ## Why it matters
    /// `kubectl apply` refuses the object, as it validates strictly; other clients drop the field without a word, and so does
    /// istiod. What it was to do is not done. A match whose `prefix` is dropped catches every request.
    ///
    /// ## Example
    /// ```yaml
    /// apiVersion: networking.istio.io/v1
    /// kind: VirtualService
    /// metadata: {name: shop, namespace: shop}
    /// spec:
    ///   hosts: [shop.example.com]
    ///   http:
    ///   - match:
    ///     - uri:
    ///       prefix: /cart
    ///     route:
    ///     - destination: {host: cart}
    /// ```
    ///
    /// ## Instead
    /// ```yaml
    /// apiVersion: networking.istio.io/v1
    /// kind: VirtualService
    /// metadata: {name: shop, namespace: shop}
    /// spec:
    ///   hosts: [shop.example.com]
    ///   http:
    ///   - match:
    ///     - uri:
    ///         prefix: /cart
    ///     route:
    ///     - destination: {host: cart}
    /// ```
    UNKNOWN_FIELD = "GW002" "unknown-field", Error, also "~IST0106"; verdicts "unknown-field"
}
