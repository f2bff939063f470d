//! The format `gitlab`: a code quality report, which GitLab shows in merge requests and compares with the target branch.

use std::io::{self, Write};

use serde::Serialize;

use super::Report;
use super::concise::sentence;
use crate::analysis::{Outcome, Places};
use crate::finding::{Category, Severity};
use crate::text::Sources;

/// One list of issues.
#[derive(Clone, Copy, Debug)]
pub struct Gitlab<'c> {
    /// The fingerprints.
    pub places: &'c Places<'c>,
}

impl Report for Gitlab<'_> {
    fn write(&self, outcome: &Outcome, sources: &Sources, out: &mut dyn Write) -> io::Result<()> {
        let issues = outcome.findings.iter().enumerate().map(|(at, finding)| {
            let (rule, span) = (finding.rule, finding.span());
            IssueWire {
                kind: "issue",
                check_name: rule.code,
                description: sentence(finding, sources),
                categories: [category(rule.category)],
                severity: severity(finding.severity),
                fingerprint: self.places.fingerprint(at),
                location: LocationWire {
                    path: &sources.get(span.source).name,
                    lines: LinesWire {
                        begin: sources.place(span).line,
                        end: sources.end(span).line,
                    },
                },
            }
        });
        serde_json::to_writer_pretty(&mut *out, &issues.collect::<Vec<_>>())?;
        writeln!(out)
    }
}

/// The word of Code Climate's specification, which GitLab's reports follow.
fn category(category: Category) -> &'static str {
    match category {
        Category::Security => "Security",
        Category::Style => "Style",
        _ => "Bug Risk",
    }
}

/// Likewise; `blocker` and `critical` are not for what can be read off files.
fn severity(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "major",
        Severity::Warning => "minor",
        Severity::Info => "info",
    }
}

#[derive(Serialize)]
struct IssueWire<'f> {
    #[serde(rename = "type")]
    kind: &'static str,
    check_name: &'static str,
    description: String,
    categories: [&'static str; 1],
    severity: &'static str,
    fingerprint: &'f str,
    location: LocationWire<'f>,
}

#[derive(Serialize)]
struct LocationWire<'f> {
    path: &'f str,
    lines: LinesWire,
}

#[derive(Serialize)]
struct LinesWire {
    begin: u32,
    end: u32,
}
