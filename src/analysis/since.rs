//! Which findings are new: those that are not among the findings of another state of the same files. A finding is known by
//! its fingerprint, so that neither another place nor another file makes it new.

use rustc_hash::FxHashMap;

use super::{Known, Outcome, Places, SuppressedBy};
use crate::finding::Finding;
use crate::text::Sources;

/// Leaves in `outcome` the findings that `old` does not have; of some that are alike as many as are more than there. What
/// could not be read there could not be compared either. What the baseline allows is compared first, so that it takes nothing
/// from what is new. `since` is what the other state is called, `namespace` that of
/// objects that state none.
pub fn keep_new(
    outcome: &mut Outcome,
    sources: &Sources,
    since: &str,
    (old, texts): (&Outcome, &Sources),
    namespace: &str,
) {
    let new = prints(&outcome.findings, sources, namespace);
    let old_prints = prints(&old.findings, texts, namespace);
    let mut left = vec![true; old_prints.len()];
    let allowed = outcome.suppressed.iter().filter(|one| one.by == SuppressedBy::Baseline);
    let allowed: Vec<Finding> = allowed.map(|one| one.finding.clone()).collect();
    pair(&prints(&allowed, sources, namespace), &old_prints, &mut left);
    let is_old = pair(&new, &old_prints, &mut left);
    let findings = is_old.iter().filter(|is_old| **is_old).count();
    let mut is_old = is_old.into_iter();
    outcome.findings.retain(|_| !is_old.next().unwrap_or_default());
    outcome.known = Some(Known { since: since.to_owned(), findings });
    outcome.problems.extend(old.problems.iter().map(|problem| format!("at `{since}`: {problem}")));
}

/// Which of the new ones are among those of the old ones that are `left`; takes these away.
fn pair(new: &[Print], old: &[Print], left: &mut [bool]) -> Vec<bool> {
    let mut is_old = vec![false; new.len()];
    // Of findings that are alike those count as old first that have most in common with an old one.
    let pairings: [fn(&Print) -> Option<Key<'_>>; 4] = [
        |print| Some((&print.fingerprint, Some(&print.file), Some(&print.message))),
        |print| Some((&print.fingerprint, None, Some(&print.message))),
        |print| Some((&print.fingerprint, Some(&print.file), None)),
        // What is about no object has nothing else that it could be known by.
        |print| print.has_object.then_some((&print.fingerprint, None, None)),
    ];
    for key in pairings {
        let mut waiting: FxHashMap<Key<'_>, Vec<usize>> = FxHashMap::default();
        for (at, print) in old.iter().enumerate().rev().filter(|(at, _)| left[*at]) {
            if let Some(key) = key(print) {
                waiting.entry(key).or_default().push(at);
            }
        }
        for (at, print) in new.iter().enumerate() {
            if is_old[at] {
                continue;
            }
            let found = key(print).and_then(|key| waiting.get_mut(&key)?.pop());
            if let Some(found) = found {
                is_old[at] = true;
                left[found] = false;
            }
        }
    }
    is_old
}

/// What findings that are paired have in common: the fingerprint, perhaps the file, perhaps what is said.
type Key<'p> = (&'p str, Option<&'p str>, Option<&'p str>);

/// What a finding is compared by.
struct Print {
    fingerprint: String,
    file: String,
    message: String,
    has_object: bool,
}

fn prints(findings: &[Finding], sources: &Sources, namespace: &str) -> Vec<Print> {
    let places = Places::new(findings, sources, namespace);
    let print = |(at, finding): (usize, &Finding)| Print {
        // Those that are alike are told apart by a number, which is no part of what they are.
        fingerprint: places.fingerprint(at).split('#').next().unwrap_or_default().to_owned(),
        file: sources.get(finding.span().source).name.clone(),
        message: finding.message.clone(),
        has_object: finding.subject.object.is_some(),
    };
    findings.iter().enumerate().map(print).collect()
}
