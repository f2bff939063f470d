//! Rows that depend on creation time carry `~`, and no others: every order in which the objects of small random
//! manifests may have been created is loaded from scratch, with its times written, and compared row by row.

use std::collections::BTreeSet;

use gwctl::analysis::{LoadOptions, Loaded, load};
use gwctl::envoy::Ties;
use gwctl::envoy::listener::Terminal;
use gwctl::envoy::route::{Action, Clusters};
use gwctl::input::{Contents, File, Input};
use gwctl::mesh::ProxySpec;
use proptest::prelude::*;
use proptest::test_runner::RngSeed;

use crate::manifests::{KNOWN, Object, manifests};

const CASES: u32 = 160;

/// Makes two server ports one listener port, so that names of virtual hosts depend on order.
const SERVICE: &str = "---\napiVersion: v1\nkind: Service\nmetadata: {name: edge, namespace: edge}\nspec:\n  \
                       selector: {istio: edge}\n  ports:\n  - {name: a, port: 80, targetPort: 8080}\n  - {name: b, \
                       port: 81, targetPort: 8080}\n";

fn loaded(objects: &[Object], times: &[Option<String>], shares_port: bool) -> Loaded {
    let mut text = if shares_port { SERVICE.to_owned() } else { String::new() };
    for (object, time) in objects.iter().zip(times) {
        // One line in any case: places stay the same.
        let time = match time {
            Some(time) => format!("  creationTimestamp: {time}\n"),
            None => "  annotations: {}\n".to_owned(),
        };
        text.extend([&object.head, &time, &object.spec].map(String::as_str));
    }
    let contents = Contents::Text(text);
    let file =
        File { name: "in.yaml".into(), contents, bom: false, chart_template: false, named: true };
    let proxies = vec![ProxySpec::parse("edge/istio=edge").expect("`key=value`")];
    let options = LoadOptions { proxies, ..LoadOptions::default() };
    let loaded = load(Input { files: vec![file], ..Input::default() }, &options);
    assert!(loaded.broken.is_empty(), "{:?}", loaded.broken);
    loaded
}

/// All rows of the table, with what makes them a row, and whether they carry `~`.
fn rows(loaded: &Loaded, ties: Option<&Ties>) -> Vec<(String, bool)> {
    let table = &loaded.tables[0];
    let clusters = |clusters: &Clusters| match clusters {
        Clusters::Single(cluster) => cluster.name.to_string(),
        weighted @ Clusters::Weighted(_) => format!("{weighted:?}"),
    };
    let mut rows = Vec::new();
    for listener in &table.listeners {
        for (at, chain) in listener.filter_chains.iter().enumerate() {
            let to = match &chain.terminal {
                Terminal::Http(manager) => format!("{manager:?}"),
                Terminal::Tcp(proxy) => clusters(&proxy.clusters),
            };
            let (matcher, tls, filters) = (&chain.matcher, &chain.tls, &chain.network_filters);
            let key = format!("{} {matcher:?} {tls:?} {filters:?} {to}", listener.name);
            rows.push((key, ties.is_some_and(|ties| ties.chain(&listener.name, at).is_some())));
        }
    }
    for config in &table.routes {
        for host in &config.virtual_hosts {
            let domains: Vec<&str> = host.domains.iter().map(|d| d.name.as_str()).collect();
            let place = format!("{} {} {domains:?}", config.name, host.name);
            if host.requires_tls() || host.routes.is_empty() {
                let answer = if host.requires_tls() { 301 } else { 404 };
                let marked = ties.is_some_and(|t| t.host(&config.name, &host.name).is_some());
                rows.push((format!("{place} {answer}"), marked));
            }
            for (at, route) in host.routes.iter().enumerate() {
                let to = match &route.action {
                    Action::Route(action) => clusters(&action.clusters),
                    other => format!("{other:?}"),
                };
                let (part, matcher) = (route.origin.part, &route.matcher);
                let rule = format!("{} {part} {matcher:?} {to}", route.virtual_service);
                let marked = ties.is_some_and(|t| t.route(&config.name, &host.name, at).is_some());
                rows.push((format!("{place} {at} {rule}"), marked));
            }
        }
    }
    rows
}

/// All orders of the objects of one kind, as places in `objects`; those that known times forbid are left out.
fn orders(objects: &[Object], kind: &str) -> Vec<Vec<usize>> {
    let mut all = vec![Vec::new()];
    for at in (0..objects.len()).filter(|&at| objects[at].kind == kind) {
        let with = |order: &Vec<usize>| {
            let order = order.clone();
            (0..=order.len()).map(move |place| [&order[..place], &[at], &order[place..]].concat())
        };
        all = all.iter().flat_map(with).collect();
    }
    // Of equal times the name decides, and then the namespace; names rise with the place.
    let age = |at: usize| objects[at].known.map(|known| (known, at));
    all.retain(|order| {
        let known: Vec<_> = order.iter().filter_map(|&at| age(at)).collect();
        known.is_sorted()
    });
    all
}

/// Which rows some order lacks.
fn unsteady(objects: &[Object], shares_port: bool, base: &[String]) -> BTreeSet<String> {
    let mut lacking = BTreeSet::new();
    for gateways in orders(objects, "Gateway") {
        for services in orders(objects, "VirtualService") {
            let mut times = vec![None; objects.len()];
            for (second, &at) in gateways.iter().chain(&services).enumerate() {
                times[at] = Some(format!("2024-01-01T00:00:{second:02}Z"));
            }
            let other = loaded(objects, &times, shares_port);
            let there: BTreeSet<String> =
                rows(&other, None).into_iter().map(|(row, _)| row).collect();
            lacking.extend(base.iter().filter(|row| !there.contains(*row)).cloned());
        }
    }
    lacking
}

fn check(objects: &[Object], shares_port: bool) -> Result<(), TestCaseError> {
    let known = |object: &Object| object.known.map(|known| KNOWN[known].to_owned());
    let written: Vec<_> = objects.iter().map(known).collect();
    let base = loaded(objects, &written, shares_port);
    let ties = Ties::new(&base.mesh, &base.tables[0]);
    let marked = rows(&base, Some(&ties));
    let plain: Vec<String> = marked.iter().map(|(row, _)| row.clone()).collect();
    let lacking = unsteady(objects, shares_port, &plain);
    for (row, is_marked) in &marked {
        prop_assert_eq!(*is_marked, lacking.contains(row), "{}", row);
    }
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: CASES, rng_seed: RngSeed::Fixed(5), failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn rows_that_another_order_changes_are_marked_and_no_others(
        (objects, shares_port) in manifests()
    ) {
        check(&objects, shares_port)?;
    }
}
