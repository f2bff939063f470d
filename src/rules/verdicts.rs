//! From what Istio and the API server have against an object to findings of the rules that list the check.

use std::sync::LazyLock;

use rustc_hash::FxHashMap;

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

/// The findings for what stands against one object. What several checks of one rule say of one value is one finding.
pub fn judged(subject: &Subject, objections: &[Objection]) -> Vec<Finding> {
    let mut places: FxHashMap<(&str, Span), usize> = FxHashMap::default();
    let mut found: Vec<(Finding, Weight)> = Vec::new();
    for objection in objections {
        let Some(rule) = rule_of(objection.check) else { continue };
        match places.get(&(rule.code, objection.span)) {
            Some(&at) if found[at].1.merges_with(objection) => {
                found[at].1 = found[at].1.and(objection.weight);
                if found[at].0.help.is_none() {
                    found[at].0.help.clone_from(&objection.help);
                }
            }
            _ => {
                places.insert((rule.code, objection.span), found.len());
                found.push((finding(rule, subject, objection), objection.weight));
            }
        }
    }
    found.into_iter().map(|(finding, weight)| weighed(finding, weight)).collect()
}

fn finding(rule: &'static Rule, subject: &Subject, objection: &Objection) -> Finding {
    let mut finding =
        Finding::new(rule, subject.clone(), objection.span, objection.message.as_str());
    finding.labels[0].message.clone_from(&objection.here);
    let related = objection.related.iter();
    finding
        .labels
        .extend(related.map(|(span, message)| Label { span: *span, message: message.clone() }));
    finding.help.clone_from(&objection.help);
    finding.fix.clone_from(&objection.fix);
    finding
}

/// The finding with those who object and the severity that follows.
fn weighed(finding: Finding, weight: Weight) -> Finding {
    let mut rejected_by = Vec::new();
    if weight.istio == Stance::Rejects {
        rejected_by.push(Judge::Istio);
    }
    if weight.schema {
        rejected_by.push(Judge::Schema);
    }
    let warned_by = if weight.istio == Stance::Warns { vec![Judge::Istio] } else { Vec::new() };
    let severity = match weight {
        _ if weight.rejects() => Severity::Error,
        Weight { istio: Stance::Warns, .. } => Severity::Warning,
        _ => finding.rule.severity,
    };
    Finding { rejected_by, warned_by, severity, ..finding }
}

impl Weight {
    /// Whether an objection is told with one of this weight: a warning is not lost in a rejection of another kind.
    fn merges_with(self, objection: &Objection) -> bool {
        self.rejects() == objection.weight.rejects()
    }
}
