//! What a lint run came to: findings, and what else must be said. Knows nothing of how it is printed.

use std::time::Duration;

use crate::finding::{Finding, Rule, Severity, Subject};
use crate::suppression::Suppression;

/// The result of a lint run.
#[derive(Clone, Debug, Default)]
pub struct Outcome {
    /// The findings, sorted: they are printed in this order.
    pub findings: Vec<Finding>,
    /// Assumptions and things left out, one sentence each.
    pub notes: Vec<String>,
    /// More of this, for those who ask for it.
    pub details: Vec<String>,
    /// Work that could not be done (unreadable files and their like); with any of them the run has failed.
    pub problems: Vec<String>,
    /// Findings that are not reported.
    pub suppressed: Vec<Suppressed>,
    /// Findings that are not reported for they are not new; none: new or old, all are.
    pub known: Option<Known>,
    /// How many findings are not printed for they are of lower severity than is asked for.
    pub lower: usize,
    /// Comments and annotations that suppress findings.
    pub suppressions: Vec<Suppression>,
    /// Objects and documents that cannot be read or would be refused, whatever is put into them later.
    pub refused: Vec<Subject>,
    /// Checks that could not be made.
    pub skipped: Vec<Skipped>,
    /// How much was looked at.
    pub summary: Summary,
    /// What of it may belong to other clusters, too: files by the hashes of their names, and objects. Nothing where the
    /// input is not said to be one cluster.
    pub counted: (Vec<u64>, Vec<Subject>),
}

/// Findings that were there at a revision of git already.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Known {
    /// What the revision is called.
    pub since: String,
    /// How many they are.
    pub findings: usize,
}

/// A finding that is not reported.
#[derive(Clone, Debug)]
pub struct Suppressed {
    /// The finding.
    pub finding: Finding,
    /// Who says so.
    pub by: SuppressedBy,
    /// Why, where that is said.
    pub reason: Option<String>,
}

/// Who says that a finding is not to be reported.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SuppressedBy {
    /// A comment or an annotation in the source.
    Source,
    /// The baseline.
    Baseline,
}

/// Checks of one rule that were not made.
#[derive(Clone, Debug)]
pub struct Skipped {
    /// The rule.
    pub rule: &'static Rule,
    /// How many checks.
    pub checks: usize,
    /// The objects to check against that the input lacks.
    pub missing: Vec<String>,
    /// What is written, would decide them and has no part, as sentences.
    pub unread: Vec<String>,
}

/// How much was looked at.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Summary {
    /// Files that were read or looked into.
    pub files: usize,
    /// Objects of kinds that matter, those that have no part among them.
    pub objects: usize,
    /// Clusters that were looked at, each by itself; of one nobody speaks.
    pub clusters: usize,
    /// How long it took; none where the output must not change from run to run.
    pub elapsed: Option<Duration>,
}

impl Outcome {
    /// Leaves out what is below a severity.
    pub fn keep_from(&mut self, least: Severity) {
        let all = self.findings.len();
        self.findings.retain(|finding| finding.severity >= least);
        self.lower = all - self.findings.len();
        self.suppressed.retain(|one| one.finding.severity >= least);
    }

    /// How many findings have this severity.
    pub fn count(&self, severity: Severity) -> usize {
        self.findings.iter().filter(|finding| finding.severity == severity).count()
    }

    /// The gravest severity among the findings.
    pub fn worst(&self) -> Option<Severity> {
        self.findings.iter().map(|finding| finding.severity).max()
    }
}
