//! The flat object of an answer, as `explain host -o jsonl` prints it.

use std::sync::Arc;

use serde::Serialize;

use crate::envoy::Table;
use crate::envoy::matching::Answer;
use crate::envoy::route::{Action, MirrorPolicy};

/// An answer with names instead of indices; absent means none.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Flat<'a> {
    outcome: &'static str,
    proxy: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    listener: Option<&'a str>,
    #[serde(skip_serializing_if = "is_false")]
    plaintext: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    filter_chain: Option<usize>,
    #[serde(skip_serializing_if = "Option::is_none")]
    virtual_host: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    route: Option<usize>,
    #[serde(skip_serializing_if = "Option::is_none")]
    route_name: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    virtual_service: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    status: Option<u32>,
    #[serde(skip_serializing_if = "Option::is_none")]
    location: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    body: Option<&'a str>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    clusters: Vec<Cluster<'a>>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    mirrors: Vec<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    upstream: Option<Upstream<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    details: Option<&'static str>,
}

#[derive(Debug, Serialize)]
struct Cluster<'a> {
    name: &'a str,
    weight: u32,
    exists: bool,
    #[serde(skip_serializing_if = "is_false")]
    assumed: bool,
}

#[derive(Debug, Serialize)]
struct Upstream<'a> {
    method: &'a str,
    path: &'a str,
    host: &'a str,
}

impl<'a> Flat<'a> {
    /// The names of an answer of a table; some of its clusters are but taken for granted. `random` decides about shares
    /// of requests.
    pub fn new(
        table: &'a Table,
        answer: &'a Answer,
        assumed: &[Arc<str>],
        random: Option<u64>,
    ) -> Self {
        let route = answer.route(table);
        let mirrors = match route.map(|route| &route.action) {
            Some(Action::Route(action)) if answer.upstream.is_some() => {
                let is_copied = |mirror: &&MirrorPolicy| {
                    random.is_none_or(|random| mirror.fraction.takes(random))
                };
                let mirrors = action.mirrors.iter().filter(is_copied);
                mirrors.map(|mirror| &*mirror.cluster.name).collect()
            }
            _ => Vec::new(),
        };
        let cluster = |cluster: &'a crate::envoy::matching::ClusterShare| Cluster {
            name: &cluster.name,
            weight: cluster.weight,
            exists: cluster.exists,
            assumed: assumed.contains(&cluster.name),
        };
        Self {
            outcome: answer.outcome.as_str(),
            proxy: &table.proxy.name,
            listener: answer.listener(table).map(|listener| listener.name.as_str()),
            plaintext: answer.plaintext,
            filter_chain: answer.filter_chain,
            virtual_host: answer.virtual_host(table).map(|host| host.name.as_str()),
            route: answer.route,
            route_name: route.map(|route| route.name.as_str()).filter(|name| !name.is_empty()),
            virtual_service: answer.virtual_service(table),
            status: answer.status,
            location: answer.location.as_deref(),
            body: answer.body.as_deref(),
            clusters: answer.clusters.iter().map(cluster).collect(),
            mirrors,
            upstream: answer.upstream.as_ref().map(|upstream| Upstream {
                method: &upstream.method,
                path: &upstream.path,
                host: &upstream.host,
            }),
            details: answer.reason.details(),
        }
    }
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde asks by reference")]
fn is_false(value: &bool) -> bool {
    !value
}
