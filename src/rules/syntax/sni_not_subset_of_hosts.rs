//! GW030: a server name outside of the hosts.

use crate::rules::prelude::*;

rule! {
    /// ## What it reports
    /// A server name in `sniHosts` that no host of the VirtualService covers, or that is an address.
    ///
    /// ## Why it matters
    /// Istio refuses the object; of an address it warns, since clients never ask for one.
    ///
    /// ## Example
    /// ```yaml
    /// apiVersion: networking.istio.io/v1
    /// kind: VirtualService
    /// metadata: {name: shop, namespace: shop}
    /// spec:
    ///   hosts: [shop.example.com]
    ///   gateways: [infra/public]
    ///   tls:
    ///   - match: [{sniHosts: [pay.example.com]}]
    ///     route: [{destination: {host: web}}]
    /// ```
    ///
    /// ## Instead
    /// ```yaml
    /// apiVersion: networking.istio.io/v1
    /// kind: VirtualService
    /// metadata: {name: shop, namespace: shop}
    /// spec:
    ///   hosts: [pay.example.com]
    ///   gateways: [infra/public]
    ///   tls:
    ///   - match: [{sniHosts: [pay.example.com]}]
    ///     route: [{destination: {host: web}}]
    /// ```
    SNI_NOT_SUBSET_OF_HOSTS = "GW030" "sni-not-subset-of-hosts", Error, also "IST0106", "IST0133"; verdicts "T-5", "T-6"
}
