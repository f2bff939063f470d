//! The format `json`: one document of its own published form, so that a rename inside changes nothing outside.

use std::io::{self, Write};

use serde::Serialize;

use super::Report;
use crate::analysis::{Outcome, Places, Skipped};
use crate::finding::{Edit, Element, Finding, Judge, Severity, Subject};
use crate::text::{Place, Sources, Span};

/// One document, `gwctl/lint/v1`.
#[derive(Clone, Copy, Debug)]
pub struct Json<'c> {
    /// The paths of labels, and the fingerprints.
    pub places: &'c Places<'c>,
    /// The Istio version whose behaviour is modelled.
    pub istio: &'c str,
}

const SCHEMA: &str = "gwctl/lint/v1";

impl Report for Json<'_> {
    fn write(&self, outcome: &Outcome, sources: &Sources, out: &mut dyn Write) -> io::Result<()> {
        let findings = &outcome.findings;
        let document = DocumentWire {
            schema: SCHEMA,
            gwctl: env!("CARGO_PKG_VERSION"),
            istio: self.istio,
            findings: (0..).zip(findings).map(|(at, f)| self.finding(at, f, sources)).collect(),
            suppressed: outcome.suppressed.len(),
            notes: &outcome.notes,
            problems: &outcome.problems,
            summary: summary(outcome),
        };
        serde_json::to_writer_pretty(&mut *out, &document)?;
        writeln!(out)
    }
}

impl Json<'_> {
    /// The finding of a number.
    pub(super) fn finding<'f>(
        &'f self,
        at: usize,
        finding: &'f Finding,
        sources: &'f Sources,
    ) -> FindingWire<'f> {
        let rule = finding.rule;
        FindingWire {
            rule: RuleWire {
                code: rule.code,
                name: rule.name,
                category: rule.category.as_str(),
                aliases: rule.aliases,
            },
            severity: finding.severity.as_str(),
            message: &finding.message,
            object: object(&finding.subject, sources),
            rejected_by: finding.rejected_by.iter().map(|judge| Judge::as_str(*judge)).collect(),
            warned_by: finding.warned_by.iter().map(|judge| Judge::as_str(*judge)).collect(),
            refused: finding
                .refused
                .iter()
                .map(|one| RefusalWire { proxy: &one.proxy, name: &one.name })
                .collect(),
            unreached: finding
                .unreached
                .iter()
                .map(|element| unreached(element, sources))
                .collect(),
            labels: finding
                .labels
                .iter()
                .enumerate()
                .map(|(at, label)| LabelWire {
                    primary: at == 0,
                    file: &sources.get(label.span.source).name,
                    path: self.places.path(label.span),
                    start: start(label.span, sources),
                    end: end(label.span, sources),
                    message: &label.message,
                })
                .collect(),
            help: finding.help.as_deref(),
            fix: finding.fix.as_ref().map(|edit| fix(edit, sources)),
            proxies: &finding.proxies,
            clusters: &finding.clusters,
            fingerprint: self.places.fingerprint(at),
            url: rule.url(),
        }
    }
}

fn fix<'f>(edit: &'f Edit, sources: &'f Sources) -> FixWire<'f> {
    let edit = EditWire {
        file: &sources.get(edit.span.source).name,
        start: start(edit.span, sources),
        end: end(edit.span, sources),
        text: &edit.text,
    };
    FixWire { applicability: "safe", edits: [edit] }
}

fn object<'f>(subject: &'f Subject, sources: &'f Sources) -> ObjectWire<'f> {
    let name = subject.object.as_ref();
    ObjectWire {
        api_version: name.map(|name| &*name.api_version),
        kind: name.map(|name| &*name.kind),
        namespace: name.map(|name| &*name.namespace),
        name: name.map(|name| &*name.name),
        file: &sources.get(subject.source).name,
        document: subject.document,
    }
}

fn unreached<'f>(element: &'f Element, sources: &'f Sources) -> ElementWire<'f> {
    ElementWire {
        file: &sources.get(element.source).name,
        document: element.document,
        path: &element.path,
    }
}

fn summary(outcome: &Outcome) -> SummaryWire<'_> {
    SummaryWire {
        error: outcome.count(Severity::Error),
        warning: outcome.count(Severity::Warning),
        info: outcome.count(Severity::Info),
        files: outcome.summary.files,
        objects: outcome.summary.objects,
        skipped: outcome.skipped.iter().map(skipped).collect(),
    }
}

