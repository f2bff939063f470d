//! GW812: a suppression whose day is over.

use crate::finding::{Finding, Subject};
use crate::rules::prelude::*;
use crate::suppression::Date;
use crate::text::Span;

rule! {
    /// ## What it reports
    /// A suppression that held `until` a day that is over (in UTC). It suppresses nothing any more, so what it suppressed is
    /// reported again.
    ///
    /// ## Why it matters
    /// It was meant to be looked at again by then.
    ///
    /// ## Example
    /// ```yaml
    /// apiVersion: networking.istio.io/v1
    /// kind: VirtualService
    /// metadata:
    ///   name: shop
    ///   namespace: shop
    /// spec:
    ///   hosts:
    ///   - shop.example.com  # gwctl: ignore[host-not-in-any-gateway] until 2020-12-31 moves to another gateway
    ///   gateways: [infra/public]
    ///   http:
    ///   - route: [{destination: {host: web}}]
    /// ---
    /// apiVersion: networking.istio.io/v1
    /// kind: Gateway
    /// metadata:
    ///   name: public
    ///   namespace: infra
    /// spec:
    ///   selector:
    ///     istio: ingressgateway
    ///   servers:
    ///   - port: {number: 80, name: http, protocol: HTTP}
    ///     hosts: ["*.example.com"]
    /// ```
    ///
    /// ## Instead
    /// Remove it, or give it another day.
    /// ```yaml
    /// apiVersion: networking.istio.io/v1
    /// kind: VirtualService
    /// metadata:
    ///   name: shop
    ///   namespace: shop
    /// spec:
    ///   hosts:
    ///   - shop.example.com
    ///   gateways: [infra/public]
    ///   http:
    ///   - route: [{destination: {host: web}}]
    /// ---
    /// apiVersion: networking.istio.io/v1
    /// kind: Gateway
    /// metadata:
    ///   name: public
    ///   namespace: infra
    /// spec:
    ///   selector:
    ///     istio: ingressgateway
    ///   servers:
    ///   - port: {number: 80, name: http, protocol: HTTP}
    ///     hosts: ["*.example.com"]
    /// ```
    EXPIRED_SUPPRESSION = "GW812" "expired-suppression", Warning; without check
}

/// The finding for a suppression whose last day is over.
pub fn lapsed_suppression(subject: Subject, span: Span, until: Date) -> Finding {
    let message = format!("the suppression has lapsed: it held until {until}");
    Finding::new(&EXPIRED_SUPPRESSION, subject, span, message)
        .help("remove it, or give it another day")
}
