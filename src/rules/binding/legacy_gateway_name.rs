//! GW303: a Gateway named with dots.

use crate::rules::prelude::*;

rule! {
    /// ## What it reports
    /// A Gateway that is named with dots, as `public.infra.svc.cluster.local`.
    ///
    /// ## Why it matters
    /// Istio reads the name and the namespace from it and warns. Entries behind it are not checked.
    ///
    /// ## Example
    /// ```yaml
    /// apiVersion: networking.istio.io/v1
    /// kind: VirtualService
    /// metadata: {name: shop, namespace: shop}
    /// spec:
    ///   hosts: [shop.example.com]
    ///   gateways: [public.infra]
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
    ///   hosts: [shop.example.com]
    ///   gateways: [infra/public]
    ///   http:
    ///   - route: [{destination: {host: web}}]
    /// ```
    LEGACY_GATEWAY_NAME = "GW303" "legacy-gateway-name", Warning, also "IST0133", "KIA1108"; verdicts "V-10"
}
