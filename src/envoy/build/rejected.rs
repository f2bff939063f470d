//! What istiod generates and Envoy refuses (spec 1, E3 to E5; spec 2, section 16).

use rustc_hash::FxHashMap;

use crate::envoy::listener::{FilterChain, Listener};
use crate::envoy::route::RouteConfig;
use crate::envoy::table::Rejected;

/// The listeners and route configurations that Envoy 1.40 refuses.
pub(super) fn rejected(listeners: &[Listener], _routes: &[RouteConfig]) -> Vec<Rejected> {
    listeners.iter().filter_map(listener).collect()
}

fn listener(listener: &Listener) -> Option<Rejected> {
    let (reason, origins) = same_match(&listener.filter_chains)?;
    let origins = origins.into_iter().flat_map(|chain| chain.origins.clone()).collect();
    Some(Rejected { name: listener.name.clone(), reason, origins })
}

/// E3 to E5: two chains that match the same, a name twice, a star inside a name (mirrors Envoy 1.40
/// `filter_chain_manager_impl.cc`).
fn same_match(chains: &[FilterChain]) -> Option<(String, Vec<&FilterChain>)> {
    let mut by_name: FxHashMap<(String, &[&str]), &FilterChain> = FxHashMap::default();
    let mut any: Option<&FilterChain> = None;
    for chain in chains {
        if chain.matcher.is_any() {
            if let Some(other) = any.replace(chain) {
                return Some((
                    "two filter chains match every connection".to_owned(),
                    vec![other, chain],
                ));
            }
        }
        for name in &chain.matcher.server_names {
            if name.contains('*') && !name.starts_with("*.") || name.matches('*').count() > 1 {
                return Some((
                    format!("`{name}` is no server name: `*` stands for whole labels"),
                    vec![chain],
                ));
            }
            let key = (name.to_lowercase(), chain.matcher.application_protocols.as_slice());
            if let Some(other) = by_name.insert(key, chain) {
                return Some((format!("two filter chains match `{name}`"), vec![other, chain]));
            }
        }
    }
    None
}
