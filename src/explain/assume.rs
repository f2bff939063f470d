//! Unknown is not missing: what an answer takes for granted that the input does not hold.

use std::collections::BTreeSet;
use std::sync::Arc;

use super::Context;
use crate::envoy::Table;
use crate::envoy::matching::Answer;
use crate::rules::{Absent, ClusterPresence, ClusterPresences, NeededSecret, Presence};

use super::words;

/// A table where clusters exist of which the input cannot tell, and which these are.
#[derive(Debug)]
pub struct Assumed<'b> {
    /// The table.
    pub table: Table,
    /// The table as it was built.
    pub(super) built: &'b Table,
    unknown: BTreeSet<Arc<str>>,
}

impl<'b> Assumed<'b> {
    /// Takes for granted what `presences` does not know.
    pub fn new(built: &'b Table, presences: &ClusterPresences<'_>) -> Self {
        let is_unknown = |name: &&Arc<str>| {
            matches!(
                presences.of(built, name),
                ClusterPresence::Unknown(Absent::Service | Absent::Subset)
            )
        };
        let unknown: BTreeSet<_> =
            built.verdict.missing_clusters.iter().filter(is_unknown).cloned().collect();
        let mut table = built.clone();
        table.verdict.missing_clusters.retain(|name| !unknown.contains(name));
        Self { table, built, unknown }
    }

    /// Takes the same for granted in another table of the proxy.
    pub(super) fn assume_in(&self, table: &mut Table) {
        table.verdict.missing_clusters.retain(|name| !self.unknown.contains(name));
    }

    /// Whether a cluster is taken for granted.
    pub fn is_unknown(&self, name: &str) -> bool {
        self.unknown.contains(name)
    }

    /// What an answer depends on and the input does not hold, one sentence each.
    pub(super) fn notes(&self, context: Context<'_>, answer: &Answer) -> Vec<String> {
        let mut notes = Vec::new();
        for cluster in answer.clusters.iter().filter(|cluster| self.is_unknown(&cluster.name)) {
            let name = words::cluster(&cluster.name, &context.mesh.domain);
            let what = match context.mesh.services.named(host(&cluster.name)).next() {
                Some(_) => "the subset is defined",
                None => "the Service is there",
            };
            let note = format!("assumed for {name}: {what}; the input does not say, else 503");
            if !notes.contains(&note) {
                notes.push(note);
            }
        }
        notes
    }
}

fn host(cluster: &str) -> &str {
    cluster.rsplit('|').next().unwrap_or_default()
}

/// The Secrets of a gateway's certificates of which the input does not tell, one sentence each.
pub(super) fn secrets(context: Context<'_>, table: &Table, answer: &Answer) -> Vec<String> {
    let sentence = |secret: &NeededSecret| {
        let is_unknown = secret.presence == Presence::Unknown && !secret.is_foreign;
        is_unknown.then(|| {
            format!(
                "assumed: {} is there; the input does not have it, and without it the handshake fails",
                secret_name(secret)
            )
        })
    };
    needed(context, table, answer).iter().filter_map(sentence).collect()
}

/// The Secrets without which no handshake succeeds, and that are not there.
pub(super) fn missing_secrets(
    context: Context<'_>,
    table: &Table,
    answer: &Answer,
) -> Vec<NeededSecret> {
    let mut all = needed(context, table, answer);
    all.retain(|secret| secret.presence == Presence::Missing || secret.is_foreign);
    all
}

/// `Secret edge/shop`.
pub(super) fn secret_name(secret: &NeededSecret) -> String {
    let what = if secret.is_ca { " with the CA for clients" } else { "" };
    format!("Secret {}/{}{what}", secret.namespace, secret.name)
}

fn needed(context: Context<'_>, table: &Table, answer: &Answer) -> Vec<NeededSecret> {
    let chain = answer.filter_chain(table).and_then(|chain| chain.tls.as_ref());
    chain.map_or_else(Vec::new, |tls| context.secrets.of(table, tls))
}
