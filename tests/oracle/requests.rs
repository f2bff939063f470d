//! Our answers to recorded requests against those of the real Envoy (`../shared/oracle/envoy`), one test a case.
//!
//! `testdata/known-differences/explain.txt` lists `SET/CASE#PROXY#NUMBER` of those that are known to differ.

use std::collections::BTreeSet;
use std::path::Path;
use std::sync::Arc;

use gwctl::explain::Requests;
use libtest_mimic::{Failed, Trial};
use serde::Deserialize;
use serde_json::{Value, json};

use crate::case::{self, Case};
use crate::known::Known;

const LIST: &str = "testdata/known-differences/explain.txt";

/// Answers of filters that no Gateway or VirtualService asks for.
const FOREIGN: &[&str] = &["rbac_", "jwt_", "ext_authz", "fault_filter_overflow"];

/// What a case recorded.
#[derive(Deserialize)]
struct Recorded {
    proxies: Vec<RecordedProxy>,
}

#[derive(Deserialize)]
struct RecordedProxy {
    name: String,
    requests: Vec<Exchange>,
}

#[derive(Deserialize)]
struct Exchange {
    request: Value,
    response: Value,
}

/// The tests of a set of cases; none where the folder is absent.
pub(crate) fn trials(oracle: &Path, set: &str) -> Option<Vec<Trial>> {
    let folder = oracle.join("envoy").join(set);
    let files = std::fs::read_dir(&folder).ok()?;
    let known = match Known::read(&Path::new(env!("CARGO_MANIFEST_DIR")).join(LIST)) {
        Ok(known) => Arc::new(known),
        Err(error) => return Some(vec![Trial::test(LIST, move || Err(error.into()))]),
    };
    let mut names: Vec<String> = files
        .filter_map(|entry| entry.ok()?.file_name().into_string().ok())
        .filter_map(|name| name.strip_suffix(".json").map(str::to_owned))
        .collect();
    names.sort_unstable();
    let trial = |name: String| {
        let (recorded, case) = (folder.join(format!("{name}.json")), oracle.join(set).join(&name));
        let (label, known) = (format!("{set}/{name}"), Arc::clone(&known));
        Trial::test(format!("requests/{label}"), move || check(&recorded, &case, &label, &known))
    };
    Some(names.into_iter().map(trial).collect())
}

fn check(recorded: &Path, case: &Path, label: &str, known: &Known) -> Result<(), Failed> {
    let recorded: Recorded = case::json(recorded)?;
    let case = Case::read(case)?;
    let loaded = crate::tables::loaded(case.question()?)?;
    let mut wrong = Vec::new();
    for proxy in &recorded.proxies {
        let table = loaded.tables.iter().filter(|table| table.proxy.name == proxy.name);
        let tables: Vec<_> = table.cloned().collect();
        let requests = Requests::new(&tables);
        let ours = |exchange: &&Exchange| {
            let details = exchange.response["details"].as_str().unwrap_or_default();
            !FOREIGN.iter().any(|foreign| details.starts_with(foreign))
        };
        for (number, exchange) in proxy.requests.iter().filter(ours).enumerate() {
            let (answer, _) = requests.answer(1, &exchange.request.to_string());
            let answer: Value = serde_json::from_str(&answer)?;
            let label = format!("{label}#{}#{number}", proxy.name);
            match (difference(&exchange.response, &answer), known.reason(&label)) {
                (Some(difference), None) => {
                    wrong.push(format!("{label}: {}: {difference}", exchange.request));
                }
                (None, Some(_)) => wrong.push(format!("{label}: listed, but equal")),
                _ => {}
            }
        }
    }
    if wrong.is_empty() { Ok(()) } else { Err(wrong.join("\n").into()) }
}

/// The first part of an answer that is not what Envoy did.
fn difference(want: &Value, got: &Value) -> Option<String> {
    let differs = |key: &str, want: &Value, got: &Value| {
        (want != got).then(|| format!("{key}: want {want}, got {got}"))
    };
    let outcome = want["outcome"].as_str().unwrap_or_default();
    let variants = want["variants"].as_array().map(Vec::as_slice).unwrap_or_default();
    let is_outcome = if outcome == "varies" {
        variants
            .iter()
            .any(|variant| *variant.get("outcome").unwrap_or(&json!("http")) == got["outcome"])
    } else {
        want["outcome"] == got["outcome"]
    };
    if !is_outcome {
        return Some(format!("outcome: want {}, got {}", want["outcome"], got["outcome"]));
    }
    if outcome == "refused" {
        return None;
    }
    let is_given = |key: &str| want.get(key).is_some();
    let index = ["filterChain", "virtualService"].into_iter().filter(|key| is_given(key));
    for key in index.chain(["virtualHost", "route"]) {
        if let Some(difference) = differs(key, &want[key], &got[key]) {
            return Some(difference);
        }
    }
    let details = want["details"].as_str().unwrap_or_default();
    let (wanted, named) = (wanted_clusters(want, variants), named_clusters(got));
    let is_unseen = outcome == "closed" && wanted.is_empty();
    if !matches!(details, "fault_filter_abort" | "cors_response") && !is_unseen && wanted != named {
        return Some(format!("clusters: want {wanted:?}, got {named:?}"));
    }
    if outcome != "http" {
        return None;
    }
    if let Some(upstream) = want.get("upstream") {
        let mut keys = ["method", "path", "host"].into_iter();
        return keys.find_map(|key| differs(key, &upstream[key], &got["upstream"][key]));
    }
    let is_random = want["random"] == true;
    let keys = [
        ("status", is_given("status")),
        ("location", !is_random),
        ("body", !is_random && is_given("body")),
    ];
    let mut keys = keys.into_iter().filter(|(_, counts)| *counts);
    keys.find_map(|(key, _)| differs(key, &want[key], &got[key]))
}

fn wanted_clusters<'a>(want: &'a Value, variants: &'a [Value]) -> BTreeSet<&'a str> {
    let all = want["clusters"].as_array().into_iter().flatten();
    let each = std::iter::once(want).chain(variants).map(|one| &one["cluster"]);
    all.chain(each).filter_map(Value::as_str).collect()
}

fn named_clusters(got: &Value) -> BTreeSet<&str> {
    let all = got["clusters"].as_array().into_iter().flatten();
    all.filter_map(|cluster| cluster["name"].as_str()).collect()
}
