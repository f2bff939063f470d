//! What comments and annotations suppress, and what is to be said of these themselves. Applied to the findings that are
//! left when causes have replaced their consequences, so that none comes back; of several clusters, to those of all.

use rustc_hash::FxHashMap;

use super::lint::Selected;
use super::order::sort;
use super::{Outcome, Suppressed, SuppressedBy};
use crate::finding::{Finding, Rule, words};
use crate::rules;
use crate::suppression::{Date, Origin, Suppression};
use crate::text::{SourceId, Sources, Spanned};

/// How suppressions are judged.
#[derive(Clone, Copy, Debug)]
pub struct Ignores<'s> {
    /// Which findings are wanted.
    pub selected: &'s Selected,
    /// Today.
    pub today: Date,
    /// Whether only a part of the clusters is looked at, so that what suppresses nothing may still be needed.
    pub is_partial: bool,
}

/// Takes the findings that are suppressed out of those that are reported, and adds what is wrong with suppressions.
pub fn suppress(outcome: &mut Outcome, sources: &Sources, ignores: Ignores<'_>) {
    if outcome.suppressions.is_empty() {
        return;
    }
    let all = std::mem::take(&mut outcome.suppressions);
    let mut judged: Vec<Judged<'_>> =
        all.iter().map(|one| Judged::new(one, ignores.today)).collect();
    hide(outcome, &mut judged, |_, _| true);
    let skipped: Vec<&Rule> = outcome.skipped.iter().map(|skipped| skipped.rule).collect();
    let is_whole = !ignores.is_partial && outcome.problems.is_empty();
    let mut made = Made::default();
    for (at, one) in judged.iter().enumerate() {
        made.about(at, one, is_whole, |rule| {
            ignores.selected.has_all_of(rule) && !skipped.iter().any(|known| same(known, rule))
        });
    }
    let (makers, findings): (Vec<usize>, Vec<Finding>) =
        made.0.into_iter().filter(|(_, finding)| ignores.selected.wants(finding)).unzip();
    // A suppression cannot hide what is wrong with itself.
    let own = outcome.findings.len();
    outcome.findings.extend(findings);
    hide(outcome, &mut judged, |finding, suppression| {
        finding.checked_sub(own).is_some_and(|at| makers[at] != suppression)
    });
    sort(&mut outcome.findings, sources);
    outcome.suppressed.sort_by_key(|one| (one.finding.span(), one.finding.rule.code));
    outcome.suppressions = all;
}

/// A suppression and what became of it.
struct Judged<'s> {
    suppression: &'s Suppression,
    /// The rules that each of its words means.
    means: Vec<Vec<&'static Rule>>,
    /// Whether each of its words suppressed something.
    is_used: Vec<bool>,
    /// Whether it holds no longer.
    is_over: bool,
}

impl<'s> Judged<'s> {
    fn new(suppression: &'s Suppression, today: Date) -> Self {
        let means: Vec<_> =
            suppression.words.iter().map(|word| meant(word, suppression.origin)).collect();
        let is_used = vec![false; means.len()];
        let is_over = suppression.until.is_some_and(|until| until < today);
        Self { suppression, means, is_used, is_over }
    }

    /// Whether it suppresses a finding; marks the words by which it does.
    fn takes(&mut self, finding: &Finding) -> bool {
        if self.is_over || self.suppression.flaw.is_some() {
            return false;
        }
        let is_covered =
            finding.labels.iter().any(|label| self.suppression.scope.covers(label.span));
        if !is_covered {
            return false;
        }
        let mut takes = false;
        for (means, is_used) in self.means.iter().zip(&mut self.is_used) {
            let is_meant = means.iter().any(|rule| same(rule, finding.rule));
            *is_used |= is_meant;
            takes |= is_meant;
        }
        takes
    }
}

fn same(a: &Rule, b: &Rule) -> bool {
    std::ptr::eq(a, b)
}

/// The rules that a word of a suppression means. Another tool speaks of what it checks itself.
fn meant(word: &str, origin: Origin) -> Vec<&'static Rule> {
    let all = rules::checks().map(|check| check.rule);
    match origin {
        Origin::Foreign(ids) => {
            let of_tool = |alias: &&str| alias.trim_start_matches('~').starts_with(ids);
            let is_meant = |rule: &&Rule| {
                let mut of_tool = rule.aliases.iter().copied().filter(|alias| of_tool(alias));
                of_tool.any(|alias| {
                    word == "*" || alias.trim_start_matches('~').eq_ignore_ascii_case(word)
                })
            };
            all.filter(is_meant).collect()
        }
        _ => all.filter(|rule| words::means(word, rule)).collect(),
    }
}

