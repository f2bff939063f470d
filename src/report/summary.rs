//! What `gwctl lint` says on stderr besides its findings: problems, notes, and how it went.

use std::fmt::Write;
use std::time::Duration;

use super::{Terminal, Tone, printable};
use crate::analysis::{Outcome, Skipped};
use crate::finding::Severity;
use crate::text::first_five;

/// Problems and notes, one a line; with `verbose` also how proxies were found, and the checks that were skipped.
pub fn notes(outcome: &Outcome, verbose: bool, terminal: Terminal) -> String {
    let mut out = String::new();
    let mut line = |tone, word: &str, text: &str| {
        writeln!(out, "{} {}", terminal.paint(tone, word), printable(text))
            .expect("a string takes all");
    };
    for problem in &outcome.problems {
        line(Tone::Error, "error:", problem);
    }
    for note in &outcome.notes {
        line(Tone::Info, "note:", note);
    }
    for detail in outcome.details.iter().filter(|_| verbose) {
        line(Tone::Info, "note:", detail);
    }
    for skipped in outcome.skipped.iter().filter(|_| verbose) {
        let checks = count(skipped.checks, "check");
        let text = format!("{checks} of {} skipped: {}", skipped.rule.code, reasons(skipped));
        line(Tone::Info, "note:", &text);
    }
    out
}

/// Why checks were skipped: `no Service in the input; Gateway `infra/public` is refused`.
fn reasons(skipped: &Skipped) -> String {
    let missing = skipped.missing.join(", ");
    let missing = (!missing.is_empty()).then(|| format!("no {missing} in the input"));
    let unread = (!skipped.unread.is_empty()).then(|| first_five(&skipped.unread, "; "));
    missing.into_iter().chain(unread).collect::<Vec<_>>().join("; ")
}

/// The last lines: how many findings, how much was looked at, where to read on.
pub fn summary(outcome: &Outcome, verbose: bool, terminal: Terminal) -> String {
    let suppressed = left_out(outcome);
    let checked = checked(outcome, verbose);
    let Some(first) = outcome.findings.first() else {
        return if !outcome.problems.is_empty() {
            format!("no findings{suppressed}, but not all was read. {checked}\n")
        } else if outcome.summary.objects == 0 {
            format!("no Istio ingress objects in {}\n", count(outcome.summary.files, "file"))
        } else {
            let ok = terminal.paint(Tone::Good, "ok:");
            let ok = if outcome.lower == 0 {
                format!("{ok} no findings")
            } else {
                "nothing printed".to_owned()
            };
            format!("{ok}{suppressed}. {checked}\n")
        };
    };
    format!(
        "{}: {}{suppressed}\n{checked}\nexplain: gwctl explain rule {}\n",
        count(outcome.findings.len(), "finding"),
        counts(outcome),
        first.rule.code
    )
}

/// How many findings are not reported, and why, in brackets.
fn left_out(outcome: &Outcome) -> String {
    let suppressed = outcome.suppressed.len();
    let suppressed = (suppressed > 0).then(|| format!("{suppressed} suppressed"));
    let known = outcome.known.as_ref();
    let known = known
        .map(|known| format!("{} not new since `{}`", known.findings, printable(&known.since)));
    let lower = (outcome.lower > 0).then(|| format!("{} of lower severity", outcome.lower));
    let all: Vec<String> = lower.into_iter().chain(suppressed).chain(known).collect();
    if all.is_empty() { String::new() } else { format!(" ({})", all.join("; ")) }
}

/// `1 error, 2 warnings`.
pub(super) fn counts(outcome: &Outcome) -> String {
    let counts: Vec<_> = [Severity::Error, Severity::Warning, Severity::Info]
        .into_iter()
        .filter_map(|severity| match (severity, outcome.count(severity)) {
            (_, 0) => None,
            // "info" has no plural.
            (Severity::Info, n) => Some(format!("{n} info")),
            (_, n) => Some(count(n, severity.as_str())),
        })
        .collect();
    counts.join(", ")
}

fn checked(outcome: &Outcome, verbose: bool) -> String {
    let summary = outcome.summary;
    let mut text =
        format!("checked {} in {}", count(summary.objects, "object"), count(summary.files, "file"));
    if summary.clusters > 1 {
        write!(text, ", {} clusters", summary.clusters).expect("a string takes all");
    }
    if let Some(elapsed) = summary.elapsed {
        text.push_str(", ");
        text.push_str(&duration(elapsed));
    }
    let skipped = outcome.skipped.iter().map(|skipped| skipped.checks).sum();
    if skipped > 0 {
        let which = if verbose { "" } else { "; -v says which" };
        write!(text, " ({} skipped{which})", count(skipped, "check")).expect("a string takes all");
    }
    text
}

