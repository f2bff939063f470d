//! From what was loaded to findings: runs the rules, sorts what they say.

use std::borrow::Cow;
use std::collections::BTreeSet;

use rustc_hash::FxHashSet;

use super::document::{Broken, BrokenReason};
use super::doubt::{Doubt, neighbours};
use super::environments::Split;
use super::load::Loaded;
use super::order::sort;
use super::{Objected, Outcome, Skipped, Summary, variants};
use crate::envoy::Detail;
use crate::envoy::route::Outline;
use crate::finding::{Finding, Rule, RuleOptions, Severity, Subject};
use crate::istio::objection::{AsItStands, Objection, Stance};
use crate::manifest::Meta;
use crate::mesh::Duplicate;
use crate::rules::{self, Complete, Skip, Unread, Want, World, is_placeholder};

/// Which findings are wanted, and what the rules are to know.
#[derive(Clone, Debug, Default)]
pub struct Selected {
    /// Rules of which every finding is.
    pub rules: Vec<&'static Rule>,
    /// Rules of which those findings are that are verdicts of Istio or of the API server.
    pub verdicts: Vec<&'static Rule>,
    /// What the config file says of rules.
    pub options: RuleOptions,
}

impl Selected {
    /// Every finding of some rules.
    pub fn all_of(rules: Vec<&'static Rule>) -> Self {
        Self { rules, ..Self::default() }
    }

    /// Whether every finding of a rule is wanted.
    pub(super) fn has_all_of(&self, rule: &Rule) -> bool {
        has(&self.rules, rule)
    }

    fn has(&self, rule: &Rule) -> bool {
        has(&self.rules, rule) || has(&self.verdicts, rule)
    }

    /// The objections that are told: what holds only of the text as it stands, to those who ask for verdicts.
    fn told<'o>(&self, all: &'o [Objection]) -> Cow<'o, [Objection]> {
        let is_told = |one: &Objection| {
            let rule = rules::rule_of(one.check);
            one.as_it_stands.is_none() || rule.is_some_and(|rule| has(&self.verdicts, rule))
        };
        if all.iter().all(is_told) {
            return Cow::Borrowed(all);
        }
        all.iter().filter(|one| is_told(one)).cloned().collect::<Vec<_>>().into()
    }

    /// How many more findings `--select validity` would show of objects of which not all is `told`, and why.
    fn note_untold(
        &self,
        all: &[Objected],
        told: &[Cow<'_, [Objection]>],
        is_shown: impl Fn(&Finding) -> bool,
    ) -> Option<String> {
        let mut count = 0;
        let mut causes: BTreeSet<AsItStands> = BTreeSet::new();
        for (of, told) in all.iter().zip(told).filter(|(of, told)| of.objections.len() > told.len())
        {
            let shown = |objections: &[Objection]| {
                let all = rules::verdicts_of(&of.subject, objections);
                all.filter(|one| is_verdict(one) && has(&self.rules, one.rule) && is_shown(one))
                    .count()
            };
            let more = shown(&of.objections).saturating_sub(shown(told));
            count += more;
            let is_judged =
                |one: &&Objection| one.weight.rejects() || one.weight.istio == Stance::Warns;
            let here = of.objections.iter().filter(|one| more > 0 && is_judged(one));
            causes.extend(here.filter_map(|one| one.as_it_stands));
        }
        let (verdicts, them) = match count {
            0 => return None,
            1 => ("verdict holds", "it"),
            _ => ("verdicts hold", "them"),
        };
        let causes: Vec<&str> = causes.into_iter().map(AsItStands::as_str).collect();
        Some(format!(
            "{count} {verdicts} only of the text as it stands, {}: `--select validity` shows {them}",
            causes.join(", ")
        ))
    }

    pub(super) fn wants(&self, finding: &Finding) -> bool {
        has(&self.rules, finding.rule) || (is_verdict(finding) && has(&self.verdicts, finding.rule))
    }
}

/// Whether Istio or the API server says it.
fn is_verdict(finding: &Finding) -> bool {
    !finding.rejected_by.is_empty() || !finding.warned_by.is_empty()
}

