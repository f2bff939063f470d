//! The format `markdown`: a table for a comment on a change.

use std::io::{self, Write};

use super::Report;
use super::concise::sentence;
use super::inline::{code, text};
use super::summary::counts;
use crate::analysis::Outcome;
use crate::finding::Finding;
use crate::text::Sources;

/// A heading, and a table that is folded where it is long.
#[derive(Clone, Copy, Debug)]
pub struct Markdown;

/// Longer tables are folded.
const MOST_ROWS: usize = 20;

impl Report for Markdown {
    fn write(&self, outcome: &Outcome, sources: &Sources, out: &mut dyn Write) -> io::Result<()> {
        let findings = &outcome.findings;
        let counts = if findings.is_empty() { "no findings".to_owned() } else { counts(outcome) };
        let suppressed = match outcome.suppressed.len() {
            0 => String::new(),
            n => format!(" ({n} suppressed)"),
        };
        writeln!(out, "### gwctl: {counts}{suppressed}")?;
        for problem in &outcome.problems {
            writeln!(out, "\nNot all was read: {}", text(problem))?;
        }
        if findings.is_empty() {
            return Ok(());
        }
        let is_long = findings.len() > MOST_ROWS;
        if is_long {
            writeln!(out, "\n<details>\n<summary>{} findings</summary>", findings.len())?;
        }
        writeln!(out, "\n| | Rule | Where | Message |\n| --- | --- | --- | --- |")?;
        findings.iter().try_for_each(|finding| row(finding, sources, out))?;
        if is_long {
            writeln!(out, "\n</details>")?;
        }
        Ok(())
    }
}

fn row(finding: &Finding, sources: &Sources, out: &mut dyn Write) -> io::Result<()> {
    let (rule, severity) = (finding.rule, finding.severity);
    let place = code(&super::printable(&sources.file_line(finding.span())));
    let message = text(&sentence(finding, sources));
    let help = match &finding.help {
        Some(help) => format!("<br>help: {}", text(help)),
        None => String::new(),
    };
    writeln!(out, "| {severity} | {} `{}` | {place} | {message}{help} |", rule.name, rule.code)
}
