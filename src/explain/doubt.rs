//! Answers that do not hold although the table gives them: nobody knows a value, or the handshake before them fails.

use super::Context;
use super::assume::{missing_secrets, secret_name};
use super::document::Line;
use super::placeholders;
use super::probe::Probe;
use super::reason;
use crate::envoy::Table;
use crate::envoy::matching::{Answer, Outcome, Reason};

/// What comes in the place of an answer.
pub(super) struct Doubt {
    /// The answer as far as it holds.
    pub(super) answer: Answer,
    /// Why it does not hold.
    pub(super) why: String,
    /// What would have to be changed, and where.
    pub(super) near: Vec<Line>,
}

/// Whether an answer does not hold.
pub(super) fn doubt(
    context: Context<'_>,
    table: &Table,
    probe: &Probe<'_>,
    answer: &Answer,
) -> Option<Doubt> {
    no_secret(context, table, probe, answer)
        .or_else(|| placeholders::doubt(context, table, probe, answer))
}

/// A missing Secret: Envoy's chain has no TLS context then, and closes each connection (mirrors Envoy 1.40
/// `source/common/tls/server_ssl_socket.cc`: `ServerSslSocketFactory::createDownstreamTransportSocket`).
fn no_secret(
    context: Context<'_>,
    table: &Table,
    probe: &Probe<'_>,
    answer: &Answer,
) -> Option<Doubt> {
    let missing = missing_secrets(context, table, answer);
    let first = missing.first().filter(|_| probe.request.tls)?;
    let at = answer.filter_chain(table).and_then(|chain| chain.origins.first());
    let near = missing.iter().map(|secret| {
        let (name, own) = (secret_name(secret), &table.proxy.namespace);
        let (what, help) = if secret.is_foreign {
            (
                format!("{name} is not given to Pods of namespace {own}"),
                "name one of that namespace",
            )
        } else {
            (
                format!("{name} is not there, as far as the input tells"),
                "add it, or name one that is there",
            )
        };
        Line::new("", what, help, at.map(|at| at.span))
    });
    let otherwise = reason::result(context, table, probe, answer).what;
    let mut closed = Answer::new(Outcome::Closed, Reason::NoSecret);
    (closed.listener, closed.filter_chain) = (answer.listener, answer.filter_chain);
    Some(Doubt {
        answer: closed,
        why: format!("no handshake without {}; with it: {otherwise}", secret_name(first)),
        near: near.collect(),
    })
}
