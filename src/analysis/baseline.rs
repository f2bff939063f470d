//! The baseline against what was found: takes out what it allows, says where it allows more than is found, and makes it
//! anew. An entry is about findings of one rule, in one file, about one field of one object; a file of another name or an
//! object in another file is another entry.

use std::borrow::Cow;
use std::collections::BTreeMap;

use super::lint::Selected;
use super::order::sort;
use super::stale::Judge;
use super::{Outcome, Places, Suppressed, SuppressedBy};
use crate::config::{Accepted, Entries};
use crate::finding::{Finding, Subject};
use crate::input::{Root, STDIN};
use crate::rules::{self, Stale};
use crate::text::{Source, SourceId, Sources, Span, Spanned};

/// How findings are compared with a baseline.
#[derive(Clone, Copy, Debug)]
pub struct Compare<'c> {
    /// Which findings are wanted.
    pub selected: &'c Selected,
    /// What the names of files are relative to.
    pub root: &'c Root,
    /// The namespace of objects that state none.
    pub namespace: &'c str,
}

/// A baseline that was read.
#[derive(Clone, Debug)]
pub struct Baseline {
    /// The file, as printed.
    pub name: String,
    /// Its text.
    pub text: String,
    /// What it says.
    pub entries: Entries,
}

impl Compare<'_> {
    /// Takes the findings that `entries` allow out of those that are reported; of more than one counts, the last ones stay.
    /// How many of each entry were found, if there are fewer than it counts.
    pub fn hide(
        &self,
        outcome: &mut Outcome,
        sources: &Sources,
        entries: &Entries,
    ) -> Vec<Lacking> {
        let mut found: BTreeMap<Accepted, u32> = BTreeMap::new();
        let all = self.keys(&outcome.findings, sources);
        let findings = std::mem::take(&mut outcome.findings);
        for (finding, key) in findings.into_iter().zip(all) {
            let allowed = entries.get(&key).map_or(0, |count| count.value);
            let found = found.entry(key).or_default();
            *found = found.saturating_add(1);
            if *found <= allowed {
                let by = SuppressedBy::Baseline;
                outcome.suppressed.push(Suppressed { finding, by, reason: None });
            } else {
                outcome.findings.push(finding);
            }
        }
        outcome.suppressed.sort_by_key(|one| (one.finding.span(), one.finding.rule.code));
        let lacking = entries.iter().filter_map(|(key, count)| {
            let found = found.get(key).copied().unwrap_or(0);
            let span = count.span;
            (found < count.value).then(|| Lacking {
                of: key.clone(),
                count: count.value,
                found,
                span,
            })
        });
        lacking.collect()
    }

    /// Of what is `lacking` where the whole input was read, that which is stale, and that which was not looked at. The
    /// findings that the baseline allows are taken out already; `elsewhere` reads a file that the run did not read.
    pub fn judged(
        &self,
        outcome: &Outcome,
        sources: &Sources,
        lacking: Vec<Lacking>,
        elsewhere: &dyn Fn(&str) -> Option<String>,
    ) -> (Vec<Lacking>, Vec<Lacking>) {
        let mut judge = Judge::new(self, outcome, sources, elsewhere);
        lacking.into_iter().partition(|one| judge.is_judged(&one.of))
    }

    /// The baseline anew: all that is found, whether the old one allows it or not, and what the old one says of what was
    /// not looked at, which is `kept`.
    pub fn refreshed(&self, outcome: &Outcome, sources: &Sources, kept: &[Lacking]) -> Entries {
        let allowed = outcome.suppressed.iter().filter(|one| one.by == SuppressedBy::Baseline);
        let allowed: Vec<Finding> = allowed.map(|one| one.finding.clone()).collect();
        let mut counts: BTreeMap<Accepted, u32> = BTreeMap::new();
        for findings in [&allowed, &outcome.findings] {
            for key in self.keys(findings, sources) {
                *counts.entry(key).or_default() += 1;
            }
        }
        for Lacking { of, count, .. } in kept {
            counts.insert(of.clone(), *count);
        }
        let nowhere = Span::new(SourceId::new(0), 0, 0);
        counts.into_iter().map(|(key, count)| (key, Spanned::new(count, nowhere))).collect()
    }

    /// Takes all findings out, which a baseline that was just written allows.
    pub fn hide_all(&self, outcome: &mut Outcome) {
        let by = SuppressedBy::Baseline;
        let findings = std::mem::take(&mut outcome.findings).into_iter();
        let hidden = findings.map(|finding| Suppressed { finding, by, reason: None });
        outcome.suppressed.extend(hidden);
        outcome.suppressed.sort_by_key(|one| (one.finding.span(), one.finding.rule.code));
    }

    /// Whether a stale baseline is a finding that is wanted.
    pub fn reports_stale(&self) -> bool {
        self.selected.has_all_of(&rules::STALE_BASELINE)
    }

    /// Whether all findings of a rule are looked for; of an unknown one nobody can say it.
    pub(super) fn is_checked(&self, code: &str) -> bool {
        rules::find(code).is_some_and(|rule| self.selected.has_all_of(rule))
    }

    /// What each finding is to a baseline.
    fn keys(&self, findings: &[Finding], sources: &Sources) -> Vec<Accepted> {
        let places = Places::new(findings, sources, self.namespace);
        let key = |(at, finding): (usize, &Finding)| Accepted {
            file: self.file(&sources.get(finding.span().source).name),
            rule: finding.rule.code.to_owned(),
            object: places.object(at),
            path: places.field(at).to_owned(),
        };
        findings.iter().enumerate().map(key).collect()
    }

    /// What a baseline calls a file.
    pub fn file(&self, name: &str) -> String {
        let relative = (name != STDIN).then(|| self.root.relative(name));
        relative.flatten().unwrap_or_else(|| name.to_owned())
    }
}

/// An entry of a baseline that counts more than is found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Lacking {
    /// What it is about.
    pub of: Accepted,
    /// How many it counts.
    pub count: u32,
    /// How many there are.
    pub found: u32,
    /// Its place.
    span: Span,
}

impl Baseline {
    /// Reports entries that count more than is found.
    pub fn report(&self, outcome: &mut Outcome, sources: &mut Cow<'_, Sources>, stale: &[Lacking]) {
        let source = sources.to_mut().add(Source::new(&*self.name, &*self.text));
        let findings = stale.iter().map(|one| {
            let Lacking { of, count, found, span } = one;
            let subject = Subject { source, document: 0, object: None };
            let what = Stale { rule: &of.rule, file: &of.file, count: *count, found: *found };
            rules::stale_baseline(subject, Span { source, ..*span }, what)
        });
        outcome.findings.extend(findings);
        sort(&mut outcome.findings, sources);
    }

    /// Says that entries count more than is found.
    pub fn note(&self, outcome: &mut Outcome, stale: &[Lacking]) {
        let (entries, of) = (stale.len(), self.entries.len());
        let verb = if entries == 1 { "counts" } else { "count" };
        outcome.notes.push(format!(
            "baseline is stale, run --write-baseline: {entries} of {of} in `{}` {verb} more than is found",
            self.name
        ));
    }
}
