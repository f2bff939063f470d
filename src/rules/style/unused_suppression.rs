//! GW807: a suppression that suppresses nothing.

use crate::finding::{Finding, Subject};
use crate::rules::prelude::*;
use crate::text::Span;

rule! {
    /// ## What it reports
    /// A rule in a suppression (`# gwctl: ignore[...]`, `# gwctl: ignore-file[...]`, `gwctl.dev/ignore`) of which nothing is
    /// found where it holds. Rules that are not checked in this run are not meant, nor are annotations of other tools.
    ///
    /// ## Why it matters
    /// It hides the next finding of this rule there, which may be another one.
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
    ///   - shop.example.com  # gwctl: ignore[GW304] served elsewhere
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
    /// Remove what is not needed any more.
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
    UNUSED_SUPPRESSION = "GW807" "unused-suppression", Warning; without check
}

/// The finding for words of a suppression by which nothing is suppressed; `is_all`: it has no others.
pub fn unused_suppression(subject: Subject, span: Span, words: &[&str], is_all: bool) -> Finding {
    let list: Vec<String> = words.iter().map(|word| format!("`{word}`")).collect();
    let message = format!("nothing of {} is found here to suppress", list.join(", "));
    let help = if is_all { "remove the suppression" } else { "remove what is not needed" };
    Finding::new(&UNUSED_SUPPRESSION, subject, span, message).help(help)
}
