//! `explain host`: all answers to a question.

use super::Context;
use super::age;
use super::assume::Assumed;
use super::decided;
use super::describe;
use super::document::{Candidate, Document, Explanation};
use super::doubt::doubt;
use super::gateways;
use super::near::near;
use super::notes::notes;
use super::probe::{Probe, probes};
use super::reason;
use super::target::{Question, Scheme};
use super::trace;
use crate::envoy::matching::{Answer, Matcher, Outcome, Reason};

/// Answers a question on every proxy; with `trace` every candidate is listed.
pub fn explain_host<'t>(
    context: Context<'_>,
    tables: &'t [Assumed<'_>],
    question: &Question,
    trace: bool,
) -> Explanation<'t> {
    let wanted = |assumed: &&'t Assumed<'_>| match &question.gateways {
        Some(gateways) => gateways::serves(&assumed.table, gateways),
        None => true,
    };
    let tables: Vec<&Assumed<'_>> = tables.iter().filter(wanted).collect();
    let matchers: Vec<Matcher<'t>> = tables.iter().map(|one| Matcher::new(&one.table)).collect();
    let mut explanation = Explanation::default();
    for (assumed, matcher) in tables.into_iter().zip(&matchers) {
        let asked = Asked { context, matchers: &matchers, assumed, matcher, question };
        let probes = probes(question, matcher.table());
        let answers: Vec<age::Asked> = probes.iter().map(|probe| asked.ask(probe)).collect();
        let rivals = age::rivals(context, assumed, &answers);
        for ((probe, (_, answer, steps)), rivals) in probes.iter().zip(answers).zip(rivals) {
            let steps = if trace {
                trace::candidates(matcher.table(), &answer, &steps)
            } else {
                Vec::new()
            };
            explanation.documents.push(asked.document(probe, answer, steps, rivals));
        }
    }
    fold_silent(&mut explanation);
    explanation
}

/// A question to one proxy, among others.
struct Asked<'a, 't> {
    context: Context<'a>,
    matchers: &'a [Matcher<'t>],
    assumed: &'a Assumed<'a>,
    matcher: &'a Matcher<'t>,
    question: &'a Question,
}

impl<'t> Asked<'_, 't> {
    /// What the table says.
    fn ask(&self, probe: &Probe<'_>) -> age::Asked {
        let (answer, steps) = match probe.unknown_target() {
            Some(_) => (Answer::new(Outcome::Unknown, Reason::UnknownTarget), Vec::new()),
            None => self.matcher.trace(&probe.request),
        };
        (probe.request.clone(), answer, steps)
    }

    /// All about an answer of the table.
    fn document(
        &self,
        probe: &Probe<'_>,
        answer: Answer,
        trace: Vec<Candidate>,
        rivals: Option<[String; 2]>,
    ) -> Document<'t> {
        let Self { context, matchers, assumed, matcher, question } = *self;
        let table = matcher.table();
        let doubt = doubt(context, table, probe, &answer);
        // What does not hold depends on no age.
        let rivals = rivals.filter(|_| doubt.is_none());
        let (answer, why, told) = match doubt {
            Some(doubt) => (doubt.answer, Some(doubt.why), Some(doubt.near)),
            None => (answer, None, None),
        };
        let mut result = reason::result(context, table, probe, &answer);
        result.why = why.unwrap_or(result.why);
        let is_partial = reason::is_partial(&answer);
        let is_served = answer.reason.is_served() || is_partial;
        let clusters = answer.clusters.iter().map(|cluster| &cluster.name);
        let clusters = clusters.filter(|name| assumed.is_unknown(name)).cloned().collect();
        Document {
            table,
            sent: probe.request.clone(),
            assumed: clusters,
            request: title(question, probe),
            proxy: table.proxy.name.clone(),
            result,
            by: decided::by(context, table, probe, &answer),
            steps: describe::steps(context, table, probe, &answer),
            trace,
            near: match told {
                Some(told) => told,
                None if is_served && !is_partial => Vec::new(),
                None => near(context, matchers, matcher, question, probe, &answer),
            },
            notes: notes(context, assumed, probe, &answer, rivals.as_ref()),
            rivals,
            variants: Vec::new(),
            is_served,
            listens: answer.outcome != Outcome::Refused,
            answer,
        }
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
fn fold_silent(explanation: &mut Explanation<'_>) {
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
