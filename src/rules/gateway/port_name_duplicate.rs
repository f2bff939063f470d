//! GW108: two servers of a Gateway with one port name.

use crate::rules::prelude::*;

rule! {
    /// ## What it reports
    /// Two servers of one Gateway whose `port.name` is the same, also where their numbers differ.
    ///
    /// ## Why it matters
    /// Istio refuses the Gateway. Names of ports are parts of the names of routes, so two servers must not share one.
    ///
    /// ## Example
    /// ```yaml
    /// apiVersion: networking.istio.io/v1
    /// kind: Gateway
    /// metadata: {name: public, namespace: infra}
    /// spec:
    ///   selector: {istio: ingressgateway}
    ///   servers:
    ///   - port: {number: 80, name: http, protocol: HTTP}
    ///     hosts: [shop.example.com]
    ///   - port: {number: 8080, name: http, protocol: HTTP}
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
    ///   - port: {number: 8080, name: http-8080, protocol: HTTP}
    ///     hosts: [shop.example.com]
    /// ```
    PORT_NAME_DUPLICATE = "GW108" "port-name-duplicate", Error, also "IST0106"; verdicts "G-4"
}
