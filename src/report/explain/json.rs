//! The format `json`: the flat answers, and where all that decided them is written (`schema/explain.schema.json`).

use serde::Serialize;

use super::ExplainReport;
use crate::envoy::matching::{ClientCertificate, Request};
use crate::explain::{Candidate, Document, Flat, Line, Question, Variant};
use crate::text::Span;

#[derive(Serialize)]
pub(super) struct DocumentWire<'a> {
    schema: &'static str,
    gwctl: &'static str,
    request: QuestionWire<'a>,
    answers: Vec<AnswerWire<'a>>,
    notes: &'a [String],
}

/// What was asked, as the arguments say it.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct QuestionWire<'a> {
    host: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    scheme: Option<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    port: Option<u32>,
    method: &'a str,
    path: &'a str,
    headers: &'a [(String, String)],
    #[serde(skip_serializing_if = "Option::is_none")]
    sni: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    authority: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    address: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    client_ip: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    random: Option<u64>,
}

#[derive(Serialize)]
struct AnswerWire<'a> {
    #[serde(flatten)]
    flat: Flat<'a>,
    /// Why nothing answers.
    #[serde(skip_serializing_if = "str::is_empty")]
    reason: &'a str,
    /// `creation-time` where the age of two objects decides, which the input does not tell.
    order: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    rivals: Option<&'a [String; 2]>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    variants: Vec<VariantWire<'a>>,
    request: RequestWire<'a>,
    sources: SourcesWire<'a>,
    trace: Vec<CandidateWire<'a>>,
    near: Vec<NearWire<'a>>,
    notes: &'a [String],
}

/// The answer with the files of one place.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct VariantWire<'a> {
    place: &'a str,
    result: &'a str,
    is_served: bool,
    /// Whether it is the answer that is told.
    is_told: bool,
}

/// What reaches the proxy: a line of `--requests`.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct RequestWire<'a> {
    #[serde(skip_serializing_if = "Option::is_none")]
    address: Option<&'a str>,
    port: u32,
    tls: bool,
    sni: Option<&'a str>,
    client_certificate: bool,
    #[serde(skip_serializing_if = "<[_]>::is_empty")]
    alpn: &'a [String],
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    proxy_protocol: bool,
    method: Option<&'a str>,
    host: Option<&'a str>,
    path: &'a str,
    headers: &'a [(String, String)],
}

/// Where the stages are written.
#[derive(Default, Serialize)]
#[serde(rename_all = "camelCase")]
struct SourcesWire<'a> {
    /// What decides.
    #[serde(skip_serializing_if = "Option::is_none")]
    by: Option<Place<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    listener: Option<Place<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    tls: Option<Place<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    virtual_host: Option<Place<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    route: Option<Place<'a>>,
    /// The rule that delegates.
    #[serde(skip_serializing_if = "Option::is_none")]
    root: Option<Place<'a>>,
    /// In the order of `clusters`.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    clusters: Vec<Option<Place<'a>>>,
}

#[derive(Serialize)]
struct Place<'a> {
    file: &'a str,
    line: u32,
    #[serde(skip_serializing_if = "Option::is_none")]
    path: Option<String>,
}

#[derive(Serialize)]
struct CandidateWire<'a> {
    step: usize,
    candidate: &'a str,
    matched: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    reason: Option<&'a str>,
    source: Place<'a>,
}

#[derive(Serialize)]
struct NearWire<'a> {
    what: &'a str,
    #[serde(skip_serializing_if = "str::is_empty")]
    change: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    source: Option<Place<'a>>,
}

pub(super) fn document<'a>(report: &ExplainReport<'a>) -> DocumentWire<'a> {
    let documents = &report.explanation.documents;
    DocumentWire {
        schema: "gwctl/explain/v1",
        gwctl: env!("CARGO_PKG_VERSION"),
        request: question(report.question),
        answers: documents.iter().map(|document| report.answer(document)).collect(),
        notes: &report.explanation.notes,
    }
}

fn question(question: &Question) -> QuestionWire<'_> {
    QuestionWire {
        host: &question.host,
        scheme: question.scheme.map(crate::explain::Scheme::as_str),
        port: question.port,
        method: &question.method,
        path: &question.path,
        headers: &question.headers,
        sni: question.sni.as_deref(),
        authority: question.authority.as_deref(),
        address: question.address.as_deref(),
        client_ip: question.client_ip.as_deref(),
        random: question.random,
    }
}

impl<'a> ExplainReport<'a> {
    fn answer(&self, document: &'a Document<'a>) -> AnswerWire<'a> {
        AnswerWire {
            flat: Flat::new(
                document.table,
                &document.answer,
                &document.assumed,
                document.sent.random,
            ),
            reason: if document.is_served { "" } else { &document.result.why },
            order: if document.rivals.is_some() { "creation-time" } else { "certain" },
            rivals: document.rivals.as_ref(),
            variants: document.variants.iter().map(variant).collect(),
            request: sent(&document.sent),
            sources: self.stages(document),
            trace: document.trace.iter().map(|candidate| self.candidate(candidate)).collect(),
            near: document.near.iter().map(|line| self.near(line)).collect(),
            notes: &document.notes,
        }
    }

    fn stages(&self, document: &'a Document<'a>) -> SourcesWire<'a> {
        let mut stages = SourcesWire { by: self.place(document.by.at), ..SourcesWire::default() };
        let mut label = "";
        for line in &document.steps {
            // An empty label goes on with the one before.
            label = if line.label.is_empty() { label } else { &line.label };
            let place = self.place(line.at);
            match label {
                "listener" => stages.listener = place,
                "tls" => stages.tls = place,
                "vhost" => stages.virtual_host = place,
                "route" => stages.route = place,
                "root" => stages.root = place,
                "upstream" => stages.clusters.push(place),
                _ => {}
            }
        }
        stages
    }

    fn place(&self, span: Option<Span>) -> Option<Place<'a>> {
        span.map(|span| self.place_of(span))
    }

    fn place_of(&self, span: Span) -> Place<'a> {
        Place {
            file: &self.sources.get(span.source).name,
            line: self.sources.place(span).line,
            path: self.paths.path(span),
        }
    }

    fn candidate(&self, candidate: &'a Candidate) -> CandidateWire<'a> {
        CandidateWire {
            step: candidate.step,
            candidate: &candidate.conditions,
            matched: candidate.passed_on.is_none(),
            reason: candidate.passed_on.as_deref(),
            source: self.place_of(candidate.at),
        }
    }

    fn near(&self, line: &'a Line) -> NearWire<'a> {
        NearWire { what: &line.what, change: &line.why, source: self.place(line.at) }
    }
}

fn variant(variant: &Variant) -> VariantWire<'_> {
    let Variant { place, result, is_served, is_told } = variant;
    VariantWire { place, result, is_served: *is_served, is_told: *is_told }
}

fn sent(request: &Request) -> RequestWire<'_> {
    RequestWire {
        address: request.address.as_deref(),
        port: request.port,
        tls: request.tls,
        sni: request.sni.as_deref(),
        client_certificate: request.client_certificate != ClientCertificate::None,
        alpn: &request.alpn,
        proxy_protocol: request.proxy_protocol,
        method: request.method.as_deref(),
        host: request.host.as_deref(),
        path: &request.path,
        headers: &request.headers,
    }
}
