//! Our tables against recorded answers of the real control plane and of the real Envoy, one test a case.
//!
//! The recordings lie beside the repository, in `../shared/oracle`, and are not part of it: where they are absent, the
//! tests are shown as ignored.
//! `testdata/known-differences/SET.txt` lists cases that are known to differ; a listed one that is equal fails.
#![expect(clippy::disallowed_methods, reason = "tests read the recordings")]

mod analyze;
mod case;
mod difference;
mod known;
mod objects;
mod reached;
mod requests;
mod said;
mod shadowed;
mod tables;
mod verdicts;

use std::fs;
use std::path::Path;
use std::process::ExitCode;
use std::sync::Arc;

use libtest_mimic::{Arguments, Failed, Trial};

use case::Case;
use known::Known;

/// Folders of cases.
const SETS: &[&str] = &["seeds", "spec1", "spec2", "table", "corpus", "versions"];

/// Folders of cases whose requests a real Envoy answered.
const ANSWERED: &[&str] = &["seeds", "spec1", "spec2", "table", "corpus"];

/// Folders of cases whose findings about routes that are never the answer are tried.
const TRIED: &[&str] = &["seeds", "spec1", "spec2", "table", "corpus", "spec5"];

fn main() -> ExitCode {
    let arguments = Arguments::from_args();
    let oracle = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/oracle");
    let mut trials = Vec::new();
    let list = Path::new(env!("CARGO_MANIFEST_DIR")).join("testdata/known-differences/objects.txt");
    let objects_known = Arc::new(Known::read(&list).unwrap_or_default());
    let list =
        Path::new(env!("CARGO_MANIFEST_DIR")).join("testdata/known-differences/verdicts.txt");
    let verdicts = Arc::new(Known::read(&list).unwrap_or_default());
    let list = Path::new(env!("CARGO_MANIFEST_DIR")).join("testdata/known-differences/analyze.txt");
    let analyzed = Arc::new(Known::read(&list).unwrap_or_default());
    for set in SETS {
        let folder = oracle.join(set);
        match cases(&folder) {
            Some(cases) => {
                trials.extend(of_set(set, &folder, &cases));
                trials.extend(objects::trials(set, &folder, &cases, &objects_known));
                if *set == "corpus" {
                    trials.extend(analyze::trials(&folder, &cases, &analyzed));
                }
            }
            None => trials.push(absent(set)),
        }
    }
    let lists = Path::new(env!("CARGO_MANIFEST_DIR")).join("testdata/known-differences");
    let reached_known = Arc::new(Known::read(&lists.join("reached.txt")).unwrap_or_default());
    let refused_known = Arc::new(Known::read(&lists.join("refused.txt")).unwrap_or_default());
    for set in ANSWERED {
        let absent = |name: &str| vec![absent(&format!("{name}/{set}"))];
        trials.extend(
            reached::trials(&oracle, set, &reached_known).unwrap_or_else(|| absent("reached")),
        );
        let refusals = cases(&oracle.join(set))
            .and_then(|cases| reached::refusals(&oracle, set, &cases, &refused_known));
        trials.extend(refusals.unwrap_or_else(|| absent("refused")));
    }
    for set in ANSWERED {
        let absent = || vec![absent(&format!("requests/{set}"))];
        trials.extend(requests::trials(&oracle, set).unwrap_or_else(absent));
    }
    for set in TRIED {
        match cases(&oracle.join(set)) {
            Some(cases) => trials.extend(shadowed::trials(&oracle, set, &cases)),
            None => trials.push(absent(&format!("shadowed/{set}"))),
        }
    }
    trials.extend(said::trials(&oracle.join("seeds")).unwrap_or_else(|| vec![absent("said")]));
    trials.extend(
        verdicts::trials(&oracle.join("validation"), &verdicts)
            .unwrap_or_else(|| vec![absent("verdicts")]),
    );
    libtest_mimic::run(&arguments, trials).exit_code()
}

fn absent(name: &str) -> Trial {
    let fail = || Err(Failed::from("../shared/oracle is absent"));
    Trial::test(format!("{name}/all"), fail).with_kind("absent").with_ignored_flag(true)
}

/// The names of the cases in a folder, sorted.
fn cases(folder: &Path) -> Option<Vec<String>> {
    let mut names: Vec<String> = fs::read_dir(folder)
        .ok()?
        .filter_map(|entry| entry.ok()?.file_name().into_string().ok())
        .filter(|name| folder.join(name).join("expected.json").is_file())
        .collect();
    names.sort_unstable();
    Some(names)
}

fn of_set(set: &str, folder: &Path, cases: &[String]) -> Vec<Trial> {
    let list = format!("testdata/known-differences/{set}.txt");
    let known = match Known::read(&Path::new(env!("CARGO_MANIFEST_DIR")).join(&list)) {
        Ok(known) => Arc::new(known),
        Err(error) => return vec![Trial::test(list, move || Err(error.into()))],
    };
    let trial = |name: &String| {
        let (folder, case, known) = (folder.join(name), name.clone(), Arc::clone(&known));
        Trial::test(format!("{set}/{name}"), move || check(&folder, &case, &known))
    };
    let mut trials: Vec<_> = cases.iter().map(trial).collect();
    if let Some(unknown) = known.names().find(|name| !cases.iter().any(|case| case == name)) {
        let message = format!("{list}: there is no case `{unknown}`");
        trials.push(Trial::test(list, move || Err(message.into())));
    }
    trials
}

fn check(folder: &Path, name: &str, known: &Known) -> Result<(), Failed> {
    match (Case::read(folder)?.difference()?, known.reason(name)) {
        (None, None) | (Some(_), Some(_)) => Ok(()),
        (None, Some(_)) => Err("listed as a known difference, but equal".into()),
        (Some(difference), None) => Err(difference.into()),
    }
}
