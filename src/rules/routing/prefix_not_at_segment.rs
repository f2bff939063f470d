//! GW505: a prefix that ends within a name.

use std::collections::BTreeSet;

use rustc_hash::{FxHashMap, FxHashSet};

use crate::istio::virtual_service::Pattern;
use crate::mesh::{Origin, VirtualService};
use crate::rules::prelude::*;
use crate::rules::shadowed::entries;
use crate::text::{Span, Spanned, Str, has_substitution};

rule! {
    /// ## What it reports
    /// A prefix of a path without `/` at its end, where another path that is written for the host begins with it and goes on
    /// within the name, as `/test2` does after `/test`. Paths of one rule are not compared with each other.
    ///
    /// ## Why it matters
    /// Prefixes are compared letter by letter and not name by name: `prefix: /test` takes `/test2` and `/testing`, too, unless
    /// an earlier match does.
    ///
    /// ## Example
    /// ```yaml
    /// apiVersion: networking.istio.io/v1
    /// kind: VirtualService
    /// metadata: {name: shop, namespace: shop}
    /// spec:
    ///   hosts: [shop.example.com]
    ///   gateways: [infra/public]
    ///   http:
    ///   - match: [{uri: {prefix: /test2}}]
    ///     route: [{destination: {host: second}}]
    ///   - match: [{uri: {prefix: /test}}]
    ///     route: [{destination: {host: first}}]
    /// ```
    ///
    /// ## Instead
    /// ```yaml
    /// apiVersion: networking.istio.io/v1
    /// kind: VirtualService
    /// metadata: {name: shop, namespace: shop}
    /// spec:
    ///   hosts: [shop.example.com]
    ///   gateways: [infra/public]
    ///   http:
    ///   - match: [{uri: {exact: /test2}}, {uri: {prefix: /test2/}}]
    ///     route: [{destination: {host: second}}]
    ///   - match: [{uri: {exact: /test}}, {uri: {prefix: /test/}}]
    ///     route: [{destination: {host: first}}]
    /// ```
    PREFIX_NOT_AT_SEGMENT = "GW505" "prefix-not-at-segment", Warning;
}

/// A literal path of a match.
struct Path<'a> {
    text: &'a Spanned<Str>,
    is_prefix: bool,
    rule: Origin,
}

fn check(world: &World<'_>, out: &mut Findings) {
    let mut known: FxHashSet<Span> = FxHashSet::default();
    for services in by_host(world) {
        let services = services.iter().map(|&at| &world.mesh.virtual_services.all[at as usize]);
        let mut paths: Vec<Path<'_>> = services.flat_map(literals).collect();
        paths.sort_by(|a, b| a.text.value.cmp(&b.text.value));
        for path in paths.iter().filter(|path| path.is_prefix && is_within_name(path)) {
            let Some(sibling) = sibling(path, &paths) else { continue };
            if known.insert(path.text.span) {
                report(world, out, path, sibling);
            }
        }
    }
}

/// The VirtualServices of each host, by index in `Mesh::virtual_services`; each group of them once.
fn by_host(world: &World<'_>) -> BTreeSet<Vec<u32>> {
    let mut by_host: FxHashMap<&str, Vec<u32>> = FxHashMap::default();
    for (at, service) in world.virtual_services() {
        for host in &service.hosts {
            let all = by_host.entry(&host.value).or_default();
            if all.last() != Some(&at) {
                all.push(at);
            }
        }
    }
    by_host.into_values().collect()
}

fn literals(service: &VirtualService) -> Vec<Path<'_>> {
    let entries = entries(service).into_iter();
    let path = entries.filter_map(|entry| {
        let (text, is_prefix) = match entry.condition?.uri.as_ref()?.pattern() {
            Pattern::Exact(text) => (text, false),
            Pattern::Prefix(text) => (text, true),
            Pattern::Regex(_) | Pattern::Empty => return None,
        };
        let is_known = !has_substitution(&text.value);
        is_known.then_some(Path { text, is_prefix, rule: entry.rule.origin })
    });
    path.collect()
}

/// Whether more letters may follow where the prefix ends; one like `/v` or `/static-` is meant to be gone on with.
fn is_within_name(path: &Path<'_>) -> bool {
    let name = path.text.value.rsplit('/').next().unwrap_or_default();
    name.len() > 1 && name.ends_with(|end: char| end.is_ascii_alphanumeric())
}

/// The first path of another rule that goes on within the name; `paths` are sorted.
fn sibling<'p, 'a>(path: &Path<'_>, paths: &'p [Path<'a>]) -> Option<&'p Path<'a>> {
    let own = &*path.text.value;
    let behind = &paths[paths.partition_point(|other| *other.text.value <= *own)..];
    if !behind.first().is_some_and(|other| other.text.value.starts_with(own)) {
        return None;
    }
    // Letters and digits come behind `/`, `-` and `.` before it.
    [format!("{own}-"), format!("{own}0")].iter().find_map(|from| {
        let from = paths.partition_point(|other| *other.text.value < **from);
        let alike = paths[from..].iter().take_while(|other| other.text.value.starts_with(own));
        let mut within = alike.take_while(|other| !other.text.value[own.len()..].starts_with('/'));
        within.find(|other| other.rule != path.rule)
    })
}

fn report(world: &World<'_>, out: &mut Findings, path: &Path<'_>, sibling: &Path<'_>) {
    let (own, other) = (&path.text.value, &sibling.text.value);
    let subject = world.subject(path.rule.object);
    let message = format!("prefix `{own}` also matches `{other}` and whatever begins with `{own}`");
    out.report(&PREFIX_NOT_AT_SEGMENT, subject, path.text.span, message)
        .label(sibling.text.span, "begins so, and is another name")
        .help(format!("write `exact: {own}` and `prefix: {own}/`"));
}
