//! GW505: a prefix that ends within a name.

use rustc_hash::{FxBuildHasher, FxHashMap, FxHashSet};

use crate::istio::virtual_service::Pattern;
use crate::mesh::{Origin, VirtualService};
use crate::rules::marks::Marks;
use crate::rules::paths::is_within_name;
use crate::rules::prelude::*;
use crate::text::{Span, Spanned, Str, has_substitution};

rule! {
    /// ## What it reports
    /// A prefix of a path without `/` at its end, where another path that is written for the host begins with it and goes on
    /// within the name, as `/test2` does after `/test`; with `ignoreUriCase` of the prefix also in another letter case. Paths of one rule are
    /// not compared with each other.
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
    /// In lower case.
    folded: Str,
    is_prefix: bool,
    ignores_case: bool,
    rule: Origin,
}

fn check(world: &World<'_>, out: &mut Findings) {
    let mut known: FxHashSet<Span> = FxHashSet::default();
    let mut paths: Vec<Path<'_>> = Vec::new();
    for services in by_host(world).iter() {
        paths.clear();
        for &at in services {
            paths.extend(literals(&world.mesh.virtual_services.all[at as usize]));
        }
        let is_candidate = |path: &&Path<'_>| path.is_prefix && is_within_name(&path.text.value);
        paths.sort_by(|a, b| (&a.folded, &a.text.value).cmp(&(&b.folded, &b.text.value)));
        for path in paths.iter().filter(is_candidate) {
            let Some(sibling) = sibling(path, &paths) else { continue };
            if known.insert(path.text.span) {
                report(world, out, path, sibling);
            }
        }
    }
}

/// The VirtualServices of hosts, by index in `Mesh::virtual_services`, some of whose paths may be to be told of.
#[derive(Default)]
struct ByHost {
    /// Those that have a host which no other one has.
    alone: Vec<u32>,
    /// Those that share a host.
    groups: Vec<Vec<u32>>,
}

impl ByHost {
    /// Each group once, in the order of the VirtualServices.
    fn iter(&self) -> impl Iterator<Item = &[u32]> {
        let groups = self.groups.iter().map(Vec::as_slice);
        let mut all: Vec<&[u32]> = self.alone.chunks(1).chain(groups).collect();
        all.sort_unstable();
        all.dedup();
        all.into_iter()
    }
}

fn by_host(world: &World<'_>) -> ByHost {
    if world.having(Marks::CUT_NAME).next().is_none() {
        return ByHost::default();
    }
    let count = world.mesh.virtual_services.all.len();
    // Who has a host first, and whether others have it, too.
    let mut first: FxHashMap<&str, (u32, bool)> =
        FxHashMap::with_capacity_and_hasher(count, FxBuildHasher);
    let mut shared: FxHashMap<&str, Vec<u32>> = FxHashMap::default();
    for (at, service) in world.virtual_services() {
        for host in &service.hosts {
            let (first, is_shared) = first.entry(&host.value).or_insert((at, false));
            if *first != at {
                *is_shared = true;
                let group = shared.entry(&host.value).or_insert_with(|| vec![*first]);
                if group.last() != Some(&at) {
                    group.push(at);
                }
            }
        }
    }
    let alone = first.into_values().filter(|(_, is_shared)| !is_shared).map(|(at, _)| at);
    let alone = alone.filter(|&at| world.has(at, Marks::LONGER_NAME));
    let is_any_cut = |group: &Vec<u32>| group.iter().any(|&at| world.has(at, Marks::CUT_NAME));
    ByHost { alone: alone.collect(), groups: shared.into_values().filter(is_any_cut).collect() }
}

fn literals(service: &VirtualService) -> impl Iterator<Item = Path<'_>> {
    let conditions =
        service.http.iter().flat_map(|rule| rule.http.matches.iter().map(move |m| (rule, m)));
    conditions.filter_map(|(rule, condition)| {
        let (text, is_prefix) = match condition.uri.as_ref()?.pattern() {
            Pattern::Exact(text) => (text, false),
            Pattern::Prefix(text) => (text, true),
            Pattern::Regex(_) | Pattern::Empty => return None,
        };
        let is_known = !has_substitution(&text.value);
        let ignores_case = condition.ignore_uri_case.is_some_and(|ignores| ignores.value);
        let (folded, rule) = (text.value.to_ascii_lowercase(), rule.origin);
        is_known.then_some(Path { text, folded, is_prefix, ignores_case, rule })
    })
}

/// The first path of another rule that goes on within the name; `paths` are sorted.
fn sibling<'p, 'a>(path: &Path<'_>, paths: &'p [Path<'a>]) -> Option<&'p Path<'a>> {
    let own = path.folded.as_str();
    let behind = &paths[paths.partition_point(|other| *other.folded <= *own)..];
    if !behind.first().is_some_and(|other| other.folded.starts_with(own)) {
        return None;
    }
    let begins_so = |other: &&Path<'_>| {
        path.ignores_case || other.text.value.starts_with(path.text.value.as_str())
    };
    // Letters and digits come behind `/`, `-` and `.` before it.
    [format!("{own}-"), format!("{own}0")].iter().find_map(|from| {
        let from = paths.partition_point(|other| *other.folded < **from);
        let alike = paths[from..].iter().take_while(|other| other.folded.starts_with(own));
        let within = alike.take_while(|other| !other.folded[own.len()..].starts_with('/'));
        within.filter(begins_so).find(|other| other.rule != path.rule)
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
