//! GW004: a field that must be there and is not.

use crate::rules::prelude::*;

rule! {
    /// ## What it reports
    /// A field that the schema or Istio's validator requires and that is absent or empty: a Gateway without servers, a port
    /// without number, a route without destination, a rule without action, a DestinationRule without host.
    ///
    /// ## Why it matters
    /// The API server or Istio's webhook rejects the object. Where neither is asked, istiod drops what it cannot use.
    ///
    /// ## Example
    /// ```yaml
    /// apiVersion: networking.istio.io/v1
    /// kind: ServiceEntry
    /// metadata: {name: payments, namespace: shop}
    /// spec:
    ///   hosts: [payments.example.com]
    ///   location: MESH_EXTERNAL
    ///   resolution: DNS
    ///   ports:
    ///   - {number: 443, protocol: TLS}
    /// ```
    ///
    /// ## Instead
    /// ```yaml
    /// apiVersion: networking.istio.io/v1
    /// kind: ServiceEntry
    /// metadata: {name: payments, namespace: shop}
    /// spec:
    ///   hosts: [payments.example.com]
    ///   location: MESH_EXTERNAL
    ///   resolution: DNS
    ///   ports:
    ///   - {number: 443, name: tls, protocol: TLS}
    /// ```
    REQUIRED_FIELD = "GW004" "required-field", Error, also "IST0106"; verdicts "required", "G-2", "G-6", "G-14", "G-18", "V-4", "H-11", "H-56", "H-75", "H-76", "H-79", "T-1", "T-3", "T-11", "P-6"
}
