//! The format `rdjson`: what reviewdog reads to comment on changes (`DiagnosticResult` of its proto/rdf).

use std::io::{self, Write};

use serde::Serialize;

use super::Report;
use super::concise::sentence;
use crate::analysis::Outcome;
use crate::finding::{Edit, Finding, Severity};
use crate::text::{Sources, Span};

/// One document. Other labels are named in the message: older releases refuse a document that has related locations.
#[derive(Clone, Copy, Debug)]
pub struct Rdjson;

impl Report for Rdjson {
    fn write(&self, outcome: &Outcome, sources: &Sources, out: &mut dyn Write) -> io::Result<()> {
        let document = ResultWire {
            source: SourceWire { name: "gwctl" },
            diagnostics: outcome.findings.iter().map(|f| diagnostic(f, sources)).collect(),
        };
        serde_json::to_writer_pretty(&mut *out, &document)?;
        writeln!(out)
    }
}

fn diagnostic<'f>(finding: &'f Finding, sources: &'f Sources) -> DiagnosticWire<'f> {
    let span = finding.span();
    let mut message = sentence(finding, sources);
    if let Some(help) = &finding.help {
        message.push_str("\nhelp: ");
        message.push_str(help);
    }
    DiagnosticWire {
        message,
        location: LocationWire {
            path: &sources.get(span.source).name,
            range: range(span, sources),
        },
        severity: match finding.severity {
            Severity::Error => "ERROR",
            Severity::Warning => "WARNING",
            Severity::Info => "INFO",
        },
        code: CodeWire { value: finding.rule.code },
        // A suggestion says of no file that it is another one.
        suggestions: finding
            .fix
            .iter()
            .filter(|edit| edit.span.source == span.source)
            .map(|edit| suggestion(edit, sources))
            .collect(),
    }
}

fn suggestion<'f>(edit: &'f Edit, sources: &Sources) -> SuggestionWire<'f> {
    SuggestionWire { range: range(edit.span, sources), text: &edit.text }
}

fn range(span: Span, sources: &Sources) -> RangeWire {
    RangeWire { start: position(span, span.start, sources), end: position(span, span.end, sources) }
}

/// Columns count bytes here, and here alone.
fn position(span: Span, offset: u32, sources: &Sources) -> PositionWire {
    let source = sources.get(span.source);
    let line = source.lines().place(&source.text, offset).line;
    let start = source.lines().start_of(line).unwrap_or_default();
    PositionWire { line, column: offset.saturating_sub(start) + 1 }
}

#[derive(Serialize)]
struct ResultWire<'f> {
    source: SourceWire,
    diagnostics: Vec<DiagnosticWire<'f>>,
}

#[derive(Serialize)]
struct SourceWire {
    name: &'static str,
}

#[derive(Serialize)]
struct DiagnosticWire<'f> {
    message: String,
    location: LocationWire<'f>,
    severity: &'static str,
    code: CodeWire,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    suggestions: Vec<SuggestionWire<'f>>,
}

#[derive(Serialize)]
struct SuggestionWire<'f> {
    range: RangeWire,
    text: &'f str,
}

#[derive(Serialize)]
struct LocationWire<'f> {
    path: &'f str,
    range: RangeWire,
}

#[derive(Serialize)]
struct RangeWire {
    start: PositionWire,
    end: PositionWire,
}

#[derive(Serialize)]
struct PositionWire {
    line: u32,
    column: u32,
}

#[derive(Serialize)]
struct CodeWire {
    value: &'static str,
}