fn has(rules: &[&'static Rule], rule: &Rule) -> bool {
    rules.iter().any(|known| std::ptr::eq(*known, rule))
}

/// Checks an input by `selected`; `complete` says of which kinds it holds every object.
pub fn lint(loaded: &Loaded<Outline>, selected: &Selected, complete: &Complete) -> Outcome {
    let unread = loaded.unread();
    let world = World::new(&loaded.mesh, &loaded.tables, complete, &unread).at(loaded.now);
    let world = world.with(selected.options.clone()).beside(neighbours(loaded));
    let told: Vec<_> = loaded.objected.iter().map(|of| selected.told(&of.objections)).collect();
    let against = loaded.objected.iter().zip(&told).map(|(of, told)| (&of.subject, told.as_ref()));
    let (mut findings, skips) = rules::run(&world, against, |rule| selected.has(rule));
    let read = loaded.broken.iter().filter_map(broken);
    let doubt = Doubt::of(loaded);
    findings.retain(|finding| !doubt.is_about(finding));
    for finding in &mut findings {
        doubt.qualify(finding, &loaded.sources);
    }
    let split = doubt.split.as_ref();
    let twice = loaded.duplicates.iter().filter(|twice| is_told(twice) && !is_apart(twice, split));
    let (variants, twice): (Vec<_>, Vec<_>) = twice.partition(|twice| is_variant(twice, loaded));
    findings.extend(variants::findings(&variants, &loaded.sources));
    let twice = twice.into_iter().map(rules::defined_twice);
    let keys = loaded.repeated_keys.iter().map(|key| {
        let name = loaded.sources.text(key.later);
        let joined = key.is_joined;
        let finding = rules::key_twice(key.subject.clone(), name, key.later, key.earlier, joined);
        if key.is_same { finding.severity(Severity::Warning) } else { finding }
    });
    findings.extend(read.chain(twice).chain(keys));
    let mut notes = loaded.notes.clone();
    // Whatever a suppression may take is not promised.
    let is_shown = |finding: &Finding| {
        let mut scopes = loaded.suppressions.iter().map(|one| one.scope);
        !doubt.is_about(finding) && !scopes.any(|scope| scope.covers(finding.span()))
    };
    notes.extend(selected.note_untold(&loaded.objected, &told, is_shown));
    if let Some(split) = split {
        let environments = split.describe(&loaded.sources);
        let finding = rules::defined_by_environments(&split.objects[0], &environments);
        if !selected.wants(&finding) {
            // What is not compared must be known even so.
            notes.push(finding.message.clone() + "; objects of these folders are not compared");
        }
        findings.push(finding);
    }
    findings.retain(|finding| selected.wants(finding));
    sort(&mut findings, &loaded.sources);
    Outcome {
        findings,
        notes,
        details: loaded.details.clone(),
        problems: loaded.problems.clone(),
        suppressions: loaded.suppressions.clone(),
        refused: refused(loaded),
        skipped: skipped(skips),
        summary: Summary { files: loaded.files, objects: loaded.objects, ..Summary::default() },
        counted: loaded.counted.clone(),
        ..Outcome::default()
    }
}

/// What cannot be read or would be refused in the end, too.
fn refused(loaded: &Loaded<Outline>) -> Vec<Subject> {
    let is_refused = |of: &&Objected| {
        of.objections.iter().any(|one| one.weight.rejects() && one.as_it_stands.is_none())
    };
    let objects = loaded.objected.iter().filter(is_refused).map(|of| &of.subject);
    let is_text = |broken: &&Broken| matches!(broken.reason, BrokenReason::Syntax(_));
    let documents = loaded.broken.iter().filter(is_text).map(|broken| &broken.subject);
    objects.chain(documents).cloned().collect()
}

/// Checks that were not made, by rule.
fn skipped(skips: Vec<Skip>) -> Vec<Skipped> {
    let mut all: Vec<Skipped> = Vec::new();
    let mut known: FxHashSet<(&str, Want)> = FxHashSet::default();
    for Skip { rule, want, checks } in skips {
        let at = all.iter().position(|known| std::ptr::eq(known.rule, rule));
        let at = at.unwrap_or_else(|| {
            all.push(Skipped { rule, checks: 0, missing: Vec::new(), unread: Vec::new() });
            all.len() - 1
        });
        let one = &mut all[at];
        one.checks += checks;
        if known.insert((rule.code, want.clone())) {
            match want {
                Want::Missing(text) => one.missing.push(text),
                Want::Unread(text) => one.unread.push(text),
            }
        }
    }
    all
}

/// Whether anything is to be said of an object that is defined twice.
pub(super) fn is_told(twice: &Duplicate) -> bool {
    decides(&twice.later) && is_named(&twice.later)
}

/// Whether the two places of an object are of two environments.
pub(super) fn is_apart(twice: &Duplicate, split: Option<&Split>) -> bool {
    let (later, earlier) = (twice.later.subject.source, twice.earlier.subject.source);
    split.is_some_and(|split| split.has(later, earlier))
}

/// Whether an object stands in two files with different text, where nothing says that both are applied together: neither
/// the user nor a kustomization.
pub(super) fn is_variant<R: Detail>(twice: &Duplicate, loaded: &Loaded<R>) -> bool {
    let Duplicate { later, earlier } = twice;
    let is_named = |meta: &Meta| loaded.sources.get(meta.subject.source).is_named;
    let is_said = loaded.is_cluster || (is_named(later) && is_named(earlier));
    let differ = later.content != earlier.content && later.subject.source != earlier.subject.source;
    differ && !is_said && !are_built_together(twice, loaded)
}

/// Whether one kustomization is built from both places of an object.
pub(super) fn are_built_together<R: Detail>(twice: &Duplicate, loaded: &Loaded<R>) -> bool {
    let name = |meta: &Meta| &loaded.sources.get(meta.subject.source).name;
    loaded.built.build_together(name(&twice.later), name(&twice.earlier))
}

/// Whether an object decides what a gateway serves. Others may well stand twice: in the trees of several applications,
/// each of which gets its namespace when it is rendered.
fn decides(meta: &Meta) -> bool {
    meta.group().contains("istio.io") || (meta.group().is_empty() && meta.kind() == "Service")
}

/// Whether nothing is put into the name of an object later: what stands under one placeholder may be two objects.
fn is_named(meta: &Meta) -> bool {
    !is_placeholder(meta.name()) && !is_placeholder(meta.namespace())
}

/// The finding about a document that cannot be parsed.
fn broken(broken: &Broken) -> Option<Finding> {
    match &broken.reason {
        BrokenReason::Syntax(error) => Some(rules::broken_yaml(broken.subject.clone(), error)),
        BrokenReason::Types => None,
    }
}

impl<R: Detail> Loaded<R> {
    /// What was written and could not be read.
    pub fn unread(&self) -> Unread {
        let broken = self.broken.iter().filter_map(|broken| broken.subject.object.clone());
        let refused = self
            .mesh
            .store
            .refused
            .iter()
            .filter_map(|refused| refused.meta.subject.object.clone());
        Unread { objects: broken.chain(refused).collect(), kinds: self.unread_kinds.clone() }
    }
}
