//! GW006: a key that is written twice in one mapping.

use crate::finding::{Finding, Subject};
use crate::rules::prelude::*;
use crate::text::Span;

rule! {
    /// ## What it reports
    /// The same key twice in one mapping, as happens where two documents are joined without `---`.
    ///
    /// ## Why it matters
    /// The last one counts and the first one is lost without a word, or the API server refuses the object, by the way it
    /// is applied. Where both have the same value nothing is lost, and this is a warning.
    ///
    /// ## Example
    /// ```yaml
    /// apiVersion: networking.istio.io/v1
    /// kind: VirtualService
    /// metadata:
    ///   name: shop
    ///   namespace: shop
    /// spec:
    ///   hosts: [shop.example.com]
    ///   hosts: [shop.example.org]
    ///   http:
    ///   - route: [{destination: {host: web}}]
    /// ```
    ///
    /// ## Instead
    /// Write the key once.
    /// ```yaml
    /// apiVersion: networking.istio.io/v1
    /// kind: VirtualService
    /// metadata:
    ///   name: shop
    ///   namespace: shop
    /// spec:
    ///   hosts: [shop.example.com, shop.example.org]
    ///   http:
    ///   - route: [{destination: {host: web}}]
    /// ```
    DUPLICATE_YAML_KEY = "GW006" "duplicate-yaml-key", Error; without check
}

/// The finding for a key that is written twice; `name` is its text, `is_joined` says that whole documents seem to meet.
pub fn key_twice(
    subject: Subject,
    name: &str,
    later: Span,
    earlier: Span,
    is_joined: bool,
) -> Finding {
    let finding =
        Finding::new(&DUPLICATE_YAML_KEY, subject, later, format!("key `{name}` is written twice"))
            .here("only this one counts")
            .label(earlier, "first written here");
    if is_joined {
        finding.help("put `---` between two documents")
    } else {
        finding.help("write the key once")
    }
}
