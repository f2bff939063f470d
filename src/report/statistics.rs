//! How often each rule speaks, instead of what it says.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::io::{self, Write};

use serde::Serialize;

use super::{Format, Report, columns};
use crate::analysis::Outcome;
use crate::finding::{Rule, Severity};
use crate::text::Sources;

/// Counts per rule and severity, the most frequent first.
#[derive(Clone, Copy, Debug)]
pub struct Statistics {
    /// The format: one of [`Self::FORMATS`].
    pub format: Format,
}

struct Count {
    times: usize,
    severity: Severity,
    rule: &'static Rule,
}

#[derive(Serialize)]
struct Document {
    schema: &'static str,
    findings: usize,
    suppressed: usize,
    rules: Vec<Row>,
}

#[derive(Serialize)]
struct Row {
    code: &'static str,
    name: &'static str,
    severity: &'static str,
    count: usize,
}

impl Statistics {
    /// The formats that can be asked for.
    pub const FORMATS: &'static [Format] =
        &[Format::Full, Format::Concise, Format::Json, Format::Markdown];
}

impl Report for Statistics {
    fn write(&self, outcome: &Outcome, _: &Sources, out: &mut dyn Write) -> io::Result<()> {
        let counts = counts(outcome);
        let text = match self.format {
            Format::Json => json(&counts, outcome),
            Format::Markdown => markdown(&counts),
            _ => table(&counts),
        };
        out.write_all(text.as_bytes())
    }
}

fn counts(outcome: &Outcome) -> Vec<Count> {
    let mut all: BTreeMap<(&str, Severity), Count> = BTreeMap::new();
    for finding in &outcome.findings {
        let (rule, severity) = (finding.rule, finding.severity);
        let count = all.entry((rule.code, severity)).or_insert(Count { times: 0, severity, rule });
        count.times += 1;
    }
    let mut all: Vec<Count> = all.into_values().collect();
    // Stable: of equal counts the smaller code comes first.
    all.sort_by_key(|count| std::cmp::Reverse(count.times));
    all
}

fn table(counts: &[Count]) -> String {
    if counts.is_empty() {
        return String::new();
    }
    let heading = ["COUNT", "SEVERITY", "CODE", "NAME"].map(str::to_owned);
    let rows = counts.iter().map(|count| {
        [
            count.times.to_string(),
            count.severity.as_str().to_owned(),
            count.rule.code.to_owned(),
            count.rule.name.to_owned(),
        ]
    });
    columns(&std::iter::once(heading).chain(rows).collect::<Vec<_>>())
}

fn markdown(counts: &[Count]) -> String {
    let mut out = "| Count | Severity | Code | Rule |\n|---|---|---|---|\n".to_owned();
    for Count { times, severity, rule } in counts {
        let (code, name) = (rule.code, rule.name);
        writeln!(out, "| {times} | {severity} | {code} | {name} |").expect("a string takes all");
    }
    out
}

fn json(counts: &[Count], outcome: &Outcome) -> String {
    let row = |count: &Count| Row {
        code: count.rule.code,
        name: count.rule.name,
        severity: count.severity.as_str(),
        count: count.times,
    };
    let document = Document {
        schema: "gwctl/statistics/v1",
        findings: outcome.findings.len(),
        suppressed: outcome.suppressed.len(),
        rules: counts.iter().map(row).collect(),
    };
    serde_json::to_string_pretty(&document).expect("numbers and strings become JSON") + "\n"
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::testing;

    fn said(format: Format) -> String {
        let (mut outcome, sources) = testing::sample();
        let again = outcome.findings[1].clone();
        outcome.findings.push(again);
        let mut out = Vec::new();
        Statistics { format }.write(&outcome, &sources, &mut out).expect("a vector takes all");
        String::from_utf8(out).expect("UTF-8")
    }

    #[test]
    fn the_most_frequent_rule_comes_first() {
        assert_eq!(
            said(Format::Full),
            "COUNT  SEVERITY  CODE   NAME\n\
             2      info      GW801  needless-thing\n\
             1      error     GW304  unbound-host\n"
        );
        assert!(said(Format::Markdown).contains("\n| 2 | info | GW801 | needless-thing |\n"));
        let json: serde_json::Value = serde_json::from_str(&said(Format::Json)).expect("JSON");
        assert_eq!((&json["findings"], &json["rules"][0]["count"]), (&3.into(), &2.into()));
    }
}
