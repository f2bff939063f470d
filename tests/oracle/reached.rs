//! What `lint` says of elements that reach no table and of what Envoy refuses, against the recordings.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use gwctl::finding::Severity;
use libtest_mimic::{Failed, Trial};
use serde::Deserialize;

use crate::case::{Case, json};
use crate::known::Known;

/// A file, a document of it and a path.
type Element = (String, u32, String);

/// What is recorded of a case.
#[derive(Deserialize)]
struct Recorded {
    lost: Vec<Element>,
    reached: Vec<Element>,
}

/// One test a case of a set; none where the recording is absent.
pub(crate) fn trials(oracle: &Path, set: &str, known: &Arc<Known>) -> Option<Vec<Trial>> {
    let recording = oracle.join(format!("reached/{set}.json"));
    if !recording.is_file() {
        return None;
    }
    let cases: BTreeMap<String, Recorded> = match json(&recording) {
        Ok(cases) => cases,
        Err(error) => {
            return Some(vec![Trial::test(format!("reached/{set}"), || Err(error.into()))]);
        }
    };
    let folder = oracle.join(set);
    let trial = |(name, recorded): (String, Recorded)| {
        let (folder, known) = (folder.join(&name), Arc::clone(known));
        Trial::test(format!("reached/{set}/{name}"), move || {
            check(&folder, &name, &recorded, &known)
        })
    };
    Some(cases.into_iter().map(trial).collect())
}

fn check(folder: &Path, name: &str, recorded: &Recorded, known: &Known) -> Result<(), Failed> {
    let claimed = claimed(&Case::read(folder)?)?;
    let mut wrong = String::new();
    let lost = recorded.lost.iter().map(|element| (element, true));
    let reached = recorded.reached.iter().map(|element| (element, false));
    for (element, is_lost) in lost.chain(reached) {
        let label = format!("{name}:{}#{}:{}", element.0, element.1, element.2);
        let claim = claimed.get(element);
        match (claim.is_some() == is_lost, known.reason(&label)) {
            (true, None) | (false, Some(_)) => {}
            (true, Some(_)) => writeln!(wrong, "{label}: listed as a known difference, but equal")?,
            (false, None) if is_lost => {
                writeln!(wrong, "{label} does not reach the table, and nothing says so")?;
            }
            (false, None) => writeln!(wrong, "{label} reaches the table; {claim:?} denies it")?,
        }
    }
    if wrong.is_empty() { Ok(()) } else { Err(wrong.into()) }
}

/// The elements that findings say are lost, with the rule.
fn claimed(case: &Case) -> Result<BTreeMap<Element, &'static str>, String> {
    let (outcome, sources) = crate::tables::findings(case.question()?)?;
    let root = absolute(&case.root())?;
    let mut claimed = BTreeMap::new();
    for finding in &outcome.findings {
        for element in &finding.unreached {
            let path = absolute(Path::new(&sources.get(element.source).name))?;
            let name = path.strip_prefix(&root).unwrap_or(&path).to_string_lossy().into_owned();
            claimed.insert((name, element.document, element.path.to_string()), finding.rule.code);
        }
    }
    Ok(claimed)
}

fn absolute(path: &Path) -> Result<PathBuf, String> {
    fs::canonicalize(path).map_err(|error| format!("{}: {error}", path.display()))
}

/// One test a case for what Envoy refuses; none where that is absent.
pub(crate) fn refusals(
    oracle: &Path,
    set: &str,
    cases: &[String],
    known: &Arc<Known>,
) -> Option<Vec<Trial>> {
    if !oracle.join("envoy").join(set).is_dir() {
        return None;
    }
    let trial = |name: &String| {
        let (folder, known) = (oracle.join(set).join(name), Arc::clone(known));
        let label = format!("{set}/{name}");
        Trial::test(format!("refused/{label}"), move || {
            match (refused(&folder)?, known.reason(&label)) {
                (None, None) | (Some(_), Some(_)) => Ok(()),
                (None, Some(_)) => Err("listed as a known difference, but equal".into()),
                (Some(difference), None) => Err(difference.into()),
            }
        })
    };
    Some(cases.iter().map(trial).collect())
}

/// How what findings say that Envoy refuses differs from what it refused.
fn refused(folder: &Path) -> Result<Option<String>, String> {
    let case = Case::read(folder)?;
    let Some(want) = case.all_refused() else { return Ok(None) };
    let (outcome, _) = crate::tables::findings(case.question()?)?;
    let quiet = outcome
        .findings
        .iter()
        .find(|finding| !finding.refused.is_empty() && finding.severity != Severity::Error);
    if let Some(finding) = quiet {
        return Ok(Some(format!("{} is no error: {}", finding.rule.code, finding.message)));
    }
    let all = outcome.findings.iter().flat_map(|finding| &finding.refused);
    let got: BTreeSet<(String, String)> =
        all.map(|refusal| (refusal.proxy.clone(), refusal.name.clone())).collect();
    Ok((want != got).then(|| format!("refused by Envoy: want {want:?}, findings say {got:?}")))
}
