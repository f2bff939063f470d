//! GW012: ports, protocols and addresses to bind that Istio refuses.

use crate::rules::prelude::*;

rule! {
    /// ## What it reports
    /// Port numbers that are not from 1 to 65535, protocols that Istio does not know, `targetPort` at a Gateway,
    /// `bind` that is neither an IP address nor a Unix socket, and a Unix socket with a port number.
    ///
    /// ## Why it matters
    /// Istio refuses the object. The port on which the Pods of a gateway listen is that of the Service in front of
    /// them; a Gateway names the port of the Service.
    ///
    /// ## Example
    /// ```yaml
    /// apiVersion: networking.istio.io/v1
    /// kind: Gateway
    /// metadata: {name: public, namespace: infra}
    /// spec:
    ///   selector: {istio: ingressgateway}
    ///   servers:
    ///   - port: {number: 80, name: http, protocol: HTTP, targetPort: 8080}
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
    INVALID_PORT = "GW012" "invalid-port", Error, also "IST0106"; verdicts "G-15", "G-16", "G-17", "G-19", "G-20", "G-21", "H-22", "H-54", "T-8", "P-3"
}
