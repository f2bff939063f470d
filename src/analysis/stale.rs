//! Which entries of a baseline can be judged by a run: an entry of which less is found is stale only where what it is about
//! was looked at, or is gone. An object that would be refused is looked at by few rules, and it takes what rests on it
//! along: as long as its refusal is news, nothing is stale.

use std::collections::BTreeMap;
use std::rc::Rc;

use rustc_hash::{FxHashMap, FxHashSet};

use super::Outcome;
use super::baseline::Compare;
use super::fingerprint::identity;
use crate::config::Accepted;
use crate::finding::{Finding, Subject};
use crate::input::document_matters;
use crate::manifest::{Header, Meta, Namespaces, objects};
use crate::rules;
use crate::text::{SourceId, Sources};
use crate::yaml::{self, Node};

/// Judges entries of a baseline by what a run, from which the findings that the baseline allows are taken out, came to.
pub(super) struct Judge<'j> {
    compare: &'j Compare<'j>,
    outcome: &'j Outcome,
    sources: &'j Sources,
    /// Reads a file that the run did not read.
    elsewhere: &'j dyn Fn(&str) -> Option<String>,
    /// The texts of the run by file.
    texts: FxHashMap<String, Vec<SourceId>>,
    refused: Refused,
    files: FxHashMap<String, Option<Rc<File>>>,
}

/// Objects that could not be judged.
#[derive(Default)]
struct Refused {
    /// By file and identity.
    objects: FxHashSet<(String, String)>,
    /// Files with one of which nobody knows the name.
    files: FxHashSet<String>,
    /// Names by which others refer to them: `name` and `namespace/name`, and of Services the first label of hosts.
    names: FxHashSet<String>,
    services: FxHashSet<String>,
    /// Whether the baseline does not know of one of them.
    is_any_new: bool,
}

/// A file that an entry is about.
#[derive(Default)]
struct File {
    /// Whether the run read it.
    is_of_run: bool,
    /// Whether anything in it is for gwctl.
    matters: bool,
    /// Whether there is something in it that may be any object.
    is_unclear: bool,
    /// Its objects, without namespace where none is written, and what their `spec` refers to.
    objects: BTreeMap<String, Vec<String>>,
}

impl<'j> Judge<'j> {
    pub(super) fn new(
        compare: &'j Compare<'j>,
        outcome: &'j Outcome,
        sources: &'j Sources,
        elsewhere: &'j dyn Fn(&str) -> Option<String>,
    ) -> Self {
        let mut texts: FxHashMap<String, Vec<SourceId>> = FxHashMap::default();
        for (id, source) in sources.iter() {
            texts.entry(compare.file(&source.name)).or_default().push(id);
        }
        let refused = Refused::of(compare, outcome, sources);
        let files = FxHashMap::default();
        Self { compare, outcome, sources, elsewhere, texts, refused, files }
    }

    /// Whether what an entry is about was looked at, or is gone.
    pub(super) fn is_judged(&mut self, entry: &Accepted) -> bool {
        let is_skipped = |code: &str| self.outcome.skipped.iter().any(|one| one.rule.code == code);
        if !self.compare.is_checked(&entry.rule) || is_skipped(&entry.rule) {
            return false;
        }
        let Some(file) = self.file(&entry.file) else { return true };
        let refers = file.find(&entry.object);
        let is_gone = !entry.object.is_empty() && refers.is_none() && !file.is_unclear;
        if is_gone || (!file.is_of_run && !file.matters) {
            return true;
        }
        let refused = &self.refused;
        let is_hidden = match refers {
            Some(names) => {
                let own = (entry.file.clone(), entry.object.clone());
                refused.objects.contains(&own) || names.iter().any(|name| refused.has(name))
            }
            None => file.is_unclear || refused.files.contains(&entry.file),
        };
        file.is_of_run && !is_hidden && !refused.is_any_new
    }

    fn file(&mut self, name: &str) -> Option<Rc<File>> {
        if let Some(known) = self.files.get(name) {
            return known.clone();
        }
        let file = match self.texts.get(name) {
            Some(ids) => {
                let mut file = File { is_of_run: true, ..File::default() };
                for id in ids {
                    file.read(&self.sources.get(*id).text);
                }
                Some(file)
            }
            None => (self.elsewhere)(name).map(|text| {
                let mut file = File::default();
                file.read(&text);
                file
            }),
        };
        let file = file.map(Rc::new);
        self.files.insert(name.to_owned(), file.clone());
        file
    }
}

impl Refused {
    fn of(compare: &Compare<'_>, outcome: &Outcome, sources: &Sources) -> Self {
        let is_refusal =
            |finding: &Finding| !finding.rejected_by.is_empty() || rules::is_unread(finding);
        let hidden = outcome.suppressed.iter().map(|one| &one.finding);
        let hidden: FxHashSet<&Subject> =
            hidden.filter(|one| is_refusal(one)).map(|one| &one.subject).collect();
        let reported = outcome.findings.iter().filter(|one| is_refusal(one));
        let reported: FxHashSet<&Subject> = reported.map(|one| &one.subject).collect();
        let mut refused = Self::default();
        for subject in &outcome.refused {
            let file = compare.file(&sources.get(subject.source).name);
            refused.is_any_new |= reported.contains(subject) || !hidden.contains(subject);
            let Some(object) = &subject.object else {
                refused.files.insert(file);
                continue;
            };
            refused.objects.insert((file, identity(object)));
            refused.names.insert(object.name.to_string());
            refused.names.insert(format!("{}/{}", object.namespace, object.name));
            if object.kind == "Service" {
                refused.services.insert(object.name.to_string());
            }
        }
        refused
    }

    /// Whether a word may name one of them.
    fn has(&self, word: &str) -> bool {
        let label = word.split('.').next().unwrap_or_default();
        self.names.contains(word) || (label.len() < word.len() && self.services.contains(label))
    }
}

impl File {
    fn read(&mut self, text: &str) {
        for chunk in yaml::split(text) {
            let body = &text[chunk.start as usize..chunk.end as usize];
            if !document_matters(body) {
                continue;
            }
            self.matters = true;
            let Ok(tree) = yaml::parse(SourceId::new(0), text, &chunk) else {
                self.is_unclear = true;
                continue;
            };
            let Some(root) = tree.root() else { continue };
            for item in objects(root, text, chunk.document, Namespaces::assumed("")) {
                let meta: &Meta = match &item.header {
                    Header::Object(meta) | Header::Wrong { meta, is_named: true, .. } => meta,
                    Header::Wrong { .. } => {
                        self.is_unclear = true;
                        continue;
                    }
                    Header::Other => continue,
                };
                let Some(object) = &meta.subject.object else { continue };
                let spec = item.node.get("spec").map(Node::span);
                let spec = spec.map_or("", |spec| &text[spec.start as usize..spec.end as usize]);
                self.objects.entry(identity(object)).or_default().extend(words(spec));
            }
        }
    }

    /// What the object of an identity refers to; none: it is not there.
    fn find(&self, object: &str) -> Option<&[String]> {
        let without_namespace = || {
            let (kind, rest) = object.split_once(' ')?;
            let (_, name) = rest.split_once('/')?;
            self.objects.get(&format!("{kind} /{name}"))
        };
        self.objects.get(object).or_else(without_namespace).map(Vec::as_slice)
    }
}

/// The words of a text that may be names.
fn words(text: &str) -> impl Iterator<Item = String> {
    let is_between = |c: char| !(c.is_alphanumeric() || "-._/".contains(c));
    text.split(is_between).filter(|word| !word.is_empty()).map(str::to_owned)
}
