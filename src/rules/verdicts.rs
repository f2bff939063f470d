//! From what Istio and the API server have against an object to reports of the rules that list the check.

use std::sync::LazyLock;

use rustc_hash::FxHashMap;
use thin_vec::{ThinVec, thin_vec};

use super::findings::Report;
use super::{Check, checks};
use crate::finding::{Finding, Judge, Label, Rule, Severity, Subject};
use crate::istio::objection::{Objection, Stance, Weight};
use crate::text::Span;

/// The rule that reports the objections of a check.
pub fn rule_of(check: &str) -> Option<&'static Rule> {
    static RULES: LazyLock<FxHashMap<&'static str, &'static Rule>> = LazyLock::new(|| {
        let listed = |check: &'static Check| check.verdicts.iter().map(|word| (*word, check.rule));
        checks().flat_map(listed).collect()
    });
    RULES.get(check).copied()
}

/// What stands against one object as reports. What several checks of one rule say of one value is one report, unless
/// they miss different fields.
pub(super) fn judged(subject: &Subject, objections: &[Objection]) -> Vec<Report> {
    let mut places: FxHashMap<(&str, Span), Vec<usize>> = FxHashMap::default();
    let mut found: Vec<Verdict> = Vec::new();
    for objection in objections {
        let Some(rule) = rule_of(objection.check) else { continue };
        let here = places.entry((rule.code, objection.span)).or_default();
        if let Some(&at) = here.iter().find(|&&at| found[at].is_told_with(objection)) {
            found[at].add(objection);
        } else {
            here.push(found.len());
            found.push(Verdict::new(rule, subject, objection));
        }
    }
    found.into_iter().map(Verdict::report).collect()
}

/// What stands against one object as findings, before any of them stands for another one.
pub fn verdicts_of(
    subject: &Subject,
    objections: &[Objection],
) -> impl Iterator<Item = Finding> + use<> {
    judged(subject, objections).into_iter().map(|report| report.finding)
}

/// What is said of one value under one rule.
struct Verdict {
    finding: Finding,
    weight: Weight,
    field: Option<&'static str>,
}

impl Verdict {
    fn new(rule: &'static Rule, subject: &Subject, objection: &Objection) -> Self {
        let message = objection.message.as_str();
        let mut finding = Finding::new(rule, subject.clone(), objection.span, message);
        finding.labels[0].message.clone_from(&objection.here);
        finding.help.clone_from(&objection.help);
        finding.fix = objection.fix.clone().map(Box::new);
        let mut verdict = Self { finding, weight: objection.weight, field: objection.field };
        verdict.label(objection);
        verdict
    }

    fn label(&mut self, objection: &Objection) {
        for (span, message) in &objection.related {
            if self.finding.labels.iter().all(|label| label.span != *span) {
                self.finding.labels.push(Label { span: *span, message: message.clone() });
            }
        }
    }

    /// Whether an objection is told with this: a warning is not lost in a rejection of another kind.
    fn is_told_with(&self, objection: &Objection) -> bool {
        let misses_another = self.field.zip(objection.field).is_some_and(|(one, two)| one != two);
        !misses_another && self.weight.rejects() == objection.weight.rejects()
    }

    fn add(&mut self, objection: &Objection) {
        self.weight = self.weight.and(objection.weight);
        if self.finding.help.is_none() {
            self.finding.help.clone_from(&objection.help);
        }
        self.label(objection);
    }

    /// Being about the places of its labels, it may be the consequence of another finding there.
    fn report(self) -> Report {
        let finding = weighed(self.finding, self.weight);
        let about = finding.labels.iter().skip(1).map(|label| label.span).collect();
        Report { finding, about }
    }
}

/// The finding with those who object and the severity that follows.
fn weighed(finding: Finding, weight: Weight) -> Finding {
    let mut rejected_by = ThinVec::new();
    if weight.istio == Stance::Rejects {
        rejected_by.push(Judge::Istio);
    }
    if weight.schema {
        rejected_by.push(Judge::Schema);
    }
    let warned_by =
        if weight.istio == Stance::Warns { thin_vec![Judge::Istio] } else { ThinVec::new() };
    let severity = match weight {
        _ if weight.rejects() => Severity::Error,
        // What Istio says, and the rule knows better.
        _ if finding.rule.severity == Severity::Info => Severity::Info,
        Weight { istio: Stance::Warns | Stance::Loses, .. } => Severity::Warning,
        _ => finding.rule.severity,
    };
    Finding { severity, rejected_by, warned_by, ..finding }
}
