//! GW814: an entry of the baseline that stands for more than is found.

use crate::finding::{Finding, Subject};
use crate::rules::prelude::*;
use crate::text::Span;

rule! {
    /// ## What it reports
    /// An entry of the baseline (`--baseline`) of which less is found than it counts, in a run over everything that the
    /// baseline is about. Only a run that fails on warnings (`--fail-on warning`) reports it; others note that the baseline
    /// is stale. An entry is not stale where its rule was not checked, where its file was not read, or where its object, or one
    /// that it names, would be refused; and none is as long as an object would be refused that the baseline does not know.
    ///
    /// ## Why it matters
    /// It hides the next finding of this rule there.
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
    /// with the baseline
    /// ```json
    /// {"schema": "gwctl/baseline/v1", "entries": [
    /// {"rule": "GW304", "file": "example.yaml", "object": "VirtualService shop/shop", "path": "spec.hosts[shop.example.com]", "count": 1}
    /// ]}
    /// ```
    ///
    /// ## Instead
    /// Write the baseline again, by `gwctl lint --write-baseline`.
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
    /// with the baseline
    /// ```json
    /// {"schema": "gwctl/baseline/v1", "entries": [
    /// ]}
    /// ```
    STALE_BASELINE = "GW814" "stale-baseline", Warning; without check
}

/// What an entry of a baseline counts, and what was found of it.
#[derive(Clone, Copy, Debug)]
pub struct Stale<'b> {
    /// The code of the rule.
    pub rule: &'b str,
    /// The file.
    pub file: &'b str,
    /// How many findings the entry counts.
    pub count: u32,
    /// How many there are.
    pub found: u32,
}

/// The finding for an entry of a baseline of which less is found.
pub fn stale_baseline(subject: Subject, span: Span, stale: Stale<'_>) -> Finding {
    let Stale { rule, file, count, found } = stale;
    let found = match found {
        0 => "none is found".to_owned(),
        1 => "1 is found".to_owned(),
        more => format!("{more} are found"),
    };
    let message = format!("the baseline allows {count} of {rule} here in `{file}`, and {found}");
    Finding::new(&STALE_BASELINE, subject, span, message).help("run `gwctl lint --write-baseline`")
}
