//! `explain host`: all answers to a question.

use super::Context;
use super::age;
use super::assume::Assumed;
use super::decided;
use super::describe;
use super::document::{Document, Explanation};
use super::gateways;
use super::near::near;
use super::notes::notes;
use super::probe::{Probe, probes};
use super::reason;
use super::target::{Question, Scheme};
use super::trace;
use crate::envoy::Ties;
use crate::envoy::matching::{Answer, Matcher, Outcome, Reason};

/// Answers a question on every proxy; with `trace` every candidate is listed.
pub fn explain_host<'t>(
    context: Context<'_>,
    tables: &'t [Assumed],
    question: &Question,
    trace: bool,
) -> Explanation<'t> {
    let wanted = |assumed: &&'t Assumed| match &question.gateways {
        Some(gateways) => gateways::serves(&assumed.table, gateways),
        None => true,
    };
    let tables: Vec<&Assumed> = tables.iter().filter(wanted).collect();
    let matchers: Vec<Matcher<'t>> = tables.iter().map(|one| Matcher::new(&one.table)).collect();
    let mut explanation = Explanation::default();
    for (assumed, matcher) in tables.into_iter().zip(&matchers) {
        let ties = Ties::new(context.mesh, matcher.table());
        for probe in probes(question, matcher.table()) {
            let ties = &ties;
            let asked = Asked { context, matchers: &matchers, assumed, matcher, question, ties };
            explanation.documents.push(asked.document(&probe, trace));
        }
    }
    fold_silent(&mut explanation);
    explanation
}

/// A question to one proxy, among others.
struct Asked<'a, 't> {
    context: Context<'a>,
    matchers: &'a [Matcher<'t>],
    assumed: &'a Assumed,
    matcher: &'a Matcher<'t>,
    question: &'a Question,
    ties: &'a Ties,
}

impl<'t> Asked<'_, 't> {
    fn document(&self, probe: &Probe<'_>, trace: bool) -> Document<'t> {
        let Self { context, matchers, assumed, matcher, question, ties } = *self;
        let table = matcher.table();
        let (answer, steps) = match probe.unknown_target() {
            Some(_) => (Answer::new(Outcome::Unknown, Reason::UnknownTarget), Vec::new()),
            None => matcher.trace(&probe.request),
        };
        let is_served = answer.reason.is_served();
        let rivals = age::rivals(context, table, ties, &answer);
        let clusters = answer.clusters.iter().map(|cluster| &cluster.name);
        let clusters = clusters.filter(|name| assumed.is_unknown(name)).cloned().collect();
        Document {
            table,
            sent: probe.request.clone(),
            assumed: clusters,
            request: title(question, probe),
            proxy: table.proxy.name.clone(),
            result: reason::result(context, table, probe, &answer),
            by: decided::by(context, table, probe, &answer),
            steps: describe::steps(context, table, probe, &answer),
            trace: if trace { trace::candidates(table, &answer, &steps) } else { Vec::new() },
            near: if is_served {
                Vec::new()
            } else {
                near(context, matchers, matcher, question, probe, &answer)
            },
            notes: notes(context, assumed, probe, &answer, rivals.as_ref()),
            rivals,
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
