//! Unknown is not missing: what an answer takes for granted that the input does not hold.

use std::collections::BTreeSet;
use std::sync::Arc;

use super::Context;
use crate::envoy::Table;
use crate::envoy::matching::Answer;
use crate::rules::{Absent, ClusterPresence, ClusterPresences};

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
            table.missing_clusters.iter().filter(is_unknown).cloned().collect();
        let mut table = table.clone();
        table.missing_clusters.retain(|name| !unknown.contains(name));
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

/// The Secrets of a gateway's certificates that are not in the input.
pub(super) fn secrets(context: Context<'_>, table: &Table, answer: &Answer) -> Option<String> {
    let tls = answer.filter_chain(table)?.tls.as_ref()?;
    let namespace = &table.proxy.namespace;
    let names = tls.certificates.iter().filter_map(|name| name.strip_prefix("kubernetes://"));
    let store = &context.mesh.store;
    let is_known = |name: &str| {
        let metas = store.secrets.iter().map(|secret| &secret.meta);
        // What a controller makes a Secret of counts, too.
        let metas = metas.chain(store.known.iter().map(|object| &object.meta));
        let mut metas = metas.filter(|meta| meta.name() == name);
        metas.any(|meta| meta.namespace() == namespace.as_str())
    };
    let absent: Vec<String> =
        names.filter(|name| !is_known(name)).map(|name| format!("{namespace}/{name}")).collect();
    if absent.is_empty() {
        return None;
    }
    let names = absent.join(", ");
    Some(format!("assumed: Secret {names} is there; the input does not have it"))
}