/// Moves the findings that a suppression takes; `may` says of a finding and a suppression, by number, whether it can.
fn hide(outcome: &mut Outcome, judged: &mut [Judged<'_>], may: impl Fn(usize, usize) -> bool) {
    let mut files: FxHashMap<SourceId, Vec<usize>> = FxHashMap::default();
    for (at, one) in judged.iter().enumerate() {
        if let Some(reach) = one.suppression.scope.reach() {
            files.entry(reach.source).or_default().push(at);
        }
    }
    let near = near(outcome, judged, &files);
    let findings = std::mem::take(&mut outcome.findings);
    for ((number, finding), near) in findings.into_iter().enumerate().zip(near) {
        let mut by: Option<&Suppression> = None;
        for at in near.into_iter().filter(|at| may(number, *at)) {
            if judged[at].takes(&finding) {
                let one = judged[at].suppression;
                if by.is_none_or(|known| known.reason.is_none() && one.reason.is_some()) {
                    by = Some(one);
                }
            }
        }
        match by {
            Some(by) => outcome.suppressed.push(Suppressed {
                finding,
                by: SuppressedBy::Source,
                reason: by.reason.clone(),
            }),
            None => outcome.findings.push(finding),
        }
    }
}

/// For each finding the suppressions that may cover one of its labels: places and labels are gone through side by side,
/// so that many of both cost little.
fn near(
    outcome: &Outcome,
    judged: &[Judged<'_>],
    files: &FxHashMap<SourceId, Vec<usize>>,
) -> Vec<Vec<usize>> {
    let mut near = vec![Vec::new(); outcome.findings.len()];
    let mut labels: Vec<(SourceId, u32, usize)> = Vec::new();
    for (number, finding) in outcome.findings.iter().enumerate() {
        labels.extend(
            finding.labels.iter().map(|label| (label.span.source, label.span.start, number)),
        );
    }
    labels.sort_unstable();
    for labels in labels.chunk_by(|a, b| a.0 == b.0) {
        let Some(of_file) = files.get(&labels[0].0) else { continue };
        let reach = |at: &usize| judged[*at].suppression.scope.reach();
        let mut waiting: Vec<(u32, u32, usize)> = of_file
            .iter()
            .filter_map(|at| reach(at).map(|span| (span.start, span.end, *at)))
            .collect();
        waiting.sort_unstable();
        let mut waiting = waiting.into_iter().peekable();
        let mut open: Vec<(u32, usize)> = Vec::new();
        for &(_, start, number) in labels {
            while let Some((_, end, at)) = waiting.next_if(|(from, ..)| *from <= start) {
                open.push((end, at));
            }
            open.retain(|(end, _)| *end >= start);
            near[number].extend(open.iter().map(|(_, at)| *at));
        }
    }
    for list in &mut near {
        list.sort_unstable();
        list.dedup();
    }
    near
}

/// Findings about suppressions, each with the number of the one that it is about.
#[derive(Default)]
struct Made(Vec<(usize, Finding)>);

impl Made {
    /// What is to be said of a suppression; `is_checked` tells rules of which all findings are known.
    fn about(
        &mut self,
        at: usize,
        one: &Judged<'_>,
        is_whole: bool,
        is_checked: impl Fn(&Rule) -> bool,
    ) {
        let of = one.suppression;
        let subject = || of.subject.clone();
        if matches!(of.origin, Origin::Foreign(_)) {
            return;
        }
        if let Some(flaw) = &of.flaw {
            self.0.push((at, rules::bad_suppression(subject(), of.span, flaw)));
            return;
        }
        let registry: Vec<&'static Rule> = rules::checks().map(|check| check.rule).collect();
        let is_known = |word: &Spanned<String>| words::is_known(word, &registry);
        for word in of.words.iter().filter(|word| !is_known(word)) {
            let near = words::nearest(word, &registry);
            let finding = rules::unknown_in_suppression(subject(), word.span, word, near);
            self.0.push((at, finding));
        }
        if let (Some(until), true) = (of.until, one.is_over) {
            self.0.push((at, rules::lapsed_suppression(subject(), of.span, until)));
            return;
        }
        let is_known_whole = is_whole && !of.is_unread;
        if of.reason.is_none() && of.origin == Origin::Comment {
            self.0.push((at, rules::suppression_without_reason(subject(), of.span)));
        }
        let words = of.words.iter().zip(&one.means).zip(&one.is_used);
        let unused: Vec<&str> = words
            .filter(|((word, means), is_used)| {
                !**is_used && is_known(word) && is_known_whole && is_all_checked(means, &is_checked)
            })
            .map(|((word, _), _)| word.as_str())
            .collect();
        if !unused.is_empty() {
            let is_all = unused.len() == of.words.len();
            let finding = rules::unused_suppression(subject(), of.span, &unused, is_all);
            self.0.push((at, finding));
        }
    }
}

/// Whether all that a word means was looked for; of a group what is on by default is enough. The rules about suppressions
/// themselves are looked at later.
fn is_all_checked(means: &[&'static Rule], is_checked: impl Fn(&Rule) -> bool) -> bool {
    let is_group = means.len() > 1;
    let mut wanted = means.iter().filter(|rule| !is_group || rule.on_by_default).peekable();
    let is_any = wanted.peek().is_some();
    is_any && wanted.all(|rule| is_checked(rule) && !rules::is_about_suppressions(rule))
}
