//! What a check says: findings, and what each is about. Knows nothing of Istio.

use std::hash::Hash;

use rustc_hash::FxHashSet;
use thin_vec::{ThinVec, thin_vec};

use crate::finding::{Edit, Element, Finding, Judge, Label, Refusal, Rule, Severity, Subject};
use crate::text::Span;

/// Collects the findings of a check.
#[derive(Debug, Default)]
pub struct Findings {
    all: Vec<Report>,
    skipped: Vec<Skip>,
}

/// Checks of a rule that were not made (cli.md 22.5).
#[derive(Clone, Debug)]
pub struct Skip {
    /// The rule.
    pub rule: &'static Rule,
    /// Why.
    pub want: Want,
    /// How many checks.
    pub checks: usize,
}

/// Why a check is not made.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Want {
    /// For want of objects to check against, which the input lacks: `Gateway of namespace infra`.
    Missing(String),
    /// Something is written that would decide it, and has no part: ``VirtualService `shop/web` is refused``.
    Unread(String),
}

/// A finding in the making.
#[derive(Debug)]
pub struct Report {
    pub(super) finding: Finding,
    /// Places that it is about beside its primary one.
    pub(super) about: Vec<Span>,
}

impl Findings {
    /// Adds a finding with its primary place; what is returned adds the rest.
    pub fn report(
        &mut self,
        rule: &'static Rule,
        subject: &Subject,
        span: Span,
        message: impl Into<String>,
    ) -> &mut Report {
        let finding = Finding::new(rule, subject.clone(), span, message);
        let at = self.all.len();
        self.all.push(Report { finding, about: Vec::new() });
        &mut self.all[at]
    }

    /// Says that a check was not made, as the input lacks something.
    pub fn skip(&mut self, rule: &'static Rule, missing: impl Into<String>) {
        self.add_skip(rule, Want::Missing(missing.into()));
    }

    /// Says that a check was not made, as something that is written has no part: `unread`. Where there is no such thing
    /// the input lacks something.
    pub fn skip_unread(
        &mut self,
        rule: &'static Rule,
        unread: Option<String>,
        missing: impl FnOnce() -> String,
    ) {
        self.add_skip(rule, unread.map_or_else(|| Want::Missing(missing()), Want::Unread));
    }

    fn add_skip(&mut self, rule: &'static Rule, want: Want) {
        match self.skipped.last_mut() {
            // Objects that want the same mostly follow each other.
            Some(last) if std::ptr::eq(last.rule, rule) && last.want == want => last.checks += 1,
            _ => self.skipped.push(Skip { rule, want, checks: 1 }),
        }
    }

    /// What was reported and what was skipped, in the order in which it was.
    pub(super) fn into_parts(self) -> (Vec<Report>, Vec<Skip>) {
        (self.all, self.skipped)
    }
}

impl Report {
    /// The places by which one finding is known to be the cause of another ([`precedence`](super::precedence)).
    pub(super) fn places(&self) -> impl Iterator<Item = Span> {
        std::iter::once(self.finding.span()).chain(self.about.iter().copied())
    }

    /// Says what stands at the primary place.
    pub fn here(&mut self, message: impl Into<String>) -> &mut Self {
        self.finding.labels[0].message = message.into();
        self
    }

    /// Adds a further place, unless it is a place already.
    pub fn label(&mut self, span: Span, message: impl Into<String>) -> &mut Self {
        if self.finding.labels.iter().all(|label| label.span != span) {
            self.finding.labels.push(Label { span, message: message.into() });
        }
        self
    }

    /// Adds what to do.
    pub fn help(&mut self, help: impl Into<String>) -> &mut Self {
        self.finding.help = Some(help.into());
        self
    }

    /// Adds the text that is certainly meant.
    pub fn fix(&mut self, span: Span, text: impl Into<String>) -> &mut Self {
        self.finding.fix = Some(Box::new(Edit { span, text: text.into() }));
        self
    }

    /// Another severity than the rule's.
    pub fn severity(&mut self, severity: Severity) -> &mut Self {
        self.finding.severity = severity;
        self
    }

    /// Adds elements that reach no proxy's table because of this.
    pub fn unreached(&mut self, elements: impl IntoIterator<Item = Element>) -> &mut Self {
        add_new(&mut self.finding.unreached, elements);
        self
    }

    /// Names the proxies for which this holds, where it does not hold for all.
    pub fn proxies(&mut self, proxies: Vec<String>) -> &mut Self {
        self.finding.proxies = proxies.into();
        self
    }

    /// Adds what Envoy refuses because of this.
    pub fn refused(&mut self, refused: impl IntoIterator<Item = Refusal>) -> &mut Self {
        add_new(&mut self.finding.refused, refused);
        self
    }

    /// Istio's validator refuses the object because of this.
    pub fn refused_by_istio(&mut self) -> &mut Self {
        self.finding.rejected_by = thin_vec![Judge::Istio];
        self
    }

    /// Istio's validator warns of this.
    pub fn warned_by_istio(&mut self) -> &mut Self {
        self.finding.warned_by = thin_vec![Judge::Istio];
        self
    }

    /// Adds a place that the finding is about, beside its primary one.
    pub fn about(&mut self, span: Span) -> &mut Self {
        self.about.push(span);
        self
    }
}

/// Up to how many items of a list are looked through one by one.
const FEW: usize = 8;

/// Adds what is not in a list yet.
pub(super) fn add_new<T: Clone + Eq + Hash>(
    list: &mut ThinVec<T>,
    others: impl IntoIterator<Item = T>,
) {
    let mut known: FxHashSet<T> = FxHashSet::default();
    for other in others {
        let is_new = if list.len() < FEW {
            !list.contains(&other)
        } else {
            if known.is_empty() {
                known.extend(list.iter().cloned());
            }
            known.insert(other.clone())
        };
        if is_new {
            list.push(other);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_new_is_added_once_however_long_the_list() {
        for begun in [0, 7, 8, 9] {
            let mut list: ThinVec<u32> = (0..begun).collect();
            // Some are there from the beginning, and each comes twice.
            let others: Vec<u32> = (0..10).map(|at| 5 + 3 * at).flat_map(|at| [at, at]).collect();
            let mut expected = list.to_vec();
            for &other in &others {
                if !expected.contains(&other) {
                    expected.push(other);
                }
            }
            add_new(&mut list, others);
            assert_eq!(list, expected, "{begun} to begin with");
        }
    }
}
