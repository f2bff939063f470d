//! The format `json`: one document of its own published form, so that a rename inside changes nothing outside.

use std::io::{self, Write};

use serde::Serialize;

use super::{Paths, Report};
use crate::analysis::{Outcome, Skipped};
use crate::finding::{Edit, Element, Finding, Judge, Severity, Subject};
use crate::text::{Place, Sources, Span};

/// One document, `gwctl/lint/v1`.
#[derive(Clone, Copy)]
pub struct Json<'c> {
    /// The paths of labels.
    pub paths: &'c dyn Paths,
    /// The Istio version whose behaviour is modelled.
    pub istio: &'c str,
}

impl Report for Json<'_> {
    fn write(&self, outcome: &Outcome, sources: &Sources, out: &mut dyn Write) -> io::Result<()> {
        let findings = &outcome.findings;
        let document = DocumentWire {
            schema: "gwctl/lint/v1",
            gwctl: env!("CARGO_PKG_VERSION"),
            istio: self.istio,
            findings: findings.iter().map(|finding| self.finding(finding, sources)).collect(),
            suppressed: outcome.suppressed,
            notes: &outcome.notes,
            problems: &outcome.problems,
            summary: SummaryWire {
                error: outcome.count(Severity::Error),
                warning: outcome.count(Severity::Warning),
                info: outcome.count(Severity::Info),
                files: outcome.summary.files,
                objects: outcome.summary.objects,
                skipped: outcome.skipped.iter().map(skipped).collect(),
            },
        };
        serde_json::to_writer_pretty(&mut *out, &document)?;
        writeln!(out)
    }
}

impl Json<'_> {
    fn finding<'f>(&self, finding: &'f Finding, sources: &'f Sources) -> FindingWire<'f> {
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
                    path: self.paths.path(label.span),
                    start: start(label.span, sources),
                    end: end(label.span, sources),
                    message: &label.message,
                })
                .collect(),
            help: finding.help.as_deref(),
            fix: finding.fix.as_ref().map(|edit| fix(edit, sources)),
            proxies: &finding.proxies,
            clusters: [],
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

fn skipped(skipped: &Skipped) -> SkippedWire<'_> {
    SkippedWire { rule: skipped.rule.code, checks: skipped.checks, missing: &skipped.missing }
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

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct FindingWire<'f> {
    rule: RuleWire,
    severity: &'static str,
    message: &'f str,
    object: ObjectWire<'f>,
    rejected_by: Vec<&'static str>,
    warned_by: Vec<&'static str>,
    unreached: Vec<ElementWire<'f>>,
    labels: Vec<LabelWire<'f>>,
    help: Option<&'f str>,
    fix: Option<FixWire<'f>>,
    proxies: &'f [String],
    clusters: [&'f str; 0],
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
struct ElementWire<'f> {
    file: &'f str,
    document: u32,
    path: &'f str,
}

#[derive(Serialize)]
struct LabelWire<'f> {
    primary: bool,
    file: &'f str,
    path: Option<String>,
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
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::testing;

    #[test]
    fn the_document_has_the_published_form() {
        let paths = |span: Span| (span.source.0 == 0).then(|| "spec.hosts[0]".to_owned());
        let text = testing::render(&Json { paths: &paths, istio: "1.31" });
        let text = text.replace(env!("CARGO_PKG_VERSION"), "VERSION");
        assert_eq!(text, include_str!("../../testdata/report/lint.json"));
    }
}
