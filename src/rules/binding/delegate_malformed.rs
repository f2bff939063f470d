//! GW317: a delegate that Istio refuses.

use crate::rules::prelude::*;

rule! {
    /// ## What it reports
    /// A VirtualService without `hosts`, which is a delegate, that has `gateways`, `tls` or `tcp`, or delegates any
    /// further.
    ///
    /// ## Why it matters
    /// Istio refuses the object, and rules that delegate to it are left out.
    ///
    /// ## Example
    /// ```yaml
    /// apiVersion: networking.istio.io/v1
    /// kind: VirtualService
    /// metadata: {name: shop, namespace: shop}
    /// spec:
    ///   gateways: [infra/public]
    ///   http:
    ///   - route: [{destination: {host: web}}]
    /// ```
    ///
    /// ## Instead
    /// ```yaml
    /// apiVersion: networking.istio.io/v1
    /// kind: VirtualService
    /// metadata: {name: shop, namespace: shop}
    /// spec:
    ///   http:
    ///   - route: [{destination: {host: web}}]
    /// ```
    DELEGATE_MALFORMED = "GW317" "delegate-malformed", Error, also "IST0106"; verdicts "V-1", "V-2", "V-3", "H-3"
}
