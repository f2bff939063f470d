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
pub struct Assumed {
    /// The table.
    pub table: Table,
    unknown: BTreeSet<Arc<str>>,
}

impl Assumed {
    /// Takes for granted what `presences` does not know.
    pub fn new(table: &Table, presences: &ClusterPresences<'_>) -> Self {
        let is_unknown = |name: &&Arc<str>| {
            matches!(
                presences.of(table, name),
                ClusterPresence::Unknown(Absent::Service | Absent::Subset)
            )
        };
        let unknown: BTreeSet<_> =
            table.verdict.missing_clusters.iter().filter(is_unknown).cloned().collect();
        let mut table = table.clone();
        table.verdict.missing_clusters.retain(|name| !unknown.contains(name));
        Self { table, unknown }
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

/// The Secrets of a gateway's certificates that are not in the input, one sentence each.
pub(super) fn secrets(context: Context<'_>, table: &Table, answer: &Answer) -> Vec<String> {
    let chain = answer.filter_chain(table).and_then(|chain| chain.tls.as_ref());
    let all = chain.map_or_else(Vec::new, |tls| context.secrets.of(table, tls));
    let sentence = |secret: &NeededSecret| {
        let name = format!("{}/{}", secret.namespace, secret.name);
        let what = if secret.is_ca { "with the CA for clients " } else { "" };
        match secret.presence {
            Presence::Known => None,
            Presence::Unknown => Some(format!(
                "assumed: Secret {name} {what}is there; the input does not have it, and without it the handshake fails"
            )),
            Presence::Missing => Some(format!(
                "Secret {name} {what}is not there, as far as the input tells; without it the handshake fails"
            )),
        }
    };
    all.iter().filter_map(sentence).collect()
}
