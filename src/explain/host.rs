//! `explain host`: all answers to a question.

use super::Context;
use super::describe;
use super::document::{Document, Explanation};
use super::near::near;
use super::notes::notes;
use super::probe::{Probe, probes};
use super::reason;
use super::target::{Question, Scheme};
use super::trace;
use crate::envoy::Table;
use crate::envoy::matching::{Matcher, Outcome};

/// Answers a question on every proxy; with `trace` every candidate is listed.
pub fn explain_host(
    context: Context<'_>,
    tables: &[Table],
    question: &Question,
    trace: bool,
) -> Explanation {
    let matchers: Vec<Matcher<'_>> = tables.iter().map(Matcher::new).collect();
    let mut explanation = Explanation::default();
    for matcher in &matchers {
        for probe in probes(question, matcher.table()) {
            explanation
                .documents
                .push(document(context, &matchers, matcher, question, &probe, trace));
        }
    }
    fold_silent(&mut explanation);
    explanation
}

fn document(
    context: Context<'_>,
    matchers: &[Matcher<'_>],
    matcher: &Matcher<'_>,
    question: &Question,
    probe: &Probe<'_>,
    trace: bool,
) -> Document {
    let table = matcher.table();
    let (answer, steps) = matcher.trace(&probe.request);
    let is_served = answer.reason.is_served();
    Document {
        request: title(question, probe),
        proxy: table.proxy.name.clone(),
        result: reason::result(context, table, &probe.request, &answer),
        steps: describe::steps(context, table, probe, &answer),
        trace: if trace { trace::lines(table, &answer, &steps) } else { Vec::new() },
        near: if is_served {
            Vec::new()
        } else {
            near(context, matchers, matcher, question, probe, &answer)
        },
        notes: notes(context, table, probe, &answer),
        is_served,
        listens: answer.outcome != Outcome::Refused,
    }
}

/// `https://shop.example.com/cart  GET`.
fn title(question: &Question, probe: &Probe<'_>) -> String {
    let host = &question.host;
    let port = match probe.scheme.default_port() {
        Some(port) if port == probe.client_port => String::new(),
        _ => format!(":{}", probe.client_port),
    };
    let scheme = probe.scheme.as_str();
    match probe.scheme {
        Scheme::Http | Scheme::Https => {
            format!("{scheme}://{host}{port}{}  {}", question.path, question.method)
        }
        Scheme::Tls | Scheme::Tcp => format!("{scheme}://{host}{port}"),
    }
}

/// Where some proxy listens, those that do not are named in one note.
fn fold_silent(explanation: &mut Explanation) {
    if !explanation.documents.iter().any(|document| document.listens) {
        return;
    }
    let (listening, silent): (Vec<_>, Vec<_>) = std::mem::take(&mut explanation.documents)
        .into_iter()
        .partition(|document| document.listens);
    explanation.documents = listening;
    if !silent.is_empty() {
        let mut names: Vec<String> = silent.into_iter().map(|document| document.proxy).collect();
        names.dedup();
        explanation.notes.push(format!("no listener for it on proxy {}", names.join(", ")));
    }
}
