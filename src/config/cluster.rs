//! The key `clusters`: what belongs together.

use super::read::{complete, istio_version, paths};
use super::{Cluster, Error, Vocabulary, keys, node};
use crate::yaml::Node;

/// Clusters by name. Each needs `paths`: what it reads is what makes it one.
pub(super) fn clusters(
    value: Node<'_>,
    name: &str,
    vocabulary: &Vocabulary<'_>,
) -> Result<Vec<Cluster>, Error> {
    let mut all = Vec::new();
    for (key, value) in node::map(value, name)? {
        let place = format!("{name}.{key}");
        if key.value.is_empty() {
            return Err(Error::new(key.span, "a cluster has a name"));
        }
        let mut cluster = Cluster { name: key.value, ..Cluster::default() };
        for (key, value) in node::map(value, &place)? {
            let place = format!("{place}.{key}");
            match key.value.as_str() {
                known if value.is_null() && keys::OF_CLUSTER.contains(&known) => {}
                "paths" => cluster.paths = Some(paths(value, &place)?),
                "namespace" => cluster.namespace = Some(node::text(value, &place)?.value),
                "istio-version" => {
                    cluster.istio_version = Some(istio_version(value, &place, vocabulary)?);
                }
                "mesh-config" => cluster.mesh_config = Some(node::text(value, &place)?.value),
                "complete" => cluster.complete = Some(complete(value, &place, vocabulary)?),
                _ => {
                    let known = keys::OF_CLUSTER.iter().copied();
                    return Err(node::unknown_key(&key, " of a cluster", known));
                }
            }
        }
        if cluster.paths.is_none() {
            return Err(Error::new(key.span, format!("cluster `{}` has no paths", cluster.name))
                .help("write what it reads, as in `paths: [infra, clusters/prod]`"));
        }
        all.push(cluster);
    }
    Ok(all)
}
