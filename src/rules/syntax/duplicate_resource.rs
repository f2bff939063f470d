//! GW007: an object that is defined twice.

use crate::finding::{Finding, Severity};
use crate::mesh::Duplicate;
use crate::rules::prelude::*;

rule! {
    /// ## What it reports
    /// The same kind, namespace and name in two documents. Documents with the same text are reported as info.
    ///
    /// ## Why it matters
    /// The last one that is applied replaces the other one, and which one that is depends on the order of the files.
    /// Routes that stand in the other one are lost.
    ///
    /// ## Example
    /// ```yaml
    /// apiVersion: networking.istio.io/v1
    /// kind: Gateway
    /// metadata:
    ///   name: public
    ///   namespace: infra
    /// spec:
    ///   selector: {istio: ingressgateway}
    ///   servers:
    ///   - port: {number: 80, name: http, protocol: HTTP}
    ///     hosts: ["*.example.com"]
    /// ---
    /// apiVersion: networking.istio.io/v1
    /// kind: Gateway
    /// metadata:
    ///   name: public
    ///   namespace: infra
    /// spec:
    ///   selector: {istio: ingressgateway}
    ///   servers:
    ///   - port: {number: 80, name: http, protocol: HTTP}
    ///     hosts: ["*.example.org"]
    /// ```
    ///
    /// ## Instead
    /// Give the second object another name, or make one of the two.
    /// ```yaml
    /// apiVersion: networking.istio.io/v1
    /// kind: Gateway
    /// metadata:
    ///   name: public
    ///   namespace: infra
    /// spec:
    ///   selector: {istio: ingressgateway}
    ///   servers:
    ///   - port: {number: 80, name: http, protocol: HTTP}
    ///     hosts: ["*.example.com", "*.example.org"]
    /// ```
    DUPLICATE_RESOURCE = "GW007" "duplicate-resource", Warning; without check
}

/// The finding for an object that replaces another one.
pub fn defined_twice(duplicate: &Duplicate) -> Finding {
    let (later, earlier) = (&duplicate.later, &duplicate.earlier);
    let is_same = later.content == earlier.content;
    let name = match later.namespace() {
        "" => later.name().to_owned(),
        namespace => format!("{namespace}/{}", later.name()),
    };
    let message = if is_same {
        format!("{} `{name}` is defined twice, with the same text", later.kind())
    } else {
        format!("{} `{name}` is defined twice; the last one applied wins", later.kind())
    };
    let severity = if is_same { Severity::Info } else { Severity::Warning };
    Finding::new(&DUPLICATE_RESOURCE, later.subject.clone(), later.name_span, message)
        .severity(severity)
        .here("replaces the other one")
        .label(earlier.name_span, "defined here before")
        .help("keep one of the two, or give one another name")
}
