//! Which virtual host of a route configuration a host belongs to.
//!
//! Mirrors `source/common/router/config_impl.cc`: `RouteMatcher::findVirtualHost`, `findWildcardVirtualHost` (1.40).
//! Domains that end with `*` are never made by Istio and not modelled.

use rustc_hash::FxHashMap;

use super::authority;
use crate::envoy::route::RouteConfig;

/// The domains of a route configuration.
#[derive(Debug, Default)]
pub(super) struct Domains<'t> {
    exact: FxHashMap<&'t str, usize>,
    /// By length of what follows the `*`, longest first.
    suffixes: Vec<(usize, FxHashMap<&'t str, usize>)>,
    default: Option<usize>,
}

impl<'t> Domains<'t> {
    pub(super) fn new(config: &'t RouteConfig) -> Self {
        let mut domains = Self::default();
        for (at, host) in config.virtual_hosts.iter().enumerate() {
            for domain in &host.domains {
                match domain.name.strip_prefix('*') {
                    Some("") => domains.default = domains.default.or(Some(at)),
                    Some(suffix) => domains.add_suffix(suffix, at),
                    None => {
                        domains.exact.entry(&domain.name).or_insert(at);
                    }
                }
            }
        }
        domains.suffixes.sort_by_key(|(length, _)| std::cmp::Reverse(*length));
        domains
    }

    fn add_suffix(&mut self, suffix: &'t str, at: usize) {
        let known = self.suffixes.iter().position(|(length, _)| *length == suffix.len());
        let known = known.unwrap_or_else(|| {
            self.suffixes.push((suffix.len(), FxHashMap::default()));
            self.suffixes.len() - 1
        });
        self.suffixes[known].1.entry(suffix).or_insert(at);
    }

    /// The virtual host for `:authority`, which a refused request may lack.
    pub(super) fn find(&self, authority: Option<&str>) -> Option<usize> {
        if self.exact.is_empty() && self.suffixes.is_empty() {
            return self.default;
        }
        let host = authority::host(authority?);
        self.exact.get(&*host).or_else(|| self.by_suffix(&host)).copied().or(self.default)
    }

    fn by_suffix(&self, host: &str) -> Option<&usize> {
        // The `*` stands for one character at least.
        let mut shorter = self.suffixes.iter().filter(|(length, _)| *length < host.len());
        shorter.find_map(|(length, map)| map.get(host.get(host.len() - length..)?))
    }
}
