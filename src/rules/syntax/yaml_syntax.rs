//! GW001: a document that is not YAML.

use crate::finding::{Finding, Judge, Subject};
use crate::rules::prelude::*;
use crate::yaml::Error;

rule! {
    /// ## What it reports
    /// A document that cannot be read as YAML, is nested too deep, is too large or is not UTF-8.
    ///
    /// ## Why it matters
    /// `kubectl apply` refuses the document, and nothing of it reaches the cluster. Other documents of the file are
    /// still analysed.
    ///
    /// ## Example
    /// ```yaml
    /// apiVersion: networking.istio.io/v1
    /// kind: Gateway
    /// metadata:
    ///   name: public
    ///   namespace: infra
    /// spec:
    ///   selector: {istio: ingressgateway
    ///   servers:
    ///   - port: {number: 80, name: http, protocol: HTTP}
    ///     hosts: ["*.example.com"]
    /// ```
    ///
    /// ## Instead
    /// Close what is open, indent with spaces, and quote texts that begin with `*`, `&`, `{` or `[`.
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
    /// ```
    YAML_SYNTAX = "GW001" "yaml-syntax", Error; without check
}

/// The finding for a document that cannot be parsed.
pub fn broken_yaml(subject: Subject, error: &Error) -> Finding {
    let message = format!("cannot parse YAML: {}", error.message);
    let mut finding = Finding::new(&YAML_SYNTAX, subject, error.span, message);
    finding.rejected_by = thin_vec::thin_vec![Judge::Istio, Judge::Schema];
    if let Some((span, message)) = &error.related {
        finding = finding.label(*span, message.as_str());
    }
    match &error.help {
        Some(help) => finding.help(help.as_str()),
        None => finding,
    }
}

/// Whether a finding is about a document that cannot be parsed.
pub fn is_unread(finding: &Finding) -> bool {
    finding.rule.code == YAML_SYNTAX.code
}