fn skipped(skipped: &Skipped) -> SkippedWire<'_> {
    let Skipped { rule, checks, missing, unread } = skipped;
    SkippedWire { rule: rule.code, checks: *checks, missing, unread }
}

fn start(span: Span, sources: &Sources) -> PlaceWire {
    place(sources.place(span), sources.get(span.source).offset_in_file(span.start))
}

fn end(span: Span, sources: &Sources) -> PlaceWire {
    place(sources.end(span), sources.get(span.source).offset_in_file(span.end))
}

fn place(place: Place, offset: u32) -> PlaceWire {
    PlaceWire { line: place.line, column: place.column, offset }
}

/// The document of `gwctl version -o json`.
pub fn version_json(istio: &str) -> String {
    let wire = VersionWire { gwctl: env!("CARGO_PKG_VERSION"), istio };
    serde_json::to_string_pretty(&wire).expect("strings become JSON") + "\n"
}

#[derive(Serialize)]
struct VersionWire<'f> {
    gwctl: &'static str,
    istio: &'f str,
}

#[derive(Serialize)]
struct DocumentWire<'f> {
    schema: &'static str,
    gwctl: &'static str,
    istio: &'f str,
    findings: Vec<FindingWire<'f>>,
    suppressed: usize,
    notes: &'f [String],
    problems: &'f [String],
    summary: SummaryWire<'f>,
}

/// All of the document but the findings.
#[derive(Serialize)]
pub(super) struct SumWire<'f> {
    schema: &'static str,
    gwctl: &'static str,
    istio: &'f str,
    suppressed: usize,
    notes: &'f [String],
    problems: &'f [String],
    summary: SummaryWire<'f>,
}

impl<'f> SumWire<'f> {
    pub(super) fn of(json: &Json<'f>, outcome: &'f Outcome) -> Self {
        Self {
            schema: SCHEMA,
            gwctl: env!("CARGO_PKG_VERSION"),
            istio: json.istio,
            suppressed: outcome.suppressed.len(),
            notes: &outcome.notes,
            problems: &outcome.problems,
            summary: summary(outcome),
        }
    }
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct FindingWire<'f> {
    rule: RuleWire,
    severity: &'static str,
    message: &'f str,
    object: ObjectWire<'f>,
    rejected_by: Vec<&'static str>,
    warned_by: Vec<&'static str>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    refused: Vec<RefusalWire<'f>>,
    unreached: Vec<ElementWire<'f>>,
    labels: Vec<LabelWire<'f>>,
    help: Option<&'f str>,
    fix: Option<FixWire<'f>>,
    proxies: &'f [String],
    clusters: &'f [String],
    fingerprint: &'f str,
    url: String,
}

/// Edits that may be made without asking.
#[derive(Serialize)]
struct FixWire<'f> {
    applicability: &'static str,
    edits: [EditWire<'f>; 1],
}

#[derive(Serialize)]
struct EditWire<'f> {
    file: &'f str,
    start: PlaceWire,
    end: PlaceWire,
    text: &'f str,
}

#[derive(Serialize)]
struct RuleWire {
    code: &'static str,
    name: &'static str,
    category: &'static str,
    aliases: &'static [&'static str],
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct ObjectWire<'f> {
    #[serde(skip_serializing_if = "Option::is_none")]
    api_version: Option<&'f str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    kind: Option<&'f str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    namespace: Option<&'f str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    name: Option<&'f str>,
    file: &'f str,
    document: u32,
}

#[derive(Serialize)]
struct RefusalWire<'f> {
    proxy: &'f str,
    name: &'f str,
}

#[derive(Serialize)]
struct ElementWire<'f> {
    file: &'f str,
    document: u32,
    path: &'f str,
}

#[derive(Serialize)]
struct LabelWire<'f> {
    primary: bool,
    file: &'f str,
    path: Option<&'f str>,
    start: PlaceWire,
    end: PlaceWire,
    message: &'f str,
}

#[derive(Serialize)]
struct PlaceWire {
    line: u32,
    column: u32,
    offset: u32,
}

#[derive(Serialize)]
struct SummaryWire<'f> {
    error: usize,
    warning: usize,
    info: usize,
    files: usize,
    objects: usize,
    skipped: Vec<SkippedWire<'f>>,
}

#[derive(Serialize)]
struct SkippedWire<'f> {
    rule: &'static str,
    checks: usize,
    missing: &'f [String],
    #[serde(skip_serializing_if = "<[_]>::is_empty")]
    unread: &'f [String],
}
