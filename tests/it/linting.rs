//! A lint run over texts.

use gwctl::analysis::{self, Ignores, LoadOptions, Selected, outline};
use gwctl::finding::{Finding, Rule};
use gwctl::input::{Contents, File, Input};
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

/// Runs all rules over files. `options` are `--complete=LIST`, `--proxy=SPEC` and `--now=TIME`.
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
    let is_built = |(name, _): &&(String, String)| name.ends_with("kustomization.yaml");
    let kustomized: Vec<(String, String)> = files.iter().filter(is_built).cloned().collect();
    let input = Input {
        files: files.iter().filter(|file| !is_built(file)).map(file).collect(),
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
    let skipped = outcome.skipped.into_iter().map(|skipped| (skipped.rule.code, skipped.missing));
    Linted {
        findings: outcome.findings,
        notes: outcome.notes,
        skipped: skipped.collect(),
        sources: loaded.sources,
    }
}
