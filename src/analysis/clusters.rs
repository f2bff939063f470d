//! Findings of several clusters as those of one run: what is said of several in the same words is said once.

use std::borrow::Cow;
use std::collections::BTreeMap;

use rustc_hash::{FxHashMap, FxHashSet};

use super::{Outcome, Skipped};
use crate::finding::{Finding, Subject};
use crate::text::{SourceId, Sources, Span};

/// What came of one cluster.
#[derive(Debug)]
pub struct Part<'s> {
    /// The name of the cluster; none: there is but one part, and nobody named it.
    pub cluster: Option<String>,
    /// What came of it.
    pub outcome: Outcome,
    /// The texts that it speaks of.
    pub sources: &'s Sources,
}

/// What makes findings of several clusters one: rule, object, place and what is said. Other places may differ.
type Key = (&'static str, Subject, Span, String);

/// Joins what came of several clusters, and their texts. Files and objects that belong to several are counted once.
pub fn merge(mut parts: Vec<Part<'_>>) -> (Outcome, Cow<'_, Sources>) {
    if parts.len() == 1 {
        let Part { cluster, mut outcome, sources } = parts.remove(0);
        for finding in &mut outcome.findings {
            finding.clusters.extend(cluster.clone());
        }
        return (outcome, Cow::Borrowed(sources));
    }
    let mut all = Outcome::default();
    let mut sources = Joined::default();
    let mut known: FxHashMap<Key, Vec<usize>> = FxHashMap::default();
    let (mut notes, mut details) = (Said::default(), Said::default());
    let count = parts.len();
    let mut read: FxHashSet<Span> = FxHashSet::default();
    let mut files: FxHashSet<u64> = FxHashSet::default();
    let mut objects: FxHashSet<Subject> = FxHashSet::default();
    for part in parts {
        let Part { cluster, outcome, sources: texts } = part;
        let cluster = cluster.unwrap_or_default();
        let ids = sources.add(texts);
        for mut finding in outcome.findings {
            finding.sources(|id| ids[id.index()]);
            finding.clusters = thin_vec::thin_vec![cluster.clone()];
            let places = known.entry(key(&finding)).or_default();
            // Findings of one cluster stay what they are.
            let same = places.iter().copied().find(|&at| is_same(&all.findings[at], &finding));
            if let Some(at) = same {
                join(&mut all.findings[at], finding);
            } else {
                places.push(all.findings.len());
                all.findings.push(finding);
            }
        }
        notes.add(&cluster, outcome.notes);
        details.add(&cluster, outcome.details);
        let problems = outcome.problems.into_iter();
        let new: Vec<String> = problems.filter(|text| !all.problems.contains(text)).collect();
        all.problems.extend(new);
        for mut suppression in outcome.suppressions {
            suppression.sources(|id| ids[id.index()]);
            if read.insert(suppression.span) {
                all.suppressions.push(suppression);
            }
        }
        let (names, subjects) = outcome.counted;
        files.extend(names);
        objects.extend(subjects.into_iter().map(|mut subject| {
            subject.source = ids[subject.source.index()];
            // A file without namespaces is of another one in each cluster.
            subject.object.iter_mut().for_each(|object| object.namespace = "".into());
            subject
        }));
        all.refused.extend(outcome.refused.into_iter().map(|mut subject| {
            subject.source = ids[subject.source.index()];
            subject
        }));
        outcome.skipped.into_iter().for_each(|skipped| skip(&mut all.skipped, skipped));
    }
    (all.summary.files, all.summary.objects) = (files.len(), objects.len());
    all.summary.clusters = count;
    all.refused.sort_unstable();
    all.refused.dedup();
    all.notes = notes.texts(count);
    all.details = details.texts(count);
    super::order::sort(&mut all.findings, &sources.all);
    (all, Cow::Owned(sources.all))
}

fn key(finding: &Finding) -> Key {
    (finding.rule.code, finding.subject.clone(), finding.span(), finding.message.clone())
}

/// Whether a finding of another cluster says no more and no less of the object.
fn is_same(known: &Finding, other: &Finding) -> bool {
    known.clusters.last() != other.clusters.last()
        && known.severity == other.severity
        && known.unreached == other.unreached
        && known.rejected_by == other.rejected_by
        && known.warned_by == other.warned_by
        && known.proxies == other.proxies
}

fn join(known: &mut Finding, other: Finding) {
    for label in other.labels {
        if !known.labels.contains(&label) {
            known.labels.push(label);
        }
    }
    known.clusters.extend(other.clusters);
}

fn skip(all: &mut Vec<Skipped>, skipped: Skipped) {
    match all.iter_mut().find(|known| std::ptr::eq(known.rule, skipped.rule)) {
        Some(known) => {
            known.checks += skipped.checks;
            add_new(&mut known.missing, skipped.missing);
            add_new(&mut known.unread, skipped.unread);
        }
        None => all.push(skipped),
    }
}

fn add_new(all: &mut Vec<String>, more: Vec<String>) {
    for text in more {
        if !all.contains(&text) {
            all.push(text);
        }
    }
}

/// The texts of all clusters, each once.
#[derive(Default)]
struct Joined {
    all: Sources,
    by_name: FxHashMap<String, SourceId>,
}

impl Joined {
    /// Takes the texts of a cluster; the new ids, by the old ones.
    fn add(&mut self, texts: &Sources) -> Vec<SourceId> {
        let mut ids = Vec::new();
        for (_, source) in texts.iter() {
            let known = self.by_name.get(&source.name).copied();
            // A file that changed between two clusters is another one.
            let known = known.filter(|id| self.all.get(*id).text == source.text);
            ids.push(known.unwrap_or_else(|| {
                let id = self.all.add(source.clone());
                self.by_name.insert(source.name.clone(), id);
                id
            }));
        }
        ids
    }
}

/// Sentences, and the clusters of which they are true.
#[derive(Default)]
struct Said {
    order: Vec<String>,
    clusters: BTreeMap<String, Vec<String>>,
}

impl Said {
    fn add(&mut self, cluster: &str, sentences: Vec<String>) {
        for sentence in sentences {
            if !self.clusters.contains_key(&sentence) {
                self.order.push(sentence.clone());
            }
            self.clusters.entry(sentence).or_default().push(cluster.to_owned());
        }
    }

    /// The sentences; those that are not true of all `count` clusters name theirs.
    fn texts(self, count: usize) -> Vec<String> {
        let text = |sentence: String| match &self.clusters[&sentence] {
            all if all.len() >= count => sentence,
            some => format!("{sentence} ({})", some.join(", ")),
        };
        self.order.iter().cloned().map(text).collect()
    }
}