fn duration(elapsed: Duration) -> String {
    match elapsed.as_millis() {
        0 => "under 1 ms".to_owned(),
        millis @ 1..10_000 => format!("{millis} ms"),
        _ => format!("{:.1} s", elapsed.as_secs_f64()),
    }
}

/// `1 file`, `2 files`.
fn count(n: usize, noun: &str) -> String {
    format!("{n} {noun}{}", if n == 1 { "" } else { "s" })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::{Known, Summary};
    use crate::report::testing;

    fn said(outcome: &Outcome) -> String {
        summary(outcome, false, Terminal::plain())
    }

    #[test]
    fn findings_are_counted_by_severity() {
        let (mut outcome, _) = testing::sample();
        outcome.summary.elapsed = Some(Duration::from_millis(6));
        outcome.summary.clusters = 2;
        assert_eq!(
            said(&outcome),
            "2 findings: 1 error, 1 info (1 suppressed)\n\
             checked 2 objects in 2 files, 2 clusters, 6 ms\n\
             explain: gwctl explain rule GW304\n"
        );
    }

    #[test]
    fn success_is_said_in_words() {
        let mut outcome = Outcome {
            summary: Summary { files: 1, objects: 41, clusters: 1, elapsed: Some(Duration::ZERO) },
            ..Outcome::default()
        };
        assert_eq!(said(&outcome), "ok: no findings. checked 41 objects in 1 file, under 1 ms\n");
        outcome.summary = Summary { files: 12, ..Summary::default() };
        assert_eq!(said(&outcome), "no Istio ingress objects in 12 files\n");
        outcome.problems.push("cannot read `a`".into());
        assert_eq!(
            said(&outcome),
            "no findings, but not all was read. checked 0 objects in 12 files\n"
        );
    }

    #[test]
    fn what_is_not_reported_is_counted() {
        let (mut outcome, _) = testing::sample();
        outcome.known = Some(Known { since: "main".into(), findings: 12 });
        let text = said(&outcome);
        assert!(text.contains("1 info (1 suppressed; 12 not new since `main`)\n"), "{text}");
        outcome.keep_from(Severity::Error);
        let text = said(&outcome);
        assert!(text.contains("1 error (1 of lower severity; 1 suppressed; 12 not new"), "{text}");
        outcome.suppressed.clear();
        outcome.findings.clear();
        let text = said(&outcome);
        assert!(text.starts_with("nothing printed (1 of lower severity; 12 not new"), "{text}");
        outcome.lower = 0;
        let text = said(&outcome);
        assert!(text.starts_with("ok: no findings (12 not new since `main`). checked"), "{text}");
    }

    #[test]
    fn what_was_not_checked_is_counted() {
        let skipped = |checks| Skipped {
            rule: &testing::STYLE,
            checks,
            missing: Vec::new(),
            unread: Vec::new(),
        };
        let (mut outcome, _) = testing::sample();
        outcome.skipped = vec![skipped(2), skipped(1)];
        let text = said(&outcome);
        assert!(text.contains("in 2 files (3 checks skipped; -v says which)\n"), "{text}");
        outcome.findings.clear();
        let text = summary(&outcome, true, Terminal::plain());
        assert!(text.ends_with("in 2 files (3 checks skipped)\n"), "{text}");
    }

    #[test]
    fn problems_come_before_notes() {
        let outcome = Outcome {
            problems: vec!["cannot read `a\nb`".into()],
            notes: vec!["assumed".into()],
            details: vec!["found".into()],
            skipped: vec![Skipped {
                rule: &testing::STYLE,
                checks: 1,
                missing: vec!["Service".into(), "Secret".into()],
                unread: vec!["Service `shop/web` is refused".into()],
            }],
            ..Outcome::default()
        };
        let plain = Terminal::plain();
        let short = "error: cannot read `a b`\nnote: assumed\n";
        assert_eq!(notes(&outcome, false, plain), short);
        assert_eq!(
            notes(&outcome, true, plain),
            format!(
                "{short}note: found\nnote: 1 check of GW801 skipped: no Service, Secret in the input; Service `shop/web` is \
                 refused\n"
            )
        );
    }
}
