//! Our verdicts on the objects of the recorded cases against what Istio and the API server said of them.

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Arc;

use gwctl::istio::objection::{Stance, Weight};
use libtest_mimic::{Failed, Trial};
use serde::Deserialize;

use crate::case::{Case, json};
use crate::known::Known;

/// The kinds that are judged. Others (EnvoyFilter and policies) are not read whole.
const KINDS: &[&str] =
    &["Gateway", "VirtualService", "DestinationRule", "ServiceEntry", "Sidecar", "WorkloadEntry"];

/// `expected.json`, the objects.
#[derive(Deserialize)]
struct Verdicts {
    #[serde(default)]
    objects: Vec<Recorded>,
}

#[derive(Deserialize)]
struct Recorded {
    file: String,
    document: u32,
    #[serde(default)]
    kind: String,
    verdict: String,
    #[serde(default)]
    error: String,
    #[serde(default)]
    schema: String,
    #[serde(default)]
    warnings: Vec<String>,
}

/// One trial a case.
pub(crate) fn trials(set: &str, folder: &Path, cases: &[String], known: &Arc<Known>) -> Vec<Trial> {
    let trial = |name: &String| {
        let (folder, known) = (folder.join(name), Arc::clone(known));
        let case = format!("objects/{set}/{name}");
        Trial::test(case.clone(), move || check(&folder, &case, &known))
    };
    cases.iter().map(trial).collect()
}

fn check(folder: &Path, case: &str, known: &Known) -> Result<(), Failed> {
    let loaded = crate::tables::loaded(Case::read(folder)?.question()?)?;
    let mut weights: BTreeMap<(&str, u32), Weight> = BTreeMap::new();
    let mut add = |subject: &gwctl::finding::Subject, weight: Weight| {
        let key = (loaded.sources.get(subject.source).name.as_str(), subject.document);
        let all = weights.entry(key).or_default();
        *all = all.and(weight);
    };
    for broken in &loaded.broken {
        add(&broken.subject, Weight::ISTIO);
    }
    for objected in &loaded.objected {
        objected.objections.iter().for_each(|one| add(&objected.subject, one.weight));
    }
    let mut wrong = Vec::new();
    for recorded in json::<Verdicts>(&folder.join("expected.json"))?.objects {
        let is_judged = recorded.kind.is_empty() || KINDS.contains(&recorded.kind.as_str());
        if recorded.verdict == "unknown kind" || !is_judged {
            continue;
        }
        let ours = weights
            .iter()
            .filter(|((file, document), _)| {
                *document == recorded.document && is_file(file, &recorded.file)
            })
            .fold(Weight::NONE, |all, (_, weight)| all.and(*weight));
        let is_rejected = !matches!(recorded.verdict.as_str(), "accepted" | "replaced");
        let is_warned = !recorded.warnings.is_empty();
        let wanted =
            (is_rejected, is_rejected && !recorded.error.is_empty(), is_warned && !is_rejected);
        let istio_rejects = ours.istio == Stance::Rejects;
        let got = (ours.rejects(), istio_rejects, ours.istio == Stance::Warns && !ours.rejects());
        let name = format!("{case}/{}[{}]", recorded.file, recorded.document);
        match (wanted == got, known.reason(&name)) {
            (true, None) | (false, Some(_)) => {}
            (true, Some(_)) => {
                wrong.push(format!("{name}: listed as a known difference, but equal"));
            }
            (false, None) => wrong.push(format!(
                "{name}: want (rejected, by Istio, warned) {wanted:?}, got {got:?}: {} {}",
                recorded.error, recorded.schema
            )),
        }
    }
    if wrong.is_empty() { Ok(()) } else { Err(wrong.join("\n").into()) }
}

/// Whether a path ends with the name of a file.
pub(crate) fn is_file(path: &str, file: &str) -> bool {
    path.strip_suffix(file).is_some_and(|rest| rest.is_empty() || rest.ends_with('/'))
}
