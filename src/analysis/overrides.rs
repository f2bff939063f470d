//! What the config file says of severities: for rules, for files, for objects. Changes findings after all rules ran, so
//! that rules know nothing of it.

use super::Outcome;
use super::order::sort;
use crate::config::{Levels, Override};
use crate::finding::{Finding, ObjectName, Rule, Severity};
use crate::input::{Glob, InputError, Root};
use crate::text::Sources;

/// Severities that are not those of the rules.
#[derive(Clone, Debug, Default)]
pub struct Overrides {
    /// By rule.
    levels: Levels,
    /// By file; later ones count before earlier ones.
    paths: Vec<(Glob, Override)>,
    /// By object, likewise.
    objects: Vec<(Glob, Override)>,
    /// What the names of files are relative to.
    root: Root,
}

impl Overrides {
    /// For rules.
    pub fn new(levels: Levels, root: Root) -> Self {
        Self { levels, root, ..Self::default() }
    }

    /// For the files that a pattern matches.
    pub fn path(&mut self, one: &Override) -> Result<(), InputError> {
        self.paths.push((Glob::new(&one.pattern)?, one.clone()));
        Ok(())
    }

    /// For the objects that a pattern matches.
    pub fn object(&mut self, one: &Override) -> Result<(), InputError> {
        self.objects.push((Glob::new(&one.pattern)?, one.clone()));
        Ok(())
    }

    /// Gives findings the severities that are wanted, and drops those that are not wanted at all.
    pub fn apply(&self, outcome: &mut Outcome, sources: &Sources) {
        if self.levels.is_empty() && self.paths.is_empty() && self.objects.is_empty() {
            return;
        }
        let keep = |finding: &mut Finding| match self.severity(finding, sources) {
            Some(severity) => {
                finding.severity = severity;
                true
            }
            None => false,
        };
        outcome.findings.retain_mut(keep);
        outcome.suppressed.retain_mut(|one| keep(&mut one.finding));
        sort(&mut outcome.findings, sources);
    }

    /// The severity of a finding; none: it is not wanted.
    fn severity(&self, finding: &Finding, sources: &Sources) -> Option<Severity> {
        let name = &sources.get(finding.span().source).name;
        let file = self.root.relative(name);
        let of_path =
            |(glob, _): &&(Glob, Override)| file.as_deref().is_some_and(|file| glob.matches(file));
        let of_object = |(glob, one): &&(Glob, Override)| {
            finding.subject.object.as_ref().is_some_and(|object| is_meant(glob, one, object))
        };
        let paths = self.paths.iter().filter(of_path);
        let objects = self.objects.iter().filter(of_object);
        let mut severity = level(&self.levels, finding.rule, Some(finding.severity));
        for (_, one) in paths.chain(objects) {
            if one.ignore.iter().any(|rule| std::ptr::eq(*rule, finding.rule)) {
                return None;
            }
            severity = level(&one.severity, finding.rule, severity);
        }
        severity
    }
}

/// What the levels make of a severity of a rule.
fn level(levels: &Levels, rule: &Rule, severity: Option<Severity>) -> Option<Severity> {
    let level = levels.iter().find(|(known, _)| std::ptr::eq(*known, rule));
    level.map_or(severity, |(_, level)| *level)
}

/// Whether a pattern means an object; without a namespace it means those of all.
fn is_meant(glob: &Glob, one: &Override, object: &ObjectName) -> bool {
    let ObjectName { kind, namespace, name, .. } = object;
    if one.pattern.contains('/') {
        glob.is(&format!("{kind} {namespace}/{name}"))
    } else {
        glob.is(&format!("{kind} {name}"))
    }
}
