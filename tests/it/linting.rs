//! A lint run over texts.

use std::borrow::Cow;

use gwctl::analysis::{self, Baseline, Compare, Ignores, LoadOptions, Outcome, Selected, outline};
use gwctl::config::read_baseline;
use gwctl::finding::{Finding, Rule};
use gwctl::input::{Contents, File, Input, Root};
use gwctl::manifest;
use gwctl::mesh::ProxySpec;
use gwctl::rules::{self, Complete};
use gwctl::suppression::Date;
use gwctl::text::Sources;

/// What was found, and the texts that it speaks of.
pub(crate) struct Linted {
    pub(crate) findings: Vec<Finding>,
    pub(crate) notes: Vec<String>,
    /// Codes of rules with checks that were not made, and what was missing.
    pub(crate) skipped: Vec<(&'static str, Vec<String>)>,
    pub(crate) sources: Sources,
}

/// 2026-06-01: the time of tests that state none.
const NOW: i64 = 1_780_272_000;

/// The file that is no manifest, but the baseline.
pub(crate) const BASELINE: &str = ".gwctl-baseline.json";

/// Runs all rules over files, of which one may be the baseline. `options` are `--complete=LIST`, `--proxy=SPEC` and `--now=TIME`.
pub(crate) fn lint(files: &[(String, String)], options: &[String]) -> Linted {
    let values = |flag: &str| -> Vec<&str> {
        options.iter().filter_map(|word| word.strip_prefix(flag)?.strip_prefix('=')).collect()
    };
    let file = |(name, text): &(String, String)| File {
        name: name.clone(),
        contents: Contents::Text(text.clone()),
        bom: false,
        chart_template: false,
        named: false,
    };
    let (baseline, files): (Vec<_>, Vec<_>) = files.iter().partition(|(name, _)| name == BASELINE);
    let is_built = |(name, _): &&(String, String)| name.ends_with("kustomization.yaml");
    let (kustomized, files): (Vec<_>, Vec<_>) =
        files.into_iter().cloned().partition(|file| is_built(&file));
    let input = Input {
        files: files.iter().map(file).collect(),
        kustomizations: kustomized.iter().map(|(name, _)| name.clone()).collect(),
        kustomized,
        ..Input::default()
    };
    let proxies = values("--proxy").iter().filter_map(|text| ProxySpec::parse(text)).collect();
    let now = values("--now")
        .first()
        .map_or(NOW, |time| manifest::seconds(time).expect("a time as in 2026-06-01T00:00:00Z"));
    let now = Some(now);
    let loaded = outline(input, &LoadOptions { proxies, now, ..LoadOptions::default() });
    let complete = Complete::new(values("--complete").iter().flat_map(|list| list.split(',')));
    let all: Vec<&'static Rule> = rules::checks().map(|check| check.rule).collect();
    let selected = Selected::all_of(all);
    let mut outcome = analysis::lint(&loaded, &selected, &complete);
    let today = Date::parse("2026-11-26").expect("a date");
    let ignores = Ignores { selected: &selected, today, is_partial: false };
    analysis::suppress(&mut outcome, &loaded.sources, ignores);
    let mut sources = loaded.sources;
    if let Some((_, text)) = baseline.first() {
        accept(text, &mut outcome, &mut sources, &selected);
    }
    let skipped = outcome.skipped.into_iter().map(|skipped| (skipped.rule.code, skipped.missing));
    Linted { findings: outcome.findings, notes: outcome.notes, skipped: skipped.collect(), sources }
}

/// Applies a baseline, as a run does that looks at everything and fails on warnings.
fn accept(text: &str, outcome: &mut Outcome, sources: &mut Sources, selected: &Selected) {
    let root = &Root::default();
    let compare = Compare { selected, root, namespace: "default" };
    let entries = read_baseline(text).expect("a baseline");
    let lacking = compare.hide(outcome, sources, &entries);
    let (stale, _) = compare.judged(outcome, sources, lacking, &|_| None);
    let baseline = Baseline { name: BASELINE.to_owned(), text: text.to_owned(), entries };
    let mut all = Cow::Borrowed(&*sources);
    baseline.report(outcome, &mut all, &stale);
    *sources = all.into_owned();
}
